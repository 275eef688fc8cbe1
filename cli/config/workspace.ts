/** Where the workspace is, and where its files, profiles and store are. */
import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { basename, delimiter, dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { HotpassError } from '../../kernel/error.ts'
import { didYouMean } from '../did-you-mean.ts'
import { packageRoot } from '../package-root.ts'
import { FORMATS } from './parse.ts'

/** Names of the configuration file of a workspace. */
export const CONFIG_NAMES: readonly string[] = ['hotpass.yaml', 'hotpass.yml', 'hotpass.json', 'hotpass.toml']

export interface Workspace {
  /** Absolute: the folder of the configuration file, or the current folder when there is none. Paths in configuration files are relative to it. */
  readonly root: string
  /** Absolute path of the configuration file. */
  readonly file: string | undefined
}

/** Whether something has this name, be it a link that leads nowhere: a broken configuration is not none. */
function stands(path: string): boolean {
  try {
    lstatSync(path)
    return true
  } catch {
    return false
  }
}

/** Walks up from a folder to the nearest configuration file. Throws E_CONFIG when one folder has two. */
export function findWorkspace(from: string): Workspace {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const found = CONFIG_NAMES.filter(name => stands(join(folder, name)))
    if (found.length > 1) throw new HotpassError('E_CONFIG', `there are two configuration files: ${found.join(' and ')}`, { place: { file: found[1]! }, hint: 'keep one of them' })
    if (found.length === 1) return { root: folder, file: join(folder, found[0]!) }
    if (dirname(folder) === folder) return { root: resolve(from), file: undefined }
  }
}

/** A path as people see it: relative to the current folder when inside it, with `/`. */
export function shownPath(path: string, cwd: string): string {
  const inside = relative(cwd, path)
  const shown = inside === '' ? '.' : inside.startsWith('..') || isAbsolute(inside) ? path : inside
  return sep === '/' ? shown : shown.split(sep).join('/')
}

/** Splits a list of paths the way PATH is split. */
export function splitPaths(text: string): string[] {
  return text.split(delimiter).filter(part => part !== '')
}

export interface ProfileSource {
  readonly name: string
  /** Absolute. */
  readonly path: string
  readonly origin: 'path' | 'search-path' | 'workspace' | 'bundled'
}

/** Folders in which profiles are looked up by name, nearest first. */
export function profileFolders(workspace: Workspace, searchPath: readonly string[]): readonly { readonly folder: string; readonly origin: ProfileSource['origin'] }[] {
  return [
    ...searchPath.map(folder => ({ folder, origin: 'search-path' as const })),
    { folder: join(workspace.root, 'config', 'profiles'), origin: 'workspace' as const },
    { folder: join(workspace.root, 'profiles'), origin: 'workspace' as const },
    { folder: join(packageRoot(), 'profiles'), origin: 'bundled' as const }
  ]
}

/** Names in a folder, sorted. Throws E_PROFILE when it may not be looked into: what it hides could have been meant. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch (cause) {
    throw new HotpassError('E_PROFILE', `the profiles in ${folder} cannot be listed (${(cause as NodeJS.ErrnoException).code ?? 'unknown'})`, { place: { file: folder }, cause, hint: 'give yourself the right to read the folder' })
  }
}

/** Every profile that can be named, nearest first; of two with one name the first counts. */
export function listProfiles(workspace: Workspace, searchPath: readonly string[]): readonly ProfileSource[] {
  const found = new Map<string, ProfileSource>()
  for (const { folder, origin } of profileFolders(workspace, searchPath)) {
    if (!existsSync(folder)) continue
    for (const file of namesIn(folder)) {
      const ending = extname(file).toLowerCase()
      if (!FORMATS.has(ending)) continue
      const name = basename(file, extname(file))
      if (!found.has(name)) found.set(name, { name, path: join(folder, file), origin })
    }
  }
  return [...found.values()]
}

/**
 * Finds a profile by name (`aviation`) or by path (anything with a slash or a file ending).
 * Throws E_PROFILE when the path does not exist, E_UNKNOWN_NAME when no profile has the name.
 */
export function findProfile(wanted: string, cwd: string, workspace: Workspace, searchPath: readonly string[]): ProfileSource {
  if (/[\\/]/.test(wanted) || FORMATS.has(extname(wanted).toLowerCase())) {
    const path = resolve(cwd, wanted)
    if (!existsSync(path)) throw new HotpassError('E_PROFILE', `there is no profile at ${wanted}`, { place: { file: wanted }, hint: 'give a name, or the path of a .yaml, .toml or .json file' })
    return { name: basename(path, extname(path)), path, origin: 'path' }
  }
  const profiles = listProfiles(workspace, searchPath)
  const found = profiles.find(profile => profile.name === wanted)
  if (found !== undefined) return found
  const names = profiles.map(profile => profile.name)
  throw new HotpassError('E_UNKNOWN_NAME', `there is no profile named "${wanted}"`, {
    hint: didYouMean(wanted, names, `known profiles: ${names.join(', ')}; add a folder with --profile-search-path`)
  })
}
