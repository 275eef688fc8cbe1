/** A store of the real command, damaged in many ways: the check must see each, and nothing in a healthy one. */
import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkStore } from '../../kernel/host/store/check.ts'
import { seededNumbers } from '../../kernel/host/store/sample.case.ts'
import { section, tell } from './report.ts'
import { COMMAND, launch, newScene, removeScene } from './scene.ts'

export async function damage(flips: number, healthy: number, seed: number): Promise<void> {
  const scene = newScene()
  await launch(process.execPath, scene.args)
  await launch(process.execPath, scene.args)
  const files = (readdirSync(scene.store, { recursive: true }) as string[]).filter(name => statSync(join(scene.store, name)).isFile()).sort()
  const isFound = (): boolean => checkStore(scene.store, { full: true }).some(({ severity }) => severity === 'error')
  const random = seededNumbers(seed)
  const pick = (count: number): number => Math.floor(random() * count)

  let done = section(`a healthy store looked at ${healthy} times`)
  for (let look = 0; look < healthy; look++) tell('checkStore of a healthy store', checkStore(scene.store, { full: true }).map(({ code, path }) => `${code} ${path}`))
  done()

  done = section(`${files.length} files cut, removed, exchanged; ${flips} bits flipped, seed ${seed}`)
  for (const [index, name] of files.entries()) {
    const [path, aside] = [join(scene.store, name), join(scene.folder, 'aside')]
    const bytes = readFileSync(path)
    copyFileSync(path, aside)
    rmSync(path)
    tell(`removed ${name}`, isFound() ? [] : ['not found'])
    for (const length of new Set([0, bytes.length - 1, pick(bytes.length)])) {
      writeFileSync(path, bytes.subarray(0, length))
      if (length < bytes.length) tell(`${name} cut to ${length}`, isFound() ? [] : ['not found'])
    }
    const other = join(scene.store, files[(index + 1 + pick(files.length - 1)) % files.length]!)
    copyFileSync(aside, path)
    renameSync(other, `${aside}2`)
    renameSync(path, other)
    renameSync(`${aside}2`, path)
    const same = Buffer.compare(readFileSync(path), readFileSync(other)) === 0
    tell(`${name} exchanged with ${other}`, same || isFound() ? [] : ['not found'])
    renameSync(path, `${aside}2`)
    renameSync(other, path)
    renameSync(`${aside}2`, other)
  }
  for (let flip = 0; flip < flips; flip++) {
    const name = files[pick(files.length)]!
    const path = join(scene.store, name)
    const bytes = readFileSync(path)
    if (bytes.length === 0) continue
    const bit = pick(bytes.length * 8)
    bytes[bit >> 3]! ^= 1 << (bit & 7)
    writeFileSync(path, bytes)
    tell(`${name} bit ${bit}`, isFound() ? [] : ['not found'])
    if (flip === 0) {
      const doctor = await launch(process.execPath, [COMMAND[0]!, 'doctor', '--full', '--store-dir', scene.store, '--json'])
      tell('doctor --full of a store with a flipped bit', doctor.code === 4 ? [] : [`exit ${doctor.code}`])
    }
    bytes[bit >> 3]! ^= 1 << (bit & 7)
    writeFileSync(path, bytes)
  }
  tell('the store is as it was', isFound() ? ['it is not'] : [])
  removeScene(scene)
  done()
}
