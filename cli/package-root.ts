/** Where the installed package is: its version, its bundled profiles and fixtures. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HotpassError } from '../kernel/error.ts'

/** The folder that holds the package's package.json, from source and from the built package alike. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new HotpassError('E_INTERNAL', 'the package is not complete: there is no package.json', { hint: 'install hotpass again' })
    folder = parent
  }
  return folder
}

export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version
}
