/** The operator `decisions`: a file of decisions as clustering takes it. Contradictions were refused before the run; a replay finds them again. */
import type { Operator } from '../../kernel/types.ts'
import type { LinkDecisions } from '../linkage/stages.ts'
import { readDecisions } from './read.ts'

/** The decisions of a file that stand and say something, with the reason and what was seen. Throws E_DECISIONS. */
export function linkDecisions(bytes: Uint8Array, file: string): LinkDecisions {
  return {
    file,
    decisions: readDecisions(bytes, file).standing.flatMap(({ decision, a, b, by, at, why, seen, line }) =>
      decision === 'must-link' || decision === 'cannot-link' ? [{ decision, a, b, by, at, reason: why ?? '', ...(seen === undefined ? {} : { evidence: { ...seen } }), line }] : []
    )
  }
}

export const operator: Operator = {
  id: 'decisions',
  version: '1.0.0',
  summary: 'Reads what people decided about records: which are one entity, and which are not',
  inputs: { file: { kind: 'bytes' } },
  outputs: { decisions: { kind: 'link-decisions' } },
  config: [],
  entropy: ['none'],
  run(inputs) {
    return { decisions: linkDecisions(inputs['file']![0]!.value as Uint8Array, 'the decisions') }
  }
}
