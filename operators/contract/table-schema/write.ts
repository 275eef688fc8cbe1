/** A contract as a Data Package v2 whose resources have Table Schemas: the CSV files of a dataset. Source: https://datapackage.org, version 2; of its profiles 2.1 is the first that knows lists and `fieldsMatch` as the text has them. */
import type { JsonObject } from '../../../kernel/types.ts'
import type { Expectation, SemanticType } from '../../../schemas/generated/profile.ts'
import type { Contract, ContractField, ContractTable, Unmapped } from '../../model/contract.ts'
import { compact, fileOf, tellExpectation, type Document } from '../document.ts'

const TYPES: ReadonlyMap<SemanticType, { readonly type: string; readonly format?: string }> = new Map<SemanticType, { type: string; format?: string }>([
  ['number', { type: 'number' }], ['date', { type: 'date' }], ['boolean', { type: 'boolean' }], ['email', { type: 'string', format: 'email' }], ['url', { type: 'string', format: 'uri' }]
])
const PROFILES = 'https://datapackage.org/profiles/2.1'

/** `base` is the name of the CSV file without its ending. */
export function writeDataPackage(contract: Contract, base: string): Document {
  const unmapped: Unmapped[] = []
  const value = compact({
    $schema: `${PROFILES}/datapackage.json`,
    name: contract.name,
    title: contract.title,
    description: contract.description,
    version: contract.version,
    contributors: contract.owner === '' ? [] : [{ title: contract.owner, roles: ['owner'] }],
    resources: contract.tables.map(table => ({
      name: table.name.replaceAll('_', '-'),
      path: fileOf(table, base),
      type: 'table',
      format: 'csv',
      mediatype: 'text/csv',
      encoding: 'utf-8',
      schema: schemaOf(table, contract.list_separator, unmapped)
    }))
  })
  return { value, unmapped }
}

function schemaOf(table: ContractTable, separator: string, unmapped: Unmapped[]): JsonObject {
  const lose = (what: string): void => void unmapped.push({ where: table.name, what })
  const left = new Set(table.expectations)
  const fields = table.fields.map(field => {
    const own = table.expectations.filter((each): each is OfField => 'field' in each && each.field === field.name && isConstraint(each))
    for (const each of own) left.delete(each)
    return fieldOf(field, own, separator, lose)
  })
  const compound = table.expectations.filter(each => each.expect === 'unique' && each.severity !== 'warning')
  for (const each of compound) left.delete(each)
  for (const each of left) lose(tellExpectation(table, each))
  if (table.fields.some(({ type, multiple }) => type === 'date' && !multiple)) lose('a date that has a time of day behind it')
  const key = table.group === '' ? table.fields.find(({ unique, required }) => unique && required) : undefined
  return compact({
    $schema: `${PROFILES}/tableschema.json`,
    fields,
    fieldsMatch: 'subset',
    missingValues: [''],
    primaryKey: key === undefined ? undefined : [key.name],
    uniqueKeys: compound.map(each => (each.expect === 'unique' ? [...each.fields] : []))
  })
}

type OfField = Extract<Expectation, { expect: 'not-null' | 'in-set' | 'matches' | 'range' | 'length' }>

/** What a constraint can say: it holds for every value, and its bounds are inclusive. */
function isConstraint(expectation: Expectation): boolean {
  if (expectation.severity === 'warning' || ('mostly' in expectation && (expectation.mostly ?? 1) < 1)) return false
  return ['not-null', 'in-set', 'matches', 'range', 'length'].includes(expectation.expect)
}

function fieldOf(field: ContractField, expectations: readonly OfField[], separator: string, lose: (what: string) => void): JsonObject {
  const { name, title, description, type, multiple } = field
  const constraints: Record<string, unknown> = { required: field.required || expectations.some(({ expect }) => expect === 'not-null') ? true : undefined, unique: field.unique ? true : undefined }
  const set = (key: string, value: unknown, what: string): void => {
    if (value === undefined) return
    // Constraints on the items of a list cannot be written, and each constraint only once.
    if (multiple || constraints[key] !== undefined) lose(`${name}: ${what}`)
    else constraints[key] = value
  }
  const bound = (key: 'minimum' | 'maximum', value: number | string | undefined): void => {
    if (value !== undefined && (type === 'number' || type === 'date')) set(key, value, `${key} ${value}`)
    else if (value !== undefined) lose(`${name}: ${key} ${value}`)
  }
  set('pattern', field.pattern, `the pattern ${field.pattern}`)
  set('enum', field.enum, `one of ${field.enum?.length} values`)
  bound('minimum', field.min)
  bound('maximum', field.max)
  for (const says of expectations) {
    if (says.expect === 'matches') set('pattern', says.pattern, `the pattern ${says.pattern}`)
    else if (says.expect === 'in-set') set('enum', says.values, `one of ${says.values.length} values`)
    else if (says.expect === 'length') {
      set('minLength', says.min, `at least ${says.min} characters`)
      set('maxLength', says.max, `at most ${says.max} characters`)
    } else if (says.expect === 'range') {
      bound('minimum', says.min)
      bound('maximum', says.max)
      for (const [key, value] of [['above', says.above], ['below', says.below]] as const) if (value !== undefined) lose(`${name}: ${key} ${value}`)
    }
  }
  const form = multiple ? { type: 'list', delimiter: separator, itemType: 'string' } : type === 'phone' ? { type: 'string' } : (TYPES.get(type) ?? { type: 'string' })
  const kept = compact(constraints)
  return compact({ name, title, description, ...form, ...(Object.keys(kept).length === 0 ? {} : { constraints: kept }) })
}
