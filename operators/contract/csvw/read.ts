/** Reads CSV on the Web metadata: a table, or a group of tables. */
import type { Json, JsonObject } from '../../../kernel/types.ts'
import type { Expectation, SemanticType } from '../../../schemas/generated/profile.ts'
import type { ContractField, ContractTable, ReadContract } from '../../model/contract.ts'
import { blocksIn, boundIn, createUnread, flagIn, isBlock, isPersonal, numberIn, plainField, readContract, refuse, slugOf, textIn, textsIn, type Unread } from '../reading.ts'

type Form = Extract<Expectation, { expect: 'type' }>['type']
const BASES: ReadonlyMap<string, readonly [SemanticType, Form?]> = new Map<string, readonly [SemanticType, Form?]>([
  ['', ['text']], ['string', ['text']], ['normalizedString', ['text']], ['token', ['text']], ['any', ['text']], ['anyAtomicType', ['text']], ['anyURI', ['url']],
  ...['decimal', 'double', 'float', 'number'].map((name): [string, readonly [SemanticType]] => [name, ['number']]),
  ...['integer', 'long', 'int', 'short', 'byte'].map((name): [string, readonly [SemanticType, Form]] => [name, ['number', 'integer']]),
  ['boolean', ['boolean']], ['date', ['date', 'date']], ['datetime', ['date', 'datetime']], ['dateTime', ['date', 'datetime']], ['dateTimeStamp', ['date', 'datetime']], ['time', ['text', 'time']]
])
/** Whole numbers with a bound in their name. */
const LEAST: ReadonlyMap<string, number> = new Map([['nonNegativeInteger', 0], ['unsignedLong', 0], ['unsignedInt', 0], ['unsignedShort', 0], ['unsignedByte', 0], ['positiveInteger', 1]])

/** Throws E_CONTRACT. */
export function readCsvw(document: JsonObject): ReadContract {
  const unread = createUnread()
  let separator = '; '
  const given = document['tables'] === undefined ? [document] : blocksIn(document, 'tables', '')
  const tables = given.map((table, at): ContractTable => {
    const where = document['tables'] === undefined ? '' : `tables[${at}].`
    const url = textIn(table, 'url', where)
    const schema = table['tableSchema']
    if (!isBlock(schema)) return refuse(`${where}tableSchema is not in the document`, 'a schema in another file is not followed')
    const expectations: Expectation[] = []
    const columns = blocksIn(schema, 'columns', `${where}tableSchema.`).filter(column => !flagIn(column, 'virtual', ''))
    const fields = columns.map((column, index) => {
      if (typeof column['separator'] === 'string') separator = column['separator']
      return fieldOf(column, `${where}tableSchema.columns[${index}]`, expectations, unread)
    })
    const key = schema['primaryKey']
    const keys = key === undefined || key === null ? [] : typeof key === 'string' ? [key] : textsIn(key, `${where}tableSchema.primaryKey`)
    const named = keys.map(key => fieldNamed(key, columns, fields))
    const lost = keys.filter((_, index) => named[index] === undefined)
    if (lost.length > 0) unread.add(`${where}tableSchema.primaryKey`, `no column has the name ${lost.join(', ')}`)
    else if (keys.length > 0) expectations.push({ expect: 'unique', fields: named as [string, ...string[]] })
    unread.rest(`${where}tableSchema`, schema, ['columns', 'primaryKey', '@type', '@id'])
    unread.rest(where.replace(/\.$/, ''), table, ['@context', '@type', '@id', 'url', 'tableSchema', 'dialect', 'dc:title', 'dc:description', 'dc:publisher', 'tables'])
    const name = url.replace(/^.*\//, '').replace(/\.[^.]*$/, '') || 'table'
    return { group: at === 0 ? '' : name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : name, name, description: textOf(table['dc:description']), fields, expectations }
  })
  if (document['tables'] !== undefined) unread.rest('', document, ['@context', '@type', '@id', 'tables', 'dialect', 'dc:title', 'dc:description', 'dc:publisher'])
  const title = textOf(document['dc:title'])
  return readContract({ name: slugOf(title === '' ? tables[0]!.name : title), title: title === '' ? tables[0]!.name : title, description: textOf(document['dc:description']), owner: textOf(document['dc:publisher']), list_separator: separator, tables }, unread)
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : isBlock(value) && typeof value['@value'] === 'string' ? value['@value'] : '')

/** Headings of a column: a text, a list, or texts by language. */
function titlesOf(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.filter((item: Json) => typeof item === 'string')
  return isBlock(value) ? Object.values(value).flatMap(titlesOf) : []
}

/** The field that a key names: by the name of its column, which without one is that of its heading in a URI. */
function fieldNamed(key: string, columns: readonly JsonObject[], fields: readonly ContractField[]): string | undefined {
  const nameOf = (column: JsonObject): string => textIn(column, 'name', '') || encodeURIComponent(titlesOf(column['titles'])[0] ?? '')
  const at = columns.findIndex(column => nameOf(column) === key)
  return at === -1 ? fields.find(({ name }) => name === key)?.name : fields[at]!.name
}

function fieldOf(column: JsonObject, where: string, expectations: Expectation[], unread: Unread): ContractField {
  const titles = titlesOf(column['titles'])
  const name = titles[0] ?? textIn(column, 'name', `${where}.`)
  const said = column['datatype']
  const datatype: JsonObject = isBlock(said) ? said : { base: typeof said === 'string' ? said : '' }
  const at = `${where}.datatype.`
  const base = textIn(datatype, 'base', at)
  const least = LEAST.get(base)
  const known = least === undefined ? BASES.get(base) : (['number', 'integer'] as const)
  if (known === undefined) unread.add(`${where}.datatype`, `the type ${base} is not checked`)
  let [semantic, form]: readonly [SemanticType, Form?] = known ?? ['text']
  // A block says how numbers are written.
  const format = isBlock(datatype['format']) ? textIn(datatype['format'], 'pattern', `${at}format.`) || 'of numbers' : textIn(datatype, 'format', at)
  const isText = semantic === 'text' && form === undefined
  let isRead = true
  if (format !== '' && !isText && format !== 'yyyy-MM-dd') {
    unread.add(`${at}format`, `the format ${format} is not checked`)
    ;[semantic, form, isRead] = ['text', undefined, false]
  }
  if (form !== undefined) expectations.push({ expect: 'type', field: name, type: form })
  const bound = (key: string): number | string | undefined => (isRead ? boundIn(datatype, key, at) : undefined)
  const [min, max] = [bound('minimum') ?? bound('minInclusive') ?? (isRead ? least : undefined), bound('maximum') ?? bound('maxInclusive')]
  const [above, below] = [bound('minExclusive'), bound('maxExclusive')]
  if (above !== undefined || below !== undefined) expectations.push({ expect: 'range', field: name, ...(above === undefined ? {} : { above }), ...(below === undefined ? {} : { below }) })
  const exact = numberIn(datatype, 'length', at)
  const [shortest, longest] = [exact ?? numberIn(datatype, 'minLength', at), exact ?? numberIn(datatype, 'maxLength', at)]
  if (shortest !== undefined || longest !== undefined) expectations.push({ expect: 'length', field: name, ...(shortest === undefined ? {} : { min: shortest }), ...(longest === undefined ? {} : { max: longest }) })
  unread.rest(at.replace(/\.$/, ''), datatype, ['base', 'format', 'minimum', 'maximum', 'minInclusive', 'maxInclusive', 'minExclusive', 'maxExclusive', 'length', 'minLength', 'maxLength', '@id', 'dc:title', 'dc:description'])
  const nulls = ([column['null'] ?? []].flat() as Json[]).filter(text => typeof text === 'string' && text !== '') as string[]
  unread.rest(where, column, ['null', 'name', 'titles', 'datatype', 'required', 'separator', 'dc:description', 'dc:title', '@id', '@type', 'ordered', 'virtual'])
  const [title = '', ...aliases] = new Set([...titles.slice(1), textIn(column, 'name', `${where}.`)].filter(text => text !== '' && text !== name))
  return {
    ...plainField(name, semantic),
    title,
    ...(aliases.length === 0 ? {} : { aliases }),
    description: textOf(column['dc:description']),
    required: flagIn(column, 'required', `${where}.`),
    multiple: typeof column['separator'] === 'string',
    personal: isPersonal(semantic, []),
    ...(nulls.length === 0 ? {} : { missing: nulls }),
    ...(isText && format !== '' ? { pattern: format } : {}),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max })
  }
}
