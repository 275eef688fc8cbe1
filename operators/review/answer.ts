/** Answers of a reviewer, from whichever form they come, as decisions. */
import { pairKey, type Decision, type NumberedDecision, type Verdict } from '../decisions/decision.ts'
import { pairIdOf } from './queue.ts'

/** What a reviewer may answer, and the decision that it is. */
export const ANSWERS: ReadonlyMap<string, Exclude<Verdict, 'withdraw'>> = new Map([
  ['same', 'must-link'],
  ['different', 'cannot-link'],
  ['unsure', 'unsure']
])

export interface Answer {
  readonly pair_id: string
  readonly a: string
  readonly b: string
  /** As it was filled in. */
  readonly answer: string
  readonly why: string
  readonly by: string
  /** RFC 3339, or '' for now. */
  readonly at: string
  readonly seen?: Decision['seen']
  /** Where it stands, for messages: `review.xlsx, Review!B4`. */
  readonly place: string
}

/** What is wrong with an answer, and where. */
export interface AnswerFault {
  readonly place: string
  readonly message: string
}

export interface Accepted {
  /** To be appended, in the order in which they came. */
  readonly decisions: readonly Decision[]
  /** Answers that the file holds already. */
  readonly known: number
  readonly faults: readonly AnswerFault[]
}

/** Words that people write for the answers. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ...['same', 's', 'yes', 'y', 'match', 'must-link', '1'].map(word => [word, 'same'] as const),
  ...['different', 'd', 'no', 'n', 'no match', 'cannot-link', '0'].map(word => [word, 'different'] as const),
  ...['unsure', 'u', '?', 'maybe', 'skip'].map(word => [word, 'unsure'] as const)
])

/** `same`, `different` or `unsure`; undefined for anything else. */
export function answerOf(text: string): string | undefined {
  return SPELLINGS.get(text.trim().toLowerCase())
}

/**
 * Turns answers into decisions. `standing` are the decisions that count already; `by` and `at` stand in where an answer
 * says neither. An answer against a decision that stands, or against another answer, is a fault: people must agree first.
 */
export function acceptAnswers(answers: readonly Answer[], standing: readonly NumberedDecision[], by: string, at: string): Accepted {
  const decisions: Decision[] = []
  const faults: AnswerFault[] = []
  const before = new Map<string, { readonly decision: Verdict; readonly place: string }>()
  for (const { decision, a, b, line } of standing) if (decision !== 'unsure') before.set(pairKey(a, b), { decision, place: `line ${line} of the decisions` })
  const unsure = new Set(standing.filter(({ decision }) => decision === 'unsure').map(({ a, b }) => pairKey(a, b)))
  let known = 0
  for (const answer of answers) {
    const { pair_id, a, b, place } = answer
    const word = answerOf(answer.answer)
    const fault = (message: string): void => void faults.push({ place, message })
    if (word === undefined) {
      fault(`holds no answer: it must be ${[...ANSWERS.keys()].join(', ')} or empty`)
      continue
    }
    if (a === '' || b === '' || pairIdOf(a, b) !== pair_id) {
      fault('does not belong to these two records: their ids or the pair id were changed')
      continue
    }
    const who = answer.by.trim() === '' ? by : answer.by.trim()
    if (who === '') {
      fault('says not who decided: fill in `by`, or give --by')
      continue
    }
    const decision = ANSWERS.get(word)!
    const key = pairKey(a, b)
    const other = before.get(key)
    if (other?.decision === decision || (decision === 'unsure' && (other !== undefined || unsure.has(key)))) {
      known++
      continue
    }
    if (other !== undefined) {
      fault(`says ${word}, but ${other.place} says ${wordOf(other.decision)}`)
      continue
    }
    if (decision !== 'unsure') before.set(key, { decision, place })
    else unsure.add(key)
    const why = answer.why.trim().slice(0, 2000)
    decisions.push({ decision, a, b, by: who.slice(0, 200), at: answer.at === '' ? at : answer.at, ...(why === '' ? {} : { why }), ...(answer.seen === undefined ? {} : { seen: answer.seen }) })
  }
  return { decisions, known, faults }
}

function wordOf(decision: Verdict): string {
  for (const [word, verdict] of ANSWERS) if (verdict === decision) return word
  return decision
}
