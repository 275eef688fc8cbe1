import fc from 'fast-check'
import t from 'tap'
import { columnOf, tableOf } from '../../kernel/artifact/table.ts'
import type { Field } from '../../schemas/generated/profile.ts'
import { framesOf, rowsOf, runAll, type Cells, type Example } from '../validate/frames.case.ts'
import { scoreText, tenThousandths, weightedFields } from './quality.ts'

const fields: Field[] = [
  { name: 'name', type: 'organisation-name', required: true },
  { name: 'slug', derive: { slug: 'name' } },
  { name: 'kind', enum: ['School'] },
  { name: 'site' },
  { name: 'basis', constant: 'x' },
  { name: 'email', derive: { group: 'contact', field: 'email', pick: 'primary' } },
  { name: 'quality', derive: { score: 'quality' } },
  { name: 'flags', derive: { score: 'flags' } }
]
const groups = { contact: { fields: [{ name: 'email', pattern: '.+@.+' }] } } as Example['groups']
const run = (cells: readonly Cells[], over: Partial<Example> = {}, weights: Record<string, number> = {}) =>
  runAll(framesOf({ fields, groups: groups!, keys: ['name'], records: cells.map((each, at) => ({ source: 1, row: at + 2, cells: each })), ...over }), { score: { weights } })

t.test('quality is the weighted share of what is filled; a flag is for a value that is missing because it was refused', t => {
  const { dataset } = run([{ name: 'A', kind: 'School', site: 's' }, { name: 'B' }, { name: 'C', kind: 'Bakery', site: 's' }, { name: 'C', kind: 'School' }])
  t.same(rowsOf(dataset, 'data').map(({ quality, flags }) => [quality, flags]), [['1', 'none'], ['0.3333', 'missing_kind;missing_site'], ['1', 'none']])
  t.same(dataset.meta.score, { mean: 0.7778, bands: [{ from: 0, rows: 1 }, { from: 0.4, rows: 0 }, { from: 0.6, rows: 0 }, { from: 0.8, rows: 2 }], flags: { missing_kind: 1, missing_site: 1, none: 2 } })
  const members = { contact: [{ source: 1, row: 2, record: 1, cells: { email: 'not one' } }, { source: 1, row: 3, record: 2, cells: { email: 'b@x.example' } }] }
  const weighted = run([{ name: 'A', kind: 'School' }, { name: 'B' }], { members }, { email: 3, kind: 1, site: 0 })
  t.same(rowsOf(weighted.dataset, 'data').map(({ quality, flags }) => [quality, flags]), [['0.25', 'missing_email;invalid_email'], ['0.75', 'missing_kind']], 'a contact’s refused value counts for the field that shows it')
  t.end()
})

t.test('refused values are remembered by the flags when the dataset comes in again', t => {
  const { dataset } = run([{ name: 'C', kind: null, flags: 'invalid_kind;missing_site', quality: '0.1' }, { name: 'D', kind: 'School', site: 's', flags: 'invalid_kind' }])
  t.same(rowsOf(dataset, 'data').map(({ quality, flags }) => [quality, flags]), [['0.3333', 'missing_kind;invalid_kind;missing_site'], ['1', 'none']])
  t.end()
})

t.test('the dataset is readable by itself', t => {
  const { dataset } = run([{ name: 'A Ltd', kind: 'School', site: 's' }, { name: 'A', kind: 'Bakery', site: 'r' }, { name: null, site: 'q' }])
  t.same(rowsOf(dataset, 'conflicts').map(({ entity_key, field }) => [entity_key, field]), [['a-ltd', 'name'], ['a-ltd', 'site']])
  t.same(rowsOf(dataset, 'quarantine', ['row']).map(({ file, sheet, row, reason }) => [file, sheet, row, reason]), [['file-1.xlsx', 'Sheet', 3, 'VALUE_NOT_ALLOWED'], ['file-1.xlsx', 'Sheet', 4, 'REQUIRED_MISSING']])
  t.same(dataset.meta.filled['site'], { before: 3, after: 1 })
  t.same(dataset.meta.filled['basis'], { before: 0, after: 1 })
  t.ok(columnOf(tableOf(dataset, 'data'), 'quality'))
  t.end()
})

t.test('scores are exact', t => {
  t.same([0, 1, 9, 10, 100, 5000, 8571, 9999, 10_000].map(scoreText), ['0', '0.0001', '0.0009', '0.001', '0.01', '0.5', '0.8571', '0.9999', '1'])
  t.same([tenThousandths(1, 3), tenThousandths(0, 0), tenThousandths(2, 2), tenThousandths(1, 12)], [3333, 0, 10_000, 833])
  t.same(weightedFields(fields, { site: 1 / 3, kind: 1e-9, name: 0 }).map(({ field, weight }) => [field.name, weight]), [['kind', 1], ['site', 1_000_000]])
  t.same(weightedFields([{ name: 'constructor' }, { name: 'b' }], { b: 2 }).map(({ field }) => field.name), ['b'])
  fc.assert(fc.property(fc.integer({ min: 0, max: 10_000 }), score => Number(scoreText(score)) === score / 10_000), { seed: 3 })
  t.end()
})
