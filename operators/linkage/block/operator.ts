/** The operator `linkage.block`: which comparisons and which blocking rules, and the parts in which pairs are compared. */
import type { Frame } from '../../../kernel/artifact/table.ts'
import type { Operator } from '../../../kernel/types.ts'
import { fixedLevels } from '../compare/stated.ts'
import type { LinkSettings } from '../settings.ts'
import type { LinkRecordsMeta } from '../stages.ts'
import { choose, planOf, prepare } from './plan.ts'

export const operator: Operator = {
  id: 'linkage.block',
  version: '1.2.0',
  summary: 'Chooses comparisons by meaning and blocking rules by estimated pairs',
  inputs: { records: { kind: 'link-records' } },
  outputs: { plan: { kind: 'link-plan' }, part1: { kind: 'link-part' }, part2: { kind: 'link-part' } },
  config: ['refine.linkage'],
  entropy: ['none'],
  run(inputs, config, context) {
    const records = inputs['records']![0]!.value as Frame<LinkRecordsMeta>
    const settings = config.refine.linkage as LinkSettings
    const prepared = prepare(records)
    const { fields } = records.meta
    const unused: string[] = []
    const fixed = fixedLevels(settings, prepared.comparers, fields, name => unused.push(name))
    if (unused.length > 0) context.diagnose({ code: 'LINK_COMPARISON_UNUSED', severity: 'warning', message: `${unused.length} field(s) of refine.linkage.comparisons are not compared by themselves here: ${unused.slice(0, 12).join(', ')}`, details: { fields: unused } })
    const plan = planOf(prepared, choose(prepared, settings, fields), fixed)
    if (settings.blocking !== undefined) {
      const idle = plan.rules.filter(({ used }) => !used)
      if (idle.length > 0) context.diagnose({ code: 'LINK_RULE_UNUSED', severity: 'warning', message: `${idle.length} rule(s) of refine.linkage.blocking find no pair: ${idle.slice(0, 12).map(({ name, reason }) => `${name} (${reason})`).join(', ')}`, details: { rules: idle.map(({ name }) => name) } })
    }
    const out = plan.rules.reduce((sum, rule) => sum + rule.pairs_left_out, 0)
    if (out > 0) {
      const blocks = plan.rules.reduce((sum, rule) => sum + rule.blocks_left_out, 0)
      context.diagnose({ code: 'LINK_BLOCKS_LEFT_OUT', severity: 'info', message: `${blocks} block(s) are too large for the budget of ${plan.budget} pairs; their records are found by other rules, or not`, details: { blocks, pairs: out, budget: plan.budget } })
    }
    if (plan.distinct_records < plan.records) {
      context.diagnose({ code: 'LINK_EQUAL_RECORDS', severity: 'info', message: `${plan.records - plan.distinct_records} record(s) equal another in every compared field and are looked at once`, details: { records: plan.records, distinct: plan.distinct_records } })
    }
    return { plan, part1: { part: 1, parts: 2 }, part2: { part: 2, parts: 2 } }
  }
}
