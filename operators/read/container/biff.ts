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
