/** The distinct values of a column as bytes to be copied into a file, most of them just as they stand in its dictionary. */
import { dictionaryOf } from '../../kernel/artifact/dictionary.ts'
import type { Column } from '../../kernel/artifact/table.ts'

/** Value `index` is `bytes` from `starts[index]` to `starts[index + 1]`. */
export interface Utf8Values {
  readonly bytes: Uint8Array
  readonly starts: Uint32Array
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The values of a column, with their lengths in UTF-16 code units. */
export function utf8Of(column: Column): Utf8Values & { readonly lengths: Uint32Array } {
  const dictionary = dictionaryOf(column)
  return { bytes: dictionary.text, starts: dictionary.starts, lengths: dictionary.lengths }
}

/** The text of one value. */
export function textOf({ bytes, starts }: Utf8Values, index: number): string {
  return decoder.decode(bytes.subarray(starts[index], starts[index + 1]))
}

/** Bytes that grow. */
class Growing {
  bytes: Uint8Array
  length = 0
  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity)
  }
  room(more: number): void {
    if (this.length + more <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(this.length + more, this.bytes.length * 2))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
  }
}

/**
 * The values with some of them replaced: `replacements` holds, by index, the text that is written instead. The bytes of
 * the others are taken over in runs. Without replacements these are the values themselves.
 */
export function replaced(values: Utf8Values, replacements: ReadonlyMap<number, string>): Utf8Values {
  if (replacements.size === 0) return values
  const { bytes, starts } = values
  const out = new Growing(bytes.length + 16 * replacements.size)
  const moved = new Uint32Array(starts.length)
  let next = 0
  const take = (to: number): void => {
    const part = bytes.subarray(starts[next], starts[to])
    out.room(part.length)
    out.bytes.set(part, out.length)
    const by = out.length - starts[next]!
    for (; next < to; next++) moved[next] = starts[next]! + by
    out.length += part.length
  }
  for (const [index, text] of replacements) {
    take(index)
    moved[index] = out.length
    out.room(text.length * 3)
    out.length += encoder.encodeInto(text, out.bytes.subarray(out.length)).written
    next = index + 1
  }
  take(starts.length - 1)
  moved[starts.length - 1] = out.length
  return { bytes: out.bytes.subarray(0, out.length), starts: moved }
}
