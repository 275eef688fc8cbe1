/** Inverted indexes: from a key to the records that bear it. Keys that make no pair, or too many, are left out. */

/**
 * `members[from[k]] … members[from[k + 1] - 1]` are the records of key `k`, ascending. Where a record has one key at
 * most, `keyFrom` is null and `keys[r]` is 1 + that key, or 0; else its keys are `keys[keyFrom[r]] … keys[keyFrom[r + 1] - 1]`, each 1 + the key, or 0.
 */
export interface BlockIndex {
  readonly keyFrom: Uint32Array | null
  readonly keys: Uint32Array
  readonly from: Uint32Array
  readonly members: Uint32Array
}

/** How many blocks there are of each size, from two records up. */
export type Sizes = Map<number, number>

/** Records by key: `records[from[k]] … records[from[k + 1] - 1]` have key `k`. */
export interface Groups { readonly from: Uint32Array; readonly records: Uint32Array }

/** The records of each code but 0. `stands` says which records take part. */
export function groupsOf(codes: Uint32Array, count: number, stands: Uint8Array): Groups {
  const from = new Uint32Array(count + 2)
  for (let record = 0; record < codes.length; record++) if (codes[record] !== 0 && stands[record] === 1) from[codes[record]! + 1]!++
  for (let code = 0; code <= count; code++) from[code + 1]! += from[code]!
  const next = from.slice()
  const records = new Uint32Array(from[count + 1]!)
  for (let record = 0; record < codes.length; record++) if (codes[record] !== 0 && stands[record] === 1) records[next[codes[record]!]!++] = record
  return { from, records }
}

const add = (sizes: Sizes, size: number): void => void (size > 1 && sizes.set(size, (sizes.get(size) ?? 0) + 1))

export function sizesOf({ from }: Groups): Sizes {
  const sizes: Sizes = new Map()
  for (let key = 0; key + 1 < from.length; key++) add(sizes, from[key + 1]! - from[key]!)
  return sizes
}

/** Sizes of the blocks of records that share a code of `groups` and one of `second`. `count` is the largest code of `second`. */
export function sizesWithin({ from, records }: Groups, second: Uint32Array, count: number): Sizes {
  const sizes: Sizes = new Map()
  const tally = new Uint32Array(count + 1)
  for (let key = 0; key + 1 < from.length; key++) {
    const [start, end] = [from[key]!, from[key + 1]!]
    if (end - start < 2) continue
    for (let at = start; at < end; at++) tally[second[records[at]!]!]!++
    for (let at = start; at < end; at++) {
      const code = second[records[at]!]!
      if (code !== 0) add(sizes, tally[code]!)
      tally[code] = 0
    }
  }
  return sizes
}

/** The index of groups of two to `limit` records. */
export function indexOfGroups(groups: Groups, total: number, limit: number): BlockIndex {
  const keys = new Uint32Array(total)
  const from: number[] = [0]
  const members = new Uint32Array(groups.records.length)
  let size = 0
  for (let key = 0; key + 1 < groups.from.length; key++) {
    const [start, end] = [groups.from[key]!, groups.from[key + 1]!]
    if (end - start < 2 || end - start > limit) continue
    for (let at = start; at < end; at++) {
      keys[groups.records[at]!] = from.length
      members[size++] = groups.records[at]!
    }
    from.push(size)
  }
  return { keyFrom: null, keys, from: Uint32Array.from(from), members: members.slice(0, size) }
}

/** The groups of records that share a code of `groups` and one of `second`: those of two to `limit` records. */
export function groupsWithin({ from, records }: Groups, second: Uint32Array, count: number, limit: number): Groups {
  const tally = new Uint32Array(count + 1)
  const next = new Uint32Array(count + 1)
  const starts: number[] = [0]
  const members = new Uint32Array(records.length)
  let size = 0
  for (let key = 0; key + 1 < from.length; key++) {
    const [start, end] = [from[key]!, from[key + 1]!]
    if (end - start < 2) continue
    for (let at = start; at < end; at++) tally[second[records[at]!]!]!++
    for (let at = start; at < end; at++) {
      const code = second[records[at]!]!
      if (code === 0) continue
      const held = tally[code]!
      if (held >= 2 && held <= limit) {
        if (next[code] === 0) {
          next[code] = size + 1
          size += held
          starts.push(size)
        }
        members[next[code]!++ - 1] = records[at]!
      }
    }
    for (let at = start; at < end; at++) {
      const code = second[records[at]!]!
      tally[code] = 0
      next[code] = 0
    }
  }
  return { from: Uint32Array.from(starts), records: members.slice(0, size) }
}

/** Lists of keys per value, as an index over records, with the sizes of all blocks. */
export interface KeyLists { readonly codes: Uint32Array; readonly lists: readonly (readonly number[])[]; readonly count: number }

export function sizesOfLists({ codes, lists, count }: KeyLists, stands: Uint8Array): Sizes {
  const tally = tallyOf({ codes, lists, count }, stands)
  const sizes: Sizes = new Map()
  for (const size of tally) add(sizes, size)
  return sizes
}

function tallyOf({ codes, lists, count }: KeyLists, stands: Uint8Array): Uint32Array {
  const tally = new Uint32Array(count)
  for (let record = 0; record < codes.length; record++) if (codes[record] !== 0 && stands[record] === 1) for (const key of lists[codes[record]! - 1]!) tally[key]!++
  return tally
}

export function indexOfLists({ codes, lists, count }: KeyLists, stands: Uint8Array, limit: number): BlockIndex {
  const tally = tallyOf({ codes, lists, count }, stands)
  const from = new Uint32Array(count + 1)
  for (let key = 0; key < count; key++) from[key + 1] = from[key]! + (tally[key]! >= 2 && tally[key]! <= limit ? tally[key]! : 0)
  const next = from.slice(0, count)
  const members = new Uint32Array(from[count]!)
  const keyFrom = new Uint32Array(codes.length + 1)
  const keys = new Uint32Array(from[count]!)
  let size = 0
  for (let record = 0; record < codes.length; record++) {
    keyFrom[record] = size
    if (codes[record] === 0 || stands[record] === 0) continue
    for (const key of lists[codes[record]! - 1]!) {
      if (from[key + 1] === from[key]) continue
      members[next[key]!++] = record
      keys[size++] = key + 1
    }
  }
  keyFrom[codes.length] = size
  return { keyFrom, keys, from, members }
}
