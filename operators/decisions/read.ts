/** A file of decisions, checked as a whole, or the one error that says what to mend. */
import { HotpassError } from '../../kernel/error.ts'
import { contradictions, contradictionText } from './contradiction.ts'
import type { NumberedDecision } from './decision.ts'
import { parseDecisions, standing } from './parse.ts'

/** How many faults a message tells; the rest is counted. */
const TOLD = 3

export interface DecisionFile {
  /** Every line. */
  readonly all: readonly NumberedDecision[]
  /** Those that count. */
  readonly standing: readonly NumberedDecision[]
}

/**
 * The decisions of a file. `shown` is the file as people should see it. Throws E_DECISIONS with the lines at fault: for
 * a line that is no decision, and for decisions that contradict each other.
 */
export function readDecisions(bytes: Uint8Array, shown: string): DecisionFile {
  const { decisions, faults } = parseDecisions(bytes)
  const place = (line: number): { file: string; line: number } => ({ file: shown, line })
  if (faults.length > 0) {
    const [first] = faults
    const more = faults.length > 1 ? `, and ${faults.length - 1} more ${faults.length === 2 ? 'line is' : 'lines are'} wrong` : ''
    throw new HotpassError('E_DECISIONS', `${shown} line ${first!.line} ${first!.message}${more}`, { place: place(first!.line), hint: first!.hint, details: { lines: faults.map(({ line }) => line) } })
  }
  const counted = standing(decisions)
  const against = contradictions(counted)
  if (against.length > 0) {
    const told = against.slice(0, TOLD).map(contradictionText).join('; ')
    throw new HotpassError('E_DECISIONS', `${shown} contradicts itself: ${told}${against.length > TOLD ? `; and ${against.length - TOLD} more` : ''}`, {
      place: place(against[0]!.apart),
      hint: 'remove one of these lines, or add a line with "decision": "withdraw" for the two records whose decision no longer counts',
      details: { contradictions: against }
    })
  }
  return { all: decisions, standing: counted }
}
