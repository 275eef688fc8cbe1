import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../../cli/package-root.ts'
import { digestJson } from '../hash.ts'
import { HotpassError } from '../error.ts'
import { canonicalJson } from '../json.ts'
import { editDistance, nearest } from '../suggest.ts'
import type { Json, JsonObject } from '../types.ts'
import { assertLayer, problemsOfLayer, tellProblem } from './check.ts'
import { environmentLayer, instantOf, variableFor } from './environment.ts'
import { explainKey } from './explain.ts'
import { leavesOf, mergeValues, valueAt } from './merge.ts'
import { builtInLayer, resolveConfig, selectedProfile } from './resolve.ts'
import { settingPaths } from './settings.ts'
import { sliceConfig } from './slice.ts'
import type { Layer, LayerKind } from './types.ts'

const SEED = { seed: 20_260_101, numRuns: 300 }
const layer = (kind: LayerKind, values: object, more: Partial<Layer> = {}): Layer => ({ kind, name: kind === 'file' ? 'hotpass.toml' : kind, values: values as JsonObject, ...more })
const built = builtInLayer({ country: 'ZA', report: { title: 'Data quality report', examples: 20 }, refine: { score: { weights: {} }, budgets: { orphans: 0.25 } } })
const profile = layer('profile', { $schema: './x.json', name: 'demo', title: 'Demo', country: 'GB', refine: { fields: [{ name: 'website', type: 'url' }] } })

function codeOf(work: () => unknown): readonly [code: string, message: string] {
  try {
    work()
  } catch (error) {
    if (error instanceof HotpassError) return [error.code, error.message]
    throw error
  }
  return ['none', '']
}

t.test('layers are merged lowest first and every leaf knows who set it', async t => {
  const layers = [built, profile, layer('file', { profile: 'demo', report: { title: 'From file' }, pipeline: { workers: 3 } }), layer('flag', { report: { title: 'From flag' } })]
  const resolved = resolveConfig(layers)
  t.match(resolved.identity, { profile: 'demo', country: 'GB', report: { title: 'From flag', examples: 20 } })
  t.notOk('name' in resolved.identity || '$schema' in resolved.identity || 'pipeline' in resolved.identity || 'title' in resolved.identity)
  t.match(resolved.pipeline, { workers: 3, mode: 'strict', input_dir: './data' })
  t.equal(resolved.about.title, 'Demo')
  t.equal(resolved.fingerprint, digestJson(resolved.identity))
  t.equal(resolved.origins.get('report.title')?.kind, 'flag')
  t.equal(resolved.origins.get('report.examples')?.kind, 'default')
  t.equal(resolved.origins.get('refine.fields')?.kind, 'profile')
  t.equal(resolved.origins.get('profile')?.kind, 'profile')
  t.same([...resolved.origins.keys()], [...resolved.origins.keys()].sort(), 'origins are in code unit order')
  t.equal(selectedProfile([layer('file', { profile: 'a' }), layer('flag', { profile: 'b' })]), 'b')
  t.equal(selectedProfile([profile]), undefined)
  t.equal(resolveConfig([built, profile, layer('flag', { pipeline: { workers: 9, input_dir: '/elsewhere' } })]).fingerprint, resolveConfig([built, profile]).fingerprint, 'the machine is not fingerprinted')
  t.not(resolveConfig([built, profile, layer('flag', { country: 'DE' })]).fingerprint, resolveConfig([built, profile]).fingerprint)
  t.equal(codeOf(() => resolveConfig([layer('flag', {}), built]))[0], 'E_INTERNAL')

  const explained = explainKey(layers, resolved, 'report.title')
  t.same(explained.layers.map(entry => [entry.kind, entry.value, entry.wins]), [['default', 'Data quality report', false], ['file', 'From file', false], ['flag', 'From flag', true]])
  t.equal(explained.fingerprinted, true)
  t.equal(explainKey(layers, resolved, 'pipeline.workers').fingerprinted, false)
  t.equal(explainKey(layers, resolved, 'ingest.hidden_sheets').value, undefined, 'a setting that nothing sets')
  t.match(codeOf(() => explainKey(layers, resolved, 'report.titel')), ['E_UNKNOWN_NAME', /did you mean report\.title\?/])
})

t.test('a fault names file, line, key and the likely word', async t => {
  const lineOf = (path: readonly (string | number)[]): number | undefined => (path.join('.') === 'refine.budgets' ? 12 : path.length === 0 ? 1 : undefined)
  const wrong = layer('file', { refine: { budgets: { orphan: 0.5 } } }, { lineOf })
  t.match(codeOf(() => assertLayer(wrong)), ['E_CONFIG', 'hotpass.toml:12: refine.budgets.orphan: unknown key; did you mean orphans?'])
  t.match(codeOf(() => assertLayer(layer('profile', { name: 'x', refine: { fields: [{ name: 'a', type: 'emial' }] } }))), ['E_PROFILE', /refine\.fields\[0\]\.type: must be one of .*; did you mean email\?/])
  t.match(codeOf(() => assertLayer(layer('profile', { country: 'ZA' }))), ['E_PROFILE', /name is missing/])
  t.match(codeOf(() => assertLayer(layer('file', { report: { examples: -1, titel: 'x' } })))[1], /and 1 more/)
  t.match(problemsOfLayer(layer('file', { refine: { fields: [{ name: 'a', derive: { slugg: 'b' } }] } })).map(tellProblem), [/derive: must have exactly one of these forms: slug, country_of, .*group \+ field \+ pick/])
  t.match(codeOf(() => assertLayer(layer('file', { enrich: { web: true } }))), ['E_NOT_BUILT', /enrich is not built yet/])
  t.same(problemsOfLayer(layer('file', { enrich: {} })), [])
  for (const key of ['__proto__', 'constructor', 'prototype']) {
    t.match(codeOf(() => assertLayer(layer('file', JSON.parse(`{"report":{"${key}":{"title":"x"}}}`)))), ['E_CONFIG', /not allowed anywhere/], key)
  }
  t.equal(({} as { title?: string }).title, undefined, 'nothing reached the prototype')
  t.equal(codeOf(() => assertLayer(layer('file', { report: { title: '\ud800' } })))[0], 'E_CONFIG')
  t.equal(codeOf(() => assertLayer(layer('file', { pipeline: { as_of: new Date(0) } })))[0], 'E_CONFIG')
  t.equal(codeOf(() => assertLayer(layer('file', { report: { examples: Number.POSITIVE_INFINITY } })))[0], 'E_CONFIG')
  const secret = codeOf(() => assertLayer(layer('file', { country: 'someone@example.test' })))[1]
  t.match(secret, /country: is not of the right form: Two capital letters/)
  t.notMatch(secret, /someone/, 'a message holds no value')
})

t.test('environment', async t => {
  const variables = [...settingPaths().keys()].map(variableFor)
  t.equal(new Set(variables).size, variables.length, 'no two settings share a variable')
  const made = environmentLayer(new Map([['HOTPASS_REPORT_TITLE', 'T'], ['HOTPASS_WORKERS', '4'], ['HOTPASS_EXPORT_FORMATS', 'csv, jsonl'], ['HOTPASS_REFINE_SCORE_WEIGHTS', '{"a":2}'], ['HOME', '/x'], ['HOTPASS_DEBUG', '1'], ['SOURCE_DATE_EPOCH', '1709164800'], ['HOTPASS_COUNTRY', '']]), ['HOTPASS_DEBUG'])
  t.same(made.values, { report: { title: 'T' }, pipeline: { workers: 4, as_of: '2024-02-29T00:00:00Z' }, export: { formats: ['csv', 'jsonl'] }, refine: { score: { weights: { a: 2 } } } })
  t.match(codeOf(() => environmentLayer(new Map([['HOTPASS_REPORT_TITEL', 'x']]))), ['E_CONFIG', /did you mean HOTPASS_REPORT_TITLE\?/])
  t.match(codeOf(() => assertLayer(environmentLayer(new Map([['HOTPASS_EXPORT_FORMATS', 'pdf']])))), ['E_CONFIG', /environment: HOTPASS_EXPORT_FORMATS: must be one of/])
  t.equal(codeOf(() => environmentLayer(new Map([['HOTPASS_WORKERS', 'many']])))[0], 'E_CONFIG')
  t.equal(codeOf(() => environmentLayer(new Map([['HOTPASS_REFINE_GROUPS', '{']])))[0], 'E_CONFIG')
  for (const wrong of ['-1', '1.5', 'x', '253402300800']) t.equal(codeOf(() => instantOf(wrong))[0], 'E_CONFIG', wrong)
  fc.assert(fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), seconds => instantOf(String(seconds)) === new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')), SEED)
})

t.test('properties of merge, slice and suggestion', async t => {
  const key = fc.constantFrom('a', 'b', 'c', 'toString', 'x y')
  const { block } = fc.letrec<{ json: Json; block: JsonObject }>(tie => ({
    json: fc.oneof({ depthSize: 'small' }, fc.integer(), fc.string({ unit: 'grapheme' }), fc.array(fc.integer(), { maxLength: 3 }), tie('block')),
    block: fc.dictionary(key, tie('json'), { maxKeys: 4, noNullPrototype: true })
  }))
  const same = (a: Json, b: Json): boolean => canonicalJson(a) === canonicalJson(b)
  fc.assert(fc.property(block, a => same(mergeValues(a, {}), a) && same(mergeValues({}, a), a) && same(mergeValues(a, a), a)), SEED)
  fc.assert(fc.property(block, block, (a, b) => {
    const before = canonicalJson([a, b])
    const merged = mergeValues(a, b) as JsonObject
    const upperWins = [...leavesOf(b)].every(({ path, value }) => {
      const got = valueAt(merged, path)
      return Object.keys(value as object ?? {}).length === 0 && typeof value === 'object' && !Array.isArray(value) ? got !== undefined : same(got!, value)
    })
    return upperWins && before === canonicalJson([a, b])
  }), SEED)
  fc.assert(fc.property(block, block, block, (a, b, c) => {
    // Associative as long as no plain value stands where another layer has a block.
    const strip = (value: Json): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [`${name}${typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? '/' : ''}`, strip(inner)])) : value)
    const [x, y, z] = [strip(a), strip(b), strip(c)]
    return same(mergeValues(mergeValues(x, y), z), mergeValues(x, mergeValues(y, z)))
  }), SEED)
  fc.assert(fc.property(block, a => {
    const paths = [...leavesOf(a)].map(leaf => leaf.path).filter(path => path.every(part => !part.includes('.')))
    return same(sliceConfig(a, paths.map(path => path.join('.'))), a)
  }), SEED)
  t.same(sliceConfig({ a: { b: 1, c: 2 }, d: 3 }, ['a.b', 'missing.path']), { a: { b: 1 } })
  fc.assert(fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
    const distance = editDistance(a, b)
    return distance === editDistance(b, a) && (distance === 0) === (a === b) && distance <= Math.max(a.length, b.length)
  }), SEED)
  t.equal(editDistance('emial', 'email'), 1)
  t.equal(nearest('input-dir', ['output_path', 'input_dir']), 'input_dir')
  t.equal(nearest('zzzzz', ['country']), undefined)
})

t.test('the schema of configuration files has the blocks of the profile', async t => {
  const read = (name: string): { $defs: Record<string, unknown>; properties: Record<string, unknown> } => JSON.parse(readFileSync(join(packageRoot(), 'schemas', name), 'utf8'))
  const config = read('config.v1.json')
  const fromProfile = read('profile.v1.json')
  const { pipeline, mcp, ...shared } = config.$defs
  t.ok(pipeline)
  t.ok(mcp)
  t.same(shared, fromProfile.$defs)
  for (const block of ['country', 'ingest', 'refine', 'enrich', 'compliance', 'report', 'export']) t.same(config.properties[block], fromProfile.properties[block], block)
})
