/** Every bit flipped, every file cut, removed, renamed or exchanged: the check must see it, and see nothing else. */
import t from 'tap'
import type { AttemptEntry } from '../../store.ts'
import { checkStore, type CheckOptions } from './check.ts'
import type { Disk } from './disk.ts'
import type { Finding } from './finding.ts'
import { judgeLedger, NO_LINE } from './ledger.ts'
import { removeLeftovers } from './leftovers.ts'
import { createMemoryDisk, type MemoryDisk } from './memory-disk.ts'
import { bytesOf, failingDisk, ROOT, runIdOf, sampleRun, seededNumbers, testOwner } from './sample.case.ts'
import { openStore } from './store.ts'
import { digestBytes } from '../../hash.ts'

const OWNER = testOwner('1.1.aa.1.aa')
const LATER = testOwner('2.2.aa.1.aa')

async function storeOf(names: readonly string[]): Promise<{ disk: MemoryDisk; entries: AttemptEntry[]; head: string }> {
  const disk = createMemoryDisk()
  disk.makeFolder('/place')
  const store = openStore(ROOT, { disk, owner: OWNER })
  const entries: AttemptEntry[] = []
  for (const name of names) entries.push(await sampleRun(store, name))
  store.close()
  return { disk, entries, head: store.head() }
}

/** Files of the store, with the folder they are in, without what is only there for a moment. */
function filesOf(disk: Disk, folder = ROOT): string[] {
  return disk.list(folder).flatMap(({ name, type }) => (type === 'folder' ? filesOf(disk, `${folder}/${name}`) : [`${folder}/${name}`]))
}

const errorsOf = (disk: Disk, options: CheckOptions = {}): readonly Finding[] => checkStore(ROOT, { full: true, owner: LATER, ...options, disk }).filter(finding => finding.severity === 'error')

/** The disk with other bytes in some files; undefined: the file is gone. */
function changed(disk: Disk, files: ReadonlyMap<string, Uint8Array | undefined>): Disk {
  return {
    ...disk,
    read: path => (files.has(path) ? files.get(path) : disk.read(path)),
    stat(path) {
      if (!files.has(path)) return disk.stat(path)
      const bytes = files.get(path)
      return bytes === undefined ? undefined : { type: 'file', size: bytes.length }
    },
    list: path => disk.list(path).filter(({ name }) => !(files.has(`${path}/${name}`) && files.get(`${path}/${name}`) === undefined))
  }
}

t.test('every bit of a store', async t => {
  const { disk } = await storeOf(['a'])
  let flips = 0
  const missed: string[] = []
  for (const path of filesOf(disk)) {
    const bytes = disk.read(path)!
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = bytes.slice()
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      flips++
      if (errorsOf(changed(disk, new Map([[path, flipped]]))).length === 0) missed.push(`${path} bit ${bit}`)
    }
  }
  t.same(missed, [], 'none is missed')
  t.ok(flips > 15_000, `${flips} flips`)
})

t.test('cut, removed, exchanged', async t => {
  const { disk, entries } = await storeOf(['a', 'b', 'a'])
  t.same(checkStore(ROOT, { full: true, disk, owner: LATER }), [], 'a healthy store has no finding at all')
  const files = filesOf(disk)
  t.equal(entries[2]!.attempt, 2)
  const missed: string[] = []
  for (const path of files) {
    const bytes = disk.read(path)!
    const lengths = bytes.length > 400 ? Array.from({ length: 200 }, (_, index) => Math.floor((index * bytes.length) / 200)) : bytes.keys()
    for (const length of lengths) if (errorsOf(changed(disk, new Map([[path, bytes.slice(0, length)]]))).length === 0) missed.push(`${path} cut to ${length}`)
    if (errorsOf(changed(disk, new Map([[path, undefined]]))).length === 0) missed.push(`${path} removed`)
    if (errorsOf(changed(disk, new Map([[path, new Uint8Array([...bytes, 10])]]))).length === 0 && path !== `${ROOT}/ledger`) missed.push(`${path} made longer`)
    for (const other of files) {
      const its = disk.read(other)!
      if (Buffer.compare(bytes, its) === 0) continue
      if (errorsOf(changed(disk, new Map([[path, its], [other, bytes]]))).length === 0) missed.push(`${path} exchanged with ${other}`)
      if (errorsOf(changed(disk, new Map([[path, its]]))).length === 0) missed.push(`${path} overwritten by ${other}`)
    }
  }
  t.same(missed, [], 'none is missed')
})

t.test('what a finding says', async t => {
  const { disk, head } = await storeOf(['a', 'b'])
  const input = digestBytes(`input of a`)
  const path = `objects/${input.slice(0, 2)}/${input.slice(2)}`
  const damaged = changed(disk, new Map([[`${ROOT}/${path}`, bytesOf('a', 'inpux')]]))
  t.match(errorsOf(damaged), [{ code: 'STORE_OBJECT_DAMAGED', path, runs: [runIdOf('a')] }], 'the object and the runs that it touches')
  t.same(errorsOf(damaged, { full: false }), [], 'unnoticed when only sizes are compared')
  t.match(errorsOf(changed(disk, new Map([[`${ROOT}/${path}`, undefined]])), { full: false }), [{ code: 'STORE_OBJECT_MISSING', runs: [runIdOf('a')] }])
  const renamed = disk.copy()
  renamed.rename(`${ROOT}/${path}`, `${ROOT}/objects/zz`)
  t.match(checkStore(ROOT, { full: true, disk: renamed, owner: LATER }).map(({ code, severity }) => [code, severity]), [['STORE_FOREIGN_FILE', 'info'], ['STORE_OBJECT_MISSING', 'error']])
  const swapped = disk.copy()
  const [one, two] = [`${ROOT}/runs/${runIdOf('a')}/attempt-0001`, `${ROOT}/runs/${runIdOf('b')}/attempt-0001`]
  swapped.rename(one, '/place/x')
  swapped.rename(two, one)
  swapped.rename('/place/x', two)
  t.same(new Set(errorsOf(swapped).flatMap(({ runs }) => runs)), new Set([runIdOf('a'), runIdOf('b')]), 'attempts that were exchanged')
  const unreadable: Disk = { ...disk, read: asked => (asked === `${ROOT}/${path}` ? (() => { throw Object.assign(new Error('EIO'), { code: 'EIO' }) })() : disk.read(asked)) }
  t.match(errorsOf(unreadable), [{ code: 'STORE_UNREADABLE', runs: [runIdOf('a')] }], 'what cannot be read is not called damaged')
  const newer = changed(disk, new Map([[`${ROOT}/format`, new TextEncoder().encode('{"format":"urn:hotpass:store","version":2}\n')]]))
  t.match(errorsOf(newer), [{ code: 'STORE_FORMAT_NEWER' }])
  t.throws(() => openStore(ROOT, { disk: newer }), { code: 'E_STORE_FORMAT', hint: /newer/ })
  t.match(checkStore('/none', { disk }), [{ code: 'STORE_MISSING' }])

  t.same(errorsOf(disk, { expectHead: head }), [])
  t.same(errorsOf(disk, { expectHead: NO_LINE }), [])
  const longer = disk.copy()
  const store = openStore(ROOT, { disk: longer, owner: OWNER })
  await sampleRun(store, 'c')
  t.same(errorsOf(longer, { expectHead: head }), [], 'an old head is still a line of the ledger')
  t.match(errorsOf(disk, { expectHead: store.head() }), [{ code: 'STORE_HEAD_UNKNOWN' }], 'a ledger that was cut together with its head')
})

t.test('results are told from evidence', async t => {
  const { disk } = await storeOf(['a', 'b'])
  const run = (name: string): string => `${ROOT}/objects/${name.slice(0, 2)}/${name.slice(2)}`
  const flipped = (path: string): Disk => {
    const bytes = disk.read(path)!.slice()
    bytes[0]! ^= 1
    return changed(disk, new Map([[path, bytes]]))
  }
  const cases = [['an output', run(digestBytes(bytesOf('a', 'output'))), true], ['an input', run(digestBytes('input of a')), false], ['the configuration of both', run(digestBytes('{}')), false], ['a record', `${ROOT}/runs/${runIdOf('a')}/attempt-0001/run.json`, false], ['a cached action', `${ROOT}/actions/${digestBytes('action a').slice(0, 2)}/${digestBytes('action a')}.json`, true]] as const
  for (const [what, path, recomputable] of cases) {
    t.match(errorsOf(flipped(path)), [{ path: path.slice(ROOT.length + 1), recomputable }], what)
    t.match(errorsOf(changed(disk, new Map([[path, undefined]]))), [{ recomputable }], `${what}, missing`)
  }
  const copy = disk.copy()
  const store = openStore(ROOT, { disk: copy, owner: OWNER })
  await sampleRun(store, 'c', 0, bytesOf('a', 'output'))
  const path = run(digestBytes(bytesOf('a', 'output')))
  t.match(errorsOf(changed(copy, new Map([[path, undefined]]))), [{ recomputable: false, runs: [runIdOf('a'), runIdOf('c')].sort() }], 'an output that another run took as its input')
})

t.test('leftovers are not damage, and only they are removed', async t => {
  const { disk } = await storeOf(['a'])
  for (let at = 1; ; at += 3) {
    const copy = disk.copy()
    const failing = failingDisk(copy, { at, how: 'torn' })
    try {
      await sampleRun(openStore(ROOT, { disk: failing, owner: OWNER }), 'b')
    } catch {}
    if (failing.hit() === undefined) break
    t.same(errorsOf(copy), [])
    const before = checkStore(ROOT, { disk: copy, owner: LATER }).filter(({ code }) => code === 'STORE_TEMPORARY_LEFTOVER' || code === 'STORE_LOCK_STALE')
    const kept = filesOf(copy).filter(path => !/\/(tmp|locks)\//.test(path))
    copy.openNew(`${ROOT}/tmp/notes.txt`)
    const gone = await removeLeftovers(ROOT, { disk: copy, owner: LATER })
    t.same(gone, before.map(({ path }) => path))
    t.same(filesOf(copy).filter(path => !/\/(tmp|locks)\//.test(path)), kept)
    t.same([copy.list(`${ROOT}/tmp`).map(({ name }) => name), copy.list(`${ROOT}/locks`)], [['notes.txt'], []])
    t.same(checkStore(ROOT, { full: true, disk: copy, owner: LATER }).filter(({ code }) => !/UNUSED|LEFTOVER/.test(code)), [])
  }
  copyWithLiving(disk)
  function copyWithLiving(base: MemoryDisk): void {
    const copy = base.copy()
    copy.openNew(`${ROOT}/tmp/${LATER.name}.abc`)
    t.same(checkStore(ROOT, { disk: copy, owner: LATER }), [], 'a file of a living process is no leftover')
  }
})

t.test('damage stays in sight after a run has replaced it', async t => {
  const { disk } = await storeOf(['a'])
  const hash = digestBytes(bytesOf('a', 'output'))
  const action = digestBytes('action a')
  for (const path of [`objects/${hash.slice(0, 2)}/${hash.slice(2)}`, `actions/${action.slice(0, 2)}/${action}.json`]) {
    const copy = disk.copy()
    const bytes = copy.read(`${ROOT}/${path}`)!
    copy.unlink(`${ROOT}/${path}`)
    bytes[5]! ^= 4
    const fd = copy.openNew(`${ROOT}/${path}`)
    copy.write(fd, bytes)
    const store = openStore(ROOT, { disk: copy, owner: OWNER })
    if (path.startsWith('objects')) t.throws(() => store.get(hash), { code: 'E_STORE_DAMAGED', message: new RegExp(`${hash}.*${runIdOf('a')}`), details: { object: hash, runs: [runIdOf('a')] } })
    t.equal((await sampleRun(store, 'a')).attempt, 2, 'the next run makes it again')
    t.match(checkStore(ROOT, { full: true, disk: copy, owner: LATER }), [{ code: 'STORE_DAMAGE_REPLACED', severity: 'warning' }])
    t.same(copy.read(`${ROOT}/damaged/${copy.list(`${ROOT}/damaged`)[0]!.name}`), bytes, 'the damaged bytes are kept')
  }
})

t.test('a ledger that was tampered with', async t => {
  const { disk } = await storeOf(['a', 'b', 'c', 'd', 'e'])
  const [ledger, head] = [disk.read(`${ROOT}/ledger`)!, disk.read(`${ROOT}/head`)!]
  const lines = new TextDecoder().decode(ledger).split(/(?<=\n)/)
  const bytesFor = (list: readonly string[]): Uint8Array => new TextEncoder().encode(list.join(''))
  const random = seededNumbers(7)
  const pick = (count: number): number => Math.floor(random() * count)
  for (let round = 0; round < 500; round++) {
    const list = [...lines]
    const kind = pick(5)
    const at = pick(list.length)
    if (kind === 0) list.splice(at, 1)
    else if (kind === 1) list.splice(at, 0, list[pick(list.length)]!)
    else if (kind === 2) [list[at], list[(at + 1) % list.length]] = [list[(at + 1) % list.length]!, list[at]!]
    else if (kind === 3) list.splice(at)
    else list[at] = list[at]!.replace('succeeded', 'degraded')
    // Lines behind the one that the head names are a writer's unfinished business, and go.
    const state = judgeLedger(bytesFor(list), head)
    if (state.fault === undefined && state.head !== judgeLedger(ledger, head).head) t.fail(`kind ${kind} at ${at}`)
  }
  t.match(judgeLedger(bytesFor(lines.slice(0, 3)), head).fault, { file: 'ledger', what: /ends after line 3/ })
  t.match(judgeLedger(undefined, head).fault, { file: 'ledger' })
  t.match(judgeLedger(ledger, undefined).fault, { file: 'head' })
  const torn = judgeLedger(new Uint8Array([...ledger, ...ledger.subarray(0, 100)]), head)
  t.match([torn.fault, torn.leftover, torn.length], [undefined, 100, ledger.length], 'half a line is no line')
})
