/** Records that are equal in every compared value: one of them stands for all. */
import type { Comparer } from './comparer.ts'

/** For each record the first that is equal in every compared value (and of the same source, when given); itself when none is. */
export function standIns(comparers: readonly Comparer[], records: number, source: Uint32Array | undefined): Uint32Array {
  const codes = comparers.map(({ values }) => values.codes)
  if (source !== undefined) codes.push(source)
  let slots = 16
  while (slots < records * 2) slots *= 2
  const table = new Uint32Array(slots)
  const standIn = new Uint32Array(records)
  for (let record = 0; record < records; record++) {
    let hash = 0x811c9dc5
    for (const column of codes) hash = Math.imul(hash ^ column[record]!, 0x01000193) ^ (hash >>> 13)
    let slot = (hash ^ (hash >>> 15)) & (slots - 1)
    for (;;) {
      const entry = table[slot]!
      if (entry === 0) {
        table[slot] = record + 1
        standIn[record] = record
        break
      }
      if (codes.every(column => column[entry - 1] === column[record])) {
        standIn[record] = entry - 1
        break
      }
      slot = (slot + 1) & (slots - 1)
    }
  }
  return standIn
}
