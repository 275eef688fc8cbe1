/** `resolve review export` and `import`: the queue as a file that someone fills in elsewhere, and back. */
import { extname, resolve } from 'node:path'
import { EXIT, HotpassError } from '../../kernel/error.ts'
import { readInput } from '../../kernel/host/inputs.ts'
import { writeOutput } from '../../kernel/host/publish.ts'
import { digestBytes } from '../../kernel/hash.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'
import { DEFAULTS } from '../../operators/model/defaults.ts'
import { readXlsx } from '../../operators/read/xlsx/operator.ts'
import { acceptAnswers, type Answer, type AnswerFault } from '../../operators/review/answer.ts'
import { answersInExport, labelStudioTasks } from '../../operators/review/label-studio.ts'
import { answersInLines, queueLines } from '../../operators/review/lines.ts'
import { reviewQueue, type ReviewQueue } from '../../operators/review/queue.ts'
import { answersInWorkbook } from '../../operators/review/workbook/read.ts'
import { reviewWorkbook } from '../../operators/review/workbook/write.ts'
import { resolveRequest } from '../config/request.ts'
import { shownPath } from '../config/workspace.ts'
import { appendDecisions, deciderOf, loadDecisions, nowInstant, type Place } from './decisions-file.ts'
import { decisionsPath, openLinkage } from './source.ts'

export const DEFAULT_LIMIT = 500
const LARGEST = 200 * 1_048_576
const TOLD = 20

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const WRITERS: ReadonlyMap<string, { readonly form: string; write(queue: ReviewQueue): Uint8Array }> = new Map([
  ['.xlsx', { form: 'workbook', write: reviewWorkbook }],
  ['.jsonl', { form: 'jsonl', write: queue => encode(queueLines(queue)) }],
  ['.json', { form: 'label-studio', write: queue => encode(`${JSON.stringify(labelStudioTasks(queue), null, 1)}\n`) }]
])

/** The queue of the last linkage, without what the decisions answer already. */
export async function queueOf(input: JsonObject, host: CommandHost): Promise<{ readonly queue: ReviewQueue; readonly runId: string; readonly place: Place; readonly request: Awaited<ReturnType<typeof openLinkage>>['request'] }> {
  const source = await openLinkage(input, host)
  source.store.close()
  const place = decisionsPath(source.request, host)
  const { standing } = loadDecisions(place)
  return { queue: reviewQueue({ ...source.linkage, decisions: standing }, (input['limit'] as number | undefined) ?? DEFAULT_LIMIT), runId: source.recorded.run.identity.run_id, place, request: source.request }
}

/** Throws E_USAGE for an ending that is none of the forms, and what writing throws. */
export async function exportReview(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const wanted = (input['to'] as string | undefined) ?? 'review.xlsx'
  const writer = WRITERS.get(extname(wanted).toLowerCase())
  if (writer === undefined) throw new HotpassError('E_USAGE', `--to ${wanted} is in no form that a review has`, { hint: 'end it in .xlsx (a workbook), .jsonl (one pair a line) or .json (tasks for Label Studio)' })
  const { queue, runId, place } = await queueOf(input, host)
  const path = resolve(host.cwd, wanted)
  const shown = shownPath(path, host.cwd)
  const bytes = writer.write(queue)
  await writeOutput({ path, shown }, bytes, { mode: 0o600 })
  host.tell({ event: 'review.values', level: 'warning', message: `${shown} holds values of the records as they are, personal data included; only you can read it` })
  return { exit: EXIT.ok, result: { schema, run_id: runId, path: shown, form: writer.form, pairs: queue.pairs.length, settled: queue.settled, decisions: place.shown, bytes: bytes.length, hash: digestBytes(bytes), next: [`hotpass resolve review import ${shown}`] } }
}

interface Read { readonly answers: readonly Answer[]; readonly faults: readonly AnswerFault[]; readonly pairs: number; readonly edited?: readonly string[] }

function readAnswers(bytes: Uint8Array, path: string, shown: string): Read {
  const ending = extname(path).toLowerCase()
  if (ending === '.xlsx' || ending === '.xlsm') return answersInWorkbook(readXlsx(shown, bytes, DEFAULTS.ingest.limits), shown)
  if (ending !== '.jsonl' && ending !== '.json') throw new HotpassError('E_USAGE', `${shown} is in no form that a review has`, { place: { file: shown }, hint: 'it ends in .xlsx, .jsonl or .json' })
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new HotpassError('E_INPUT_ENCODING', `${shown} is not UTF-8 text`, { place: { file: shown }, cause, hint: 'save it as UTF-8' })
  }
  if (ending === '.jsonl') return answersInLines(text, shown)
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch (cause) {
    throw new HotpassError('E_INPUT_UNREADABLE', `${shown} is not JSON`, { place: { file: shown }, cause, hint: 'export the project of Label Studio as JSON' })
  }
  return answersInExport(value, shown)
}

/** Appends answers to the decisions. A fault is told with its place; with any, nothing is appended unless `partial`. */
export function takeAnswers({ answers, faults, pairs }: Read, place: Place, input: JsonObject, host: CommandHost, what: string): { readonly taken: JsonObject; readonly faults: readonly AnswerFault[]; readonly error: HotpassError | undefined } {
  const { standing } = loadDecisions(place)
  const accepted = acceptAnswers(answers, standing, deciderOf(input, host), nowInstant())
  const wrong = [...faults, ...accepted.faults]
  const partial = input['partial'] === true
  const written = wrong.length === 0 || partial ? accepted.decisions : []
  appendDecisions(place, written, host)
  const counts = { same: 0, different: 0, unsure: 0 }
  for (const { decision } of written) counts[decision === 'must-link' ? 'same' : decision === 'cannot-link' ? 'different' : 'unsure']++
  const [first] = wrong
  const error = first === undefined || partial ? undefined : new HotpassError('E_DECISIONS', `${first.place} ${first.message}${wrong.length === 1 ? '' : `, and ${wrong.length - 1} more ${wrong.length === 2 ? 'answer is' : 'answers are'} wrong`}`, { hint: 'nothing was taken over: mend the answers that are listed and import again, or take the others over with --partial' })
  return { taken: { from: what, pairs, answers: answers.length, ...counts, known: accepted.known, faults: wrong.slice(0, TOLD).map(({ place: where, message }) => ({ place: where, message })), faults_total: wrong.length, decisions: place.shown, next: written.length === 0 ? [] : ['hotpass resolve'] }, faults: wrong, error }
}

/** Throws E_USAGE, E_INPUT_*; answers that are wrong come back as E_DECISIONS with every place in the result. */
export async function importReview(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const request = await resolveRequest(input, host)
  const path = resolve(host.cwd, input['file'] as string)
  const shown = shownPath(path, host.cwd)
  const read = readAnswers(readInput({ id: shown, path, bytes: 0 }, LARGEST), path, shown)
  for (const cell of (read.edited ?? []).slice(0, TOLD)) host.tell({ event: 'review.edited', level: 'warning', message: `${cell} was edited: the decision counts for the value that stood there when the review was exported; to change the value, change it in the input` })
  if ((read.edited ?? []).length > TOLD) host.tell({ event: 'review.edited', level: 'warning', message: `${read.edited!.length - TOLD} more cells of ${shown} were edited` })
  const { taken, error } = takeAnswers(read, decisionsPath(request, host), input, host, shown)
  return { exit: error === undefined ? EXIT.ok : error.exitCode, error, result: { schema, ...taken } }
}
