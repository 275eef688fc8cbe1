/** The operators' code as the package was built with it, and whether what stands there now is still that. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HotpassError } from '../error.ts'
import { digestBytes, digestJson } from '../hash.ts'
import { canonicalJson } from '../json.ts'
import type { Implementation } from '../run/types.ts'
import type { Digest, Json } from '../types.ts'

/** Name of the file that the build writes, at the top of the built tree. */
export const IMPLEMENTATIONS_FILE = 'implementations.json'

/** What the build says of the code, by operator id. */
export interface BuiltCode {
  /** SHA-256 of every built file that an operator needs. Paths are relative to the built tree, with `/`. */
  readonly files: { readonly [path: string]: Digest }
  readonly operators: {
    readonly [id: string]: {
      /** Digest of the source that it was built from, and of the locked packages. */
      readonly digest: Digest
      /** What it is made of: itself and all that it imports. */
      readonly files: readonly string[]
    }
  }
}

/** Writes what the build says to the top of the built tree. `sources` has the source files of each operator. */
export function writeBuiltCode(build: string, sources: ReadonlyMap<string, { readonly digest: Digest; readonly files: readonly string[] }>): void {
  const files: Record<string, Digest> = {}
  const operators: Record<string, BuiltCode['operators'][string]> = {}
  for (const [id, { digest, files: own }] of sources) {
    const built = own.map(path => path.replace(/\.ts$/, '.js'))
    for (const path of built) files[path] ??= digestBytes(readFileSync(join(build, path)))
    operators[id] = { digest, files: built }
  }
  writeFileSync(join(build, IMPLEMENTATIONS_FILE), `${canonicalJson({ files, operators } as unknown as Json)}\n`)
}

/** A built tree, compared with what the build said of it. Each file is read and hashed once, when it is first asked for. */
export interface PackageCode {
  /** Throws E_UNKNOWN_NAME. */
  implementation(operatorId: string): Implementation
  /** Every file of every operator that is not as it was built, sorted. */
  altered(): readonly string[]
}

/** Throws E_IO when the package lacks what the build wrote. */
export function openPackageCode(build: string): PackageCode {
  const code = readBuiltCode(build)
  const now = new Map<string, Digest | null>()
  const digestOf = (path: string): Digest | null => {
    let digest = now.get(path)
    if (digest === undefined) {
      digest = digestNow(join(build, path))
      now.set(path, digest)
    }
    return digest
  }
  const alteredAmong = (paths: readonly string[]): readonly string[] => paths.filter(path => digestOf(path) !== code.files[path])
  const known = new Map<string, Implementation>()
  return {
    implementation(id) {
      let found = known.get(id)
      if (found === undefined) {
        if (!Object.hasOwn(code.operators, id)) throw new HotpassError('E_UNKNOWN_NAME', `there is no implementation of operator ${id}`)
        const { digest, files } = code.operators[id]!
        const altered = alteredAmong(files)
        found = altered.length === 0 ? { digest, altered } : { digest: alteredDigest(digest, altered, digestOf), altered }
        known.set(id, found)
      }
      return found
    },
    altered: () => alteredAmong(Object.keys(code.files).sort())
  }
}

/** What an operator is called by when it is not what was built: the code that is really there has a part in it. */
function alteredDigest(digest: Digest, altered: readonly string[], digestOf: (path: string) => Digest | null): Digest {
  return digestJson({ format: 'urn:hotpass:implementation:altered:1', built: digest, files: altered.map(path => ({ path, hash: digestOf(path) })) })
}

function digestNow(file: string): Digest | null {
  try {
    return digestBytes(readFileSync(file))
  } catch {
    // A file that is gone or cannot be read is not as it was built; whoever imports it says more.
    return null
  }
}

function readBuiltCode(build: string): BuiltCode {
  try {
    return JSON.parse(readFileSync(join(build, IMPLEMENTATIONS_FILE), 'utf8')) as BuiltCode
  } catch (cause) {
    throw new HotpassError('E_IO', `the package is not whole: its ${IMPLEMENTATIONS_FILE} cannot be read`, { cause, hint: 'install hotpass again' })
  }
}
