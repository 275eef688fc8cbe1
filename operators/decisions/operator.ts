/** The operator `decisions`: a file of decisions, checked as a whole. */
import type { Operator } from '../../kernel/types.ts'
import type { LinkDecision, LinkDecisions } from '../linkage/stages.ts'
import { readDecisions } from './read.ts'

export const operator: Operator = {
  id: 'decisions',
  version: '1.0.0',
  summary: 'Reads what people decided about pairs of records',
  inputs: { file: { kind: 'bytes' } },
  outputs: { decisions: { kind: 'link-decisions' } },
  config: [],
  entropy: ['none'],
  run(inputs) {
    const { id, value } = inputs['file']![0]!
    const file = id.slice(id.indexOf('/') + 1)
    const decisions = readDecisions(value as Uint8Array, file).standing.flatMap((each): LinkDecision[] => (each.decision === 'withdraw' ? [] : [each as unknown as LinkDecision]))
    return { decisions: { file, decisions } satisfies LinkDecisions }
  }
}
