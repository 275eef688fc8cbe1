/** Gives each column of a table one meaning, so that no two land silently on one field. */
import type { Candidate, Subject } from './candidates.ts'
import type { Target } from './targets.ts'

export interface Assignment {
  readonly target: Target | null
  readonly confidence: number
  readonly reason: string
}

interface Option {
  readonly column: number
  readonly candidate: Candidate
  /** What the column would fall back to. */
  readonly next: number
}

/**
 * Best candidates first. A single field goes to the most confident column, then to the one with the least to fall
 * back on, then to the fuller, then to the first; a column that lost tries its next candidate.
 */
export function assign(subjects: readonly Subject[], candidates: readonly (readonly Candidate[])[], taken: ReadonlyMap<number, Assignment>): Assignment[] {
  const options: Option[] = []
  candidates.forEach((list, column) => {
    if (taken.has(column)) return
    const sorted = [...list].sort((a, b) => b.confidence - a.confidence || (a.target.id < b.target.id ? -1 : a.target.id > b.target.id ? 1 : 0))
    sorted.forEach((candidate, index) => options.push({ column, candidate, next: sorted[index + 1]?.confidence ?? 0 }))
  })
  options.sort((a, b) =>
    b.candidate.confidence - a.candidate.confidence ||
    a.next - b.next ||
    subjects[b.column]!.evidence.filled - subjects[a.column]!.evidence.filled ||
    a.column - b.column
  )
  const owner = new Map<string, number>()
  for (const [column, { target }] of taken) if (target !== null && !target.several) owner.set(target.id, column)
  const out = new Map<number, Assignment>(taken)
  const lost = new Map<number, Candidate & { readonly to: number }>()
  for (const { column, candidate } of options) {
    if (out.has(column)) continue
    const { target } = candidate
    const holder = target.several ? undefined : owner.get(target.id)
    if (holder !== undefined) {
      if (!lost.has(column)) lost.set(column, { ...candidate, to: holder })
      continue
    }
    if (!target.several) owner.set(target.id, column)
    const defeat = lost.get(column)
    const reason = defeat === undefined ? candidate.reason : `${candidate.reason}; ${defeat.target.id} went to column ${subjects[defeat.to]!.letter}`
    out.set(column, { target, confidence: candidate.confidence, reason })
  }
  return subjects.map((_, column) => {
    const found = out.get(column)
    if (found !== undefined) return found
    const defeat = lost.get(column)
    if (defeat !== undefined) return { target: null, confidence: 0, reason: `${defeat.target.id} went to column ${subjects[defeat.to]!.letter}, which fits it better; kept as an extra` }
    return { target: null, confidence: 0, reason: 'no field has this name, and the values do not tell; kept as an extra' }
  })
}
