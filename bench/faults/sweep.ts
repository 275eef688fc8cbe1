/** The command killed, or given an error, at each of its calls that change the file system. Needs strace. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { section, skipped, tell } from './report.ts'
import { acknowledgedBy, brokenAfterwards, brokenNow, launch, newScene, removeScene, type Expected } from './scene.ts'

const CALLS = ['mkdir', 'rename', 'link', 'unlink', 'rmdir', 'ftruncate', 'fsync', 'write', 'pwrite64']

interface Point {
  readonly call: string
  /** Number of the call among those of its thread: strace counts for each. */
  readonly when: number
}

/** The calls of an undisturbed run, without writes to what is no file (Node wakes its own threads that way). */
async function callsMade(): Promise<readonly Point[] | undefined> {
  const scene = newScene()
  try {
    const log = join(scene.folder, 'log')
    const ended = await launch('strace', ['-f', '-y', '-qq', '-o', log, '-e', `trace=${CALLS.join(',')}`, process.execPath, ...scene.args])
    if (ended.code !== 0) return undefined
    const counts = new Map<string, number>()
    const points = new Map<string, Point>()
    for (const [, thread, call, first] of readFileSync(log, 'utf8').matchAll(/^(\d+) +([a-z0-9]+)\(([^,)]*)/gm)) {
      const when = (counts.get(`${thread} ${call}`) ?? 0) + 1
      counts.set(`${thread} ${call}`, when)
      if (!call!.includes('write') || /<\/(?!dev\/)/.test(first!)) points.set(`${call} ${when}`, { call: call!, when })
    }
    return [...points.values()]
  } finally {
    removeScene(scene)
  }
}

/** Node aborts when a write that wakes one of its own threads fails, and strace cannot tell that write from the others. */
const ABORTED = 134

async function strike(expected: Expected, call: string, when: number, what: string): Promise<void> {
  const scene = newScene()
  const inject = `inject=${call}:${what}:when=${when}`
  const ended = await launch('strace', ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${call}`, '-e', inject, process.execPath, ...scene.args])
  const acknowledged = acknowledgedBy(ended)
  const wrong = brokenNow(scene, expected, acknowledged)
  if (what.startsWith('error')) {
    if (ended.took > 20_000) wrong.push(`took ${Math.round(ended.took)} ms`)
    if (ended.code !== ABORTED && /^\s+at .*\(.*:\d+:\d+\)/m.test(ended.stderr)) wrong.push(`a stack trace: ${ended.stderr.slice(0, 300)}`)
    if (![0, 1, 4, 5].includes(ended.code) && !(ended.code === ABORTED && call.includes('write'))) wrong.push(`exit ${ended.code}`)
  }
  wrong.push(...(await brokenAfterwards(scene, expected, acknowledged)))
  tell(`strace -f -e ${inject} (UV_THREADPOOL_SIZE=1)`, wrong)
  removeScene(scene)
}

/** Every call in turn; with `every` above 1, each so-manieth only. */
export async function sweep(expected: Expected, every: number): Promise<void> {
  const points = await callsMade()
  if (points === undefined) return skipped('strace does not work here')
  const chosen = points.filter((_, index) => index % every === 0)
  let done = section(`killed before ${chosen.length} of ${points.length} calls: ${CALLS.map(call => `${points.filter(point => point.call === call).length} ${call}`).join(', ')}`)
  for (const { call, when } of chosen) await strike(expected, call, when, 'signal=SIGKILL')
  done()
  const errors = ['ENOSPC', 'EIO', 'EDQUOT', 'EACCES', 'EMFILE', 'EROFS', 'EINTR']
  done = section(`an error from ${chosen.length} calls, taking turns: ${errors.join(', ')}`)
  for (const [index, { call, when }] of chosen.entries()) await strike(expected, call, when, `error=${errors[index % errors.length]!}`)
  done()
}
