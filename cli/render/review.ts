/** Text of the commands about reviews. */
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
