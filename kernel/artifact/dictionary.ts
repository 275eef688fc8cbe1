/**
 * The dictionary of a column as the bytes of a frame hold it. What only passes a column on, writes it or looks at bytes
 * needs no string per value: those are made when somebody asks for `values`.
 */
import { HotpassError } from '../error.ts'
import type { Column } from './table.ts'

export interface Dictionary {
  /** The UTF-8 of the values, end to end. */
  readonly text: Uint8Array
  /** Of each value, in UTF-16 code units. */
  readonly lengths: Uint32Array
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Dictionaries of columns whose strings may not be made yet. */
const ofColumn = new WeakMap<Column, Dictionary>()
/** Dictionaries by the list of values that they hold: a column that only changes its name or its rows keeps it. */
const ofValues = new WeakMap<readonly string[], Dictionary>()

/** A column over a dictionary. Reading its `values` throws E_STORE_DAMAGED when the text is no UTF-8. */
export function columnOver(name: string, dictionary: Dictionary, kinds: Uint8Array | null, codes: Uint32Array): Column {
  let made: readonly string[] | undefined
  const column: Column = {
    name,
    get values() {
      if (made === undefined) {
        made = valuesOf(dictionary)
        ofValues.set(made, dictionary)
      }
      return made
    },
    kinds,
    codes
  }
  ofColumn.set(column, dictionary)
  return column
}

function valuesOf({ text, lengths }: Dictionary): readonly string[] {
  let joined: string
  try {
    joined = decoder.decode(text)
  } catch (cause) {
    throw new HotpassError('E_STORE_DAMAGED', 'an artifact holds text that is not UTF-8', { cause, hint: 'run hotpass doctor --full' })
  }
  const values: string[] = new Array(lengths.length)
  let at = 0
  for (let index = 0; index < values.length; index++) {
    values[index] = joined.slice(at, at + lengths[index]!)
    at += lengths[index]!
  }
  return values
}

/** Number of distinct values, without making their strings. */
export function distinctOf(column: Column): number {
  return ofColumn.get(column)?.lengths.length ?? column.values.length
}

/** The dictionary of a column: that which it was read with, or its values encoded once. Throws TypeError on a lone surrogate. */
export function dictionaryOf(column: Column): Dictionary {
  const known = ofColumn.get(column) ?? ofValues.get(column.values)
  if (known !== undefined) return known
  const { name, values } = column
  const lengths = new Uint32Array(values.length)
  for (let index = 0; index < lengths.length; index++) lengths[index] = values[index]!.length
  const joined = values.join('')
  if (!joined.isWellFormed()) throw new TypeError(`column ${name} holds a lone surrogate`)
  const dictionary = { text: encoder.encode(joined), lengths }
  ofValues.set(values, dictionary)
  return dictionary
}

/** Where each value begins in the text, in bytes; one more entry for the end of the last. */
export function startsOf({ text, lengths }: Dictionary): Uint32Array {
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
