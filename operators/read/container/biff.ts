/** The record chain of a BIFF stream ([MS-XLS] 2.1.4), checked because the parser behind it forgives what it should not. */
const EOF = 0x000a
const BOFS = new Set([0x0009, 0x0209, 0x0409, 0x0809])
/** Longest data of a record; longer ones go on in CONTINUE records. */
const MAX_RECORD = 8228

/** Whether every record of the stream is complete and every substream is closed. */
export function isWholeBiff(stream: ArrayLike<number>): boolean {
  const { length } = stream
  let depth = 0
  let substreams = 0
  for (let at = 0; at + 4 <= length; ) {
    const type = stream[at]! | (stream[at + 1]! << 8)
    const size = stream[at + 2]! | (stream[at + 3]! << 8)
    // Between and behind the substreams there may be padding.
    if (depth === 0 && !BOFS.has(type)) return substreams > 0
    if (size > MAX_RECORD || at + 4 + size > length) return false
    if (BOFS.has(type)) {
      depth++
      substreams++
    } else if (type === EOF) depth--
    at += 4 + size
  }
  return substreams > 0 && depth === 0
}

const CODEPAGE = 0x0042
const BIFF8 = 0x0600
/** Encodings by the number of their code page; those of one byte that the runtime does not decode alike everywhere are ours. */
const ENCODINGS = new Map([
  [874, 'windows-874'], [932, 'shift_jis'], [936, 'gb18030'], [949, 'euc-kr'], [950, 'big5'], [10_000, 'mac-roman'], [0x8000, 'mac-roman'],
  ...[0, 1, 3, 4, 5, 6, 7, 8].map((page): [number, string] => [1250 + page, `windows-${1250 + page}`])
])

/** The encoding of the texts of a stream from before Excel 97; null for later ones, whose texts are Unicode. */
export function encodingOfBiff(stream: ArrayLike<number>): string | null {
  const version = stream[1] === 8 ? stream[4]! | (stream[5]! << 8) : 0
  if (version >= BIFF8) return null
  const { length } = stream
  for (let at = 0; at + 6 <= length; at += 4 + (stream[at + 2]! | (stream[at + 3]! << 8))) {
    const type = stream[at]! | (stream[at + 1]! << 8)
    if (type === CODEPAGE) return ENCODINGS.get(stream[at + 4]! | (stream[at + 5]! << 8)) ?? 'windows-1252'
    if (type === EOF) break
  }
  return 'windows-1252'
}
