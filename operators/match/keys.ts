/** Groups of records that share a match key. */
import { dictionaryOf, distinctOf } from '../../kernel/artifact/dictionary.ts'
import { ITEM_SEPARATOR, type Column, type Table } from '../../kernel/artifact/table.ts'
import type { Field } from '../../schemas/generated/profile.ts'
import { organisationKey } from '../model/name-key.ts'

/** Records (from 0, ascending) that share one value of one key. At least two. */
export interface KeyGroup {
  readonly value: string
  readonly records: readonly number[]
}

const byValue = (a: KeyGroup, b: KeyGroup): number => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0)

/** Groups by each item of a column; records that are not ok take no part. Sorted by value, so that no input order shows. */
function groupsOf(column: Column, ok: Uint32Array): KeyGroup[] {
  const members: (number[] | undefined)[] = new Array(distinctOf(column) + 1)
  const lists = dictionaryOf(column).text.includes(ITEM_SEPARATOR.charCodeAt(0))
  for (let record = 0; record < ok.length; record++) {
    const code = column.codes[record]!
    if (code === 0 || ok[record] === 0) continue
    ;(members[code] ??= []).push(record)
  }
  if (!lists) return members.flatMap((records, code) => (records !== undefined && records.length > 1 ? [{ value: column.values[code - 1]!, records }] : [])).sort(byValue)

  const byItem = new Map<string, Set<number>>()
  members.forEach((records, code) => {
    if (records === undefined) return
    for (const item of column.values[code - 1]!.split(ITEM_SEPARATOR)) {
      const set = byItem.get(item) ?? new Set()
      for (const record of records) set.add(record)
      byItem.set(item, set)
    }
  })
  return [...byItem].filter(([, set]) => set.size > 1).map(([value, set]) => ({ value, records: [...set].sort((a, b) => a - b) })).sort(byValue)
}

/** The column that a key compares by: the match key of an organisation name, the value of any other field. */
export function keyColumn(records: Table, key: string): Column | undefined {
  return records.columns.find(({ name }) => name === `${key}#key`) ?? records.columns.find(({ name }) => name === key)
}

/** Groups of records with an equal key. */
export function keyGroups(records: Table, key: string, ok: Uint32Array): readonly KeyGroup[] {
  const column = keyColumn(records, key)
  return column === undefined ? [] : groupsOf(column, ok)
}

/**
 * Groups of records that are equal in every field and extra column; the key `*`. Columns are taken in turn, and each
 * splits the groups that are left, so that different records are soon told apart. Rows that are all empty are not equal.
 */
export function equalGroups(records: Table, fields: readonly Field[], ok: Uint32Array): readonly KeyGroup[] {
  const computed = new Set(fields.filter(({ derive }) => derive !== undefined).map(({ name }) => name))
  const columns = records.columns.filter(({ name }) => name !== 'key' && !name.includes('#') && !computed.has(name))
  let groups: number[][] = [[]]
  for (let record = 0; record < ok.length; record++) if (ok[record] === 1 && columns.some(({ codes }) => codes[record] !== 0)) groups[0]!.push(record)
  // The column with most values first: it settles most records at once.
  for (const { codes } of [...columns].sort((a, b) => distinctOf(b) - distinctOf(a))) {
    const split: number[][] = []
    for (const group of groups) {
      if (group.length < 2) continue
      const parts = new Map<number, number[]>()
      for (const record of group) {
        const part = parts.get(codes[record]!)
        if (part === undefined) parts.set(codes[record]!, [record])
        else part.push(record)
      }
      for (const part of parts.values()) if (part.length > 1) split.push(part)
    }
    groups = split
    if (groups.length === 0) break
  }
  return groups.filter(group => group.length > 1).sort((a, b) => a[0]! - b[0]!).map(group => ({ value: '', records: group }))
}

/** Records under a legal name, and records under the trading name that it claims. */
export interface AliasGroup {
  readonly value: string
  readonly legals: readonly number[]
  readonly tradings: readonly number[]
}

/**
 * Groups that a trading name makes: `Legal Name (Pty) Ltd t/a Trading` with `Trading`. Only when it is unambiguous:
 * the trading name is claimed under one legal name alone, and it is no legal name that trades under another itself.
 * Claims stand in the name, and in the columns of `aliasFields` (fields that list the trading names of `key`).
 */
export function aliasGroups(records: Table, key: string, aliasFields: readonly string[], ok: Uint32Array): readonly AliasGroup[] {
  const names = records.columns.find(({ name }) => name === `${key}#key`)
  const aliases = records.columns.filter(({ name }) => name === `${key}#alias` || aliasFields.includes(name))
  if (names === undefined || aliases.length === 0) return []
  const aliasKeys = aliases.map(({ values }) => values.map(value => value.split(ITEM_SEPARATOR).map(organisationKey)))
  const codeOf = new Map(names.values.map((value, index) => [value, index + 1]))
  /** Trading name → the one legal name that claims it; 0 when several do. */
  const claimedBy = new Map<number, number>()
  const claims = new Set<number>()
  const members = new Map<number, number[]>()
  for (let record = 0; record < ok.length; record++) {
    const legal = names.codes[record]!
    if (ok[record] === 0 || legal === 0) continue
    for (let column = 0; column < aliases.length; column++) {
      const alias = aliases[column]!.codes[record]!
      if (alias === 0) continue
      for (const text of aliasKeys[column]![alias - 1]!) {
        const trading = codeOf.get(text)
        if (trading === undefined || trading === legal) continue
        claims.add(legal)
        const before = claimedBy.get(trading)
        claimedBy.set(trading, before === undefined || before === legal ? legal : 0)
      }
    }
  }
  if (claimedBy.size === 0) return []
  const wanted = new Set([...claimedBy].flat())
  for (let record = 0; record < ok.length; record++) {
    const name = names.codes[record]!
    if (ok[record] === 0 || name === 0 || !wanted.has(name)) continue
    const list = members.get(name)
    if (list === undefined) members.set(name, [record])
    else list.push(record)
  }
  const groups: AliasGroup[] = []
  for (const [trading, legal] of claimedBy) {
    const legals = members.get(legal)
    const tradings = members.get(trading)
    if (legals === undefined || tradings === undefined || claims.has(trading)) continue
    groups.push({ value: names.values[trading - 1]!, legals, tradings })
  }
  return groups.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
}
