import t from 'tap'
import fc from 'fast-check'
import { textAt } from '../../kernel/artifact/table.ts'
import type { Sheet, Source } from '../../schemas/generated/profile.ts'
import type { Cell } from '../model/sheet-fixture.ts'
import { excluded, headers, reconciles, rowsOf, shape, type Finding } from './shape.case.ts'

const pin = (sheet: Omit<Sheet, 'match'>): Source[] => [{ match: '*.xlsx', sheets: [{ match: 'Sheet', ...sheet }] }]
const STOCK: Cell[][] = [['Item', 'Qty', 'Price'], ['Bolt', 2, 3], ['Nut', 4, 5], ['Total', 6, 8], ['Note: counted in May']]

t.test('tables by their ranges', t => {
  const rows: Cell[][] = [['Stock of May', null, null, null, null], ['x', null, 'Item', 'Qty', 'City'], ['y', null, 'Bolt', 2, 'George'], ['z', null, 'Nut', 4, 'Ceres'], [null, null, 'Code', 'Name', null], [null, null, 'A1', 'Alpha', null]]
  const frame = shape(rows, { sources: pin({ tables: [{ range: 'C2:E4' }, { range: 'C5:D6', header_rows: [5] }] }) })
  t.same(frame.meta.tables.map(({ range }) => range), ['C2:E4', 'C5:D6'])
  t.same([headers(frame), headers(frame, 1), excluded(frame)], [['Item', 'Qty', 'City'], ['Code', 'Name'], { outside: 1, header: 2 }])
  const bare = shape(rows, { sources: pin({ tables: [{ range: 'C3:E4', header_rows: [] }] }) })
  t.same([headers(bare), rowsOf(bare)], [['', '', ''], [3, 4]])
  t.ok(reconciles(frame) && reconciles(bare))
  t.end()
})

t.test('rows that are units, totals, data or none', t => {
  t.same(excluded(shape(STOCK)), { header: 1, note: 1, total: 1 })
  const kept = shape(STOCK, { sources: pin({ keep_rows: [4, 5] }) })
  t.same([rowsOf(kept), excluded(kept)], [[2, 3, 4, 5], { header: 1 }])
  const skipped = shape(STOCK, { sources: pin({ skip_rows: [3, 99] }) })
  t.same([rowsOf(skipped), excluded(skipped)], [[2], { skipped: 1, header: 1, note: 1, total: 1 }])
  t.same(rowsOf(shape(STOCK, { sources: pin({ total_rows: [] }) })), [2, 3, 4])
  const findings: Finding[] = []
  const named = shape([['Item', 'Qty'], ['Bolt', 2], ['Nut', 4], ['All of it', 7]], { sources: pin({ total_rows: [4] }), findings })
  t.same([rowsOf(named), findings.map(({ code }) => code)], [[2, 3], ['TOTAL_MISMATCH']], 'a total by another name is checked as well')
  const weights: Cell[][] = [['Part', 'Weight', 'Height'], ['', 'kg', 'cm'], ['Bolt', 2, 3], ['Nut', 4, 5]]
  t.same([excluded(shape(weights))['units'], excluded(shape(weights, { sources: pin({ units_rows: [] }) }))['units']], [1, undefined])
  t.same(headers(shape(weights, { sources: pin({ units_rows: [] }) })), ['Part', 'Weight / kg', 'Height / cm'])
  const stones = shape([['Part', 'Weight'], ['in', 'stones'], ['Bolt', 'two'], ['Nut', 'four']], { sources: pin({ units_rows: [2] }) })
  t.same([rowsOf(stones), excluded(stones)['units']], [[3, 4], 1])
  for (const frame of [kept, skipped, named, stones]) t.ok(reconciles(frame))
  t.end()
})

t.test('a table on its side', t => {
  const rows: Cell[][] = [['Name', 'Blue Crane', 'Karoo Wings', 'Delta'], ['Email', 'info@blue.example', 'hello@karoo.example', 'x@delta.example'], ['Phone', '082 555 0101', '082 555 0102', '082 555 0103'], ['City', 'George', 'Ceres', 'Knysna']]
  const frame = shape(rows)
  t.same([headers(frame), rowsOf(frame)], [['Name', 'Email', 'Phone', 'City'], [2, 3, 4]])
  const { columns, range } = frame.meta.tables[0]!
  t.same([columns[1]!.letter, range, textAt(frame.tables[0]!.columns[1]!, 0)], ['R2C', 'A1:D4', 'info@blue.example'], 'the second row and the second column: R2C2')
  t.same(excluded(frame), { header: 1 })
  t.ok(frame.meta.sheets[0]!.decisions.some(({ what, where }) => what === 'TRANSPOSED' && where === 'A:D'))
  t.same(rowsOf(shape(rows, { sources: pin({ transposed: false }) })).length, 3, 'the profile may say that it is none')
  const figures: Cell[][] = [['Harbour', 'North', 'South'], ['Ferries', 2, 3], ['Crew', 20, 30]]
  t.same([rowsOf(shape(figures)), rowsOf(shape(figures, { sources: pin({ transposed: true }) }))], [[2, 3], [2, 3]])
  t.same(headers(shape(figures, { sources: pin({ transposed: true }) })), ['Harbour', 'Ferries', 'Crew'])
  t.ok(reconciles(frame) && reconciles(shape(figures, { sources: pin({ tables: [{ range: 'A1:C3', transposed: true }] }) })))
  t.same(rowsOf(shape([['Name', 'Email', 'Phone'], ['Blue Crane', 'info@blue.example', '082 555 0101'], ['Karoo', 'a@b.example', '082 555 0102']])), [2, 3])
  t.end()
})

t.test('tables that the workbook declares', t => {
  const list = (name: string, range: string, totals_rows = 0) => ({ name, range, header_rows: 1, totals_rows })
  const rows: Cell[][] = [['Alpha', 'Beta', null, 'Gamma', 'Delta'], ['pine', 'oak', null, 'red', 'blue'], ['fir', 'elm', null, 'green', 'grey'], ['sum of it', 'all', null, null, null]]
  const frame = shape(rows, { list_objects: [list('One', 'A1:B4', 1), list('Two', 'D1:E3')] })
  t.same(frame.meta.tables.map(({ header_rows, columns }) => [header_rows, columns.map(({ header }) => header)]), [[[1], ['Alpha', 'Beta']], [[1], ['Gamma', 'Delta']]])
  t.same([rowsOf(frame), rowsOf(frame, 1), excluded(frame)], [[2, 3], [2, 3], { header: 2, total: 1 }])
  const stacked = shape([['Alpha', 'Beta'], ['pine', 'oak'], ['Second one', null], ['Gamma', 'Delta'], ['red', 'blue']], { list_objects: [list('One', 'A1:B2'), list('Two', 'A4:B5')] })
  t.same([stacked.meta.tables.map(({ header_rows }) => header_rows), rowsOf(stacked, 1), excluded(stacked)], [[[1], [4]], [5], { header: 2, title: 1 }])
  t.ok(reconciles(frame) && reconciles(stacked))
  t.end()
})

t.test('a column that only counts the rows', t => {
  const rows: Cell[][] = [[null, 'Name', 'City'], [0, 'Blue Crane', 'George'], [1, 'Karoo', 'Ceres'], [2, 'Delta', 'Knysna']]
  const frame = shape(rows)
  t.same([headers(frame), frame.meta.sheets[0]!.decisions.filter(({ what }) => what === 'INDEX_COLUMN').map(({ where }) => where)], [['Name', 'City'], ['A:A']])
  t.same(headers(shape([['Unnamed: 0', 'Name', 'City'], ...rows.slice(1)])), ['Name', 'City'])
  t.same(headers(shape(rows, { sources: pin({ columns: { '[A]': 'number' } }) })), ['', 'Name', 'City'], 'the profile wants it')
  t.same(headers(shape([['No', 'Name', 'City'], ...rows.slice(1)])), ['No', 'Name', 'City'], 'it has a name')
  t.same(headers(shape([[null, 'Name', 'City'], [7, 'Blue Crane', 'George'], [1, 'Karoo', 'Ceres'], [2, 'Delta', 'Knysna']])), ['', 'Name', 'City'])
  t.end()
})

t.test('no row is lost, whatever is pinned', t => {
  const cell = fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, fc.constantFrom<Cell>('Name', 'Email', 'Total', 'Note: x', ' ', 'kg', '(1,000)', 2001, 'a@b.example', 'Blue Crane', '-', 'None'), fc.integer({ min: 0, max: 40 }))
  const rows = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 4 })
  const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined })
  const pins = fc.record({
    header_rows: some(rows), first_row: some(fc.integer({ min: 1, max: 10 })), last_row: some(fc.integer({ min: 1, max: 12 })), transposed: some(fc.boolean()),
    units_rows: some(rows), total_rows: some(rows), skip_rows: some(rows), keep_rows: some(rows),
    tables: some(fc.constantFrom([{ range: 'A1:C5' }, { range: 'D2:H12', header_rows: [2] }], [{ range: 'B3:F9', transposed: true }], [{ range: 'H9:A1', header_rows: [] }]))
  })
  const lists = fc.constantFrom([], [{ name: 'T', range: 'A2:C6', header_rows: 1, totals_rows: 1 }], [{ name: 'T', range: 'A2:C6', header_rows: 1, totals_rows: 0 }, { name: 'U', range: 'E1:G9', header_rows: 1, totals_rows: 1 }])
  t.doesNotThrow(() => fc.assert(fc.property(fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 14 }), pins, lists, (sheet, found, list_objects) => {
    const settings = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as Omit<Sheet, 'match'>
    const frame = shape(sheet, { sources: pin(settings), list_objects })
    return reconciles(frame) && frame.tables.every(table => table.columns.every(column => column.codes.length === table.rows))
  }), { seed: 3, numRuns: 1500 }))
  t.end()
})
