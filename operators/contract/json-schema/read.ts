/** Reads a JSON Schema of a row: draft 4 to 2020-12, as far as it says something of columns. */
import type { Json, JsonObject } from '../../../kernel/types.ts'
import type { Expectation, SemanticType } from '../../../schemas/generated/profile.ts'
import type { ContractField, ContractTable, ReadContract } from '../../model/contract.ts'
import { boundIn, createUnread, isBlock, isPersonal, numberIn, plainField, readContract, refuse, slugOf, textIn, textsIn, type Unread } from '../reading.ts'
import { matchingWhole } from '../whole-pattern.ts'

type Form = Extract<Expectation, { expect: 'type' }>['type']
const FORMATS: ReadonlyMap<string, readonly [SemanticType, Form?]> = new Map<string, readonly [SemanticType, Form?]>([
  ['email', ['email']], ['idn-email', ['email']], ['uri', ['url']], ['iri', ['url']], ['date', ['date', 'date']], ['date-time', ['date', 'datetime']], ['time', ['text', 'time']], ['uuid', ['text', 'uuid']]
])

/** Throws E_CONTRACT. */
export function readJsonSchema(document: JsonObject): ReadContract {
  const unread = createUnread()
  const definitions = { ...(isBlock(document['definitions']) ? document['definitions'] : {}), ...(isBlock(document['$defs']) ? document['$defs'] : {}) }
  const resolve = (node: JsonObject, where: string): JsonObject => {
    const reference = node['$ref']
    if (reference === undefined) return node
    const name = typeof reference === 'string' ? /^#\/(?:\$defs|definitions)\/([^/]+)$/.exec(reference)?.[1] : undefined
    const found = name === undefined || !Object.hasOwn(definitions, name) ? undefined : definitions[name]
    if (!isBlock(found)) return (unread.add(`${where}.$ref`, 'a reference that leads out of the document is not followed'), { ...node, $ref: null })
    const { $ref: _reference, ...own } = node
    return { ...found, ...own }
  }
  let row = resolve(document, '')
  if (row['type'] === 'array' && isBlock(row['items'])) row = resolve(row['items'], 'items')
  if (!isBlock(row['properties'])) return refuse('the schema describes no object with properties', 'a row is an object')
  const tables = tablesOf(row, resolve, unread)
  const title = textIn(document, 'title', '')
  return readContract({ name: slugOf(title), title: title === '' ? 'JSON Schema' : title, description: textIn(document, 'description', ''), tables }, unread)
}

function tablesOf(row: JsonObject, resolve: (node: JsonObject, where: string) => JsonObject, unread: Unread): readonly ContractTable[] {
  const groups: ContractTable[] = []
  const main = tableOf(row, '', 'row')
  return [main, ...groups]

  function tableOf(object: JsonObject, group: string, name: string): ContractTable {
    const needed = new Set(object['required'] === undefined ? [] : textsIn(object['required'], 'required'))
    const expectations: Expectation[] = []
    const prefix = group === '' ? '' : `${group}.`
    const properties = object['properties'] as JsonObject
    const fields = Object.keys(properties).flatMap((key): ContractField[] => {
      const where = `properties.${prefix}${key}`
      const given = properties[key]
      if (!isBlock(given)) return [plainField(key, 'text')]
      const property = resolve(given, where)
      const items = isBlock(property['items']) ? resolve(property['items'], `${where}.items`) : undefined
      if (group === '' && items !== undefined && isBlock(items['properties'])) {
        groups.push(tableOf(items, key, key))
        return []
      }
      return [fieldOf(key, property, items, needed.has(key), where, expectations, unread)]
    })
    if (object['additionalProperties'] === false && fields.length > 0) expectations.push({ expect: 'columns', fields: fields.map(each => each.name) as [string, ...string[]], exact: true })
    unread.rest(prefix.replace(/\.$/, ''), object, ['$schema', '$id', 'id', 'title', 'description', '$comment', 'type', 'required', 'properties', '$defs', 'definitions', 'additionalProperties', 'examples'])
    return { group, name, description: textIn(object, 'description', ''), fields, expectations }
  }
}

function fieldOf(name: string, property: JsonObject, items: JsonObject | undefined, needed: boolean, where: string, expectations: Expectation[], unread: Unread): ContractField {
  const types = ([property['type'] ?? []].flat() as Json[]).map(String)
  const value = items ?? property
  const own = items === undefined ? types : ([items['type'] ?? []].flat() as Json[]).map(String)
  const solid = own.filter(type => type !== 'null')
  const format = textIn(value, 'format', `${where}.`)
  const formatted = FORMATS.get(format)
  if (format !== '' && formatted === undefined) unread.add(`${where}.format`, `the format ${format} is not checked`)
  const [semantic, form]: readonly [SemanticType, Form?] = formatted ?? (solid.length !== 1 ? ['text'] : solid[0] === 'number' ? ['number'] : solid[0] === 'integer' ? ['number', 'integer'] : solid[0] === 'boolean' ? ['boolean'] : ['text'])
  const numeric = solid.includes('number') || solid.includes('integer')
  if (solid.includes('object')) unread.add(where, 'nested objects are not checked')
  if (form !== undefined) expectations.push({ expect: 'type', field: name, type: form })
  const constant = value['const']
  const listed = value['enum'] === undefined ? (constant === undefined || constant === null || typeof constant === 'object' ? undefined : [String(constant)]) : textsIn(value['enum'], `${where}.enum`)
  const [shortest, longest] = [numberIn(value, 'minLength', `${where}.`), numberIn(value, 'maxLength', `${where}.`)]
  if (shortest !== undefined || longest !== undefined) expectations.push({ expect: 'length', field: name, ...(shortest === undefined ? {} : { min: shortest }), ...(longest === undefined ? {} : { max: longest }) })
  const [above, below] = ['exclusiveMinimum', 'exclusiveMaximum'].map((key, at) => (value[key] === true ? boundIn(value, at === 0 ? 'minimum' : 'maximum', `${where}.`) : typeof value[key] === 'boolean' ? undefined : boundIn(value, key, `${where}.`)))
  if (above !== undefined || below !== undefined) expectations.push({ expect: 'range', field: name, ...(above === undefined ? {} : { above }), ...(below === undefined ? {} : { below }) })
  const min = value['exclusiveMinimum'] === true ? undefined : boundIn(value, 'minimum', `${where}.`)
  const max = value['exclusiveMaximum'] === true ? undefined : boundIn(value, 'maximum', `${where}.`)
  const pattern = textIn(value, 'pattern', `${where}.`)
  const also = Array.isArray(value['allOf']) ? value['allOf'].filter(isBlock) : []
  also.forEach((each, at) => alsoOf(each, name, `${where}.allOf[${at}]`, expectations, unread))
  const taken = ['$ref', 'type', 'title', 'description', '$comment', 'format', 'enum', 'const', 'minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'pattern', 'examples', 'default', 'deprecated', 'readOnly', 'writeOnly', 'allOf']
  unread.rest(where, property, items === undefined ? taken : [...taken, 'items', 'minItems'])
  if (items !== undefined) unread.rest(`${where}.items`, items, taken)
  return {
    ...plainField(name, semantic === 'text' && numeric && solid.length === 1 ? 'number' : semantic),
    title: textIn(property, 'title', `${where}.`),
    description: textIn(property, 'description', `${where}.`),
    required: items === undefined ? needed && types.length > 0 && !types.includes('null') : numberIn(property, 'minItems', `${where}.`) !== undefined && numberIn(property, 'minItems', `${where}.`)! > 0,
    multiple: items !== undefined || types.includes('array'),
    optional: !needed,
    personal: isPersonal(semantic, []),
    // A pattern is about text alone: beside numbers it says nothing of those.
    ...(pattern === '' ? {} : { pattern: matchingWhole(pattern) }),
    ...(listed === undefined ? {} : { enum: listed }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max })
  }
}

/** What a branch of `allOf` adds to a value. */
function alsoOf(branch: JsonObject, field: string, where: string, expectations: Expectation[], unread: Unread): void {
  const pattern = textIn(branch, 'pattern', `${where}.`)
  if (pattern !== '') expectations.push({ expect: 'matches', field, pattern: matchingWhole(pattern) })
  if (branch['enum'] !== undefined) expectations.push({ expect: 'in-set', field, values: [...textsIn(branch['enum'], `${where}.enum`)] as [string, ...string[]] })
  const [min, max] = [boundIn(branch, 'minimum', `${where}.`), boundIn(branch, 'maximum', `${where}.`)]
  const [above, below] = [boundIn(branch, 'exclusiveMinimum', `${where}.`), boundIn(branch, 'exclusiveMaximum', `${where}.`)]
  if ([min, max, above, below].some(bound => bound !== undefined)) expectations.push({ expect: 'range', field, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }), ...(above === undefined ? {} : { above }), ...(below === undefined ? {} : { below }) })
  const [shortest, longest] = [numberIn(branch, 'minLength', `${where}.`), numberIn(branch, 'maxLength', `${where}.`)]
  if (shortest !== undefined || longest !== undefined) expectations.push({ expect: 'length', field, ...(shortest === undefined ? {} : { min: shortest }), ...(longest === undefined ? {} : { max: longest }) })
  unread.rest(where, branch, ['pattern', 'enum', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minLength', 'maxLength'])
}
