import t from 'tap'
import { filesCodec, NO_STAMP } from '../artifact/files.ts'
import { columnFrom } from '../artifact/builder.ts'
import { frameCodec } from '../artifact/frame.ts'
import type { Frame } from '../artifact/table.ts'
import type { Codec, Json, Operator } from '../types.ts'
import { differences, tellPlace } from './differ.ts'
import { executeRun } from './execute.ts'
import { INLINE_LANES } from './inline.ts'
import { replayRun } from './replay.ts'
import { memoryStore, sourceOf, TOY, TOY_CODECS, toy, toyHost, toyRequest, type MemoryStore } from './toy.case.ts'
import type { ReplayRequest } from './types.ts'

const FILES = { 'b.txt': 'pear \nfig', 'a.txt': 'apple\n\nquince' }
const replayRequest = (store: MemoryStore, runId: string, more: Partial<ReplayRequest> = {}): ReplayRequest => ({
  store, runId, pipelines: new Map([[toy.id, toy]]), lanes: INLINE_LANES, host: toyHost(), operators: sourceOf(Object.values(TOY)), codecs: TOY_CODECS, ...more
})
const withOperator = (changed: Operator): ReplayRequest['operators'] => sourceOf([...Object.values(TOY).filter(({ id }) => id !== changed.id), changed])

t.test('identical, with the store closed for results', async t => {
  const store = memoryStore()
  const run = await executeRun(toyRequest(store, FILES))
  const outputs = run.steps.flatMap(step => step.identity.output_refs.map(ref => ref.hash))
  for (const hash of outputs) store.objects.delete(hash)
  store.actions.clear()
  const before = store.objects.size
  const told: string[] = []
  for (const workers of [1, 4]) {
    const replay = await replayRun(replayRequest(store, run.run_id, { workers, onEvent: event => told.push(event.type) }))
    t.match(replay, { verdict: 'identical', exitCode: 0, operator_calls: 5, steps_compared: 5, differences: [], published: [], notes: [] })
  }
  t.equal(store.objects.size, before, 'replay writes nothing')
  t.equal(store.actions.size, 0)
  t.ok(told.includes('step-ended'))
  const renewed = await replayRun(replayRequest(store, run.run_id, { host: toyHost({ join: 'new code', count: 'new code' }) }))
  t.match(renewed, { verdict: 'identical', exitCode: 0, notes: [/count@1\.0\.0, join@1\.0\.0: the code is not the one that ran, and gave the same bytes/] })

  const altered = { host: toyHost({ join: 'altered' }, { join: ['operators/join.js'] }) }
  t.match(await replayRun(replayRequest(store, run.run_id, altered)), { verdict: 'identical', exitCode: 0, notes: [/gave the same bytes/, /not as built: operators\/join\.js/] }, 'only bytes are promised')
  const modified = await executeRun(toyRequest(store, { 'z.txt': 'pear' }, altered))
  t.match(await replayRun(replayRequest(store, modified.run_id)), { verdict: 'identical', differences: [] })

  const failed = await executeRun(toyRequest(store, { 'a.txt': 'broken', 'b.txt': 'x' }))
  t.match(await replayRun(replayRequest(store, failed.run_id)), { verdict: 'identical', steps_compared: 2, notes: [/the recorded run failed/] })
  const lax = await executeRun(toyRequest(store, { 'a.txt': '\n\n\n' }, { mode: 'best-effort' }))
  t.match(await replayRun(replayRequest(store, lax.run_id)), { verdict: 'identical' })
})

t.test('a difference names operator and cell', async t => {
  const store = memoryStore()
  const run = await executeRun(toyRequest(store, FILES))
  const tampered: Operator = { ...TOY.join, run(inputs, config, context) {
    const { all } = TOY.join.run(inputs, config, context) as { all: { tables: { columns: { values: string[] }[] }[] } }
    all.tables[0]!.columns[0]!.values[1] = 'APPLE'
    return { all }
  } }
  const replay = await replayRun(replayRequest(store, run.run_id, { operators: withOperator(tampered) }))
  t.match(replay, { verdict: 'differs', exitCode: 4, published: [{ suffix: '.txt' }] })
  t.same(replay.differences.map(({ step, operator_id, parts }) => ({ step, operator_id, parts })), [
    { step: 'join', operator_id: 'join@1.0.0', parts: ['output_refs'] },
    { step: 'count', operator_id: 'count@1.0.0', parts: ['input_refs'] },
    { step: 'report', operator_id: 'report@1.0.0', parts: ['input_refs', 'output_refs'] }
  ])
  t.same(replay.differences[0]!.artifacts[0]!.cells, [{ where: 'cell', table: 'lines', row: 1, column: 'text', before: 'apple', after: 'APPLE' }])
  t.match(replay.differences[2]!.artifacts[0]!.cells[0], { where: 'file', path: '.txt' })

  const chatty: Operator = { ...TOY.count, run(inputs, config, context) {
    context.diagnose({ code: 'SAID_MORE', severity: 'info', message: '', details: {} })
    return TOY.count.run(inputs, config, context)
  } }
  t.match(await replayRun(replayRequest(store, run.run_id, { operators: withOperator(chatty) })), { verdict: 'differs', differences: [{ step: 'count', parts: ['notices'], artifacts: [] }] })
  const breaking: Operator = { ...TOY.count, run() { throw new TypeError('x') } }
  t.match(await replayRun(replayRequest(store, run.run_id, { operators: withOperator(breaking) })), { verdict: 'differs', differences: [{ step: 'count' }, { step: 'report', parts: ['record'] }] })
  // The first run hands values on in memory, replay decodes them: a step that changes its input in place is found.
  const mutating: Operator = { ...TOY.count, run(inputs, config, context) {
    const found = TOY.count.run(inputs, config, context)
    inputs['all']![0]!.value.tables[0].columns[0].values[1] = 'changed behind the back'
    return found
  } }
  const sly = memoryStore()
  const slyRun = await executeRun(toyRequest(sly, FILES, { operators: withOperator(mutating) }))
  t.match(await replayRun(replayRequest(sly, slyRun.run_id, { operators: withOperator(mutating) })), { verdict: 'differs', differences: [{ step: 'report' }] })
})

t.test('what is missing, damaged or no longer here is told apart', async t => {
  const fresh = async (): Promise<{ store: MemoryStore; runId: string; input: string; config: string }> => {
    const store = memoryStore()
    const run = await executeRun(toyRequest(store, FILES))
    return { store, runId: run.run_id, input: run.record.identity.input_refs[1]!.hash, config: run.record.identity.config_hash }
  }
  const missing = await fresh()
  missing.store.objects.delete(missing.input)
  t.match(await replayRun(replayRequest(missing.store, missing.runId)), { verdict: 'input-missing', exitCode: 4, operator_calls: 0, notes: [/^b\.txt \(object [0-9a-f]{64}\) is missing/] })
  const damaged = await fresh()
  damaged.store.objects.get(damaged.config)![3]! ^= 4
  t.match(await replayRun(replayRequest(damaged.store, damaged.runId)), { verdict: 'input-damaged', exitCode: 4, notes: [/^the config/] })
  const { store, runId } = await fresh()
  t.match(await replayRun(replayRequest(store, runId, { operators: withOperator({ ...TOY.count, version: '1.1.0' }) })), { verdict: 'operator-unavailable', exitCode: 4, notes: [/count@1\.0\.0 \(here: count@1\.1\.0\)/] })
  t.match(await replayRun(replayRequest(store, runId, { operators: sourceOf([TOY.read]) })), { verdict: 'operator-unavailable' })
  t.match(await replayRun(replayRequest(store, runId, { pipelines: new Map() })), { verdict: 'operator-unavailable', notes: [/no pipeline toy/] })
  t.match(await replayRun(replayRequest(store, runId, { pipelines: new Map([['toy', { ...toy, version: '2.0.0' }]]) })), { verdict: 'operator-unavailable', notes: [/toy@1\.0\.0; here it is 2\.0\.0/] })
  const records = structuredClone(store.records(runId, 1)) as { name: string; record: { identity: { outcome: string } } }[]
  records[1]!.record.identity.outcome = 'breached'
  store.kept.set(`${runId}/1`, records as never)
  t.match(await replayRun(replayRequest(store, runId)), { verdict: 'record-damaged', exitCode: 4, notes: [/does not have the hash/] })
  store.kept.set(`${runId}/1`, records.slice(2) as never)
  t.match(await replayRun(replayRequest(store, runId)), { verdict: 'record-damaged' })
  await t.rejects(replayRun(replayRequest(store, 'run-x')), { code: 'E_UNKNOWN_NAME' })
  await t.rejects(replayRun(replayRequest(store, runId, { attempt: 9 })), { code: 'E_UNKNOWN_NAME' })
})

t.test('differences of artifacts are found in reading order', async t => {
  const codec = frameCodec('x', 'urn:x:1') as Codec
  const frame = (a: (string | null)[], b: (string | null)[], meta: Json = { n: [1, { k: 'v' }] }, data = a.map((_, row) => row)): Frame => ({ meta, tables: [{ name: 't', rows: a.length, columns: [columnFrom('a', a), columnFrom('b', b)], integers: [{ name: 'row', data: Uint32Array.from(data) }] }] })
  const compare = (x: Frame, y: Frame, limit?: number) => differences(codec, codec.encode(x), codec.encode(y), limit)
  const base = frame(['p', 'q', null], ['r', 's', 't'])
  t.same(compare(base, base), [])
  t.same(compare(base, frame(['p', 'Q', 'z'], ['R', 's', 'T'])).map(({ row, column, before, after }) => [row, column, before, after]), [[0, 'b', 'r', 'R'], [1, 'a', 'q', 'Q'], [2, 'a', null, 'z'], [2, 'b', 't', 'T']])
  t.equal(compare(base, frame(['P', 'Q', 'z'], ['R', 'S', 'T']), 2).length, 2)
  t.match(compare(base, frame(['p', 'q'], ['r', 's'])), [{ where: 'rows', before: 3, after: 2 }])
  t.match(compare(base, frame(['p', 'q', null], ['r', 's', 't'], { n: [1, { k: 'w' }] })), [{ where: 'meta', path: '/n/1/k', before: 'v', after: 'w' }])
  t.match(compare(base, frame(['p', 'q', null], ['r', 's', 't'], { n: [1, { k: 'v' }] }, [0, 1, 7])), [{ where: 'integer', column: 'row', row: 2, before: 2, after: 7 }])
  t.match(compare(base, { meta: base.meta, tables: [] }), [{ where: 'tables' }])
  t.match(compare(base, { meta: base.meta, tables: [{ ...base.tables[0]!, columns: [base.tables[0]!.columns[0]!] }] }), [{ where: 'columns' }])
  const bytes = (...list: number[]): Uint8Array => Uint8Array.from(list)
  t.same(differences(undefined, bytes(1, 2), bytes(1, 3)), [{ where: 'bytes', offset: 1, before: 2, after: 3 }])
  t.same(differences(codec, bytes(1, 2), bytes(1)), [{ where: 'bytes', offset: 1, before: 2, after: null }], 'what cannot be decoded')
  const file = (suffix: string, ...list: number[]) => ({ suffix, media_type: 'x/y', bytes: bytes(...list), stamp: NO_STAMP })
  t.match(differences(filesCodec as Codec, filesCodec.encode([file('.a', 1), file('.b', 1, 2)]), filesCodec.encode([file('.a', 1), file('.b', 1, 3)])), [{ where: 'file', path: '.b', offset: 1 }])
  t.match(differences(filesCodec as Codec, filesCodec.encode([file('.a', 1)]), filesCodec.encode([file('.c', 1)])), [{ where: 'file', before: ['.a'], after: ['.c'] }])
  const json = TOY_CODECS.get('count')!
  t.match(differences(json, json.encode({ a: [1], 'b/c': 1 }), json.encode({ a: [1], 'b/c': 2 })), [{ where: 'json', path: '/b~1c', before: 1, after: 2 }])
  for (const difference of [...compare(base, frame(['p', 'q'], ['r', 's'])), ...compare(base, frame(['X', 'q', null], ['r', 's', 't'])), ...compare(base, { meta: 1, tables: [] })]) t.notMatch(tellPlace(difference), /undefined|X/)
})
