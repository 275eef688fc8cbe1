/** The dialects that a contract is written in, each with the text that it becomes. */
import type { JsonObject } from '../../kernel/types.ts'
import type { Document } from '../../operators/contract/document.ts'
import type { Contract, Unmapped } from '../../operators/model/contract.ts'

export const DIALECTS = ['odcs', 'json-schema'] as const
export type Dialect = (typeof DIALECTS)[number]

export interface Written {
  readonly text: string
  readonly unmapped: readonly Unmapped[]
}

/** The text of a contract in a dialect, ended by a line feed. */
export async function writeContract(contract: Contract, dialect: Dialect): Promise<Written> {
  const { value, unmapped } = await documentOf(contract, dialect)
  return { text: dialect === 'odcs' ? await yamlText(value) : `${JSON.stringify(value, null, 2)}\n`, unmapped }
}

async function documentOf(contract: Contract, dialect: Dialect): Promise<Document> {
  switch (dialect) {
    case 'odcs':
      return (await import('../../operators/contract/odcs/write.ts')).writeOdcs(contract)
    case 'json-schema':
      return (await import('../../operators/contract/json-schema/write.ts')).writeJsonSchema(contract)
  }
}

async function yamlText(value: JsonObject): Promise<string> {
  const { stringify } = await import('yaml')
  // Anchors and aliases would be refused when it is read again, and a line that is folded is hard to compare.
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 0, version: '1.2' })
}
