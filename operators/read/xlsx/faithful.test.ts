/** What a workbook can hold, point by point, each on a workbook that holds just that. */
import t from 'tap'
import type { Diagnostic } from '../../../kernel/types.ts'
import { buildXlsx, type SheetSource, type WorkbookSource } from '../testing/build-xlsx.ts'
import { LIMITS, assertTable, cellsOf, lossOf } from '../testing/cells-of.ts'
import { readXlsx } from './operator.ts'

function readBook(source: WorkbookSource) {
  const told: Diagnostic[] = []
  const frame = readXlsx('book.xlsx', buildXlsx(source), LIMITS, { diagnose: finding => void told.push(finding), progress: () => {} })
  for (const table of frame.tables) assertTable(table)
  return { frame, facts: frame.meta.sheets[0]!, cells: cellsOf(frame.tables[0]!), loss: lossOf(frame), told: told.map(({ code }) => code) }
}
const sheetOf = (rows: string, more: Partial<SheetSource> = {}, book: Partial<WorkbookSource> = {}) => readBook({ sheets: [{ name: 'S', rows, ...more }], ...book })
const row = (cells: string, number = 1): string => `<row r="${number}">${cells}</row>`
const inline = (at: string, t: string): string => `<c r="${at}" t="inlineStr"><is>${t}</is></c>`
/** One cell with a number under a format, as it is read. */
const shown = (value: string, format: string | number, date1904 = false): string => sheetOf(row(`<c r="A1" s="1"><v>${value}</v></c>`), {}, { formats: [format], date1904 }).cells[0]!.slice(3)

t.test('texts', async t => {
  const shared = '<si><t>one</t></si><si><r><rPr><i/></rPr><t xml:space="preserve">two </t></r><r><t>parts</t></r><phoneticPr fontId="1"/></si><si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si>'
  const cells = [0, 1, 2].map(index => `<c t="s"><v>${index}</v></c>`).join('')
  t.same(sheetOf(row(cells), {}, { shared }).cells, ['A1 text one', 'B1 text two parts', 'C1 text 東京'], 'runs are joined, phonetic guides are not part of a text')
  t.same(sheetOf(row(inline('A1', '<r><t>in</t></r><r><t>line</t></r><rPh sb="0" eb="1"><t>x</t></rPh>'))).cells, ['A1 text inline'])
  t.same(sheetOf(row(inline('A1', '<r><t> two</t></r><r><t> words </t></r>') + inline('B1', '<r><t>a </t></r><r><t> </t></r><r><t>b</t></r>') + inline('C1', '<r>\n <t>\n  lay\n </t></r><r><t>\n  out\n </t></r>') + inline('D1', '<r><t xml:space="preserve"> a</t></r><r><t> b </t></r>'))).cells, ['A1 text two words', 'B1 text a  b', 'C1 text layout', 'D1 text  a b'], 'space between runs parts words')
  t.same(sheetOf(row(inline('A1', '<t>  a </t>') + inline('B1', '<t xml:space="preserve">  a </t>'))).cells, ['A1 text a', 'B1 text   a '], 'space counts where the file says so')
  t.same(sheetOf(row(inline('A1', '<t>a_x000D__x000A_b_x005F_x0041_</t>') + '<c r="B1" t="str"><v>_x0041_</v></c>')).cells, ['A1 text a\r\nb_x0041_', 'B1 text A'], 'escapes of Office')
  t.same(sheetOf(row(inline('A1', '<t>&#x1F600;&lt;b&gt;</t>') + inline('B1', '<t>x\r\ny</t>'))).cells, ['A1 text 😀<b>', 'B1 text x\ny'])
  t.same(sheetOf(row('<c r="A1" t="str"><v>007</v></c>')).cells, ['A1 text 007'])
})

t.test('attributes of others, and other names of encodings', async t => {
  const { cells, facts } = sheetOf('<row r="1" z:hidden="1" z:r="9"><c z:r="ZZ9" z:t="e" r="A1" z:s="7"><v>5</v></c><c z:t="e"><v>6</v></c></row>')
  t.same([cells, facts.hidden_rows], [['A1 number 5', 'B1 number 6'], []], 'an attribute with a prefix is another one')
  const whole = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&#233;t&#233;</t></is></c></row></sheetData></worksheet>`
  for (const encoding of ['ASCII', 'us-ascii', 'latin1', 'ISO-8859-1', 'utf8']) t.same(sheetOf('', { whole: whole(encoding) }).cells, ['A1 text été'], encoding)
})

t.test('numbers, as they are stored', async t => {
  const numbers: readonly (readonly [stored: string, read: string])[] = [['0.1', '0.1'], ['1e3', '1000'], ['-0', '0'], ['1.7976931348623157E+308', '1.7976931348623157e308'], ['123456789012345', '123456789012345'], ['12345678901234567890', '12345678901234567890'], ['0.30000000000000004', '0.30000000000000004'], ['1E-7', '0.0000001'], [' 5 ', '5']]
  for (const [stored, read] of numbers) t.same(sheetOf(row(`<c r="A1"><v>${stored}</v></c>`)).cells, [`A1 number ${read}`], stored)
  for (const stored of ['1e999', 'abc', '0x10', '1,5', 'NaN', 'INF']) {
    const { cells, loss } = sheetOf(row(`<c r="A1"><v>${stored}</v></c>`))
    t.same([cells, loss], [[`A1 text ${stored}`], ['NUMBER_INVALID S!A 1 A1']], stored)
  }
})

t.test('booleans and errors', async t => {
  t.same(sheetOf(row('<c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="b"><v>true</v></c><c t="b"><v>FALSE</v></c><c t="b"><v>TRUE</v></c>')).cells, ['A1 boolean true', 'B1 boolean false', 'C1 boolean true', 'D1 boolean false', 'E1 boolean true'])
  const errors = ['#NULL!', '#DIV/0!', '#VALUE!', '#REF!', '#NAME?', '#NUM!', '#N/A', '#GETTING_DATA', '#SPILL!']
  const { cells, loss } = sheetOf(row(errors.map(error => `<c t="e"><v>${error}</v></c>`).join('') + '<c t="e"><v/></c><c t="e"/>'))
  t.same(cells, [...errors.map((error, at) => `${'ABCDEFGHI'[at]}1 error ${error}`), 'J1 error #UNKNOWN!', 'K1 error #UNKNOWN!'], 'an error is never blank')
  t.equal(loss.length, 11)
})

t.test('formulas by their stored value', async t => {
  const { cells, loss, facts } = sheetOf(row('<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>A1&amp;""</f><v>2</v></c><c r="C1" t="b"><f>TRUE()</f><v>1</v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E1"><f>NOW()</f></c><c r="F1"><f>NOW()</f><v></v></c><c r="G1" t="str"><f>""</f><v></v></c><c r="H1" s="1"><f>TODAY()</f><v>45292</v></c><c r="I1"><f t="shared" ref="I1:I2" si="0">A1</f><v>9</v></c>') + row('<c r="I2"><f t="shared" si="0"/><v>8</v></c>', 2), {}, { formats: [14] })
  t.same(cells, ['A1 number 2', 'B1 text 2', 'C1 boolean true', 'D1 error #DIV/0!', 'G1 text ', 'H1 date 2024-01-01', 'I1 number 9', 'I2 number 8'])
  t.same(loss.filter(entry => entry.startsWith('FORMULA')), ['FORMULA_NO_VALUE S!E 1 E1', 'FORMULA_NO_VALUE S!F 1 F1', ...[...'ABCDGH'].map(letter => `FORMULA_VALUE S!${letter} 1 ${letter}1`), 'FORMULA_VALUE S!I 2 I1,I2'])
  t.equal(facts.formulas, 10)
})

t.test('dates by their number format', async t => {
  for (const format of [14, 15, 16, 17, 22, 'dd/mm/yyyy', 'd\\-mmm\\-yy', '[$-409]d\\-mmm\\-yyyy;@', '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 'yyyy"年"m"月"d"日"', '[Red]yyyy-mm-dd', 'mmm yy', '[$-1000000]yy.mm.dd', 'ge.m.d', '"week of "d/m/yyyy']) {
    t.equal(shown('45292', format), 'date 2024-01-01', String(format))
    t.equal(shown('43830', format, true), 'date 2024-01-01', `${format}, counted from 1904`)
  }
  t.equal(shown('45292.5', 'd/m/yy h:mm AM/PM'), 'date 2024-01-01T12:00:00')
  t.equal(shown('45292.000011574', 22), 'date 2024-01-01T00:00:01')
  t.equal(shown('0.25', 'h:mm'), 'time 06:00:00')
  t.equal(shown('0.25', 20), 'time 06:00:00')
  t.equal(shown('1.25', '[h]:mm'), 'time 30:00:00')
  t.equal(shown('1.25', '[mm]:ss'), 'time 30:00:00')
  t.equal(shown('1.25', 46), 'time 30:00:00')
  t.equal(shown('0.0000115741', 'mm:ss.000'), 'time 00:00:01')
  t.equal(shown('59', 14), 'date 1900-02-28')
  t.equal(shown('61', 14), 'date 1900-03-01', 'the day that 1900 never had is left out')
  t.equal(shown('2958465', 14), 'date 9999-12-31')
  for (const format of ['0.00', '#,##0', '0%', '0.00E+00', '# ?/?', '@', 'General', '[Red]0', '"day "0', '_($* #,##0.00_)', '0"d"', '[>100]0;0.0']) t.equal(shown('45292', format).split(' ')[0], 'number', format)
  for (const serial of ['-1', '2958466', '60']) t.same(sheetOf(row(`<c r="A1" s="1"><v>${serial}</v></c>`), {}, { formats: [14] }).loss, ['DATE_INVALID S!A 1 A1'], serial)
  t.same(sheetOf(row('<c r="A1" t="d"><v>2024-02-29</v></c><c r="B1" t="d"><v>2024-02-29T23:59:59.5Z</v></c><c r="C1" t="d"><v>2024-02-30</v></c>'), {}, { strict: true }).cells.slice(0, 1), ['A1 date 2024-02-29'], 'strict workbooks write dates out')
})

t.test('addresses', async t => {
  t.same(sheetOf('<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>').cells, ['A1 number 1', 'B1 number 2', 'A2 number 3'], 'none at all')
  t.same(sheetOf('<row r="5"><c r="D5"><v>1</v></c><c><v>2</v></c></row><row><c r="A6"><v>3</v></c></row>').cells, ['D5 number 1', 'E5 number 2', 'A6 number 3'], 'some of them')
  t.same(sheetOf('<row r="2"><c r="C2"><v>3</v></c><c r="A2"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>').cells, ['B1 number 2', 'A2 number 1', 'C2 number 3'], 'out of order')
  t.same(sheetOf('<row r="1"><c r="A1"><v>1</v></c><c r="B2"><v>9</v></c></row><row r="2"><c r="A2"><v>2</v></c><c r="B1"><v>8</v></c></row>').cells, ['A1 number 1', 'B1 number 8', 'A2 number 2', 'B2 number 9'], 'cells in each other\'s rows')
  t.same(sheetOf('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>', { before: '<dimension ref="A1:XFD1048576"/>' }).cells, ['A1 number 1', 'XFD1048576 number 2'], 'sparse')
  for (const ref of ['A1', 'A1:XFD1048576', 'Z9:Z9', 'nonsense', '']) t.same(sheetOf(row('<c r="B1"><v>1</v></c>'), { before: `<dimension ref="${ref}"/>` }).cells, ['B1 number 1'], `a dimension of ${ref}`)
})

t.test('the ways of writing a part', async t => {
  const xml = '<x:worksheet xmlns:x="urn:m"><x:sheetData><x:row x:r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>é€</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>'
  const whole = (part: string | Uint8Array): string[] => readBook({ sheets: [{ name: 'S', whole: part }] }).cells
  t.same(whole(xml), ['A1 text é€'], 'names with a prefix')
  t.same(whole(`\ufeff<?xml version="1.0" encoding="utf-8"?>${xml}`), ['A1 text é€'])
  for (const mark of ['\ufeff', '']) {
    const wide = Buffer.from(`${mark}<?xml version="1.0" encoding="UTF-16"?>${xml}`, 'utf16le')
    t.same(whole(wide), ['A1 text é€'])
    t.same(whole(Buffer.from(wide).swap16()), ['A1 text é€'])
  }
  const target = (path: string): string[] => sheetOf(row('<c r="A1"><v>1</v></c>'), { target: path }).cells
  for (const path of ['worksheets/sheet1.xml', '/xl/worksheets/sheet1.xml', './worksheets/../worksheets/sheet1.xml', '../xl/worksheets/sheet1.xml', 'worksheets\\sheet1.xml', 'Worksheets/Sheet1.XML']) t.same(target(path), ['A1 number 1'], path)
})

t.test('what is hidden, and by what', async t => {
  const { frame } = readBook({ sheets: [{ name: 'a' }, { name: 'b', state: 'hidden' }, { name: 'c', state: 'veryHidden' }] })
  t.same(frame.meta.sheets.map(({ state }) => state), ['visible', 'hidden', 'very-hidden'])
  const rows = [1, 2, 3, 4, 5].map(number => `<row r="${number}"${number % 2 === 0 ? ' hidden="1"' : ''}><c r="A${number}"><v>${number}</v></c><c r="B${number}"><v>1</v></c></row>`).join('')
  const filter = '<autoFilter ref="A1:B3"><filterColumn colId="0"><filters><filter val="x"/></filters></filterColumn><sortState ref="A2:B3"/></autoFilter>'
  const filtered = sheetOf(rows, { before: '<cols><col min="2" max="3" hidden="1"/></cols>', after: filter })
  t.same(filtered.loss, ['ROWS_HIDDEN S! 1 A4', 'ROWS_FILTERED S! 1 A2', 'COLUMNS_HIDDEN S!B 1'])
  t.same([filtered.facts.hidden_rows, filtered.facts.hidden_columns, filtered.facts.filters], [[2, 4], ['B'], [{ range: 'A1:B3', active: true }]])
  t.equal(filtered.cells.length, 10, 'hidden cells are read all the same')
  t.same(sheetOf(rows, { after: '<autoFilter ref="A1:B5"/>' }).loss, ['ROWS_HIDDEN S! 2 A2,A4'], 'buttons alone hide nothing')
  const table = sheetOf(rows, { rels: '<Relationship Id="t" Type="TYPE/table" Target="../tables/t.xml"/>' }, { extra: [{ name: 'xl/tables/t.xml', data: `<table name="T" ref="A1:B5" totalsRowCount="1">${filter}</table>` }] })
  t.same(table.facts.list_objects, [{ name: 'T', range: 'A1:B5', header_rows: 1, totals_rows: 1 }])
  t.same(table.loss, ['ROWS_HIDDEN S! 1 A4', 'ROWS_FILTERED S! 1 A2'], 'a filter of a declared table')
})

t.test('merged ranges, comments, validations', async t => {
  const { facts, loss } = sheetOf(row('<c r="A1"><v>1</v></c>'), {
    after: '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C3:XFE9"/></mergeCells><dataValidations><dataValidation type="list" sqref="A1:A9 C1"><formula1>"yes, no,maybe"</formula1></dataValidation><dataValidation type="list" sqref="D1"><formula1>$X$1:$X$9</formula1></dataValidation><dataValidation type="whole" operator="between" sqref="E1"><formula1>1</formula1><formula2>5</formula2></dataValidation></dataValidations><extLst><ext><x14:dataValidations><x14:dataValidation type="list"><x14:formula1><xm:f>Other!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>F1:F5</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>',
    rels: '<Relationship Id="c" Type="TYPE/comments" Target="../comments1.xml"/><Relationship Id="d" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threaded.xml"/>'
  }, { extra: [{ name: 'xl/comments1.xml', data: '<comments><commentList><comment ref="B2"><text><t>secret</t></text></comment><comment ref="A1"/></commentList></comments>' }, { name: 'xl/threaded.xml', data: '<ThreadedComments><threadedComment ref="B2"/><threadedComment ref="C9"/></ThreadedComments>' }] })
  t.same(facts.merges, ['A1:B2'])
  t.same(facts.comments, ['A1', 'B2', 'C9'])
  t.same(facts.validations, [
    { type: 'list', ranges: ['A1:A9', 'C1'], values: ['yes', 'no', 'maybe'] }, { type: 'list', ranges: ['D1'], values: [] },
    { type: 'whole', ranges: ['E1'], values: [] }, { type: 'list', ranges: ['F1:F5'], values: [] }
  ])
  t.same(loss, ['CELLS_MERGED S!A 1 A1', 'CELL_COMMENTED S!A 1 A1', 'CELL_COMMENTED S!B 1 B2', 'CELL_COMMENTED S!C 1 C9'])
  t.notMatch(JSON.stringify(facts), /secret/, 'what a comment says is not kept')
})

t.test('the workbook as a whole', async t => {
  const relations = (content: string) => `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`
  const book = (root: string, own: string, workbook: string): string[] => {
    const { told, cells } = readBook({
      sheets: [{ name: 'S', rows: row('<c r="A1"><f>[1]Other!A1</f><v>0</v></c>') }],
      replace: {
        '_rels/.rels': relations(`<Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/>${root}`),
        'xl/_rels/workbook.xml.rels': relations(`<Relationship Id="s1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>${own}`),
        'xl/workbook.xml': `<workbook xmlns:r="x"><sheets><sheet name="S" r:id="s1"/></sheets>${workbook}</workbook>`
      }
    })
    t.same(cells, ['A1 number 0'])
    return told
  }
  t.same(book('', '', '<calcPr calcId="1"/>'), [])
  t.same(book('<Relationship Id="g" Type="x/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/>', '', ''), ['WORKBOOK_SIGNED'])
  t.same(book('', '<Relationship Id="l" Type="x/externalLink" Target="externalLinks/externalLink1.xml"/>', ''), ['LINKS_EXTERNAL'], 'a link is told, and never followed')
  t.same(book('', '<Relationship Id="v" Type="x/vbaProject" Target="vbaProject.bin"/>', ''), ['MACROS_IGNORED'])
  t.same(book('', '<Relationship Id="y" Type="x/styles" Target="styles.xml"/>', ''), ['STYLES_MISSING'])
  t.same(book('', '', '<calcPr fullCalcOnLoad="1"/>'), ['FORMULAS_UNCOMPUTED'], 'some writers store 0 for every formula')
})
