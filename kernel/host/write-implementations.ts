/** Build step: writes what the operators are made of into the built tree. Usage: node write-implementations SOURCE BUILD */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openSource, operatorIdsIn } from './implementation.ts'
import { writeBuiltCode } from './package-code.ts'

/** Computes every operator's digest from the source tree, hashes its files in the built tree, and writes both there. */
export function writeImplementations(source: string, build: string): void {
  const codeOf = openSource(source)
  writeBuiltCode(build, new Map(operatorIdsIn(source).map(id => [id, codeOf(id)])))
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeImplementations(resolve(process.argv[2] ?? '.'), resolve(process.argv[3] ?? 'build'))
}
