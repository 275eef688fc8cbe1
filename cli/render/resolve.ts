/** Text of `hotpass resolve`. */
import { count, countOf, pairsText, printable, tableText } from './paint.ts'
import type { RenderOptions } from './index.ts'
import { runText } from './runs.ts'

interface Level { readonly label: string; readonly m: number; readonly u: number; readonly weight: number }

const bits = (weight: number): string => `${weight < 0 ? '' : '+'}${(weight / 1000).toFixed(1)}`

/** A value as YAML in one line, which JSON is; what a terminal must not be sent is escaped. */
const inLine = (value: unknown): string => JSON.stringify(value).replace(/[\u007f-\u009f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/g, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
const inBraces = (block: object): string => `{ ${Object.entries(block).map(([key, value]) => `${key}: ${/^[a-z][a-z-]*$/.test(String(value)) && typeof value === 'string' ? value : inLine(value)}`).join(', ')} }`

/** Comparisons and rules as the profile takes them. */
function profileText({ comparisons, blocking = [] }: { readonly comparisons: Readonly<Record<string, object>>; readonly blocking?: readonly object[] }): string {
  return [
    'refine:',
    '  linkage:',
    ...(Object.keys(comparisons).length === 0 ? [] : ['    comparisons:', ...Object.entries(comparisons).map(([name, how]) => `      ${inLine(name)}: ${inBraces(how)}`)]),
    ...(blocking.length === 0 ? [] : ['    blocking:', ...blocking.map(rule => `      - ${inBraces(rule)}`)])
  ].join('\n')
}

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
    tableText(['used', 'rule', 'kind', '>pairs', '>left out', 'because'], rules, paint),
    '',
    paint.bold('The same as a part of a profile'),
    profileText(plan.profile.refine.linkage)
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
