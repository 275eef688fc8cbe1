/** The rows of a grid by their numbers. */
import type { Engine } from '../engine/engine.ts'

export class RowOrder {
  private readonly engine: Engine
  /** Of rows that are not in order: their places, by number; and how many are in it. */
  private known: Map<number, number> | null = null
  private seen = 0

  constructor(engine: Engine) {
    this.engine = engine
  }

  private numbers(from: number, count: number): Uint32Array<ArrayBuffer> {
    const { engine } = this
    const bytes = Math.max(1, count) * 4
    const place = engine.calls.take(bytes)
    engine.calls.gatherRows(from, count, place)
    const numbers = engine.words(place, count).slice()
    engine.calls.giveBack(place, bytes)
    return numbers
  }

  /** The place of a row among those with a cell; -1 when it is none of them. */
  placeOf(row: number): number {
    const { calls } = this.engine
    const rows = calls.gridRows.value
    if (this.known === null && calls.rowsSorted.value === 1) return this.search(row, rows)
    const known = (this.known ??= new Map())
    for (const number of this.seen === rows ? [] : this.numbers(this.seen, rows - this.seen)) known.set(number, this.seen++)
    return known.get(row) ?? -1
  }

  private search(row: number, rows: number): number {
    let [low, high] = [0, rows]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.numbers(middle, 1)[0]! < row) low = middle + 1
      else high = middle
    }
    return low < rows && this.numbers(low, 1)[0] === row ? low : -1
  }

  /** The places of the rows in the order of their numbers; null when they are in it. */
  sorted(): Uint32Array | null {
    const { calls } = this.engine
    if (calls.rowsSorted.value === 1) return null
    const numbers = this.numbers(0, calls.gridRows.value)
    const order = Uint32Array.from(numbers, (_, at) => at)
    return order.sort((a, b) => numbers[a]! - numbers[b]!)
  }
}
