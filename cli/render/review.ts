/** Text of the commands about reviews. */
import { percent } from '../../operators/explain/pair.ts'
import { waterfallText } from '../../operators/explain/pair-text.ts'
import { countOf, pairsText, printable, size } from './paint.ts'
import type { RenderOptions } from './index.ts'

const nextText = (next: readonly string[], { paint }: RenderOptions): string => (next.length === 0 ? '' : `\n${paint.bold('Next')}\n${next.map(line => `  ${line}`).join('\n')}`)

function answersText({ same, different, unsure }: { readonly same: number; readonly different: number; readonly unsure: number }): string {
  return `${same} same, ${different} different, ${unsure} unsure`
}

export function reviewText(result: any, options: RenderOptions): string {
  return `${pairsText(
    [
      ['decided', `${answersText(result)}${result.withdrawn > 0 ? `, ${result.withdrawn} withdrawn` : ''}, by ${printable(result.by)}`],
      ['left', countOf(result.left, 'pair')],
      ['decisions', result.decisions]
    ],
    options.paint
  )}\n${nextText(result.next, options)}`
}

export function reviewExportText(result: any, options: RenderOptions): string {
  return `${pairsText([['pairs', `${result.pairs}${result.settled > 0 ? ` (${result.settled} more are settled)` : ''}`], ['written', `${result.path} (${size(result.bytes)}), with values as they are`]], options.paint)}\n${nextText(result.next, options)}`
}

export function reviewTakenText(result: any, options: RenderOptions): string {
  const { paint } = options
  const faults = (result.faults as readonly { place: string; message: string }[]).map(({ place, message }) => `${paint.red('wrong')}  ${printable(`${place} ${message}`)}`)
  const more = result.faults_total > faults.length ? [`       and ${result.faults_total - faults.length} more`] : []
  return `${[...faults, ...more].map(line => `${line}\n`).join('')}${pairsText(
    [
      ['read', `${countOf(result.answers, 'answer')} to ${countOf(result.pairs, 'pair')} from ${printable(result.from)}`],
      ['taken over', `${answersText(result)}${result.known > 0 ? `; ${result.known} known already` : ''}`],
      ['decisions', result.decisions]
    ],
    paint
  )}\n${nextText(result.next, options)}`
}

export function reviewPushText(result: any, options: RenderOptions): string {
  return `${pairsText([['sent', `${countOf(result.sent, 'pair')} to project ${result.project} at ${result.to}${result.known > 0 ? `; ${result.known} were there already` : ''}`], ['decisions', result.decisions]], options.paint)}\n${nextText(result.next, options)}`
}

interface Link { readonly a: string; readonly b: string; readonly probability: number; readonly role: string; readonly sides?: readonly number[] }

const linkText = ({ a, b, probability, role, sides }: Link): string => `  ${printable(a)} and ${printable(b)}  ${role === 'must-link' ? 'decided' : percent(probability)}${sides === undefined ? '' : `, parts ${sides[0]} from ${sides[1]}`}`

export function explainLinkageText(result: any, { paint, columns }: RenderOptions): string {
  const drawn = result.svg === null ? '' : `\nwritten  ${result.svg}\n`
  if (result.cluster === null) return result.pair === null ? result.note : `${waterfallText(result.pair, columns)}${drawn}`
  const { entity, records, size: count, links, equal, holds_until, bridges, chain, doubts, weakest } = result.cluster
  const some = (title: string, list: readonly Link[]): string[] => (list.length === 0 ? [] : ['', paint.bold(title), ...list.slice(0, 10).map(linkText), ...(list.length > 10 ? [`  and ${list.length - 10} more`] : [])])
  return [
    `${paint.bold(entity)}: ${countOf(count, 'record')}, ${countOf(links, 'link')}${equal > 0 ? `, ${countOf(equal, 'record')} equal to another` : ''}`,
    `  ${printable(records.slice(0, 40).join(', '))}${count > 40 ? ', …' : ''}`,
    ...some('What holds it, the weakest first', chain),
    ...some('What would part it: each of these alone', bridges),
    ...some('Within it, but not merged alone', doubts),
    '',
    holds_until === null ? 'It is held by decisions or equality alone.' : `It would fall apart if only pairs above ${percent(holds_until)} were merged.`,
    ...(weakest === null ? [] : ['', paint.bold('Its weakest link'), waterfallText(weakest, columns)])
  ].join('\n') + drawn
}

export function reportLinkageText(result: any, { paint }: RenderOptions): string {
  return pairsText([['written', `${result.path}${result.revealed ? ', with personal values as they are' : ''}`], ['linkage', `${countOf(result.records, 'record')}, ${countOf(result.entities, 'entity', 'entities')}, ${countOf(result.review_open, 'pair')} for a person`]], paint)
}
