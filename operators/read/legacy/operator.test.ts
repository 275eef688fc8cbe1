import t from 'tap'
import XLSX from 'xlsx'
import { decodeFrame, encodeFrame } from '../../../kernel/artifact/frame.ts'
import { HotpassError } from '../../../kernel/error.ts'
import { buildZip, type Part } from '../testing/build-zip.ts'
import { LIMITS, assertTable, cellsOf, lossOf } from '../testing/cells-of.ts'
import { operator, readLegacy } from './operator.ts'
import { durationText } from './open-document.ts'

const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof HotpassError) return error.code
    throw error
  }
  return 'read'
}

function sample(): XLSX.WorkBook {
  const sheet = XLSX.utils.aoa_to_sheet([['id', 'when', 'ok', 'code', 'text'], [1, 45292.75, true, 42, 'Größe & co'], [2.5, 60, false, 7, ' edge ']])
  for (const cell of ['B2', 'B3']) sheet[cell].z = 'yyyy-mm-dd hh:mm'
  for (const cell of ['D2', 'D3']) sheet[cell].z = '00000'
  sheet['A4'] = { t: 'e', v: 42 }
  sheet['!ref'] = 'A1:E4'
  sheet['!merges'] = [XLSX.utils.decode_range('D4:E4')]
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(book, sheet, 'Data')
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([['x']]), '__proto__')
  book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] }
  return book
}

for (const bookType of ['xls', 'xlsb'] as const) {
  t.test(`.${bookType}`, async t => {
    const bytes = new Uint8Array(XLSX.write(sample(), { type: 'array', bookType }))
    const frame = readLegacy(`a.${bookType}`, bytes, LIMITS)
    frame.tables.forEach(assertTable)
    t.same(cellsOf(frame.tables[0]!), [
      'A1 text id', 'B1 text when', 'C1 text ok', 'D1 text code', 'E1 text text',
      'A2 number 1', 'B2 date 2024-01-01T18:00:00', 'C2 boolean true', 'D2 text 00042', 'E2 text Größe & co',
      'A3 number 2.5', 'B3 number 60', 'C3 boolean false', 'D3 text 00007', 'E3 text  edge ',
      'A4 error #N/A'
    ])
    t.same(frame.meta.sheets.map(sheet => [sheet.name, sheet.state, sheet.merges]), [['Data', 'visible', ['D4:E4']], ['__proto__', 'hidden', []]])
    t.same(lossOf(frame), ['CELL_ERROR Data!A 1 A4', 'CELLS_MERGED Data!D 1 D4', 'DATE_INVALID Data!B 1 B3', 'SHEET_HIDDEN __proto__! 1'])
    t.same(decodeFrame(encodeFrame(frame)), frame)
    for (let cut = 0; cut < bytes.length; cut += 211) {
      const piece = bytes.slice(0, cut)
      // Behind the last record there may be padding, which nothing misses.
      if (codeOf(() => readLegacy(`a.${bookType}`, piece, LIMITS)) === 'read') t.same(readLegacy(`a.${bookType}`, piece, LIMITS), frame, `cut at ${cut}: whole, or an error`)
    }
  })
}

t.test('files that are something else', async t => {
  const zip = buildZip([{ name: 'x', data: 'x' }])
  t.equal(codeOf(() => readLegacy('a.xls', new Uint8Array(0), LIMITS)), 'E_INPUT_EMPTY')
  t.equal(codeOf(() => readLegacy('a.xls', zip, LIMITS)), 'E_INPUT_TYPE')
  t.equal(codeOf(() => readLegacy('a.xls', Buffer.from('<html><table>'), LIMITS)), 'E_INPUT_TYPE')
  t.equal(codeOf(() => readLegacy('a.xls', Buffer.from('a\tb\n1\t2\n'), LIMITS)), 'E_INPUT_TYPE')
  t.equal(codeOf(() => readLegacy('a.ods', zip, LIMITS)), 'E_INPUT_TYPE')
  t.equal(codeOf(() => readLegacy('a.xlsb', zip, LIMITS)), 'E_INPUT_UNREADABLE')
  t.equal(codeOf(() => readLegacy('a.xlsb', Buffer.from('text'), LIMITS)), 'E_INPUT_TYPE')
  t.equal(operator.isolation, 'process', 'a foreign parser sees untrusted bytes')
})

function ods(tables: string, more: readonly Part[] = [], styles = ''): Uint8Array {
  const content = `<?xml version="1.0" encoding="UTF-8"?><office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`
  return buildZip([{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', stored: true }, { name: 'content.xml', data: content }, ...more])
}
const odsCells = (rows: string, limits = LIMITS): string[] => cellsOf(readLegacy('a.ods', ods(`<table:table table:name="S">${rows}</table:table>`), limits).tables[0]!)

t.test('.xls from before Unicode', async t => {
  /** A workbook of Excel 95 whose texts and sheet are bytes of a code page. */
  const older = (page: number, name: number[], text: number[]): Buffer => {
    const book = XLSX.utils.book_new()
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([['Q'.repeat(text.length), 'plain', 1]]), 'Z'.repeat(name.length))
    const bytes = Buffer.from(XLSX.write(book, { type: 'array', bookType: 'biff5' as XLSX.BookType }))
    const put = (from: Buffer, to: Buffer): void => void to.copy(bytes, bytes.indexOf(from))
    put(Buffer.from('Q'.repeat(text.length)), Buffer.from(text))
    put(Buffer.from('Z'.repeat(name.length)), Buffer.from(name))
    put(Buffer.from([0x42, 0, 2, 0, 0xe4, 4]), Buffer.from([0x42, 0, 2, 0, page & 255, page >> 8]))
    return bytes
  }
  const cases: readonly (readonly [page: number, name: number[], text: number[], sheet: string, read: string])[] = [
    [1252, [0x80, 0x35], [0x93, 0x4d, 0xfc, 0x94], '€5', '“Mü”'],
    [1251, [0xcc, 0xe8], [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2], 'Ми', 'Привет'],
    [0x8000, [0x4d, 0x9f], [0x8a, 0x8e], 'Mü', 'äé'],
    [932, [0x93, 0x8c, 0x8b, 0x9e], [0x83, 0x4a, 0x83, 0x5e], '東京', 'カタ'],
    [0x8001, [0x80, 0x35], [0xe4, 0xf6], '€5', 'äö']
  ]
  for (const [page, name, text, sheet, read] of cases) {
    const { meta, tables } = readLegacy('a.xls', older(page, name, text), LIMITS)
    t.same([meta.sheets[0]!.name, cellsOf(tables[0]!)], [sheet, [`A1 text ${read}`, 'B1 text plain', 'C1 number 1']], String(page))
  }
})

t.test('.ods: leading zeros by the number format, and truth values as formulas', async t => {
  const number = (digits: string, name: string, more = ''): string => `<number:number-style style:name="${name}"><number:number number:decimal-places="0" number:min-integer-digits="${digits}">${more}</number:number></number:number-style>`
  const common = `<office:document-styles>${number('5', 'N1')}${number('9', 'N2', '<number:embedded-text number:position="6">-</number:embedded-text><number:embedded-text number:position="4">-</number:embedded-text>')}<number:number-style style:name="N3"><number:text>-</number:text><number:number number:min-integer-digits="5"/><style:map style:condition="value()&gt;=0" style:apply-style-name="N1"/></number:number-style>${number('1', 'N4')}${number('2.5', 'N6')}${number('many', 'N7')}<number:number-style style:name="N5"><number:number number:decimal-places="2" number:min-integer-digits="4"/></number:number-style></office:document-styles>`
  const styles = ['N1', 'N2', 'N3', 'N4', 'N5'].map((data, at) => `<style:style style:name="ce${at + 1}" style:family="table-cell" style:data-style-name="${data}"/>`).join('') + '<style:style style:name="ce6" style:family="table-cell" style:parent-style-name="ce1"/>'
  const cell = (style: string, value: number, more = ''): string => `<table:table-cell ${style === '' ? '' : `table:style-name="${style}" `}office:value-type="float" office:value="${value}" ${more}><text:p>x</text:p></table:table-cell>`
  const rows = `<table:table-column table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name="ce1"/><table:table-row>${['ce1', 'ce2', '', 'ce3', 'ce4', 'ce5', 'ce6'].map(style => cell(style, 42)).join('')}</table:table-row><table:table-row table:default-cell-style-name="ce2">${cell('', 7)}${cell('ce1', -7)}${cell('ce4', 7)}${cell('ce4', 1, 'table:formula="of:=TRUE()"')}</table:table-row>`
  const read = readLegacy('a.ods', ods(`<table:table table:name="S">${rows}</table:table>`, [{ name: 'styles.xml', data: common }], styles), LIMITS)
  t.same(cellsOf(read.tables[0]!), ['A1 text 00042', 'B1 text 000-00-0042', 'C1 text 00042', 'D1 text 00042', 'E1 number 42', 'F1 number 42', 'G1 text 00042', 'A2 text 000-00-0007', 'B2 number -7', 'C2 number 7', 'D2 boolean true'])
})

t.test('.ods', async t => {
  const cell = (attributes: string, text = ''): string => `<table:table-cell ${attributes}>${text === '' ? '' : `<text:p>${text}</text:p>`}</table:table-cell>`
  const frame = readLegacy('a.ods', ods(
    '<table:table table:name="One"><table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>' +
      `<table:table-header-rows><table:table-row>${cell('office:value-type="string"', 'a<text:s text:c="3"/>b<text:tab/>c<office:annotation><text:p>note</text:p></office:annotation>')}${cell('office:value-type="string"', 'x</text:p><text:p>y')}${cell('office:value-type="string"', 'h')}</table:table-row></table:table-header-rows>` +
      `<table:table-row>${cell('office:value-type="float" office:value="1.50"', '1,5')}${cell('office:value-type="date" office:date-value="2024-02-29T12:00:00"', '29.02.')}${cell('office:value-type="boolean" office:boolean-value="true"', 'WAHR')}${cell('office:value-type="time" office:time-value="PT36H30M00S"')}${cell('office:value-type="percentage" office:value="0.25"', '25 %')}</table:table-row>` +
      `<table:table-row table:visibility="filter">${cell('table:formula="of:=1/0" office:value-type="string" office:string-value=""', '#DIV/0!')}${cell('table:number-columns-spanned="2"  office:value-type="string"', 'wide')}<table:covered-table-cell/>${cell('table:formula="of:=X()"')}</table:table-row>` +
      `<table:table-row table:number-rows-repeated="3">${cell('table:number-columns-repeated="2" office:value-type="float" office:value="7"')}<table:table-cell table:number-columns-repeated="16380"/></table:table-row>` +
      '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>' +
      '<table:table table:name="Two" table:style-name="off"/>',
    [{ name: 'meta.xml', data: '<office:document-meta><meta:user-defined meta:name="hotpass.run_id">run-1</meta:user-defined></office:document-meta>' }],
    '<style:style style:name="off"><style:table-properties table:display="false"/></style:style>'
  ), LIMITS)
  frame.tables.forEach(assertTable)
  t.same(cellsOf(frame.tables[0]!), [
    'A1 text a   b\tc', 'B1 text x\ny', 'C1 text h', 'A2 number 1.5', 'B2 date 2024-02-29T12:00:00', 'C2 boolean true', 'D2 time 36:30:00', 'E2 number 0.25',
    'A3 error #DIV/0!', 'B3 text wide', 'A4 number 7', 'B4 number 7', 'A5 number 7', 'B5 number 7', 'A6 number 7', 'B6 number 7'
  ])
  t.same(frame.meta.sheets.map(({ name, state, merges, hidden_rows, hidden_columns, formulas }) => [name, state, merges, hidden_rows, hidden_columns, formulas]), [['One', 'visible', ['B3:C3'], [3], ['C'], 2], ['Two', 'hidden', [], [], [], 0]])
  t.same(frame.meta.properties, { 'hotpass.run_id': 'run-1' })
  t.same(lossOf(frame), ['CELL_ERROR One!A 1 A3', 'FORMULA_NO_VALUE One!D 1 D3', 'FORMULA_VALUE One!A 1 A3', 'CELLS_MERGED One!B 1 B3', 'ROWS_FILTERED One! 1 A3', 'COLUMNS_HIDDEN One!C 1', 'CELL_COMMENTED One!A 1 A1', 'SHEET_HIDDEN Two! 1'])
  t.same(durationText('PT10H10M10.123456S'), { text: '10:10:10.123', kind: 5 })
  t.equal(durationText('P1D'), null)
  t.same(odsCells('<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'), ['A1 number 1'], 'no styles part, no manifest')
})

t.test('.ods that repeats without end', async t => {
  const started = process.hrtime.bigint()
  const value = 'office:value-type="float" office:value="1"'
  t.equal(codeOf(() => odsCells(`<table:table-row table:number-rows-repeated="1048576"><table:table-cell ${value}/></table:table-row>`)), 'E_INPUT_LIMIT')
  t.equal(codeOf(() => odsCells(`<table:table-row><table:table-cell ${value} table:number-columns-repeated="2000000000"/></table:table-row>`)), 'E_INPUT_LIMIT')
  t.equal(codeOf(() => odsCells(`<table:table-row table:number-rows-repeated="90000"><table:table-cell ${value} table:number-columns-repeated="16000"/></table:table-row>`, { ...LIMITS, cells: 100_000 })), 'E_INPUT_LIMIT')
  t.equal(codeOf(() => odsCells('<table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="2000000000"/></text:p></table:table-cell></table:table-row>')), 'E_INPUT_LIMIT')
  t.equal(codeOf(() => readLegacy('a.ods', ods('<table:table table:name="S"/>', [{ name: 'META-INF/manifest.xml', data: '<m:manifest><m:file-entry><m:encryption-data m:checksum="x"/></m:file-entry></m:manifest>' }]), LIMITS)), 'E_INPUT_ENCRYPTED')
  t.equal(codeOf(() => readLegacy('a.ods', ods('<!DOCTYPE x [<!ENTITY a "b">]>'), LIMITS)), 'E_INPUT_UNREADABLE')
  t.ok(Number(process.hrtime.bigint() - started) < 3e9)
})
