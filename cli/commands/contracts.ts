import type { Command } from '../../kernel/registry/command.ts'
import { DIALECTS } from '../contracts/dialects.ts'
import { reporting } from '../report/reporting.ts'
import { CONFIG_PROPERTIES, COUNT, FLAG, inputOf, listOf, orNull, outputOf, recordOf, RUN_ID, TEXT } from './properties.ts'

const UNMAPPED = listOf(recordOf({ where: TEXT, what: TEXT }))
const SHARED = { aliases: [], letters: {} } as const

const emitOutput = outputOf('contracts-emit-result', 1, { name: TEXT, version: TEXT, format: { enum: [...DIALECTS] }, path: orNull(TEXT), document: TEXT, unmapped: UNMAPPED })

const emit: Command = {
  ...SHARED,
  path: ['contracts', 'emit'],
  summary: 'Write what the dataset promises as a contract: ODCS, Table Schema, JSON Schema, CSVW or a page for people',
  description: 'The profile is the one source. What a dialect has no words for is listed on standard error and in the result.',
  input: inputOf({
    ...CONFIG_PROPERTIES,
    format: { type: 'string', enum: [...DIALECTS], description: 'The dialect.', default: 'odcs' },
    run: { ...RUN_ID, description: 'Take the fields of the dataset that this run wrote instead of those that the profile declares: an id, its beginning, or `latest`.' , default: 'none' },
    output: { type: 'string', path: 'write', minLength: 1, description: 'Write the contract to this file.', default: 'standard output' }
  }),
  output: emitOutput,
  effects: { reads: ['config', 'store'], writes: ['outputs'], network: false, destructive: true },
  positionals: [],
  letters: { output: 'o', profile: 'p', format: 'f' },
  examples: [
    { line: 'contracts emit --profile aviation > contract.yaml', says: 'as Open Data Contract Standard' },
    { line: 'contracts emit --profile aviation --format json-schema -o row.schema.json', says: 'for one row of the JSON Lines export' }
  ],
  async run(input, host) {
    const { emitContract } = await import('../contracts/emit.ts')
    return emitContract(input, host, emitOutput.$id)
  }
}

/** One check: the shape of `Check` in operators/model/checks.ts. */
export const CHECK = recordOf({
  id: TEXT,
  kind: TEXT,
  code: TEXT,
  field: TEXT,
  severity: { enum: ['error', 'warning'] },
  outcome: { enum: ['passed', 'failed', 'skipped'] },
  message: TEXT,
  description: TEXT,
  checked: COUNT,
  failed: COUNT,
  observed: orNull({ type: 'number' }),
  examples: listOf(recordOf({ file: TEXT, sheet: TEXT, cell: TEXT, row: COUNT, value: orNull(TEXT) }))
})

const validateOutput = outputOf('contracts-validate-result', 1, {
  valid: { type: 'boolean', description: 'No rule of severity error fails, and at least one was checked.' },
  verdict: { enum: ['holds', 'holds-in-part', 'unchecked', 'broken'] },
  not_checked: { type: 'integer', minimum: 0, description: 'Rules that were skipped, and parts of the contract that cannot be read (`unmapped`).' },
  contract: recordOf({ file: TEXT, format: TEXT, name: TEXT, version: TEXT, table: TEXT }),
  data: recordOf({ file: TEXT, sheet: TEXT, rows: COUNT, columns: listOf(TEXT), set_aside: listOf(recordOf({ row: COUNT, reason: TEXT })) }),
  counts: recordOf({ passed: COUNT, failed: COUNT, warned: COUNT, skipped: COUNT }),
  checks: listOf(CHECK),
  unmapped: UNMAPPED
})

const plainValidate: Command = {
  ...SHARED,
  path: ['contracts', 'validate'],
  summary: 'Hold a file to a contract, rule by rule, with the cells that break it',
  description: 'Any file that can be read, from Hotpass or not. Exit 3 when a rule does not hold, or none could be checked; rules that could not be read or checked are counted. Personal values are masked.',
  input: inputOf(
    {
      data: { type: 'string', path: 'read', minLength: 1, description: 'The file to check.' },
      contract: { type: 'string', path: 'name-or-read', minLength: 1, description: 'The contract: a profile, or a contract in a dialect that can be read.' },
      sheet: { type: 'string', path: 'none', minLength: 1, description: 'Sheet of the workbook.', default: 'the one that fits the contract best' },
      table: { type: 'string', path: 'none', minLength: 1, description: 'Table of the contract.', default: 'the one that fits the file best' },
      previous: { type: 'string', path: 'read', minLength: 1, description: 'The same file as it was before, for the expectations about what changed.', default: 'those are not checked' },
      as_of: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}Z)?$', description: 'The day that freshness is told by.', default: 'SOURCE_DATE_EPOCH, else freshness is not checked' },
      examples: { type: 'integer', minimum: 0, maximum: 1000, description: 'How many cells to name for each failure.', default: 5 }
    },
    ['data', 'contract']
  ),
  output: validateOutput,
  effects: { reads: ['inputs', 'config'], writes: [], network: false, destructive: false },
  positionals: ['data'],
  letters: { contract: 'c' },
  examples: [
    { line: 'contracts validate dist/refined.csv --contract contract.yaml', says: 'what Hotpass wrote' },
    { line: 'contracts validate delivery.xlsx --contract contract.yaml --json', says: 'what somebody sent, for programs' }
  ],
  async run(input, host) {
    const { validateContract } = await import('../contracts/validate.ts')
    return validateContract(input, host, validateOutput.$id)
  }
}

const validate = reporting(plainValidate, async result => (await import('../report/of-contract.ts')).assessContract(result))

const importOutput = outputOf('contracts-import-result', 1, { format: TEXT, name: TEXT, path: orNull(TEXT), profile: TEXT, fields: COUNT, unmapped: UNMAPPED })

const importContract: Command = {
  ...SHARED,
  path: ['contracts', 'import'],
  summary: 'Make a profile from a contract: ODCS, Table Schema, JSON Schema, CSVW or a suite of Great Expectations',
  description: 'What has no counterpart in a profile is listed on standard error and in the result, never dropped in silence.',
  input: inputOf(
    {
      file: { type: 'string', path: 'read', minLength: 1, description: 'The contract.' },
      name: { type: 'string', pattern: '^[a-z][a-z0-9-]*$', description: 'Name of the profile.', default: 'that of the contract' },
      output: { type: 'string', path: 'write', minLength: 1, description: 'Write the profile to this file.', default: 'standard output' }
    },
    ['file']
  ),
  output: importOutput,
  effects: { reads: ['inputs'], writes: ['outputs'], network: false, destructive: true },
  positionals: ['file'],
  letters: { output: 'o' },
  examples: [{ line: 'contracts import suite.json -o config/profiles/orders.yaml', says: 'from a suite of Great Expectations' }],
  async run(input, host) {
    const { importContract } = await import('../contracts/import.ts')
    return importContract(input, host, importOutput.$id)
  }
}

const SIDE = recordOf({ file: TEXT, format: TEXT, name: TEXT, version: TEXT })
const diffOutput = outputOf('contracts-diff-result', 1, {
  from: SIDE,
  to: SIDE,
  compatible: FLAG,
  breaking: COUNT,
  version_tells: { type: 'boolean', description: 'Whether the version number says that something breaks, where something does.' },
  changes: listOf(recordOf({ change: { enum: ['removed', 'renamed', 'added', 'narrowed', 'changed', 'loosened', 'described'] }, table: TEXT, field: TEXT, breaking: FLAG, message: TEXT }))
})

const diff: Command = {
  ...SHARED,
  path: ['contracts', 'diff'],
  summary: 'Compare two versions of a contract, and say which changes break those who rely on it',
  description: 'Breaking: a field that is gone or has another name or type, a rule that is narrower, a new field that may not be empty. Exit 3 when there is one.',
  input: inputOf(
    {
      from: { type: 'string', path: 'read', minLength: 1, description: 'The older contract, in any dialect that can be read, or a profile.' },
      to: { type: 'string', path: 'read', minLength: 1, description: 'The newer one.' },
      loosened: { type: 'boolean', description: 'Promises that were withdrawn count as breaking, too: a field that may be empty now, a value that is new in a list.' }
    },
    ['from', 'to']
  ),
  output: diffOutput,
  effects: { reads: ['inputs', 'config'], writes: [], network: false, destructive: false },
  positionals: ['from', 'to'],
  examples: [{ line: 'contracts diff contract-1.yaml contract-2.yaml', says: 'in a pull request' }],
  async run(input, host) {
    const { diffContracts } = await import('../contracts/diff.ts')
    return diffContracts(input, host, diffOutput.$id)
  }
}

export const contractsCommands: readonly Command[] = [diff, emit, importContract, validate]
