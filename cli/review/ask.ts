/** `hotpass resolve review`: asks pair by pair in the terminal, blind first. Every answer is on disk before the next question. */
import { EXIT, HotpassError } from '../../kernel/error.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { decisionLine, type Decision } from '../../operators/decisions/decision.ts'
import { percent } from '../../operators/explain/pair.ts'
import { signed } from '../../operators/explain/pair-svg.ts'
import { answerOf, ANSWERS } from '../../operators/review/answer.ts'
import { reviewQueue, type QueuedPair } from '../../operators/review/queue.ts'
import { deciderOf, loadDecisions, nowInstant, openDecisions } from './decisions-file.ts'
import { decisionsPath, openLinkage } from './source.ts'

const MOST = 100_000
const HELP = 's same, d different, u unsure, b back to the one before, q quit. A reason may follow: "d other phone".'

/** Both records, field beside field. Without the model's opinion. */
export function pairText(fields: readonly string[], { a, b }: QueuedPair, columns: number): string {
  const rows = fields.map((name, at) => [name, a.values[at] ?? '', b.values[at] ?? ''] as const).filter(([, left, right]) => left !== '' || right !== '')
  const room = Number.isFinite(columns) ? Math.max(50, columns) : 100
  const head = Math.min(22, Math.max(6, ...rows.map(([name]) => name.length)))
  const side = Math.max(12, Math.floor((room - head - 8) / 2))
  const cut = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width))
  const clean = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ')
  const line = (name: string, left: string, mark: string, right: string): string => `  ${cut(clean(name), head)}  ${cut(clean(left), side)} ${mark} ${cut(clean(right), side)}`.trimEnd()
  const named = ({ id, source }: QueuedPair['a']): string => (source === '' ? id : `${id} (${source})`)
  return [line('', named(a), ' ', named(b)), ...rows.map(([name, left, right]) => line(name, left, left === '' || right === '' ? ' ' : left === right ? '=' : '≠', right))].join('\n')
}

/** What the model thought, told after the answer. */
function afterText({ probability, evidence }: QueuedPair): string {
  const parts = evidence.filter(({ rank }) => rank > 0).sort((x, y) => Math.abs(y.weight) - Math.abs(x.weight)).slice(0, 5)
  return `  the model: ${percent(probability)} likely the same${parts.length === 0 ? '' : ` (${parts.map(({ comparison, level, weight }) => `${comparison} ${level} ${signed(weight)}`).join(', ')})`}`
}

/** Clusters that answers have put together, so that nothing is asked twice. */
function createJoined(): { find(cluster: number): number; join(a: number, b: number): void } {
  const parent = new Map<number, number>()
  const find = (cluster: number): number => {
    let at = cluster
    while (parent.has(at)) at = parent.get(at)!
    return at
  }
  return {
    find,
    join(a, b) {
      const [x, y] = [find(a), find(b)]
      if (x !== y) parent.set(y, x)
    }
  }
}

interface Answered { readonly pair: QueuedPair; readonly word: string }

/** Throws E_USAGE where nobody can answer, E_DECISIONS, and what opening the linkage throws. */
export async function reviewInTerminal(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const { prompt } = host
  if (prompt === undefined) {
    throw new HotpassError('E_USAGE', 'resolve review asks in a terminal, and there is none here', { hint: 'hotpass resolve review export --to review.xlsx writes a workbook to fill in; hotpass resolve review import review.xlsx takes it back' })
  }
  const by = deciderOf(input, host)
  if (by === '') throw new HotpassError('E_USAGE', 'it is not known who decides', { hint: 'give a name with --by' })
  const source = await openLinkage(input, host)
  const { linkage, request } = source
  source.store.close()
  const place = decisionsPath(request, host)
  const { standing } = loadDecisions(place)
  const queue = reviewQueue({ ...linkage, decisions: standing }, MOST)
  const limit = (input['limit'] as number | undefined) ?? Infinity
  const columns = (host.env['COLUMNS'] ?? '').match(/^\d+$/) ? Number(host.env['COLUMNS']) : 100
  const file = queue.pairs.length === 0 ? undefined : openDecisions(place, host)
  const counts = { same: 0, different: 0, unsure: 0, withdrawn: 0 }
  const done: Answered[] = []
  let said = ''
  try {
    for (let at = 0, asked = 0; at < queue.pairs.length && asked < limit; ) {
      const pair = queue.pairs[at]!
      // Decided in this sitting by what was decided before: the two are together through others.
      const together = createJoined()
      for (const { pair: own, word } of done) if (word === 'same') together.join(own.clusters[0], own.clusters[1])
      if (together.find(pair.clusters[0]) === together.find(pair.clusters[1])) {
        at++
        continue
      }
      const reply = await prompt(`${said}\n${at + 1} of ${queue.pairs.length}${pair.follows ? ' (these two groups were asked about before)' : ''}\n${pairText(queue.fields, pair, columns)}\n  the same? [s/d/u/b/q/?] `)
      said = ''
      if (reply === null) break
      const [, letter, reason] = /^\s*(\S*)\s*(.*)$/s.exec(reply)!
      const word = letter!.toLowerCase()
      if (/^(q|quit|exit)$/.test(word)) break
      if (/^(b|back)$/.test(word)) {
        const last = done.pop()
        if (last === undefined) {
          said = '  there is nothing to go back to in this sitting\n'
          continue
        }
        file!.append(decisionLine({ decision: 'withdraw', a: last.pair.a.id, b: last.pair.b.id, by, at: nowInstant() }))
        counts[last.word as 'same']--
        counts.withdrawn++
        asked--
        at = queue.pairs.indexOf(last.pair)
        continue
      }
      const answer = word === '?' || word === '' ? undefined : answerOf(word)
      if (answer === undefined) {
        said = `  ${HELP}\n`
        continue
      }
      const decision: Decision = { decision: ANSWERS.get(answer)!, a: pair.a.id, b: pair.b.id, by, at: nowInstant(), ...(reason!.trim() === '' ? {} : { why: reason!.trim().slice(0, 2000) }), seen: { a: pair.a.seen, b: pair.b.seen, probability: pair.probability, blind: true, from: 'terminal' } }
      file!.append(decisionLine(decision))
      counts[answer as 'same']++
      done.push({ pair, word: answer })
      said = `${afterText(pair)}\n`
      at++
      asked++
    }
  } finally {
    file?.close()
  }
  const decided = counts.same + counts.different + counts.unsure
  const left = queue.pairs.length - decided
  return {
    exit: EXIT.ok,
    result: { schema, run_id: source.recorded.run.identity.run_id, decisions: place.shown, by, ...counts, left: Math.max(0, left), settled: queue.settled, next: decided + counts.withdrawn === 0 ? [] : ['hotpass resolve'] }
  }
}
