/** A disk that is too small for the run, and then is not. Needs root, for a file system of a given size. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { section, skipped, tell } from './report.ts'
import { acknowledgedBy, brokenAfterwards, brokenNow, launch, newScene, type Expected } from './scene.ts'

const works = (program: string, ...args: string[]): boolean => spawnSync(program, args).status === 0

export async function fullDisk(expected: Expected, step: number): Promise<void> {
  const done = section(`a disk of 16 KiB and more, in steps of ${step} KiB, until the run fits`)
  const mount = mkdtempSync(join(tmpdir(), 'hotpass-full-'))
  for (let size = 16; ; size += step) {
    if (!works('mount', '-t', 'tmpfs', '-o', `size=${size}k`, 'tmpfs', mount)) {
      skipped('a file system of a given size cannot be mounted here')
      break
    }
    mkdirSync(join(mount, 'in'))
    const scene = newScene(join(mount, 'in'))
    const ended = await launch(process.execPath, scene.args)
    const acknowledged = acknowledgedBy(ended)
    const wrong = brokenNow(scene, expected, acknowledged)
    if (ended.code !== 0 && (ended.code !== 1 || !/E_DISK_FULL/.test(ended.stderr + ended.stdout))) wrong.push(`exit ${ended.code}: ${ended.stderr.trim().split('\n').slice(-2).join(' ')}`)
    if (!works('mount', '-o', 'remount,size=1g', mount)) wrong.push('the file system cannot be made larger')
    wrong.push(...(await brokenAfterwards(scene, expected, acknowledged)))
    tell(`mount -t tmpfs -o size=${size}k`, wrong)
    spawnSync('umount', [mount])
    if (ended.code === 0) break
  }
  rmSync(mount, { recursive: true, force: true })
  done()
}
