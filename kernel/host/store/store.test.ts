/** The store on the real file system: what the port promises, what the folder refuses, many processes at once. */
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, readdirSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import t, { type Test } from 'tap'
import { digestBytes } from '../../hash.ts'
import type { Store } from '../../store.ts'
import { checkStore } from './check.ts'
import { createMemoryStore } from './memory.ts'
import { recordFile } from './layout.ts'
import { withLock } from './lock.ts'
import { nodeDisk, type Disk } from './disk.ts'
import { createMemoryDisk } from './memory-disk.ts'
import { rootedDisk } from './fault.ts'
import { thisProcess } from './owner.ts'
import { runIdOf, sampleRun } from './sample.case.ts'
import { openStore } from './store.ts'

/** How a process of its own runs a module beside this one, from source and built alike. */
const MODULE = extname(import.meta.filename)
const NODE = MODULE === '.ts' ? ['--import=tsx'] : []
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const ZEROS = '0'.repeat(64)

/** What every implementation of the port does. */
async function keepsThePort(t: Test, store: Store): Promise<void> {
  t.same([store.attempts(), store.head()], [[], ZEROS])
  const hash = store.put(bytes('one'))
  t.equal(hash, digestBytes('one'))
  t.same([store.has(hash), store.get(hash)], [true, bytes('one')], 'readable before it is durable')
  await store.flush()
  t.equal(store.put(bytes('one')), hash)
  t.same(Buffer.from(store.get(hash)).toString(), 'one')
  const missing = digestBytes('two')
  t.equal(store.has(missing), false)
  t.throws(() => store.get(missing), { code: 'E_STORE_MISSING' })
  t.throws(() => store.get('../../etc/passwd'), { code: 'E_STORE_MISSING' })
  t.equal(store.has('../../etc/passwd'), false)

  const key = digestBytes('key')
  const entry = { key, outputs: { out: { kind: 'bytes', schema: 's', hash, bytes: 3 } }, diagnostics: [] }
  t.equal(store.findAction(key), undefined)
  store.putAction(entry)
  t.same(store.findAction(key), entry)
  store.putAction({ ...entry, outputs: { out: { ...entry.outputs.out, hash: missing } } })
  t.equal(store.findAction(key), undefined, 'an action whose object is gone')
  store.putAction(entry)

  const first = await sampleRun(store, 'x')
  const second = await sampleRun(store, 'x')
  const other = await sampleRun(store, 'y')
  t.match([first, second, other], [{ sequence: 1, run_id: runIdOf('x'), attempt: 1, outcome: 'succeeded' }, { sequence: 2, run_id: runIdOf('x'), attempt: 2 }, { sequence: 3, run_id: runIdOf('y'), attempt: 1 }])
  t.same(store.attempts(), [first, second, other])
  t.not(store.head(), ZEROS)
  t.same(store.records(runIdOf('x'), 2).map(record => record.name), ['run', 'read:x.xlsx'])
  t.match(store.records(runIdOf('x'), 2)[0], { record: { record_hash: second.record_hash } })
  t.throws(() => store.records(runIdOf('x'), 3), { code: 'E_STORE_MISSING' })
  t.throws(() => store.records('../x', 1), { code: 'E_STORE_MISSING' })
  await t.rejects(store.acknowledge('../x', ZEROS, 'succeeded', []), { code: 'E_INTERNAL' })
}

t.test('a large file is read before it is written, and one that cannot be written is told at the next', async t => {
  const disk = createMemoryDisk()
  disk.makeFolder('/place')
  let write: ((error?: Error) => void) | undefined
  const slow: Disk = { ...disk, writeBehind: (fd, content) => new Promise((resolve, reject) => { write = error => (error === undefined ? resolve(disk.writeBehind(fd, content)) : reject(error)) }) }
  const store = openStore('/place/.hotpass', { disk: slow, large: 4 })
  const hash = store.put(bytes('large'))
  t.same([store.has(hash), Buffer.from(store.get(hash)).toString()], [true, 'large'])
  store.get(hash).fill(0)
  t.equal(store.put(bytes('large')), hash)
  write!()
  await store.flush()
  t.equal(Buffer.from(store.get(hash)).toString(), 'large', 'the bytes that were handed out were a copy')
  store.put(bytes('too large'))
  write!(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }))
  await new Promise(resolve => setImmediate(resolve))
  t.throws(() => store.put(bytes('one more')), { code: 'E_DISK_FULL' })
  await t.rejects(store.flush(), { code: 'E_DISK_FULL' })
})

t.test('the port, in memory', async t => {
  await keepsThePort(t, createMemoryStore())
})

t.test('the port, in a folder', async t => {
  const root = join(t.testdir(), 'deep', 'er', '.hotpass')
  const mask = process.umask(0)
  t.teardown(() => process.umask(mask))
  const store = openStore(root)
  await keepsThePort(t, store)
  store.close()
  const modes = new Set((readdirSync(root, { recursive: true }) as string[]).map(name => statSync(join(root, name))).map(stat => (stat.isFile() ? stat.mode & 0o777 : 0o600)))
  t.same([...modes], [0o600], 'nobody else may read it')
  t.same(readdirSync(join(root, 'runs', runIdOf('x'), 'attempt-0002')).sort(), ['001-read-x-xlsx.json', 'manifest.json', 'run.json'])
  t.same([readdirSync(join(root, 'tmp')), readdirSync(join(root, 'locks'))], [[], []])
  t.same(checkStore(root, { full: true, expectHead: store.head() }).map(({ code, severity }) => [code, severity]), [['STORE_OBJECT_UNUSED', 'info']], 'an object that no run names')
  t.same(openStore(root, { readOnly: true }).head(), store.head())
  t.throws(() => openStore(root, { readOnly: true }).put(bytes('z')), { code: 'E_OUTPUT_UNWRITABLE' })
})

t.test('records without their objects', async t => {
  const store = createMemoryStore()
  const identity = { input_refs: [{ hash: digestBytes('nowhere') }] }
  const record = { identity, record_hash: ZEROS }
  await t.rejects(store.acknowledge('run-1', ZEROS, 'succeeded', [{ name: 'run', record }]), { code: 'E_STORE_MISSING', message: new RegExp(digestBytes('nowhere')) })
  t.equal((await store.acknowledge('run-1', ZEROS, 'failed', [{ name: 'run', record }])).sequence, 1, 'a failed run may name what it never got')
  await t.rejects(store.acknowledge('run-1', ZEROS, 'failed', [{ name: 'a', record }, { name: 'a', record }]), { code: 'E_INTERNAL' })
})

t.test('names of record files', t => {
  t.equal(recordFile('run', 0), 'run.json')
  t.equal(recordFile('read:../../a b.xlsx', 7), '007-read-a-b-xlsx.json')
  t.match(recordFile('数据', 12), /^012-[0-9a-f]{8}\.json$/)
  t.ok(recordFile('x'.repeat(500), 1).length < 80)
  t.end()
})

t.test('what is refused', async t => {
  const dir = t.testdir({ secret: {}, file: 'x', bare: {}, empty: {} })
  symlinkSync('secret', join(dir, 'link'))
  t.throws(() => openStore(join(dir, 'link')), { code: 'E_PATH_ESCAPE' })
  t.same(readdirSync(join(dir, 'secret')), [], 'nothing is written through a link')
  t.match(checkStore(join(dir, 'link')), [{ code: 'STORE_LINK', severity: 'error' }])
  t.throws(() => openStore(join(dir, 'file')), { code: 'E_STORE_FORMAT', message: /is a file, not a folder of the store/ })
  t.throws(() => openStore(dir), { code: 'E_STORE_FORMAT', message: /is no store: it holds bare$/ })
  t.match(checkStore(dir), [{ code: 'STORE_MISSING', severity: 'error' }])
  t.same(readdirSync(dir), ['bare', 'empty', 'file', 'link', 'secret'], 'and nothing is put there')
  t.throws(() => openStore(join(dir, 'none'), { readOnly: true }), { code: 'E_STORE_MISSING' })
  t.throws(() => openStore(join(dir, 'file', 'below')), { code: 'E_IO' })

  const root = join(dir, 'store')
  const store = openStore(root)
  await sampleRun(store, 'x')
  const objects = join(root, 'objects')
  renameSync(objects, join(dir, 'moved'))
  symlinkSync(join(dir, 'moved'), objects)
  t.throws(() => openStore(root), { code: 'E_PATH_ESCAPE' }, 'a link inside the store')
  t.match(checkStore(root)[0], { code: 'STORE_LINK', path: 'objects' })
  const format = join(root, 'format')
  renameSync(format, join(dir, 'format'))
  t.throws(() => openStore(root), { code: 'E_PATH_ESCAPE' })
  renameSync(objects, join(dir, 'gone'))
  t.throws(() => openStore(root), { code: 'E_STORE_DAMAGED', message: /format file is missing/ })
  writeFileSync(format, 'x')
  t.throws(() => openStore(root), { code: 'E_STORE_FORMAT' })

  const cut = join(dir, 'cut')
  const second = openStore(cut)
  await sampleRun(second, 'x')
  writeFileSync(join(cut, 'ledger'), '')
  t.throws(() => second.attempts(), { code: 'E_STORE_DAMAGED', message: /ends after line 0, its head is line 1/ })
  await t.rejects(sampleRun(second, 'x'), { code: 'E_STORE_DAMAGED' })
  t.equal(readFileSync(join(cut, 'ledger'), 'utf8'), '', 'a damaged ledger is left as it is')
})

t.test('a folder that may not be written', { skip: process.platform === 'win32' }, t => {
  const dir = t.testdir({ shut: {} })
  chmodSync(dir, 0o755)
  chmodSync(join(dir, 'shut'), 0o555)
  const script = `import { openStore } from ${JSON.stringify(join(import.meta.dirname, `store${MODULE}`))}
    if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534) }
    try { openStore(${JSON.stringify(join(dir, 'shut', '.hotpass'))}); console.log('opened') } catch (error) { console.log(error.code, error.message, error.hint) }`
  const { stdout } = spawnSync(process.execPath, [...NODE, '--input-type=module', '-e', script], { encoding: 'utf8' })
  t.match(stdout, /^E_OUTPUT_UNWRITABLE .*shut.* \(EACCES\) .*right to this folder/)
  t.end()
})

t.test('a lock', async t => {
  const root = join(t.testdir(), '.hotpass')
  openStore(root).close()
  const disk = rootedDisk(nodeDisk, root)
  const owner = thisProcess()
  let name = 0
  const take = (text: string, work = async (): Promise<string> => 'done', patience = 300): Promise<string> => {
    if (text !== '-') writeFileSync(join(root, 'locks', 'ledger'), text)
    return withLock(disk, owner, 'ledger', `tmp/${++name}`, work, { patience, grace: 100 })
  }
  const [pid, start, boot, space, machine] = owner.name.split('.') as [string, string, string, string, string]
  const dead = spawnSync(process.execPath, ['-e', 'console.log(process.pid)'], { encoding: 'utf8' }).stdout.trim()
  const before = performance.now()
  for (const [why, text] of [['a process that is gone', `${dead}.${start}.${boot}.${space}.${machine}.aa`], ['another with its number', `${pid}.1${start}.${boot}.${space}.${machine}.aa`], ['before the last start of the machine', `${pid}.${start}.abc.${space}.${machine}.aa`], ['torn by a power cut', '']] as const) {
    t.equal(await take(text), 'done', why)
  }
  t.ok(performance.now() - before < 1000, 'taken over in less than a second')
  t.same(readdirSync(join(root, 'locks')), [])
  writeFileSync(join(root, 'locks', `ledger.0.${digestBytes('').slice(0, 24)}`), `${dead}.${start}.${boot}.${space}.${machine}.bb`)
  t.equal(await take(''), 'done', 'one whose breaker is dead too')
  t.same(readdirSync(join(root, 'locks')), [])
  t.equal(await take(`1.2.abc.3.def.aa`), 'done', 'of a machine that cannot be seen: after the grace')
  await t.rejects(take(`${owner.name}.aa`), { code: 'E_IO', message: new RegExp(pid) }, 'of a process that lives')
  await t.rejects(take('-', undefined, 50), { code: 'E_IO' })
  let inside = 0
  renameSync(join(root, 'locks', 'ledger'), join(root, 'old'))
  await Promise.all(Array.from({ length: 20 }, () => take('-', async () => {
    t.equal(++inside, 1, 'one at a time')
    await new Promise(resolve => setTimeout(resolve, 2))
    inside--
    return ''
  }, 5000)))
})

t.test('eight processes, two of them killed', async t => {
  const root = join(t.testdir(), '.hotpass')
  const acknowledged: string[] = []
  const failures: string[] = []
  let alarms = 0
  const running = Array.from({ length: 8 }, (_, index) => {
    const child = spawn(process.execPath, [...NODE, join(import.meta.dirname, `worker.case${MODULE}`), root, `p${index}`, '8'])
    let out = ''
    let err = ''
    child.stdout.on('data', data => {
      out += String(data)
      if (index < 2 && out.split('\n').length > 2 + index) child.kill('SIGKILL')
      const state = checkStore(root, { full: true }).filter(finding => finding.severity !== 'info')
      alarms += state.length
    })
    child.stderr.on('data', data => (err += String(data)))
    return new Promise<void>(resolve => child.on('close', code => {
      acknowledged.push(...out.split('\n').slice(0, -1))
      if (code !== 0 && index >= 2) failures.push(err)
      resolve()
    }))
  })
  await Promise.all(running)
  t.same(failures, [], 'no process fails')
  t.equal(alarms, 0, 'no false alarm while they write')
  const listed = new Set(openStore(root).attempts().map(entry => `${entry.run_id} ${entry.attempt} ${entry.sequence}`))
  t.same(acknowledged.filter(line => !listed.has(line)), [], 'nothing that was acknowledged is lost')
  t.ok(acknowledged.length >= 6 * 8 + 2, `${acknowledged.length} acknowledged`)
  const store = openStore(root)
  t.equal((await sampleRun(store, 'shared')).sequence, listed.size + 1)
  t.same(checkStore(root, { full: true }).filter(finding => finding.severity !== 'info'), [])
})

t.test('many objects at once', async t => {
  const store = openStore(join(t.testdir(), '.hotpass'))
  const parts = Array.from({ length: 40 }, (_, index) => bytes(`${index}`.repeat(40_000)))
  const before = performance.now()
  for (const part of parts) store.put(part)
  await store.flush()
  await sampleRun(store, 'x')
  const took = performance.now() - before
  t.ok(took < 30_000, `40 objects in ${Math.round(took)} ms`)
})
