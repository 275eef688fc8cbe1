/** Reads the Open Data Contract Standard, v3.0 and v3.1. */
import type { Json, JsonObject } from '../../../kernel/types.ts'
import type { Expectation, SemanticType } from '../../../schemas/generated/profile.ts'
import type { ContractField, ContractTable, ReadContract } from '../../model/contract.ts'
import { blocksIn, boundIn, createUnread, flagIn, isBlock, isPersonal, numberIn, plainField, readContract, refuse, slugOf, textIn, type Unread } from '../reading.ts'
import { matchingWhole } from '../whole-pattern.ts'
import { CUSTOM } from './names.ts'
import { readQuality } from './quality.ts'

const TYPES: ReadonlyMap<string, SemanticType> = new Map<string, SemanticType>([['string', 'text'], ['date', 'date'], ['timestamp', 'date'], ['time', 'text'], ['number', 'number'], ['integer', 'number'], ['boolean', 'boolean'], ['array', 'text']])
/** Logical types of which the values have a narrower form than their semantic type. */
const NARROWER: ReadonlyMap<string, Extract<Expectation, { expect: 'type' }>['type']> = new Map([['integer', 'integer'], ['timestamp', 'datetime'], ['time', 'time']] as const)
const STRING_FORMATS: ReadonlyMap<string, SemanticType> = new Map<string, SemanticType>([['email', 'email'], ['uri', 'url'], ['url', 'url']])
const ISO_FORMATS = new Set(['yyyy-MM-dd', "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssXXX", 'yyyy-MM-dd HH:mm:ss', 'HH:mm:ss', 'HH:mm', 'ISO8601'])
const KNOWN_TYPES = new Set<string>(['text', 'organisation-name', 'person-name', 'email', 'phone', 'url', 'region', 'country', 'date', 'address', 'category', 'number', 'currency', 'boolean', 'identifier'])

/** Custom properties by name. */
function customOf(block: JsonObject, where: string): ReadonlyMap<string, Json> {
  return new Map(blocksIn(block, 'customProperties', where).map(each => [textIn(each, 'property', `${where}customProperties.`), each['value'] ?? null]))
}

/** Throws E_CONTRACT. */
export function readOdcs(document: JsonObject): ReadContract {
  const unread = createUnread()
  const version = textIn(document, 'apiVersion', '')
  if (!/^v3\.\d+\.\d+/.test(version)) refuse(version === '' ? 'the contract has no apiVersion' : `the contract is of ${version}`, 'it reads the Open Data Contract Standard v3.0 and v3.1')
  const custom = customOf(document, '')
  const description = isBlock(document['description']) ? document['description'] : {}
  const team = document['team']
  const owner = isBlock(team) ? textIn(team, 'name', 'team.') : ''
  const objects = blocksIn(document, 'schema', '')
  if (objects.length === 0) refuse('the contract has no schema, so that it promises nothing')
  const tables = objects.map((object, at) => tableOf(object, at, unread))
  unread.rest('', document, ['apiVersion', 'kind', 'id', 'name', 'version', 'status', 'domain', 'description', 'schema', 'customProperties', ...(owner === '' ? [] : ['team'])])
  unread.rest('description', description, ['usage', 'purpose', 'limitations'])
  const title = textIn(document, 'name', '')
  const profile = custom.get(CUSTOM.profile)
  const separator = custom.get(CUSTOM.separator)
  for (const property of custom.keys()) if (property !== CUSTOM.profile && property !== CUSTOM.separator) unread.add(`customProperties.${property}`, 'has no counterpart in a profile')
  return readContract({
    name: slugOf(typeof profile === 'string' ? profile : title === '' ? textIn(document, 'id', '') : title),
    title: title === '' ? textIn(document, 'id', '') : title,
    description: textIn(description, 'usage', 'description.'),
    purpose: textIn(description, 'purpose', 'description.'),
    limitations: textIn(description, 'limitations', 'description.'),
    version: textIn(document, 'version', ''),
    status: textIn(document, 'status', ''),
    domain: textIn(document, 'domain', ''),
    owner,
    list_separator: typeof separator === 'string' ? separator : '; ',
    tables
  }, unread)
}

function tableOf(object: JsonObject, at: number, unread: Unread): ContractTable {
  const where = `schema[${at}]`
  const custom = customOf(object, `${where}.`)
  const group = custom.get(CUSTOM.group)
  const name = textIn(object, 'name', `${where}.`)
  const expectations: Expectation[] = []
  const keys: { readonly name: string; readonly position: number }[] = []
  const fields = blocksIn(object, 'properties', `${where}.`).map((property, index) => fieldOf(property, `${where}.properties[${index}]`, expectations, keys, unread))
  if (keys.length === 1) expectations.unshift({ expect: 'unique', fields: [keys[0]!.name] })
  else if (keys.length > 1) expectations.unshift({ expect: 'unique', fields: [...keys].sort((a, b) => a.position - b.position).map(key => key.name) as [string, ...string[]] })
  blocksIn(object, 'quality', `${where}.`).forEach((quality, index) => {
    const read = readQuality(quality, null, `${where}.quality[${index}]`, unread)
    if (read !== null) expectations.push(typeof group === 'string' && (read.expect === 'row-count' || read.expect === 'row-count-change') ? { ...read, group } : read)
  })
  unread.rest(where, object, ['name', 'logicalType', 'physicalType', 'physicalName', 'description', 'properties', 'quality', 'customProperties', 'businessName', 'dataGranularityDescription', 'id'])
  return { group: typeof group === 'string' ? group : at === 0 ? '' : name, name, description: textIn(object, 'description', `${where}.`), fields, expectations }
}

function fieldOf(property: JsonObject, where: string, expectations: Expectation[], keys: { name: string; position: number }[], unread: Unread): ContractField {
  const custom = customOf(property, `${where}.`)
  const name = textIn(property, 'name', `${where}.`)
  const logical = textIn(property, 'logicalType', `${where}.`)
  const options = isBlock(property['logicalTypeOptions']) ? property['logicalTypeOptions'] : {}
  const format = textIn(options, 'format', `${where}.logicalTypeOptions.`)
  const said = custom.get(CUSTOM.type)
  const told = typeof said === 'string' && KNOWN_TYPES.has(said) ? (said as SemanticType) : undefined
  const isDated = logical === 'date' || logical === 'timestamp' || logical === 'time'
  const readable = !isDated || format === '' || ISO_FORMATS.has(format)
  if (!readable) unread.add(`${where}.logicalTypeOptions.format`, `dates written as ${format} are not checked`)
  if (logical === 'object') unread.add(where, 'nested objects are not checked')
  const formatted = logical === 'string' || logical === '' ? STRING_FORMATS.get(format) : undefined
  if (told === undefined && formatted === undefined && format !== '' && !isDated && format !== 'uuid') unread.add(`${where}.logicalTypeOptions.format`, `the format ${format} is not checked`)
  const type = told ?? formatted ?? (readable ? (TYPES.get(logical) ?? 'text') : 'text')
  const narrower = told !== undefined || !readable ? undefined : format === 'uuid' ? 'uuid' : NARROWER.get(logical)
  if (narrower !== undefined) expectations.push({ expect: 'type', field: name, type: narrower })
  if (flagIn(property, 'primaryKey', `${where}.`)) keys.push({ name, position: numberIn(property, 'primaryKeyPosition', `${where}.`) ?? keys.length + 1 })
  const [minLength, maxLength] = [numberIn(options, 'minLength', `${where}.logicalTypeOptions.`), numberIn(options, 'maxLength', `${where}.logicalTypeOptions.`)]
  if (minLength !== undefined || maxLength !== undefined) expectations.push({ expect: 'length', field: name, ...(minLength === undefined ? {} : { min: minLength }), ...(maxLength === undefined ? {} : { max: maxLength }) })
  const pattern = textIn(options, 'pattern', `${where}.logicalTypeOptions.`)
  const bounds = readable ? boundsOf(options, name, where, expectations) : {}
  unread.rest(`${where}.logicalTypeOptions`, options, ['format', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'])
  unread.rest(where, property, ['name', 'id', 'businessName', 'physicalName', 'description', 'logicalType', 'physicalType', 'logicalTypeOptions', 'required', 'unique', 'primaryKey', 'primaryKeyPosition', 'classification', 'tags', 'quality', 'customProperties', 'examples', ...(logical === 'array' ? ['items'] : [])])
  const marks = [textIn(property, 'classification', `${where}.`), ...(Array.isArray(property['tags']) ? property['tags'].map(String) : [])]
  const physical = textIn(property, 'physicalName', `${where}.`)
  let field: ContractField = {
    ...plainField(name, type),
    title: physical === '' || physical === name ? textIn(property, 'businessName', `${where}.`) : physical,
    description: textIn(property, 'description', `${where}.`),
    required: flagIn(property, 'required', `${where}.`) || flagIn(property, 'primaryKey', `${where}.`),
    unique: flagIn(property, 'unique', `${where}.`),
    multiple: custom.get(CUSTOM.multiple) === true || logical === 'array',
    optional: custom.get(CUSTOM.optional) === true,
    personal: isPersonal(type, marks),
    ...(pattern === '' ? {} : { pattern: matchingWhole(pattern) }),
    ...bounds
  }
  blocksIn(property, 'quality', `${where}.`).forEach((quality, index) => {
    const read = readQuality(quality, name, `${where}.quality[${index}]`, unread)
    if (read === null) return
    const own = customOf(quality, `${where}.quality[${index}].`).get(CUSTOM.rule) === true
    if (own && read.expect === 'in-set') field = { ...field, enum: read.values }
    else if (own && read.expect === 'matches') field = { ...field, pattern: read.pattern }
    else if (own && read.expect === 'range') field = { ...field, ...(read.min === undefined ? {} : { min: read.min }), ...(read.max === undefined ? {} : { max: read.max }) }
    else expectations.push(read)
  })
  return field
}

/** v3.0 says of a bound whether it is exclusive; v3.1 gives exclusive bounds of their own. */
function boundsOf(options: JsonObject, field: string, where: string, expectations: Expectation[]): { min?: number | string; max?: number | string } {
  const at = `${where}.logicalTypeOptions.`
  const [min, max] = [boundIn(options, 'minimum', at), boundIn(options, 'maximum', at)]
  const [low, high] = [options['exclusiveMinimum'], options['exclusiveMaximum']]
  const above = low === true ? min : typeof low === 'boolean' ? undefined : boundIn(options, 'exclusiveMinimum', at)
  const below = high === true ? max : typeof high === 'boolean' ? undefined : boundIn(options, 'exclusiveMaximum', at)
  if (above !== undefined || below !== undefined) expectations.push({ expect: 'range', field, ...(above === undefined ? {} : { above }), ...(below === undefined ? {} : { below }) })
  return { ...(min === undefined || low === true ? {} : { min }), ...(max === undefined || high === true ? {} : { max }) }
}

