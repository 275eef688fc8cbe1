/** The operator `expect.fresh`: expectations that need the day that it is. A strict run has to pin it. */
import type { Operator } from '../../../kernel/types.ts'
import { EXPECT_CONFIG, expectStep } from '../step.ts'

export const operator: Operator = {
  id: 'expect.fresh',
  version: '1.2.0',
  summary: 'Holds the dates of the finished dataset to the day of the run',
  inputs: { dataset: { kind: 'dataset' }, processed: { kind: 'dataset', optional: true }, entities: { kind: 'entities' }, valid: { kind: 'valid' } },
  outputs: { checks: { kind: 'checks' } },
  config: EXPECT_CONFIG,
  entropy: ['clock'],
  run: (inputs, config, context) => expectStep(inputs, config, context, 'clock')
}
