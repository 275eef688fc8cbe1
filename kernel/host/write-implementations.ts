/** Build step: writes the digest of every operator's code into the built tree. Usage: node write-implementations SOURCE BUILD */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { canonicalJson } from '../json.ts'
import { fromSource, IMPLEMENTATIONS_FILE, operatorIdsIn } from './implementation.ts'

/** Writes the table, computed from the source tree, to the top of the built tree. Returns its path. */
export function writeImplementations(source: string, build: string): string {
  const digestOf = fromSource(source)
  const file = join(build, IMPLEMENTATIONS_FILE)
  writeFileSync(file, `${canonicalJson(Object.fromEntries(operatorIdsIn(source).map(id => [id, digestOf(id)])))}\n`)
  return file
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeImplementations(resolve(process.argv[2] ?? '.'), resolve(process.argv[3] ?? 'build'))
}
