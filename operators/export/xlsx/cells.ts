/** The cells of a column as XML, one fragment per distinct value: all of a `c` element that follows its row number. */
import { ITEM_SEPARATOR } from '../../../kernel/artifact/table.ts'
import { dateOf, numberOf } from '../cell.ts'
import type { ExportColumn } from '../dataset.ts'
import { fragmentsOf, type Fragments } from '../fragments.ts'
import { startsLikeFormula } from '../../model/formula.ts'
import type { SharedStrings } from './strings.ts'
import { STYLE } from './styles.ts'
import { cutText, LONGEST_TEXT, textElement } from './text.ts'

/** Serial number of 1970-01-01 in the 1900 date system. */
const EPOCH_SERIAL = 25_569
/** 1900-03-01: before it the date system counts a day that never was. */
const FIRST_SERIAL = 61
const LAST_SERIAL = 2_958_465

export interface CellColumn {
  readonly name: string
  readonly codes: Uint32Array
  readonly fragments: Fragments
  /** In characters of the default font. */
  readonly width: number
  readonly quality: boolean
  /** Cells whose text had to be cut. */
  readonly cut: number
}

const NARROWEST = 10
const WIDEST = 50

function usesOf(codes: Uint32Array, values: number): Uint32Array {
  const uses = new Uint32Array(values + 1)
  for (let row = 0; row < codes.length; row++) uses[codes[row]!]!++
  return uses
}

function typedCell({ type }: ExportColumn, text: string): string | null {
  if (type === 'number') {
    const value = numberOf(text)
    if (value !== null) return `"><v>${value}</v></c>`
  } else if (type === 'date') {
    const date = dateOf(text)
    if (date !== null && date.day + EPOCH_SERIAL >= FIRST_SERIAL && date.day + EPOCH_SERIAL <= LAST_SERIAL) {
      const serial = date.day + EPOCH_SERIAL
      return date.second === null ? `" s="${STYLE.date}"><v>${serial}</v></c>` : `" s="${STYLE.moment}"><v>${serial + date.second / 86_400}</v></c>`
    }
  } else if (type === 'boolean' && (text === 'true' || text === 'false')) {
    return `" t="b"><v>${text === 'true' ? 1 : 0}</v></c>`
  }
  return null
}

/** The fragments of a column. A text is shared when that makes the workbook smaller: when it stands in several cells. */
export function cellsOf(column: ExportColumn, strings: SharedStrings, listSeparator: string): CellColumn {
  const { values, codes } = column.column
  const uses = usesOf(codes, values.length)
  const share = codes.length - uses[0]! >= 2 * values.length
  const texts = ['']
  let longest = column.name.length + 3
  let cut = 0
  for (let index = 0; index < values.length; index++) {
    const raw = values[index]!
    if (uses[index + 1] === 0) {
      texts.push('')
      continue
    }
    const typed = typedCell(column, raw)
    if (typed !== null) {
      if (raw.length > longest) longest = raw.length
      texts.push(typed)
      continue
    }
    const whole = raw.includes(ITEM_SEPARATOR) ? raw.replaceAll(ITEM_SEPARATOR, listSeparator) : raw
    if (whole.length > longest) longest = whole.length
    if (whole.length > LONGEST_TEXT) cut += uses[index + 1]!
    const text = cutText(whole)
    const style = startsLikeFormula(text) ? `" s="${STYLE.quoted}"` : '"'
    texts.push(share ? `${style} t="s"><v>${strings.indexOf(text, uses[index + 1]!)}</v></c>` : `${style} t="inlineStr"><is>${textElement(text)}</is></c>`)
  }
  const width = longest + 2 > WIDEST ? WIDEST : longest + 2 < NARROWEST ? NARROWEST : longest + 2
  return { name: column.name, codes, fragments: fragmentsOf(texts), width, quality: column.quality, cut }
}
