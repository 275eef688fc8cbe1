/** What changed between two versions of a contract, and what of it breaks those who rely on the older one. */
import type { Expectation } from '../../schemas/generated/profile.ts'
import { formOf } from '../expect/form.ts'
import { meaningOf } from '../expect/meaning.ts'
import { rulesOf } from '../expect/rules.ts'
import { plural } from '../model/plural.ts'
import type { Contract, ContractField, ContractTable } from '../model/contract.ts'
import { tellExpectation } from './document.ts'

export interface Change {
  /** `narrowed`: what was allowed is no more. `loosened`: what was promised is no more. `described`: words alone. */
  readonly change: 'removed' | 'renamed' | 'added' | 'narrowed' | 'changed' | 'loosened' | 'described'
  readonly table: string
  /** '' for the table itself. */
  readonly field: string
  readonly breaking: boolean
  /** For people. */
  readonly message: string
}

type Say = (change: Change['change'], field: string, breaking: boolean, message: string) => void

/** In the order of the older contract; what is new comes last. */
export function compareContracts(before: Contract, after: Contract): readonly Change[] {
  const changes: Change[] = []
  for (const old of before.tables) {
    const now = after.tables.find(({ group }) => group === old.group)
    const say: Say = (change, field, breaking, message) => void changes.push({ change, table: old.name, field, breaking, message })
    if (now === undefined) say('removed', '', true, `the table ${old.name} is gone`)
    else compareTables(old, now, say)
  }
  for (const now of after.tables) if (before.tables.every(({ group }) => group !== now.group)) changes.push({ change: 'added', table: now.name, field: '', breaking: false, message: `the table ${now.name} is new` })
  return changes
}

/** The meanings of all rules that break a dataset, wherever the contract says them. */
function hardRulesOf(table: ContractTable): ReadonlySet<string> {
  return new Set(rulesOf(table).filter(({ severity }) => severity === 'error').map(({ says }) => meaningOf(says)))
}

function compareTables(old: ContractTable, now: ContractTable, say: Say): void {
  const [before, after] = [hardRulesOf(old), hardRulesOf(now)]
  const added = now.fields.filter(({ name }) => old.fields.every(field => field.name !== name))
  const renamed = new Set<string>()
  for (const field of old.fields) {
    const same = now.fields.find(({ name }) => name === field.name)
    if (same !== undefined) {
      compareFields(beside(field, same, before), beside(same, field, after), say)
      continue
    }
    const heir = added.find(other => !renamed.has(other.name) && isHeir(field, other, old, now))
    if (heir === undefined) say('removed', field.name, true, `${field.name} is gone`)
    else {
      renamed.add(heir.name)
      say('renamed', field.name, true, `${field.name} is called ${heir.name} now`)
      compareFields(beside(field, heir, before), beside(heir, field, after), say)
    }
  }
  for (const field of added.filter(({ name }) => !renamed.has(name))) say('added', field.name, field.required, `${field.name} is new${field.required ? ', and may not be empty' : ''}`)
  compareExpectations(old, now, before, after, say)
}

/** A field as it is with the rules of the other side: what those say in another place is neither new nor gone. */
function beside(field: ContractField, other: ContractField, rules: ReadonlySet<string>): ContractField {
  const { name } = field
  const has = (rule: Expectation): boolean => rules.has(meaningOf(rule))
  const bounds = { ...(other.min === undefined ? {} : { min: other.min }), ...(other.max === undefined ? {} : { max: other.max }) }
  return {
    ...field,
    ...(field.enum === undefined && other.enum !== undefined && has({ expect: 'in-set', field: name, values: [...other.enum] as [string, ...string[]] }) ? { enum: other.enum } : {}),
    ...(field.pattern === undefined && other.pattern !== undefined && has({ expect: 'matches', field: name, pattern: other.pattern }) ? { pattern: other.pattern } : {}),
    ...(field.min === undefined && field.max === undefined && has({ expect: 'range', field: name, ...bounds }) ? bounds : {}),
    required: field.required || (other.required && has({ expect: 'not-null', field: field.name })),
    unique: field.unique || (other.unique && has({ expect: 'unique', fields: [field.name] }))
  }
}

/** Whether a field that is new is one that is gone under another name: same type, and the same words about it or the same place. */
function isHeir(field: ContractField, other: ContractField, old: ContractTable, now: ContractTable): boolean {
  if (field.type !== other.type || field.multiple !== other.multiple) return false
  if (field.description !== '' && field.description === other.description) return true
  if (field.title !== '' && (field.title === other.title || field.title === other.name)) return true
  if (other.title === field.name) return true
  const [from, to] = [old.fields.indexOf(field), now.fields.indexOf(other)]
  return old.fields.length === now.fields.length && from === to && old.fields[from - 1]?.name === now.fields[to - 1]?.name && old.fields[from + 1]?.name === now.fields[to + 1]?.name
}

function compareFields(old: ContractField, now: ContractField, say: Say): void {
  const { name } = old
  if (old.type !== now.type) {
    const told = `${name} was ${old.type} and is ${now.type}`
    if (formOf(old.type) === formOf(now.type)) say('described', name, false, told)
    else say(formOf(old.type) === undefined ? 'narrowed' : 'changed', name, true, told)
  }
  if (old.multiple !== now.multiple) say('changed', name, true, now.multiple ? `${name} holds a list now` : `${name} holds no list any more`)
  if (!old.required && now.required) say('narrowed', name, true, `${name} may not be empty any more`)
  if (old.required && !now.required) say('loosened', name, false, `${name} may be empty now`)
  if (!old.unique && now.unique) say('narrowed', name, true, `no two rows may share a value of ${name} any more`)
  if (old.unique && !now.unique) say('loosened', name, false, `rows may share a value of ${name} now`)
  if (old.optional && !now.optional) say('narrowed', name, true, `the column ${name} may not be missing any more`)
  if (!old.optional && now.optional) say('loosened', name, false, `the column ${name} may be missing now`)
  compareSets(name, old.enum, now.enum, say)
  if (old.pattern !== now.pattern) {
    if (now.pattern === undefined) say('loosened', name, false, `${name} has no pattern any more`)
    else say('narrowed', name, true, old.pattern === undefined ? `${name} has a pattern now` : `${name} has another pattern`)
  }
  compareBounds(name, 'smallest', old.min, now.min, (a, b) => b > a, say)
  compareBounds(name, 'largest', old.max, now.max, (a, b) => b < a, say)
  if (!old.personal && now.personal) say('described', name, false, `${name} is personal now`)
  if (old.personal && !now.personal) say('described', name, false, `${name} is not personal any more`)
  if (old.title !== now.title || old.description !== now.description) say('described', name, false, `what is said of ${name} has changed`)
}

function compareSets(name: string, old: readonly string[] | undefined, now: readonly string[] | undefined, say: Say): void {
  if (now === undefined) {
    if (old !== undefined) say('loosened', name, false, `${name} may hold any value now`)
    return
  }
  if (old === undefined) return say('narrowed', name, true, `${name} is one of ${plural(now.length, 'value')} now`)
  const gone = old.filter(value => !now.includes(value)).length
  const fresh = now.filter(value => !old.includes(value)).length
  if (gone > 0) say('narrowed', name, true, `${plural(gone, 'value')} of ${name} ${gone === 1 ? 'is' : 'are'} not allowed any more`)
  if (fresh > 0) say('loosened', name, false, `${plural(fresh, 'value')} of ${name} ${fresh === 1 ? 'is' : 'are'} new`)
}

function compareBounds(name: string, which: string, old: number | string | undefined, now: number | string | undefined, narrower: (a: number | string, b: number | string) => boolean, say: Say): void {
  if (old === now) return
  if (now === undefined) return say('loosened', name, false, `the ${which} value of ${name} is not bound any more`)
  if (old === undefined) return say('narrowed', name, true, `the ${which} value of ${name} is bound now: ${now}`)
  const tighter = typeof old === typeof now ? narrower(old, now) : true
  say(tighter ? 'narrowed' : 'loosened', name, tighter, `the ${which} value of ${name} was ${old} and is ${now}`)
}

/** Expectations as sets, by what they ask; what a field says by itself is among them. */
function compareExpectations(old: ContractTable, now: ContractTable, before: ReadonlySet<string>, after: ReadonlySet<string>, say: Say): void {
  const asked = ({ expectations }: ContractTable): ReadonlySet<string> => new Set(expectations.map(each => `${each.severity ?? 'error'} ${meaningOf(each)}`))
  const [earlier, later] = [asked(old), asked(now)]
  const isTold = (each: Expectation, rules: ReadonlySet<string>, own: ReadonlySet<string>): boolean => rules.has(meaningOf(each)) || own.has(`${each.severity ?? 'error'} ${meaningOf(each)}`)
  for (const each of old.expectations) if (!isTold(each, after, later)) say('loosened', '', false, `not expected any more: ${tellExpectation(old, each)}`)
  for (const each of now.expectations) if (!isTold(each, before, earlier)) say('narrowed', '', each.severity !== 'warning', `expected now: ${tellExpectation(now, each)}`)
}

/** Whether the version says that something breaks: another first number, or for 0.x another second. */
export function isMajor(before: string, after: string): boolean {
  const [a, b] = [before.split('.'), after.split('.')]
  return a[0] !== b[0] || (a[0] === '0' && a[1] !== b[1])
}
