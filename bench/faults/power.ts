/**
 * Power cuts. In memory: a disk that loses what was not synced, in any mixture. On a real file system: a loop mount
 * that is shut down under the writer (FS_IOC_SHUTDOWN), and what its journal then brings back. The latter needs root.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkStore } from '../../kernel/host/store/check.ts'
import { createMemoryDisk } from '../../kernel/host/store/memory-disk.ts'
import { brokenPromises, failingDisk, ROOT as IN_MEMORY, sampleRun, seededNumbers, testOwner } from '../../kernel/host/store/sample.case.ts'
import { openStore } from '../../kernel/host/store/store.ts'
import type { AttemptEntry } from '../../kernel/store.ts'
import { section, skipped, tell } from './report.ts'
import { ROOT } from './scene.ts'

export async function simulated(schedules: number, first: number): Promise<void> {
  const done = section(`${schedules} simulated schedules of four power cuts, from seed ${first}`)
  for (let seed = first; seed < first + schedules; seed++) {
    const random = seededNumbers(seed)
    let disk = createMemoryDisk()
    disk.makeFolder('/work')
    const fd = disk.openFolder('/')
    disk.syncNow(fd)
    disk.close(fd)
    const entries: AttemptEntry[] = []
    const wrong: string[] = []
    for (let cut = 0; cut < 4; cut++) {
      const failing = failingDisk(disk, { at: 1 + Math.floor(random() * 260), how: random() < 0.5 ? 'kill' : 'torn' })
      try {
        const store = openStore(IN_MEMORY, { disk: failing, owner: testOwner(`${cut + 1}.1.b${cut}.1.aa`) })
        for (let run = 0; run < 2; run++) entries.push(await sampleRun(store, `run ${Math.floor(random() * 3)}`, Math.floor(random() * 3000)))
      } catch {}
      disk = disk.afterPowerCut(random)
      wrong.push(...brokenPromises(disk, entries))
    }
    try {
      entries.push(await sampleRun(openStore(IN_MEMORY, { disk, owner: testOwner('9.1.bb.1.aa') }), 'last'))
      wrong.push(...brokenPromises(disk, entries))
    } catch (error) {
      wrong.push(`the next run fails: ${String(error)}`)
    }
    tell(`--only simulate --seed ${seed} --simulate 1`, wrong)
  }
  done()
}

const WORKER = join(ROOT, 'kernel/host/store/worker.case.ts')
/** FS_IOC_SHUTDOWN with FS_SHUTDOWN_FLAGS_NOLOGFLUSH (linux/fs.h): not even the journal in memory gets to the disk. */
const SHUT_DOWN = 'import fcntl,os,struct,sys; fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack("I", 2))'
const works = (program: string, ...args: string[]): boolean => spawnSync(program, args).status === 0

export async function realCuts(cuts: number, seed: number): Promise<void> {
  for (const [kind, make] of [['ext4', ['mkfs.ext4', '-q', '-F']], ['xfs', ['mkfs.xfs', '-q', '-f']]] as const) {
    const done = section(`${cuts} power cuts on ${kind}, seed ${seed}`)
    const folder = mkdtempSync(join(tmpdir(), 'hotpass-power-'))
    const [image, mount] = [join(folder, 'image'), join(folder, 'mount')]
    mkdirSync(mount)
    const mounted = (): boolean => works('mount', '-o', 'loop', image, mount)
    if (!works('truncate', '-s', '400M', image) || !works(make[0], ...make.slice(1), image) || !mounted()) skipped(`${kind} cannot be mounted here`)
    else await cutAgainAndAgain(kind, mount, mounted, cuts, seed)
    spawnSync('umount', [mount])
    rmSync(folder, { recursive: true, force: true })
    done()
  }
}

async function cutAgainAndAgain(kind: string, mount: string, mounted: () => boolean, cuts: number, seed: number): Promise<void> {
  const random = seededNumbers(seed)
  const store = join(mount, 'deep', 'store')
  const acknowledged: string[] = []
  for (let cut = 1; cut <= cuts; cut++) {
    const worker = spawn(process.execPath, ['--import=tsx', WORKER, store, `cut${cut}`, '100000'], { cwd: ROOT })
    const ended = new Promise(resolve => worker.on('close', resolve))
    let out = ''
    const begun = new Promise(resolve => {
      worker.stdout.on('data', data => resolve((out += String(data))))
      worker.on('close', resolve)
    })
    let errors = ''
    worker.stderr.on('data', data => (errors += String(data)))
    await begun
    await new Promise(resolve => setTimeout(resolve, random() * 120))
    const shut = works('python3', '-c', SHUT_DOWN, mount)
    await ended
    if (!shut) return skipped(`${kind} cannot be shut down here`)
    // A line that was cut off while it was printed was not seen by anyone.
    acknowledged.push(...out.split('\n').slice(0, -1))
    if (!works('umount', mount) || !mounted()) return tell(`${kind} cut ${cut}`, ['the file system does not come back'])
    const wrong = checkStore(store, { full: true }).filter(({ severity }) => severity === 'error').map(({ code, path, message }) => `${code} ${path}: ${message}`)
    try {
      const listed = new Set(openStore(store, { readOnly: true }).attempts().map(entry => `${entry.run_id} ${entry.attempt} ${entry.sequence}`))
      const lost = acknowledged.filter(line => !listed.has(line))
      if (lost.length > 0) wrong.push(`${lost.length} of ${acknowledged.length} acknowledged runs are lost`)
    } catch (error) {
      wrong.push(`the store cannot be read: ${String(error)}`)
    }
    if (out === '') wrong.push(`nothing was acknowledged: ${errors.slice(-300)}`)
    tell(`--only power --seed ${seed}: ${kind} cut ${cut}`, wrong)
  }
  process.stdout.write(`  ${acknowledged.length} acknowledged runs\n`)
}
