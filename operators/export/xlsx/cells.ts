/** The cells of a column as XML, one form and value per distinct value: all of a `c` element that follows its row number. */
import { ITEM_SEPARATOR } from '../../../kernel/artifact/table.ts'
import { dateOf, numberOf } from '../cell.ts'
import type { ExportColumn } from '../dataset.ts'
import { replaced, textOf, utf8Of, type Utf8Values } from '../utf8-column.ts'
import { startsLikeFormula } from '../../model/formula.ts'
import type { SharedStrings } from './strings.ts'
import { plainNumber, plainText } from './plain.ts'
import { STYLE } from './styles.ts'
import { cutText, keepsSpace, LONGEST_TEXT, xmlText } from './text.ts'

/** Serial number of 1970-01-01 in the 1900 date system. */
const EPOCH_SERIAL = 25_569
/** 1900-03-01: before it the date system counts a day that never was. */
const FIRST_SERIAL = 61
const LAST_SERIAL = 2_958_465

export interface CellColumn {
  readonly name: string
  readonly codes: Uint32Array
  /** What stands between the opening and the closing of a cell, by code less one. */
  readonly values: Utf8Values
  /** Position in `CELL_FORMS` of each value, by code less one. */
  readonly forms: Uint8Array
  /** In characters of the default font. */
  readonly width: number
  readonly quality: boolean
  /** Cells whose text had to be cut. */
  readonly cut: number
}

const FORM = { number: 0, date: 1, moment: 2, boolean: 3, shared: 4, sharedQuoted: 5, inline: 6, inlineQuoted: 7, spaced: 8, spacedQuoted: 9 } as const
/** A cell from behind its row number to its value. */
export const CELL_FORMS: readonly string[] = [
  '"><v>',
  `" s="${STYLE.date}"><v>`,
  `" s="${STYLE.moment}"><v>`,
  '" t="b"><v>',
  '" t="s"><v>',
  `" s="${STYLE.quoted}" t="s"><v>`,
  '" t="inlineStr"><is><t>',
  `" s="${STYLE.quoted}" t="inlineStr"><is><t>`,
  '" t="inlineStr"><is><t xml:space="preserve">',
  `" s="${STYLE.quoted}" t="inlineStr"><is><t xml:space="preserve">`
]

/** Whether a cell of this form holds a text, rather than a value. */
export function endsText(form: number): boolean {
  return form >= FORM.inline
}

const NARROWEST = 10
const WIDEST = 50

function usesOf(codes: Uint32Array, values: number): Uint32Array {
  const uses = new Uint32Array(values + 1)
  for (let row = 0; row < codes.length; row++) uses[codes[row]!]!++
  return uses
}

/** The form and the value of a cell with a type; null when the text has none. */
function typedCell({ type }: ExportColumn, text: string): readonly [form: number, value: string] | null {
  if (type === 'number') {
    const value = numberOf(text)
    if (value !== null) return [FORM.number, String(value)]
  } else if (type === 'date') {
    const date = dateOf(text)
    if (date !== null && date.day + EPOCH_SERIAL >= FIRST_SERIAL && date.day + EPOCH_SERIAL <= LAST_SERIAL) {
      const serial = date.day + EPOCH_SERIAL
      return date.second === null ? [FORM.date, String(serial)] : [FORM.moment, String(serial + date.second / 86_400)]
    }
  } else if (type === 'boolean' && (text === 'true' || text === 'false')) {
    return [FORM.boolean, text === 'true' ? '1' : '0']
  }
  return null
}

/** The cells of a column. A text is shared when that makes the workbook smaller: when it stands in several cells. */
export function cellsOf(column: ExportColumn, strings: SharedStrings, listSeparator: string): CellColumn {
  const { codes } = column.column
  const values = utf8Of(column.column)
  const { bytes, starts, lengths } = values
  const uses = usesOf(codes, lengths.length)
  const share = codes.length - uses[0]! >= 2 * lengths.length
  const forms = new Uint8Array(lengths.length)
  const replacements = new Map<number, string>()
  let longest = column.name.length + 3
  let cut = 0
  for (let index = 0; index < lengths.length; index++) {
    const used = uses[index + 1]!
    if (used === 0) continue
    const [from, to] = [starts[index]!, starts[index + 1]!]
    if (column.type === 'text' ? !share : column.type === 'number') {
      const plain = column.type === 'number' ? plainNumber(bytes, from, to) : plainText(bytes, from, to)
      if (plain !== 0) {
        forms[index] = column.type === 'number' ? FORM.number : plain === 1 ? FORM.inline : FORM.inlineQuoted
        if (lengths[index]! > longest) longest = lengths[index]!
        continue
      }
    }
    const raw = textOf(values, index)
    const typed = typedCell(column, raw)
    if (typed !== null) {
      if (raw.length > longest) longest = raw.length
      forms[index] = typed[0]
      if (typed[1] !== raw) replacements.set(index, typed[1])
      continue
    }
    const whole = raw.includes(ITEM_SEPARATOR) ? raw.replaceAll(ITEM_SEPARATOR, listSeparator) : raw
    if (whole.length > longest) longest = whole.length
    if (whole.length > LONGEST_TEXT) cut += used
    const text = cutText(whole)
    const quoted = startsLikeFormula(text) ? 1 : 0
    if (share) {
      forms[index] = FORM.shared + quoted
      replacements.set(index, String(strings.indexOf(text, used)))
    } else {
      forms[index] = (keepsSpace(text) ? FORM.spaced : FORM.inline) + quoted
      const xml = xmlText(text)
      if (xml !== raw) replacements.set(index, xml)
    }
  }
  const width = longest + 2 > WIDEST ? WIDEST : longest + 2 < NARROWEST ? NARROWEST : longest + 2
  return { name: column.name, codes, values: replaced(values, replacements), forms, width, quality: column.quality, cut }
}
