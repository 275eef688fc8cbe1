/** A contract as JSON Schema 2020-12: one row of the dataset as JSON Lines has it, its groups inside. */
import type { Json, JsonObject } from '../../../kernel/types.ts'
import type { Expectation } from '../../../schemas/generated/profile.ts'
import { primaryNameOf } from '../../export/dataset.ts'
import type { Contract, ContractField, ContractTable, Unmapped } from '../../model/contract.ts'
import { compact, tellExpectation, type Document } from '../document.ts'
import { searching } from '../whole-pattern.ts'

const DECIMAL = '^-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?$'
const AMOUNT = '^(?:[A-Z]{3} )?-?[0-9]+(?:\\.[0-9]+)?$'
const DAY = '^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})?)?$'
const PHONE = '^\\+[1-9][0-9]{1,14}(?: ext [0-9]{1,11})?$'

export function writeJsonSchema(contract: Contract): Document {
  const [main, ...groups] = contract.tables
  const unmapped: Unmapped[] = []
  const rows = objectOf(main!, unmapped)
  const properties = { ...(rows['properties'] as JsonObject) }
  for (const group of groups) {
    let key = group.group
    while (Object.hasOwn(properties, key)) key = `${key}_members`
    const nested = objectOf({ ...group, fields: group.fields.slice(1) }, unmapped)
    const primary = primaryNameOf(group.fields.slice(1, -1) as { name: string }[])
    properties[key] = { type: 'array', description: group.description, items: { ...nested, properties: { ...(nested['properties'] as JsonObject), [primary]: { type: 'boolean', description: group.fields.at(-1)!.description } } } }
  }
  const value = compact({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:hotpass:contract:${contract.name}:${contract.version}`,
    title: contract.title,
    description: contract.description,
    $comment: unmapped.length === 0 ? undefined : `Promised besides: ${unmapped.map(({ what }) => what).join('. ')}.`,
    type: 'object',
    required: Object.keys(properties),
    properties
  })
  return { value, unmapped }
}

function objectOf(table: ContractTable, unmapped: Unmapped[]): JsonObject {
  const lose = (where: string, what: string): void => void unmapped.push({ where: table.group === '' ? where : `${table.group}.${where}`, what })
  const byField = new Map<string, Expectation[]>()
  for (const expectation of table.expectations) {
    if (isOfItems(expectation) && table.fields.some(({ name }) => name === expectation.field)) byField.set(expectation.field, [...(byField.get(expectation.field) ?? []), expectation])
    else lose('expectations', tellExpectation(table, expectation))
  }
  const properties: Record<string, Json> = {}
  for (const field of table.fields) {
    if (field.unique) lose(field.name, `no two rows share a value of ${field.name}`)
    properties[field.name] = propertyOf(field, byField.get(field.name) ?? [], lose)
  }
  return { type: 'object', required: table.fields.filter(({ optional }) => !optional).map(({ name }) => name), properties }
}

type OfItems = Extract<Expectation, { readonly expect: 'in-set' | 'matches' | 'range' | 'length' | 'not-null' | 'type' }>

/** What one value can be held to; a share of them cannot. */
function isOfItems(expectation: Expectation): expectation is OfItems {
  const mostly = 'mostly' in expectation ? expectation.mostly : undefined
  return ['in-set', 'matches', 'range', 'length', 'not-null'].includes(expectation.expect) && (mostly === undefined || mostly === 1) && expectation.severity !== 'warning'
}

function propertyOf(field: ContractField, expectations: readonly Expectation[], lose: (where: string, what: string) => void): JsonObject {
  const required = field.required || expectations.some(({ expect }) => expect === 'not-null')
  const about = { title: field.title, description: field.description }
  const item = itemOf(field, expectations, lose)
  if (field.multiple) return compact({ ...about, type: 'array', items: item, minItems: required ? 1 : undefined })
  const types = [item['type'] as Json].flat() as string[]
  return compact({ ...about, ...item, type: required ? (types.length === 1 ? types[0] : types) : [...types, 'null'], ...(item['enum'] === undefined || required ? {} : { enum: [...(item['enum'] as string[]), null] }) })
}

/** The keywords for one value. Keywords about text say nothing of a number and the other way round. */
function itemOf(field: ContractField, expectations: readonly Expectation[], lose: (where: string, what: string) => void): JsonObject {
  const { name, type, multiple } = field
  const numeric = !multiple && (type === 'number' || type === 'currency')
  const all: Json[] = []
  const allOf = (keywords: JsonObject): void => void all.push(keywords)
  const bounds = (min: number | string | undefined, max: number | string | undefined, above?: number | string, below?: number | string): void => {
    const given = Object.entries({ minimum: min, maximum: max, exclusiveMinimum: above, exclusiveMaximum: below }).filter(([, bound]) => bound !== undefined)
    if (numeric && given.every(([, bound]) => Number.isFinite(Number(bound)))) allOf(Object.fromEntries(given.map(([key, bound]) => [key, Number(bound)])))
    else if (given.length > 0) lose(name, `${name} lies within its bounds (${given.map(([key, bound]) => `${key} ${bound}`).join(', ')})`)
  }
  const form: JsonObject =
    type === 'number' ? (multiple ? { type: 'string', pattern: DECIMAL } : { type: ['number', 'string'], pattern: DECIMAL })
    : type === 'currency' ? (multiple ? { type: 'string', pattern: AMOUNT } : { type: ['number', 'string'], pattern: AMOUNT })
    : type === 'boolean' ? { type: multiple ? 'string' : 'boolean' }
    : type === 'date' ? { type: 'string', pattern: DAY }
    : type === 'phone' ? { type: 'string', pattern: PHONE }
    : type === 'email' ? { type: 'string', format: 'idn-email' }
    : type === 'url' ? { type: 'string', format: 'iri' }
    : { type: 'string' }
  // Numbers are written as numbers, so that what is said of their text cannot be said here.
  const textual = (what: string, keywords: JsonObject): void => (numeric || (type === 'boolean' && !multiple) ? lose(name, what) : allOf(keywords))
  if (field.pattern !== undefined) textual(`${name} matches ${field.pattern}`, { pattern: searching(field.pattern) })
  if (field.enum !== undefined) textual(`${name} is one of ${field.enum.length} values`, { enum: [...field.enum] })
  bounds(field.min, field.max)
  for (const says of expectations) {
    if (says.expect === 'matches') textual(`${name} matches ${says.pattern}`, { pattern: searching(says.pattern) })
    else if (says.expect === 'in-set') textual(`${name} is one of ${says.values.length} values`, { enum: [...says.values] })
    else if (says.expect === 'length') textual(`the length of ${name}`, { ...(says.min === undefined ? {} : { minLength: says.min }), ...(says.max === undefined ? {} : { maxLength: says.max }) })
    else if (says.expect === 'range') bounds(says.min, says.max, says.above, says.below)
  }
  const [single] = all
  if (single === undefined) return form
  const clash = all.length > 1 || Object.keys(single as JsonObject).some(key => Object.hasOwn(form, key))
  if (!clash) return { ...form, ...(single as JsonObject) }
  // An empty cell is null, and null is no member of any list.
  return { ...form, allOf: all.map(keywords => (Object.hasOwn(keywords as JsonObject, 'enum') && !multiple ? { enum: [...((keywords as JsonObject)['enum'] as Json[]), null] } : keywords)) }
}
