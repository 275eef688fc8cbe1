/** The operator: lists, issues, values that move to their own field, names in parts, derived columns. */
import t from 'tap'
import { columnFrom } from '../../kernel/artifact/builder.ts'
import { encodeFrame } from '../../kernel/artifact/frame.ts'
import { columnOf, integersOf, tableOf, textAt, type Column, type Frame, type Table } from '../../kernel/artifact/table.ts'
import type { Diagnostic } from '../../kernel/types.ts'
import type { Field, Group } from '../../schemas/generated/profile.ts'
import type { NormalisedMeta, RecordsMeta } from '../model/stages.ts'
import { operator } from './operator.ts'

type Cells = Readonly<Record<string, readonly (string | null)[]>>

function table(name: string, cells: Cells, integers: Readonly<Record<string, readonly number[]>> = {}): Table {
  const columns: Column[] = Object.entries(cells).map(([column, values]) => columnFrom(column, values))
  const rows = columns[0]!.codes.length
  const base: Record<string, readonly number[]> = { source: new Array(rows).fill(1), row: Array.from({ length: rows }, (_, at) => at + 2), ...integers }
  return { name, rows, columns, integers: Object.entries(base).map(([column, data]) => ({ name: column, data: Uint32Array.from(data) })) }
}

interface Result {
  readonly frame: Frame<NormalisedMeta>
  readonly diagnostics: readonly Diagnostic[]
  column(table: string, column: string): readonly (string | null)[]
  issues: readonly (readonly (string | number | null)[])[]
}

function run(fields: readonly Field[], groups: Readonly<Record<string, Group>>, tables: readonly Table[], normalise: object = {}, sources: readonly object[] = [], inferred = false): Result {
  const meta = { schema: { entity: 'x', inferred, fields, groups, extras: [], merge_keys: [] }, sources, joins: [], filled: {} } as unknown as RecordsMeta
  const frame: Frame<RecordsMeta> = { meta, tables: [...tables, table('quarantine', { level: ['row'] })] }
  const before = JSON.stringify(frame.tables.map(each => each.columns.map(column => [...column.codes])))
  const diagnostics: Diagnostic[] = []
  const config = { country: 'ZA', refine: { normalise: { decimal: 'auto', null_tokens: [], keep_tokens: [], ...normalise } } }
  const input = { id: 'records', kind: 'records', hash: '', value: frame }
  const go = () => operator.run({ records: [input] }, config, { pins: { as_of: null, seed: '' }, diagnose: each => diagnostics.push(each), progress: () => {}, random: () => 0 })['normalised'] as Frame<NormalisedMeta>
  const out = go()
  t.same(encodeFrame(out), encodeFrame(go()), 'same bytes twice')
  t.equal(JSON.stringify(frame.tables.map(each => each.columns.map(column => [...column.codes]))), before, 'the input is untouched')
  const issues = tableOf(out, 'issues')
  return {
    frame: out,
    diagnostics,
    column(name, column) {
      const found = tableOf(out, name)
      return Array.from({ length: found.rows }, (_, row) => textAt(columnOf(found, column)!, row))
    },
    issues: Array.from({ length: issues.rows }, (_, row) => [integersOf(issues, 'table')[row]!, integersOf(issues, 'index')[row]!, ...['field', 'value', 'reason', 'severity'].map(column => textAt(columnOf(issues, column)!, row))])
  }
}

const CONTACT: Group = {
  fields: [{ name: 'name', type: 'person-name' }, { name: 'role', type: 'text' }, { name: 'email', type: 'email', multiple: true }, { name: 'phone', type: 'phone' }],
  prefer: { role: 'role' }
}

t.test('records: values, lists, issues, counts', t => {
  const fields: Field[] = [{ name: 'name', type: 'organisation-name' }, { name: 'phones', type: 'phone', multiple: true }, { name: 'phone', type: 'phone', rest: 'phones' }, { name: 'founded', type: 'date' }, { name: 'kind', type: 'category', values: { School: [] } }]
  const result = run(fields, {}, [
    table('records', {
      name: ['Umoya\u00a0Air (Pty) Ltd t/a Sky', '0', 'Umoya Air CC'],
      phones: ['082 123 4567\u001f0821234567', null, '011 555 1234'],
      phone: ['083 123 4567 / 084 123 4567', '12', null],
      founded: ['03/04/2025', '25/03/2025', '03/04/2025'],
      kind: ['school', 'Gliding', 'Gliding'],
      key: [' 1001 ', '1002', null],
      __proto__x: ['a', 'b', 'N/A']
    })
  ])
  t.same(result.column('records', 'name'), ['Umoya Air (Pty) Ltd t/a Sky', null, 'Umoya Air CC'])
  t.same(result.column('records', 'name#key'), ['umoya air', null, 'umoya air'])
  t.same(result.column('records', 'name#alias'), ['Sky', null, null])
  t.same(result.column('records', 'phone'), ['+27831234567', null, null])
  t.same(result.column('records', 'phones'), ['+27821234567\u001f+27841234567', null, '+27115551234'], 'what one field cannot hold goes to its rest')
  t.same(result.column('records', 'founded'), [null, '2025-03-25', null])
  t.same(result.column('records', 'kind'), ['School', 'Gliding', 'Gliding'])
  t.same(result.column('records', 'key'), ['1001', '1002', null])
  t.same(result.column('records', '__proto__x'), ['a', 'b', null])
  t.same(result.issues, [
    [0, 0, 'founded', '03/04/2025', 'DATE_AMBIGUOUS', 'error'],
    [0, 1, 'phone', '12', 'PHONE_TOO_SHORT', 'error'],
    [0, 2, 'founded', '03/04/2025', 'DATE_AMBIGUOUS', 'error']
  ])
  t.same(result.frame.meta.unknown, { kind: [{ value: 'Gliding', count: 2 }] })
  t.equal(result.frame.meta.changed['founded']!['DATE_ORDER_BY_VALUE'], 1)
  t.equal(result.frame.meta.changed['phones']!['MOVED_IN'], 1)
  t.same(result.diagnostics.map(each => [each.code, each.details['field'], each.details['count']]).slice(0, 1), [['DATE_AMBIGUOUS', 'founded', 2]])
  t.same(result.frame.tables.map(each => each.name), ['records', 'quarantine', 'issues'])
  t.end()
})

t.test('a scalar field without a rest lists what it cannot hold', t => {
  const result = run([{ name: 'phone', type: 'phone' }], {}, [table('records', { phone: ['082 123 4567 / 083 123 4567'] })])
  t.same(result.column('records', 'phone'), ['+27821234567'])
  t.same(result.issues, [[0, 0, 'phone', '+27831234567', 'EXTRA_VALUE', 'info']])
  t.end()
})

t.test('contacts: roles and misplaced values find their field', t => {
  const fields: Field[] = [{ name: 'name', type: 'organisation-name' }, { name: 'website', type: 'url' }, { name: 'office_email', type: 'email', derive: { group: 'contact', field: 'email', pick: 'primary' } }]
  const result = run(fields, { contact: CONTACT }, [
    table('records', { name: ['Umoya Air', 'Kestrel Air', 'Lapwing Air'], website: [null, 'k@kestrel.example', 'https://lapwing.example'] }),
    table(
      'contact',
      {
        name: ['Thandi Quill (Owner)', 'Piet Brand (Director)', null, 'Ada Mole (Hannes)', 'Jo Roe <jo@x.example>', 'Owner'],
        role: [null, 'Pilot', null, null, null, null],
        email: ['www.umoya.example', null, 'Sam Vane <s@kestrel.example>', 'www.lapwing.example/shop', 'jo@x.example', null]
      },
      { record: [1, 1, 2, 3, 0, 0], row: [9, 9, 3, 9, 9, 9] }
    )
  ])
  t.same(result.column('contact', 'name'), ['Thandi Quill', 'Piet Brand', 'Sam Vane', 'Ada Mole (Hannes)', 'Jo Roe', null])
  t.same(result.column('contact', 'role'), ['Owner', 'Pilot', null, null, null, 'Owner'])
  t.same(result.column('contact', 'email'), [null, null, 's@kestrel.example\u001fk@kestrel.example', null, 'jo@x.example', null], 'an address from the record’s web cell joins the member of the same row')
  t.same(result.column('records', 'website'), ['https://umoya.example', null, 'https://lapwing.example'])
  t.same(result.issues, [
    [0, 1, 'website', 'k@kestrel.example', 'EMAIL_IN_URL', 'info'],
    [1, 0, 'contact.email', 'www.umoya.example', 'URL_IN_EMAIL', 'info'],
    [1, 1, 'contact.name', 'Director', 'ROLE_SET_ASIDE', 'info'],
    [1, 2, 'contact.email', 'Sam Vane', 'NAME_IN_EMAIL', 'info'],
    [1, 3, 'contact.email', 'www.lapwing.example/shop', 'URL_IN_EMAIL', 'error']
  ])
  t.same(result.frame.meta.group_order, ['contact'])
  t.end()
})

t.test('given and family names become whole names', t => {
  const result = run([], { contact: CONTACT }, [
    table('records', { x: ['a'] }),
    table(
      'contact',
      {
        'name/given': ['Thandi', 'Piet', null, 'n/a', 'Jan', 'SAM'],
        'name/family': ['Quill', null, 'van der Merle', '—', 'None', 'VANE'],
        name: [null, 'Piet', null, null, 'Kim Else', null]
      },
      { record: [1, 1, 1, 1, 1, 1] }
    )
  ])
  t.same(tableOf(result.frame, 'contact').columns.map(column => column.name), ['name'])
  t.same(result.column('contact', 'name'), ['Thandi Quill', 'Piet', 'van der Merle', null, 'Kim Else', 'Sam Vane'])
  t.same(result.issues, [[1, 4, 'contact.name', 'Jan None', 'EXTRA_VALUE', 'info']], 'None is a surname where it stands alone in its column')
  t.equal(result.frame.meta.changed['contact.name']!['NAME_JOINED'], 4)
  t.end()
})

t.test('the column decides what a comma means', t => {
  const price: Field = { name: 'price', type: 'number' }
  const result = run([price], {}, [table('records', { price: ['1.234,50', '12,5', '1,234', '1.234'] })])
  t.same(result.column('records', 'price'), ['1234.5', '12.5', '1.2340', '1234'])
  const again = run([price], {}, [table('records', { price: result.column('records', 'price') })])
  t.same(again.column('records', 'price'), result.column('records', 'price'), 'fed back in, nothing changes')
  t.same(run([price], {}, [table('records', { price: ['1,234'] })]).diagnostics[0]!.code, 'NUMBER_AMBIGUOUS')
  t.same(run([price], {}, [table('records', { price: ['1,234'] })], { decimal: 'point' }).column('records', 'price'), ['1234'])
  t.end()
})

t.test('money is read by the evidence of its column, and is never scaled without', t => {
  const price: Field = { name: 'price', type: 'currency' }
  const read = (values: readonly string[]) => run([price], {}, [table('records', { price: [...values] })])
  for (const [values, expected] of [[['$3.459', '$3.25', '$3.199'], ['USD 3.4590', 'USD 3.25', 'USD 3.1990']], [['-$3.459', '-$3.25'], ['USD -3.4590', 'USD -3.25']], [['€ 1.459', '€ 3,50'], ['EUR 1459.00', 'EUR 3.50']], [['$1,234', '$1,234.56'], ['USD 1234.00', 'USD 1234.56']]] as const) {
    const once = read(values).column('records', 'price')
    t.same(once, expected)
    t.same(read(expected).column('records', 'price'), expected, 'fed back in, nothing changes')
  }
  const nothing = read(['$3.459', '$7'])
  t.same([nothing.column('records', 'price'), nothing.diagnostics[0]!.code], [[null, 'USD 7.00'], 'CURRENCY_AMBIGUOUS'])
  t.end()
})

t.test('each source is read with the decimal sign that its table shows', t => {
  const price: Field = { name: 'price', type: 'number' }
  const sources = [{ columns: [{ target: 'price', decimal: 'comma' }] }, { columns: [{ target: 'price', decimal: 'point' }] }, { columns: [{ target: 'price' }] }]
  const cells = table('records', { price: ['1.000', '2.500', '1.000', '3,125', '1.000', '7'] }, { source: [1, 1, 2, 2, 3, 3] })
  const result = run([price], {}, [cells], {}, sources)
  t.same(result.column('records', 'price'), ['1000', '2500', '1', '3125', null, '7'])
  t.same(result.issues.map(([, row, , value, reason]) => [row, value, reason]), [[4, '1.000', 'NUMBER_AMBIGUOUS']])
  t.same(run([price], {}, [cells], { decimal: 'point' }, sources).column('records', 'price'), ['1', '2.5', '1', '3125', '1', '7'], 'the profile beats what tables show')
  t.end()
})

t.test('the order of dates has its true reason', t => {
  const day: Field = { name: 'day', type: 'date', date_order: 'day-first' }
  const rules = (inferred: boolean) => Object.keys(run([day], {}, [table('records', { day: ['03/04/2024'] })], {}, [], inferred).frame.meta.changed['day']!)
  t.same([rules(true), rules(false)], [['DATE_ORDER_BY_COLUMN', 'DATE_FORMAT'], ['DATE_ORDER_BY_PROFILE', 'DATE_FORMAT']])
  t.end()
})

t.test('words that mapping found to be values are kept', t => {
  const sources = [{ columns: [{ target: 'country', extra: null, keep: ['na'] }, { target: null, extra: 'seat', keep: ['na'] }, { target: 'note', extra: null }] }]
  const result = run([{ name: 'country' }, { name: 'note' }], {}, [table('records', { country: ['NA', 'ZA'], note: ['NA', 'x'], seat: ['NA', 'DE'] })], {}, sources)
  t.same(['country', 'note', 'seat'].map(name => result.column('records', name)[0]), ['NA', null, 'NA'])
  t.equal(result.frame.meta.changed['note']!['NULL_TOKEN'], 1)
  t.end()
})
