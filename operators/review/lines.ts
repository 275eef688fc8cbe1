/** The review queue as JSON Lines, and answers filled into it. */
import { canonicalJson } from '../../kernel/json.ts'
import { validatorFor } from '../../kernel/schema.ts'
import type { Json } from '../../kernel/types.ts'
import { schema, type ReviewPair } from '../../schemas/generated/review-pair.ts'
import type { Answer, AnswerFault } from './answer.ts'
import type { QueuedPair, ReviewQueue } from './queue.ts'
import type { SeenRecord } from './record.ts'

/** Values by field; a field named like a key of JavaScript's objects is safe, because the object has no prototype. */
function valuesOf(fields: readonly string[], record: SeenRecord): Record<string, string | null> {
  const values = Object.create(null) as Record<string, string | null>
  fields.forEach((name, at) => void (values[name] = record.values[at] ?? null))
  return values
}

function lineOf(fields: readonly string[], pair: QueuedPair): ReviewPair {
  const record = (own: SeenRecord): ReviewPair['a'] => ({ id: own.id, source: own.source, seen: own.seen, values: valuesOf(fields, own) })
  return {
    schema: schema.$id,
    pair_id: pair.pair_id,
    rank: pair.rank,
    gain: pair.gain,
    probability: pair.probability,
    weight: pair.weight,
    role: pair.role,
    a: record(pair.a),
    b: record(pair.b),
    evidence: pair.evidence.map(({ comparison, fields: compared, level, weight }) => ({ comparison, fields: [...compared], level, weight })),
    decision: null,
    why: null,
    by: null
  }
}

/** The queue as text, one pair a line. */
export function queueLines({ fields, pairs }: ReviewQueue): string {
  return pairs.map(pair => `${canonicalJson(lineOf(fields, pair) as unknown as Json)}\n`).join('')
}

/** The answers in a queue that was handed back. Lines without an answer are left out. */
export function answersInLines(text: string, shown: string): { readonly answers: readonly Answer[]; readonly faults: readonly AnswerFault[]; readonly pairs: number } {
  const answers: Answer[] = []
  const faults: AnswerFault[] = []
  const validate = validatorFor(schema)
  let pairs = 0
  text.split('\n').forEach((raw, index) => {
    if (raw.trim() === '') return
    const place = `${shown} line ${index + 1}`
    let value: unknown
    try {
      value = JSON.parse(raw.trim())
    } catch {
      return void faults.push({ place, message: 'is not JSON' })
    }
    const problem = validate(value)[0]
    if (problem !== undefined) return void faults.push({ place, message: `${problem.path.join('.')}${problem.path.length === 0 ? '' : ': '}${problem.message}` })
    pairs++
    const { pair_id, a, b, decision, why, by, probability } = value as ReviewPair
    if (decision === null) return
    answers.push({ pair_id, a: a.id, b: b.id, answer: decision, why: why ?? '', by: by ?? '', at: '', seen: { a: a.seen, b: b.seen, probability, blind: false, from: 'jsonl' }, place })
  })
  return { answers, faults, pairs }
}
