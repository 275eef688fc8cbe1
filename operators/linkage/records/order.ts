/** One order for the same records, whatever the order of rows, of columns, and the ids in the file. */
import { integersOf, type Column, type Table } from '../../../kernel/artifact/table.ts'

/** FNV-1a over code units, with a seed. */
function hashOf(text: string, seed: number): number {
  let hash = seed
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}

function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x7feb352d)
  return (once ^ (once >>> 15)) >>> 0
}

/**
 * Rows in the order of a hash of what they say in these columns; where hashes coincide, of the texts. Rows that say the
 * same stay in the order of the file. Samples that are drawn by number are thereby drawn by content.
 */
export function byContent(columns: readonly Column[], rows: number): Uint32Array {
  const sorted = [...columns].sort((a, b) => (a.name < b.name ? -1 : 1))
  const first = new Uint32Array(rows)
  const second = new Uint32Array(rows)
  for (const { name, values, codes } of sorted) {
    const [one, two] = [hashOf(name, 0x811c9dc5), hashOf(name, 0x2c1b3c6d)]
    const ones = Uint32Array.from(values, value => mixed(hashOf(value, one)))
    const twos = Uint32Array.from(values, value => mixed(hashOf(value, two)))
    for (let row = 0; row < rows; row++) {
      const code = codes[row]!
      if (code === 0) continue
      first[row]! += ones[code - 1]!
      second[row]! += twos[code - 1]!
    }
  }
  const compared = (a: number, b: number): number => {
    for (const { codes, values } of sorted) {
      const [x, y] = [codes[a]!, codes[b]!]
      if (x === y) continue
      if (x === 0 || y === 0) return x - y
      if (values[x - 1] !== values[y - 1]) return values[x - 1]! < values[y - 1]! ? -1 : 1
    }
    return a - b
  }
  return sortedByHash(first, (a, b) => first[a]! - first[b]! || second[a]! - second[b]! || compared(a, b))
}

/** Buckets up to this size are put in order in place. */
const SHORT = 32

/** Numbers of rows in the order of `compare`, whose first word are these hashes: dealt to buckets by their high bits first. */
function sortedByHash(hashes: Uint32Array, compare: (a: number, b: number) => number): Uint32Array {
  let shift = 32
  while (shift > 12 && 1 << (32 - shift) < hashes.length) shift--
  const from = new Uint32Array((shift === 32 ? 1 : 1 << (32 - shift)) + 1)
  const bucket = (row: number): number => (shift === 32 ? 0 : hashes[row]! >>> shift)
  for (let row = 0; row < hashes.length; row++) from[bucket(row) + 1]!++
  for (let at = 1; at < from.length; at++) from[at]! += from[at - 1]!
  const next = from.slice()
  const order = new Uint32Array(hashes.length)
  for (let row = 0; row < hashes.length; row++) order[next[bucket(row)]!++] = row
  for (let at = 0; at + 1 < from.length; at++) {
    const [start, end] = [from[at]!, from[at + 1]!]
    if (end - start > SHORT) {
      order.subarray(start, end).sort(compare)
      continue
    }
    for (let place = start + 1; place < end; place++) {
      const moved = order[place]!
      let to = place
      while (to > start && compare(order[to - 1]!, moved) > 0) {
        order[to] = order[to - 1]!
        to--
      }
      order[to] = moved
    }
  }
  return order
}

/** Records in the order of the rows that the spreadsheet shows. */
export function inFileOrder(table: Table): Uint32Array {
  const rows = integersOf(table, 'row')
  let last = 0
  for (let record = 0; record < rows.length; record++) if (rows[record]! > last) last = rows[record]!
  // Row numbers are dense, unless most rows of a sheet are empty.
  if (last > 4 * rows.length + 1024) return Uint32Array.from({ length: table.rows }, (_, record) => record).sort((a, b) => rows[a]! - rows[b]! || a - b)
  const at = new Uint32Array(last + 2)
  for (let record = 0; record < rows.length; record++) at[rows[record]! + 1]!++
  for (let row = 0; row <= last; row++) at[row + 1]! += at[row]!
  const order = new Uint32Array(rows.length)
  for (let record = 0; record < rows.length; record++) order[at[rows[record]!]!++] = record
  return order
}
