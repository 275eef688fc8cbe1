/**
 * The digest of an operator's code: its source with everything that it imports, and the locked packages that it uses.
 * From source it is computed; the packed package carries what was computed when it was built.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HotpassError } from '../error.ts'
import { digestBytes, digestJson } from '../hash.ts'
import type { Digest } from '../types.ts'

/** Name of the file that the build writes, at the top of the built tree. */
export const IMPLEMENTATIONS_FILE = 'implementations.json'

/** Besides the operator itself: how its outputs are encoded, and how it is called. */
const SHARED = ['operators/codecs.ts', 'kernel/run/perform.ts']

/** Digest by operator id (without version); throws E_UNKNOWN_NAME. Lazy: an operator that is not asked for costs nothing. */
export type Implementations = (operatorId: string) => Digest

/** The implementations of the tree that this file stands in: computed from source, or as the build wrote them. */
export function createImplementations(): Implementations {
  const top = fileURLToPath(new URL('../../', import.meta.url))
  return import.meta.url.endsWith('.ts') ? fromSource(top) : fromBuild(join(top, IMPLEMENTATIONS_FILE))
}

/** Reads what the build wrote. */
export function fromBuild(file: string): Implementations {
  let table: ReadonlyMap<string, Digest> | undefined
  return id => {
    table ??= new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Digest>))
    return table.get(id) ?? unknown(id)
  }
}

/** Computes digests from the source tree and package-lock.json under `root`. */
export function fromSource(root: string): Implementations {
  const tree = createTree(root)
  const known = new Map<string, Digest>()
  return id => {
    let digest = known.get(id)
    if (digest === undefined) {
      const entry = `operators/${id.replaceAll('.', '/')}/operator.ts`
      if (!/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*$/.test(id) || !existsSync(join(root, entry))) return unknown(id)
      digest = tree.digest([entry, ...SHARED])
      known.set(id, digest)
    }
    return digest
  }
}

/** Ids of all operators under `root`: every folder with an `operator.ts`. Sorted. */
export function operatorIdsIn(root: string): readonly string[] {
  return readdirSync(join(root, 'operators'), { recursive: true, encoding: 'utf8' })
    .map(name => name.split('\\').join('/'))
    .filter(name => name.endsWith('/operator.ts'))
    .map(name => dirname(name).replaceAll('/', '.'))
    .sort()
}

function unknown(id: string): never {
  throw new HotpassError('E_UNKNOWN_NAME', `there is no implementation of operator ${id}`)
}

interface Module {
  readonly hash: Digest
  /** Paths relative to the root. */
  readonly imports: readonly string[]
  readonly packages: readonly string[]
}

function createTree(root: string): { digest(entries: readonly string[]): Digest } {
  const modules = new Map<string, Module>()
  let lock: Lock | undefined

  function moduleAt(path: string): Module {
    let found = modules.get(path)
    if (found !== undefined) return found
    // A checkout may have either line ending.
    const text = readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n')
    const names = /\.(ts|js|mjs)$/.test(path) ? importsOf(text) : []
    found = {
      hash: digestBytes(text),
      imports: names
        .filter(name => name.startsWith('.'))
        .map(name => relative(root, join(root, dirname(path), name)).split('\\').join('/'))
        .filter(name => existsSync(join(root, name))),
      packages: names.filter(name => !name.startsWith('.') && !name.startsWith('node:')).map(name => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/'))
    }
    modules.set(path, found)
    return found
  }

  return {
    digest(entries) {
      const files = new Set<string>(entries)
      const packages = new Set<string>()
      for (const path of files) {
        const { imports, packages: used } = moduleAt(path)
        for (const name of imports) files.add(name)
        for (const name of used) packages.add(name)
      }
      if (packages.size > 0) lock ??= readLock(root)
      return digestJson({
        format: 'urn:hotpass:implementation:1',
        files: [...files].sort().map(path => ({ path, hash: modules.get(path)!.hash })),
        packages: lock === undefined ? [] : lockedClosure(lock, [...packages])
      })
    }
  }
}

/** Specifiers of what a module imports when it runs; imports of types alone vanish and do not count. */
export function importsOf(text: string): readonly string[] {
  // Block comments stay: a glob in a string may look like the start of one, and prose never begins a line with `import`.
  const code = text.replace(/^\s*(?:\/\/|\*)[^\n]*$/gm, ' ')
  const pattern = /(?:^|[\n;])\s*(?:import|export)\s+(?!type\b(?!\s*,|\s+from))[^'";]*?from\s*['"]([^'"]+)['"]|(?:^|[\n;])\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g
  return [...code.matchAll(pattern)].map(match => (match[1] ?? match[2] ?? match[3])!)
}

interface LockEntry {
  readonly name?: string
  readonly version: string
  readonly integrity?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
type Lock = Readonly<Record<string, LockEntry>>

function readLock(root: string): Lock {
  return (JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { readonly packages: Lock }).packages
}

/** `name@version integrity` of packages and of all that they depend on, sorted. Follows npm's lookup: the closest node_modules first. */
export function lockedClosure(lock: Lock, names: readonly string[]): readonly string[] {
  const places = new Set<string>()
  const locate = (name: string, from: string): string | undefined => {
    for (let at = from; ; ) {
      const place = `${at === '' ? '' : `${at}/`}node_modules/${name}`
      if (Object.hasOwn(lock, place)) return place
      if (at === '') return undefined
      const cut = at.lastIndexOf('/node_modules/')
      at = cut === -1 ? '' : at.slice(0, cut)
    }
  }
  for (const name of names) {
    const place = locate(name, '')
    if (place === undefined) throw new HotpassError('E_INTERNAL', `package ${name} is used, but is not in package-lock.json`)
    places.add(place)
  }
  for (const place of places) {
    const { dependencies = {}, optionalDependencies = {} } = lock[place]!
    for (const name of [...Object.keys(dependencies), ...Object.keys(optionalDependencies)]) {
      const found = locate(name, place)
      if (found !== undefined) places.add(found)
    }
  }
  return [...places]
    .map(place => {
      const { name, version, integrity } = lock[place]!
      return `${name ?? place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${version} ${integrity ?? ''}`
    })
    .sort()
}
