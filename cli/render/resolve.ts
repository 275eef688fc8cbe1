/** Text of `hotpass resolve`. */
import { count, countOf, pairsText, printable, tableText } from './paint.ts'
import type { RenderOptions } from './index.ts'
import { runText } from './runs.ts'

interface Level { readonly label: string; readonly m: number; readonly u: number; readonly weight: number }

const bits = (weight: number): string => `${weight < 0 ? '' : '+'}${(weight / 1000).toFixed(1)}`

function planText(plan: any, { paint }: RenderOptions): string {
  const fields = (plan.fields as readonly any[]).map(({ name, type, origin, filled, distinct, reason }) => [printable(name), type, origin, count(filled), count(distinct), printable(reason)])
  const comparisons = (plan.comparisons as readonly any[]).flatMap(({ name, type, term_frequency, levels }) => [
    [paint.bold(printable(name)), type, term_frequency ? 'rare values weigh more' : '', '', ''],
    ...(levels as readonly Level[]).map(({ label, m, u, weight }) => ['', printable(label), bits(weight), m.toFixed(4), u.toFixed(4)])
  ])
  const rules = (plan.rules as readonly any[]).map(({ name, kind, estimated_pairs, pairs_left_out, used, reason }) => [used ? 'yes' : 'no', printable(name), kind, count(estimated_pairs), count(pairs_left_out), reason])
  return [
    paint.bold('Columns'),
    tableText(['column', 'taken for', 'origin', '>filled', '>distinct', 'because'], fields, paint),
    '',
    paint.bold('Comparisons'),
    tableText(['comparison', 'level', '>bits', '>matches', '>others'], comparisons, paint),
    '',
    paint.bold(`Blocking, within ${count(plan.budget)} of ${count(plan.possible_pairs)} possible pairs`),
    tableText(['used', 'rule', 'kind', '>pairs', '>left out', 'because'], rules, paint)
  ].join('\n')
}

export function resolveText(result: any, options: RenderOptions): string {
  const { paint } = options
  const { pairs, thresholds } = result
  const told = pairsText(
    [
      ['pairs', `${count(pairs.compared)} compared, ${count(pairs.match)} match (≥ ${thresholds.match}), ${count(pairs.review)} to review (≥ ${thresholds.review})${pairs.split === 0 ? '' : `, ${count(pairs.split)} taken apart at weak bridges`}`],
      ...(result.review === null ? [] : [['review', `${count(result.review.sent)} pairs sent to project ${result.review.project} at ${printable(result.review.to)}${result.review.known > 0 ? `, ${count(result.review.known)} were there` : ''}`] as const]),
      ['decisions', `${countOf(pairs.must_link, 'must-link')}, ${countOf(pairs.cannot_link, 'cannot-link')}`]
    ],
    paint
  )
  // A run that ended before pairs were weighed has nothing to tell of them.
  if (thresholds.match === 0) return runText(result, options)
  return [...(result.plan === null ? [] : [planText(result.plan, options), '']), told, '', runText(result, options)].join('\n')
}
