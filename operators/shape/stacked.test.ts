import t from 'tap'
import fc from 'fast-check'
import type { Frame } from '../../kernel/artifact/table.ts'
import type { Cell } from '../model/sheet-fixture.ts'
import type { TablesMeta } from '../model/stages.ts'
import { excluded, headers, reconciles, rowsOf, shape, type Finding } from './shape.case.ts'

/** Rows written as delimited text, a blank line between tables. */
const lines = (text: string): Cell[][] => text.split('\n').map(line => (line === '' ? [] : line.split(',').map(cell => (/^\d+(?:\.\d+)?$/.test(cell) ? Number(cell) : cell))))
const tables = (frame: Frame<TablesMeta>): unknown[] => frame.meta.tables.map(({ header_rows }, index) => [header_rows, headers(frame, index).join(), rowsOf(frame, index)])
/** The rows that ranges such as `1:3, 7` name. */
const named = (where: string): number[] => where.split(', ').flatMap(range => {
  const [from, to = from] = range.split(':').map(Number) as [number, number?]
  return Array.from({ length: to! - from! + 1 }, (_, index) => from! + index)
})

t.test('a row with an odd value below a header that is whole is a record', t => {
  for (const odd of ['(12.50)', '(none)', '(1 234,50)', '(R 5,00)', '(1,000)', '(sold)', 2001]) t.same(tables(shape([['item', 'amt'], ['Kite', odd], ['Rope', 3], ['Sail', 4]])), [[[1], 'item,amt', [2, 3, 4]]], String(odd))
  t.same(rowsOf(shape([['item', 'amt'], ['Kite', '(12.50)'], ...Array.from({ length: 40 }, (_, index): Cell[] => [`Rope ${index}`, index / 4])])).length, 41)
  t.same(rowsOf(shape([['item', 'when', 'amt'], ['A', '03/04/2025', '(1 234,50)'], ['B', '04/04/2025', '5,50'], ['C', '05/04/2025', '7,10']])), [2, 3, 4])
  t.same(rowsOf(shape([['item', 'amt'], [null, '(12.50)'], ['Rope', 3], ['Sail', 4]])), [2, 3, 4], 'a figure without a name is no unit')
  t.same(excluded(shape([['item', 'amt'], [null, '(kg)'], ['Rope', 3], ['Sail', 4]])), { header: 1, units: 1 })
  t.same(excluded(shape([['item', 'amt'], ['Unit', '(ZAR)'], ['Rope', 3], ['Sail', 4]])), { header: 1, units: 1 })
  t.same(shape([['item', 'amt', 'amt'], ['Year', 2001, 2002], ['Rope', 3, 4], ['Sail', 4, 5]]).meta.tables[0]!.header_rows, [1, 2], 'years that a word names go on with the header')
  t.end()
})

t.test('a whole table above a gap and a header is no part of that header', t => {
  const people = 'name,town\nAnn,Paarl\nBob,George\n\n'
  const first = [[1], 'name,town', [2, 3]]
  t.same(tables(shape(lines(`${people}product,price,qty\nKite,12.50,3\nRope,3.00,4\nSail,5,6\nMast,7,8`))), [first, [[5], 'product,price,qty', [6, 7, 8, 9]]])
  t.same(tables(shape(lines(`${people}widget,mass,girth\nKite,12.50,3\nRope,3.00,4`))), [first, [[5], 'widget,mass,girth', [6, 7]]], 'words that nobody knows')
  const club = [[9], 'club,members', [10, 11]]
  t.same(tables(shape(lines(`${people}product,price,unit\nKite,12.50,pc\nRope,3.00,m\n\nclub,members\nLapwing,12\nHeron,44`))), [first, [[5], 'product,price,unit', [6, 7]], club])
  t.same(tables(shape(lines(`${people}product,price\nKite,12.50\nRope,3.00\n\nclub,members\nLapwing,12\nHeron,44`))), [first, [[5], 'product,price', [6, 7]], club], 'of the same width')
  t.same(tables(shape(lines('product,price\nKite,12.50\nRope,3.00\n\nPin,none\nOar,4\nJib,5'))), [[[1], 'product,price', [2, 3, 5, 6, 7]]], 'a record without a figure below a gap begins no table')
  t.end()
})

t.test('what is said of a table stands above it, and is no table', t => {
  const sales = shape(lines('Report: sales\nGenerated,2024-01-01 10:00\n\n\nname,town,amount\nAnn,Paarl,3\nBob,George,4'))
  t.same([tables(sales), excluded(sales)], [[[[5], 'name,town,amount', [6, 7]]], { title: 2, header: 1 }])
  t.same(tables(shape(lines('Branch:,North\nPeriod,May\n\nname,town\nAnn,Paarl\nBob,George'))), [[[4], 'name,town', [5, 6]]])
  t.end()
})

t.test('lines of a preamble that begin like a column, with and without a gap', t => {
  const rows = 'name,town,qty\nAnn Smit,Paarl,3\nBob Nel,George,4'
  t.same([tables(shape(lines(`Branch,North\n\n${rows}`))), excluded(shape(lines(`Branch,North\n\n${rows}`)))], [[[[3], 'name,town,qty', [4, 5]]], { title: 1, header: 1 }])
  t.same(tables(shape(lines(`Branch,North\nVersion,3\nRegion: West\n\n${rows}`))), [[[5], 'name,town,qty', [6, 7]]])
  t.same(tables(shape(lines(`Price List\nBranch,North\nPrepared by,Finance\n${rows}`))), [[[4], 'name,town,qty', [5, 6]]], 'right above the header')
  t.same(tables(shape(lines(`Company,Members\nKite,3\nRope,4\n\n${rows}`))), [[[1], 'Company,Members', [2, 3]], [[5], 'name,town,qty', [6, 7]]], 'a table is none')
  t.same(tables(shape(lines(`product,price,qty\nKite,12.50,3\nRope,3.00,4\n\nBranch,North\nVersion,3\n\n${rows}`))), [[[1], 'product,price,qty', [2, 3]], [[8], 'name,town,qty', [9, 10]]], 'between two tables')
  t.same(tables(shape([[null, 'Contact', null, 'Other'], ['Ref', 'Phone', 'Email', 'Joined'], ['M1', '082 555 0101', 'a@example.org', 'May'], ['M2', '082 555 0102', 'b@example.org', 'June']])), [[[1, 2], 'Ref,Contact / Phone,Contact / Email,Other / Joined', [3, 4]]], 'words over groups of columns')
  t.end()
})

t.test('a header that is printed again is a header all the same', t => {
  t.same(tables(shape(lines('#,Website,Code\n1,www.example.org,M1\n2,www.example.org,M2\n#,Website,Code\n3,www.example.org,M3'))), [[[1], '#,Website,Code', [2, 3, 5]]])
  t.same(rowsOf(shape([['Kestrel', 'Paarl'], ['Heron', 'George'], ['Kestrel', 'Paarl'], ['Gannet', 'Ceres']])), [1, 2, 3, 4], 'a record that stands twice is none')
  t.end()
})

t.test('headers of years, of groups and with a number sign begin tables', t => {
  const people = 'name,town\nAnn,Paarl\nBob,George\n\n'
  const first = [[1], 'name,town', [2, 3]]
  t.same(tables(shape(lines(`${people}School,2021,2022,2023\nHeron,5,6,7\nGannet,7,8,9`))), [first, [[5], 'School,2021,2022,2023', [6, 7]]])
  t.same(tables(shape(lines(`${people}#,Learners,Length,Notes\n1,30,2.5,\n2,40,3.5,ok`))), [first, [[5], '#,Learners,Length,Notes', [6, 7]]])
  t.same(tables(shape([...lines(people.trimEnd()), [], [null, 'Visit', null, 'Finance'], ['Code', 'Date', 'Contact', 'Amount'], ['M1', '2024-01-05', 'Ann', 5], ['M2', '2024-01-06', 'Bob', 6]])), [first, [[5, 6], 'Code,Visit / Date,Visit / Contact,Finance / Amount', [7, 8]]])
  const sparse = 'Company,Remarks\nKite Works,\nRope Works,\nSail Works,ok\nMast Works,\n\nPrincipal,2021,2022,2023\nAnn,1,2,3\nBob,4,5,6'
  t.same(tables(shape(lines(sparse))), [[[1], 'Company,Remarks', [2, 3, 4, 5]], [[7], 'Principal,2021,2022,2023', [8, 9]]], 'records without figures are no part of a header')
  t.end()
})

const POOL = ['name', 'town', 'product', 'price', 'qty', 'unit', 'club', 'members', 'phone', 'email', 'note', 'status', 'weight', 'widget']
const VALUES = fc.constantFrom<Cell>(12.5, 3, 2001, '(12.50)', '(none)', 'pc', 'Paarl', 'tba', '-', '2024-01-05', '082 555 0101', 'Grand', null)

interface Stacked { readonly rows: Cell[][]; readonly records: number[] }
const stacked: fc.Arbitrary<Stacked> = fc.array(fc.record({
  header: fc.uniqueArray(fc.constantFrom(...POOL), { minLength: 2, maxLength: 4 }),
  values: fc.array(fc.tuple(VALUES, VALUES, VALUES), { minLength: 1, maxLength: 5 }),
  gap: fc.integer({ min: 1, max: 2 })
}), { minLength: 1, maxLength: 4 }).map(parts => {
  const rows: Cell[][] = []
  const records: number[] = []
  for (const { header, values, gap } of parts) {
    rows.push(header)
    for (const cells of values) {
      rows.push([`Kestrel ${rows.length}`, ...cells.slice(0, header.length - 1)])
      records.push(rows.length)
    }
    for (let blank = 0; blank < gap; blank++) rows.push([])
  }
  return { rows, records }
})

t.test('a banner over a table that is narrower than others of the sheet, and records below words over groups', t => {
  const narrow: Cell[][] = [['Price List'], ['Code', 'Website', 'Name'], ['M1', 'www.example.org', 'Ann Smit'], ['M2', 'www.example.org', 'Bob Nel'], [], ['School', '2021', '2022', '2023', 'Notes'], ['Heron', 1, 2, 3, 'ok'], ['Gannet', 4, 5, 6, null]]
  t.same(shape(narrow, { merges: ['A1:C1'] }).meta.tables.map(({ header_rows }) => header_rows), [[2], [6]])
  const grouped: Cell[][] = [[null, 'Details'], ['Contact', 'Type', 'Visit'], ['Lena Smit', 'Closed', { date: '2019-02-10' }], ['Bob Nel', 'Closed', { date: '2023-07-16' }], ['Ann Nel', 'Active', { date: '2019-03-12' }], [], ['Name', 'Amount', 'Count', 'Share'], ['Kite', 1, 2, 3], ['Rope', 4, 5, 6], ['Sail', 7, 8, 9]]
  const heads = shape(grouped, { merges: ['B1:C1'] }).meta.tables.flatMap(({ header_rows }) => header_rows)
  t.notOk([3, 4, 5, 8, 9, 10].some(row => heads.includes(row)), 'no record is part of a header')
  t.same(rowsOf(shape(lines('#,Share,Principal,Email\n1,44,Lena Smit,a@example.org\n2,5,Bob Nel,b@example.org\n#,Share,Principal,Email\n3,6,Ann Nel,c@example.org'))), [2, 3, 5])
  t.end()
})

t.test('a remark below the right one of two tables, and rows that are counted in a column without a name', t => {
  const left: Cell[][] = [['Name', 'Amount', 'Branch'], ['Ann Smit', 5, 'Paarl'], ['Bob Nel', 6, 'George'], ['Lena Smit', 7, 'Ceres'], ['Ann Nel', 8, 'Paarl'], ['Bob Smit', 9, 'Paarl'], ['Zoe Nel', 3, 'Ceres'], ['Piet Nel', 4, 'Ceres']]
  const right: Cell[][] = [['Nr', 'Notes', 'Joined'], [1, 'ok', 'May'], [2, 'call back', 'June'], [], ['Source: internal records']]
  t.same(shape(left.map((cells, index) => [...cells, null, ...(right[index] ?? [])])).meta.tables.map(({ range }) => range), ['A1:C8', 'E1:G3'])
  t.same(tables(shape([[null, 'Customer', 'Units', 'Phone', 'Amount'], [0, 'Weaver Works', null, '082 555 0566', 459.81], [1, 'Plover Works', 26, '082 555 0733', 844.1], [2, 'Heron Works', 3, '082 555 0734', 84.1]])), [[[1], 'Customer,Units,Phone,Amount', [2, 3, 4]]])
  t.end()
})

t.test('a small table above a gap is no part of the header of figures', t => {
  const small = lines('name,weight\nKestrel 1,tba\n\nclub,widget,name\nKestrel 4,12.5,12.5\nKestrel 5,(none),\nKestrel 6,tba,2001\nKestrel 7,12.5,Paarl\n\nname,price\nKestrel 10,12.5')
  const heads = shape(small).meta.tables.flatMap(({ header_rows }) => header_rows)
  t.notOk([2, 5, 6, 7, 8, 11].some(row => heads.includes(row)))
  t.end()
})

t.test('every row of stacked tables is a header row, a record, or left out for a reason, and no record becomes part of a header', t => {
  t.doesNotThrow(() => fc.assert(fc.property(stacked, ({ rows, records }) => {
    const frame = shape(rows)
    const heads = frame.meta.tables.flatMap(({ header_rows }) => header_rows)
    const data = frame.meta.tables.flatMap((_, index) => rowsOf(frame, index))
    const out = frame.meta.sheets[0]!.excluded.filter(({ reason }) => reason !== 'header').flatMap(({ where }) => named(where))
    const present = rows.flatMap((cells, index) => (cells.some(cell => cell !== null) ? [index + 1] : []))
    const accounted = [...heads, ...data, ...out].sort((a, b) => a - b)
    if (!reconciles(frame) || accounted.join() !== present.join()) throw new Error(`accounted for: ${accounted.join()}`)
    const lost = records.filter(row => heads.includes(row))
    if (lost.length > 0) throw new Error(`in a header: rows ${lost.join()}`)
    return true
  }), { seed: 7, numRuns: 1000 }))
  t.end()
})

t.test('where no more tables are looked for is told', t => {
  const findings: Finding[] = []
  const rows = (count: number): Cell[][] => Array.from({ length: count }, (_, index): Cell[][] => [[`name${index}`, `qty${index}`, `city${index}`], ['A', index, 'Rome'], ['B', index, 'Bari'], []]).flat()
  t.equal(shape(rows(200), { findings }).meta.tables.length, 200)
  t.same(findings.filter(({ code }) => code === 'TABLES_TOO_MANY'), [])
  const more = shape(rows(203), { findings })
  t.ok(reconciles(more))
  t.match(findings.filter(({ code }) => code === 'TABLES_TOO_MANY'), [{ severity: 'warning', message: /from row 805 on/ }])
  t.end()
})
