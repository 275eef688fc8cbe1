/** A profile from a contract of another dialect: its one table becomes the fields, its rules the expectations. */
import { HotpassError } from '../../kernel/error.ts'
import type { JsonObject } from '../../kernel/types.ts'
import type { Expectation } from '../../schemas/generated/profile.ts'
import { fieldsOf } from '../expect/rules.ts'
import type { Contract, ContractField, ContractTable, Unmapped } from '../model/contract.ts'
import { compilePattern } from '../validate/pattern.ts'
import { compact } from './document.ts'

const STATUSES = new Set(['proposed', 'draft', 'active', 'deprecated', 'retired'])
const PERSONAL_TYPES = new Set(['person-name', 'email', 'phone', 'address'])
/** The longest pattern that a profile takes. */
const MOST_PATTERN = 500

export interface MadeProfile {
  readonly profile: JsonObject
  readonly unmapped: readonly Unmapped[]
}

/** Every promise that a profile can hold; the others are listed. */
export function profileOf(contract: Contract): MadeProfile {
  const unmapped: Unmapped[] = []
  const lose = (where: string, what: string): void => void unmapped.push({ where, what })
  const [main, ...others] = contract.tables
  const names = namesOf(main!.fields)
  const fields = main!.fields.map(field => fieldOf(field, names, lose))
  const expectations = main!.expectations.flatMap(each => expectationOf(each, name => names.get(name) ?? name, '', lose))
  const groups: Record<string, JsonObject> = {}
  for (const table of others) {
    if (!isGroup(table)) {
      lose(table.name, 'a profile has one table, and this is another one')
      continue
    }
    const own = { ...table, fields: table.fields.slice(1, -1) }
    const inner = namesOf(own.fields)
    groups[table.group] = { fields: own.fields.map(field => fieldOf(field, inner, lose)) }
    expectations.push(...table.expectations.flatMap(each => expectationOf(each, name => `${table.group}.${inner.get(name) ?? name}`, table.group, lose)))
  }
  const { version, status } = contract
  if (!/^[0-9]+\.[0-9]+\.[0-9]+$/.test(version)) lose('version', `${version} is not three numbers`)
  if (!STATUSES.has(status)) lose('status', `${status} is not a status that a profile knows`)
  const personal = main!.fields.filter(field => field.personal && !PERSONAL_TYPES.has(field.type)).map(({ name }) => names.get(name)!)
  const profile = compact({
    name: contract.name,
    title: contract.title,
    description: contract.description,
    contract: nonEmpty(compact({ version: /^[0-9]+\.[0-9]+\.[0-9]+$/.test(version) ? version : undefined, status: STATUSES.has(status) ? status : undefined, owner: contract.owner, domain: contract.domain, purpose: contract.purpose, limitations: contract.limitations })),
    refine: compact({ entity: main!.name === '' ? 'record' : main!.name, fields, groups: nonEmpty(groups) }),
    expectations,
    compliance: personal.length === 0 ? undefined : { pii_fields: personal },
    export: contract.list_separator === '; ' ? undefined : { list_separator: contract.list_separator }
  })
  return { profile, unmapped }
}

const nonEmpty = (block: JsonObject): JsonObject | undefined => (Object.keys(block).length === 0 ? undefined : block)

/** Written by Hotpass: the key of the entity first, whether it is the primary one last. */
function isGroup({ fields }: ContractTable): boolean {
  const last = fields.at(-1)
  return fields.length > 2 && last !== undefined && /^(?:is_)*primary$/.test(last.name)
}

/** Names that a profile takes, by the name of the contract; each stands once. */
function namesOf(fields: readonly ContractField[]): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  return new Map(fields.map(({ name }) => {
    const plain = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '')
    const base = /^[a-z]/.test(plain) ? plain : `f_${plain}`
    let own = base
    for (let number = 2; taken.has(own); number++) own = `${base}_${number}`
    taken.add(own)
    return [name, own]
  }))
}

function fieldOf(field: ContractField, names: ReadonlyMap<string, string>, lose: (where: string, what: string) => void): JsonObject {
  const { name, title, aliases = [], description, type, required, unique, multiple, optional, pattern, min, max } = field
  const own = names.get(name)!
  if (field.missing !== undefined) lose(name, `that ${field.missing.slice(0, 3).join(', ')} stands for an empty cell`)
  if (optional && required) lose(name, 'that the column may be missing altogether')
  return compact({
    name: own,
    type,
    title: title === name ? '' : title,
    description,
    synonyms: [...new Set([name, title, ...aliases])].filter(text => text !== '' && text !== own),
    required: required ? true : undefined,
    unique: unique ? true : undefined,
    multiple: multiple ? true : undefined,
    pattern: pattern === undefined || !isUsable(pattern, name, lose) ? undefined : pattern,
    enum: field.enum === undefined || field.enum.length === 0 ? undefined : [...field.enum],
    min: boundOf(min, field, lose),
    max: boundOf(max, field, lose)
  })
}

function boundOf(bound: number | string | undefined, { name, type }: ContractField, lose: (where: string, what: string) => void): number | string | undefined {
  if (bound === undefined) return undefined
  const fits = type === 'number' || type === 'currency' ? Number.isFinite(Number(bound)) : type !== 'date' || /^\d{4}-\d{2}-\d{2}/.test(String(bound))
  if (!fits) lose(name, `the bound ${bound}, which is none of a ${type}`)
  return fits ? (type === 'number' || type === 'currency' ? Number(bound) : bound) : undefined
}

function isUsable(pattern: string, field: string, lose: (where: string, what: string) => void): boolean {
  if (pattern.length > MOST_PATTERN) return lose(field, `a pattern of ${pattern.length} characters; ${MOST_PATTERN} are taken`), false
  try {
    compilePattern(pattern, field)
    return true
  } catch (error) {
    if (!(error instanceof HotpassError)) throw error
    lose(field, error.message)
    return false
  }
}

function expectationOf(expectation: Expectation, name: (field: string) => string, group: string, lose: (where: string, what: string) => void): readonly JsonObject[] {
  if (expectation.expect === 'matches' && !isUsable(expectation.pattern, expectation.field, lose)) return []
  if (expectation.expect === 'in-set' && expectation.values.length === 0) return lose(expectation.field, 'a set of allowed values that is empty'), []
  if (expectation.expect === 'columns' && expectation.exact === true) lose('columns', 'that there is no other column: columns that no field takes follow the fields')
  const all = (fields: readonly string[]): string[] => fields.map(name)
  const renamed: Record<string, unknown> = { ...expectation }
  for (const key of ['field', 'to'] as const) if (typeof renamed[key] === 'string') renamed[key] = name(renamed[key])
  for (const key of ['fields', 'key'] as const) if (Array.isArray(renamed[key])) renamed[key] = all(renamed[key] as string[])
  if (expectation.expect === 'columns') delete renamed['exact']
  if (group !== '' && fieldsOf(expectation).length === 0) renamed['group'] = group
  return [renamed as JsonObject]
}
