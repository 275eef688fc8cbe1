/** The table in a sheet that a contract is about: found by the contract's own names of columns. */
import { columnOver, dictionaryOf } from '../../kernel/artifact/dictionary.ts'
import { mapColumn } from '../../kernel/artifact/builder.ts'
import { integersOf, ITEM_SEPARATOR, KIND, type Column, type Table } from '../../kernel/artifact/table.ts'
import type { ContractField, ContractTable, Spelling } from '../model/contract.ts'
import type { Masker } from '../masking/masker.ts'
import { plainly } from './spelling.ts'
import type { Subject } from './subject.ts'

/** Rows of a sheet among which its header is looked for. */
const HEADER_WITHIN = 50

export interface FoundTable {
  readonly table: ContractTable
  /** Index of the header among the rows of the sheet's table. */
  readonly header: number
  /** How many fields of the contract have a column. */
  readonly matched: number
}

/** Under which a field may stand, the likeliest first. */
const headingsOf = ({ name, title, aliases = [] }: ContractField): readonly string[] => [name, ...(title === '' ? [] : [title]), ...aliases]

/** The text of one cell, without making those of the others. */
function headingAt(column: Column, row: number): string | undefined {
  const code = column.codes[row]!
  return code === 0 ? undefined : dictionaryOf(column).at(code - 1).trim()
}

/** The row that names most of the contract's columns; null when no row names any. */
export function findHeader(sheet: Table, table: ContractTable): FoundTable | null {
  const wanted = new Set(table.fields.flatMap(headingsOf))
  let best: FoundTable | null = null
  for (let row = 0; row < sheet.rows && row < HEADER_WITHIN; row++) {
    const found = new Set<string>()
    for (const column of sheet.columns) {
      const text = headingAt(column, row)
      if (text !== undefined && wanted.has(text)) found.add(text)
    }
    if (found.size > (best?.matched ?? 0)) best = { table, header: row, matched: found.size }
  }
  return best
}

/** The rows below the header as what the contract is held against. `file` is as people know it; `sheet` is '' for text files. */
export function sheetSubject(sheet: Table, { table, header }: FoundTable, place: { readonly file: string; readonly sheet: string }, separator: string, masker: () => Masker): Subject {
  const numbers = integersOf(sheet, 'row')
  const rows = sheet.rows - header - 1
  const prefix = table.group === '' ? '' : `${table.group}.`
  const headed = sheet.columns.flatMap(column => {
    const name = headingAt(column, header) ?? ''
    return name === '' ? [] : [{ name, letter: column.name, column }]
  })
  const columns = new Map<string, { readonly column: Column; readonly letter: string }>()
  const written = new Map<string, ReadonlyMap<string, string>>()
  const repeats = new Map<string, readonly string[]>()
  for (const field of table.fields) {
    const { name, multiple, missing = [], spelling } = field
    const heading = headingsOf(field).find(text => headed.some(each => each.name === text))
    const [found, ...others] = headed.filter(each => each.name === heading)
    if (found === undefined) continue
    if (others.length > 0) repeats.set(name, [found, ...others].map(({ letter }) => letter))
    const read = rowsBelow(found.column, found.name, header + 1, new Set(missing))
    const below = spelling === undefined ? read : mapColumn(read, found.name, (text, kind) => unspelled(text, kind, spelling))
    if (spelling !== undefined) written.set(name, new Map([...read.values].map((text, index): [string, string] => [unspelled(text, read.kinds?.[index] ?? KIND.text, spelling), text]).reverse()))
    columns.set(name, { letter: found.letter, column: multiple ? mapColumn(below, found.name, text => text.split(separator).join(ITEM_SEPARATOR)) : below })
  }
  return {
    rows,
    names: headed.map(({ name }) => name),
    column: field => columns.get(field)?.column,
    repeats: field => repeats.get(field) ?? [],
    place(row, field) {
      const letter = field === '' ? undefined : columns.get(field)?.letter
      const number = numbers[header + 1 + row]!
      return { ...place, cell: letter === undefined ? '' : `${letter}${number}`, row: number }
    },
    shown: (text, field) => masker().value(written.get(field)?.get(text) ?? text, prefix + field)
  }
}

/** Only text is written in a way of its own: a number of a workbook or of Parquet is a number. */
const unspelled = (text: string, kind: number, spelling: Spelling): string => (kind === KIND.text ? plainly(text, spelling) : text)

/** The column from a row on, without the values that stand above alone; cells with one of `missing` are empty. */
function rowsBelow(column: Column, name: string, from: number, missing: ReadonlySet<string>): Column {
  if (missing.size === 0) {
    const rest = restOf(column, name, from)
    if (rest !== null) return rest
  }
  const codes = column.codes.slice(from)
  const used = new Uint32Array(column.values.length + 1)
  const values: string[] = []
  const kinds: number[] = []
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!
    if (code === 0) continue
    if (missing.has(column.values[code - 1]!)) {
      codes[row] = 0
      continue
    }
    if (used[code] === 0) {
      values.push(column.values[code - 1]!)
      kinds.push(column.kinds?.[code - 1] ?? 0)
      used[code] = values.length
    }
    codes[row] = used[code]!
  }
  return { name, values, kinds: column.kinds === null ? null : Uint8Array.from(kinds), codes }
}

/** The same without a look at any value; null when a value stands both above and below. Values are in the order of their first cells. */
function restOf(column: Column, name: string, from: number): Column | null {
  let above = 0
  for (let row = 0; row < from; row++) if (column.codes[row]! > above) above = column.codes[row]!
  const codes = new Uint32Array(column.codes.length - from)
  for (let row = 0; row < codes.length; row++) {
    const code = column.codes[from + row]!
    if (code === 0) continue
    if (code <= above) return null
    codes[row] = code - above
  }
  const dictionary = dictionaryOf(column)
  return columnOver(name, dictionary.slice(above, dictionary.size), column.kinds?.slice(above) ?? null, codes)
}
