/** Inverted indexes: from a key to the records that bear it. */

/** `keys[keyFrom[r]] … keys[keyFrom[r + 1] - 1]` are the keys of record `r`; `members[from[k]] …` the records of key `k`, ascending. */
export interface BlockIndex {
  readonly keyFrom: Uint32Array
  readonly keys: Uint32Array
  readonly from: Uint32Array
  readonly members: Uint32Array
}

/** An index of one key per record; 0 is no key. */
export function indexOfCodes(codes: Uint32Array, count: number): BlockIndex {
  const keyFrom = new Uint32Array(codes.length + 1)
  let size = 0
  for (let record = 0; record < codes.length; record++) {
    keyFrom[record] = size
    if (codes[record] !== 0) size++
  }
  keyFrom[codes.length] = size
  const keys = new Uint32Array(size)
  for (let record = 0, at = 0; record < codes.length; record++) if (codes[record] !== 0) keys[at++] = codes[record]!
  return invert(keyFrom, keys, count + 1)
}

/** The index of lists of keys. */
export function invert(keyFrom: Uint32Array, keys: Uint32Array, count: number): BlockIndex {
  const from = new Uint32Array(count + 1)
  for (let at = 0; at < keys.length; at++) from[keys[at]! + 1]!++
  for (let key = 0; key < count; key++) from[key + 1]! += from[key]!
  const next = from.slice(0, count)
  const members = new Uint32Array(keys.length)
  for (let record = 0; record + 1 < keyFrom.length; record++) {
    for (let at = keyFrom[record]!; at < keyFrom[record + 1]!; at++) members[next[keys[at]!]!++] = record
  }
  return { keyFrom, keys, from, members }
}

/** Codes for pairs of codes, 0 when either is 0; numbered in order of appearance. */
export function combine(first: Uint32Array, second: Uint32Array): { readonly codes: Uint32Array; readonly count: number } {
  const size = first.length
  let slots = 16
  while (slots < size * 2) slots *= 2
  const low = new Uint32Array(slots)
  const high = new Uint32Array(slots)
  const named = new Uint32Array(slots)
  const codes = new Uint32Array(size)
  let count = 0
  for (let record = 0; record < size; record++) {
    const x = first[record]!
    const y = second[record]!
    if (x === 0 || y === 0) continue
    let slot = Math.imul(Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77) ^ (x >>> 7), 0xc2b2ae35) >>> 0
    slot = (slot ^ (slot >>> 15)) & (slots - 1)
    while (named[slot] !== 0 && (low[slot] !== x || high[slot] !== y)) slot = (slot + 1) & (slots - 1)
    if (named[slot] === 0) {
      low[slot] = x
      high[slot] = y
      named[slot] = ++count
    }
    codes[record] = named[slot]!
  }
  return { codes, count }
}
