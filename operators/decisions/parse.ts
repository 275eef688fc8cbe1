/** Reads `decisions.jsonl`. A fault is told with its line; nothing of the file is passed over in silence. */
import { validatorFor } from '../../kernel/schema.ts'
import { schema } from '../../schemas/generated/decision.ts'
import { pairKey, type Decision, type NumberedDecision } from './decision.ts'

/** Longest line and most lines: a file of decisions is written by people. */
const LONGEST_LINE = 65_536
const MOST_LINES = 1_000_000

export interface DecisionFault {
  /** From 1. */
  readonly line: number
  readonly message: string
  readonly hint: string
}

export interface ParsedDecisions {
  /** Every line, in order. */
  readonly decisions: readonly NumberedDecision[]
  readonly faults: readonly DecisionFault[]
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** The decisions of a file, and what is wrong with it. */
export function parseDecisions(bytes: Uint8Array): ParsedDecisions {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { decisions: [], faults: [{ line: 1, message: 'is not UTF-8 text', hint: 'save the file as UTF-8' }] }
  }
  const decisions: NumberedDecision[] = []
  const faults: DecisionFault[] = []
  const validate = validatorFor(schema)
  const lines = text.split('\n')
  const last = lines.length - 1
  if (lines.length > MOST_LINES) return { decisions, faults: [{ line: MOST_LINES + 1, message: `has more than ${MOST_LINES} lines`, hint: 'split the file' }] }
  lines.forEach((raw, index) => {
    const line = index + 1
    const content = raw.trim()
    if (content === '') return
    if (content.length > LONGEST_LINE) return void faults.push({ line, message: `is longer than ${LONGEST_LINE} characters`, hint: 'a decision is one short JSON object' })
    const value = valueOf(content)
    if (value === undefined) {
      // A process that was killed while it appended leaves a line without an end.
      if (index === last) return void faults.push({ line, message: 'is cut short', hint: 'remove it, or run hotpass resolve review, which mends the file' })
      return void faults.push({ line, message: 'is not JSON', hint: 'each line is one JSON object, such as {"decision":"cannot-link","a":"r1","b":"r2","by":"Thandi","at":"2026-01-31T09:00:00Z"}' })
    }
    const problem = validate(value)[0]
    if (problem !== undefined) {
      const at = problem.path.join('.')
      return void faults.push({ line, message: `${at === '' ? '' : `${at}: `}${problem.message}`, hint: problem.suggestion === undefined ? 'see the schema decision.v1.json' : `did you mean "${problem.suggestion}"?` })
    }
    const decision = value as Decision
    if (decision.a === decision.b) return void faults.push({ line, message: 'names one record twice', hint: 'a decision is about two records' })
    decisions.push({ ...decision, line })
  })
  return { decisions, faults }
}

/** The decisions that count: those that no later line about the same two records withdraws. In order. */
export function standing(decisions: readonly NumberedDecision[]): readonly NumberedDecision[] {
  const withdrawn = new Map<string, number>()
  for (const { decision, a, b, line } of decisions) if (decision === 'withdraw') withdrawn.set(pairKey(a, b), line)
  return decisions.filter(({ decision, a, b, line }) => decision !== 'withdraw' && line > (withdrawn.get(pairKey(a, b)) ?? 0))
}
