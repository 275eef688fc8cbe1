/** Declared tables (ListObject) of a sheet, with the filters that are set in them. */
import type { SheetFacts } from '../../model/stages.ts'
import { parseRange, rangeName } from '../address.ts'
import { END, OPEN, nameCode } from '../xml/scanner.ts'
import type { Package } from './package.ts'
import { readFilter, type SheetFilter } from './sheet-settings.ts'

const TABLE = nameCode('table')
const FILTER = nameCode('autoFilter')
/** More rows than a table has above or below its data. */
const MAX_EDGE_ROWS = 1024

export interface DeclaredTables {
  readonly objects: SheetFacts['list_objects']
  readonly filters: readonly SheetFilter[]
}

/** The tables that a sheet's part refers to, in the order of their names. */
export function listObjectsOf(parts: Package, sheetPart: string): DeclaredTables {
  const found: SheetFacts['list_objects'][number][] = []
  const filters: SheetFilter[] = []
  const seen = new Set<string>()
  for (const { type, target } of parts.relationships(sheetPart)) {
    if (type !== 'table' || !parts.has(target) || seen.has(target)) continue
    seen.add(target)
    const xml = parts.scanner(target)
    for (let token = xml.next(); token !== END; token = xml.next()) {
      if (token !== OPEN) continue
      if (xml.name === FILTER) {
        const filter = readFilter(xml)
        if (filter !== null) filters.push(filter)
      } else if (xml.name === TABLE) {
        const range = parseRange(xml.attribute('ref') ?? '')
        const name = xml.attribute('displayName') ?? xml.attribute('name') ?? ''
        if (range !== null) found.push({ name: name.toWellFormed(), range: rangeName(range), header_rows: edgeRows(xml.attribute('headerRowCount'), 1), totals_rows: edgeRows(xml.attribute('totalsRowCount'), 0) })
      }
    }
  }
  return { objects: found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.range < b.range ? -1 : 1)), filters }
}

function edgeRows(text: string | null, otherwise: number): number {
  const count = text === null ? otherwise : Number(text)
  return Number.isInteger(count) && count >= 0 && count <= MAX_EDGE_ROWS ? count : otherwise
}
