/** The dataset as an Office Open XML workbook (ECMA-376): one sheet per table and a summary. */
import type { OutputFile } from '../../../kernel/artifact/files.ts'
import { dictionaryOf } from '../../../kernel/artifact/dictionary.ts'
import { tableOf, type Frame } from '../../../kernel/artifact/table.ts'
import type { Context, Operator } from '../../../kernel/types.ts'
import { plural } from '../../model/plural.ts'
import type { DatasetMeta } from '../../model/stages.ts'
import { exportTables, type ExportColumn, type ExportTable } from '../dataset.ts'
import { createZip } from '../zip/zip.ts'
import { cellsOf, type CellColumn } from './cells.ts'
import { createSheetNames } from './names.ts'
import { contentTypesXml, CORE_XML, CUSTOM_XML, PACKAGE_RELATIONSHIPS_XML, workbookRelationshipsXml, workbookXml } from './parts.ts'
import { MOST_COLUMNS, MOST_ROWS, rangeOf, writeSheet, type Worksheet } from './sheet.ts'
import { createSharedStrings, type SharedStrings } from './strings.ts'
import { STYLES_XML } from './styles.ts'
import { summaryXml } from './summary.ts'
import { LONGEST_TEXT } from './text.ts'

const encoder = new TextEncoder()

interface Layout {
  readonly sheets: readonly Worksheet[]
  readonly notes: readonly string[]
  /** Cells whose text had to be cut. */
  readonly cut: number
}

/** The columns' cells. Those with few distinct texts have theirs shared first: the lowest numbers are the shortest, and used the most. */
function cellColumns(columns: readonly ExportColumn[], strings: SharedStrings, listSeparator: string): readonly CellColumn[] {
  const cells = new Map<ExportColumn, CellColumn>()
  const size = ({ column }: ExportColumn): number => dictionaryOf(column).size
  for (const column of [...columns].sort((a, b) => size(a) - size(b))) cells.set(column, cellsOf(column, strings, listSeparator))
  return columns.map(column => cells.get(column)!)
}

/** Which sheets there are. What is too long or too wide for one goes on in the next. `mostRows` counts the header. */
function layOut(tables: readonly ExportTable[], strings: SharedStrings, nameOf: (wanted: string) => string, listSeparator: string, mostRows: number): Layout {
  const sheets: Worksheet[] = []
  const notes: string[] = []
  let cut = 0
  for (const table of tables) {
    const columns = cellColumns(table.columns, strings, listSeparator)
    for (const column of columns) cut += column.cut
    const before = sheets.length
    let from = 0
    do {
      const to = table.rows - from < mostRows ? table.rows : from + mostRows - 1
      for (let first = 0; first === 0 || first < columns.length; first += MOST_COLUMNS) {
        sheets.push({ name: nameOf(table.name), columns: columns.slice(first, first + MOST_COLUMNS), from, to })
      }
      from = to
    } while (from < table.rows)
    if (sheets.length > before + 1) notes.push(`${sheets[before]!.name} goes on in further sheets: one sheet holds ${mostRows} rows and ${MOST_COLUMNS} columns.`)
  }
  if (cut > 0) notes.push(`${plural(cut, 'cell holds', 'cells hold')} more than ${LONGEST_TEXT} characters and ${cut === 1 ? 'is' : 'are'} cut in this workbook; the other formats hold ${cut === 1 ? 'it' : 'them'} whole.`)
  return { sheets, notes, cut }
}

/** The workbook of a dataset, with a sheet for each of `tables` and a summary. `mostRows` is for tests. */
export function writeWorkbook(frame: Frame<DatasetMeta>, listSeparator: string, mostRows = MOST_ROWS, tables = exportTables(frame)): { file: OutputFile; cut: number } {
  const strings = createSharedStrings()
  const nameOf = createSheetNames()
  const { sheets, notes, cut } = layOut(tables, strings, nameOf, listSeparator, mostRows)
  const summaryName = nameOf('Summary')
  const zip = createZip()
  const text = (name: string, xml: string): void => zip.add(name, deflater => deflater.write(encoder.encode(xml)))
  text('[Content_Types].xml', contentTypesXml(sheets.length + 1))
  text('_rels/.rels', PACKAGE_RELATIONSHIPS_XML)
  text('docProps/core.xml', CORE_XML)
  zip.addStored('docProps/custom.xml', encoder.encode(CUSTOM_XML))
  text('xl/workbook.xml', workbookXml([...sheets.map(sheet => ({ name: sheet.name, range: rangeOf(sheet) })), { name: summaryName, range: null }]))
  text('xl/_rels/workbook.xml.rels', workbookRelationshipsXml(sheets.length + 1))
  text('xl/styles.xml', STYLES_XML)
  sheets.forEach((sheet, index) => zip.add(`xl/worksheets/sheet${index + 1}.xml`, deflater => writeSheet(sheet, index === 0, deflater)))
  const listed = sheets.map(({ name, from, to }) => ({ name, rows: to - from }))
  zip.addStored(`xl/worksheets/sheet${sheets.length + 1}.xml`, encoder.encode(summaryXml(frame.meta, tableOf(frame, 'data').rows, listed, notes)))
  zip.add('xl/sharedStrings.xml', deflater => strings.write(deflater))
  const { bytes, stamp } = zip.finish()
  return { file: { suffix: '.xlsx', media_type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', bytes, stamp }, cut }
}

/** Tells of texts that a workbook could not hold. */
export function tellCut(cut: number, diagnose: Context['diagnose']): void {
  if (cut === 0) return
  diagnose({
    code: 'EXPORT_TEXT_CUT',
    severity: 'warning',
    message: `${plural(cut, 'cell holds', 'cells hold')} more than ${LONGEST_TEXT} characters, the most that a workbook can hold, and ${cut === 1 ? 'is' : 'are'} cut in it`,
    details: { cells: cut }
  })
}

export const operator: Operator = {
  id: 'export.xlsx',
  version: '1.2.0',
  summary: 'Writes the dataset, its groups, the conflicts, the quarantine and a summary as one workbook',
  inputs: { dataset: { kind: 'dataset' } },
  outputs: { files: { kind: 'files' } },
  config: ['export.list_separator'],
  entropy: ['none'],
  run(inputs, config, context) {
    const { file, cut } = writeWorkbook(inputs['dataset']![0]!.value as Frame<DatasetMeta>, config.export.list_separator)
    tellCut(cut, finding => context.diagnose(finding))
    context.progress(1)
    return { files: [file] }
  }
}
