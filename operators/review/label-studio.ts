/**
 * The review queue as Label Studio tasks, and the annotations of its JSON export as answers. Formats:
 * labelstud.io/guide/tasks (basic JSON) and labelstud.io/guide/task_format.
 */
import type { Json, JsonObject } from '../../kernel/types.ts'
import type { Decision } from '../decisions/decision.ts'
import { ANSWERS, type Answer, type AnswerFault } from './answer.ts'
import type { QueuedPair, ReviewQueue } from './queue.ts'

const CHOICE = 'decision'
const REASON = 'why'
const OBJECT = 'pair'

/** The labelling interface that a project needs: the two records side by side, the three answers with their keys, and a reason. */
export const LABELING_CONFIG = `<View>
  <Header value="Are these two records one and the same?"/>
  <HyperText name="${OBJECT}" value="$pair_html" inline="true"/>
  <Choices name="${CHOICE}" toName="${OBJECT}" choice="single" required="true" showInline="true">
${[...ANSWERS.keys()].map((word, at) => `    <Choice value="${word}" hotkey="${at + 1}"/>`).join('\n')}
  </Choices>
  <TextArea name="${REASON}" toName="${OBJECT}" rows="2" placeholder="Why, if it helps the next person" maxSubmissions="1"/>
</View>
`

const HTML: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string): string => text.replace(/[&<>"']/g, character => HTML[character]!)

/** Blind: the table tells what is equal, not what the model thinks. */
function tableOf(fields: readonly string[], { a, b }: QueuedPair): string {
  const rows = fields.flatMap((name, at) => {
    const [left, right] = [a.values[at] ?? '', b.values[at] ?? '']
    if (left === '' && right === '') return []
    const mark = left === '' || right === '' ? '' : left === right ? '=' : '≠'
    return [`<tr><th align="left">${escape(name)}</th><td>${escape(left)}</td><td align="center">${mark}</td><td>${escape(right)}</td></tr>`]
  })
  return `<table cellpadding="6"><tr><th></th><th align="left">${escape(a.source === '' ? 'A' : a.source)}</th><th></th><th align="left">${escape(b.source === '' ? 'B' : b.source)}</th></tr>${rows.join('')}</table>`
}

/** Tasks for import. They hold values of the records as they are. */
export function labelStudioTasks({ fields, pairs }: ReviewQueue): readonly JsonObject[] {
  return pairs.map(pair => ({
    data: {
      pair_id: pair.pair_id,
      rank: pair.rank,
      record_a: pair.a.id,
      record_b: pair.b.id,
      seen_a: pair.a.seen,
      seen_b: pair.b.seen,
      pair_html: tableOf(fields, pair)
    }
  }))
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const DIGEST = /^[0-9a-f]{64}$/

/** The pair id of a task, or undefined when it is not one of ours. */
export function pairOfTask(task: unknown): string | undefined {
  const data = isObject(task) ? task['data'] : undefined
  const pair = isObject(data) ? data['pair_id'] : undefined
  return typeof pair === 'string' && /^p-[0-9a-f]{16}$/.test(pair) ? pair : undefined
}

/** The choice and the reason of an annotation. */
function said(annotation: Record<string, unknown>): { readonly answer: string; readonly why: string } {
  let [answer, why] = ['', '']
  for (const item of Array.isArray(annotation['result']) ? annotation['result'] : []) {
    if (!isObject(item) || !isObject(item['value'])) continue
    const { choices, text } = item['value'] as { readonly choices?: unknown; readonly text?: unknown }
    if (item['from_name'] === CHOICE && Array.isArray(choices)) answer = textOf(choices[0])
    if (item['from_name'] === REASON) why = Array.isArray(text) ? text.map(textOf).join('\n') : textOf(text)
  }
  return { answer, why }
}

function annotator(annotation: Record<string, unknown>): string {
  const by = annotation['completed_by']
  if (isObject(by)) return textOf(by['email']) !== '' ? textOf(by['email']) : `label-studio user ${String(by['id'] ?? '?')}`
  return typeof by === 'number' ? `label-studio user ${by}` : ''
}

/** `2021-03-09T22:16:08.728353Z` and `…+00:00` to whole seconds in UTC; '' for what is neither. */
function instantOf(value: unknown): string {
  const found = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?(?:Z|\+00:00)$/.exec(textOf(value))
  return found === null ? '' : `${found[1]}Z`
}

/**
 * The answers of an export (a list of tasks with annotations). Of several annotations by one person the last counts;
 * when people disagree, that is a fault. Tasks that are not ours, and tasks without an answer, are passed over.
 */
export function answersInExport(value: Json, shown: string): { readonly answers: readonly Answer[]; readonly faults: readonly AnswerFault[]; readonly pairs: number } {
  if (!Array.isArray(value)) return { answers: [], faults: [{ place: shown, message: 'is not a list of tasks: export the project as JSON' }], pairs: 0 }
  const answers: Answer[] = []
  const faults: AnswerFault[] = []
  let pairs = 0
  value.forEach((task: unknown, index) => {
    const pair_id = pairOfTask(task)
    if (pair_id === undefined) return
    pairs++
    const { data, annotations, id } = task as { readonly data: Record<string, unknown>; readonly annotations?: unknown; readonly id?: unknown }
    const place = `${shown}, task ${typeof id === 'number' ? id : index + 1}`
    const byPerson = new Map<string, Answer>()
    const dated = (Array.isArray(annotations) ? annotations : []).filter(isObject).filter(({ was_cancelled }) => was_cancelled !== true)
    dated.sort((a, b) => (textOf(a['created_at']) < textOf(b['created_at']) ? -1 : textOf(a['created_at']) > textOf(b['created_at']) ? 1 : 0))
    for (const annotation of dated) {
      const { answer, why } = said(annotation)
      if (answer === '') continue
      const by = annotator(annotation)
      const [a, b] = [textOf(data['seen_a']), textOf(data['seen_b'])]
      const seen: Decision['seen'] = DIGEST.test(a) && DIGEST.test(b) ? { a, b, blind: true, from: 'label-studio' } : undefined
      byPerson.set(by, { pair_id, a: textOf(data['record_a']), b: textOf(data['record_b']), answer, why, by, at: instantOf(annotation['created_at']), ...(seen === undefined ? {} : { seen }), place })
    }
    const given = [...byPerson.values()]
    // Someone who is unsure does not contradict someone who knows.
    const sure = given.filter(({ answer }) => answer !== 'unsure')
    if (new Set(sure.map(({ answer }) => answer)).size > 1) faults.push({ place, message: `${sure.length} people disagree: let them settle it there` })
    else if (given.length > 0) answers.push(sure.at(-1) ?? given.at(-1)!)
  })
  return { answers, faults, pairs }
}
