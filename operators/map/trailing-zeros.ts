/** Numbers that are two texts: `1.1` and `1.10` are one amount, but two versions. */
import { KIND } from '../../kernel/artifact/table.ts'
import type { ColumnEvidence } from '../model/evidence.ts'
import { headerWords } from '../model/header.ts'
import { MONEY } from './infer.ts'

const FRACTION = /^\s*(\d{1,6}\.\d*?[1-9])(0*)\s*$/

/** Two of a column's sampled texts that differ only in zeros after a fraction; null when there are none, or they are money. */
export function sameButZeros(header: string, { sample, kinds }: ColumnEvidence): readonly [string, string] | null {
  if (headerWords(header).some(word => MONEY.has(word))) return null
  const seen = new Map<string, string>()
  for (const [index, text] of sample.entries()) {
    const match = kinds[index] === KIND.number ? null : FRACTION.exec(text)
    if (match === null) continue
    const before = seen.get(match[1]!)
    if (before === undefined) seen.set(match[1]!, text.trim())
    else if (before !== text.trim()) return [before, text.trim()]
  }
  return null
}
