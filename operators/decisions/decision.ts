/** A decision of a person about two records, as a line of `decisions.jsonl` holds it, and as a line is written. */
import { canonicalJson } from '../../kernel/json.ts'
import type { Json } from '../../kernel/types.ts'
import type { Decision } from '../../schemas/generated/decision.ts'

export type { Decision }
export type Verdict = Decision['decision']

/** A decision with its place in the file, from 1. */
export interface NumberedDecision extends Decision {
  readonly line: number
}

/** The same for a pair in either order. */
export function pairKey(a: string, b: string): string {
  return a < b ? `${a}\u0000${b}` : `${b}\u0000${a}`
}

/** The line of a decision, with its line end: canonical JSON, so that equal decisions are equal lines. */
export function decisionLine(decision: Decision): string {
  return `${canonicalJson(decision as unknown as Json)}\n`
}

const MOST_LISTED = 8

/** Words for people: `line 3`, `lines 3 and 7`. */
export function linesText(lines: readonly number[]): string {
  if (lines.length === 1) return `line ${lines[0]}`
  const sorted = [...lines].sort((a, b) => a - b)
  if (sorted.length > MOST_LISTED) return `lines ${sorted.slice(0, MOST_LISTED).join(', ')} and ${sorted.length - MOST_LISTED} more`
  return `lines ${sorted.slice(0, -1).join(', ')} and ${sorted.at(-1)}`
}
