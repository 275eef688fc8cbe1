/** Declared tables (ListObject) of a sheet. */
import type { SheetFacts } from '../../model/stages.ts'
import { parseRange, rangeName } from '../address.ts'
import { END, OPEN, nameCode } from '../xml/scanner.ts'
import type { Package } from './package.ts'

const TABLE = nameCode('table')

/** The tables that a sheet's part refers to, in the order of their names. */
export function listObjectsOf(parts: Package, sheetPart: string): SheetFacts['list_objects'] {
  const found: { name: string; range: string }[] = []
  for (const { type, target } of parts.relationships(sheetPart)) {
    if (type !== 'table' || !parts.has(target)) continue
    const xml = parts.scanner(target)
    for (let token = xml.next(); token !== END; token = xml.next()) {
      if (token !== OPEN || xml.name !== TABLE) continue
      const range = parseRange(xml.attribute('ref') ?? '')
      const name = xml.attribute('displayName') ?? xml.attribute('name') ?? ''
      if (range !== null) found.push({ name: name.toWellFormed(), range: rangeName(range) })
      break
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.range < b.range ? -1 : 1))
}
