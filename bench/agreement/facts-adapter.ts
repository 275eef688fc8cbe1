/** The readers as an adapter of a checker of workbook facts: path → sheets of typed cells, from A1. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { kindAt, textAt, type Frame, type Table } from '../../kernel/artifact/table.ts'
import { columnIndex } from '../../operators/read/address.ts'
import { readLegacy } from '../../operators/read/legacy/operator.ts'
import { LIMITS } from '../../operators/read/testing/cells-of.ts'
import { readXlsx } from '../../operators/read/xlsx/operator.ts'
import type { WorkbookMeta } from '../../operators/model/stages.ts'

const STATES = { visible: 'Visible', hidden: 'Hidden', 'very-hidden': 'VeryHidden' }
const TYPES = ['s', 'n', 'b', 'd', 'e', 'dur'] as const

/** Reads a workbook of any kind by its ending. Throws HotpassError. */
export function readWorkbookFile(path: string): Frame<WorkbookMeta> {
  const bytes = new Uint8Array(readFileSync(path))
  return /\.xls[xm]$/i.test(path) ? readXlsx(basename(path), bytes, LIMITS) : readLegacy(basename(path), bytes, LIMITS)
}

/** A time of day, or an elapsed one, as a share of days. */
function daysOf(text: string): number {
  const [hours, minutes, seconds] = text.split(':').map(Number) as [number, number, number]
  return (hours * 3600 + minutes * 60 + seconds) / 86_400
}

function cellOf(kind: number, text: string): { t: string; v: string | number | boolean } {
  const t = TYPES[kind]!
  if (t === 'n') return { t, v: Number(text) }
  if (t === 'b') return { t, v: text === 'true' }
  if (t === 'dur') return { t, v: daysOf(text) }
  return { t, v: text }
}

function rowsOf(table: Table): unknown[][] {
  const rows: unknown[][] = []
  const numbers = table.integers[0]!.data
  for (let at = 0; at < table.rows; at++) {
    const row: unknown[] = (rows[numbers[at]! - 1] = [])
    for (const column of table.columns) {
      const text = textAt(column, at)
      if (text !== null) row[columnIndex(column.name)] = cellOf(kindAt(column, at), text)
    }
  }
  return rows
}

export default async function facts(path: string): Promise<object> {
  const { meta, tables } = readWorkbookFile(path)
  return {
    date1904: meta.date_system === 1904,
    sheets: tables.map((table, at) => ({ name: meta.sheets[at]!.name, visible: STATES[meta.sheets[at]!.state], rows: rowsOf(table) }))
  }
}
