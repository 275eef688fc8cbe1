/** Small datasets, each of which breaks one rule of a contract or none. */
import type { Expectation, Field } from '../../schemas/generated/profile.ts'

export interface Case {
  readonly name: string
  /** Beside the columns that `FIELDS` has. */
  readonly fields?: readonly Field[]
  readonly expectations?: readonly Expectation[]
  /** Rows by column; the good rows are used where none are given. */
  readonly rows: readonly (readonly string[])[]
  /** Headings, where they are not `HEAD`. */
  readonly head?: readonly string[]
  readonly previous?: readonly (readonly string[])[]
  readonly as_of?: string
  /** Of the one check that fails, and the first cell that it names; '' where it names none. Undefined: nothing fails. */
  readonly fails?: { readonly code: string; readonly id: string; readonly cell: string; readonly warning?: true }
}

export const HEAD = ['code', 'name', 'email', 'phone', 'site', 'born', 'left', 'age', 'fee', 'open', 'kind', 'tags'] as const
export const FIELDS: readonly Field[] = [
  { name: 'code', type: 'identifier', required: true, unique: true, pattern: '[A-Z]{2}\\d{3}' },
  { name: 'name', type: 'organisation-name', required: true },
  { name: 'email', type: 'email' },
  { name: 'phone', type: 'phone' },
  { name: 'site', type: 'url' },
  { name: 'born', type: 'date', min: '1900-01-01', max: '2030-12-31' },
  { name: 'left', type: 'date' },
  { name: 'age', type: 'number', min: 0, max: 120 },
  { name: 'fee', type: 'currency', min: 1 },
  { name: 'open', type: 'boolean' },
  { name: 'kind', type: 'category', enum: ['glider', 'plane', 'drone'] },
  { name: 'tags', type: 'category', multiple: true, enum: ['red', 'blue', 'green'] }
]
export const GOOD: readonly (readonly string[])[] = [
  ['AA001', 'Lapwing', 'info@lapwing.example', '+27215550101', 'https://lapwing.example', '1999-01-31', '2020-05-01', '30', 'ZAR 10.00', 'true', 'glider', 'red; blue'],
  ['AA002', 'Heron', 'hello@heron.example', '+27215550102 ext 12', 'http://heron.example/a?b=c', '2001-12-01', '2021-05-01', '41.5', '20', 'false', 'plane', 'green'],
  ['AA003', 'Stilt', '', '', '', '', '', '', '', '', '', ''],
  ['AA004', 'Tern', 'ops@tern.example', '+27215550104', 'https://tern.example', '1988-02-29', '2019-05-01', '0', 'EUR 5.50', 'TRUE', 'drone', '']
]

/** The good rows with one cell changed; row from 0. */
export function withCell(row: number, column: (typeof HEAD)[number], text: string): readonly (readonly string[])[] {
  return GOOD.map((cells, at) => (at === row ? cells.map((cell, index) => (HEAD[index] === column ? text : cell)) : cells))
}
const more = (...rows: readonly (readonly string[])[]): readonly (readonly string[])[] => [...GOOD, ...rows]
const other = (code: string, name: string): string[] => [code, name, ...GOOD[0]!.slice(2)]
const column = (name: (typeof HEAD)[number], texts: readonly string[]): readonly (readonly string[])[] =>
  texts.map((text, at) => HEAD.map(head => (head === name ? text : head === 'code' ? `BB${String(at).padStart(3, '0')}` : head === 'name' ? `N${at}` : '')))
const repeat = (text: string, times: number): string[] => new Array<string>(times).fill(text)

const TYPE = 'TYPE_BREACHED'
const bad = (name: string, rows: Case['rows'], code: string, id: string, cell: string, rest: Partial<Case> = {}): Case => ({ name, rows, fails: { code, id, cell }, ...rest })
const expects = (name: string, expectation: Expectation, rows: Case['rows'], code: string, id: string, cell: string, rest: Partial<Case> = {}): Case => bad(name, rows, code, id, cell, { expectations: [expectation], ...rest })

export const BROKEN: readonly Case[] = [
  // The rules of fields.
  bad('an empty name', withCell(1, 'name', ''), 'NOT_NULL_BREACHED', 'name.not-null', 'B3'),
  bad('an empty code', withCell(3, 'code', ''), 'NOT_NULL_BREACHED', 'code.not-null', 'A5'),
  bad('a code that is there twice', withCell(2, 'code', 'AA001'), 'UNIQUE_BREACHED', 'code.unique', 'A4'),
  bad('a code in small letters', withCell(1, 'code', 'aa002'), 'MATCHES_BREACHED', 'code.matches', 'A3'),
  bad('a code with something behind it', withCell(1, 'code', 'AA002 '), 'MATCHES_BREACHED', 'code.matches', 'A3'),
  bad('an address without a host', withCell(0, 'email', 'info@'), TYPE, 'email.type', 'C2'),
  bad('an address with a space', withCell(0, 'email', 'in fo@lapwing.example'), TYPE, 'email.type', 'C2'),
  bad('a number without its country', withCell(3, 'phone', '021 555 0104'), TYPE, 'phone.type', 'D5'),
  bad('a number that is too long', withCell(3, 'phone', '+2721555010412345'), TYPE, 'phone.type', 'D5'),
  bad('a site without its scheme', withCell(1, 'site', 'heron.example'), TYPE, 'site.type', 'E3'),
  bad('a day that there is not', withCell(0, 'born', '2001-02-29'), TYPE, 'born.type', 'F2'),
  bad('a day in another order', withCell(0, 'left', '31/01/2020'), TYPE, 'left.type', 'G2'),
  bad('a day before the first', withCell(0, 'born', '1899-12-31'), 'RANGE_BREACHED', 'born.range', 'F2'),
  bad('a day after the last', withCell(3, 'born', '2031-01-01'), 'RANGE_BREACHED', 'born.range', 'F5'),
  bad('an age in words', withCell(0, 'age', 'thirty'), TYPE, 'age.type', 'H2'),
  bad('an age below the smallest', withCell(0, 'age', '-1'), 'RANGE_BREACHED', 'age.range', 'H2'),
  bad('an age above the largest', withCell(0, 'age', '120.5'), 'RANGE_BREACHED', 'age.range', 'H2'),
  bad('an exponent beyond the bounds', withCell(0, 'age', '1.3e2'), 'RANGE_BREACHED', 'age.range', 'H2'),
  bad('a number with a comma', withCell(1, 'age', '41,5'), TYPE, 'age.type', 'H3'),
  bad('an amount below the smallest', withCell(0, 'fee', 'ZAR 0.50'), 'RANGE_BREACHED', 'fee.range', 'I2'),
  bad('an amount with a sign for its currency', withCell(0, 'fee', 'R 10'), TYPE, 'fee.type', 'I2'),
  bad('neither true nor false', withCell(0, 'open', 'perhaps'), TYPE, 'open.type', 'J2'),
  bad('a kind that is not allowed', withCell(1, 'kind', 'rocket'), 'IN_SET_BREACHED', 'kind.in-set', 'K3'),
  bad('a kind in capitals', withCell(1, 'kind', 'Plane'), 'IN_SET_BREACHED', 'kind.in-set', 'K3'),
  bad('one bad item in a list', withCell(0, 'tags', 'red; pink'), 'IN_SET_BREACHED', 'tags.in-set', 'L2'),
  bad('a list with another separator', withCell(0, 'tags', 'red,blue'), 'IN_SET_BREACHED', 'tags.in-set', 'L2'),
  bad('a column that is missing', GOOD.map(row => row.slice(0, -1)), 'COLUMNS_BREACHED', 'columns', '', { head: HEAD.slice(0, -1) }),
  bad('a column under another name', GOOD, 'COLUMNS_BREACHED', 'columns', '', { head: HEAD.map(name => (name === 'kind' ? 'Kind of craft' : name)) }),
  // Values of one field.
  expects('not null', { expect: 'not-null', field: 'email' }, GOOD, 'NOT_NULL_BREACHED', 'email.not-null', 'C4'),
  expects('not null, mostly', { expect: 'not-null', field: 'email', mostly: 0.8 }, GOOD, 'NOT_NULL_BREACHED', 'email.not-null', 'C4'),
  expects('in a set', { expect: 'in-set', field: 'name', values: ['Lapwing', 'Heron', 'Stilt'] }, GOOD, 'IN_SET_BREACHED', 'name.in-set', 'B5'),
  expects('in a set, mostly', { expect: 'in-set', field: 'name', values: ['Lapwing', 'Heron'], mostly: 0.6 }, GOOD, 'IN_SET_BREACHED', 'name.in-set', 'B4'),
  expects('a pattern', { expect: 'matches', field: 'name', pattern: '[A-Z][a-z]{4,}' }, GOOD, 'MATCHES_BREACHED', 'name.matches', 'B5'),
  expects('a pattern that would backtrack for ever', { expect: 'matches', field: 'name', pattern: '(([a-z])+.)+[A-Z]([a-z])+' }, withCell(0, 'name', 'a'.repeat(5000)), 'MATCHES_BREACHED', 'name.matches', 'B2'),
  expects('a pattern on each item', { expect: 'matches', field: 'tags', pattern: '[a-z]{1,4}' }, GOOD, 'MATCHES_BREACHED', 'tags.matches', 'L3'),
  expects('above', { expect: 'range', field: 'age', above: 0 }, GOOD, 'RANGE_BREACHED', 'age.range-2', 'H5'),
  expects('below', { expect: 'range', field: 'age', below: 41.5 }, GOOD, 'RANGE_BREACHED', 'age.range-2', 'H3'),
  expects('a range of days', { expect: 'range', field: 'left', min: '2019-06-01' }, GOOD, 'RANGE_BREACHED', 'left.range', 'G5'),
  expects('a range of words', { expect: 'range', field: 'name', min: 'I' }, GOOD, 'RANGE_BREACHED', 'name.range', 'B3'),
  expects('too short', { expect: 'length', field: 'name', min: 5 }, GOOD, 'LENGTH_BREACHED', 'name.length', 'B5'),
  expects('too long', { expect: 'length', field: 'name', max: 6 }, GOOD, 'LENGTH_BREACHED', 'name.length', 'B2'),
  expects('of exactly one length', { expect: 'length', field: 'name', min: 5, max: 5 }, GOOD, 'LENGTH_BREACHED', 'name.length', 'B2'),
  expects('length in characters, not in units', { expect: 'length', field: 'name', max: 7 }, withCell(1, 'name', '😀😀😀😀😀😀😀😀'), 'LENGTH_BREACHED', 'name.length', 'B3'),
  expects('a whole number', { expect: 'type', field: 'age', type: 'integer' }, GOOD, TYPE, 'age.type', 'H3'),
  expects('a number', { expect: 'type', field: 'name', type: 'number' }, withCell(1, 'name', '12'), TYPE, 'name.type', 'B2'),
  expects('a day without a time', { expect: 'type', field: 'left', type: 'date' }, withCell(1, 'left', '2020-01-01T10:00:00'), TYPE, 'left.type', 'G3'),
  expects('a day with a time', { expect: 'type', field: 'left', type: 'datetime' }, column('left', ['2020-01-01T10:00:00Z', '2020-01-01']), TYPE, 'left.type', 'G3'),
  expects('a time of day', { expect: 'type', field: 'name', type: 'time' }, column('name', ['10:30', '24:00']), TYPE, 'name.type', 'B3'),
  expects('a UUID', { expect: 'type', field: 'name', type: 'uuid' }, column('name', ['123e4567-e89b-12d3-a456-426614174000', '123e4567']), TYPE, 'name.type', 'B3'),
  expects('true or false', { expect: 'type', field: 'name', type: 'boolean' }, column('name', ['true', 'yes']), TYPE, 'name.type', 'B3'),
  expects('an e-mail address', { expect: 'type', field: 'name', type: 'email' }, column('name', ['a@b.example', 'a.b.example']), TYPE, 'name.type', 'B3'),
  expects('a telephone number', { expect: 'type', field: 'name', type: 'phone' }, column('name', ['+27215550101', '0215550101']), TYPE, 'name.type', 'B3'),
  expects('a web address', { expect: 'type', field: 'name', type: 'url' }, column('name', ['https://a.example', 'a.example']), TYPE, 'name.type', 'B3'),
  // Rows.
  expects('unique together', { expect: 'unique', fields: ['kind', 'open'] }, more(other('AA005', 'Ibis')), 'UNIQUE_BREACHED', 'kind+open.unique', 'K6'),
  expects('unique alone', { expect: 'unique', fields: ['name'] }, withCell(3, 'name', 'Heron'), 'UNIQUE_BREACHED', 'name.unique', 'B5'),
  expects('unique in three fields', { expect: 'unique', fields: ['kind', 'open', 'age'] }, more(other('AA005', 'Ibis')), 'UNIQUE_BREACHED', 'kind+open+age.unique', 'K6'),
  expects('days in order', { expect: 'compare', field: 'born', is: '<=', to: 'left' }, withCell(1, 'left', '2001-11-30'), 'COMPARE_BREACHED', 'born+left.compare', 'F3'),
  expects('days in strict order', { expect: 'compare', field: 'born', is: '<', to: 'left' }, withCell(1, 'left', '2001-12-01'), 'COMPARE_BREACHED', 'born+left.compare', 'F3'),
  expects('two fields that are alike', { expect: 'compare', field: 'born', is: '=', to: 'left' }, GOOD.map(row => row.map((cell, at) => (at === 6 ? row[5]! : cell))).map((row, at) => (at === 3 ? row.map((cell, index) => (index === 6 ? '1999-09-09' : cell)) : row)), 'COMPARE_BREACHED', 'born+left.compare', 'F5'),
  expects('two fields that differ', { expect: 'compare', field: 'name', is: '!=', to: 'kind' }, withCell(0, 'name', 'glider'), 'COMPARE_BREACHED', 'name+kind.compare', 'B2'),
  expects('numbers compare as numbers', { expect: 'compare', field: 'age', is: '>', to: 'fee' }, withCell(1, 'age', '9'), 'COMPARE_BREACHED', 'age+fee.compare', 'H3', { expectations: [{ expect: 'compare', field: 'age', is: '>', to: 'fee', mostly: 0.5 }] }),
  expects('numbers of columns that nobody typed', { expect: 'compare', field: 'low', is: '<', to: 'high' }, GOOD.map((row, at) => [...row, ...(at === 1 ? ['10', '9'] : ['9', '10'])]), 'COMPARE_BREACHED', 'low+high.compare', 'M3', { head: [...HEAD, 'low', 'high'], fields: [{ name: 'low' }, { name: 'high' }] }),
  // The table.
  expects('too few rows', { expect: 'row-count', min: 5 }, GOOD, 'ROW_COUNT_BREACHED', 'row-count', ''),
  expects('too many rows', { expect: 'row-count', max: 3 }, GOOD, 'ROW_COUNT_BREACHED', 'row-count', ''),
  expects('no other column', { expect: 'columns', fields: [...HEAD] as [string, ...string[]], exact: true }, GOOD.map(row => [...row, 'x']), 'COLUMNS_BREACHED', 'columns-2', '', { head: [...HEAD, 'extra'] }),
  expects('columns in order', { expect: 'columns', fields: ['name', 'code'], ordered: true }, GOOD, 'COLUMNS_BREACHED', 'columns-2', ''),
  expects('a date in the future', { expect: 'fresh', field: 'left', days: 30 }, withCell(2, 'left', '2021-09-09'), 'FRESH_BREACHED', 'left.fresh', 'G4', { as_of: '2021-05-02' }),
  expects('fresh', { expect: 'fresh', field: 'left', days: 30 }, GOOD, 'FRESH_BREACHED', 'left.fresh', '', { as_of: '2021-06-01' }),
  // Since the run before.
  expects('more rows', { expect: 'row-count-change', increase: 0.1 }, more(other('AA005', 'Ibis')), 'ROW_COUNT_CHANGE_BREACHED', 'row-count-change', '', { previous: GOOD }),
  expects('fewer rows', { expect: 'row-count-change', decrease: 0.1 }, GOOD.slice(0, 3), 'ROW_COUNT_CHANGE_BREACHED', 'row-count-change', '', { previous: GOOD }),
  expects('a new category', { expect: 'categories', field: 'kind', new: 0 }, withCell(2, 'kind', 'drone'), 'CATEGORIES_BREACHED', 'kind.categories', 'K4', { previous: GOOD.slice(0, 3) }),
  expects('a category that vanished', { expect: 'categories', field: 'kind', vanished: 0 }, GOOD.slice(0, 3), 'CATEGORIES_BREACHED', 'kind.categories', '', { previous: GOOD }),
  expects('numbers that shifted (PSI)', { expect: 'distribution', field: 'age', max: 0.2 }, column('age', [...repeat('90', 18), '10', '20']), 'DISTRIBUTION_BREACHED', 'age.distribution', '', { previous: column('age', Array.from({ length: 20 }, (_, at) => String(at * 5))) }),
  expects('categories that shifted (Jensen–Shannon)', { expect: 'distribution', field: 'kind', measure: 'jensen-shannon', max: 0.2 }, column('kind', [...repeat('plane', 9), 'glider']), 'DISTRIBUTION_BREACHED', 'kind.distribution', '', { previous: column('kind', [...repeat('plane', 4), ...repeat('glider', 6)]) }),
  expects('values that changed', { expect: 'changed-values', field: 'email', key: ['code'], max: 0.2 }, withCell(1, 'email', 'new@heron.example'), 'CHANGED_VALUES_BREACHED', 'email.changed-values', 'C3', { previous: GOOD }),
  { name: 'a warning fails nothing', rows: GOOD, expectations: [{ expect: 'row-count', min: 5, severity: 'warning', id: 'enough' }], fails: { code: 'ROW_COUNT_BREACHED', id: 'enough', cell: '', warning: true } }
]

const clean = (name: string, expectation: Expectation | null, rest: Partial<Case> = {}): Case => ({ name, rows: GOOD, ...(expectation === null ? {} : { expectations: [expectation] }), ...rest })
export const CLEAN: readonly Case[] = [
  clean('the rules of the fields', null),
  clean('no row at all', null, { rows: [] }),
  clean('columns in another order', null, { head: [...HEAD].reverse(), rows: GOOD.map(row => [...row].reverse()) }),
  clean('columns beyond the contract', null, { head: [...HEAD, 'more'], rows: GOOD.map(row => [...row, 'x']) }),
  clean('days with times', null, { rows: withCell(0, 'born', '1999-01-31T08:30:00Z') }),
  clean('not null where every cell is filled', { expect: 'not-null', field: 'name' }),
  clean('just enough cells are filled', { expect: 'not-null', field: 'email', mostly: 0.75 }),
  clean('just enough values pass', { expect: 'in-set', field: 'name', values: ['Lapwing', 'Heron', 'Stilt'], mostly: 0.75 }),
  clean('empty cells are not looked at', { expect: 'matches', field: 'kind', pattern: '[a-z]+' }),
  clean('a pattern over two lines', { expect: 'matches', field: 'name', pattern: '[^\\n]+\\n[^\\n]+' }, { rows: column('name', ['a\nb']) }),
  clean('bounds are inclusive', { expect: 'range', field: 'age', min: 0, max: 41.5 }),
  clean('the length of emoji', { expect: 'length', field: 'name', max: 5 }, { rows: column('name', ['😀😀😀😀😀']) }),
  clean('whole numbers', { expect: 'type', field: 'age', type: 'integer' }, { rows: column('age', ['1', '-0', '+7'].map(text => text.replace('-0', '0'))) }),
  clean('numbers with exponents', { expect: 'type', field: 'name', type: 'number' }, { rows: column('name', ['1e5', '-2.5E-3', '.5']) }),
  clean('times', { expect: 'type', field: 'name', type: 'time' }, { rows: column('name', ['00:00', '23:59:59']) }),
  clean('empty cells are not repeated', { expect: 'unique', fields: ['email', 'kind'] }),
  clean('days in order', { expect: 'compare', field: 'born', is: '<=', to: 'left' }),
  clean('a day and an instant of it', { expect: 'compare', field: 'born', is: '=', to: 'left' }, { rows: withCell(0, 'born', '2020-05-01').map((row, at) => (at === 0 ? row.map((cell, index) => (index === 6 ? '2020-05-01T09:00:00' : cell)) : row.map((cell, index) => (index === 5 || index === 6 ? '' : cell)))) }),
  clean('as many rows as are allowed', { expect: 'row-count', min: 4, max: 4 }),
  clean('columns in order, others between', { expect: 'columns', fields: ['code', 'email'], ordered: true }),
  clean('fresh to the day', { expect: 'fresh', field: 'left', days: 31 }, { as_of: '2021-06-01' }),
  clean('the same rows as before', { expect: 'row-count-change', increase: 0, decrease: 0 }, { previous: GOOD }),
  clean('growth that is allowed', { expect: 'row-count-change', increase: 0.25, decrease: 0 }, { rows: more(other('AA005', 'Ibis')), previous: GOOD }),
  clean('the same categories', { expect: 'categories', field: 'kind', new: 0, vanished: 0 }, { previous: GOOD }),
  clean('the same spread', { expect: 'distribution', field: 'age', max: 0 }, { previous: GOOD }),
  clean('the same spread, twice as many', { expect: 'distribution', field: 'kind', measure: 'jensen-shannon', max: 0 }, { rows: column('kind', [...repeat('plane', 8), ...repeat('glider', 12)]), previous: column('kind', [...repeat('plane', 4), ...repeat('glider', 6)]) }),
  clean('the same values in another order', { expect: 'changed-values', field: 'email', key: ['code'], max: 0 }, { rows: [...GOOD].reverse(), previous: GOOD })
]
