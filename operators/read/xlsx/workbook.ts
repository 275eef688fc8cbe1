/** The workbook part: its sheets in order, its date system, and where the other parts are. */
import type { SheetFacts } from '../../model/stages.ts'
import { refusal } from '../refusal.ts'
import type { DateSystem } from '../cells/serial-date.ts'
import { END, OPEN, nameCode } from '../xml/scanner.ts'
import { elementsOf, type Package } from './package.ts'

export interface SheetEntry {
  readonly name: string
  readonly state: SheetFacts['state']
  /** Name of the sheet's part. */
  readonly part: string
  /** `worksheet`, or a kind of sheet that has no cells: `chartsheet`, `dialogsheet`, … */
  readonly type: string
}

export interface Workbook {
  /** Name of the workbook's own part. */
  readonly part: string
  readonly dateSystem: DateSystem
  /** The stored values of its formulas are not to be relied on. */
  readonly computeAnew: boolean
  readonly sheets: readonly SheetEntry[]
  /** Names of parts; '' when the workbook has none. */
  readonly sharedStrings: string
  readonly styles: string
  /** Whether number formats are named whose part is not there. */
  readonly stylesMissing: boolean
  readonly properties: { readonly [name: string]: string }
}

const SHEET = nameCode('sheet')
const WORKBOOK_PROPERTIES = nameCode('workbookPr')
const CALCULATION = nameCode('calcPr')

/**
 * Reads the workbook part. Throws HotpassError when there is none, or when it names a sheet that is not there; with
 * `salvage`, when its shared texts or number formats are not there, without which no cell can be trusted.
 */
export function readWorkbook(parts: Package, maxSheets: number, salvage = false): Workbook {
  const { file } = parts
  const root = parts.relationships('')
  const part = root.find(({ type, target }) => type === 'officeDocument' && parts.has(target))?.target ?? 'xl/workbook.xml'
  if (!parts.has(part)) throw refusal(file, 'E_INPUT_TYPE', 'it is a zip file, but no workbook')
  const relationships = new Map(parts.relationships(part).map(relationship => [relationship.id, relationship]))
  const partOf = (wanted: string): string => {
    for (const { type, target } of relationships.values()) {
      if (type !== wanted) continue
      if (parts.has(target)) return target
      if (salvage) throw refusal(file, 'E_INPUT_TRUNCATED', `its ${wanted} are lost, without which no cell can be trusted`)
    }
    return ''
  }

  let dateSystem: DateSystem = 1900
  let computeAnew = false
  const sheets: SheetEntry[] = []
  const seen = new Set<string>()
  const xml = parts.scanner(part)
  for (let token = xml.next(); token !== END; token = xml.next()) {
    if (token !== OPEN) continue
    if (xml.name === WORKBOOK_PROPERTIES && isTrue(xml.attribute('date1904'))) dateSystem = 1904
    if (xml.name === CALCULATION && isTrue(xml.attribute('fullCalcOnLoad'))) computeAnew = true
    if (xml.name !== SHEET) continue
    const name = xml.attribute('name')
    if (name === null) continue
    const unescaped = name.toWellFormed()
    const relationship = relationships.get(xml.attribute('id') ?? '')
    if (relationship === undefined || (!parts.has(relationship.target) && !salvage)) throw refusal(file, 'E_INPUT_UNREADABLE', 'the workbook names a sheet whose part is missing', { sheet: unescaped })
    if (seen.has(relationship.target.toLowerCase())) throw refusal(file, 'E_INPUT_UNREADABLE', 'the workbook names a sheet whose part is that of another sheet', { sheet: unescaped })
    seen.add(relationship.target.toLowerCase())
    const state = xml.attribute('state')
    sheets.push({
      name: unescaped,
      state: state === 'hidden' ? 'hidden' : state === 'veryHidden' ? 'very-hidden' : 'visible',
      part: relationship.target,
      type: relationship.type
    })
    if (sheets.length > maxSheets) throw refusal(file, 'E_INPUT_LIMIT', `it has more than ${maxSheets} sheets (ingest.limits.sheets)`)
  }
  if (sheets.length === 0) throw refusal(file, 'E_INPUT_EMPTY', 'the workbook has no sheets')
  const custom = root.find(({ type, target }) => type === 'custom-properties' && parts.has(target))?.target
  const properties = custom === undefined ? [] : elementsOf(parts.scanner(custom), 'property', 'name')
  return {
    part,
    dateSystem,
    computeAnew,
    sheets,
    sharedStrings: partOf('sharedStrings'),
    styles: partOf('styles'),
    stylesMissing: partOf('styles') === '' && [...relationships.values()].some(({ type }) => type === 'styles'),
    properties: propertiesOf(properties)
  }
}

/** Custom properties as a plain object, whatever they are called; the first of a name wins. */
export function propertiesOf(entries: readonly { readonly key: string; readonly text: string }[]): { readonly [name: string]: string } {
  const unique = new Map<string, string>()
  for (const { key, text } of entries) {
    const name = key.toWellFormed()
    if (!unique.has(name)) unique.set(name, text.trim().toWellFormed())
  }
  return Object.fromEntries(unique)
}

/** A boolean attribute as XML Schema writes it. */
export function isTrue(value: string | null): boolean {
  return value === '1' || value === 'true' || value === 'on'
}

/** The names with a number behind those that came before, because tables are found by name. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  const reserved = new Set(names)
  return names.map(name => {
    let unique = name
    for (let number = 2; taken.has(unique); number++) {
      const numbered = `${name} (${number})`
      if (!reserved.has(numbered)) unique = numbered
    }
    taken.add(unique)
    return unique
  })
}
