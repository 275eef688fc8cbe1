/** Every file-system call of a run killed and failed in turn, and power cut at seeded moments. */
import t from 'tap'
import { HotpassError } from '../../error.ts'
import type { AttemptEntry } from '../../store.ts'
import type { Disk } from './disk.ts'
import { createMemoryDisk, type MemoryDisk } from './memory-disk.ts'
import { brokenPromises, failingDisk, Killed, ROOT, runIdOf, sampleRun, seededNumbers, testOwner } from './sample.case.ts'
import { openStore } from './store.ts'

const FIRST = testOwner('1.1.aa.1.aa')
const SECOND = testOwner('2.2.aa.1.aa')

/** Runs once and says what was acknowledged, or what was thrown. */
async function attempt(disk: Disk, owner = FIRST, name = 'sample', large?: number): Promise<{ entry?: AttemptEntry; error?: unknown }> {
  try {
    const store = openStore(ROOT, { disk, owner, ...(large === undefined ? {} : { large }) })
    try {
      return { entry: await sampleRun(store, name) }
    } finally {
      store.close()
    }
  } catch (error) {
    return { error }
  }
}

async function emptyDisk(): Promise<MemoryDisk> {
  const disk = createMemoryDisk()
  disk.makeFolder('/place')
  const fd = disk.openFolder('/')
  await disk.sync(fd)
  disk.close(fd)
  return disk
}

/** A disk with one acknowledged run of the same request on it, and one of another. */
async function usedDisk(): Promise<{ disk: MemoryDisk; entries: AttemptEntry[] }> {
  const disk = await emptyDisk()
  const entries = [(await attempt(disk, FIRST, 'earlier')).entry!, (await attempt(disk, FIRST, 'sample')).entry!]
  return { disk, entries }
}

/** The next run of the same command, without any repair, must go through and leave a store that is whole. */
async function goesOn(disk: Disk, before: readonly AttemptEntry[]): Promise<readonly string[]> {
  const { entry, error } = await attempt(disk, SECOND)
  if (entry === undefined) return [`the next run fails: ${String(error)}`]
  return brokenPromises(disk, [...before, entry])
}

for (const [how, large] of [['kill'], ['torn'], ['torn', 0]] as const) {
  t.test(`${how} before every call${large === undefined ? '' : ', all files written in the background'}`, async t => {
    const used = await usedDisk()
    for (const [base, entries] of [[await emptyDisk(), []], [used.disk, used.entries]] as const) {
      let points = 0
      for (let at = 1; ; at++) {
        const disk = base.copy()
        const failing = failingDisk(disk, { at, how })
        const { entry, error } = await attempt(failing, FIRST, 'sample', large)
        if (failing.hit() === undefined) {
          t.equal(error, undefined)
          break
        }
        points++
        const acknowledged = entry === undefined ? entries : [...entries, entry]
        const where = `${how} at ${at} (${failing.hit()}) over ${entries.length} runs`
        if (entry === undefined && !(error instanceof Killed)) t.fail(`${where}: ${String(error)}`)
        const wrong = [...brokenPromises(disk, acknowledged), ...(await goesOn(disk, acknowledged))]
        if (wrong.length > 0) t.fail(`${where}: ${wrong.join('; ')}`)
      }
      t.ok(points > 60, `${points} points`)
    }
  })
}

t.test('an error from every call', async t => {
  const codes: readonly (readonly [string, RegExp])[] = [['EIO', /^E_IO$/], ['ENOSPC', /^E_DISK_FULL$/], ['EDQUOT', /^E_DISK_FULL$/], ['EACCES', /^E_(OUTPUT_UNWRITABLE|INPUT_UNREADABLE)$/], ['EMFILE', /^E_IO$/], ['EROFS', /^E_(OUTPUT_UNWRITABLE|INPUT_UNREADABLE)$/]]
  const { disk: base, entries } = await usedDisk()
  let failed = 0
  for (const [code, expected, large] of [...codes, [...codes[1]!, 0]] as readonly (readonly [string, RegExp, number?])[]) {
    for (let at = 1; ; at++) {
      const disk = base.copy()
      const failing = failingDisk(disk, { at, how: code })
      const { entry, error } = await attempt(failing, FIRST, 'sample', large)
      if (failing.hit() === undefined) break
      const where = `${code} at ${at} (${failing.hit()})${large === undefined ? '' : ' in the background'}`
      if (entry === undefined) {
        failed++
        if (!(error instanceof HotpassError) || !expected.test(error.code) || error.hint === '') t.fail(`${where}: ${String((error as Error).stack)}`)
      }
      const acknowledged = entry === undefined ? entries : [...entries, entry]
      const wrong = [...brokenPromises(disk, acknowledged), ...(await goesOn(disk, acknowledged))]
      if (wrong.length > 0) t.fail(`${where}: ${wrong.join('; ')}`)
    }
  }
  t.ok(failed > 300, `${failed} failures`)
})

/** Runs on disks whose power is cut somewhere, sometimes after the end; gives the promises that did not hold. */
async function powerCuts(schedules: number, mutant: (disk: MemoryDisk) => MemoryDisk = disk => disk): Promise<{ wrong: string[]; acknowledged: number }> {
  const wrong: string[] = []
  let acknowledged = 0
  for (let seed = 1; seed <= schedules; seed++) {
    const random = seededNumbers(seed)
    let disk = mutant(await emptyDisk())
    const entries: AttemptEntry[] = []
    for (let cut = 0; cut < 3; cut++) {
      const failing = failingDisk(disk, { at: 1 + Math.floor(random() * 160), how: random() < 0.5 ? 'kill' : 'torn' })
      const { entry } = await attempt(failing, testOwner(`${cut + 1}.1.b${cut}.1.aa`), random() < 0.5 ? 'sample' : 'other', seed % 2 === 0 ? 0 : undefined)
      if (entry !== undefined) entries.push(entry)
      disk = mutant(disk.afterPowerCut(random))
      for (const what of brokenPromises(disk, entries)) wrong.push(`seed=${seed} cut=${cut}: ${what}`)
    }
    for (const what of await goesOn(disk, entries)) wrong.push(`seed=${seed} at the end: ${what}`)
    acknowledged += entries.length
  }
  return { wrong, acknowledged }
}

t.test('power cuts', async t => {
  const { wrong, acknowledged } = await powerCuts(400)
  t.same(wrong.slice(0, 5), [], 'no promise is broken')
  t.ok(acknowledged > 100, `${acknowledged} acknowledged runs`)
})

t.test('the power cuts can break promises', async t => {
  const noSync = await powerCuts(40, disk => ({ ...disk, sync: async () => {}, syncNow: () => {} }))
  t.ok(noSync.wrong.length > 10, 'without any sync')
  const noFolderSync = await powerCuts(40, disk => {
    const folders = new Set<number>()
    return {
      ...disk,
      openFolder(path) {
        const fd = disk.openFolder(path)
        folders.add(fd)
        return fd
      },
      openNew(path) {
        const fd = disk.openNew(path)
        folders.delete(fd)
        return fd
      },
      sync: async fd => (folders.has(fd) ? undefined : disk.sync(fd)),
      syncNow: fd => (folders.has(fd) ? undefined : disk.syncNow(fd))
    }
  })
  t.ok(noFolderSync.wrong.length > 10, 'without syncing folders')
})

t.test('a failed sync is final', async t => {
  const { disk } = await usedDisk()
  let broken = true
  const store = openStore(ROOT, { disk: { ...disk, sync: async fd => (broken ? Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' })) : disk.sync(fd)) }, owner: FIRST })
  store.put(new Uint8Array([1, 2, 3]))
  await t.rejects(store.flush(), { code: 'E_IO', message: /syncing a file in \/place\/.hotpass failed/ })
  broken = false
  await t.rejects(store.flush(), { code: 'E_IO' }, 'although the disk is well again')
  await t.rejects(sampleRun(store, 'later'), { code: 'E_IO' })
  store.close()
  t.equal(openStore(ROOT, { disk, owner: SECOND }).attempts().some(entry => entry.run_id === runIdOf('later')), false)
})
