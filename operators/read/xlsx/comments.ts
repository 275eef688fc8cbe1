/** Cells that bear a comment or a note. The texts are not read: they are no data of the table. */
import { columnLetters, parseRange } from '../address.ts'
import { END, OPEN, nameCode } from '../xml/scanner.ts'
import type { Package } from './package.ts'

const COMMENT = nameCode('comment')
const THREADED = nameCode('threadedComment')

/** The cells of the comments that a sheet's part refers to, each once, row by row. */
export function commentsOf(parts: Package, sheetPart: string): { readonly column: number; readonly row: number; readonly cell: string }[] {
  const found = new Map<string, { column: number; row: number; cell: string }>()
  const seen = new Set<string>()
  for (const { type, target } of parts.relationships(sheetPart)) {
    if ((type !== 'comments' && type !== 'threadedComment') || !parts.has(target) || seen.has(target)) continue
    seen.add(target)
    const xml = parts.scanner(target)
    for (let token = xml.next(); token !== END; token = xml.next()) {
      if (token !== OPEN || (xml.name !== COMMENT && xml.name !== THREADED)) continue
      const range = parseRange(xml.attribute('ref') ?? '')
      if (range === null) continue
      const cell = columnLetters(range.firstColumn) + range.firstRow
      found.set(cell, { column: range.firstColumn, row: range.firstRow, cell })
    }
  }
  return [...found.values()].sort((a, b) => a.row - b.row || a.column - b.column)
}
