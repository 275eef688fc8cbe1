import fc from 'fast-check'
import t from 'tap'
import { decodeFrame, encodeFrame } from '../../../kernel/artifact/frame.ts'
import { buildXlsx, escapeXml } from '../testing/build-xlsx.ts'
import { LIMITS, assertTable, cellsOf, lossOf } from '../testing/cells-of.ts'
import { operator, readXlsx } from './operator.ts'

const read = (source: Parameters<typeof buildXlsx>[0]) => readXlsx('book.xlsx', buildXlsx(source), LIMITS)
const rowsOf = (rows: string, shared?: string, formats?: readonly (string | number)[]) => {
  const frame = read({ sheets: [{ name: 'S', rows }], ...(shared === undefined ? {} : { shared }), ...(formats === undefined ? {} : { formats }) })
  assertTable(frame.tables[0]!)
  return { cells: cellsOf(frame.tables[0]!), loss: lossOf(frame), frame }
}

t.test('every kind of cell', async t => {
  const shared = '<si><t>plain</t></si><si><t xml:space="preserve"> kept </t></si><si><t> trimmed </t></si><si><r><t xml:space="preserve">rich </t></r><r><rPr><b/></rPr><t>text</t></r><rPh sb="0" eb="1"><t>phonetic</t></rPh></si><si><t>a&amp;b _x000D_&#233;</t></si><si><t/></si><si><t>_x005F_x0041_</t></si><si><t><![CDATA[<c>&amp;]]></t></si><si><t>plain</t></si>'
  const cells = Array.from({ length: 9 }, (_, index) => `<c r="A${index + 1}" t="s"><v>${index}</v></c>`)
  t.same(rowsOf(cells.map((cell, index) => `<row r="${index + 1}">${cell}</row>`).join(''), shared).cells, [
    'A1 text plain', 'A2 text  kept ', 'A3 text trimmed', 'A4 text rich text', 'A5 text a&b \ré', 'A6 text ', 'A7 text _x0041_', 'A8 text <c>&amp;', 'A9 text plain'
  ])
  const { cells: others, loss, frame } = rowsOf(
    '<row r="2"><c r="A2" t="inlineStr"><is><t>inline</t></is></c><c r="B2" t="b"><v>1</v></c><c r="C2" t="b"><v>0</v></c><c r="D2" t="e"><v>#DIV/0!</v></c><c r="E2"><v>1.50</v></c><c r="F2" t="n"><v>-3E-2</v></c>' +
      '<c r="G2" t="str"><f>A1&amp;B1</f><v>joined</v></c><c r="H2" t="str"><f>""</f><v></v></c><c r="I2"><f>NOW()</f></c><c r="J2"><f>1+1</f><v>2</v></c><c r="K2" t="d"><v>2024-02-29T10:00:00</v></c><c r="L2"><v>abc</v></c><c r="M2"><v>12345678901234567</v></c><c r="N2" s="9"/></row>'
  )
  t.same(others, ['A2 text inline', 'B2 boolean true', 'C2 boolean false', 'D2 error #DIV/0!', 'E2 number 1.5', 'F2 number -0.03', 'G2 text joined', 'H2 text ', 'J2 number 2', 'K2 date 2024-02-29T10:00:00', 'L2 text abc', 'M2 number 12345678901234567'])
  t.same(loss, ['CELL_ERROR S!D 1 D2', 'FORMULA_NO_VALUE S!I 1 I2', 'FORMULA_VALUE S!G 1 G2', 'FORMULA_VALUE S!H 1 H2', 'FORMULA_VALUE S!J 1 J2', 'NUMBER_INVALID S!L 1 L2', 'NUMBER_ROUNDED S!M 1 M2'])
  t.equal(frame.meta.sheets[0]!.formulas, 4)
  t.same(decodeFrame(encodeFrame(frame)), frame, 'the artifact holds all of it')
})

t.test('sheets share their texts, however many there are and whichever repeat', async t => {
  // One text stands twice, near the beginning: what is looked up far behind it must not depend on the sheets before.
  const texts = Array.from({ length: 3000 }, (_, index) => (index === 7 ? 'text 3' : `text ${index}`))
  const names = ['One', 'Two', 'Three', 'Four']
  const idsOf = (sheet: number): number[] => Array.from({ length: 400 }, (_, row) => (sheet * 977 + row * (sheet * 2 + 7)) % texts.length)
  const sheets = names.map((name, sheet) => ({ name, rows: idsOf(sheet).map((id, row) => `<row r="${row + 1}"><c r="A${row + 1}" t="s"><v>${id}</v></c><c r="B${row + 1}"><v>${id + row}</v></c></row>`).join('') }))
  const { tables } = read({ sheets, shared: texts.map(text => `<si><t>${text}</t></si>`).join('') })
  for (const [sheet, table] of tables.entries()) {
    assertTable(table)
    t.same(cellsOf(table).filter(cell => cell.startsWith('A')), idsOf(sheet).map((id, row) => `A${row + 1} text ${texts[id]}`), names[sheet]!)
  }
})

t.test('numbers under formats', async t => {
  const values = ['45292', '45292.75', '0.5', '60', '1.5', '42', '-7', '0']
  const formats = ['dd/mm/yyyy', 14, 22, 'h:mm', '[h]:mm', '00000', '"n "0', 2]
  const row = (style: number) => values.map((value, index) => `<c r="${'ABCDEFGH'[index]}${style}" s="${style}"><v>${value}</v></c>`).join('')
  const { cells, loss } = rowsOf(formats.map((_, index) => `<row r="${index + 1}">${row(index + 1)}</row>`).join(''), undefined, formats)
  const line = (number: number): string[] => cells.filter(cell => new RegExp(`^[A-Z]+${number} `).test(cell)).map(cell => cell.replace(/^\S+ /, ''))
  const dates = ['date 2024-01-01', 'date 2024-01-01T18:00:00', 'time 12:00:00', 'number 60', 'date 1900-01-01T12:00:00', 'date 1900-02-11', 'number -7', 'number 0']
  for (const style of [1, 2, 3]) t.same(line(style), dates)
  t.same(line(4), [...dates.slice(0, 7), 'time 00:00:00'])
  t.same(line(5), ['time 1087008:00:00', 'time 1087026:00:00', 'time 12:00:00', 'time 1440:00:00', 'time 36:00:00', 'time 1008:00:00', 'number -7', 'time 00:00:00'].map((text, index) => (index < 2 ? `number ${values[index]}` : text)))
  t.same(line(6), ['text 45292', 'number 45292.75', 'number 0.5', 'text 00060', 'number 1.5', 'text 00042', 'number -7', 'text 00000'])
  t.same(line(8), values.map(value => `number ${value}`))
  t.ok(loss.includes('DATE_INVALID S!D 4 D1,D2,D3,D4'), 'day 60 of 1900 never was')
  const early = read({ sheets: [{ name: 'S', rows: '<row r="1"><c r="A1" s="1"><v>43830</v></c></row>' }], formats: [14], date1904: true })
  t.same([early.meta.date_system, ...cellsOf(early.tables[0]!)], [1904, 'A1 date 2024-01-01'])
})

t.test('what writers leave out or do their own way', async t => {
  const plain = ['A1 number 1', 'B1 number 2', 'A3 number 3']
  t.same(rowsOf('<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>').cells, plain, 'no addresses')
  t.same(rowsOf('<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row>').cells, plain, 'out of order')
  t.same(rowsOf("<!-- x --><row spans='1:2' r='1' ><c s='0' r='A1' ><v>1</v></c > <c r='B1'><v >2</v></c></row><?pi?><row r='3'><c r='A3'><v><![CDATA[3]]></v></c></row>").cells, plain, 'quotes, space, comments')
  t.same(rowsOf('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="A3"><v>3</v></c></row>').cells, plain, 'an address beats its row')
  t.same(rowsOf('<row r="1"><c r="A1"><v>9</v></c><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="3"><c r="A3"><v>3</v></c></row>').loss, ['CELL_REPEATED S!A 1 A1'])
  const prefixed = '<x:worksheet xmlns:x="urn:m"><x:dimension ref="A1:XFD1048576"/><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c><x:c r="B1" t="inlineStr"><x:is><x:t>é</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>'
  const expected = ['A1 number 1', 'B1 text é']
  const sheet = (whole: string | Uint8Array): string[] => cellsOf(read({ sheets: [{ name: 'S', whole }] }).tables[0]!)
  t.same(sheet(prefixed), expected)
  t.same(sheet('\ufeff' + prefixed), expected, 'byte order mark')
  const wide = Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${prefixed}`, 'utf16le')
  t.same(sheet(wide), expected, 'UTF-16, little end first')
  t.same(sheet(Buffer.from(wide).swap16()), expected, 'UTF-16, big end first')
  t.same(sheet(Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${prefixed}`, 'latin1')), expected, 'Latin-1')
  t.same(cellsOf(read({ sheets: [{ name: 'S', rows: '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', target: '/xl/worksheets/sheet1.xml' }], shared: '<si><t>x</t></si>', strict: true }).tables[0]!), ['A1 text x'])
  t.same(cellsOf(read({ sheets: [{ name: 'S', rows: '<row r="1"><c r="A1"><v>1</v></c></row>', target: '../xl/./worksheets\\SHEET1.xml' }] }).tables[0]!), ['A1 number 1'])
})

t.test('what else a workbook says', async t => {
  const frame = read({
    properties: { 'hotpass.run_id': 'run-1', __proto__x: 'y' },
    sheets: [
      {
        name: '../../x',
        before: '<cols><col min="2" max="16384" hidden="1"/></cols>',
        rows: '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2" hidden="1"><c r="A2"><v>1</v></c></row><row r="9" hidden="1"/>',
        after: '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="nonsense"/></mergeCells>',
        rels: '<Relationship Id="t" Type="TYPE/table" Target="../tables/table1.xml"/><Relationship Id="h" Type="TYPE/hyperlink" Target="http://example.com/" TargetMode="External"/>'
      },
      { name: '__proto__', state: 'hidden', rows: '<row r="1"><c r="A1" t="inlineStr"><is><t>constructor</t></is></c></row>' },
      { name: '__proto__', state: 'veryHidden' }
    ],
    extra: [{ name: 'xl/tables/table1.xml', data: '<table displayName="T" ref="A1:B2"/>' }]
  })
  t.same(frame.tables.map(table => [table.name, table.rows]), [['../../x', 2], ['__proto__', 1], ['__proto__ (2)', 0]])
  t.same(frame.meta.sheets[0], { name: '../../x', state: 'visible', merges: ['A1:B2'], hidden_rows: [2], hidden_columns: ['B'], formulas: 0, filters: [], validations: [], comments: [], list_objects: [{ name: 'T', range: 'A1:B2', header_rows: 1, totals_rows: 0 }] })
  t.same(frame.meta.sheets.map(sheet => sheet.state), ['visible', 'hidden', 'very-hidden'])
  t.same(frame.meta.properties, { 'hotpass.run_id': 'run-1', __proto__x: 'y' })
  t.same(lossOf(frame), ['CELLS_MERGED ../../x!A 1 A1', 'ROWS_HIDDEN ../../x! 1 A2', 'COLUMNS_HIDDEN ../../x!B 1', 'SHEET_HIDDEN __proto__! 1', 'SHEET_HIDDEN __proto__ (2)! 1'])
})

t.test('losses that a column shows', async t => {
  const column = (cells: readonly string[]): string => cells.map((cell, index) => `<row r="${index + 1}">${cell.startsWith('"') ? `<c r="A${index + 1}" t="inlineStr"><is><t>${cell.slice(1)}</t></is></c>` : `<c r="A${index + 1}"><v>${cell}</v></c>`}</row>`).join('')
  t.same(rowsOf(column(['"Amount', '1', '2', '3', '"4', '"5.5', '"six'])).loss, [], 'mostly means more than half')
  t.same(rowsOf(column(['"Amount', '1', '2', '3', '3', '"4', '"5.5'])).loss, ['NUMBER_AS_TEXT S!A 2 A6,A7'])
  t.same(rowsOf(column(['"Sales', '"2019', '1', '2', '3'])).loss, [], 'a year above numbers heads them')
  t.same(rowsOf(column(['"2019', '1', '2', '3', '"2019'])).loss, ['NUMBER_AS_TEXT S!A 2 A1,A5'], 'unless it stands among them, too')
  t.same(rowsOf(column(['"Year', '"2019', '2020', '2021', '2022'])).loss, ['NUMBER_AS_TEXT S!A 1 A2'], 'or they are years')
  t.same(rowsOf(column(['"Code', '"11', '"12', '"13', '14'])).loss, ['TEXT_AS_NUMBER S!A 1 A5'])
  t.same(rowsOf(column(['"Phone', '"0215550001', '"0215550002', '"0215550003', '215550004'])).loss, ['TEXT_AS_NUMBER S!A 1 A5', 'LEADING_ZEROS_LOST S!A 1 A5'])
  t.same(rowsOf(column(['"Card', '4111111111111110', '"1.23457E+11'])).loss, ['NUMBER_ROUNDED S!A 1 A2', 'SCIENTIFIC_IDENTIFIER S!A 1 A3'])
  t.same(rowsOf(column(['"a&#xD800;b', '"_xDC00_'])).loss, ['TEXT_INVALID S!A 2 A1,A2'], 'half a surrogate')
})

t.test('what is written is what is read', async t => {
  const cell = fc.oneof(
    fc.record({ kind: fc.constant('shared' as const), text: fc.string({ unit: 'grapheme', maxLength: 12 }) }),
    fc.record({ kind: fc.constant('inline' as const), text: fc.string({ unit: 'grapheme', maxLength: 12 }) }),
    fc.record({ kind: fc.constant('number' as const), text: fc.oneof(fc.integer().map(String), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }).map(value => String(value + 0))) }),
    fc.record({ kind: fc.constant('boolean' as const), text: fc.constantFrom('true', 'false') }),
    fc.constant(null)
  )
  const clean = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|_x/g, '').toWellFormed()
  fc.assert(
    fc.property(fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 12 }), grid => {
      const strings: string[] = []
      const expected: string[] = []
      const rows = grid.map((cells, y) => `<row r="${y + 1}">${cells.map((cell, x) => {
        const at = `${'ABCDE'[x]}${y + 1}`
        if (cell === null) return ''
        if (cell.kind === 'number') {
          expected.push(`${at} number ${Number(cell.text)}`)
          return `<c r="${at}"><v>${cell.text}</v></c>`
        }
        if (cell.kind === 'boolean') {
          expected.push(`${at} boolean ${cell.text}`)
          return `<c r="${at}" t="b"><v>${cell.text === 'true' ? 1 : 0}</v></c>`
        }
        const text = clean(cell.text)
        expected.push(`${at} text ${text}`)
        const element = `<t xml:space="preserve">${escapeXml(text)}</t>`
        if (cell.kind === 'inline') return `<c r="${at}" t="inlineStr"><is>${element}</is></c>`
        strings.push(`<si>${element}</si>`)
        return `<c r="${at}" t="s"><v>${strings.length - 1}</v></c>`
      }).join('')}</row>`)
      const frame = read({ sheets: [{ name: 'S', rows: rows.join('') }], shared: strings.join('') })
      assertTable(frame.tables[0]!)
      const normal = cellsOf(frame.tables[0]!).map(line => line.replace(/ number (.*)$/, (_, number: string) => ` number ${Number(number)}`))
      if (JSON.stringify(normal) !== JSON.stringify(expected)) throw new Error(`${JSON.stringify(normal)} for ${JSON.stringify(expected)}`)
    }),
    { seed: 7, numRuns: 150 }
  )
  t.pass('150 workbooks')
})

t.test('the operator gives the same as the function', async t => {
  const bytes = buildXlsx({ sheets: [{ name: 'S', rows: '<row r="1"><c r="A1"><v>1</v></c></row>' }] })
  let shown = 0
  const context = { pins: { as_of: null, seed: '' }, diagnose() {}, progress: (share: number) => void (shown = share), random: () => 0 }
  const out = operator.run({ file: [{ id: 'a/book.xlsx', kind: 'bytes', hash: '', value: bytes }] }, { ingest: { limits: LIMITS } }, context)
  t.same(out['workbook'], readXlsx('a/book.xlsx', bytes, LIMITS))
  t.equal(shown, 1)
})
