/** The spread of a field's values over bins that both runs share. */
import type { Column } from '../../kernel/artifact/table.ts'
import type { SemanticType } from '../../schemas/generated/profile.ts'
import { dateOf } from '../export/cell.ts'
import { numberOf } from './form.ts'
import { tallyOf } from './tally.ts'

export interface Spreads {
  /** Shares of the filled cells, by bin. */
  readonly now: readonly number[]
  readonly before: readonly number[]
}

const EMPTY: readonly number[] = []

/**
 * Numbers and dates: bins that were of equal size before, the last open; values that are neither have a bin of their own.
 * Other values: one bin for each of the most frequent of both runs, and one for the rest.
 */
export function spreadsOf(column: Column, before: Column, type: SemanticType, bins: number): Spreads {
  const measure = measureOf(type)
  const binOf = measure === null ? categories(column, before, bins) : quantiles(before, measure, bins)
  return { now: spread(column, binOf, bins), before: spread(before, binOf, bins) }
}

function measureOf(type: SemanticType): ((text: string) => number | null) | null {
  if (type === 'number' || type === 'currency') return numberOf
  if (type === 'date') return text => dateOf(text.slice(0, 10))?.day ?? null
  return null
}

/** Shares by bin; the last of them is for what has none of its own. */
function spread(column: Column, binOf: (text: string) => number, bins: number): readonly number[] {
  const { counts, filled } = tallyOf(column)
  if (filled === 0) return EMPTY
  const sums: number[] = new Array<number>(bins + 1).fill(0)
  column.values.forEach((text, index) => {
    sums[binOf(text)]! += counts[index + 1]!
  })
  return sums.map(sum => sum / filled)
}

function quantiles(before: Column, measure: (text: string) => number | null, bins: number): (text: string) => number {
  const { counts } = tallyOf(before)
  const points = before.values.flatMap((text, index) => {
    const value = measure(text)
    return value === null || value !== value ? [] : [{ value, count: counts[index + 1]! }]
  }).sort((a, b) => a.value - b.value)
  const total = points.reduce((sum, { count }) => sum + count, 0)
  const edges: number[] = []
  let passed = 0
  for (const { value, count } of points) {
    passed += count
    if (edges.length < bins - 1 && passed * bins >= total * (edges.length + 1)) {
      edges.push(value)
      // A value that fills several bins is the edge of one.
      while (edges.length < bins - 1 && passed * bins >= total * (edges.length + 1)) edges.push(value)
    }
  }
  return text => {
    const value = measure(text)
    if (value === null || value !== value) return bins
    let bin = 0
    while (bin < edges.length && value > edges[bin]!) bin++
    return bin
  }
}

function categories(column: Column, before: Column, bins: number): (text: string) => number {
  const sums = new Map<string, number>()
  for (const each of [before, column]) {
    const { counts } = tallyOf(each)
    each.values.forEach((text, index) => sums.set(text, (sums.get(text) ?? 0) + counts[index + 1]!))
  }
  const order = [...sums].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : a > b ? 1 : 0)).slice(0, bins)
  const places = new Map(order.map(([text], bin) => [text, bin]))
  return text => places.get(text) ?? bins
}

