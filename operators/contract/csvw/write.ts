/** A contract as CSV on the Web metadata: the CSV files of a dataset. Source: W3C, "Metadata Vocabulary for Tabular Data", 17 December 2015. */
import type { JsonObject } from '../../../kernel/types.ts'
import type { Expectation, SemanticType } from '../../../schemas/generated/profile.ts'
import type { Contract, ContractField, ContractTable, Unmapped } from '../../model/contract.ts'
import { compact, fileOf, tellExpectation, type Document } from '../document.ts'

const BASES: ReadonlyMap<SemanticType, string> = new Map<SemanticType, string>([['number', 'decimal'], ['date', 'date'], ['boolean', 'boolean'], ['url', 'anyURI']])

/** `base` is the name of the CSV file without its ending. */
export function writeCsvw(contract: Contract, base: string): Document {
  const unmapped: Unmapped[] = []
  const value = compact({
    '@context': 'http://www.w3.org/ns/csvw',
    'dc:title': contract.title,
    'dc:description': contract.description,
    'dc:publisher': contract.owner,
    dialect: { encoding: 'utf-8', header: true, lineTerminators: ['\r\n'] },
    tables: contract.tables.map(table => tableOf(table, base, contract.list_separator, unmapped))
  })
  return { value, unmapped }
}

function tableOf(table: ContractTable, base: string, separator: string, unmapped: Unmapped[]): JsonObject {
  const lose = (what: string): void => void unmapped.push({ where: table.name, what })
  const left = new Set(table.expectations)
  const columns = table.fields.map(field => {
    const own = table.expectations.filter(each => 'field' in each && each.field === field.name && ['not-null', 'matches', 'range', 'length', 'in-set'].includes(each.expect) && each.severity !== 'warning' && !('mostly' in each && (each.mostly ?? 1) < 1))
    for (const each of own) left.delete(each)
    return columnOf(field, own, separator, lose)
  })
  if (table.group === '') lose('columns that no field takes: a file that has some is not as this says')
  for (const each of left) lose(tellExpectation(table, each))
  for (const { name } of table.fields.filter(({ unique, required }) => unique && !required)) lose(`no two rows share a value of ${name}`)
  if (table.fields.some(({ type, multiple }) => type === 'date' && !multiple)) lose('a date that has a time of day behind it')
  const key = table.group === '' ? table.fields.find(({ unique, required }) => unique && required) : undefined
  return compact({ url: fileOf(table, base), 'dc:description': table.description, tableSchema: compact({ columns, primaryKey: key?.name }) })
}

function columnOf(field: ContractField, expectations: readonly Expectation[], separator: string, lose: (what: string) => void): JsonObject {
  const { name, title, description, type, multiple } = field
  const datatype: Record<string, unknown> = { base: multiple ? 'string' : (BASES.get(type) ?? 'string') }
  const numeric = datatype['base'] === 'decimal' || datatype['base'] === 'date'
  const set = (key: string, value: number | string | undefined, fits: boolean, what: string): void => {
    if (value === undefined) return
    if (!fits || datatype[key] !== undefined) lose(`${name}: ${what}`)
    else datatype[key] = value
  }
  const pattern = (text: string): void => set('format', text, datatype['base'] === 'string', `the pattern ${text}`)
  const oneOf = (values: readonly string[]): void => set('format', values.map(value => value.replace(/[\^$\\.*+?()[\]{}|/-]/g, '\\$&')).join('|'), datatype['base'] === 'string', `one of ${values.length} values`)
  const bounds = (says: { readonly min?: number | string; readonly max?: number | string; readonly above?: number | string; readonly below?: number | string }): void => {
    set('minimum', says.min, numeric, `at least ${says.min}`)
    set('maximum', says.max, numeric, `at most ${says.max}`)
    set('minExclusive', says.above, numeric, `above ${says.above}`)
    set('maxExclusive', says.below, numeric, `below ${says.below}`)
  }
  if (field.pattern !== undefined) pattern(field.pattern)
  if (field.enum !== undefined) oneOf(field.enum)
  bounds(field)
  for (const says of expectations) {
    if (says.expect === 'matches') pattern(says.pattern)
    else if (says.expect === 'in-set') oneOf(says.values)
    else if (says.expect === 'range') bounds(says)
    else if (says.expect === 'length') {
      set('minLength', says.min, datatype['base'] === 'string', `at least ${says.min} characters`)
      set('maxLength', says.max, datatype['base'] === 'string', `at most ${says.max} characters`)
    }
  }
  const required = field.required || expectations.some(({ expect }) => expect === 'not-null')
  return compact({
    name: variableOf(name),
    titles: title === '' || title === name ? name : [name, title],
    'dc:description': description,
    datatype: Object.keys(datatype).length === 1 ? datatype['base'] : datatype,
    required: required ? true : undefined,
    separator: multiple ? separator : undefined
  })
}

/** A name that may stand in a URI template (RFC 6570); the heading itself stands in `titles`. */
function variableOf(name: string): string {
  const safe = name.replace(/[^A-Za-z0-9_.]+/g, '_').replace(/^[_.]+|[_.]+$/g, '')
  return safe === '' ? 'column' : safe
}
