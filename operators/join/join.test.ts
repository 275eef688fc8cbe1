import { readFileSync } from 'node:fs'
import { join as joinPath } from 'node:path'
import t from 'tap'
import fc from 'fast-check'
import { parse } from 'yaml'
import { packageRoot } from '../../cli/package-root.ts'
import { createColumnBuilder } from '../../kernel/artifact/builder.ts'
import { decodeFrame, encodeFrame } from '../../kernel/artifact/frame.ts'
import { columnOf, integersOf, ITEM_SEPARATOR, KIND, tableOf, textAt, type Frame } from '../../kernel/artifact/table.ts'
import { HotpassError } from '../../kernel/error.ts'
import type { Diagnostic } from '../../kernel/types.ts'
import type { Profile } from '../../schemas/generated/profile.ts'
import { DEFAULTS } from '../model/defaults.ts'
import { columnLetter, workbookOf, type Cell, type SheetSketch } from '../model/sheet-fixture.ts'
import type { Mapping, RecordsMeta, TablesMeta, WorkbookMeta } from '../model/stages.ts'
import { mapTables } from '../map/operator.ts'
import { shapeWorkbook } from '../shape/operator.ts'
import { keyText } from './directory.ts'
import { joinTables, operator } from './operator.ts'

const AVIATION = parse(readFileSync(joinPath(packageRoot(), 'profiles/aviation.yaml'), 'utf8')) as Profile
type Book = readonly [file: string, ...sheets: SheetSketch[]]

function prepare(books: readonly Book[], profile: Profile, diagnostics: Diagnostic[] = []): { frames: Frame<TablesMeta>[]; mapping: Mapping } {
  const context = { diagnose: (one: Diagnostic) => void diagnostics.push(one) }
  const sources = profile.ingest?.sources ?? []
  const frames = books.map(([file, ...sheets]) => shapeWorkbook(workbookOf(file, sheets), { ingest: { sources, hidden_sheets: 'include' } }, context))
  return { frames, mapping: mapTables(frames, { country: 'ZA', ingest: { sources }, refine: { ...DEFAULTS.refine, ...profile.refine } as Profile['refine'] & object }, context) }
}
function join(books: readonly Book[], orphans: 'quarantine' | 'promote' = 'quarantine', profile: Profile = AVIATION): { frame: Frame<RecordsMeta>; mapping: Mapping; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const { frames, mapping } = prepare(books, profile, diagnostics)
  const frame = joinTables(frames, mapping, { refine: { orphans } }, { diagnose: one => void diagnostics.push(one) })
  decodeFrame(encodeFrame(frame))
  return { frame, mapping, diagnostics }
}
/** Rows of a table as objects of non-empty cells, with the integers that are asked for. */
function list(frame: Frame<RecordsMeta>, name: string, ...integers: string[]): Record<string, unknown>[] {
  const table = tableOf(frame, name)
  return Array.from({ length: table.rows }, (_, row) => ({
    ...Object.fromEntries(integers.map(each => [each, integersOf(table, each)[row]])),
    ...Object.fromEntries(table.columns.flatMap(column => (textAt(column, row) === null ? [] : [[column.name, textAt(column, row)]])))
  }))
}
/** Every data row of every table is in records, a group, or quarantine. */
function nothingLost(frame: Frame<RecordsMeta>, mapping: Mapping, frames: readonly Frame<TablesMeta>[]): boolean {
  const seen = new Set<string>()
  for (const table of frame.tables) {
    const rows = integersOf(table, 'row')
    integersOf(table, 'source').forEach((source, index) => seen.add(`${source}:${rows[index]}`))
  }
  let expected = 0
  for (const { meta, tables } of frames) {
    meta.tables.forEach((shape, index) => {
      const number = mapping.sources.findIndex(source => source.table === shape.id) + 1
      for (const row of integersOf(tables[index]!, 'row')) {
        expected++
        if (!seen.has(`${number}:${row}`)) expected = Infinity
      }
    })
  }
  return seen.size === expected
}

const MAIN: SheetSketch = { name: 'Main', rows: [
  ['C_ID', 'Company', 'Website', 'Category'],
  [1, 'Blue Crane Aviation (Pty) Ltd t/a Sky Kids', 'bluecrane.example', 'Charter'],
  [2, 'Karoo\nWings', null, 'Flight School'],
  [3, 'Coastal Rotor (George)', 'coastal.example', 'Charter'],
  [7, null, null, null]
] }
const people = (...rows: Cell[][]): SheetSketch => ({ name: 'People', rows: [['C_ID', 'Company', 'FirstName', 'Surname', 'Position', 'Cellnumber', 'Email'], ...rows] })
const LOOKUPS = people(
  [2, null, 'Ann', 'Example', 'CEO', 27825550101, 'ann@a.example'],
  [0, 'BLUE CRANE AVIATION', 'Bob', null, null, null, 'bob@a.example'],
  ['Karoo Wings CC', null, null, null, null, '082 555 0102', null],
  [0, 'Sky Kids', null, 'Kidman', 'Pilot', 27825550103, null],
  [{ error: '#N/A' }, 'Coastal Rotor', 'Cat', 'Rotor', null, null, 'cat@a.example'],
  [1, 'Karoo Wings', 'Dan', 'Astray', null, null, 'dan@a.example'],
  [7, null, 'Eve', 'Ghost', null, null, 'eve@a.example'],
  [99, 'Unheard of Air', 'Flo', 'Orphan', null, null, 'flo@a.example'],
  [2, 'Karoo Wings', null, null, null, null, null]
)

t.test('satellites find their entity by key, and by name where the key is broken', async t => {
  const { frame, mapping, diagnostics } = join([['db.xlsx', MAIN, LOOKUPS]])
  t.same(list(frame, 'contact', 'row', 'record').map(({ row, record, name, email }) => [row, record, name ?? null, email ?? null]), [
    [2, 2, 'Ann Example', 'ann@a.example'],
    [3, 1, 'Bob', 'bob@a.example'],
    [4, 2, null, null],
    [5, 1, 'Kidman', null],
    [6, 3, 'Cat Rotor', 'cat@a.example'],
    [7, 2, 'Dan Astray', 'dan@a.example']
  ], 'a name beside a key that points elsewhere wins; trading names and missing brackets are found')
  t.same(frame.meta.joins, [{ file: 'db.xlsx', sheet: 'People', by_key: 2, by_name: 5, orphans: 2 }])
  t.same(list(frame, 'quarantine', 'row').map(({ row, reason, severity, level }) => [row, reason, severity, level]), [[8, 'ORPHAN', 'error', 'row'], [9, 'ORPHAN', 'error', 'row'], [10, 'NOTHING_TO_ADD', 'info', 'row']])
  t.equal(list(frame, 'quarantine')[1]!['value'], '{"C_ID":"99","Company":"Unheard of Air","Email":"flo@a.example","FirstName":"Flo","Surname":"Orphan"}')
  t.equal(tableOf(frame, 'records').rows, 4)
  t.equal(columnOf(tableOf(frame, 'contact'), 'phone')!.kinds![0], KIND.number, 'raw values keep their kind')
  t.ok(diagnostics.some(one => one.code === 'ORPHANS' && one.details['orphans'] === 2))
  t.notMatch(JSON.stringify(diagnostics), /Orphan|Unheard/, 'no values in diagnostics')
  t.ok(nothingLost(frame, mapping, prepare([['db.xlsx', MAIN, LOOKUPS]], AVIATION).frames))
  t.same([frame.meta.filled['contact.email'], frame.meta.filled['organization_name'], frame.meta.filled['planes']], [6, 9, 0])
})

t.test('an orphan that names its entity is promoted where the profile says so', async t => {
  const { frame } = join([['db.xlsx', MAIN, LOOKUPS]], 'promote')
  const records = list(frame, 'records', 'source', 'row')
  t.match(records.at(-1), { source: 2, row: 9, organization_name: 'Unheard of Air' })
  t.match(list(frame, 'contact', 'record').find(each => each['name'] === 'Flo Orphan'), { record: 5 })
  t.equal(frame.meta.joins[0]!.orphans, 1, 'the one without a name')
})

t.test('a sheet without keys is tied by names alone, and adds the ones that nobody knows', async t => {
  const extra: SheetSketch = { name: 'More', rows: [['Company', 'Email', 'Phone'], ['Karoo Wings', 'k@a.example', null], ['Coastal Rotor (George)', 'c@a.example', null], ['Blue Crane Aviation', null, 27825550104], ['Far Off Air', 'far@a.example', null]] }
  const { frame, mapping } = join([['db.xlsx', MAIN, extra]])
  t.equal(mapping.sources[1]!.role, 'satellite')
  t.match(list(frame, 'records', 'source', 'row').at(-1), { source: 2, row: 5, organization_name: 'Far Off Air' })
  t.match(list(frame, 'contact', 'record').at(-1), { record: 5, email: 'far@a.example' })
  t.same(frame.meta.joins[0], { file: 'db.xlsx', sheet: 'More', by_key: 0, by_name: 3, orphans: 0 })
})

t.test('members below their entity go on with it', async t => {
  const clubs = (...more: Cell[][]): SheetSketch => ({ name: 'Clubs', rows: [['Club', 'Province', 'Contact person', 'Email'], ['Karoo Wings', 'Limpopo', 'Ann Example', 'ann@a.example'], ...more] })
  const next: Cell[][] = [[null, null, 'Bob Example', 'bob@a.example'], [null, null, 'Cat Example', null], ['Blue Crane', 'Gauteng', 'Dan Example', null], [null, null, 'Eve Example', null]]
  const { frame, diagnostics } = join([['c.xlsx', clubs(...next)]])
  t.same(list(frame, 'records').map(each => each['organization_name']), ['Karoo Wings', 'Karoo Wings', 'Karoo Wings', 'Blue Crane', 'Blue Crane'])
  t.ok(diagnostics.some(({ code, details }) => code === 'ROWS_CONTINUED' && details['rows'] === 3))
  t.equal(frame.meta.filled['organization_name'], 2)
  const oversight = join([['c.xlsx', clubs(next[0]!, next[2]!, ['Red Kite', null, 'Flo Example', null], [null, 'Limpopo', 'Gus Example', null])]]).frame
  t.same(list(oversight, 'records').map(each => each['organization_name'] ?? null), ['Karoo Wings', null, 'Blue Crane', 'Red Kite', null], 'one row without a name is an oversight')
})

t.test('rows that formulas without a result left are no orphans', async t => {
  const { frame } = join([['db.xlsx', MAIN, people([2, null, 'Ann', null, null, null, 'ann@a.example'], [0, null, null, null, null, null, null], [0, 0, 0, 0, null, '-', null], [{ error: '#N/A' }, { error: '#N/A' }, null, null, null, null, null])]])
  t.same(list(frame, 'quarantine', 'row').map(({ row, reason, severity }) => [row, reason, severity]), [[3, 'ROW_WITHOUT_NAME', 'info'], [4, 'ROW_WITHOUT_NAME', 'info'], [5, 'ROW_WITHOUT_NAME', 'info']])
  t.equal(frame.meta.joins[0]!.orphans, 0)
})

t.test('other workbooks are asked when the own one does not know the name', async t => {
  const register: SheetSketch = { name: 'Register', rows: [['Name of Organisation', 'Province'], ['Unheard of Air', 'Gauteng'], ['Karoo Wings', 'Limpopo']] }
  const { frame } = join([['db.xlsx', MAIN, LOOKUPS], ['register.xlsx', register]])
  t.match(list(frame, 'contact', 'record').find(each => each['name'] === 'Flo Orphan'), { record: 5 })
  const alone = join([['a.xlsx', MAIN], ['b.xlsx', people([0, 'Blue Crane Aviation', 'Ann', null, null, null, 'a@b.example'], [1, null, 'Key', 'Only', null, null, null])]], 'quarantine', {
    ...AVIATION, ingest: { sources: [{ match: 'b.xlsx', sheets: [{ match: '*', role: 'satellite', group: 'contact' }] }] }
  })
  t.same(list(alone.frame, 'contact', 'record').map(each => [each['record'], each['name']]), [[1, 'Ann']], 'a key means nothing in another workbook')
  t.equal(list(alone.frame, 'quarantine')[0]!['reason'], 'ORPHAN')
})

t.test('what a satellite says of the entity becomes a record that merges into it', async t => {
  const places: SheetSketch = { name: 'Places', rows: [['C_ID', 'Company', 'Type', 'Airport', null], [0, 'Karoo Wings', 'Base', 'Beaufort Airfield', 'Hangar 2'], [1, 'Somebody Else', null, 'George', null]] }
  const notes: SheetSketch = { name: 'Notes', rows: [['C_ID', 'Notes'], [3, 'call back'], [2, null]] }
  const { frame, mapping } = join([['db.xlsx', MAIN, places, notes]])
  t.same(mapping.sources.map(source => source.role), ['entity', 'satellite', 'satellite'])
  const own = list(frame, 'records', 'source', 'row').slice(4)
  t.match(own, [
    { source: 2, row: 2, organization_name: 'Karoo Wings', address_primary: 'Beaufort Airfield, Hangar 2', 'Places Type': 'Base' },
    { source: 2, row: 3, organization_name: 'Blue Crane Aviation (Pty) Ltd t/a Sky Kids', address_primary: 'George' },
    { source: 3, row: 2, organization_name: 'Coastal Rotor (George)', notes: 'call back' }
  ])
  t.equal(own.length, 3)
  t.equal(list(frame, 'quarantine')[0]!['reason'], 'NOTHING_TO_ADD')
})

t.test('people of one row, several columns for one field, parts of names', async t => {
  const rows: Cell[][] = [['Company', 'Owner name', 'Owner email', 'Manager name', 'Manager email', 'Manager cell', 'Notes', 'Comments', 'Street', 'Address', 'Invalid'], ['Blue', 'Ann', 'a@b.example', 'Bob', 'b@b.example', '082 555 0101', 'x', 'y', '1 Road', 'George', 1], ['Red', 'Cat', null, null, null, null, 'same', 'same', null, null, null], ['Green', null, null, null, null, null, null, null, null, null, 1]]
  const { frame } = join([['c.csv', { name: 'c', rows }]])
  t.same(list(frame, 'contact', 'record').map(each => [each['record'], each['name'], each['email'], each['phone']]), [[1, 'Ann', 'a@b.example', undefined], [2, 'Cat', undefined, undefined], [1, 'Bob', 'b@b.example', '082 555 0101']])
  const records = list(frame, 'records')
  t.match(records[0], { notes: `x${ITEM_SEPARATOR}y`, address_primary: '1 Road, George' })
  t.equal(records[1]!['notes'], 'same')
  t.equal(tableOf(frame, 'contact').rows, 3, 'a flag alone makes no person')
})

t.test('a refined dataset finds its members by slug', async t => {
  const fields = AVIATION.refine!.fields!.map(field => field.name)
  const data: SheetSketch = { name: 'r', rows: [fields, fields.map(name => (name === 'organization_name' ? 'Blue Crane' : name === 'organization_slug' ? 'blue-crane-2' : null))] }
  const contact: SheetSketch = { name: 'r.contact', rows: [['organization_slug', 'name', 'role', 'email', 'phone', 'invalid', 'primary'], ['blue-crane-2', 'Ann', null, 'a@b.example', null, null, 'yes'], ['nobody', 'Bob', null, null, null, null, 'yes']] }
  const { frame } = join([['r.contact.csv', contact], ['r.csv', data]])
  t.same(list(frame, 'contact', 'record').map(each => [each['record'], each['name']]), [[1, 'Ann']])
  t.same(frame.meta.joins.map(each => [each.by_key, each.orphans]), [[1, 1]])
  t.equal(tableOf(frame, 'records').rows, 1)
})

t.test('keys, set-aside rows, missing tables', async t => {
  t.same([keyText(' 5 ', KIND.text), keyText('5.0', KIND.number), keyText('0', KIND.number), keyText('0.0', KIND.text), keyText('#N/A', KIND.error), keyText('-', KIND.text), keyText('AB-1', KIND.text)], ['5', '5', '', '', '', '', 'ab-1'])
  const codes: SheetSketch = { name: 'Codes', rows: [['Code', '__proto__', 'Code'], ['A', 'alpha', 'x'], ['B', null, null]] }
  const { frame, mapping } = join([['db.xlsx', MAIN, codes]])
  t.same(list(frame, 'quarantine', 'row').map(({ row, reason, value }) => [row, reason, value]), [[2, 'SET_ASIDE', '{"Code":"A","Code [C]":"x","__proto__":"alpha"}'], [3, 'SET_ASIDE', '{"Code":"B"}']])
  t.throws(() => joinTables([], mapping, { refine: { orphans: 'quarantine' } }, { diagnose: () => {} }), HotpassError)
  t.same(operator.config, ['refine.orphans'])
})

t.test('no row is lost, whatever the workbooks', async t => {
  const name = fc.constantFrom<Cell>('Blue Crane', 'BLUE CRANE (Pty) Ltd', 'Karoo', 'Nobody', '—', null, null)
  const key = fc.constantFrom<Cell>(0, 1, 2, 3, 'Karoo', null, { error: '#REF!' })
  const main = fc.array(fc.tuple(key, name, fc.constantFrom<Cell>('Charter', null)), { minLength: 1, maxLength: 5 })
  const satellite = fc.array(fc.tuple(key, name, fc.constantFrom<Cell>('a@b.example', null), fc.constantFrom<Cell>('Ann Example', null), fc.constantFrom<Cell>('note', null)), { maxLength: 6 })
  t.doesNotThrow(() => fc.assert(fc.property(main, satellite, satellite, fc.constantFrom('quarantine' as const, 'promote' as const), (a, b, c, orphans) => {
    const contacts = (rows: readonly (readonly Cell[])[]): SheetSketch => ({ name: 'People', rows: [['ID', 'Company', 'Email', 'Contact person', 'Remarks'], ...rows] })
    const books: Book[] = [['x.xlsx', { name: 'Main', rows: [['ID', 'Company', 'Category'], ...a] }, contacts(b)], ['y.xlsx', contacts(c), { name: 'Codes', rows: [['Code', 'Means'], [1, 'x']] }]]
    const { frame, mapping } = join(books, orphans)
    const records = tableOf(frame, 'records').rows
    return nothingLost(frame, mapping, prepare(books, AVIATION).frames) && [...integersOf(tableOf(frame, 'contact'), 'record')].every(record => record >= 1 && record <= records)
  }), { seed: 5, numRuns: 150 }))
})

t.test('100,000 rows of 20 columns', async t => {
  const rows = 100_000
  const header = ['Company', 'Contact person', 'Email', 'Phone', 'Website', 'Province', 'Category', 'Notes', ...Array.from({ length: 12 }, (_, index) => `Measure ${columnLetter(index)}`)]
  const cell = (column: number, row: number): string => ['Air ', 'Ann ', `m${row}@x.example`, `082 555 ${row}`, `w${row}.co.za`, 'Gauteng', 'Charter', 'n'][column] ?? `v${(row * (column + 3)) % 5000}`
  const columns = header.map((text, column) => {
    const builder = createColumnBuilder(columnLetter(column), rows + 1)
    builder.push(text)
    for (let row = 0; row < rows; row++) builder.push(column < 2 ? `${cell(column, row)}${row}` : cell(column, row))
    return builder.finish()
  })
  const base = workbookOf('big.csv', [{ name: 'big', rows: [] }])
  const workbook: Frame<WorkbookMeta> = { meta: base.meta, tables: [{ name: 'big', rows: rows + 1, columns, integers: [{ name: 'row', data: Uint32Array.from({ length: rows + 1 }, (_, index) => index + 1) }] }] }
  const start = performance.now()
  const context = { diagnose: () => {} }
  const tables = shapeWorkbook(workbook, { ingest: { sources: [], hidden_sheets: 'include' } }, context)
  const shaped = performance.now()
  const mapping = mapTables([tables], { country: 'ZA', ingest: { sources: [] }, refine: { ...DEFAULTS.refine, ...AVIATION.refine } as Profile['refine'] & object }, context)
  const mapped = performance.now()
  const frame = joinTables([tables], mapping, { refine: { orphans: 'quarantine' } }, context)
  const joined = performance.now()
  t.comment(`shape ${Math.round(shaped - start)} ms, map ${Math.round(mapped - shaped)} ms, join ${Math.round(joined - mapped)} ms`)
  t.equal(tableOf(frame, 'records').rows, rows)
  t.equal(tableOf(frame, 'contact').rows, rows)
  t.equal(columnOf(tableOf(frame, 'records'), 'website')!.values, tables.tables[0]!.columns[4]!.values, 'dictionaries are passed on, not built again')
  t.ok(joined - start < 60_000)
})
