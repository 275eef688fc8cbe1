/** Which value of a field survives when the records of an entity disagree. */
import { ITEM_SEPARATOR, type Column } from '../../kernel/artifact/table.ts'
import type { Field } from '../../schemas/generated/profile.ts'
import { numberIn } from '../validate/rule.ts'
import { createDictionary, type Dictionary } from './dictionary.ts'
import type { Roster } from './roster.ts'

/** A field of every entity: a value, and the record (from 1) that it came from; 0 = none, or several. */
export interface Survivors {
  readonly dictionary: Dictionary
  readonly codes: Uint32Array
  readonly winners: Uint32Array
}

/** A value that did not survive. `by` names the rule when it is not the rank of the records. */
export type Losing = (entity: number, kept: string, keptRecord: number, lost: string, lostRecord: number, by: string | null) => void

type Order = (a: { text: string; record: number; count: number }, b: { text: string; record: number; count: number }) => number

/** How values themselves compare: below 0 when `a` is preferred, 0 when the rank of their records decides. */
function orderOf(field: Field, latestOf: (record: number) => string): Order | null {
  const number = (text: string): number => numberIn(text) ?? NaN
  const numeric = (sign: number): Order => (a, b) => {
    const difference = (number(a.text) - number(b.text)) * sign
    return Number.isNaN(difference) ? Number(Number.isNaN(number(a.text))) - Number(Number.isNaN(number(b.text))) : difference
  }
  const textual = (of: (value: { text: string; record: number }) => string): Order => (a, b) => (of(a) > of(b) ? -1 : of(a) < of(b) ? 1 : 0)
  switch (field.survivorship) {
    case 'latest': return textual(field.type === 'date' ? ({ text }) => text : ({ record }) => latestOf(record))
    case 'longest': return (a, b) => b.text.length - a.text.length
    case 'most-frequent': return (a, b) => b.count - a.count
    case 'largest': return field.type === 'date' ? textual(({ text }) => text) : numeric(-1)
    case 'smallest': return field.type === 'date' ? (a, b) => textual(({ text }) => text)(b, a) : numeric(1)
    default: return null
  }
}

/** One value per entity: that of the best record, or the best value if the field says so. The others are reported. */
export function surviveOne(field: Field, column: Column | undefined, roster: Roster, latestOf: (record: number) => string, losing: Losing, opaque = false): Survivors {
  const dictionary = createDictionary(column, opaque)
  const codes = new Uint32Array(roster.entities)
  const winners = new Uint32Array(roster.entities)
  const order = orderOf(field, latestOf)
  if (column === undefined) return { dictionary, codes, winners }
  const seen = new Map<number, { code: number; text: string; record: number; count: number }>()
  for (let entity = 0; entity < roster.entities; entity++) {
    const from = roster.offsets[entity]!
    const end = roster.offsets[entity + 1]!
    let first = 0
    let record = 0
    let differ = false
    for (let at = from; at < end; at++) {
      const code = column.codes[roster.records[at]!]!
      if (code === 0) continue
      if (first === 0) {
        first = code
        record = roster.records[at]!
      } else if (code !== first) differ = true
    }
    if (first === 0) continue
    if (!differ && dictionary.items(first) === null) {
      codes[entity] = first
      winners[entity] = record + 1
      continue
    }
    seen.clear()
    for (let at = from; at < end; at++) {
      const code = column.codes[roster.records[at]!]!
      if (code === 0) continue
      for (const item of dictionary.items(code) ?? [code]) {
        const known = seen.get(item)
        if (known === undefined) seen.set(item, { code: item, text: dictionary.textOf(item), record: roster.records[at]!, count: 1 })
        else known.count++
      }
    }
    const candidates = [...seen.values()]
    let best = candidates[0]!
    if (order !== null) for (const candidate of candidates) if (order(candidate, best) < 0) best = candidate
    codes[entity] = best.code
    winners[entity] = best.record + 1
    for (const candidate of candidates) {
      if (candidate !== best) losing(entity, best.text, best.record, candidate.text, candidate.record, order !== null && order(best, candidate) < 0 ? field.survivorship! : null)
    }
  }
  return { dictionary, codes, winners }
}

/**
 * Every distinct value of the entity's records, best record first. `more` gives further items of an entity (those
 * that lost in other fields), and `without` items that another field holds already.
 */
export function surviveAll(column: Column | undefined, roster: Roster, more?: ReadonlyMap<number, readonly string[]>, without?: ReadonlyMap<number, ReadonlySet<string>>): Survivors {
  const dictionary = createDictionary(column)
  const codes = new Uint32Array(roster.entities)
  const winners = new Uint32Array(roster.entities)
  for (let entity = 0; entity < roster.entities; entity++) {
    const from = roster.offsets[entity]!
    const end = column === undefined ? from : roster.offsets[entity + 1]!
    let first = 0
    let several = more?.has(entity) === true || without?.has(entity) === true
    let winner = 0
    for (let at = from; at < end; at++) {
      const code = column!.codes[roster.records[at]!]!
      if (code === 0) continue
      if (first === 0) {
        first = code
        winner = roster.records[at]! + 1
      } else if (code !== first) several = true
    }
    if (!several) {
      codes[entity] = first
      winners[entity] = winner
      continue
    }
    const items = new Set<number>()
    let contributors = 0
    for (let at = from; at < end; at++) {
      const code = column!.codes[roster.records[at]!]!
      if (code === 0) continue
      const before = items.size
      for (const item of dictionary.items(code) ?? [code]) items.add(item)
      if (items.size > before) contributors++
    }
    const given = items.size
    for (const text of more?.get(entity) ?? []) items.add(dictionary.codeOf(text))
    const texts = [...items].map(code => dictionary.textOf(code)).filter(text => without?.get(entity)?.has(text) !== true)
    if (texts.length === 0) continue
    codes[entity] = dictionary.codeOf(texts.join(ITEM_SEPARATOR))
    winners[entity] = contributors === 1 && items.size === given ? winner : 0
  }
  return { dictionary, codes, winners }
}
