import t from 'tap'
import type { Source } from '../../schemas/generated/profile.ts'
import { workbookOf, type Cell } from '../model/sheet-fixture.ts'
import { integersOf } from '../../kernel/artifact/table.ts'
import { shapeWorkbook } from './operator.ts'
import { excluded, reconciles, rowsOf, shape, type Finding } from './shape.case.ts'

/** A sheet from delimited text, in which numbers are numbers. */
const sheetOf = (text: string): Cell[][] => text.split('\n').map(line => line.split(',').map(cell => (cell === '' ? null : /^\d+$/.test(cell) ? Number(cell) : cell)))

t.test('a row with its first cell alone is a record', t => {
  const cases: [string, number[]][] = [
    ['name,town,amount\nAcme,Paris,10\nBolt,Rome,20\nCrux,Oslo,30\nDino,,\nEcho,,\nFern,,', [2, 3, 4, 5, 6, 7]],
    ['name,q1,q2\nAcme,,\nBolt,1,2\nCrux,3,4\nDino,,\nEcho,5,6', [2, 3, 4, 5, 6]],
    ['id,amount,limit\n1,10,5\n2,20,6\n3,30,7\n4,,\n5,,', [2, 3, 4, 5, 6]],
    ['name,q1,q2,q3\nAcme,,,\nBolt,1,2,3\nCrux,3,4,5\nIBM,,,\nEcho,5,6,7\nFern,5,6,7', [2, 3, 4, 5, 6, 7]],
    ['name,q1,q2\nAcme,1,2\nBolt,3,4\nDino,-,-\nNull,-,-', [2, 3, 4, 5]],
    ['name,q1,q2\nAcme,1,2\nBolt,3,4\n\nDino Trading Co.,,\nReport,,', [2, 3, 5, 6]],
    ['name,q1,q2\nAcme,1,2\nDino,,\nname,q1,q2\nBolt,3,4', [2, 3, 5]]
  ]
  for (const [text, rows] of cases) {
    const findings: Finding[] = []
    const frame = shape(sheetOf(text), { findings })
    t.same([rowsOf(frame), findings], [rows, []], text)
    t.ok(reconciles(frame))
  }
  t.end()
})

t.test('numbers far below a table are rows', t => {
  const few = Array.from({ length: 4 }, (_, row): Cell[] => Array.from({ length: 5 }, (_, column) => row * 5 + column))
  const rows: Cell[][] = [...few, [], [], [], [], [], ...Array.from({ length: 399_990 }, (_, index): Cell[] => [index])]
  const frame = shape(rows)
  t.equal(frame.tables.reduce((sum, table) => sum + table.rows, 0) + (excluded(frame)['header'] ?? 0), 399_994)
  t.equal(excluded(frame)['note'], undefined)
  t.ok(reconciles(frame))
  t.end()
})

t.test('a row with formulas that nobody has computed is no heading', t => {
  const workbook = workbookOf('book.xlsx', [{ name: 'Sheet', rows: [['name', 'a', 'b'], ['Acme:', null, null], ['Bolt', 1, 2], ['Crux', 3, 4], ['Source: us', null, null]] }])
  const loss = ['B', 'C'].map(column => ({ code: 'FORMULA_NO_VALUE', file: 'book.xlsx', sheet: 'Sheet', column, count: 2, cells: [`${column}2`, `${column}5`], note: '' }))
  const rows = (meta: typeof workbook.meta): number[] => [...integersOf(shapeWorkbook({ ...workbook, meta }, { ingest: { sources: [], hidden_sheets: 'include' } }, { diagnose: () => {} }).tables[0]!, 'row')]
  t.same(rows(workbook.meta), [3, 4])
  t.same(rows({ ...workbook.meta, loss }), [2, 3, 4, 5])
  t.same(rows({ ...workbook.meta, loss: [{ ...loss[0]!, count: 30, cells: ['B1'] }] }), [2, 3, 4, 5], 'more formulas than are cited')
  t.same(rowsOf(shape(sheetOf('name,a,b\nAcme,,\nBolt,1,2\nCrux,3,4'))), [2, 3, 4], 'Acme,=1+1,=1/0')
  t.end()
})

t.test('headings and remarks need evidence, and are told when it is weak', t => {
  const again = shape(sheetOf('Item,1999,2000\nNorth,,\nFerries,1,2\nCrew,3,4\nSouth,,\nFerries,5,6\nCrew,7,8\n\nSource: the harbour office,,\nstatistics and reports.,,'))
  t.same([rowsOf(again), excluded(again)], [[3, 4, 6, 7], { header: 1, section: 2, note: 2 }], 'the same names in each part')
  const text = 'name,q1,q2\nAcme,1,2\nBolt,3,4\n\nThe society for friends of old ships,,'
  const findings: Finding[] = []
  const weak = shape(sheetOf(text), { findings })
  t.same([rowsOf(weak), findings.map(({ code, severity, details }) => [code, severity, details])], [[2, 3], [['ROWS_DOUBTFUL', 'warning', { file: 'book.xlsx', sheet: 'Sheet', count: 1, rows: '5' }]]])
  const sources: Source[] = [{ match: '*.xlsx', sheets: [{ match: '*', keep_rows: [5] }] }]
  const kept: Finding[] = []
  t.same([rowsOf(shape(sheetOf(text), { sources, findings: kept })), kept], [[2, 3, 5], []])
  t.end()
})
