/** The operator `expect.changes`: expectations about what changed since the run before, whose dataset is an input. */
import type { Operator } from '../../../kernel/types.ts'
import { EXPECT_CONFIG, expectStep } from '../step.ts'

export const operator: Operator = {
  id: 'expect.changes',
  version: '1.1.0',
  summary: 'Holds the finished dataset against that of the run before',
  inputs: { dataset: { kind: 'dataset' }, processed: { kind: 'dataset', optional: true }, previous: { kind: 'dataset', optional: true }, entities: { kind: 'entities' }, valid: { kind: 'valid' } },
  outputs: { checks: { kind: 'checks' } },
  config: EXPECT_CONFIG,
  entropy: ['none'],
  run: (inputs, config, context) => expectStep(inputs, config, context, 'previous')
}
