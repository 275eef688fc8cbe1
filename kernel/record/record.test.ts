import fc from 'fast-check'
import t from 'tap'
import { HotpassError } from '../error.ts'
import { canonicalJson } from '../json.ts'
import type { Diagnostic, JsonObject } from '../types.ts'
import { diagnosticOf, sortDiagnostics, splitDiagnostics } from './diagnostics.ts'
import { inputsVersion, operatorIdOf, runIdOf, type RunQuestion } from './identity.ts'
import { openRun, openStep, sealRun, sealStep } from './seal.ts'
import { RUN_RECORD, STEP_RECORD, type RunRecord, type StepRecord } from './types.ts'

const SEED = { seed: 20_260_101, numRuns: 300 }
const H = (letter: string): string => letter.repeat(64)
const question: RunQuestion = {
  pipeline: { id: 'toy', version: '1.0.0' },
  operators: ['a@1.0.0', 'b@1.0.0'],
  mode: 'strict',
  config: H('c'),
  inputs: [{ id: 'x.csv', hash: H('1') }, { id: 'y.csv', hash: H('2') }],
  pins: { as_of: null, seed: '' }
}
const identity: StepRecord['identity'] = {
  schema: STEP_RECORD, run_id: runIdOf(question), step: 'read:x.csv', operator_id: 'a@1.0.0', implementation: H('e'), mode: 'strict', config_hash: H('c'),
  pins: { as_of: null, seed: '' }, input_refs: [{ slot: 'file', id: 'x.csv', kind: 'bytes', schema: 'urn:hotpass:bytes:1', hash: H('1'), bytes: 3 }],
  output_refs: [], notices: [], warnings: [], errors: [], outcome: 'succeeded'
}
const observed: StepRecord['observed'] = {
  started_at: '2026-01-01T00:00:00.000Z', ended_at: '2026-01-01T00:00:01Z', cost: { duration_ms: 1.5, cpu_ms: 1, memory_bytes: 5, bytes_in: 3, bytes_out: 0 },
  host: { node: '20.19.0' }, cache: 'miss', attempt: 1
}
const runIdentity: RunRecord['identity'] = {
  schema: RUN_RECORD, run_id: identity.run_id, pipeline: question.pipeline, operators: question.operators, mode: 'strict', config_hash: H('c'), pins: question.pins, input_refs: [],
  steps: [{ step: 'read:x.csv', operator_id: 'a@1.0.0', outcome: 'succeeded', record_hash: H('f') }, { step: 'b', operator_id: 'b@1.0.0', outcome: 'skipped', record_hash: null }],
  dataset: null, published: [], summary: { rows_in: 3 }, counts: { notices: 0, warnings: 0, errors: 0 }, errors: [], outcome: 'succeeded'
}

t.test('a run id follows from the question alone', async t => {
  t.match(runIdOf(question), /^run-[0-9a-f]{32}$/)
  t.equal(runIdOf(question), 'run-ae1de5038f8d046b928b7b0ae22bfd74', 'pinned: changing it orphans every recorded run')
  const again = { ...question, operators: ['b@1.0.0', 'a@1.0.0', 'a@1.0.0'], inputs: [...question.inputs].reverse() }
  t.equal(runIdOf(again), runIdOf(question))
  const changes: Partial<RunQuestion>[] = [
    { pipeline: { id: 'toy', version: '1.0.1' } }, { pipeline: { id: 'toy2', version: '1.0.0' } }, { operators: ['a@1.0.0', 'b@1.0.1'] }, { mode: 'best-effort' }, { config: H('d') },
    { inputs: [{ id: 'z.csv', hash: H('1') }, { id: 'y.csv', hash: H('2') }] }, { inputs: [{ id: 'x.csv', hash: H('3') }, { id: 'y.csv', hash: H('2') }] }, { inputs: [] },
    { pins: { as_of: '2026-01-01T00:00:00Z', seed: '' } }, { pins: { as_of: null, seed: '1' } }
  ]
  t.equal(new Set([question, ...changes.map(change => ({ ...question, ...change }))].map(runIdOf)).size, changes.length + 1, 'every part counts')
  t.not(inputsVersion(question.inputs), inputsVersion([]))
  t.equal(operatorIdOf({ id: 'read.csv', version: '1.2.3' }), 'read.csv@1.2.3')
})

t.test('the hash covers identity and nothing else', async t => {
  const base = sealStep(identity, observed)
  fc.assert(fc.property(fc.nat(), fc.nat({ max: 9 }), fc.constantFrom('hit', 'miss'), (duration, attempt, cache) => {
    const other = sealStep(identity, { ...observed, cost: { ...observed.cost, duration_ms: duration }, attempt: attempt + 1, cache: cache as 'hit' })
    return other.record_hash === base.record_hash
  }), SEED)
  const changes: Partial<StepRecord['identity']>[] = [
    { step: 'other' }, { operator_id: 'a@1.0.1' }, { implementation: H('0') }, { mode: 'best-effort' }, { config_hash: H('0') }, { pins: { as_of: null, seed: 'x' } }, { input_refs: [] }, { outcome: 'failed' },
    { notices: [{ code: 'A', severity: 'info', message: '', details: {} }] }, { best_effort: { entropy: ['clock'], seed: '', notes: [], inputs_version: H('9') } }
  ]
  t.equal(new Set([base, ...changes.map(change => sealStep({ ...identity, ...change }, observed))].map(record => record.record_hash)).size, changes.length + 1)
})

t.test('no record is accepted that its schema refuses', async t => {
  const step = sealStep(identity, observed)
  const run = sealRun(runIdentity, { ...observed, cache: { hits: 0, misses: 1 } })
  t.same(openStep(JSON.parse(JSON.stringify(step)), 's'), step)
  t.same(openRun(JSON.parse(JSON.stringify(run)), 'run'), run)
  const refused = (work: () => unknown, pattern: RegExp): void => {
    t.throws(work, { code: 'E_RECORD_INVALID', message: pattern })
  }
  refused(() => sealStep({ ...identity, run_id: 'run-1' }, observed), /identity\.run_id/)
  refused(() => sealStep({ ...identity, extra: 1 } as never, observed), /identity\.extra: unknown key/)
  refused(() => sealStep(identity, { ...observed, started_at: 'yesterday' }), /started_at/)
  refused(() => sealRun({ ...runIdentity, outcome: 'fine' as never }, run.observed), /outcome/)
  refused(() => openStep({ ...(step as unknown as JsonObject), record_hash: H('0') }, 's'), /does not have the hash/)
  refused(() => openStep(run as unknown as JsonObject, 's'), /has the format urn:hotpass:run:1/)
  refused(() => openRun({}, 'run'), /the record run breaks its schema/)
  for (const part of Object.keys(identity)) {
    const { [part]: _dropped, ...rest } = identity as unknown as Record<string, unknown>
    refused(() => sealStep(rest as never, observed), /is missing/)
  }
})

t.test('diagnostics are sorted, split, and hold no engine message', async t => {
  const diagnostic = fc.record({ code: fc.constantFrom('A', 'B'), severity: fc.constantFrom('info', 'warning', 'error'), message: fc.constantFrom('m', 'n'), details: fc.dictionary(fc.constantFrom('x', 'y'), fc.nat({ max: 2 }), { noNullPrototype: true }) }) as fc.Arbitrary<Diagnostic>
  fc.assert(fc.property(fc.array(diagnostic, { maxLength: 6 }), fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (list, order) => {
    const shuffled = list.map((item, index) => [order[index]!, item] as const).sort(([a], [b]) => a - b).map(([, item]) => item)
    const { notices, warnings, errors } = splitDiagnostics(list)
    return canonicalJson(sortDiagnostics(shuffled) as never) === canonicalJson(sortDiagnostics(list) as never) && notices.length + warnings.length + errors.length === list.length
  }), SEED)
  const told = diagnosticOf(new HotpassError('E_INPUT_TYPE', 'a.xlsx: not a workbook', { place: { file: 'a.xlsx', sheet: 'S', cell: 'B2', line: 3 }, hint: 'open it' }), 'read.xlsx@1.0.0')
  t.same(told, { code: 'E_INPUT_TYPE', severity: 'error', message: 'a.xlsx: not a workbook', details: { file: 'a.xlsx', sheet: 'S', cell: 'B2', line: 3, hint: 'open it' } })
  t.same(diagnosticOf(new TypeError('Cannot read properties of undefined (reading Jane)'), 'x@1.0.0'), { code: 'E_OPERATOR', severity: 'error', message: 'x@1.0.0 failed: this is a bug in the operator', details: {} })
})
