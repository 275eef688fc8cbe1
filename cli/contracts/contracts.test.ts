/** Contracts as their users have them: emitted, held against what a run wrote, imported, compared; and bad ones refused. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { assertRefusal } from '../refusal.case.ts'
import { buildXlsx } from '../../operators/read/testing/build-xlsx.ts'
import { makeFolder, say } from '../workspace.case.ts'
import { assertContractsHold, FIXTURES } from './holds.case.ts'

t.test('every contract holds on the dataset of its profile', async t => {
  await assertContractsHold(t, { name: 'quickstart', profile: 'quickstart', data: 'quickstart/data' })
  await assertContractsHold(t, { name: 'supplies', profile: join(FIXTURES, 'supplies/profile.yaml'), data: 'supplies/data' })
})

const SUITE = {
  expectation_suite_name: 'Orders 2',
  expectations: [
    { expectation_type: 'expect_column_values_to_not_be_null', kwargs: { column: 'Order ID', mostly: 0.95 } },
    { expectation_type: 'expect_column_values_to_be_in_set', kwargs: { column: 'state', value_set: ['open', 'closed', null] }, meta: { notes: 'As the shop has them.' } },
    { expectation_type: 'expect_column_values_to_match_regex', kwargs: { column: 'Order ID', regex: '^O-\\d+$' } },
    { expectation_type: 'expect_column_values_to_match_regex', kwargs: { column: 'state', regex: '(?=x)y' } },
    { expectation_type: 'expect_column_pair_values_a_to_be_greater_than_b', kwargs: { column_A: 'closed', column_B: 'opened', or_equal: true } },
    { type: 'expect_table_row_count_to_be_between', kwargs: { min_value: 1, max_value: 10 } },
    { type: 'expect_column_mean_to_be_between', kwargs: { column: 'amount', min_value: 1 } },
    { type: 'expect_column_values_to_be_between', kwargs: { column: 'amount', min_value: 5, max_value: 1 } },
    { type: 'expect_compound_columns_to_be_unique', kwargs: { column_list: ['Order ID', 'state'] } },
    { type: 'expect_column_values_to_be_between', kwargs: { column: 'amount', min_value: { $PARAMETER: 'lo' } } }
  ],
  meta: { great_expectations_version: '0.18.0' }
}

const ODCS_30 = {
  apiVersion: 'v3.0.2', kind: 'DataContract', id: 'x', name: 'Orders', version: '1.2.0', status: 'active',
  schema: [{ name: 'orders', properties: [
    { name: 'id', logicalType: 'integer', primaryKey: true, required: true },
    { name: 'mail', logicalType: 'string', logicalTypeOptions: { format: 'email', maxLength: 40 }, classification: 'pii', quality: [{ type: 'library', rule: 'nullCheck', mustBe: 0 }, { type: 'sql', query: 'select 1', mustBe: 1 }] },
    { name: 'amount', logicalType: 'number', logicalTypeOptions: { minimum: 0, exclusiveMinimum: true, multipleOf: 5 } },
    { name: 'day', logicalType: 'date', logicalTypeOptions: { format: 'dd.MM.yyyy' } }
  ], quality: [{ type: 'library', rule: 'rowCount', mustBeBetween: [1, 9] }, { type: 'text', description: 'It should be good.' }] }],
  slaProperties: [{ property: 'retention', value: 1, unit: 'y' }]
}

t.test('contracts of others become profiles, and what has no counterpart is listed', async t => {
  const folder = makeFolder({ 'suite.json': JSON.stringify(SUITE), 'odcs.json': JSON.stringify(ODCS_30) })
  writeFileSync(join(folder, 'c.odcs'), '# from a catalogue\napiVersion: v3.0.2\nkind: DataContract\nid: x\nname: Orders\nversion: 1.0.0\nstatus: active\nschema: [{ name: orders, properties: [{ name: id }] }]\n')
  writeFileSync(join(folder, 'c'), JSON.stringify(ODCS_30))
  for (const name of ['c.odcs', 'c']) t.match(await say(folder, ['contracts', 'import', name, '--json']), { exit: 0, json: { format: 'odcs' } }, 'told by content where no ending tells')
  const suite = await say(folder, ['contracts', 'import', 'suite.json', '-o', 'orders.yaml', '--json'])
  t.equal(suite.exit, 0, suite.err)
  t.match(suite.json.profile, /field: order_id\n {4}mostly: 0\.95/)
  t.match(suite.json.profile, /synonyms:\n {8}- Order ID/)
  t.same(suite.json.unmapped.map(({ where }: any) => where), ['expectations[6]', 'expectations[9]', 'state', 'amount: range'], 'the mean, the parameter, the look-around, and what nothing meets')
  writeFileSync(join(folder, 'orders.csv'), 'Order ID,state,closed,opened,amount\n')
  const unusable = await say(folder, ['contracts', 'validate', 'orders.csv', '--contract', 'suite.json'])
  assertRefusal(t, 'a suite with a pattern that looks around', unusable, { exit: 2, says: /E_CONTRACT suite\.json: expectations\[3\]: the pattern of field state cannot be used/ })
  t.match(suite.err, /not taken: expectations\[6\]/)
  t.equal((await say(folder, ['config', 'validate', '--profile', 'orders.yaml'])).exit, 0, 'the profile is valid')

  const odcs = await say(folder, ['contracts', 'import', 'odcs.json', '--name', 'orders', '--json'])
  t.equal(odcs.exit, 0, odcs.err)
  t.same(odcs.json.unmapped.map(({ where }: any) => where).sort(), ['schema[0].properties[1].quality[1]', 'schema[0].properties[2].logicalTypeOptions.multipleOf', 'schema[0].properties[3].logicalTypeOptions.format', 'schema[0].quality[1]', 'slaProperties'])
  t.match(odcs.json.profile, /above: 0/)
  writeFileSync(join(folder, 'data.csv'), 'id,mail,amount,day\n1,anna.beispiel@lapwing.example,5,01.02.2024\n1,,0,x\n')
  const held = await say(folder, ['contracts', 'validate', 'data.csv', '--contract', 'odcs.json', '--json'])
  t.equal(held.exit, 3)
  t.same(held.json.checks.filter((check: any) => check.outcome === 'failed').map((check: any) => check.id), ['id.unique', 'mail.not-null', 'amount.range'])
  writeFileSync(join(folder, 'data.csv'), 'id,mail,amount,day\n1,anna.beispiel(at)lapwing.example,5,1\n')
  for (const [file, start] of [['c.json', /^\{/], ['c.yaml', /^version|^apiVersion/]] as const) {
    t.equal((await say(folder, ['contracts', 'emit', '--profile', 'aviation', '--format', 'odcs', '-o', file])).exit, 0)
    t.match(readFileSync(join(folder, file), 'utf8'), start, `${file} is what its name says`)
  }
  const masked = await say(folder, ['contracts', 'validate', 'data.csv', '--contract', 'odcs.json'])
  t.match(masked.out, /data\.csv › B2: a•••/, 'a personal value is masked')
  t.notMatch(masked.out + masked.err, /beispiel/)
  t.end()
})

t.test('a contract does not unmask', async t => {
  const folder = makeFolder({})
  const ran = await say(folder, ['run', '--profile', 'quickstart', '--input-dir', join(FIXTURES, 'quickstart/data'), '--output-path', 'refined', '--format', 'csv'])
  t.equal(ran.exit, 0, ran.err)
  const properties = Object.fromEntries(['organization_name', 'contact_primary_name', 'contact_primary_email'].map(name => [name, { type: 'string', maxLength: name === 'organization_name' ? 2 : 3 }]))
  writeFileSync(join(folder, 'js.json'), JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'x', type: 'object', properties }))
  writeFileSync(join(folder, 'renamed.json'), JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'x', type: 'object', properties: { kind: { type: 'string', title: 'contact_primary_name', maxLength: 3 } } }))
  for (const profile of ['generic', 'quickstart']) {
    writeFileSync(join(folder, 'hotpass.yaml'), `profile: ${profile}\n`)
    for (const contract of ['js.json', 'renamed.json']) {
      const { json, err } = await say(folder, ['contracts', 'validate', 'refined.csv', '--contract', contract, '--examples', '50', '--json'])
      t.ok(json?.checks, err)
      const shown = (json?.checks ?? []).flatMap(({ field, examples }: any) => examples.map(({ value }: any) => [field, value]))
      const people = shown.filter(([field]: any) => field !== 'organization_name')
      if (contract === 'js.json') t.ok(people.length > 0 && shown.length > people.length, 'there is something to show')
      t.same(people.filter(([, value]: any) => !value.includes('•••')), [], `${profile}, ${contract}`)
      if (contract === 'js.json') t.ok(shown.some(([field, value]: any) => field === 'organization_name' && !value.includes('•••')), 'names of organisations are shown')
    }
  }
  t.end()
})

const table = (fields: unknown, rest: object = {}) => JSON.stringify({ fields, ...rest })

t.test('files are read as their contract says that they are written, and what is said twice is checked once', async t => {
  const KEY = { name: 'a', type: 'integer', constraints: { required: true, unique: true } }
  const odcs = JSON.stringify({ ...ODCS_30, schema: [{ name: 'x', properties: [{ name: 'a', logicalType: 'integer', required: true, unique: true, primaryKey: true }] }] })
  const csvw = (key: unknown, titles: unknown = ['Person', 'who']) => JSON.stringify({ '@context': 'http://www.w3.org/ns/csvw', url: 'p.csv', tableSchema: { columns: [{ titles, name: 'person_id', required: true }, { name: 'score' }], primaryKey: key } })
  const tries: readonly (readonly [what: string, contract: string, data: string, failed: readonly string[], ids?: readonly string[]])[] = [
    ...['Person', 'who', 'person_id'].map((header): [string, string, string, string[]] => [`a key of CSVW, whose column is headed ${header}`, csvw('person_id'), `${header},score\nP-1,1\nP-1,2\n`, ['Person.unique']]),
    ['a key of CSVW that keeps', csvw(['person_id', 'score']), 'who,score\nP-1,1\nP-1,2\n', []],
    ['a column that stands twice', table([KEY, { name: 'b' }]), 'a,a,b\n1,,x\n', ['columns']],
    ['a column that may be missing and stands twice', table([{ name: 'a' }, { name: 'b' }], { fieldsMatch: 'partial' }), 'a,b,b\n1,,x\n', ['columns-repeated']],
    ['a column that stands twice under its title', table([{ ...KEY, title: 'A' }]), 'A,A\n1,\n', ['columns']],
    ['a column of no rule that stands twice', table([KEY]), 'a,c,c\n1,,x\n', []],
    ['texts for empty cells', table([{ name: 'a', type: 'integer' }], { missingValues: ['', 'NA'] }), 'a\n1\nNA\n', []],
    ['texts for empty cells that may not be', table([KEY], { missingValues: ['', 'NA'] }), 'a\n1\nNA\n', ['a.not-null']],
    ['other decimal marks', table([{ name: 'a', type: 'number', decimalChar: ',', groupChar: '.', constraints: { maximum: 2000 } }]), 'a;b\n1.234,5;x\n', []],
    ['other decimal marks beyond a bound', table([{ name: 'a', type: 'number', decimalChar: ',', groupChar: '.', constraints: { maximum: 1000 } }]), 'a;b\n1.234,5;x\n', ['a.range']],
    ['a point that is no decimal mark', table([{ name: 'a', type: 'number', decimalChar: ',' }]), 'a;b\n1.5;x\n', ['a.type']],
    ['truth in other words', table([{ name: 'a', type: 'boolean', trueValues: ['ja'], falseValues: ['nee'] }]), 'a\nja\nnee\n', []],
    ['truth in words that are not told', table([{ name: 'a', type: 'boolean' }]), 'a\n1\nja\n', ['a.type']],
    ['bounds of dates in a form that is not read', table([{ name: 'a', type: 'date', format: '%d/%m/%Y', constraints: { minimum: '2020-01-01' } }]), 'a\n01/02/2024\n', []],
    ['a value of another type lies nowhere', table([{ name: 'a', type: 'date', constraints: { minimum: '2020-01-01' } }]), 'a\n1 May\n', ['a.type']],
    ['a key is asked once', table([KEY], { primaryKey: 'a' }), 'a\n1\n1\n', ['a.unique'], ['columns', 'a.not-null', 'a.unique', 'a.type']],
    ['a key of ODCS is asked once', odcs, 'a\n1\nx\n', ['a.type'], ['columns', 'a.not-null', 'a.unique', 'a.type']]
  ]
  const folder = makeFolder({})
  for (const [what, text, data, failed, ids] of tries) {
    writeFileSync(join(folder, 'c.json'), text)
    writeFileSync(join(folder, 'data.csv'), data)
    const { json, err } = await say(folder, ['contracts', 'validate', 'data.csv', '--contract', 'c.json', '--json'])
    t.same(json?.checks.filter((check: any) => check.outcome === 'failed').map((check: any) => check.id), failed, what, { err })
    if (ids !== undefined) t.same(json?.checks.map((check: any) => check.id), ids, what)
  }
  writeFileSync(join(folder, 'c.json'), table([{ name: 'a', type: 'number', decimalChar: ',', constraints: { maximum: 100 } }]))
  writeFileSync(join(folder, 'data.jsonl'), '{"a":99.9}\n{"a":"99,8"}\n')
  t.match(await say(folder, ['contracts', 'validate', 'data.jsonl', '--contract', 'c.json', '--json']), { exit: 0, json: { counts: { skipped: 0 } } }, 'a number is one, however texts are written')
  writeFileSync(join(folder, 'c.json'), csvw('person_id'))
  t.match((await say(folder, ['contracts', 'import', 'c.json', '--json'])).json.profile, /name: person\n[^]*- Person\n +- who\n +- person_id\n[^]*expect: unique\n +fields:\n +- person\n/, 'a key names its field in a profile, too')
  writeFileSync(join(folder, 'c.json'), csvw('nobody'))
  t.match((await say(folder, ['contracts', 'import', 'c.json', '--json'])).json.unmapped, [{ where: 'tableSchema.primaryKey' }], 'a key of no column is listed')
  writeFileSync(join(folder, 'c.json'), JSON.stringify({ ...ODCS_30, slaProperties: undefined, schema: [{ name: 'x', properties: [{ name: 'a' }], quality: [{ type: 'sql', query: 'select 1', mustBe: 0 }] }] }))
  writeFileSync(join(folder, 'data.csv'), 'a\n1\n')
  t.match(await say(folder, ['contracts', 'validate', 'data.csv', '--contract', 'c.json', '--json']), { exit: 0, json: { valid: true, verdict: 'holds-in-part', not_checked: 1 } }, 'a rule that is not read')
  t.match((await say(folder, ['contracts', 'validate', 'data.csv', '--contract', 'c.json'])).out, /what was checked holds: 1 passed, 1 rule not checked$/m)
  writeFileSync(join(folder, 'c.json'), JSON.stringify({ expectation_suite_name: 'x', expectations: [{ type: 'expect_column_values_to_be_in_set', kwargs: { column: 'a', value_set: ['1'] }, meta: {} }] }))
  t.match(await say(folder, ['contracts', 'validate', 'data.csv', '--contract', 'c.json', '--json']), { exit: 0, json: { verdict: 'holds', not_checked: 0 } })
  writeFileSync(join(folder, 'c.json'), table([{ name: 'a' }, { name: 'b', constraints: { required: true } }], { fieldsMatch: 'partial' }))
  t.match(await say(folder, ['contracts', 'validate', 'data.csv', '--contract', 'c.json', '--json']), { exit: 3, json: { valid: false, verdict: 'unchecked', not_checked: 1 } }, 'nothing was checked')
  t.match((await say(folder, ['contracts', 'validate', 'data.csv', '--contract', 'c.json'])).out, /nothing was checked: 0 passed, 1 rule not checked$/m)
  const [old, now] = [table([KEY]), table([KEY], { primaryKey: 'a' })]
  writeFileSync(join(folder, 'old.json'), old)
  writeFileSync(join(folder, 'now.json'), now)
  for (const pair of [['old.json', 'now.json'], ['now.json', 'old.json']]) t.same((await say(folder, ['contracts', 'diff', ...pair, '--json'])).json.changes, [], 'a key that was unique and filled before changes nothing')
  t.end()
})

const contract = (fields: unknown, rest: object = {}) => JSON.stringify({ name: 'clubs', refine: { entity: 'club', fields }, ...rest })
const BASE = [{ name: 'club', type: 'organisation-name', description: 'Its name.' }, { name: 'kind', type: 'category', enum: ['a', 'b'] }, { name: 'size', type: 'number', min: 0 }, { name: 'note', type: 'text' }]
const without = (name: string) => BASE.filter(field => field.name !== name)
const changed = (name: string, to: object) => BASE.map(field => (field.name === name ? { ...field, ...to } : field))

t.test('records as JSON Lines and Parquet are held to a contract like any others', async t => {
  const profile = { name: 'clubs', refine: { entity: 'club', fields: [{ name: 'code', required: true, pattern: '[A-Z]{2}' }, { name: 'name', required: true }] } }
  const folder = makeFolder({ 'contract.json': JSON.stringify(profile), 'data/clubs.jsonl': '{"code":"AA","name":"Heron"}\n{"code":"b"}\n' })
  const broken = await say(folder, ['contracts', 'validate', 'data/clubs.jsonl', '--contract', 'contract.json', '--json'])
  t.same([broken.exit, broken.json.data.sheet, broken.json.checks.flatMap((check: any) => check.examples.map(({ cell }: any) => `${check.id} ${cell}`))], [3, '', ['code.matches A3', 'name.not-null B3']])
  t.equal((await say(folder, ['run', '--profile', 'generic', '--input-dir', 'data', '--output-path', 'made.parquet', '--format', 'parquet', '--store-dir', 'store'])).exit, 0)
  const written = await say(folder, ['contracts', 'validate', 'made.parquet', '--contract', 'contract.json', '--json'])
  t.same([written.exit, written.json.data.rows], [3, 2])
})

t.test('a rule of a field that an expectation says after is neither new nor gone', async t => {
  const side = (fields: unknown[], expectations: unknown[]): string => JSON.stringify({ name: 'x', refine: { entity: 'x', fields }, expectations: [{ expect: 'row-count', min: 1 }, ...expectations] })
  const folder = makeFolder({
    'old.json': side([{ name: 'a', enum: ['x', 'y'] }, { name: 'b', pattern: 'z' }, { name: 'c', type: 'number', min: 1, max: 2 }], []),
    'now.json': side([{ name: 'a' }, { name: 'b' }, { name: 'c', type: 'number' }], [{ expect: 'in-set', field: 'a', values: ['y', 'x'] }, { expect: 'matches', field: 'b', pattern: 'z' }, { expect: 'range', field: 'c', min: 1, max: 2 }]),
    'none.json': side([{ name: 'a' }, { name: 'b' }, { name: 'c', type: 'number' }], [])
  })
  const diff = async (from: string, to: string) => (await say(folder, ['contracts', 'diff', from, to, '--json'])).json
  t.same([(await diff('old.json', 'now.json')).changes, (await diff('now.json', 'old.json')).changes], [[], []])
  t.same((await diff('now.json', 'none.json')).changes.map(({ change }: any) => change), ['loosened', 'loosened', 'loosened'], 'a guarantee that is gone is told')
  t.same([(await diff('none.json', 'now.json')).breaking, (await diff('none.json', 'old.json')).breaking], [3, 4], 'and one that is new breaks')
})

t.test('totals of a workbook are no data, as in a run', async t => {
  const folder = makeFolder({ 'c.json': contract([{ name: 'item', required: true }, { name: 'code', required: true, unique: true }, { name: 'amount', type: 'number', max: 30 }], { expectations: [{ expect: 'row-count', max: 3 }] }) })
  const cell = (value: string | number, at: string): string => (value === '' ? '' : typeof value === 'number' ? `<c r="${at}"><v>${value}</v></c>` : `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`)
  const write = (...rows: readonly (readonly (string | number)[])[]): void => writeFileSync(join(folder, 'data.xlsx'), buildXlsx({ sheets: [{ name: 'Sheet', rows: rows.map((cells, row) => `<row r="${row + 1}">${cells.map((value, column) => cell(value, `${'ABC'[column]}${row + 1}`)).join('')}</row>`).join('') }] }))
  const validated = () => say(folder, ['contracts', 'validate', 'data.xlsx', '--contract', 'c.json', '--json'])
  const ROWS = [['item', 'code', 'amount'], ['Kites', 'K-1', 10], ['Ropes', 'R-1', 20], ['Hooks', 'H-1', 30]] as const
  write(...ROWS, ['Total', '', 60])
  t.match(await validated(), { exit: 0, json: { data: { rows: 3, set_aside: [{ row: 5, reason: 'a row of totals' }] } } })
  t.match((await say(folder, ['contracts', 'validate', 'data.xlsx', '--contract', 'c.json'])).out, /aside +row 5: a row of totals/)
  write(...ROWS.slice(0, 3), ['Total', '', 31], ROWS[3])
  t.match(await validated(), { exit: 0, json: { data: { rows: 3, set_aside: [{ row: 4, reason: /do not add up/ }] } } })
  write(...ROWS, ['Total Ropes Ltd', '', 61])
  t.match((await validated()).json.checks.filter(({ outcome }: any) => outcome === 'failed').map(({ id, examples }: any) => [id, examples[0]?.cell]), [['code.not-null', 'B5'], ['amount.range', 'C5'], ['row-count', undefined]], 'what only begins so is data')
})

t.test('what breaks those who rely on a contract', async t => {
  const tries: readonly (readonly [what: string, after: string, changes: readonly string[], exit: number, flags?: readonly string[]])[] = [
    ['nothing', contract(BASE), [], 0],
    ['a field is gone', contract(without('kind')), ['removed'], 3],
    ['a field is renamed', contract(changed('club', { name: 'organisation' })), ['renamed'], 3],
    ['a field between two is renamed', contract(changed('size', { name: 'members' })), ['renamed'], 3],
    ['an enum is narrower', contract(changed('kind', { enum: ['a'] })), ['narrowed'], 3],
    ['an enum is wider', contract(changed('kind', { enum: ['a', 'b', 'c'] })), ['loosened'], 0],
    ['an enum is wider, and that counts', contract(changed('kind', { enum: ['a', 'b', 'c'] })), ['loosened'], 3, ['--loosened']],
    ['a type is narrower', contract(changed('note', { type: 'number' })), ['narrowed'], 3],
    ['a type is another', contract(changed('size', { type: 'date', min: undefined })), ['changed', 'loosened'], 3],
    ['a type with the same form', contract(changed('note', { type: 'category' })), ['described'], 0],
    ['a new field', contract([...BASE, { name: 'more', type: 'date' }]), ['added'], 0],
    ['a new field that is required', contract([...BASE, { name: 'more', type: 'date', required: true }]), ['added'], 3],
    ['a field is required now', contract(changed('note', { required: true })), ['narrowed'], 3],
    ['a bound is tighter', contract(changed('size', { min: 10 })), ['narrowed'], 3],
    ['a bound is wider', contract(changed('size', { min: -1 })), ['loosened'], 0],
    ['a list where there was none', contract(changed('note', { multiple: true })), ['changed'], 3],
    ['more is expected', contract(BASE, { expectations: [{ expect: 'not-null', field: 'note' }] }), ['narrowed'], 3],
    ['a warning more', contract(BASE, { expectations: [{ expect: 'not-null', field: 'note', severity: 'warning' }] }), ['narrowed'], 0],
    ['other words', contract(changed('club', { description: 'The name of it.' })), ['described'], 0]
  ]
  const folder = makeFolder({ 'a.json': contract(BASE) })
  for (const [what, after, changes, exit, flags = []] of tries) {
    writeFileSync(join(folder, 'b.json'), after)
    const said = await say(folder, ['contracts', 'diff', 'a.json', 'b.json', '--json', ...flags])
    t.same({ exit: said.exit, changes: said.json?.changes.map((change: any) => change.change), version_tells: said.json?.version_tells }, { exit, changes, version_tells: exit === 0 }, what, { err: said.err })
  }
  t.end()
})

t.test('bad contracts are refused in one line', async t => {
  const good = contract(BASE)
  const odcs = (change: object) => JSON.stringify({ ...ODCS_30, ...change })
  const bad: readonly (readonly [name: string, file: string, text: string, says: RegExp])[] = [
    ['no contract', 'c.json', '{"hello": "world"}', /E_CONTRACT c\.json is not a contract/],
    ['a list', 'c.json', '[1, 2]', /E_CONTRACT c\.json: is not a mapping/],
    ['nothing', 'c.yaml', '', /E_CONTRACT c\.yaml is not a contract/],
    ['no text', 'c.yaml', 'a: \0', /E_CONTRACT c\.yaml: holds a NUL/],
    ['a spreadsheet', 'c.csv', 'a,b\n', /E_CONTRACT c\.csv is not a contract file/],
    ['an unknown expectation', 'c.json', contract(BASE, { expectations: [{ expect: 'not-nul', field: 'club' }] }), /expectations\[0\]\.expect: must be one of .*did you mean not-null\?/],
    ['a key that an expectation does not have', 'c.json', contract(BASE, { expectations: [{ expect: 'not-null', field: 'club', min: 1 }] }), /expectations\[0\]\.min: unknown key/],
    ['a field that there is not', 'c.json', contract(BASE, { expectations: [{ expect: 'not-null', field: 'clob' }] }), /clob is not a field; did you mean club\?/],
    ['a range without bounds', 'c.json', contract(BASE, { expectations: [{ expect: 'range', field: 'size' }] }), /range needs min or max/],
    ['a bound of numbers that is none', 'c.json', contract(BASE, { expectations: [{ expect: 'range', field: 'size', min: 'hello' }] }), /expectations\[0\]\.min: must be a number/],
    ['a bound of dates that is none', 'c.json', contract([...BASE, { name: 'day', type: 'date' }], { expectations: [{ expect: 'range', field: 'day', min: 'hello' }] }), /expectations\[0\]\.min: must be a date that there is/],
    ['a day that there is not', 'c.json', contract([...BASE, { name: 'day', type: 'date' }], { expectations: [{ expect: 'range', field: 'day', below: '2024-02-31' }] }), /expectations\[0\]\.below: must be a date that there is/],
    ['a field from a day that there is not', 'c.json', contract([...BASE, { name: 'day', type: 'date', min: '2024-02-31' }]), /min: must be a date that there is/],
    ['a number below a text', 'c.json', contract(BASE, { expectations: [{ expect: 'compare', field: 'size', is: '<', to: 'note' }] }), /size is of type number and note of type text/],
    ['a pattern that looks back', 'c.json', contract(BASE, { expectations: [{ expect: 'matches', field: 'club', pattern: '(a)\\1' }] }), /the pattern of field club cannot be used: "\\1" is not supported/],
    ['a pattern that looks around, of others', 'c.json', odcs({ schema: [{ name: 'x', properties: [{ name: 'club', logicalType: 'string', logicalTypeOptions: { pattern: '(?!a)b' } }] }] }), /the pattern of field club cannot be used: look-around/],
    ['a pattern that grows', 'c.json', contract(BASE, { expectations: [{ expect: 'matches', field: 'club', pattern: '((a{99}){99}){99}' }] }), /its counts make it too large/],
    ['a contract for other columns', 'c.json', contract([{ name: 'sku' }, { name: 'price' }]), /E_CONTRACT data\.csv has no column that the contract clubs names/],
    ['an ODCS of an older kind', 'c.json', odcs({ apiVersion: 'v2.2.2' }), /the contract is of v2\.2\.2/],
    ['an ODCS without a schema', 'c.json', odcs({ schema: undefined }), /the contract has no schema/],
    ['an ODCS with a field that is none', 'c.json', odcs({ schema: [{ name: 'x', properties: ['club'] }] }), /schema\[0\]\.properties\[0\] must be a block/],
    ['an ODCS with two fields of one name', 'c.json', odcs({ schema: [{ name: 'x', properties: [{ name: 'club' }, { name: 'club' }] }] }), /names club twice/],
    ['an ODCS with an expectation that there is not', 'c.json', odcs({ schema: [{ name: 'x', properties: [{ name: 'club', quality: [{ type: 'custom', engine: 'hotpass', implementation: { expect: 'nonsense' } }] }] }] }), /schema\[0\]\.properties\[0\]\.quality\[0\]\.implementation\.expect: must be one of/],
    ['a suite without a column', 'c.json', JSON.stringify({ expectation_suite_name: 'x', expectations: [{ expectation_type: 'expect_column_values_to_not_be_null', kwargs: {} }] }), /names no column/],
    ['a schema without properties', 'c.json', '{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "string"}', /describes no object/],
    ['a schema that refers to itself', 'c.json', '{"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}}', /describes no object/],
    ['a table without fields', 'c.json', '{"fields": []}', /names no field/],
    ['a profile without fields', 'c.json', '{"name": "x", "refine": {"entity": "y"}}', /declares no fields/],
    ['aliases', 'c.yaml', 'name: x\nrefine: &a\n  entity: y\n', /anchors \(&name\) are not accepted/],
    ['a billion laughs', 'c.yaml', `a: [${'['.repeat(100_000)}`, /nested deeper than 64/],
    ['a key that reaches the prototype', 'c.json', '{"kind": "DataContract", "__proto__": {"a": 1}}', /__proto__/],
    ['a tag that runs code', 'c.yaml', 'name: !!js/function "function () {}"\n', /tags \(!name\) are not accepted|not valid YAML/]
  ]
  const folder = makeFolder({ 'data.csv': 'club,kind,size,note\nLapwing,a,1,\n', 'good.json': good })
  for (const [name, file, text, says] of bad) {
    writeFileSync(join(folder, file), text)
    const start = performance.now()
    const said = await say(folder, ['contracts', 'validate', 'data.csv', '--contract', file])
    assertRefusal(t, name, said, { exit: 2, says, ms: performance.now() - start })
  }
  const missing = await say(folder, ['contracts', 'validate', 'data.csv', '--contract', 'nowhere.yaml'])
  assertRefusal(t, 'a contract that is not there', missing, { exit: 2, says: /E_CONTRACT nowhere\.yaml does not exist/ })
  t.equal((await say(folder, ['contracts', 'validate', 'nowhere.csv', '--contract', 'good.json'])).exit, 1, 'data that is not there')
  assertRefusal(t, 'a sheet that is not there', await say(folder, ['contracts', 'validate', 'data.csv', '--contract', 'good.json', '--sheet', 'x']), { exit: 2, says: /has no sheet x/ })
  assertRefusal(t, 'a profile that promises nothing', await say(folder, ['contracts', 'emit', '--profile', 'generic']), { exit: 2, says: /declares no fields/ })
  t.end()
})
