import t from 'tap'
import type { Frame } from '../../kernel/artifact/table.ts'
import type { Diagnostic } from '../../kernel/types.ts'
import type { WorkbookMeta } from '../model/stages.ts'
import { refusedWorkbook } from '../read/refused.ts'
import { readSecond } from '../read/second/operator.ts'
import { buildXlsx, type WorkbookSource } from '../read/testing/build-xlsx.ts'
import { LIMITS } from '../read/testing/cells-of.ts'
import { readXlsx } from '../read/xlsx/operator.ts'
import { compareReadings } from './operator.ts'

const read = (rows: string, more: Partial<WorkbookSource> = {}): Frame<WorkbookMeta> => readXlsx('b.xlsx', buildXlsx({ sheets: [{ name: 'S', rows }], ...more }), LIMITS)
function compared(first: Frame<WorkbookMeta>, second: Frame<WorkbookMeta> | undefined): { loss: string[]; told: Diagnostic[]; frame: Frame<WorkbookMeta> } {
  const told: Diagnostic[] = []
  const frame = compareReadings(first, second, { diagnose: finding => void told.push(finding) })
  return { loss: frame.meta.loss.map(({ code, sheet, column, count, cells }) => `${code} ${sheet}!${column} ${count} ${cells.join(',')}`.trimEnd()), told, frame }
}

t.test('every cell that two readings see differently is in the ledger', async t => {
  const first = read('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1" t="str"><v>3</v></c><c r="D1"><v>4</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>12345678901234567</v></c></row>')
  const second = read('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>9</v></c><c r="C1"><v>3</v></c></row><row r="2"><c r="A2"><v>7</v></c><c r="B2"><v>12345678901234568</v></c></row><row r="3"><c r="AA3"><v>5</v></c></row>')
  const before = first.meta.loss.length
  const { loss, frame } = compared(first, second)
  t.same(loss.slice(before), ['READERS_DIFFER S!A 1 A2', 'READERS_DIFFER S!B 1 B1', 'READERS_TYPE_DIFFERS S!C 1 C1', 'READER_SECOND_BLANK S!D 1 D1', 'READER_FIRST_BLANK S!AA 1 AA3'])
  t.equal(frame.tables, first.tables, 'the first reading goes on')
  t.same(compared(first, first).frame.meta, first.meta)
})

t.test('sheets that one of them does not see, and no second reading', async t => {
  const one = read('<row r="1"><c r="A1"><v>1</v></c></row>')
  const two = readXlsx('b.xlsx', buildXlsx({ sheets: [{ name: 'S', rows: '<row r="1"><c r="A1"><v>1</v></c></row>' }, { name: 'T' }] }), LIMITS)
  t.same(compared(two, one).loss, ['READER_SECOND_BLANK T! 1'])
  t.same(compared(one, two).loss, ['READER_FIRST_BLANK T! 1'])
  t.same(compared(one, refusedWorkbook('read.second', 'b.xlsx', { code: 'E_INPUT_LIMIT', message: 'b.xlsx took more than 60 seconds to read' })).loss, ['READER_SECOND_FAILED ! 1'])
  t.same(compared(one, undefined).told.map(({ code }) => code), ['READER_SECOND_NONE'])
  const refused = refusedWorkbook('read.xlsx', 'b.xlsx', { code: 'E_INPUT_TYPE', message: 'b.xlsx: no workbook' })
  t.equal(compared(refused, one).frame, refused)
})

/** A corpus of what workbooks hold, on which the two readers agree but for what is named. */
const CORPUS: readonly (readonly [name: string, rows: string, more?: Partial<WorkbookSource>, differences?: readonly string[]])[] = [
  ['texts', '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>in</t></is></c><c r="D1" t="str"><f>1</f><v>x</v></c></row>', { shared: '<si><t>a&amp;b</t></si><si><r><t>ri</t></r><r><t>ch</t></r></si>' }],
  ['numbers', '<row r="1"><c r="A1"><v>0.1</v></c><c r="B1"><v>-3E-7</v></c><c r="C1"><v>12345678901234567</v></c><c r="D1" s="1"><v>42</v></c><c r="E1" s="2"><v>0.25</v></c></row>', { formats: ['00000', '0%'] }],
  ['booleans and errors', '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1" t="e"><v>#DIV/0!</v></c></row>'],
  ['dates', `<row r="1">${[1, 2, 3, 4].map((style, at) => `<c r="${'ABCD'[at]}1" s="${style}"><v>45292.75</v></c>`).join('')}</row>`, { formats: [14, '[$-409]d\\-mmm\\-yy', 'h:mm', '[h]:mm'] }],
  ['a date that is written out, under no format', '<row r="1"><c r="A1" t="d"><v>2024-02-29</v></c></row>', {}, ['READERS_DIFFER S!A 1 A1']],
  ['dates from 1904', '<row r="1"><c r="A1" s="1"><v>43830</v></c></row>', { formats: [14], date1904: true }],
  ['sparse and out of order', '<row r="9"><c r="Z9"><v>1</v></c><c r="B9"><v>2</v></c></row><row r="2"><c r="C2"><v>3</v></c></row>'],
  ['a carriage return', '<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000D__x000A_b</t></is></c></row>', {}, ['READERS_DIFFER S!A 1 A1']],
  ['space that the file does not keep', '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', { shared: '<si><t> a </t></si>' }, ['READERS_DIFFER S!A 1 A1']],
  ['a text and its runs', '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', { shared: '<si><t>a</t><r><t>b</t></r></si>' }, ['READERS_DIFFER S!A 1 A1']],
  ['thousandths of a second', '<row r="1"><c r="A1" t="d"><v>2014-02-14T08:27:48.765</v></c></row>', {}, ['READERS_DIFFER S!A 1 A1']]
]

t.test('our reader and SheetJS agree, but for what is known', async t => {
  for (const [name, rows, more, differences = []] of CORPUS) {
    const source: WorkbookSource = { sheets: [{ name: 'S', rows }], ...more }
    const bytes = buildXlsx(source)
    const { loss } = compared(readXlsx('b.xlsx', bytes, LIMITS), readSecond('b.xlsx', bytes, LIMITS))
    t.same(loss.filter(entry => entry.startsWith('READER')), differences, name)
  }
})
