/** One worksheet of the review workbook (ECMA-376 part 1, 18.3), from cells in memory: a queue is at most some thousand rows. */
import { FIT_PAGE, LANDSCAPE, lettersOf, SHEET_HEAD } from '../../export/xlsx/sheet.ts'
import { cutText, textElement, xmlText } from '../../export/xlsx/text.ts'
import { styleOf, type CellKind } from './styles.ts'

export interface Cell {
  readonly value: string | number
  readonly kind: CellKind
  /** Has the line above it. */
  readonly first?: boolean
}

export interface SheetColumn {
  readonly heading: string
  /** In characters of the default font. */
  readonly width: number
  readonly hidden?: boolean
  /** A list that a cell of this column is chosen from. */
  readonly choices?: { readonly values: readonly string[]; readonly title: string; readonly prompt: string }
}

export interface Sheet {
  readonly name: string
  readonly columns: readonly SheetColumn[]
  readonly rows: readonly (readonly Cell[])[]
  /** Columns that stay in view. */
  readonly frozen: number
  /** No header: a page of text. */
  readonly plain?: boolean
}

function cellXml({ value, kind, first }: Cell, row: number, column: number): string {
  const open = `<c r="${lettersOf(column)}${row}" s="${styleOf(kind, first === true)}"`
  if (value === '') return `${open}/>`
  return typeof value === 'number' ? `${open}><v>${value}</v></c>` : `${open} t="inlineStr"><is>${textElement(cutText(value))}</is></c>`
}

function validations(columns: readonly SheetColumn[], last: number): string {
  const found = columns.flatMap(({ choices }, index) => {
    if (choices === undefined || last < 2) return []
    const { values, title, prompt } = choices
    const letter = lettersOf(index)
    return [
      `<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1" errorTitle="${xmlText(title)}" error="${xmlText(`Choose ${values.join(', ')}, or leave it empty.`)}" promptTitle="${xmlText(title)}" prompt="${xmlText(prompt)}" sqref="${letter}2:${letter}${last}"><formula1>"${xmlText(values.join(','))}"</formula1></dataValidation>`
    ]
  })
  return found.length === 0 ? '' : `<dataValidations count="${found.length}">${found.join('')}</dataValidations>`
}

/** The range that the filter covers; null for a page of text. */
export function filterRange({ columns, rows, plain }: Sheet): string | null {
  return plain === true ? null : `A1:${lettersOf(columns.length - 1)}${rows.length + 1}`
}

/** The part's XML. */
export function sheetXml(sheet: Sheet, selected: boolean): string {
  const { columns, rows, frozen, plain } = sheet
  const header = plain === true ? [] : [columns.map(({ heading }): Cell => ({ value: heading, kind: 'header' }))]
  const all = [...header, ...rows]
  const range = filterRange(sheet)
  const corner = `${lettersOf(frozen)}2`
  const view = plain === true
    ? `<sheetView showGridLines="0"${selected ? ' tabSelected="1"' : ''} workbookViewId="0"/>`
    : `<sheetView${selected ? ' tabSelected="1"' : ''} workbookViewId="0"><pane xSplit="${frozen}" ySplit="1" topLeftCell="${corner}" activePane="bottomRight" state="frozen"/><selection pane="bottomRight" activeCell="${corner}" sqref="${corner}"/></sheetView>`
  return (
    `${SHEET_HEAD}${FIT_PAGE}<sheetViews>${view}</sheetViews><sheetFormatPr defaultRowHeight="15"/>` +
    `<cols>${columns.map(({ width, hidden }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}"${hidden === true ? ' hidden="1"' : ''} customWidth="1"/>`).join('')}</cols>` +
    `<sheetData>${all.map((cells, index) => `<row r="${index + 1}">${cells.map((cell, column) => cellXml(cell, index + 1, column)).join('')}</row>`).join('')}</sheetData>` +
    `${range === null ? '' : `<autoFilter ref="${range}"/>`}${validations(columns, rows.length + 1)}` +
    `<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>${LANDSCAPE}</worksheet>`
  )
}
