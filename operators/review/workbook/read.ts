/** The answers in a review workbook that was handed back. Rows may have been sorted; every fault names its cell. */
import { columnOf, integersOf, textAt, type Frame, type Table } from '../../../kernel/artifact/table.ts'
import type { WorkbookMeta } from '../../model/stages.ts'
import { answerOf, type Answer, type AnswerFault } from '../answer.ts'
import { isEdited } from './stamp.ts'
import { REVIEW_SHEET } from './write.ts'

const NEEDED = ['decision', 'record', 'pair', 'seen'] as const
/** Headings of columns that hold no value of the record. */
const RESERVED = ['#', 'decision', 'why', 'by', 'record', 'pair', 'seen', 'shown'] as const
const DIGEST = /^[0-9a-f]{64}$/

interface Side { readonly row: number; readonly record: string; readonly seen: string; readonly decision: string; readonly why: string; readonly by: string }

/** Columns of the sheet by heading, from the first row that has all that is needed. */
function headings(table: Table): { readonly index: number; readonly letters: ReadonlyMap<string, string> } | undefined {
  for (let index = 0; index < Math.min(table.rows, 10); index++) {
    const letters = new Map<string, string>()
    for (const column of table.columns) {
      const text = textAt(column, index)?.trim().toLowerCase()
      if (text !== undefined && !letters.has(text)) letters.set(text, column.name)
    }
    if (NEEDED.every(name => letters.has(name))) return { index, letters }
  }
  return undefined
}

/** `shown` is the file as people should see it. `edited`: cells whose value is no longer the one that was shown. */
export function answersInWorkbook(frame: Frame<WorkbookMeta>, shown: string): { readonly answers: readonly Answer[]; readonly faults: readonly AnswerFault[]; readonly pairs: number; readonly edited: readonly string[] } {
  const at = frame.meta.sheets.findIndex(({ name }) => name.trim().toLowerCase() === REVIEW_SHEET.toLowerCase())
  const table = at === -1 ? undefined : frame.tables[at]
  if (table === undefined) return { answers: [], faults: [{ place: shown, message: `has no sheet ${REVIEW_SHEET}: it is not a review workbook` }], pairs: 0, edited: [] }
  const head = headings(table)
  if (head === undefined) return { answers: [], faults: [{ place: `${shown}, ${REVIEW_SHEET}!A1`, message: `has no row with the headings ${NEEDED.join(', ')}` }], pairs: 0, edited: [] }
  const { letters } = head
  const rows = integersOf(table, 'row')
  const place = (row: number, heading: string): string => `${shown}, ${REVIEW_SHEET}!${letters.get(heading) ?? 'A'}${row}`
  const text = (heading: string, index: number): string => {
    const column = letters.has(heading) ? columnOf(table, letters.get(heading)!) : undefined
    return column === undefined ? '' : (textAt(column, index) ?? '').trim()
  }
  const faults: AnswerFault[] = []
  const edited: string[] = []
  const own = new Set([...RESERVED].map(name => letters.get(name)))
  const fields = table.columns.filter(({ name }) => !own.has(name)).flatMap(column => {
    const heading = textAt(column, head.index)
    return heading === null ? [] : [{ column, heading }]
  })
  const pairs = new Map<string, Side[]>()
  for (let index = head.index + 1; index < table.rows; index++) {
    const side: Side = { row: rows[index]!, record: text('record', index), seen: text('seen', index), decision: text('decision', index), why: text('why', index), by: text('by', index) }
    const pair = text('pair', index)
    const stamp = text('shown', index)
    if (stamp !== '') for (const { column, heading } of fields) if (isEdited(stamp, heading, textAt(column, index), side.seen)) edited.push(`${shown}, ${REVIEW_SHEET}!${column.name}${side.row}`)
    if (pair === '') {
      if (side.decision !== '') faults.push({ place: place(side.row, 'pair'), message: 'is empty, so that the decision beside it belongs to no pair' })
      continue
    }
    const sides = pairs.get(pair)
    if (sides === undefined) pairs.set(pair, [side])
    else sides.push(side)
  }
  const answers: Answer[] = []
  for (const [pair_id, sides] of pairs) {
    const said = sides.filter(({ decision }) => decision !== '')
    if (said.length === 0) continue
    const [first] = said as [Side]
    const other = said.find(({ decision }) => answerOf(decision) !== answerOf(first.decision))
    if (other !== undefined) {
      faults.push({ place: place(other.row, 'decision'), message: `and ${letters.get('decision')}${first.row} give two answers about one pair` })
      continue
    }
    if (sides.length !== 2) {
      faults.push({ place: place(first.row, 'pair'), message: sides.length < 2 ? 'lacks the row of the other record: it was removed' : `stands in ${sides.length} rows: rows were copied` })
      continue
    }
    const [a, b] = sides as [Side, Side]
    const seen = DIGEST.test(a.seen) && DIGEST.test(b.seen) ? { seen: { a: a.seen, b: b.seen, blind: true, from: 'workbook' as const } } : {}
    answers.push({ pair_id, a: a.record, b: b.record, answer: first.decision, why: sides.map(({ why }) => why).find(why => why !== '') ?? '', by: sides.map(({ by }) => by).find(by => by !== '') ?? '', at: '', ...seen, place: place(first.row, 'decision') })
  }
  return { answers, faults, pairs: pairs.size, edited }
}
