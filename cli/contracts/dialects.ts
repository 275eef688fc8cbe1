/** The dialects that a contract is written in, each with the text that it becomes. */
import type { JsonObject } from '../../kernel/types.ts'
import type { Document } from '../../operators/contract/document.ts'
import type { Contract, Unmapped } from '../../operators/model/contract.ts'

export const DIALECTS = ['odcs', 'table-schema', 'json-schema', 'csvw', 'markdown'] as const
export type Dialect = (typeof DIALECTS)[number]

export interface Written {
  readonly text: string
  readonly unmapped: readonly Unmapped[]
}

/** The text of a contract in a dialect, ended by a line feed. `base` names the exported files, without their ending; `asJson`: ODCS as JSON, which YAML takes in. */
export async function writeContract(contract: Contract, dialect: Dialect, base: string, asJson = false): Promise<Written> {
  if (dialect === 'markdown') return { text: (await import('../../operators/contract/markdown/write.ts')).writeMarkdown(contract), unmapped: [] }
  const { value, unmapped } = await documentOf(contract, dialect, base)
  return { text: dialect === 'odcs' && !asJson ? await yamlText(value) : `${JSON.stringify(value, null, 2)}\n`, unmapped }
}

async function documentOf(contract: Contract, dialect: Exclude<Dialect, 'markdown'>, base: string): Promise<Document> {
  switch (dialect) {
    case 'odcs':
      return (await import('../../operators/contract/odcs/write.ts')).writeOdcs(contract)
    case 'json-schema':
      return (await import('../../operators/contract/json-schema/write.ts')).writeJsonSchema(contract)
    case 'table-schema':
      return (await import('../../operators/contract/table-schema/write.ts')).writeDataPackage(contract, base)
    case 'csvw':
      return (await import('../../operators/contract/csvw/write.ts')).writeCsvw(contract, base)
  }
}

/** YAML 1.2 that every reader takes, this one included: no anchors, no folded lines. */
export async function yamlText(value: JsonObject): Promise<string> {
  const { stringify } = await import('yaml')
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 0, version: '1.2' })
}
