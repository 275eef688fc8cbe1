/** What a worksheet part says besides its cells: merged ranges, hidden columns, filters, data validations. */
import type { SheetFacts } from '../../model/stages.ts'
import { SHEET_COLUMNS, parseRange, rangeName, type Range } from '../address.ts'
import { CLOSE, OPEN, nameCode, type XmlScanner } from '../xml/scanner.ts'
import { isTrue } from './workbook.ts'

const [COLUMN, MERGE, FILTER, VALIDATION, RANGES, FIRST_FORMULA] = ['col', 'mergeCell', 'autoFilter', 'dataValidation', 'sqref', 'formula1'].map(nameCode)
const [FILTER_COLUMN, SORT] = ['filterColumn', 'sortState'].map(nameCode)
/** A list of values written into the rule itself: `"yes,no"`. */
const LITERAL_LIST = /^"([^"]*)"$/

/** A range with filter buttons; `active` when it selects rows rather than only showing the buttons. */
export interface SheetFilter {
  readonly range: Range
  readonly active: boolean
}

export interface SheetSettings {
  readonly merges: Range[]
  /** First and last column of each hidden run, from 0. */
  readonly hiddenColumns: (readonly [first: number, last: number])[]
  readonly filters: SheetFilter[]
  readonly validations: SheetFacts['validations'][number][]
}

/** Settings of a sheet that has none yet. */
export function noSettings(): SheetSettings {
  return { merges: [], hiddenColumns: [], filters: [], validations: [] }
}

/** After the OPEN token of an element outside of the cells: notes what it says. What is not known is passed over. */
export function noteSetting(xml: XmlScanner, settings: SheetSettings): void {
  switch (xml.name) {
    case MERGE: {
      const range = parseRange(xml.attribute('ref') ?? '')
      if (range !== null) settings.merges.push(range)
      return
    }
    case COLUMN: {
      if (!isTrue(xml.attribute('hidden'))) return
      const first = Number(xml.attribute('min'))
      const last = Math.min(Number(xml.attribute('max')), SHEET_COLUMNS)
      if (first >= 1 && last >= first) settings.hiddenColumns.push([first - 1, last - 1])
      return
    }
    case FILTER: {
      const filter = readFilter(xml)
      if (filter !== null) settings.filters.push(filter)
      return
    }
    case VALIDATION:
      settings.validations.push(readValidation(xml))
  }
}

/** After the OPEN token of `autoFilter`; null when its range is none. */
export function readFilter(xml: XmlScanner): SheetFilter | null {
  const range = parseRange(xml.attribute('ref') ?? '')
  let active = false
  if (!xml.empty) {
    const outside = xml.depth - 1
    while (xml.depth > outside) {
      if (xml.next() !== OPEN) continue
      if (xml.name === FILTER_COLUMN && !xml.empty) active = true
      else if (xml.name === SORT) xml.skip()
    }
  }
  return range === null ? null : { range, active }
}

/** After the OPEN token of `dataValidation`, of the first edition or of the extension that keeps its ranges in an element. */
function readValidation(xml: XmlScanner): SheetFacts['validations'][number] {
  const type = xml.attribute('type') ?? 'none'
  let ranges = xml.attribute('sqref') ?? ''
  let formula = ''
  if (!xml.empty) {
    const outside = xml.depth - 1
    let within = false
    while (xml.depth > outside) {
      const token = xml.next()
      if (token === CLOSE) {
        if (xml.name === FIRST_FORMULA) within = false
      } else if (token === OPEN) {
        if (xml.name === RANGES) ranges = xml.content()
        else if (xml.name === FIRST_FORMULA) within = !xml.empty
      } else if (within) formula += xml.text()
    }
  }
  const list = type === 'list' ? LITERAL_LIST.exec(formula.trim())?.[1] : undefined
  const values = list === undefined ? [] : list.split(',').map(value => value.trim().toWellFormed())
  const named = ranges.split(/\s+/).map(parseRange).filter(range => range !== null)
  return { type: type.toWellFormed(), ranges: named.map(rangeName), values }
}
