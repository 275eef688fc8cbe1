/** One worksheet of a table (ECMA-376 part 1, 18.3): header, frozen first row, filter, widths, typed cells. */
import { startsLikeFormula } from '../../model/formula.ts'
import type { Deflater } from '../zip/deflate.ts'
import type { CellColumn } from './cells.ts'
import { writeRows } from './rows.ts'
import { STYLE } from './styles.ts'
import { cutText, textElement } from './text.ts'

/** Rows that a sheet can hold, with the header. */
export const MOST_ROWS = 1_048_576
/** Columns that a sheet can hold. */
export const MOST_COLUMNS = 16_384

const encoder = new TextEncoder()

export const SHEET_HEAD =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'

/** What a printed page shows: all columns side by side, as many pages long as need be. */
export const FIT_PAGE = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
export const LANDSCAPE = '<pageSetup orientation="landscape" fitToWidth="1" fitToHeight="0"/>'

/** `A`, `B`, … `Z`, `AA` for 0, 1, … */
export function lettersOf(index: number): string {
  let letters = ''
  for (let left = index + 1; left > 0; left = Math.floor((left - 1) / 26)) letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters
  return letters
}

export interface Worksheet {
  readonly name: string
  readonly columns: readonly CellColumn[]
  /** Rows of the table from `from` to before `to`. */
  readonly from: number
  readonly to: number
}

/** The cells that the filter covers. */
export function rangeOf({ columns, from, to }: Worksheet): string {
  return `A1:${lettersOf(columns.length === 0 ? 0 : columns.length - 1)}${to - from + 1}`
}

function headerCell(name: string, index: number): string {
  const style = startsLikeFormula(name) ? STYLE.quotedHeader : STYLE.header
  return `<c r="${lettersOf(index)}1" s="${style}" t="inlineStr"><is>${textElement(cutText(name))}</is></c>`
}

function head(sheet: Worksheet, first: boolean): string {
  const { columns } = sheet
  const widths = columns.map(({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('')
  return (
    `${SHEET_HEAD}${FIT_PAGE}<dimension ref="${rangeOf(sheet)}"/>` +
    `<sheetViews><sheetView${first ? ' tabSelected="1"' : ''} workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>` +
    `<sheetFormatPr defaultRowHeight="15"/>${widths === '' ? '' : `<cols>${widths}</cols>`}` +
    `<sheetData><row r="1" ht="20" customHeight="1">${columns.map(({ name }, index) => headerCell(name, index)).join('')}</row>`
  )
}

/** Red, yellow and green for a score between 0 and 1. */
const SCALE =
  '<cfRule type="colorScale" priority="1"><colorScale><cfvo type="num" val="0"/><cfvo type="num" val="0.5"/><cfvo type="num" val="1"/><color rgb="FFF8CBAD"/><color rgb="FFFFEB9C"/><color rgb="FFC6EFCE"/></colorScale></cfRule>'

function tail(sheet: Worksheet): string {
  const { columns, from, to } = sheet
  const last = to - from + 1
  const scales = columns
    .map(({ quality }, index) => (quality && last > 1 ? `<conditionalFormatting sqref="${lettersOf(index)}2:${lettersOf(index)}${last}">${SCALE}</conditionalFormatting>` : ''))
    .join('')
  return (
    `</sheetData><autoFilter ref="${rangeOf(sheet)}"/>${scales}<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>${LANDSCAPE}` +
    `<ignoredErrors><ignoredError sqref="${rangeOf(sheet)}" numberStoredAsText="1"/></ignoredErrors></worksheet>`
  )
}

/** Writes the part. */
export function writeSheet(sheet: Worksheet, first: boolean, deflater: Deflater): void {
  const { columns, from, to } = sheet
  deflater.write(encoder.encode(head(sheet, first)))
  writeRows(columns, from, to, lettersOf, deflater)
  deflater.write(encoder.encode(tail(sheet)))
}
