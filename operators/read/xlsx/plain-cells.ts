/** The fast path over rows and their cells, which the engine takes: what it does not read is left to the scanner. */
import type { SheetGrid } from '../column/sheet-grid.ts'
import type { PartWindow } from '../engine/part-window.ts'
import type { XmlScanner } from '../xml/scanner.ts'

/** Reads plain cells from where the scanner is into the row that was started, behind a column. `rows`: other rows may follow. Returns the column of the last. */
export function readPlainCells(xml: XmlScanner, window: PartWindow, grid: SheetGrid, column: number, rows: boolean): number {
  const { calls } = grid
  let last = column
  xml.pos = window.read(xml.bytes, xml.pos, (from, length) => {
    let stopped = from
    do {
      stopped = calls.readCells(stopped, length, last, rows ? 1 : 0)
      last = calls.lastColumn.value
      grid.assertPut()
    } while (calls.wasFull.value !== 0)
    return stopped
  })
  return last
}
