/** `hotpass contracts validate`. */
import { instantOf } from '../../kernel/config/environment.ts'
import { EXIT } from '../../kernel/error.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'
import { checkTable } from '../../operators/expect/check.ts'
import { countChecks } from '../../operators/model/checks.ts'
import { assertInstant } from '../config/meaning.ts'
import { readContractData } from './data.ts'
import { assertPatterns, loadContract } from './load.ts'

const EXAMPLES = 5

/** Exit 3 when a rule of severity error does not hold, or none could be checked. Throws E_CONTRACT, E_PROFILE, E_INPUT_*. */
export async function validateContract(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const file = input['contract'] as string
  const loaded = await loadContract(file, host)
  assertPatterns(loaded, file)
  const { contract, dialect, unmapped } = loaded
  const data = await readContractData(input['data'] as string, contract, { ...pick(input, 'sheet'), ...pick(input, 'table') }, host)
  const earlier = input['previous'] as string | undefined
  const previous = earlier === undefined ? null : (await readContractData(earlier, contract, { table: data.table.name }, host)).subject
  const checks = checkTable(data.table, data.subject, { examples: (input['examples'] as number | undefined) ?? EXAMPLES, asOf: asOfIn(input, host), previous })
  const counts = countChecks(checks)
  const notChecked = counts.skipped + unmapped.length
  const isUnchecked = counts.passed + counts.failed + counts.warned === 0
  const valid = counts.failed === 0 && !isUnchecked
  return {
    exit: valid ? EXIT.ok : EXIT.data,
    result: {
      schema,
      valid,
      verdict: counts.failed > 0 ? 'broken' : isUnchecked ? 'unchecked' : notChecked > 0 ? 'holds-in-part' : 'holds',
      not_checked: notChecked,
      contract: { file, format: dialect, name: contract.name, version: contract.version, table: data.table.name },
      data: { file: data.file, sheet: data.sheet, rows: data.subject.rows, columns: [...data.subject.names], set_aside: data.setAside.map(({ row, reason }) => ({ row, reason })) },
      counts: { ...counts },
      checks: checks as unknown as Json,
      unmapped: unmapped.map(({ where, what }) => ({ where, what }))
    }
  }
}

/** The day that freshness is told by: what was typed, else SOURCE_DATE_EPOCH, else none. Throws E_CONFIG for a day that there is not. */
function asOfIn(input: JsonObject, host: CommandHost): string | null {
  const typed = input['as_of'] as string | undefined
  if (typed !== undefined) assertInstant(typed, '--as-of')
  const epoch = host.env['SOURCE_DATE_EPOCH'] ?? ''
  return typed ?? (epoch === '' ? null : instantOf(epoch))
}

const pick = (input: JsonObject, key: string): { readonly [key: string]: string } => (typeof input[key] === 'string' ? { [key]: input[key] } : {})
