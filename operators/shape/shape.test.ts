import t from 'tap'
import fc from 'fast-check'
import { createColumnBuilder } from '../../kernel/artifact/builder.ts'
import { decodeFrame, encodeFrame } from '../../kernel/artifact/frame.ts'
import { integersOf, textAt, type Frame } from '../../kernel/artifact/table.ts'
import type { Source } from '../../schemas/generated/profile.ts'
import { columnLetter, workbookOf, type Cell } from '../model/sheet-fixture.ts'
import type { WorkbookMeta } from '../model/stages.ts'
import { operator, shapeWorkbook } from './operator.ts'
import { excluded, headers, reconciles, rowsOf, shape } from './shape.case.ts'

const quiet = { diagnose: () => {} }
const ORG = ['Blue Crane Aviation (Pty) Ltd', 'Karoo Wings CC', 'Coastal Rotor School', 'Delta Flight Academy', 'Highveld Gliders']
const PEOPLE = ORG.map((name, index): Cell[] => [index + 1, name, `info@${index}.example`, `082 555 010${index}`])

t.test('header at the top, below titles, and in several rows', async t => {
  const plain = shape([['ID', 'Name', 'Email', 'Phone'], ...PEOPLE])
  t.same(headers(plain), ['ID', 'Name', 'Email', 'Phone'])
  t.same(rowsOf(plain), [2, 3, 4, 5, 6])
  t.notOk(plain.tables[0]!.columns[0]!.values.includes('ID'), 'the header has left the dictionary')

  const titled = shape([['Flight schools 2025', null, null, null], ['Prepared by the registry', null, null, null], [], ['ID', 'Name', 'Email', 'Phone'], ...PEOPLE], { merges: ['A1:D1'] })
  t.same(headers(titled), ['ID', 'Name', 'Email', 'Phone'])
  t.same(excluded(titled), { title: 2, header: 1 })
  t.same(titled.meta.tables[0]!.header_rows, [4])

  const preamble = shape([['Report', 'Members'], ['Date', { date: '2025-01-31' }], [], ['ID', 'Name', 'Email', 'Phone'], ...PEOPLE])
  t.same(headers(preamble), ['ID', 'Name', 'Email', 'Phone'])
  t.equal(preamble.tables.length, 1)

  const double = shape([['Organisation', null, 'Contact', null], ['ID', 'Name', 'Email', 'Phone'], ...PEOPLE], { merges: ['A1:B1', 'C1:D1'] })
  t.same(headers(double), ['Organisation / ID', 'Organisation / Name', 'Contact / Email', 'Contact / Phone'])
  t.same(double.meta.tables[0]!.header_rows, [1, 2])

  const tall = shape([['ID', 'Name', 'Contact', null], [null, null, 'Email', 'Phone'], ...PEOPLE], { merges: ['A1:A2', 'B1:B2', 'C1:D1'] })
  t.same(headers(tall), ['ID', 'Name', 'Contact / Email', 'Contact / Phone'])

  const none = shape([['Pesosan Training', 'KZN Province', 'Tel: 013 200 7104', null], ['Devimin Charter', 'Limpopo Province', '+27 51 202 9082', 'info@devimin.example'], ['Rapukar Charter', 'Gauteng', '015 202 0424', 'info@rapukar.example']])
  t.same([none.meta.tables[0]!.header_rows, rowsOf(none)], [[], [1, 2, 3]], 'a province or a labelled phone number is a value, not a label')
  t.same(rowsOf(shape([['remember to phone Pieter'], ['check the list'], ['to do']])), [1, 2, 3], 'sentences have no header')
  const counted = shape([['ID', 'Name', 'Email', 'Phone'], ...PEOPLE, [], ['Total: 5', null, null, null]])
  t.same(excluded(counted), { header: 1, total: 1 })

  const down = shape([['ID', 'Name', 'Email', 'Phone'], [1, 'Alpha Air', 'a@1.example', '082 555 0101'], [null, null, 'b@1.example', '082 555 0102'], [2, 'Beta Air', 'c@2.example', '082 555 0103']], { merges: ['A2:A3', 'B2:B3'] })
  t.same([0, 1, 2].map(row => textAt(down.tables[0]!.columns[1]!, row)), ['Alpha Air', 'Alpha Air', 'Beta Air'], 'a cell merged downwards names every row that it covers')
  t.ok(down.meta.sheets[0]!.decisions.some(({ what, where }) => what === 'MERGED_DOWN' && where === 'B:B'))
  const parts = shape([['North schools'], ['ID', 'Name', 'Email', 'Phone'], ...PEOPLE.slice(0, 3), [], ['South schools'], ['ID', 'Name', 'Email', 'Phone'], ...PEOPLE.slice(3)])
  t.same([excluded(parts), rowsOf(parts)], [{ title: 1, header: 1, section: 1, 'repeated-header': 1 }, [3, 4, 5, 9, 10]])

  const odd = shape([['Frobnicator', 'Widget kind', 'Grade'], ['alpha one', 'round', 'a'], ['beta two', 'square', 'b'], ['gamma three', 'round', 'b']])
  t.same(headers(odd), ['Frobnicator', 'Widget kind', 'Grade'], 'words that nobody knows, yet a header')
  for (const frame of [plain, titled, preamble, double, tall, odd]) t.ok(reconciles(frame))
})

t.test('no header at all', async t => {
  const values = shape(PEOPLE)
  t.same(headers(values), ['', '', '', ''])
  t.same(values.meta.tables[0]!.header_rows, [])
  t.equal(values.tables[0]!.rows, 5)
  t.equal(values.meta.sheets[0]!.decisions[0]!.what, 'NO_HEADER')
  const words = shape([['Blue Crane Aviation', 'Gauteng', 'Flight school'], ['Karoo Wings', 'Limpopo', 'Flight school'], ['Coastal Aviation', 'Gauteng', 'Charter']])
  t.same(headers(words), ['', '', ''])
  const list = shape([['Gauteng'], ['Limpopo'], ['Free State'], ['North West']])
  t.same(headers(list), [''])
  const named = shape([['Province'], ['Gauteng'], ['Limpopo'], ['Free State']])
  t.same(headers(named), ['Province'])
  for (const frame of [values, words, list, named]) t.ok(reconciles(frame))
})

t.test('rows that are no data', async t => {
  const sums = shape([['Item', 'Qty', 'Price'], ['Bolt', 2, 3], ['Nut', 4, 5], ['Sub-total', 6, 8], ['Pin', 1, 1], ['Total', 7, 9], [], ['* prices in rand', null, null], ['Source: the stock book of the hangar', null, null]])
  t.same(rowsOf(sums), [2, 3, 5])
  t.same(excluded(sums), { header: 1, note: 2, total: 2 })

  const again = shape([['ID', 'Name', 'Email', 'Phone'], ...PEOPLE.slice(0, 2), ['ID', 'Name', 'Email', 'Phone'], ...PEOPLE.slice(2), [], ['ID', 'Name', 'Email', 'Phone'], ...PEOPLE])
  t.equal(again.tables.length, 1)
  t.equal(again.tables[0]!.rows, 10)
  t.same(excluded(again), { header: 1, 'repeated-header': 2 })

  const formulas = shape([['ID', 'Name'], [1, 'Blue Crane'], [2, 'Karoo Wings'], ['', ''], ['', '\u00a0'], ['  ', '\u200b']])
  t.same(rowsOf(formulas), [2, 3])
  t.equal(formulas.meta.sheets[0]!.rows_present, 3)

  const units = shape([['Part', 'Weight', 'Price', 'Date'], [null, '(kg)', 'ZAR', 'dd/mm/yyyy'], ['Bolt', 2, 3.5, '01/02/2025'], ['Nut', 1, 4.5, '02/02/2025']])
  t.same(excluded(units), { header: 1, units: 1 })

  const regions = shape([['ID', 'Name', 'Email', 'Phone'], ['Gauteng', null, null, null], ...PEOPLE.slice(0, 2), ['Limpopo', null, null, null], ...PEOPLE.slice(2)], { merges: ['A2:D2', 'A5:D5'] })
  t.same(excluded(regions), { header: 1, section: 2 })

  const doubtful = shape([['Name', 'Email', 'Phone', 'City'], ['Total Air (Pty) Ltd', 'info@total.example', null, 'George'], ['Only a name', null, null, null], [], ['Total Wings', null, null, 'Knysna'], ['Blue Crane', 'x@y.example', '082 555 0101', 'Ceres'], ['Another name', null, null, null]])
  t.equal(doubtful.tables[0]!.rows, 5, 'in doubt it is data')
  for (const frame of [sums, again, formulas, units, regions, doubtful]) t.ok(reconciles(frame))
})

t.test('blank headers, stray and ghost columns, spacer columns', async t => {
  const frame = shape([['ID', null, 'Email', 'Empty', null, null], [1, 'Blue Crane', 'a@b.example', null, ' ', 'odd'], [2, 'Karoo', 'c@d.example', null, null, null]])
  t.same(headers(frame), ['ID', '', 'Email', 'Empty', ''])
  t.same(frame.meta.tables[0]!.columns.map(column => column.letter), ['A', 'B', 'C', 'D', 'F'])
  t.same(frame.meta.sheets[0]!.decisions.filter(each => each.what.includes('COLUMN') || each.what.includes('BLANK_H')).map(each => [each.what, each.where]), [['BLANK_HEADER', 'B:B'], ['STRAY_COLUMN', 'F:F']])
  t.same(headers(shape([['ID', 'Unnamed: 1', 'Email'], [1, 'x', 'a@b.example'], [2, 'y', 'c@d.example']])), ['ID', '', 'Email'], 'a placeholder is no header')
  const spacer = shape([['ID', 'Name', null, 'Email', 'Phone'], ...PEOPLE.map(([id, name, email, phone]): Cell[] => [id!, name!, null, email!, phone!])])
  t.equal(spacer.tables.length, 1)
  t.ok(reconciles(frame) && reconciles(spacer))
})

t.test('several tables in one sheet', async t => {
  const stacked = shape([['ID', 'Name', 'Email', 'Phone'], ...PEOPLE, [], ['Products', null, null, null], [], ['SKU', 'Product', 'Price'], ['A-1', 'Bolt', 3], ['A-2', 'Nut', 4]])
  t.same(stacked.meta.tables.map(table => table.id), ['book.xlsx#Sheet#1', 'book.xlsx#Sheet#2'])
  t.same(headers(stacked, 1), ['SKU', 'Product', 'Price'])
  t.same(rowsOf(stacked, 1), [11, 12])
  t.equal(excluded(stacked)['title'], 1)
  const beside = shape([['ID', 'Name', 'Email', 'Phone', null, 'SKU', 'Price'], ...PEOPLE.map((cells, index): Cell[] => [...cells, null, `A-${index}`, index])])
  t.equal(beside.tables.length, 2)
  t.same(headers(beside, 1), ['SKU', 'Price'])
  const uneven = shape([['ID', 'Name', 'Email', 'Phone', null, 'Type', 'Meaning'], ...PEOPLE.map((cells, index): Cell[] => [...cells, null, index < 2 ? `T${index}` : null, index < 2 ? `kind ${index}` : null])])
  t.equal(uneven.tables.length, 2)
  t.equal(uneven.tables[1]!.rows, 2)
  const gaps = shape([['Name', 'City', 'Kind'], ['Blue Crane', 'George', 'Club'], [], ['Karoo Wings', 'Ceres', 'School'], ['Coastal Rotor', 'Knysna', 'School'], [], ['Delta', 'Hermanus', 'Club']])
  t.equal(gaps.tables.length, 1, 'a blank row alone ends no table')
  t.equal(gaps.tables[0]!.rows, 4)
  for (const frame of [stacked, beside, uneven, gaps]) t.ok(reconciles(frame))
})

t.test('headers on several lines of delimited text, and tables that follow without a gap', async t => {
  const twice = shape([['ID', 'Name', 'Email', 'Phone'], ['ID', 'Name', 'Email', 'Phone'], ...PEOPLE])
  t.same([headers(twice), twice.meta.tables[0]!.header_rows, rowsOf(twice)[0]], [['ID', 'Name', 'Email', 'Phone'], [1, 2], 3])
  const groups = shape([['Organisation', null, 'Contact', null], ['ID', 'Name', 'Email', 'Phone'], ...PEOPLE])
  t.same(headers(groups), ['Organisation / ID', 'Organisation / Name', 'Contact / Email', 'Contact / Phone'], 'nothing is merged, yet a group lies over the columns to its right')
  const tied = shape([['ID', 'Name', 'Email', 'Phone'], ...PEOPLE.slice(0, 3), ['ID', 'Name', 'Email', 'Phone', 'City'], ...PEOPLE.slice(3).map((cells): Cell[] => [...cells, 'George'])])
  t.same(tied.meta.tables.map(({ header_rows }) => header_rows), [[1], [5]], 'the header again, with one more column, begins another table')
  t.same([rowsOf(tied), rowsOf(tied, 1)], [[2, 3, 4], [6, 7]])
  for (const frame of [twice, groups, tied]) t.ok(reconciles(frame))
})

t.test('what the profile pins', async t => {
  const rows: Cell[][] = [['x', 'y'], ['Blue Crane', 'George'], ['Karoo', 'Ceres'], ['end', 'end']]
  const pin = (sheet: object): Source[] => [{ match: '*.xlsx', sheets: [{ match: 'She*', ...sheet }] }]
  const none = shape(rows, { sources: pin({ header_rows: [] }) })
  t.same(headers(none), ['', ''])
  t.equal(none.tables[0]!.rows, 4)
  const range = shape(rows, { sources: pin({ header_rows: [1], first_row: 3, last_row: 3 }) })
  t.same(rowsOf(range), [3])
  t.same(excluded(range), { outside: 1, title: 1, header: 1 })
  const late = shape(rows, { sources: pin({ header_rows: [4], first_row: 1 }) })
  t.same(headers(late), ['end', 'end'])
  t.same(rowsOf(late), [1, 2, 3])
  const first = shape([['Notes on this', null], ['Name', 'City'], ['Blue Crane', 'George']], { sources: pin({ first_row: 3 }) })
  t.same(headers(first), ['Name', 'City'])
  const hidden = shape(rows, { state: 'hidden', hidden: 'exclude' })
  t.equal(hidden.tables.length, 0)
  t.same(excluded(hidden), { 'hidden-sheet': 4 })
  t.equal(shape(rows, { state: 'hidden' }).tables.length, 1)
  for (const frame of [none, range, late, first, hidden]) t.ok(reconciles(frame))
})

t.test('odd sheets', async t => {
  t.equal(shape([]).tables.length, 0)
  t.equal(shape([[' ', '']]).tables.length, 0)
  const only = shape([['ID', 'Name', 'Email']])
  t.same(headers(only), ['ID', 'Name', 'Email'])
  t.equal(only.tables[0]!.rows, 0)
  const reserved = shape([['__proto__', 'constructor'], ['a', 1], ['b', 2]])
  t.same(headers(reserved), ['__proto__', 'constructor'])
  t.equal(textAt(reserved.tables[0]!.columns[0]!, 1), 'b')
  t.equal(operator.run({ workbook: [{ id: 'x', kind: 'workbook', hash: '', value: workbookOf('a.csv', [{ name: '../../x', rows: [['a', 'b']] }]) }] }, { ingest: { sources: [], hidden_sheets: 'include' } }, { pins: { as_of: null, seed: '' }, progress: () => {}, random: () => 0, ...quiet })['tables'] === undefined, false)
})

t.test('no row is lost, whatever the sheet', async t => {
  const cell = fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, fc.constantFrom<Cell>('Name', 'Email', 'Total', 'Note: x', '', ' ', 'a@b.example', 'Blue Crane Ltd', 'Phone', { error: '#N/A' }, { date: '2025-01-01' }), fc.integer({ min: 0, max: 40 }))
  const merge = fc.tuple(fc.nat(5), fc.nat(3), fc.nat(7), fc.nat(2)).map(([left, wide, top, tall]) => `${columnLetter(left)}${top + 1}:${columnLetter(left + wide)}${top + 1 + tall}`)
  t.doesNotThrow(() => fc.assert(fc.property(fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 14 }), fc.array(merge, { maxLength: 2 }), (rows, merges) => {
    const frame = shape(rows, { merges })
    const decoded = decodeFrame(encodeFrame(frame))
    return reconciles(frame) && decoded.tables.length === frame.tables.length && frame.tables.every(table => {
      const numbers = [...integersOf(table, 'row')]
      return numbers.every((row, index) => index === 0 || row > numbers[index - 1]!) && table.columns.every(column => column.codes.length === table.rows && new Set(column.codes).size - (column.codes.includes(0) ? 1 : 0) === column.values.length)
    })
  }), { seed: 11, numRuns: 1500 }))
})

t.test('100,000 rows of 20 columns', async t => {
  const rows = 100_000
  const builders = Array.from({ length: 20 }, (_, index) => createColumnBuilder(columnLetter(index), rows + 1))
  builders.forEach((builder, index) => {
    builder.push(`Field ${index}`)
    for (let row = 0; row < rows; row++) builder.push(`v${(row * (index + 7)) % (index % 2 === 0 ? 100_000 : 50)}`)
  })
  const numbers = Uint32Array.from({ length: rows + 1 }, (_, index) => index + 1)
  const base = workbookOf('big.csv', [{ name: 'big', rows: [] }])
  const workbook: Frame<WorkbookMeta> = { meta: base.meta, tables: [{ name: 'big', rows: rows + 1, columns: builders.map(each => each.finish()), integers: [{ name: 'row', data: numbers }] }] }
  const start = performance.now()
  const frame = shapeWorkbook(workbook, { ingest: { sources: [], hidden_sheets: 'include' } }, quiet)
  const took = performance.now() - start
  t.comment(`shape: ${Math.round(took)} ms`)
  t.equal(frame.tables[0]!.rows, rows)
  t.ok(took < 2000)
})
