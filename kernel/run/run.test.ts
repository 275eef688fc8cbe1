import fc from 'fast-check'
import t from 'tap'
import { RUN_ID_TOKEN } from '../artifact/files.ts'
import { HotpassError } from '../error.ts'
import { openRun, openStep } from '../record/seal.ts'
import type { Operator } from '../types.ts'
import { actionKey } from './action.ts'
import { executeRun } from './execute.ts'
import { admit, exitCodeOf, judge, outcomeOf } from './gate.ts'
import { INLINE_LANES } from './inline.ts'
import { createRandom } from './random.ts'
import { memoryStore, sourceOf, TOY, TOY_CONFIG, toy, toyHost, toyRequest } from './toy.case.ts'
import type { Lanes, PublishedFile, Publisher, RunRequest, RunResult } from './types.ts'

const SEED = { seed: 20_260_101, numRuns: 200 }
const FILES = { 'b.txt': 'pear \nfig', 'a.txt': 'apple\n\nquince' }
const caches = (result: RunResult): Record<string, string> => Object.fromEntries(result.steps.map(step => [step.identity.step, step.observed.cache]))
const H = (letter: string): string => letter.repeat(64)

function publisher(): Publisher & { readonly visible: PublishedFile[]; readonly events: string[] } {
  const visible: PublishedFile[] = []
  const events: string[] = []
  return {
    visible,
    events,
    async stage(files) {
      events.push('stage')
      return {
        paths: files.map(file => `out${file.suffix}`),
        async commit() {
          events.push('commit')
          visible.push(...files)
        },
        async discard() {
          events.push('discard')
        }
      }
    }
  }
}

/** `join` with one value changed, as if by hand or by chance. */
const altering = (value: string): Operator => ({ ...TOY.join, run(inputs, config, context) {
  const { all } = TOY.join.run(inputs, config, context) as { all: { tables: { columns: { values: string[] }[] }[] } }
  all.tables[0]!.columns[0]!.values[1] = value
  return { all }
} })
const withJoin = (join: Operator): Partial<RunRequest> => ({ operators: sourceOf([TOY.read, join, TOY.count, TOY.report]) })

t.test('a run: records, summary, published files, cache', async t => {
  const store = memoryStore()
  const out = publisher()
  const first = await executeRun(toyRequest(store, FILES, { publisher: out }))
  t.equal(first.exitCode, 0)
  t.equal(first.record.identity.outcome, 'succeeded')
  t.same(first.steps.map(step => step.identity.step), ['read:a.txt', 'read:b.txt', 'join', 'count', 'report'], 'in plan order, which follows the sorted inputs')
  t.same(first.record.identity.summary, { rows_in: 5 })
  t.same(first.record.identity.counts, { notices: 0, warnings: 1, errors: 0 })
  t.same(first.record.identity.steps.map(step => step.record_hash), first.steps.map(step => step.record_hash), 'the run names its steps by hash')
  t.same(first.paths, ['out.txt'])
  t.same(out.events, ['stage', 'commit'])
  const text = new TextDecoder().decode(out.visible[0]!.bytes)
  t.ok(text.startsWith(`${first.run_id} Lines 5`), 'the run id is in the file')
  t.notMatch(text, RUN_ID_TOKEN)
  t.equal(first.record.identity.published[0]!.hash, out.visible[0]!.hash)
  for (const { name, record } of store.records(first.run_id, 1)) t.ok(name === 'run' ? openRun(record, name) : openStep(record, name), name)
  t.equal(store.records(first.run_id, 1).length, 6)
  t.same(store.get(first.record.identity.config_hash), new TextEncoder().encode('{"join":{"budget":1},"profile":"toy","read":{"trim":true},"report":{"title":"Lines"}}'), 'the config is stored under its fingerprint')

  const again = await executeRun(toyRequest(store, FILES))
  t.equal(again.run_id, first.run_id)
  t.equal(again.attempt, 2)
  t.equal(again.record_hash, first.record_hash, 'the second attempt has the same identity')
  t.ok(Object.values(caches(again)).every(cache => cache === 'hit'))
  t.same(again.record.observed.cache, { hits: 5, misses: 0 })
  t.equal((await executeRun(toyRequest(store, FILES, { useCache: false }))).record_hash, first.record_hash)

  const retitled = await executeRun(toyRequest(store, FILES, { config: { ...TOY_CONFIG, report: { title: 'New' } } }))
  t.not(retitled.run_id, first.run_id)
  t.same(caches(retitled), { 'read:a.txt': 'hit', 'read:b.txt': 'hit', join: 'hit', count: 'hit', report: 'miss' }, 'only the report runs again')
  const changed = await executeRun(toyRequest(store, { ...FILES, 'b.txt': 'pear\nplum' }))
  t.same(caches(changed), { 'read:a.txt': 'hit', 'read:b.txt': 'miss', join: 'miss', count: 'miss', report: 'miss' }, 'only the changed file is read again')
  const spaced = await executeRun(toyRequest(store, { ...FILES, 'b.txt': 'pear\nfig  ' }))
  t.same(caches(spaced), { 'read:a.txt': 'hit', 'read:b.txt': 'miss', join: 'hit', count: 'hit', report: 'hit' }, 'early cut-off: the same lines come out')
  const recoded = await executeRun(toyRequest(store, FILES, { host: toyHost({ count: 'other code' }) }))
  t.same(caches(recoded), { 'read:a.txt': 'hit', 'read:b.txt': 'hit', join: 'hit', count: 'miss', report: 'hit' })
  t.equal(recoded.record.identity.outcome, 'succeeded', 'other code with the same bytes is no alarm')
  await t.rejects(executeRun(toyRequest(store, {}, { inputs: [...toyRequest(store, FILES).inputs, ...toyRequest(store, FILES).inputs] })), { code: 'E_USAGE' })
  await t.rejects(executeRun(toyRequest(store, FILES, { operators: sourceOf([TOY.read, TOY.join, TOY.count]) })), { code: 'E_UNKNOWN_NAME' })
})

t.test('any number of workers gives the same records in the same order', async t => {
  const files = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`${index}.txt`, index === 3 ? 'broken' : `line ${index}`]))
  const slow = (seed: number): Lanes => {
    const random = createRandom(String(seed))
    return {
      async execute(job, codecs, signal) {
        for (let turn = random() * 5; turn > 0; turn--) await new Promise(resolve => setImmediate(resolve))
        return INLINE_LANES.execute(job, codecs, signal)
      },
      async close() {}
    }
  }
  for (const input of [FILES, files]) {
    const results = await Promise.all([1, 2, 3, 7, 16].map(workers => executeRun(toyRequest(memoryStore(), input, { workers, lanes: slow(workers) }))))
    t.equal(new Set(results.map(result => result.record_hash)).size, 1)
    t.equal(new Set(results.map(result => result.steps.map(step => step.identity.step).join())).size, 1)
  }
  let most = 0
  let now = 0
  const counting: Lanes = {
    async execute(job, codecs, signal) {
      most = Math.max(most, ++now)
      await new Promise(resolve => setImmediate(resolve))
      now--
      return INLINE_LANES.execute(job, codecs, signal)
    },
    async close() {}
  }
  await executeRun(toyRequest(memoryStore(), FILES, { workers: 1, lanes: counting }))
  t.equal(most, 1)
  await executeRun(toyRequest(memoryStore(), FILES, { workers: 2, lanes: counting }))
  t.equal(most, 2)
})

t.test('failures leave records, and every step that can still be done is done', async t => {
  const store = memoryStore()
  const out = publisher()
  const failed = await executeRun(toyRequest(store, { ...FILES, 'c.txt': 'broken', 'd.txt': 'broken', 'e.txt': 'x' }, { publisher: out }))
  t.equal(failed.exitCode, 1)
  t.match(failed.error, { code: 'E_INPUT_UNREADABLE', message: 'c.txt: cannot be read' })
  t.same(failed.record.identity.steps.map(step => step.outcome), ['succeeded', 'succeeded', 'failed', 'failed', 'succeeded', 'skipped', 'skipped', 'skipped'])
  t.equal(failed.record.identity.steps.at(-1)!.record_hash, null)
  t.same(failed.steps[2]!.identity.errors, [{ code: 'E_INPUT_UNREADABLE', severity: 'error', message: 'c.txt: cannot be read', details: { file: 'c.txt' } }])
  t.equal(failed.record.identity.dataset, null)
  t.same(out.events, [], 'nothing is published')
  t.equal(store.log[0]!.outcome, 'failed')
  const retried = await executeRun(toyRequest(store, { ...FILES, 'c.txt': 'broken', 'd.txt': 'broken', 'e.txt': 'x' }))
  t.equal(retried.record_hash, failed.record_hash, 'failures are not cached, and fail alike')
  t.equal(retried.steps[2]!.observed.cache, 'miss')

  const bug = await executeRun(toyRequest(store, { 'a.txt': 'bug\nJane' }))
  t.equal(bug.exitCode, 1)
  t.match(bug.error, { code: 'E_OPERATOR' })
  t.ok((bug.error as HotpassError).cause instanceof TypeError, 'for --debug')
  t.notMatch(JSON.stringify(store.records(bug.run_id, 1)), /Jane/, 'no engine message in a record')

  const wrong: readonly (readonly [string, Partial<Operator>])[] = [
    ['an output that is not declared', { run: () => ({ lines: { meta: {}, tables: [] }, more: 1 }) }],
    ['an output left out', { run: () => ({}) }],
    ['an output of another kind', { run: () => ({ lines: 5 }) }],
    ['a random number that was not declared', { run: (_inputs, _config, context) => ({ lines: context.random() }) }],
    ['a finding that is not plain', { run: (_inputs, _config, context) => ({ lines: context.diagnose({ code: 'X', severity: 'info', message: '', details: { at: new Map() as never } }) }) }],
    ['a change of its config', { run: (_inputs, config) => ({ lines: (config.read.trim = false) }) }]
  ]
  for (const [what, change] of wrong) {
    const result = await executeRun(toyRequest(memoryStore(), FILES, { operators: sourceOf([{ ...TOY.read, ...change }, TOY.join, TOY.count, TOY.report]) }))
    t.match(result, { exitCode: 1, error: { code: 'E_OPERATOR' } }, what)
  }
  const unwritable = await executeRun(toyRequest(memoryStore(), FILES, { publisher: { stage: async () => { throw new HotpassError('E_OUTPUT_UNWRITABLE', 'dist cannot be written') } } }))
  t.match(unwritable, { exitCode: 1, error: { code: 'E_OUTPUT_UNWRITABLE' }, record: { identity: { outcome: 'failed', published: [] } } })

  const full = { ...memoryStore(), putAction() { throw new HotpassError('E_DISK_FULL', 'no space') } }
  await t.rejects(executeRun(toyRequest(full, FILES)), { code: 'E_DISK_FULL' }, 'a fault of the store ends the run')
  t.equal(full.log.length, 0)
  const flipped = memoryStore()
  const request = toyRequest(flipped, FILES)
  flipped.objects.get(request.inputs[0]!.hash)![0]! ^= 1
  await t.rejects(executeRun(request), { code: 'E_STORE_DAMAGED', exitCode: 4 })
})

t.test('a file that is refused: strict stops, best-effort goes on with what stands in for it', async t => {
  const files = { ...FILES, 'c.txt': 'broken' }
  const standIn = (when: 'best-effort' | 'always'): Operator => ({ ...TOY.read, refused: { when, instead: (file, { code }, inputs) => ({ lines: TOY.read.run({ file: [{ ...inputs['file']![0]!, value: new TextEncoder().encode(`${file} ${code}`) }] }, {}, { progress() {} } as never)['lines'] }) } })
  const operators = (when: 'best-effort' | 'always'): Partial<RunRequest> => ({ operators: sourceOf([standIn(when), TOY.join, TOY.count, TOY.report]) })
  t.match(await executeRun(toyRequest(memoryStore(), files, operators('best-effort'))), { exitCode: 1, error: { code: 'E_INPUT_UNREADABLE' } })
  const store = memoryStore()
  const out = publisher()
  const lenient = await executeRun(toyRequest(store, files, { ...operators('best-effort'), mode: 'best-effort', publisher: out }))
  t.match(lenient, { exitCode: 0, error: undefined, record: { identity: { outcome: 'degraded' } } })
  t.match(lenient.steps[2]!.identity, { outcome: 'degraded', errors: [{ code: 'E_INPUT_UNREADABLE', severity: 'error', details: { file: 'c.txt' } }], output_refs: [{ slot: 'lines' }] })
  t.match(Buffer.from(out.visible[0]!.bytes).toString(), /c\.txt E_INPUT_UNREADABLE/)
  const again = await executeRun(toyRequest(store, files, { ...operators('best-effort'), mode: 'best-effort' }))
  t.same([again.record_hash, caches(again)['read:c.txt'], caches(again)['read:a.txt']], [lenient.record_hash, 'miss', 'hit'], 'the same again, and never from the cache')
  const extra = await executeRun(toyRequest(memoryStore(), files, operators('always')))
  t.match(extra, { exitCode: 0, record: { identity: { outcome: 'succeeded' } } })
  t.match(extra.steps[2]!.identity.notices, [{ code: 'E_INPUT_UNREADABLE', severity: 'info' }])
  t.match(await executeRun(toyRequest(memoryStore(), { 'a.txt': 'bug\nx' }, { ...operators('always'), mode: 'best-effort' })), { exitCode: 1, error: { code: 'E_OPERATOR' } }, 'a bug is not passed over')
  const left = await executeRun(toyRequest(memoryStore(), FILES, { mode: 'best-effort', refused: [new HotpassError('E_INPUT_LIMIT', 'd.txt is too large', { place: { file: 'd.txt' } })] }))
  t.match(left, { exitCode: 0, record: { identity: { outcome: 'degraded', errors: [{ code: 'E_INPUT_LIMIT' }], counts: { errors: 1 } } } })
})

t.test('an abort ends the run with nothing recorded', async t => {
  const store = memoryStore()
  const abort = new AbortController()
  const reason = new Error('SIGINT')
  const out = publisher()
  await t.rejects(executeRun(toyRequest(store, FILES, { signal: abort.signal, publisher: out, onEvent: event => event.type === 'step-ended' && event.step === 'join' && abort.abort(reason) })), reason)
  t.equal(store.log.length, 0)
  t.same(out.events, [])
  const late = new AbortController()
  await t.rejects(executeRun(toyRequest(store, FILES, { signal: late.signal, publisher: { async stage(files) { late.abort(reason); return out.stage(files) } } })), reason)
  t.same(out.events, ['stage', 'discard'], 'what was staged is removed')
  const next = await executeRun(toyRequest(store, FILES))
  t.equal(next.exitCode, 0, 'the next run completes')
  t.same(Object.values(caches(next)), ['hit', 'hit', 'hit', 'hit', 'hit'], 'on what the interrupted ones had finished')

  const early = memoryStore()
  const order: string[] = []
  const watched: typeof early = { ...early, async flush() { order.push('flush') }, putAction(entry) { order.push('action'); early.putAction(entry) } }
  const stop = new AbortController()
  await t.rejects(executeRun(toyRequest(watched, FILES, { signal: stop.signal, onEvent: event => event.type === 'step-ended' && event.step === 'join' && stop.abort(reason) })), reason)
  t.same(order, ['flush', 'action', 'action', 'action', 'flush'], 'finished steps are kept, each after its objects are durable')
  t.same(caches(await executeRun(toyRequest(early, FILES))), { 'read:a.txt': 'hit', 'read:b.txt': 'hit', join: 'hit', count: 'miss', report: 'miss' })
  const broken: typeof early = { ...memoryStore(), async flush() { throw new HotpassError('E_IO', 'the disk is gone') } }
  const again = new AbortController()
  await t.rejects(executeRun(toyRequest(broken, FILES, { signal: again.signal, onEvent: event => event.type === 'step-ended' && again.abort(reason) })), reason, 'why it ended is what is told')
})

t.test('budgets: strict fails with 3 and still publishes, best-effort warns', async t => {
  const files = { 'a.txt': '\n\n\nx' }
  const out = publisher()
  const strict = await executeRun(toyRequest(memoryStore(), files, { publisher: out }))
  t.match(strict, { exitCode: 3, record: { identity: { outcome: 'breached' } }, error: { code: 'E_BUDGET', message: '3 empty lines, 1 allowed' } })
  t.same(out.events, ['stage', 'commit'])
  const lax = await executeRun(toyRequest(memoryStore(), files, { mode: 'best-effort' }))
  t.match(lax, { exitCode: 0, error: undefined, record: { identity: { outcome: 'degraded', counts: { warnings: 2, errors: 0 }, best_effort: { entropy: [] } } } })
  t.not(lax.run_id, strict.run_id)
  t.same(lax.steps.map(step => step.identity.output_refs.map(ref => ref.hash)), strict.steps.map(step => step.identity.output_refs.map(ref => ref.hash)), 'the mode reaches no output')
  const note = { code: 'ROW_ODD', severity: 'error', message: '', details: {} } as const
  t.equal(judge('strict', [note]).outcome, 'succeeded', 'only a breach fails')
  t.equal(outcomeOf(['succeeded', 'breached', 'degraded']), 'breached')
  t.equal(outcomeOf([]), 'succeeded')
  t.same(['succeeded', 'degraded', 'breached', 'failed', 'refused', 'differs'].map(outcome => exitCodeOf(outcome as 'failed', outcome === 'failed' ? new Error('x') : undefined)), [0, 0, 3, 1, 5, 4])
})

t.test('entropy is refused in strict, and pinned in best-effort', async t => {
  const timed: Operator = { ...TOY.count, entropy: ['clock', 'random'], run: (inputs, _config, context) => ({ count: { lines: TOY.count.run(inputs, {}, context)['count'] as never, at: context.pins.as_of, random: context.random() } }) }
  const operators = sourceOf([TOY.read, TOY.join, timed, TOY.report])
  const store = memoryStore()
  const refused = await executeRun(toyRequest(store, FILES, { operators }))
  t.match(refused, { exitCode: 5, error: { code: 'E_ENTROPY', hint: /--as-of .* or SOURCE_DATE_EPOCH/ }, record: { identity: { outcome: 'refused', errors: [{ code: 'E_ENTROPY' }] } }, steps: [] })
  t.match(await executeRun(toyRequest(store, FILES, { operators, pins: { as_of: '2026-01-01T00:00:00Z', seed: '' } })), { exitCode: 5, error: { hint: /--seed/ } })
  const pinned = await executeRun(toyRequest(store, FILES, { operators, pins: { as_of: '2026-01-01T00:00:00Z', seed: '7' } }))
  t.equal(pinned.exitCode, 0)
  t.equal((await executeRun(toyRequest(store, FILES, { operators, useCache: false, pins: { as_of: '2026-01-01T00:00:00Z', seed: '7' } }))).record_hash, pinned.record_hash, 'the generator is seeded')
  const other = await executeRun(toyRequest(store, FILES, { operators, pins: { as_of: '2026-01-02T00:00:00Z', seed: '7' } }))
  t.same(caches(other), { 'read:a.txt': 'hit', 'read:b.txt': 'hit', join: 'hit', count: 'miss', report: 'miss' }, 'a pin reruns only those that need it')
  const host = toyHost()
  const lax = await executeRun(toyRequest(store, FILES, { operators, mode: 'best-effort', host }))
  t.match(lax.record.identity, { outcome: 'succeeded', pins: { as_of: /^2026/, seed: /^drawn/ }, best_effort: { entropy: ['clock', 'random'], notes: ['as_of was taken from the clock', 'seed was drawn'] } })
  t.not((await executeRun(toyRequest(store, FILES, { operators, mode: 'best-effort', host }))).run_id, lax.run_id, 'another time is another run, not an alarm')
  const networked: Operator = { ...TOY.count, entropy: ['network'] }
  t.throws(() => admit('best-effort', [networked], { as_of: null, seed: '' }, { now: () => '', seed: () => '' }), { code: 'E_NETWORK' })
})

t.test('an attempt that differs is an alarm, and both are kept', async t => {
  const store = memoryStore()
  const first = await executeRun(toyRequest(store, FILES))
  const tampered = altering('APPLE')
  const out = publisher()
  const second = await executeRun(toyRequest(store, FILES, { operators: sourceOf([TOY.read, tampered, TOY.count, TOY.report]), host: toyHost({ join: 'tampered' }), publisher: out }))
  t.equal(second.run_id, first.run_id)
  t.match(second, { exitCode: 4, attempt: 2, record: { identity: { outcome: 'differs' } }, error: { code: 'E_ATTEMPT_DIFFERS', message: /join@1\.0\.0 at step join .* attempt 1 .*: table lines, row 2, column text/, hint: /raise the operator's version/ } })
  t.same(out.events, [], 'no output is overwritten')
  t.notMatch(JSON.stringify(second.record), /APPLE|apple/, 'no value in the record')
  t.same(store.log.map(entry => entry.outcome), ['succeeded', 'differs'])
  t.equal(store.records(first.run_id, 1).length + store.records(first.run_id, 2).length, 12)
  t.equal((await executeRun(toyRequest(store, FILES))).record_hash, first.record_hash, 'the right code is still right')
})

t.test('a modified package says so, and leaves nothing behind', async t => {
  const modified = { ...withJoin(altering('APPLE')), host: toyHost({ join: 'altered' }, { join: ['operators/join.js'] }) }
  const store = memoryStore()
  const first = await executeRun(toyRequest(store, FILES, modified))
  const join = first.steps.find(({ identity }) => identity.step === 'join')!
  t.equal(first.exitCode, 0)
  t.match(join.identity.warnings.find(({ code }) => code === 'PACKAGE_MODIFIED'), { severity: 'warning', message: /operators\/join\.js/, details: { files: ['operators/join.js'] } })
  t.equal(first.steps.filter(({ identity }) => identity.warnings.some(({ code }) => code === 'PACKAGE_MODIFIED')).length, 1, 'only where it was used')
  const genuine = await executeRun(toyRequest(memoryStore(), FILES))
  const restored = await executeRun(toyRequest(store, FILES))
  t.match(restored, { exitCode: 0, attempt: 2, record: { identity: { outcome: 'succeeded' } } }, 'an attempt of a modified package is no measure for the right one')
  t.equal(restored.record_hash, genuine.record_hash, 'and nothing of it is in the cache')

  const alarm = await executeRun(toyRequest(store, FILES, modified))
  t.match(alarm, { exitCode: 4, error: { code: 'E_ATTEMPT_DIFFERS', hint: /package was modified \(operators\/join\.js\).*install hotpass again/ } })
  t.equal((await executeRun(toyRequest(store, FILES))).record_hash, genuine.record_hash)
})

t.test('an attempt that differs leaves the cache as it was', async t => {
  const store = memoryStore()
  const first = await executeRun(toyRequest(store, FILES))
  const before = new Map(store.actions)
  const chance = await executeRun(toyRequest(store, FILES, { ...withJoin(altering('by chance')), useCache: false }))
  t.match(chance, { exitCode: 4, error: { code: 'E_ATTEMPT_DIFFERS', hint: /same code gave other bytes/ } })
  t.same(store.actions, before)
  t.match(chance.steps.find(({ identity }) => identity.step === 'join')!.identity.warnings.map(({ code }) => code), ['CACHE_DIFFERED', 'LINE_EMPTY'])
  const next = await executeRun(toyRequest(store, FILES))
  t.equal(next.record_hash, first.record_hash, 'the next plain run is right')

  // A cache that was spoilt by other means.
  const [key] = [...store.actions].find(([, { outputs }]) => outputs['all'] !== undefined)!
  const other = chance.steps.find(({ identity }) => identity.step === 'join')!.identity.output_refs[0]!
  store.actions.set(key, { ...store.actions.get(key)!, outputs: { all: { kind: other.kind, schema: other.schema, hash: other.hash, bytes: other.bytes } } })
  t.match(await executeRun(toyRequest(store, FILES)), { exitCode: 4, error: { hint: /came from the cache: run again with --no-cache/ } })
  const mending = await executeRun(toyRequest(store, FILES, { useCache: false }))
  t.match(mending, { exitCode: 0, steps: { length: 5 } })
  t.ok(mending.steps.some(({ identity }) => identity.warnings.some(({ code }) => code === 'CACHE_DIFFERED')), 'what stood in the cache is not replaced in silence')
  t.equal((await executeRun(toyRequest(store, FILES))).record_hash, first.record_hash)

  // An interrupted attempt was compared with nothing: it may add to the cache, not change it.
  const stop = new AbortController()
  await t.rejects(executeRun(toyRequest(store, FILES, { ...withJoin(altering('unproved')), useCache: false, signal: stop.signal, onEvent: event => event.type === 'step-ended' && event.step === 'join' && stop.abort(new Error('x')) })))
  t.same(store.actions, before)
})

t.test('the action key covers what may change the result, and nothing else', async t => {
  const ref = fc.record({ id: fc.constantFrom('a', 'b'), kind: fc.constantFrom('k', 'l'), schema: fc.constantFrom('s', 't'), hash: fc.constantFrom(H('1'), H('2')), bytes: fc.nat() })
  const inputs = fc.dictionary(fc.constantFrom('one', 'two'), fc.array(ref, { maxLength: 2 }), { noNullPrototype: true })
  const entropy = fc.constantFrom(['none'] as const, ['clock'] as const, ['random'] as const, ['clock', 'random'] as const)
  const question = fc.record({ version: fc.constantFrom('1.0.0', '1.0.1'), entropy, implementation: fc.constantFrom(H('a'), H('b')), config: fc.constantFrom(H('c'), H('d')), inputs, pins: fc.record({ as_of: fc.constantFrom(null, '2026-01-01T00:00:00Z'), seed: fc.constantFrom('', 'x') }) })
  const keyOf = (q: typeof question extends fc.Arbitrary<infer T> ? T : never): string => actionKey({ id: 'x', version: q.version, entropy: q.entropy }, q.implementation, q.config, q.inputs, q.pins)
  const meaning = (q: typeof question extends fc.Arbitrary<infer T> ? T : never): string => JSON.stringify([
    q.version, q.implementation, q.config, Object.entries(q.inputs).sort(([a], [b]) => (a < b ? -1 : 1)).map(([slot, refs]) => [slot, refs.map(({ id, kind, schema, hash }) => [id, kind, schema, hash])]),
    (q.entropy as readonly string[]).includes('clock') ? q.pins.as_of : null, (q.entropy as readonly string[]).includes('random') ? q.pins.seed : ''
  ])
  fc.assert(fc.property(question, question, (a, b) => (keyOf(a) === keyOf(b)) === (meaning(a) === meaning(b))), { ...SEED, numRuns: 1000 })
  fc.assert(fc.property(question, q => keyOf(q) === keyOf({ ...q, inputs: Object.fromEntries(Object.entries(q.inputs).reverse()) })), SEED)
  const numbers = Array.from({ length: 1000 }, createRandom('seed'))
  t.ok(numbers.every(number => number >= 0 && number < 1))
  t.ok(Math.abs(numbers.reduce((sum, number) => sum + number, 0) / 1000 - 0.5) < 0.05)
  t.same(Array.from({ length: 5 }, createRandom('seed')), numbers.slice(0, 5))
  t.not(createRandom('other')(), numbers[0])
  t.equal(toy.id, 'toy')
})
