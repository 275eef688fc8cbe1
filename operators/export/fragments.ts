/** Byte fragments: what each distinct value of a column looks like in the file, encoded once. */
import { copyBytes } from '../../kernel/artifact/copy.ts'

/** Fragment `code` is `bytes` from `starts[code]` to `starts[code + 1]`; code 0 stands for the empty cell. */
export interface Fragments {
  readonly bytes: Uint8Array
  /** The same bytes, to be read four at a time. */
  readonly words: DataView
  readonly starts: Uint32Array
}

const encoder = new TextEncoder()

function utf8Length(text: string): number {
  let length = text.length
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) continue
    // A surrogate pair is two units and four bytes: one more byte for each half.
    length += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2
  }
  return length
}

/** The fragments of these texts. `texts[0]` is what an empty cell looks like. Texts are well-formed Unicode; each is followed by `end`, which is ASCII. */
export function fragmentsOf(texts: readonly string[], end = ''): Fragments {
  const joined = texts.join(end) + end
  const bytes = encoder.encode(joined)
  const ascii = bytes.length === joined.length
  const starts = new Uint32Array(texts.length + 1)
  for (let code = 0; code < texts.length; code++) starts[code + 1] = starts[code]! + end.length + (ascii ? texts[code]!.length : utf8Length(texts[code]!))
  return { bytes, words: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), starts }
}

/** The fragments of whole numbers: code `n` is shown as `n`, up to `last`; code 0 as nothing. Each is followed by `end`, which is ASCII. */
export function numberFragments(last: number, end: string): Fragments {
  const starts = new Uint32Array(last + 2)
  let digits = 1
  let power = 10
  for (let number = 0, size = 0; number <= last; number++) {
    if (number >= power) {
      power *= 10
      digits++
    }
    size += end.length + (number === 0 ? 0 : digits)
    starts[number + 1] = size
  }
  const bytes = new Uint8Array(starts[last + 1]!)
  for (let number = 0; number <= last; number++) {
    let at = starts[number + 1]!
    for (let sign = end.length - 1; sign >= 0; sign--) bytes[--at] = end.charCodeAt(sign)
    for (let left = number; left > 0; left = Math.floor(left / 10)) bytes[--at] = 48 + (left % 10)
  }
  return { bytes, words: new DataView(bytes.buffer), starts }
}

/** One column of fragments, row by row. */
export interface FragmentColumn {
  readonly codes: Uint32Array
  readonly fragments: Fragments
}

/** Number of bytes that these rows take when the columns' fragments stand end to end. */
export function sizeOf(columns: readonly FragmentColumn[], rows: number): number {
  let size = 0
  for (const { codes, fragments } of columns) {
    const { starts } = fragments
    for (let row = 0; row < rows; row++) size += starts[codes[row]! + 1]! - starts[codes[row]!]!
  }
  return size
}

/** Copies a fragment to `out` and returns the position behind it. */
export function copyFragment(out: DataView, at: number, { words, starts }: Fragments, code: number): number {
  return copyBytes(out, at, words, starts[code]!, starts[code + 1]!)
}

/** The rows of a table whose fragments stand end to end, after `head`. */
export function concatenateRows(head: Uint8Array, columns: readonly FragmentColumn[], rows: number): Uint8Array {
  const out = new Uint8Array(head.length + sizeOf(columns, rows))
  out.set(head)
  const view = new DataView(out.buffer)
  let at = head.length
  for (let row = 0; row < rows; row++) {
    for (let index = 0; index < columns.length; index++) at = copyFragment(view, at, columns[index]!.fragments, columns[index]!.codes[row]!)
  }
  return out
}
