/** The steps of linkage: those that weigh records and put them together, and those that set them between keys and merging. */
import type { Step, StepInput } from '../../kernel/pipeline.ts'

const of = (step: string, slot: string): readonly StepInput[] => [{ step, slot }]

/** From records to clusters: block, compare, estimate, score, cluster. */
export function weighSteps(records: readonly StepInput[], decisions: readonly StepInput[]): readonly Step[] {
  const compared = [1, 2].map(part => ({ step: `linkage.compare:${part}`, slot: 'pairs' }))
  return [
    { id: 'linkage.block', operator: 'linkage.block', inputs: { records } },
    ...compared.map(({ step }, at): Step => ({ id: step, operator: 'linkage.compare', inputs: { records, plan: of('linkage.block', 'plan'), part: of('linkage.block', `part${at + 1}`) } })),
    { id: 'linkage.estimate', operator: 'linkage.estimate', inputs: { records, plan: of('linkage.block', 'plan'), pairs: compared } },
    { id: 'linkage.score', operator: 'linkage.score', inputs: { records, model: of('linkage.estimate', 'model'), pairs: compared } },
    { id: 'linkage.cluster', operator: 'linkage.cluster', inputs: { records, scores: of('linkage.score', 'scores'), decisions } }
  ]
}

/** Linkage within a run: from valid rows and what keys have put together to the clusters that are merged. */
export function linkSteps(valid: readonly StepInput[], matched: readonly StepInput[], decisions: readonly StepInput[]): readonly Step[] {
  const decided = decisions.length === 0 ? {} : { decisions }
  return [
    { id: 'linkage.rows', operator: 'linkage.rows', inputs: { valid, clusters: matched, ...decided } },
    ...weighSteps(of('linkage.rows', 'records'), of('linkage.rows', 'certain')),
    { id: 'linkage.unite', operator: 'linkage.unite', inputs: { valid, clusters: matched, linked: of('linkage.cluster', 'clusters'), ...decided } }
  ]
}
