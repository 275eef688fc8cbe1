import t from 'tap'
import { framesOf, many, rowsOf, runAll, type Example, type RowOf } from './frames.case.ts'

const contact = { fields: [{ name: 'name', type: 'person-name' }, { name: 'email', type: 'email', required: true, pattern: '[^@]+@[^@]+' }, { name: 'invalid', type: 'boolean' }] } as const
const fields = [
  { name: 'name', type: 'organisation-name', required: true },
  { name: 'code', type: 'identifier', unique: true, pattern: '[A-Z]\\d+' },
  { name: 'kind', enum: ['School', 'Charter'] },
  { name: 'planes', type: 'number', min: 0, max: 99.5 },
  { name: 'since', type: 'date', min: '2000-01-01', max: '2025-12-31' },
  { name: 'tags', multiple: true, enum: ['a', 'b'] },
  { name: 'slug', required: true, derive: { slug: 'name' } }
] as const
const row = (number: number, cells: RowOf['cells'], source = 1): RowOf => ({ source, row: number, cells })
const example = (over: Partial<Example>): Example => ({ fields: fields as unknown as Example['fields'], groups: { contact: contact as never }, records: [], ...over })
const quarantine = (over: Partial<Example>) => rowsOf(runAll(framesOf(example(over))).valid, 'quarantine', ['source', 'row'])

t.test('a bad cell keeps its raw value in quarantine and leaves the row', t => {
  const over = {
    records: [
      row(2, { name: 'Ardent Air', code: 'x', kind: 'Bakery', planes: '-1', since: '1999-12-31', tags: many('a', 'z', 'b') }),
      row(3, { name: 'Brume Aero', code: 'B2', kind: 'School', planes: '100', since: '2025-12-31T23:00:00', tags: 'q' })
    ],
    raw: { '0:0': { code: ' x ', planes: '-1.00' } },
    issues: [{ table: 0, index: 1, field: 'since', value: '03/04/2025', reason: 'DATE_AMBIGUOUS', severity: 'error' }]
  }
  const { valid, diagnostics } = runAll(framesOf(example(over)))
  t.same(rowsOf(valid, 'quarantine', ['source', 'row']).map(({ row, column, header, field, value, reason, level, severity }) => [row, column, header, field, value, reason, level, severity]), [
    [2, 'B', 'Header code', 'code', ' x ', 'PATTERN_MISMATCH', 'cell', 'error'],
    [2, 'C', 'Header kind', 'kind', 'Bakery', 'VALUE_NOT_ALLOWED', 'cell', 'error'],
    [2, 'D', 'Header planes', 'planes', '-1.00', 'BELOW_MINIMUM', 'cell', 'error'],
    [2, 'E', 'Header since', 'since', '1999-12-31', 'BELOW_MINIMUM', 'cell', 'error'],
    [2, 'F', 'Header tags', 'tags', 'z', 'VALUE_NOT_ALLOWED', 'cell', 'error'],
    [3, 'E', 'Header since', 'since', '03/04/2025', 'DATE_AMBIGUOUS', 'cell', 'error'],
    [3, 'D', 'Header planes', 'planes', '100', 'ABOVE_MAXIMUM', 'cell', 'error'],
    [3, 'F', 'Header tags', 'tags', 'q', 'VALUE_NOT_ALLOWED', 'cell', 'error']
  ])
  t.same(rowsOf(valid, 'records', ['ok']), [
    { ok: 1, name: 'Ardent Air', 'name#key': 'ardent air', tags: 'a; b' },
    { ok: 1, name: 'Brume Aero', 'name#key': 'brume aero', code: 'B2', kind: 'School', since: '2025-12-31T23:00:00' }
  ])
  const findings = diagnostics.filter(({ details }) => details['level'] === 'cell')
  t.equal(findings.length, 7, 'one per reason, sheet and column')
  t.same(findings.find(({ code }) => code === 'PATTERN_MISMATCH')?.details, { file: 'file-1.xlsx', sheet: 'Sheet', column: 'B', field: 'code', level: 'cell', count: 1, cells: ['B2'] })
  t.notMatch(JSON.stringify(diagnostics), /Bakery|Ardent|1999|03\/04/, 'findings hold no values')
  t.end()
})

t.test('a bad row goes whole, with its raw values by header', t => {
  const over = {
    extras: ['Remark'],
    records: [
      row(2, { name: null, kind: 'School', Remark: 'call "back"' }),
      row(3, { name: 'Cinder Wings', code: 'C1' }),
      row(4, { name: 'Dune Wings', code: 'C1' }),
      row(5, { name: null, code: 'C9' }),
      row(6, { name: 'Cinder Wings', code: 'C1' }, 2)
    ],
    sources: [{}, {}],
    raw: { '0:0': { name: '—', kind: ' school ' } },
    issues: [{ table: 0, index: 3, field: 'name', value: '???', reason: 'NAME_UNREADABLE' }]
  }
  const lines = quarantine(over)
  t.same(lines.map(({ row, reason, level, severity, field }) => [row, reason, level, severity, field]), [
    [2, 'REQUIRED_MISSING', 'row', 'error', 'name'],
    [4, 'DUPLICATE_VALUE', 'row', 'error', 'code'],
    [5, 'REQUIRED_INVALID', 'row', 'error', 'name']
  ], 'the value is unique within a source; computed fields are not asked of a row')
  t.equal(lines[0]!['value'], '{"Header kind":" school ","Header name":"—","Remark":"call \\"back\\""}')
  t.match(lines[1]!['detail'], /row 3/)
  t.end()
})

t.test('a row of an identifier and the errors of its formulas is no failure', t => {
  const over: Partial<Example> = {
    records: [row(2, { name: null, key: '17' }), row(3, { name: null, key: '18' }), row(4, { name: 'Ember Air', key: '20' })],
    issues: [{ table: 0, index: 0, field: 'name', value: '#N/A', reason: 'CELL_ERROR' }, { table: 0, index: 1, field: 'name', value: '!!!', reason: 'ORGANISATION_NAME_INVALID' }]
  }
  const { valid } = runAll(framesOf(example(over)), { budgets: { quarantined_rows: 1, quarantined_cells: 1, orphans: 1 } })
  t.same(rowsOf(valid, 'quarantine', ['row']).filter(({ level }) => level === 'row').map(({ row, reason, severity }) => [row, reason, severity]), [[2, 'ROW_WITHOUT_NAME', 'info'], [3, 'REQUIRED_INVALID', 'error']])
  t.end()
})

t.test('rows without a name are set aside with what belongs to them, and do not count', t => {
  const records = [row(2, { name: null, key: '17', Note: '0' }), row(3, { name: null, code: 'A1' }), row(4, { name: null, key: '19' }), row(5, { name: 'Ember Air', key: '20' }), row(6, { key: '21' })]
  const member = (record: number, number: number, cells: RowOf['cells'], source = 2) => ({ source, row: number, record, cells })
  const over: Partial<Example> = {
    extras: ['Note'],
    records,
    sources: [{}, { role: 'satellite', group: 'contact' }],
    members: { contact: [member(1, 2, { name: 'Lindiwe Roux', email: 'l@r.example' }), member(3, 4, { email: 'own@row.example' }, 1), member(4, 5, { name: 'Own Row' }, 1), member(4, 9, { name: 'No Mail' }), member(0, 10, { email: 'lost@x.example' }), member(4, 11, { email: 'ok@x.example' }), member(4, 12, {}), member(5, 6, { invalid: 'false' }, 1)] }
  }
  const { valid, diagnostics } = runAll(framesOf(example(over)), { budgets: { quarantined_rows: 0.5, quarantined_cells: 0.5, orphans: 1 } })
  t.same(rowsOf(valid, 'quarantine', ['source', 'row']).map(({ source, row, level, reason, severity, value }) => [source, row, level, reason, severity, value]), [
    [1, 2, 'row', 'ROW_WITHOUT_NAME', 'info', '{"Header key":"17","Note":"0"}'],
    [1, 3, 'row', 'ROW_WITHOUT_NAME', 'info', '{"Header code":"A1"}'],
    [1, 4, 'row', 'REQUIRED_MISSING', 'error', '{"Header contact.email":"own@row.example","Header key":"19"}'],
    [1, 5, 'cell', 'REQUIRED_MISSING', 'error', 'Own Row'],
    [1, 6, 'row', 'ROW_WITHOUT_NAME', 'info', '{"Header contact.invalid":"false","Header key":"21"}'],
    [2, 2, 'row', 'ENTITY_QUARANTINED', 'info', '{"Header contact.email":"l@r.example","Header contact.name":"Lindiwe Roux"}'],
    [2, 9, 'row', 'REQUIRED_MISSING', 'error', '{"Header contact.name":"No Mail"}'],
    [2, 10, 'row', 'ORPHAN', 'error', '{"Header contact.email":"lost@x.example"}']
  ], 'a row with a member of its own in it holds more than an identifier')
  t.same(rowsOf(valid, 'contact', ['ok']).map(({ ok }) => ok), [0, 0, 0, 0, 0, 1, 1, 0])
  const budgets = valid.meta.budgets as { name: string; actual: number; breached: boolean }[]
  t.same(budgets.map(({ name, actual, breached }) => [name, actual, breached]), [['quarantined_rows', 0.5, false], ['quarantined_cells', 0.1, false], ['orphans', 0, false], ['set_aside_rows', 0.1, false]], 'meeting a budget is no breach')
  t.equal(diagnostics.filter(({ code }) => code === 'ROW_WITHOUT_NAME')[0]?.severity, 'info')
  t.end()
})

t.test('one row of a satellite that gave a record and members', t => {
  const satellite = [{}, { role: 'satellite' as const, group: 'contact' }]
  const records = (name: string | null) => [row(2, { name, kind: 'School' }), row(7, { name, planes: '4' }, 2)]
  const members = (email: string | null) => ({ contact: [{ source: 2, row: 7, record: 1, cells: { name: 'Piet Louw', email } }] })
  const lines = (name: string | null, email: string | null) => quarantine({ sources: satellite, records: records(name), members: members(email) }).map(({ source, row, level, reason, value }) => [source, row, level, reason, value])
  t.same(lines('Heron', 'p@x.example'), [])
  t.same(lines('Heron', null), [[2, 7, 'cell', 'REQUIRED_MISSING', 'Piet Louw']], 'the rest of the row goes on')
  t.same(lines(null, 'p@x.example'), [
    [1, 2, 'row', 'REQUIRED_MISSING', '{"Header kind":"School"}'],
    [2, 7, 'row', 'REQUIRED_MISSING', '{"Header contact.email":"p@x.example","Header contact.name":"Piet Louw","Header planes":"4"}']
  ], 'nothing of the row goes on: it is kept whole, once')
  t.end()
})

t.test('a breached budget is an error', t => {
  const records = [row(2, { name: null, kind: 'School' }), row(3, { name: 'Fallow Air', planes: '-5' })]
  const { diagnostics } = runAll(framesOf(example({ records, joins: [{ file: 'f', sheet: 's', by_key: 1, by_name: 1, orphans: 2 }] })))
  t.same(diagnostics.filter(({ code }) => code === 'BUDGET_BREACHED').map(({ severity, details }) => [severity, details]), [
    ['error', { name: 'quarantined_rows', limit: 0.1, actual: 0.5, failed: 1, total: 2 }],
    ['error', { name: 'quarantined_cells', limit: 0.1, actual: 0.333333, failed: 1, total: 3 }],
    ['error', { name: 'orphans', limit: 0.25, actual: 0.5, failed: 2, total: 4 }]
  ])
  t.throws(() => runAll(framesOf(example({ fields: [{ name: 'a', pattern: '(' }], records: [row(2, { a: 'x' })] }))), { code: 'E_PROFILE' })
  t.end()
})

t.test('tables of which nothing is used, and a dataset that would be empty', t => {
  const told = (over: Partial<Example>) => runAll(framesOf(example(over))).diagnostics.filter(({ code }) => /UNUSED|BREACHED/.test(code)).map(({ code, severity, message, details }) => [code, severity, message, details['name'] ?? details['rows']])
  const sources = [{}, { role: 'set-aside' as const, role_reason: 'nothing in it names a club', rows: 9 }, { role: 'set-aside' as const, recognised: true, role_reason: 'a list of codes', rows: 50 }]
  const aside = Array.from({ length: 9 }, (_, at) => ({ source: 2, row: at + 2 }))
  const codes = Array.from({ length: 50 }, (_, at) => ({ source: 3, row: at + 2 }))
  t.same(told({ sources, records: [row(2, { name: 'Gale' })], aside: [...aside, ...codes] }), [
    ['TABLE_UNUSED', 'warning', 'file-2.xlsx: nothing of sheet Sheet is used, 9 rows: nothing in it names a club', 9],
    ['BUDGET_BREACHED', 'error', 'the budget set_aside_rows allows 0.8, but 9 of 10 failed', 'set_aside_rows']
  ], 'what was recognised counts nowhere')
  t.same(told({ sources: sources.slice(0, 2), records: [row(2, { name: 'Gale' }), row(3, { name: 'Heron' }), row(4, { name: 'Ibis' })], aside }).map(([code]) => code), ['TABLE_UNUSED'])
  t.same(told({ sources: [{ rows: 1 }], records: [row(2, { name: null, code: 'A1' })] }).slice(0, 2), [
    ['TABLE_UNUSED', 'warning', 'file-1.xlsx: nothing of sheet Sheet is used, 1 row: an identifier and nothing else', 1],
    ['EMPTY_DATASET_BREACHED', 'error', 'the dataset would be empty: the only row that came in does not go on', undefined]
  ])
  const ahead = Array.from({ length: 30 }, (_, at) => row(at + 3, { name: null, code: `A${at}` }))
  t.same(told({ sources: [{ rows: 31 }], records: [row(2, { name: 'Gale' }), ...ahead] }), [], 'rows numbered ahead are rows to come')
  t.same(told({ sources: [{ rows: 30 }, { rows: 1 }], records: [...ahead, row(2, { name: 'Gale' }, 2)] }).map(([code]) => code), ['TABLE_UNUSED', 'BUDGET_BREACHED'], 'where none was filled in, nothing was understood')
  t.same(told({ sources: [{ rows: 0 }], records: [] }), [], 'where nothing came in, nothing is missing')
  t.end()
})

t.test('headers and names that are no ordinary names', t => {
  const odd = example({ fields: [{ name: 'constructor', required: true }, { name: 'b' }] as never, extras: ['__proto__'], records: [row(2, { constructor: null as never, b: 'x', ['__proto__']: 'y' }), row(3, { constructor: 'Gale' as never, b: 'z' })] })
  const { valid, dataset } = runAll(framesOf(odd))
  t.equal(rowsOf(valid, 'quarantine').length, 1)
  t.equal(dataset.tables[0]!.rows, 1)
  t.ok(Object.hasOwn(dataset.meta.filled, '__proto__'))
  t.end()
})
