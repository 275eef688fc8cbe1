/**
 * The dictionary of a column as files hold it and frames store it: UTF-8, end to end. What only passes a column on,
 * writes it or looks at bytes needs no string per value: those are made when somebody asks for `values`, many at a time.
 */
import { HotpassError } from '../error.ts'
import { copyBytes } from './copy.ts'
import type { Column } from './table.ts'
import { isAscii, unitsOf } from './utf8.ts'

/** Values that are decoded in one go, and bytes from which there are fewer. */
const BLOCK = 4096
const BLOCK_BYTES = 16 << 20

/** Values that may be made one by one, besides an eighth of all. */
const FEW = 512

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export class Dictionary {
  /** Number of values. */
  readonly size: number
  /** The UTF-8 of the values, end to end. */
  readonly text: Uint8Array
  private startsOf: Uint32Array | undefined
  private lengthsOf: Uint32Array | undefined
  private ascii: boolean | undefined
  private made: readonly string[] | undefined
  /** Values that were made one by one. */
  private asked = 0

  private constructor(size: number, text: Uint8Array, starts: Uint32Array | undefined, lengths: Uint32Array | undefined) {
    this.size = size
    this.text = text
    this.startsOf = starts
    this.lengthsOf = lengths
  }

  /** Values of these lengths in UTF-16 code units. */
  static ofLengths(text: Uint8Array, lengths: Uint32Array): Dictionary {
    return new Dictionary(lengths.length, text, undefined, lengths)
  }

  /** Values that begin at these bytes, one after the other; one more entry for the end of the last. The text is well-formed. */
  static ofStarts(text: Uint8Array, starts: Uint32Array): Dictionary {
    return new Dictionary(starts.length - 1, text, starts, undefined)
  }

  /** Values as strings. Throws TypeError when one has a lone surrogate. */
  static ofValues(values: readonly string[]): Dictionary {
    const lengths = new Uint32Array(values.length)
    for (let index = 0; index < lengths.length; index++) lengths[index] = values[index]!.length
    const joined = values.join('')
    if (!joined.isWellFormed()) throw new TypeError('a value holds a lone surrogate')
    const dictionary = new Dictionary(values.length, encoder.encode(joined), undefined, lengths)
    dictionary.made = values
    return dictionary
  }

  private get isAscii(): boolean {
    return (this.ascii ??= isAscii(this.text))
  }

  /** Of each value, in UTF-16 code units. */
  get lengths(): Uint32Array {
    if (this.lengthsOf !== undefined) return this.lengthsOf
    const { size, text, starts, isAscii } = this
    const lengths = new Uint32Array(size)
    for (let index = 0; index < size; index++) lengths[index] = isAscii ? starts[index + 1]! - starts[index]! : unitsOf(text, starts[index]!, starts[index + 1]!)
    return (this.lengthsOf = lengths)
  }

  /** Where each value begins in the text, in bytes; one more entry for the end of the last. */
  get starts(): Uint32Array {
    return (this.startsOf ??= startsFrom(this.text, this.lengths))
  }

  /** The values from one to before another, over the same text. */
  slice(from: number, to: number): Dictionary {
    const { text, starts } = this
    const start = starts[from]!
    return Dictionary.ofStarts(text.subarray(start, starts[to]), starts.subarray(from, to + 1).map(at => at - start))
  }

  /** The values at these places, in the order given. */
  select(places: Uint32Array): Dictionary {
    const { size, text, starts, lengthsOf } = this
    const begins = new Uint32Array(places.length + 1)
    let total = 0
    let isRun = places.length > 0
    for (let index = 0; index < places.length; index++) {
      const place = places[index]!
      begins[index + 1] = total += starts[place + 1]! - starts[place]!
      isRun &&= place === places[0]! + index
    }
    if (isRun) return places.length === size ? this : this.slice(places[0]!, places[0]! + places.length)
    const out = new Uint8Array(total)
    const [to, from] = [new DataView(out.buffer), new DataView(text.buffer, text.byteOffset, text.byteLength)]
    for (let index = 0; index < places.length; index++) copyBytes(to, begins[index]!, from, starts[places[index]!]!, starts[places[index]! + 1]!)
    return new Dictionary(places.length, out, begins, lengthsOf === undefined ? undefined : places.map(place => lengthsOf[place]!))
  }

  /** One value; for who asks for most of them they are made all at once. Throws when its bytes are no UTF-8. */
  at(index: number): string {
    if (this.made === undefined && ++this.asked > FEW + (this.size >> 3)) return this.values[index]!
    return this.made?.[index] ?? decoder.decode(this.text.subarray(this.starts[index], this.starts[index + 1]))
  }

  /**
   * Shows every value in turn. Strings that nobody has asked for before are not kept, so that a look at a large column
   * takes no memory. Throws E_STORE_DAMAGED when the text is no UTF-8.
   */
  each(visit: (text: string, index: number) => void): void {
    const { made, size } = this
    if (made !== undefined) {
      for (let index = 0; index < size; index++) visit(made[index]!, index)
      return
    }
    this.assertWhole()
    const block: string[] = []
    this.decodeBlocks(block, true, (from, to) => {
      for (let index = from; index < to; index++) visit(block[index - from]!, index)
    })
  }

  /** The values as strings, made once. Throws E_STORE_DAMAGED when the text is no UTF-8. */
  get values(): readonly string[] {
    if (this.made !== undefined) return this.made
    const values: string[] = new Array(this.size)
    this.assertWhole()
    this.decodeBlocks(values, false, () => undefined)
    return (this.made = values)
  }

  private assertWhole(): void {
    if (this.starts[this.size] !== this.text.length) throw damaged(new TypeError('a dictionary is cut short'))
  }

  /** Values into `values`, block by block; `reused` puts each block at its beginning. `seen` is told of each. */
  private decodeBlocks(values: string[], reused: boolean, seen: (from: number, to: number) => void): void {
    const { size, starts } = this
    let from = 0
    while (from < size) {
      let to = from + 1
      while (to < size && to < from + BLOCK && starts[to + 1]! - starts[from]! <= BLOCK_BYTES) to++
      const base = reused ? from : 0
      try {
        if (this.isAscii) this.decodeAscii(values, base, from, to)
        else this.decodeMixed(values, base, from, to)
      } catch (cause) {
        throw damaged(cause)
      }
      seen(from, to)
      from = to
    }
  }

  /** Decoding values together is many times cheaper than one by one. */
  private decodeAscii(values: string[], base: number, from: number, to: number): void {
    const { text, starts } = this
    const start = starts[from]!
    const joined = decoder.decode(text.subarray(start, starts[to]!))
    for (let index = from; index < to; index++) values[index - base] = joined.slice(starts[index]! - start, starts[index + 1]! - start)
  }

  /** Where few values have more than ASCII in them, these are decoded by themselves, so that the string of the others takes a byte per character. */
  private decodeMixed(values: string[], base: number, from: number, to: number): void {
    const { text, starts } = this
    const start = starts[from]!
    const bytes = new Uint8Array(text.subarray(start, starts[to]!))
    const beyond: number[] = []
    for (let index = from; index < to; index++) if (unitsOf(text, starts[index]!, starts[index + 1]!) < starts[index + 1]! - starts[index]!) beyond.push(index)
    if (beyond.length * 4 > to - from) {
      const joined = decoder.decode(bytes)
      for (let index = from, begin = 0; index < to; index++) {
        const end = begin + unitsOf(text, starts[index]!, starts[index + 1]!)
        values[index - base] = joined.slice(begin, end)
        begin = end
      }
      return
    }
    for (const index of beyond) bytes.fill(0x20, starts[index]! - start, starts[index + 1]! - start)
    const joined = decoder.decode(bytes)
    for (let index = from; index < to; index++) values[index - base] = joined.slice(starts[index]! - start, starts[index + 1]! - start)
    for (const index of beyond) values[index - base] = decoder.decode(text.subarray(starts[index]!, starts[index + 1]!))
  }
}

function damaged(cause: unknown): HotpassError {
  return new HotpassError('E_STORE_DAMAGED', 'an artifact holds text that is not UTF-8', { cause, hint: 'run hotpass doctor --full' })
}

function startsFrom(text: Uint8Array, lengths: Uint32Array): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1)
  let units = 0
  for (let index = 0; index < lengths.length; index++) starts[index + 1] = units += lengths[index]!
  if (units === text.length) return starts
  let at = 0
  for (let index = 0; index < lengths.length; index++) {
    // A lead byte of four begins a surrogate pair; every other character is one unit.
    for (let left = lengths[index]!; left > 0; ) {
      const lead = text[at]!
      if (lead < 0x80) at++
      else if (lead < 0xe0) at += 2
      else if (lead < 0xf0) at += 3
      else {
        at += 4
        left--
      }
      left--
    }
    starts[index + 1] = at
  }
  return starts
}

/** Dictionaries of columns whose strings may not be made yet. */
const ofColumn = new WeakMap<Column, Dictionary>()
/** Dictionaries by the list of values that they hold: a column that only changes its name or its rows keeps it. */
const ofValues = new WeakMap<readonly string[], Dictionary>()

/** A column over a dictionary. Reading its `values` throws E_STORE_DAMAGED when the text is no UTF-8. */
export function columnOver(name: string, dictionary: Dictionary, kinds: Uint8Array | null, codes: Uint32Array): Column {
  const column: Column = {
    name,
    get values() {
      const { values } = dictionary
      ofValues.set(values, dictionary)
      return values
    },
    kinds,
    codes
  }
  ofColumn.set(column, dictionary)
  return column
}

/** The same column under another name. */
export function renamed(column: Column, name: string): Column {
  const dictionary = ofColumn.get(column)
  return dictionary === undefined ? { ...column, name } : columnOver(name, dictionary, column.kinds, column.codes)
}

/** Number of distinct values, without making their strings. */
export function distinctOf(column: Column): number {
  return ofColumn.get(column)?.size ?? column.values.length
}

/** Whether the column has its values as bytes already. */
export function isPacked(column: Column): boolean {
  return ofColumn.has(column) || ofValues.has(column.values)
}

/** The dictionary of a column: that which it was read with, or its values encoded once. Throws TypeError on a lone surrogate. */
export function dictionaryOf(column: Column): Dictionary {
  const known = ofColumn.get(column) ?? ofValues.get(column.values)
  if (known !== undefined) return known
  const dictionary = Dictionary.ofValues(column.values)
  ofValues.set(column.values, dictionary)
  return dictionary
}
