import { setTimeout } from 'node:timers/promises'
import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import t from 'tap'
import { HotpassError } from '../error.ts'
import { digestBytes } from '../hash.ts'
import type { Job, JobResult, Lanes } from '../run/types.ts'
import { createLanes } from './lanes.ts'
import { isAnswer } from './message.ts'
import { abortOnSignals, Interrupted } from './signals.ts'
import { CODECS, OPERATORS } from './toy.case.ts'

const TOY = new URL(`./toy.case${extname(import.meta.url)}`, import.meta.url).href
const MODULES = { operators: TOY, codecs: TOY }
const told: number[] = []

async function jobOf(operator: string, limits = { seconds: 20, memory_mb: 512 }, bytes = Buffer.from('12345')): Promise<Job> {
  const input = { id: 'old/book.xls', kind: 'bytes', hash: digestBytes(bytes), bytes_length: bytes.length, bytes: () => bytes, value: () => bytes }
  return { step: 'read:old/book.xls', operator: (await OPERATORS.get(operator)!()).operator, inputs: { file: [input] }, config: {}, pins: { as_of: null, seed: '' }, action: '0'.repeat(64), limits, progress: share => told.push(share) }
}
const valueOf = (result: JobResult): unknown => JSON.parse(new TextDecoder().decode(result.outputs['count']!.bytes))
/** Children of this process that are still there. */
function children(): number {
  return readdirSync('/proc').filter(name => /^[0-9]+$/.test(name)).filter(pid => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return parent === String(process.pid) && state !== 'Z' && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('host/child')
    } catch {
      return false
    }
  }).length
}

t.test('the lane makes no difference to the result', async t => {
  const lanes = createLanes({ workers: 3, modules: MODULES, threadBytes: 0 })
  t.teardown(() => lanes.close())
  const results = await Promise.all(['process.count', 'inline.count', 'inline.count', 'inline.count'].map(async name => lanes.execute(await jobOf(name), CODECS, undefined)))
  for (const result of results) {
    t.equal(valueOf(result), 5)
    t.same(result.diagnostics, [{ code: 'COUNTED', severity: 'info', message: 'counted', details: { bytes: 5 } }])
  }
  t.same(results.map(result => result.cost !== undefined), [true, true, true, false], 'a process, two threads, and here')
  t.ok((results[0]!.cost?.memory_bytes ?? 0) > 10_000_000)
  t.equal(told.filter(share => share === 0.5).length, 4)
  for (const name of ['process.refuse', 'inline.refuse', 'inline.refuse']) {
    const outcome = await Promise.allSettled([lanes.execute(await jobOf(name), CODECS, undefined), lanes.execute(await jobOf('inline.count'), CODECS, undefined)])
    t.match(outcome[0], { status: 'rejected', reason: { code: 'E_INPUT_ENCRYPTED', message: 'old/book.xls is protected by a password', place: { file: 'old/book.xls', sheet: 'S' }, hint: 'save it without' } }, name)
    t.equal(outcome[1]!.status, 'fulfilled')
  }
  for (const name of ['process.bug', 'inline.bug']) {
    const [outcome] = await Promise.allSettled([lanes.execute(await jobOf(name), CODECS, undefined), lanes.execute(await jobOf('inline.count'), CODECS, undefined)])
    t.equal(outcome.status, 'rejected')
    t.notOk((outcome as PromiseRejectedResult).reason instanceof HotpassError, 'a bug stays a bug')
    t.match((outcome as PromiseRejectedResult).reason.stack, /oops/)
  }
})

t.test('a process of its own', async t => {
  const lanes: Lanes = createLanes({ workers: 2, modules: MODULES })
  t.teardown(() => lanes.close())
  const run = async (name: string, limits?: Job['limits']): Promise<JobResult> => lanes.execute(await jobOf(`process.${name}`, limits), CODECS, undefined)
  process.env['HOTPASS_CAPTURE'] = 'i-capture-the-environment'
  const started = performance.now()
  const [environment, noisy, loop, hog, heap, crash, quit, nonsense] = await Promise.allSettled([
    run('environment'), run('noisy'), run('loop', { seconds: 3, memory_mb: 512 }), run('hog', { seconds: 20, memory_mb: 300 }), run('heap', { seconds: 20, memory_mb: 150 }), run('crash'), run('quit'), run('nonsense')
  ])
  t.ok(performance.now() - started < 20_000)
  t.equal(valueOf((environment as PromiseFulfilledResult<JobResult>).value), 0, 'no environment, and a folder of ours')
  t.equal(noisy.status, 'fulfilled')
  const rejected = (outcome: PromiseSettledResult<JobResult>, code: string, message: RegExp): void => {
    t.match(outcome, { status: 'rejected', reason: { code, message, place: { file: 'old/book.xls' } } }, `${code} ${message}`)
  }
  rejected(loop, 'E_INPUT_LIMIT', /took more than 3 seconds/)
  rejected(hog, 'E_INPUT_LIMIT', /took more than 300 MB/)
  rejected(heap, 'E_INPUT_LIMIT', /took more than 150 MB/)
  rejected(crash, 'E_INPUT_UNREADABLE', /made its reader stop/)
  rejected(quit, 'E_INPUT_UNREADABLE', /made its reader stop/)
  rejected(nonsense, 'E_INPUT_UNREADABLE', /answer nonsense/)
  const abort = new AbortController()
  const stopped = jobOf('process.loop').then(job => lanes.execute(job, CODECS, abort.signal))
  await setTimeout(100)
  abort.abort(new Interrupted('SIGINT'))
  await t.rejects(stopped, { name: 'Interrupted', message: 'stopped by SIGINT' })
  const early = AbortSignal.abort(new Interrupted('SIGTERM'))
  await t.rejects(lanes.execute(await jobOf('process.loop'), CODECS, early), { name: 'Interrupted', message: 'stopped by SIGTERM' })
  await t.rejects(lanes.execute(await jobOf('inline.loop'), CODECS, early), { name: 'Interrupted', message: 'stopped by SIGTERM' })
  await setTimeout(200)
  t.equal(children(), 0, 'no process is left behind')
  t.notOk(isAnswer(null) || isAnswer({ type: 'done', outputs: { a: new Uint8Array() }, diagnostics: [{ code: 1 }], cost: { cpu_ms: 1, memory_bytes: 1 } }) || isAnswer({ type: 'failed', code: 5 }) || isAnswer({ type: 'x' }))
})

t.test('signals become an abort, and the second one is for the system', async t => {
  const before = process.listenerCount('SIGTERM')
  const { signal, release } = abortOnSignals()
  t.equal(process.listenerCount('SIGTERM'), before + 1)
  process.emit('SIGTERM', 'SIGTERM')
  t.ok(signal.aborted)
  t.match(signal.reason, { exitCode: 143, message: 'stopped by SIGTERM' })
  t.equal(process.listenerCount('SIGTERM'), before)
  release()
  const other = abortOnSignals()
  other.release()
  t.notOk(other.signal.aborted)
})
