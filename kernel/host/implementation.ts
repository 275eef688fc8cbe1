/**
 * The digest of an operator's code: its source with everything that it imports, and the locked packages that it uses.
 * From source it is computed; the packed package carries what was computed when it was built (package-code.ts).
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HotpassError } from '../error.ts'
import { digestBytes, digestJson } from '../hash.ts'
import type { Implementation } from '../run/types.ts'
import type { Digest } from '../types.ts'
import { openPackageCode } from './package-code.ts'

/** Besides the operator itself: how its outputs are encoded, and how it is called. */
const SHARED = ['operators/codecs.ts', 'kernel/run/perform.ts']

/** What runs under an operator's id (without version); throws E_UNKNOWN_NAME. Lazy: an operator that is not asked for costs nothing. */
export type Implementations = (operatorId: string) => Implementation

const TOP = fileURLToPath(new URL('../../', import.meta.url))
const FROM_SOURCE = import.meta.url.endsWith('.ts')

/** The implementations of the tree that this file stands in: computed from source, or as the build wrote them. */
export function createImplementations(): Implementations {
  if (!FROM_SOURCE) return openPackageCode(TOP).implementation
  const source = openSource(TOP)
  return id => ({ digest: source(id).digest, altered: [] })
}

/** Files of the package's operators that are not as they were built; undefined from source, where nothing was built. Throws E_IO. */
export function alteredCode(): readonly string[] | undefined {
  return FROM_SOURCE ? undefined : openPackageCode(TOP).altered()
}

/** An operator's code. */
export interface SourceCode {
  /** Over the files and the locked packages. */
  readonly digest: Digest
  /** Paths relative to the root, with `/`, sorted. */
  readonly files: readonly string[]
}

/** Reads operators from the source tree and package-lock.json under `root`, by id. Throws E_UNKNOWN_NAME. */
export function openSource(root: string): (operatorId: string) => SourceCode {
  const tree = createTree(root)
  const known = new Map<string, SourceCode>()
  return id => {
    let found = known.get(id)
    if (found === undefined) {
      const entry = `operators/${id.replaceAll('.', '/')}/operator.ts`
      if (!/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*$/.test(id) || !existsSync(join(root, entry))) throw new HotpassError('E_UNKNOWN_NAME', `there is no implementation of operator ${id}`)
      found = tree.codeOf([entry, ...SHARED])
      known.set(id, found)
    }
    return found
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

interface Module {
  readonly hash: Digest
  /** Paths relative to the root. */
  readonly imports: readonly string[]
  readonly packages: readonly string[]
}

function createTree(root: string): { codeOf(entries: readonly string[]): SourceCode } {
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
    codeOf(entries) {
      const files = new Set<string>(entries)
      const packages = new Set<string>()
      for (const path of files) {
        const { imports, packages: used } = moduleAt(path)
        for (const name of imports) files.add(name)
        for (const name of used) packages.add(name)
      }
      if (packages.size > 0) lock ??= readLock(root)
      const sorted = [...files].sort()
      const digest = digestJson({
        format: 'urn:hotpass:implementation:1',
        files: sorted.map(path => ({ path, hash: modules.get(path)!.hash })),
        packages: lock === undefined ? [] : lockedClosure(lock, [...packages])
      })
      return { digest, files: sorted }
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
