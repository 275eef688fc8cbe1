/** Tells the people of one row apart, so that the e-mail, phone, name and role of each stay together. */
import { headerWords } from '../model/header.ts'
import type { Assignment } from './assign.ts'
import type { Study } from './table.ts'

/**
 * The member of each column, from 1; 0 for columns that feed no group. Each whole name starts a member of its own, as
 * does a number in the headers of several kinds of columns (`Contact 2 Email`); other columns go to the member with the
 * same number, else with whom they share a telling word, else to the one named before them.
 */
export function membersOf(study: Study): number[] {
  const out: number[] = study.columns.map(() => 0)
  const byGroup = new Map<string, number[]>()
  study.columns.forEach(({ target }, index) => {
    if (target !== null && target.group !== '') byGroup.set(target.group, [...(byGroup.get(target.group) ?? []), index])
  })
  for (const columns of byGroup.values()) number(study, columns, out)
  return out
}

function ordinal(header: string): number {
  const words = headerWords(header)
  for (const word of words) {
    const found = /^(?:[a-z]*?)(\d{1,2})(?:st|nd|rd|th)?$/.exec(word)
    if (found !== null) return Number(found[1])
  }
  const named = ['first', 'second', 'third', 'fourth'].findIndex(word => words.includes(word))
  if (named >= 0 && !words.includes('name')) return named + 1
  if (words.includes('alternative') || words.includes('alternate') || words.includes('secondary') || words.includes('alt')) return 2
  return words.includes('primary') || words.includes('main') ? 1 : 0
}

/** A column that starts a member: a whole name, or a given name. A family name alone starts one when no given name does. */
function starts(column: Assignment, hasGiven: boolean): boolean {
  const { target } = column
  if (target === null || target.field.type !== 'person-name') return false
  return target.id.endsWith('/family') ? !hasGiven : true
}

function number(study: Study, columns: readonly number[], out: number[]): void {
  const hasGiven = columns.some(index => study.columns[index]!.target!.id.endsWith('/given'))
  const heads = columns.filter(index => starts(study.columns[index]!, hasGiven))
  if (heads.length < 2) {
    byNumber(study, columns, out)
    return
  }
  const numbers = heads.map(index => ordinal(study.subjects[index]!.header))
  const words = heads.map(index => new Set(headerWords(study.subjects[index]!.header)))
  const shared = new Set([...words[0]!].filter(word => words.every(set => set.has(word))))
  for (const index of columns) {
    const own = heads.indexOf(index)
    out[index] = own >= 0 ? own + 1 : memberFor(study, index, heads, numbers, words, shared) + 1
  }
}

function memberFor(study: Study, index: number, heads: readonly number[], numbers: readonly number[], words: readonly ReadonlySet<string>[], shared: ReadonlySet<string>): number {
  const header = study.subjects[index]!.header
  const own = ordinal(header)
  if (own > 0) {
    const same = numbers.indexOf(own)
    if (same >= 0) return same
    // "Email", "Email 2" beside "Contact", "Contact 2": the unnumbered one is the first.
    if (own === 1 && numbers.includes(0)) return numbers.indexOf(0)
  } else if (numbers.includes(0) && numbers.some(each => each > 0)) return numbers.indexOf(0)
  const telling = headerWords(header).filter(word => !shared.has(word))
  const kin = words.findIndex(set => telling.some(word => set.has(word)))
  if (kin >= 0) return kin
  let before = 0
  heads.forEach((head, at) => {
    if (head < index) before = at
  })
  return before
}

/** Without several names, numbers tell members apart only when a number comes with more than one kind of column. */
function byNumber(study: Study, columns: readonly number[], out: number[]): void {
  const kinds = new Map<number, Set<string>>()
  for (const index of columns) {
    const own = ordinal(study.subjects[index]!.header)
    kinds.set(own, (kinds.get(own) ?? new Set()).add(study.columns[index]!.target!.id))
  }
  const separate = [...kinds].filter(([own, ids]) => own > 1 && ids.size > 1).map(([own]) => own).sort((a, b) => a - b)
  for (const index of columns) out[index] = separate.indexOf(ordinal(study.subjects[index]!.header)) + 2
  for (const index of columns) if (out[index]! < 2) out[index] = 1
}
