/** Taking a foreign document apart, with a list of everything that was not taken. */
import { HotpassError } from '../../kernel/error.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'
import type { SemanticType } from '../../schemas/generated/profile.ts'
import type { Contract, ContractField, ContractTable, ReadContract, Unmapped } from '../model/contract.ts'

export interface Unread {
  add(where: string, what: string): void
  /** Lists the keys of a block that nobody has taken. */
  rest(where: string, block: JsonObject, taken: readonly string[]): void
  readonly list: readonly Unmapped[]
}

export function createUnread(): Unread {
  const list: Unmapped[] = []
  const add = (where: string, what: string): void => void list.push({ where, what })
  return {
    add,
    rest(where, block, taken) {
      for (const key of Object.keys(block)) if (!taken.includes(key)) add(where === '' ? key : `${where}.${key}`, 'has no counterpart in a profile')
    },
    list
  }
}

/** Throws E_CONTRACT. */
export function refuse(message: string, hint = ''): never {
  throw new HotpassError('E_CONTRACT', message, { hint })
}

export function isBlock(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text; '' when there is none. Throws E_CONTRACT when it is something else. */
export function textIn(block: JsonObject, key: string, where: string): string {
  const value = block[key]
  if (value === undefined || value === null) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' ? value : refuse(`${where}${key} must be text`)
}

export function flagIn(block: JsonObject, key: string, where: string): boolean {
  const value = block[key]
  if (value === undefined || value === null) return false
  return typeof value === 'boolean' ? value : refuse(`${where}${key} must be true or false`)
}

export function numberIn(block: JsonObject, key: string, where: string): number | undefined {
  const value = block[key]
  if (value === undefined || value === null) return undefined
  return typeof value === 'number' ? value : refuse(`${where}${key} must be a number`)
}

/** A number or a text. */
export function boundIn(block: JsonObject, key: string, where: string): number | string | undefined {
  const value = block[key]
  if (value === undefined || value === null) return undefined
  return typeof value === 'number' || typeof value === 'string' ? value : refuse(`${where}${key} must be a number or text`)
}

/** Blocks in a list; empty when there is no list. Throws E_CONTRACT when it is none of blocks. */
export function blocksIn(block: JsonObject, key: string, where: string): readonly JsonObject[] {
  const value = block[key]
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return refuse(`${where}${key} must be a list`)
  return value.map((item: Json, at) => (isBlock(item) ? item : refuse(`${where}${key}[${at}] must be a block of keys`)))
}

/** Plain values as the texts that cells hold; null (the empty cell) is left out. */
export function textsIn(value: Json | undefined, where: string): readonly string[] {
  if (!Array.isArray(value)) return refuse(`${where} must be a list`)
  return value.filter((item: Json) => item !== null).map((item: Json) => (typeof item === 'object' ? refuse(`${where} must be a list of plain values`) : String(item)))
}

/** A field without any rule. */
export function plainField(name: string, type: SemanticType): ContractField {
  return { name, title: '', description: '', type, required: false, unique: false, multiple: false, optional: false, personal: false }
}

const PERSONAL: ReadonlySet<SemanticType> = new Set<SemanticType>(['person-name', 'email', 'phone', 'address'])
const PERSONAL_WORDS = /\b(?:pii|personal|personally|sensitive|confidential|restricted|gdpr|popia)\b/i

/** Whether a type, or a word that a contract marks a field with, says that it is about people. When in doubt it is masked. */
export function isPersonal(type: SemanticType, marks: readonly string[]): boolean {
  return PERSONAL.has(type) || marks.some(mark => PERSONAL_WORDS.test(mark.replace(/[_-]/g, ' ')))
}

/** Two fields of one name, or a table without fields, can be held against nothing. Throws E_CONTRACT. */
export function readContract(parts: Pick<Contract, 'name'> & Partial<Contract> & { readonly tables: readonly ContractTable[] }, unread: Unread): ReadContract {
  for (const table of parts.tables) {
    if (table.fields.length === 0 && table.expectations.length === 0) refuse(`the table ${table.name} of the contract names no field`, 'a contract needs fields')
    const seen = new Set<string>()
    for (const { name } of table.fields) {
      if (name === '') refuse(`a field of the table ${table.name} has no name`)
      if (seen.has(name)) refuse(`the table ${table.name} of the contract names ${name} twice`)
      seen.add(name)
    }
  }
  const contract = { title: parts.name, description: '', version: '1.0.0', status: 'active', owner: '', domain: '', purpose: '', limitations: '', list_separator: '; ', ...parts }
  return { contract, unmapped: unread.list }
}

/** A name that profiles and files take: lower case, hyphens. */
export function slugOf(text: string): string {
  const slug = text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60)
  return /^[a-z]/.test(slug) ? slug : slug === '' ? 'contract' : `c-${slug}`
}
