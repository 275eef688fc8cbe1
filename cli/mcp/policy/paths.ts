/** Which folders an agent may read and write: real paths, with every link resolved before anything is compared. */
import { lstatSync, realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path'
import { HotpassError } from '../../../kernel/error.ts'
import { CONFIG_NAMES } from '../../config/workspace.ts'

export interface Folders {
  /** Absolute and real. */
  readonly read: readonly string[]
  readonly write: readonly string[]
  /** Never written to by name, although they may stand in a folder for writing: absolute and real. */
  readonly guarded: readonly string[]
  /** May be read whatever else may: absolute and real. */
  readonly always: readonly string[]
}

/** The real path of what a path leads to; of what is not there yet, the real path of the nearest folder that is. */
export function realPath(path: string): string {
  const missing: string[] = []
  for (let at = resolve(path); ; at = dirname(at)) {
    try {
      return join(realpathSync(at), ...missing)
    } catch (error) {
      // A link that leads nowhere could be made to lead anywhere.
      if (isLink(at)) throw new HotpassError('E_PATH_ESCAPE', 'a link that leads nowhere stands in the path', { hint: 'give a path without links', cause: error })
      if (dirname(at) === at) throw new HotpassError('E_INPUT_MISSING', 'the path leads nowhere', { cause: error })
      missing.unshift(basename(at))
    }
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink()
  } catch {
    return false
  }
}

/** Whether a path is a folder or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  const inside = relative(folder, path)
  return inside === '' || (!isAbsolute(inside) && inside !== '..' && !inside.startsWith(`..${sep}`))
}

/**
 * Whether a text that nothing declares to be a path would lead somewhere as one: outwards, or into a folder that is
 * there. A word, a run's id or an SQL statement does not.
 */
export function leadsSomewhere(text: string, cwd: string): boolean {
  if (text === '~' || /^~[\\/]/.test(text) || /(^|[\\/])\.\.([\\/]|$)/.test(text)) return true
  if (text.length > 4096) return false
  const full = resolve(cwd, text)
  const from = isWithin(full, cwd) ? cwd : parse(full).root
  const first = relative(from, full).split(sep)[0]
  if (first === undefined || first === '') return text.includes(sep) || text === '.'
  try {
    lstatSync(join(from, first))
    return true
  } catch {
    return false
  }
}

/**
 * The part of a path that makes it configuration, a folder of profiles or a store, in whatever workspace: what an agent
 * wrote there would hold for whoever works in that folder next. Compared as file systems do that tell no case apart.
 */
function reservedName(path: string, folders: readonly string[]): string | undefined {
  const folder = folders.find(each => isWithin(path, each))
  if (folder === undefined) return undefined
  const parts = [basename(folder), ...relative(folder, path).split(sep)]
  return parts.find((part, at) => {
    const name = part.toLowerCase().replace(/[. ]+$/, '')
    return (at === parts.length - 1 && CONFIG_NAMES.includes(name)) || name === '.hotpass' || name === '.git' || (name === 'profiles' && parts[at - 1]?.toLowerCase() === 'config')
  })
}

/** Throws E_PERMISSION when a path may not be used so. `shown` is how the agent wrote it. */
export function assertAllowed(path: string, use: 'read' | 'write', folders: Folders, shown: string): void {
  const real = realPath(path)
  const refuse = (why: string, hint: string): never => {
    throw new HotpassError('E_PERMISSION', `${shown.length > 200 ? `${shown.slice(0, 200)}…` : shown} ${why}`, { hint })
  }
  if (use === 'write') {
    if (folders.guarded.some(folder => isWithin(real, folder))) refuse('holds what keeps this workspace in order, and is not written to by an agent', 'choose another place')
    const name = reservedName(real, folders.write)
    if (name !== undefined) refuse(`is a place of a workspace (${name}), which an agent does not write`, 'choose another name: configuration, profiles and stores are an operator\'s, in every folder')
    if (!folders.write.some(folder => isWithin(real, folder))) refuse('lies in no folder that may be written to', 'mcp.policy.write lists those folders; only the operator of this workspace can change it')
    return
  }
  if (![...folders.read, ...folders.write, ...folders.always].some(folder => isWithin(real, folder))) refuse('lies in no folder that may be read', 'mcp.policy.read lists those folders; only the operator of this workspace can change it')
}
