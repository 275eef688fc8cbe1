/** `compare`: what two readers saw of one workbook. The first reading goes on; every cell that they disagree on is in its loss ledger. */
import type { Frame } from '../../kernel/artifact/table.ts'
import type { Context, Operator } from '../../kernel/types.ts'
import type { Loss, WorkbookMeta } from '../model/stages.ts'
import { compareTables, type Difference } from './cells.ts'

const CITED = 20
const CODES: Readonly<Record<Difference, string>> = { value: 'READERS_DIFFER', kind: 'READERS_TYPE_DIFFERS', 'first-only': 'READER_SECOND_BLANK', 'second-only': 'READER_FIRST_BLANK' }
const NOTES: Readonly<Record<Difference, string>> = {
  value: 'a second reader sees another value; the first reading is kept',
  kind: 'a second reader sees the same text as another type of value; the first reading is kept',
  'first-only': 'a second reader sees nothing in the cell; the first reading is kept',
  'second-only': 'a second reader sees a value in a cell that the first reading leaves blank'
}

interface Noted {
  count: number
  readonly cells: string[]
}

/** The ledger of one sheet: by kind of difference, then column. */
function lossOf(file: string, sheet: string, found: ReadonlyMap<string, Noted>): Loss[] {
  const order = Object.keys(CODES) as Difference[]
  return [...found]
    .map(([key, noted]) => ({ difference: key.slice(0, key.indexOf(':')) as Difference, column: key.slice(key.indexOf(':') + 1), noted }))
    .sort((a, b) => order.indexOf(a.difference) - order.indexOf(b.difference) || a.column.length - b.column.length || (a.column < b.column ? -1 : 1))
    .map(({ difference, column, noted }) => ({ code: CODES[difference], file, sheet, column, count: noted.count, cells: noted.cells, note: NOTES[difference] }))
}

/** The first reading, with what the second one sees differently added to its ledger. */
export function compareReadings(first: Frame<WorkbookMeta>, second: Frame<WorkbookMeta> | undefined, context: Pick<Context, 'diagnose'>): Frame<WorkbookMeta> {
  const { meta, tables } = first
  const { file } = meta
  if (meta.refused !== undefined) return first
  if (second === undefined) {
    const message = `${file}: there is no second reader for this format, so it was read once`
    context.diagnose({ code: 'READER_SECOND_NONE', severity: 'info', message, details: { file, format: meta.format } })
    return first
  }
  const loss: Loss[] = []
  const whole = (code: string, sheet: string, note: string): void => void loss.push({ code, file, sheet, column: '', count: 1, cells: [], note })
  if (second.meta.refused !== undefined) whole('READER_SECOND_FAILED', '', `the second reader gave no answer, so nothing was compared (${second.meta.refused.code})`)
  else {
    // By their place, because a name may occur twice; what is beyond the shorter list has no partner.
    for (let at = 0; at < Math.max(tables.length, second.tables.length); at++) {
      const [table, other] = [tables[at], second.tables[at]]
      if (table === undefined) whole('READER_FIRST_BLANK', other!.name, 'a second reader sees a sheet that the first does not')
      else if (other === undefined) whole('READER_SECOND_BLANK', table.name, 'a second reader does not see the sheet')
      else {
        const found = new Map<string, Noted>()
        compareTables(table, other, (difference, letter, row) => {
          const key = `${difference}:${letter}`
          let noted = found.get(key)
          if (noted === undefined) found.set(key, (noted = { count: 0, cells: [] }))
          noted.count++
          if (noted.cells.length < CITED) noted.cells.push(letter + row)
        })
        loss.push(...lossOf(file, table.name, found))
        if (table.name !== other.name) whole('READERS_DIFFER', table.name, 'a second reader sees another name of the sheet; the first reading is kept')
      }
    }
  }
  return { meta: { ...meta, loss: [...meta.loss, ...loss] }, tables }
}

export const operator: Operator = {
  id: 'compare',
  version: '1.0.0',
  summary: 'Compares what two readers saw of a workbook, cell by cell',
  inputs: { workbook: { kind: 'workbook' }, second: { kind: 'workbook', optional: true } },
  outputs: { workbook: { kind: 'workbook' } },
  config: [],
  entropy: ['none'],
  run(inputs, _config, context) {
    const second = inputs['second']?.[0]?.value as Frame<WorkbookMeta> | undefined
    return { workbook: compareReadings(inputs['workbook']![0]!.value as Frame<WorkbookMeta>, second, context) }
  }
}
