/** Reads a Table Schema, or a Data Package with them, of version 1 or 2. */
import type { Json, JsonObject } from '../../../kernel/types.ts'
import type { Expectation, SemanticType } from '../../../schemas/generated/profile.ts'
import type { ContractField, ContractTable, ReadContract, Spelling } from '../../model/contract.ts'
import { blocksIn, boundIn, createUnread, flagIn, isBlock, isPersonal, numberIn, plainField, readContract, refuse, slugOf, textIn, textsIn, type Unread } from '../reading.ts'

type Form = Extract<Expectation, { expect: 'type' }>['type']
const TYPES: ReadonlyMap<string, readonly [SemanticType, Form?]> = new Map<string, readonly [SemanticType, Form?]>([
  ['string', ['text']], ['number', ['number']], ['integer', ['number', 'integer']], ['boolean', ['boolean']], ['date', ['date', 'date']], ['datetime', ['date', 'datetime']],
  ['time', ['text', 'time']], ['year', ['number', 'integer']], ['any', ['text']], ['', ['text']], ['list', ['text']]
])

/** Throws E_CONTRACT. */
export function readTableSchema(document: JsonObject): ReadContract {
  const unread = createUnread()
  if (document['resources'] === undefined) {
    const title = textIn(document, 'title', '') || textIn(document, 'name', '')
    return readContract({ name: slugOf(title), title: title === '' ? 'Table Schema' : title, tables: [tableOf(document, '', '', title === '' ? 'row' : title, unread)] }, unread)
  }
  const resources = blocksIn(document, 'resources', '')
  let separator = '; '
  const tables = resources.flatMap((resource, at) => {
    const where = `resources[${at}]`
    const schema = resource['schema']
    if (!isBlock(schema)) {
      unread.add(`${where}.schema`, typeof schema === 'string' ? 'a schema in another file is not followed' : 'the resource has no schema')
      return []
    }
    for (const field of blocksIn(schema, 'fields', `${where}.schema.`)) if (typeof field['delimiter'] === 'string') separator = field['delimiter']
    unread.rest(where, resource, ['name', 'title', 'path', 'type', 'profile', '$schema', 'format', 'mediatype', 'encoding', 'schema', 'description', 'bytes', 'hash', 'dialect', 'data'])
    const name = textIn(resource, 'name', `${where}.`)
    return [tableOf(schema, `${where}.schema.`, at === 0 ? '' : name, name, unread)]
  })
  if (tables.length === 0) refuse('the package has no resource with a schema')
  unread.rest('', document, ['$schema', 'profile', 'name', 'title', 'description', 'version', 'resources', 'id', 'created', 'contributors'])
  const owner = blocksIn(document, 'contributors', '')[0]
  const title = textIn(document, 'title', '') || textIn(document, 'name', '')
  return readContract({ name: slugOf(textIn(document, 'name', '') || title), title: title === '' ? 'Data Package' : title, description: textIn(document, 'description', ''), version: textIn(document, 'version', '') || '1.0.0', owner: owner === undefined ? '' : textIn(owner, 'title', 'contributors.'), list_separator: separator, tables }, unread)
}

function tableOf(schema: JsonObject, where: string, group: string, name: string, unread: Unread): ContractTable {
  const expectations: Expectation[] = []
  const match = [schema['fieldsMatch'] ?? []].flat() as Json[]
  const optional = match.includes('superset') || match.includes('partial')
  const missing = schema['missingValues']
  const fields = blocksIn(schema, 'fields', where).map((field, at) => ({ ...fieldOf(field, `${where}fields[${at}]`, expectations, unread), optional, ...missingIn(field['missingValues'] ?? missing) }))
  const key = schema['primaryKey']
  const keys = key === undefined || key === null ? [] : typeof key === 'string' ? [key] : textsIn(key, `${where}primaryKey`)
  if (keys.length > 0) expectations.push({ expect: 'unique', fields: [...keys] as [string, ...string[]] }, ...keys.map((field): Expectation => ({ expect: 'not-null', field })))
  if (Array.isArray(schema['uniqueKeys'])) schema['uniqueKeys'].forEach((each: Json, at: number) => expectations.push({ expect: 'unique', fields: [...textsIn(each, `${where}uniqueKeys[${at}]`)] as [string, ...string[]] }))
  if (match.includes('exact') || match.includes('equal')) expectations.push({ expect: 'columns', fields: fields.map(each => each.name) as [string, ...string[]], exact: true, ...(match.includes('exact') ? { ordered: true } : {}) })
  unread.rest(where.replace(/\.$/, ''), schema, ['$schema', 'fields', 'fieldsMatch', 'missingValues', 'primaryKey', 'uniqueKeys', 'name', 'title', 'description'])
  return { group, name, description: textIn(schema, 'description', where), fields, expectations }
}

/** Texts that stand for nothing: plain, or with a label (version 2). */
function missingIn(given: Json | undefined): Pick<ContractField, 'missing'> {
  const values = Array.isArray(given) ? given.map((one: Json) => (isBlock(one) ? one['value'] : one)).filter(value => typeof value === 'string' && value !== '') as string[] : []
  return values.length === 0 ? {} : { missing: values }
}

/** How values are written; undefined where that is as machines write them. */
function spellingOf(field: JsonObject, type: string, where: string): Spelling | undefined {
  if (type === 'boolean') {
    const list = (key: string, usual: readonly string[]): readonly string[] => (field[key] === undefined ? usual : textsIn(field[key], `${where}.${key}`))
    return { decimal: '', group: '', yes: list('trueValues', ['true', 'True', 'TRUE', '1']), no: list('falseValues', ['false', 'False', 'FALSE', '0']) }
  }
  if (type !== 'number' && type !== 'integer') return undefined
  const [decimal, group] = [textIn(field, 'decimalChar', `${where}.`), textIn(field, 'groupChar', `${where}.`)]
  return (decimal === '' || decimal === '.') && group === '' ? undefined : { decimal: decimal === '.' ? '' : decimal, group, yes: [], no: [] }
}

function fieldOf(field: JsonObject, where: string, expectations: Expectation[], unread: Unread): ContractField {
  const name = textIn(field, 'name', `${where}.`)
  const type = textIn(field, 'type', `${where}.`)
  const format = textIn(field, 'format', `${where}.`)
  const known = TYPES.get(type)
  if (known === undefined) unread.add(`${where}.type`, `the type ${type} is not checked`)
  let [semantic, form]: readonly [SemanticType, Form?] = known ?? ['text']
  // The bounds of values that are written in a way that is not read cannot be checked either.
  let isRead = true
  if (type === 'string' && format === 'email') semantic = 'email'
  else if (type === 'string' && format === 'uri') semantic = 'url'
  else if (type === 'string' && format === 'uuid') form = 'uuid'
  else if (format !== '' && format !== 'default') {
    unread.add(`${where}.format`, `the format ${format} is not checked`)
    if (form === 'date' || form === 'datetime' || form === 'time') [semantic, form, isRead] = ['text', undefined, false]
  }
  if (field['bareNumber'] === false && semantic === 'number') {
    unread.add(`${where}.bareNumber`, 'numbers with other text around them are not checked')
    ;[semantic, form, isRead] = ['text', undefined, false]
  }
  const spelling = spellingOf(field, type, where)
  const given = isBlock(field['constraints']) ? field['constraints'] : {}
  const at = `${where}.constraints.`
  // A semantic type says the form of dates loosely and of whole numbers not at all.
  if (form !== undefined) expectations.push({ expect: 'type', field: name, type: form })
  const [shortest, longest] = [numberIn(given, 'minLength', at), numberIn(given, 'maxLength', at)]
  if (shortest !== undefined || longest !== undefined) expectations.push({ expect: 'length', field: name, ...(shortest === undefined ? {} : { min: shortest }), ...(longest === undefined ? {} : { max: longest }) })
  const bound = (key: string): number | string | undefined => (isRead ? boundIn(given, key, at) : undefined)
  const [above, below] = [bound('exclusiveMinimum'), bound('exclusiveMaximum')]
  if (above !== undefined || below !== undefined) expectations.push({ expect: 'range', field: name, ...(above === undefined ? {} : { above }), ...(below === undefined ? {} : { below }) })
  const [min, max] = [bound('minimum'), bound('maximum')]
  const pattern = textIn(given, 'pattern', at)
  unread.rest(`${where}.constraints`, given, ['required', 'unique', 'pattern', 'enum', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minLength', 'maxLength'])
  unread.rest(where, field, ['name', 'title', 'description', 'type', 'format', 'constraints', 'example', 'examples', 'delimiter', 'itemType', 'missingValues', 'bareNumber', ...(spelling === undefined ? [] : type === 'boolean' ? ['trueValues', 'falseValues'] : ['decimalChar', 'groupChar'])])
  return {
    ...plainField(name, semantic),
    title: textIn(field, 'title', `${where}.`),
    description: textIn(field, 'description', `${where}.`),
    required: flagIn(given, 'required', at),
    unique: flagIn(given, 'unique', at),
    multiple: type === 'list',
    personal: isPersonal(semantic, []),
    ...(spelling === undefined ? {} : { spelling }),
    ...(pattern === '' ? {} : { pattern }),
    ...(given['enum'] === undefined ? {} : { enum: textsIn(given['enum'], `${at}enum`) }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max })
  }
}
