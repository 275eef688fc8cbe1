/** What a column holds, in figures: nothing in it is a value of a person. */
import { itemsOf, type Column } from '../../kernel/artifact/table.ts'

export interface Bin {
  readonly label: string
  readonly rows: number
}

export interface ColumnProfile {
  readonly rows: number
  readonly filled: number
  readonly distinct: number
  /** Least and greatest value, and the mean, where all values are numbers or all are dates; mean of numbers alone. */
  readonly least: string | null
  readonly greatest: string | null
  readonly mean: string | null
  /** Numbers and dates by range; other values by how long they are. */
  readonly spread: { readonly of: 'values' | 'lengths'; readonly bins: readonly Bin[] }
  /** The most frequent values, by frequency, then code units. */
  readonly top: readonly { readonly value: string; readonly rows: number }[]
}

const BINS = 12
const TOP = 6
const NUMBER = /^-?\d+(?:\.\d+)?$/
const DATE = /^\d{4}-\d{2}-\d{2}/

/** Text of a number with at most three decimals. */
const figure = (value: number): string => String(Math.round(value * 1000) / 1000)

/** Bins of equal width between the least and the greatest position. */
function binned(positions: readonly (readonly [position: number, rows: number])[], label: (from: number, to: number) => string, whole: boolean): readonly Bin[] {
  const least = positions.reduce((min, [position]) => Math.min(min, position), Infinity)
  const greatest = positions.reduce((max, [position]) => Math.max(max, position), -Infinity)
  if (positions.length === 0) return []
  const span = greatest - least
  const count = span === 0 ? 1 : whole ? Math.min(BINS, span + 1) : BINS
  const width = whole ? Math.ceil((span + 1) / count) : span / count || 1
  const bins = Array.from({ length: whole ? Math.ceil((span + 1) / width) : count }, (_, at) => ({ label: label(least + at * width, whole ? least + (at + 1) * width - 1 : least + (at + 1) * width), rows: 0 }))
  for (const [position, rows] of positions) bins[Math.min(bins.length - 1, Math.floor((position - least) / width))]!.rows += rows
  return bins
}

/** Days since 1970-01-01 of an ISO date, in the proleptic Gregorian calendar. */
const dayOf = (text: string): number => Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, Number(text.slice(8, 10))) / 86_400_000
const dateOf = (day: number): string => new Date(Math.round(day) * 86_400_000).toISOString().slice(0, 10)

/** The profile of a column of `rows` rows. Each distinct value is looked at once. */
export function profileColumn(column: Column, rows: number): ColumnProfile {
  const counts = new Map<string, number>()
  let filled = 0
  for (const code of column.codes) {
    if (code === 0) continue
    filled++
    const value = column.values[code - 1]!
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const values = [...counts]
  const isNumbers = values.length > 0 && values.every(([value]) => NUMBER.test(value))
  const isDates = !isNumbers && values.length > 0 && values.every(([value]) => DATE.test(value))
  const positions = values.map(([value, times]): [number, number] => [isNumbers ? Number(value) : isDates ? dayOf(value) : [...itemsOf(value).join(', ')].length, times])
  const ordered = [...positions].sort((a, b) => a[0] - b[0])
  const label = (from: number, to: number): string => (isDates ? (dateOf(from) === dateOf(to) ? dateOf(from) : `${dateOf(from)} – ${dateOf(to)}`) : from === to ? figure(from) : `${figure(from)} – ${figure(to)}`)
  const shown = isDates ? dateOf : figure
  return {
    rows,
    filled,
    distinct: values.length,
    least: (isNumbers || isDates) && ordered.length > 0 ? shown(ordered[0]![0]) : null,
    greatest: (isNumbers || isDates) && ordered.length > 0 ? shown(ordered.at(-1)![0]) : null,
    mean: isNumbers ? figure(ordered.reduce((sum, [position, times]) => sum + position * times, 0) / filled) : null,
    spread: { of: isNumbers || isDates ? 'values' : 'lengths', bins: binned(positions, label, !isNumbers || values.every(([value]) => !value.includes('.'))) },
    top: values.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, TOP).map(([value, times]) => ({ value, rows: times }))
  }
}
