/** The command killed, or given an error, at each of its calls that change the file system. Needs strace. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { section, skipped, tell } from './report.ts'
import { acknowledgedBy, brokenAfterwards, brokenNow, launch, newScene, removeScene, type Expected } from './scene.ts'

const CALLS = ['mkdir', 'rename', 'link', 'unlink', 'rmdir', 'ftruncate', 'fsync', 'write', 'pwrite64']

/** How often each call is made, by the thread that makes it most: strace counts for each thread. */
async function countCalls(): Promise<ReadonlyMap<string, number> | undefined> {
  const scene = newScene()
  try {
    const log = join(scene.folder, 'log')
    const ended = await launch('strace', ['-f', '-qq', '-o', log, '-e', `trace=${CALLS.join(',')}`, process.execPath, ...scene.args]).catch(() => undefined)
    if (ended?.code !== 0) return undefined
    const perThread = new Map<string, number>()
    for (const [, key] of readFileSync(log, 'utf8').matchAll(/^(\d+ +[a-z0-9]+)\(/gm)) perThread.set(key!, (perThread.get(key!) ?? 0) + 1)
    const counts = new Map<string, number>()
    for (const [key, count] of perThread) {
      const call = key.replace(/^\d+ +/, '')
      counts.set(call, Math.max(counts.get(call) ?? 0, count))
    }
    return counts
  } finally {
    removeScene(scene)
  }
}

async function strike(expected: Expected, call: string, when: number, what: string): Promise<void> {
  const scene = newScene()
  const inject = `inject=${call}:${what}:when=${when}`
  const ended = await launch('strace', ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${call}`, '-e', inject, process.execPath, ...scene.args])
  const acknowledged = acknowledgedBy(ended)
  const wrong = brokenNow(scene, expected, acknowledged)
  if (what.startsWith('error')) {
    if (ended.took > 20_000) wrong.push(`took ${Math.round(ended.took)} ms`)
    if (/^\s+at .*\(.*:\d+:\d+\)/m.test(ended.stderr)) wrong.push(`a stack trace: ${ended.stderr.slice(0, 300)}`)
    if (![0, 1, 4, 5].includes(ended.code)) wrong.push(`exit ${ended.code}`)
  }
  wrong.push(...(await brokenAfterwards(scene, expected, acknowledged)))
  tell(`strace -f -e ${inject} (UV_THREADPOOL_SIZE=1)`, wrong)
  removeScene(scene)
}

/** Every call in turn; with `every` above 1, each so-manieth only. */
export async function sweep(expected: Expected, every: number): Promise<void> {
  const counts = await countCalls()
  if (counts === undefined) return skipped('strace does not work here')
  const points = [...counts].flatMap(([call, count]) => Array.from({ length: count }, (_, index) => ({ call, when: index + 1 })))
  const chosen = points.filter((_, index) => index % every === 0)
  let done = section(`killed before ${chosen.length} of ${points.length} calls: ${[...counts].map(([call, count]) => `${count} ${call}`).join(', ')}`)
  for (const { call, when } of chosen) await strike(expected, call, when, 'signal=SIGKILL')
  done()
  const errors = ['ENOSPC', 'EIO', 'EDQUOT', 'EACCES', 'EMFILE', 'EROFS', 'EINTR']
  done = section(`an error from ${chosen.length} calls, taking turns: ${errors.join(', ')}`)
  // Of the process's own pipes and streams nothing is promised but its exit code, and that is looked at.
  for (const [index, { call, when }] of chosen.entries()) await strike(expected, call, when, `error=${errors[index % errors.length]!}`)
  done()
}
