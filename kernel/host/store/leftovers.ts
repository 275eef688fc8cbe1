/** What killed processes leave behind: temporary files and locks. The only thing that is ever removed from a store. */
import { resolve } from 'node:path'
import { nodeDisk, type Disk } from './disk.ts'
import { rootedDisk } from './fault.ts'
import { assertFormat } from './format.ts'
import { LOCKS, TMP } from './layout.ts'
import { lifeOfLock, uniqueName, withLock } from './lock.ts'
import { thisProcess, type Owner } from './owner.ts'

const decoder = new TextDecoder()

/** Removes a file, or a folder with all that is in it. Follows no link. */
export function removeTree(disk: Disk, path: string): void {
  const stat = disk.stat(path)
  if (stat === undefined) return
  if (stat.type !== 'folder') {
    disk.unlink(path)
    return
  }
  for (const { name } of disk.list(path)) removeTree(disk, `${path}/${name}`)
  disk.removeFolder(path)
}

/** Paths in tmp/ and locks/ whose owner is dead. `disk` is rooted in the store. */
export function deadLeftovers(disk: Disk, owner: Owner): readonly { readonly path: string; readonly kind: 'temporary' | 'lock' }[] {
  const temporary = disk.list(TMP).filter(({ name }) => name.includes('.') && lifeOfLock(owner, name) === 'dead').map(({ name }) => ({ path: `${TMP}/${name}`, kind: 'temporary' as const }))
  const locks = disk.list(LOCKS).flatMap(({ name, type }) => {
    const bytes = type === 'file' ? disk.read(`${LOCKS}/${name}`) : undefined
    return bytes !== undefined && lifeOfLock(owner, decoder.decode(bytes)) === 'dead' ? [{ path: `${LOCKS}/${name}`, kind: 'lock' as const }] : []
  })
  return [...temporary, ...locks]
}

/**
 * Removes temporary files and locks of dead processes, and nothing else; gives the paths that are gone.
 * Throws E_STORE_FORMAT, E_PATH_ESCAPE, E_OUTPUT_UNWRITABLE, E_IO.
 */
export async function removeLeftovers(folder: string, options: { readonly disk?: Disk; readonly owner?: Owner } = {}): Promise<readonly string[]> {
  const root = resolve(folder)
  const disk = rootedDisk(options.disk ?? nodeDisk, root)
  const owner = options.owner ?? thisProcess()
  if (!assertFormat(disk, root)) return []
  const before = deadLeftovers(disk, owner)
  // Under the lock nobody is about to take a dead owner's lock away, so that the rights to do so can go too.
  await withLock(disk, owner, 'ledger', `${TMP}/${uniqueName(owner)}`, async () => {
    for (const { path } of deadLeftovers(disk, owner)) removeTree(disk, path)
  })
  return before.map(({ path }) => path).filter(path => disk.stat(path) === undefined)
}
