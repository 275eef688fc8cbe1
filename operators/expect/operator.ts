/** The operator `expect`: what the finished dataset promises, held against it. */
import type { Operator } from '../../kernel/types.ts'
import { EXPECT_CONFIG, expectStep } from './step.ts'

export const operator: Operator = {
  id: 'expect',
  version: '1.2.0',
  summary: 'Holds the finished dataset to the rules of its fields and to the expectations of the profile',
  inputs: { dataset: { kind: 'dataset' }, processed: { kind: 'dataset', optional: true }, entities: { kind: 'entities' }, valid: { kind: 'valid' } },
  outputs: { checks: { kind: 'checks' } },
  config: EXPECT_CONFIG,
  entropy: ['none'],
  isolation: 'none',
  run: (inputs, config, context) => expectStep(inputs, config, context, 'table')
}
