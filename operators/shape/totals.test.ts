import t from 'tap'
import fc from 'fast-check'
import type { Cell } from '../model/sheet-fixture.ts'
import { excluded, reconciles, rowsOf, shape, type Finding } from './shape.case.ts'

function checked(rows: readonly (readonly Cell[])[]): { rows: readonly number[]; total: number; verdicts: string[]; found: string[] } {
  const findings: Finding[] = []
  const frame = shape(rows, { findings })
  t.ok(reconciles(frame))
  const verdicts = frame.meta.sheets[0]!.decisions.filter(({ what }) => what.startsWith('TOTAL')).map(({ what, where, reason }) => `${what} ${where} ${reason.replace('a label for a total and figures, nothing else; ', '')}`)
  return { rows: rowsOf(frame), total: excluded(frame)['total'] ?? 0, verdicts, found: findings.filter(({ code }) => code === 'TOTAL_MISMATCH').map(({ severity, message }) => `${severity}: ${message}`) }
}
const HEAD: Cell[] = ['Item', 'Qty', 'Price']

t.test('a total that is right', t => {
  t.same(checked([HEAD, ['Bolt', 2, 3.1], ['Nut', 4, 5.2], ['Total', 6, 8.3]]), { rows: [2, 3], total: 1, verdicts: ['TOTAL 4 it is the sum of rows 2 to 3'], found: [] })
  const parts = checked([HEAD, ['Bolt', 2, 3], ['Nut', 4, 5], ['Sub-total', 6, 8], ['Pin', 1, 1], ['Rod', 2, 2], ['Sub-total', 3, 3], ['Grand total', 9, 11]])
  t.same([parts.rows, parts.found, parts.verdicts.at(-1)], [[2, 3, 5, 6], [], 'TOTAL 8 it is the sum of rows 2 to 7'])
  t.same(checked([['Item', 'Qty', 'Unit price', 'Amount'], ['Bolt', 2, 3, 6], ['Nut', 4, 5, 20], ['Total', 6, 4.33, 26]]).found, [], 'a mean beside sums is none')
  t.same(checked([HEAD, ['Bolt', 2, 3], ['Nut', 4, 5], ['Average', 3, 4]]).verdicts, ['TOTAL 4 it is the mean of rows 2 to 3'])
  t.same(checked([['Name', 'City', 'Kind'], ['Blue Crane', 'George', 'Club'], ['Karoo', 'Ceres', 'School'], [], ['Total: 2', null, null]]).verdicts, ['TOTAL 5 it counts 2 rows, as there are'])
  t.same(checked([['Artikel', 'Betrag'], ['Bolzen', '1.200,50'], ['Mutter', '99,50'], ['Summe', '1.300,00']]).found, [], 'decimal commas and points for thousands')
  t.same(checked([['Item', 'Amount'], ['Bolt', '$1,200.50'], ['Nut', '(99.50)'], ['Total', '$1,101.00']]).found, [], 'currency, and brackets for negative')
  t.same(checked([['Row Labels', 'Sum of size'], ['Group 1', 3.5], ['a', 1.5], ['b', 2], ['Grand Total', 3.5]]).found, [], 'groups and their parts')
  t.same(checked([['Harbour', 'Ferries', 'Crew'], ['Total \\1', 6, 60], ['North', 2, 20], ['South', 4, 40]]).rows, [3, 4], 'a total may stand on top')
  t.end()
})

t.test('names that look like totals beside one that is', t => {
  t.same(checked([['name', 'amount'], ['Total Fuels', 10], ['Sum Ltd', 20], ['Grand Total Wines', 5], ['Total', 35]]), { rows: [2, 3, 4], total: 1, verdicts: ['TOTAL 5 it is the sum of rows 2 to 4'], found: [] })
  t.same(checked([['name', 'amount'], ['Total Fuels', 10], ['Ann', 10], ['Total', 20]]).rows, [2, 3])
  t.same(checked([['name', 'amount'], ['Ann', 1], ['Bob', 2], ['Gauteng Total', 3], ['Cy', 4], ['Limpopo Total', 4], ['Total', 7]]).rows, [2, 3, 5])
  t.end()
})

t.test('a total that is wrong is a finding, with the cell and what the rows give', t => {
  const wrong = checked([HEAD, ['Bolt', 2, 3], ['Nut', 4, 5], ['Total', 6, 9]])
  t.same(wrong.found, ['warning: book.xlsx: sheet Sheet: a printed total does not agree with its rows: C4 says 9, rows 2 to 3 give 8'])
  t.same([wrong.rows, wrong.total, wrong.verdicts], [[2, 3], 1, ['TOTAL_MISMATCH 4 it is not the sum of rows 2 to 3: C4 says 9, rows 2 to 3 give 8']])
  t.match(checked([['Item', 'Qty'], ['Bolt', 2], ['Nut', 4], ['Total', 3]]).found, ['B4 says 3, rows 2 to 3 give 6'], 'half, and no groups')
  t.match(checked([['Item', 'Qty'], ['Bolt', 40], ['Nut', 95], ['Total', 90]]).found, ['B4 says 90, rows 2 to 3 give 135'], 'no other figure says that it is a mean')
  t.match(checked([['Name', 'City', 'Kind'], ['Blue Crane', 'George', 'Club'], ['Karoo', 'Ceres', 'School'], [], ['Total: 3', null, null]]).found, ['A5 says 3, rows 2 to 3 give 2'])
  t.match(checked([HEAD, ['Bolt', 2, 1.004], ['Nut', 4, 2.003], ['Total', 6, 3.006]]).found, ['info: book.xlsx: sheet Sheet: a printed total does not agree with its rows: C4 says 3.006, rows 2 to 3 give 3.007 (rounding may explain it)'])
  t.end()
})

t.test('a subtotal that is wrong is named, and those below are checked all the same', t => {
  const sheet = (south: number): Cell[][] => [['Region', 'Shop', 'Sales'], ['North', 'A', 10], ['North', 'B', 20], ['North Total', null, 30], ['South', 'C', 5], [null, 'D', 6], ['South Total', null, south], ['East', 'E', 1], ['East', 'F', 2], ['East Total', null, 3], ['Grand Total', null, 33 + south]]
  const found = checked(sheet(12))
  t.same([found.rows, found.total, found.found], [[2, 3, 5, 6, 8, 9], 4, ['warning: book.xlsx: sheet Sheet: a printed total does not agree with its rows: C7 says 12, rows 5 to 6 give 11']])
  t.same(checked(sheet(11)).found, [])
  t.end()
})

t.test('what only sounds like a total is data, unless its figures say so', t => {
  const pivot = checked([['Province', 'City', 'Sales'], ['Gauteng', 'Joburg', 5], ['Gauteng', 'Pretoria', 7], ['Gauteng Total', null, 12], ['Limpopo', 'Polokwane', 4], ['Limpopo Total', null, 4], ['Grand Total', null, 16]])
  t.same([pivot.rows, pivot.total, pivot.found], [[2, 3, 5], 3, []])
  t.same(checked([['Supplier', 'Orders', 'Paid'], ['Total Lubricants', 3, 10], ['Bolt World', 4, 20], ['Nuts and Co', 5, 5]]).rows, [2, 3, 4])
  t.same(checked([['Supplier', 'Phone', 'Paid'], ['Total', '082 555 0101', 10], ['Bolt World', '082 555 0102', 20]]).rows, [2, 3], 'a phone number is no figure')
  t.end()
})

t.test('whatever the rows: their sum agrees, and any other does not', t => {
  const amount = fc.integer({ min: -99_999, max: 9_999_999 }).map(cents => (cents / 100).toFixed(2))
  t.doesNotThrow(() => fc.assert(fc.property(fc.array(fc.tuple(amount, amount), { minLength: 2, maxLength: 12 }), fc.integer({ min: 1_000_000_000, max: 2_000_000_000 }), (rows, off) => {
    const sum = (place: 0 | 1, more: number): string => ((rows.reduce((total, row) => total + Math.round(Number(row[place]) * 100), 0) + more) / 100).toFixed(2)
    const sheet = (more: number): Cell[][] => [['Item', 'Net', 'Gross'], ...rows.map((row, index): Cell[] => [`Item ${'abcdefghijklm'[index]}`, ...row]), ['Total', sum(0, 0), sum(1, more)]]
    const constant = new Set(rows.map(row => row[1])).size === 1
    return checked(sheet(0)).found.length === 0 && (constant || checked(sheet(off)).found.length === 1)
  }), { seed: 5, numRuns: 60 }))
  t.end()
})
