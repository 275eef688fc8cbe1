/** Puts finished files where people find them, so that each path shows either the old file or the whole new one. */
import { closeSync, constants, fsyncSync, lstatSync, mkdirSync, openSync, readdirSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { HotpassError } from '../error.ts'
import type { PublishedFile, Publisher, StagedFiles } from '../run/types.ts'
import { systemCode, writeFault } from './fault.ts'
import { thisProcess } from './store/owner.ts'

/** Where one output goes: the absolute path, and how people should see it. */
export interface Target {
  readonly path: string
  readonly shown: string
}

const STAGED = /^\.hotpass-staged-([0-9]+\.[0-9a-f.]*)-[0-9]+$/

/**
 * A publisher that stages every file beside its target (complete and durable, hidden), and renames them all on commit.
 * Throws E_OUTPUT_UNWRITABLE, E_DISK_FULL, E_IO, and E_PATH_ESCAPE when a link stands where a file should go.
 */
export function createPublisher(targetOf: (file: PublishedFile) => Target, mode = 0o666): Publisher {
  return {
    async stage(files) {
      const staged: { readonly hidden: string; readonly path: string; readonly shown: string; readonly folder: string }[] = []
      const targets = files.map(file => ({ file, ...targetOf(file) }))
      const names = new Map<string, string>()
      for (const { path, shown } of targets) {
        // Twins that differ in case alone are one file on some systems.
        const twin = names.get(path.toLowerCase())
        if (twin !== undefined) throw new HotpassError('E_USAGE', `two outputs would go to ${shown}`, { place: { file: shown }, hint: 'give them different names' })
        names.set(path.toLowerCase(), path)
      }
      try {
        for (const { file, path, shown } of targets) {
          try {
            const folder = prepareFolder(dirname(path))
            const final = join(folder, basename(path))
            assertReplaceable(final, shown)
            const hidden = join(folder, `.hotpass-staged-${thisProcess().name}-${staged.length}`)
            staged.push({ hidden, path: final, shown, folder })
            writeWhole(hidden, file.bytes, mode)
          } catch (error) {
            throw writeFault(error, shown)
          }
        }
      } catch (error) {
        remove(staged.map(({ hidden }) => hidden))
        throw error
      }
      return commitOf(staged)
    }
  }
}

/** Writes one file, whole or not at all, and makes its folder. `mode` is that of a new file, less the mask. Throws what a publisher throws. */
export async function writeOutput(target: Target, bytes: Uint8Array, { mode }: { readonly mode?: number } = {}): Promise<void> {
  const staged = await createPublisher(() => target, mode).stage([{ suffix: '', media_type: '', bytes, hash: '' }])
  await staged.commit()
}

function commitOf(staged: readonly { readonly hidden: string; readonly path: string; readonly shown: string; readonly folder: string }[]): StagedFiles {
  return {
    paths: staged.map(({ shown }) => shown),
    async commit() {
      for (const { hidden, path, shown } of staged) {
        try {
          assertReplaceable(path, shown)
          renameSync(hidden, path)
        } catch (error) {
          remove(staged.map(file => file.hidden))
          throw writeFault(error, shown)
        }
      }
      for (const folder of new Set(staged.map(file => file.folder))) {
        try {
          syncFolder(folder)
        } catch (error) {
          throw writeFault(error, folder)
        }
      }
    },
    async discard() {
      remove(staged.map(({ hidden }) => hidden))
    }
  }
}

/** Makes the folder, removes what dead processes left staged in it, and returns its real path. */
function prepareFolder(folder: string): string {
  makeFolder(folder)
  const real = realpathSync(folder)
  for (const name of readdirSync(real)) {
    const owner = STAGED.exec(name)?.[1]
    if (owner !== undefined && thisProcess().lifeOf(owner) === 'dead') remove([join(real, name)])
  }
  return real
}

/** Makes a folder and its parents, durably. Not by `recursive: true`, which never returns for some paths under /proc. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder)
  } catch (error) {
    const code = systemCode(error)
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return
    if (code === 'EEXIST') throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR', errno: -20 })
    if (code !== 'ENOENT' || dirname(folder) === folder) throw error
    makeFolder(dirname(folder))
    mkdirSync(folder)
  }
  syncFolder(dirname(folder))
}

/** An output replaces a file, never a folder, and is never written through a link. */
function assertReplaceable(path: string, shown: string): void {
  let stats
  try {
    stats = lstatSync(path)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return
    throw error
  }
  if (stats.isSymbolicLink()) throw new HotpassError('E_PATH_ESCAPE', `${shown} is a link; outputs are not written through links`, { place: { file: shown }, hint: 'remove the link, or give the path that it leads to' })
  if (!stats.isFile()) throw new HotpassError('E_OUTPUT_UNWRITABLE', `${shown} is ${stats.isDirectory() ? 'a folder' : 'not a plain file'}`, { place: { file: shown }, hint: 'choose another place with --output-path' })
}

function writeWhole(path: string, bytes: Uint8Array, mode: number): void {
  const descriptor = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode)
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Makes renames in a folder durable. Windows cannot open folders, and has no need to. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, constants.O_RDONLY)
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function remove(paths: readonly string[]): void {
  for (const path of paths) {
    try {
      rmSync(path, { force: true })
    } catch {
      // What cannot be removed is hidden and harmless; the next run tries again.
    }
  }
}
