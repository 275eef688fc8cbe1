/** Joins columns with the given and the family name alone into one column of whole names. */
import { ITEM_SEPARATOR, type Column, type Table } from '../../kernel/artifact/table.ts'
import { createColumnBuilder } from '../../kernel/artifact/builder.ts'
import { cleanText, oneLine } from './clean.ts'
import { isNullNamePart } from './null-tokens.ts'

/** Whether a column holds a part of a name: `<field>/given` or `<field>/family`. */
export function isNamePart(column: string): boolean {
  return column.endsWith('/given') || column.endsWith('/family')
}

/** The field that such a column belongs to. */
export function fieldOfPart(column: string): string {
  return column.slice(0, column.lastIndexOf('/'))
}

/** A joined column, still raw, and the rows in which parts were joined or gave way to a whole name that differs. */
export interface JoinedNames {
  readonly column: Column
  readonly joined: number
  readonly surplus: readonly { readonly row: number; readonly value: string }[]
}

/** Cleaned parts by code; '' for none. Items of several columns are joined by a space: both belong to one name. */
function partsOf(column: Column | undefined): readonly string[] {
  if (column === undefined) return ['']
  return ['', ...column.values.map(value => value.split(ITEM_SEPARATOR).map(item => oneLine(cleanText(item, []))).filter(item => item !== '' && !isNullNamePart(item)).join(' '))]
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[\s,.]+/g, ' ').trim()
}

/** Whole names of a field: its own column, and its parts where that is empty or holds just one of them. */
export function joinNames(table: Table, field: string): JoinedNames {
  const whole = table.columns.find(column => column.name === field)
  const given = table.columns.find(column => column.name === `${field}/given`)
  const family = table.columns.find(column => column.name === `${field}/family`)
  const givenParts = partsOf(given)
  const familyParts = partsOf(family)
  const builder = createColumnBuilder(field, table.rows)
  const surplus: { row: number; value: string }[] = []
  let joined = 0
  for (let row = 0; row < table.rows; row++) {
    const first = givenParts[given === undefined ? 0 : given.codes[row]!]!
    const last = familyParts[family === undefined ? 0 : family.codes[row]!]!
    const name = first === '' ? last : last === '' ? first : `${first} ${last}`
    const own = whole === undefined || whole.codes[row] === 0 ? '' : whole.values[whole.codes[row]! - 1]!
    if (name === '') builder.push(own === '' ? null : own)
    else {
      const folded = fold(own)
      if (folded === '' || folded === fold(first) || folded === fold(last) || isNullNamePart(folded)) {
        builder.push(name)
        joined++
      } else {
        builder.push(own)
        const words = new Set(folded.split(' '))
        if (!fold(name).split(' ').every(word => words.has(word))) surplus.push({ row, value: name })
      }
    }
  }
  return { column: builder.finish(), joined, surplus }
}
