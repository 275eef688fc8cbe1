import t from 'tap'
import type { Cell } from '../model/sheet-fixture.ts'
import { excluded, headers, reconciles, rowsOf, shape } from './shape.case.ts'

const FIGURES: Cell[][] = [['Northland', 12, 14, 15], ['Eastmark', '(NA)', 21, 20], ['Southvale', 7, 8, '(X)'], ['Westport', 3, 4, 5]]

t.test('a header of several rows with gaps, years and units', t => {
  const frame = shape([
    ['Table 7. Ferries by harbour'], [], ['See notes'], [],
    ['Harbour', 'Ferries', null, 'Crew'], [], [null, 2001, 2002, null], [], ['Unit indicator', '(1,000)', '(1,000)', '(number)'],
    ...FIGURES, [], ['Source: Harbour Office of Ruritania.'], ['"Ferries," yearly report.']
  ], { merges: ['B5:C5'] })
  t.same(headers(frame), ['Harbour', 'Ferries / 2001', 'Ferries / 2002', 'Crew'])
  t.same(frame.meta.tables[0]!.header_rows, [5, 7])
  t.same([rowsOf(frame), excluded(frame)], [[10, 11, 12, 13], { title: 2, header: 2, units: 1, note: 2 }])
  t.ok(reconciles(frame))
  t.end()
})

t.test('years head figures, but are data where the rows below hold years too', t => {
  t.same(shape([['Harbour', 1999, 2000, 2001], ...FIGURES]).meta.tables[0]!.header_rows, [1])
  const built = shape([['Ship', 'Built', 'Refitted'], ['Albatross', 1989, 2001], ['Barnacle', 1975, 1999], ['Cormorant', 2003, 2010]])
  t.same([built.meta.tables[0]!.header_rows, rowsOf(built)], [[1], [2, 3, 4]])
  t.same(rowsOf(shape([['Year', 'Ships', 'Tons'], [1990, 4, 100], [1991, 5, 120], [1992, 6, 90]])), [2, 3, 4], 'in the column of names they are names')
  t.same(rowsOf(shape([['Date', { date: '2020-07-23' }], ['Amount', 123], ['Share', 0.98], ['Weight', 456]])), [1, 2, 3, 4], 'a date beside a name is a value')
  t.same(shape([['Item', { date: '2020-07-01' }, { date: '2020-08-01' }], ['Ferries', 3, 4], ['Crew', 5, 6]]).meta.tables[0]!.header_rows, [1])
  t.same(excluded(shape([['Region', '(All)'], [], ['Row Labels', 'Sum of size'], ['a', 1.5], ['b', 2], ['c', 4]])), { title: 1, header: 1 }, 'what a pivot table is filtered by')
  t.same(shape([['Item', 'Jan', 'Feb', 'Mar'], ...FIGURES]).meta.tables[0]!.header_rows, [1])
  t.end()
})

t.test('heads of parts of the rows, rules, and rows without a figure', t => {
  const parts = shape([['Item', 1999, 2000, 2001], ['CURRENT PRICES'], ...FIGURES.slice(0, 2), [], ['CONSTANT PRICES'], ...FIGURES.slice(2), ['-', '-', '-', '-'], ['X Not applicable.']])
  t.same([rowsOf(parts), excluded(parts)], [[3, 4, 7, 8], { header: 1, section: 2, note: 2 }])
  const words = shape([['Part', 'Stock', 'Price'], ['Bolt', 'none', 'on request'], ['Nut', 2, 3], ['Pin', 4, 5]])
  t.same([words.meta.tables[0]!.header_rows, rowsOf(words)], [[1], [2, 3, 4]], 'a full header is not continued by a row of words')
  const numbered = shape([['Harbour', 'Ferries', 'Crew', 'Berths', 'Cranes'], [null, 1, 2, 3, 4], ['Northland', 12, 140, 15, 2], ['Eastmark', 9, 80, 20, 1]])
  t.same(numbered.meta.tables[0]!.header_rows, [1, 2], 'numbers of columns belong to the header')
  t.same(rowsOf(shape([['Code', 'Ferries', 'Crew', 'Berths', 'Cranes'], ['a', 1, 2, 3, 4], ['b', 8, 9, 10, 11], ['c', 15, 16, 17, 18]])), [2, 3, 4], 'a row with a name counts no columns')
  for (const frame of [parts, words, numbered]) t.ok(reconciles(frame))
  t.end()
})

t.test('a list of records stays one', t => {
  const rows: Cell[][] = [['ID', 'Name', 'City', 'Phone'], [1, 'Blue Crane', 'George', '082 555 0101'], [2, 'Karoo Wings', 'Ceres', '082 555 0102'], [3, 'Only a name', null, null], [4, 'Delta', 'Knysna', '082 555 0104']]
  t.same(rowsOf(shape(rows)), [2, 3, 4, 5])
  t.same(rowsOf(shape([['Name', 'Email', 'Notes'], ['Blue Crane', 'a@b.example', 'x'], ['Karoo Wings', null, null], ['Delta', 'd@e.example', 'y']])), [2, 3, 4], 'a name alone is a record')
  t.end()
})
