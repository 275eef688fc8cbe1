/** The values of finished columns, out of the engine and as texts. */
import { Dictionary } from '../../../kernel/artifact/dictionary.ts'
import type { Kind } from '../../../kernel/artifact/table.ts'
import type { Engine } from '../engine/engine.ts'
import { TextArena } from './text-arena.ts'

/** What a number becomes. `fault` says that the style does not fit it. */
export interface Rendered {
  readonly text: string
  readonly kind: Kind
  readonly fault?: boolean
}

/** Values, and bytes of texts, that are taken out together, at least. */
const VALUES = 1 << 14
const BYTES = 1 << 18
/** Room that the engine asks for besides. */
const SLACK = 64
/** Bytes of most numbers and dates. */
const NUMBER_ROOM = 10
const ONLY_SHARED = 1

export interface Values {
  readonly texts: Dictionary
  /** Null when all are texts. */
  readonly kinds: Uint8Array | null
  /** Bytes of the longest. */
  readonly longest: number
  /** Codes of numbers that do not fit their styles. */
  readonly faults: readonly number[]
}

export class ValueDrain {
  private readonly engine: Engine
  private readonly render: (value: number, style: number) => Rendered
  private readonly ends: number
  private readonly kinds: number
  private readonly numbers: number
  private readonly styles: number

  constructor(engine: Engine, render: (value: number, style: number) => Rendered) {
    this.engine = engine
    this.render = render
    const { calls } = engine
    this.ends = calls.take(VALUES * 4)
    this.kinds = calls.take(VALUES)
    this.numbers = calls.take(VALUES * 8)
    this.styles = calls.take(VALUES * 2)
  }

  /** The values of a column, by their codes less one. */
  valuesOf(column: number): Values {
    const { engine } = this
    const { calls } = engine
    if (calls.isListed(column) === 0) {
      const texts = calls.ownTexts(column)
      const { text, starts } = engine.textsAt(texts)
      return { texts: Dictionary.ofStarts(text, starts), kinds: null, longest: calls.longestOf(texts), faults: [] }
    }
    const size = calls.columnSize(column)
    const arena = new TextArena(size, calls.textBytes(column) + calls.numberCount(column) * NUMBER_ROOM)
    const kinds = new Uint8Array(size)
    const faults: number[] = []
    const room = Math.max(BYTES, calls.longestText(column) + SLACK)
    const bytes = calls.take(room)
    for (let done = 0; done < size; ) {
      const before = arena.end
      const count = calls.drainValues(column, done, bytes, room, this.ends, this.kinds, VALUES, before)
      if (count > 0) {
        const ends = engine.words(this.ends, count)
        arena.addAll(engine.bytes(bytes, ends[count - 1]! - before), ends)
        kinds.set(engine.bytes(this.kinds, count), done)
        done += count
      } else done += this.renderFrom(column, done, arena, kinds, faults)
    }
    calls.giveBack(bytes, room)
    const texts = arena.packed()
    return { texts, kinds: calls.usesOf(column) === ONLY_SHARED ? null : kinds, longest: longestOf(texts), faults }
  }

  /** Renders the numbers that come next. Returns how many they are. */
  private renderFrom(column: number, from: number, arena: TextArena, kinds: Uint8Array, faults: number[]): number {
    const { engine } = this
    const count = engine.calls.numbersFrom(column, from, this.numbers, this.styles, VALUES)
    const values = engine.doubles(this.numbers, count)
    const styles = engine.halves(this.styles, count)
    for (let at = 0; at < count; at++) {
      const rendered = this.render(values[at]!, styles[at]!)
      arena.addText(rendered.text)
      kinds[from + at] = rendered.kind
      if (rendered.fault) faults.push(from + at + 1)
    }
    return count
  }
}

function longestOf({ size, starts }: Dictionary): number {
  let longest = 0
  for (let at = 0; at < size; at++) longest = Math.max(longest, starts[at + 1]! - starts[at]!)
  return longest
}
