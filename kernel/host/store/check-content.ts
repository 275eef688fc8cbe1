/** Objects and cached actions: those that runs name, and those that merely lie there. */
import { digestBytes } from '../../hash.ts'
import type { Digest } from '../../types.ts'
import { actionIn } from './action.ts'
import type { Named } from './check-attempts.ts'
import type { Disk } from './disk.ts'
import { readable, type Report } from './finding.ts'
import { ACTIONS, actionPath, isDigest, objectPath, OBJECTS } from './layout.ts'

/** Names of the form ab/cdef…, as `nameOf` reads them; anything else is reported as foreign. */
function digestsUnder(disk: Disk, folder: string, nameOf: (shard: string, name: string) => string, report: Report): Set<Digest> {
  const found = new Set<Digest>()
  for (const shard of disk.list(folder)) {
    const path = `${folder}/${shard.name}`
    if (shard.type !== 'folder' || !/^[0-9a-f]{2}$/.test(shard.name)) {
      report('STORE_FOREIGN_FILE', 'info', path, 'is not part of the store')
      continue
    }
    for (const { name, type } of disk.list(path)) {
      const digest = nameOf(shard.name, name)
      if (type === 'file' && isDigest(digest) && digest.startsWith(shard.name)) found.add(digest)
      else report('STORE_FOREIGN_FILE', 'info', `${path}/${name}`, 'is not part of the store')
    }
  }
  return found
}

/** With `full` every object that is there is hashed, whether a run names it or not. */
export function checkObjects(disk: Disk, named: Named['objects'], full: boolean, report: Report): void {
  const present = digestsUnder(disk, OBJECTS, (shard, name) => shard + name, report)
  let unused = 0
  const look = (hash: Digest, runs: readonly string[], size: number | undefined, recomputable: boolean): void =>
    readable(report, objectPath(hash), runs, () => {
      const path = objectPath(hash)
      const stat = disk.stat(path)
      const bytes = full && stat?.type === 'file' ? disk.read(path) : undefined
      if (stat === undefined || (full && stat.type === 'file' && bytes === undefined)) {
        // An unused object may have been put aside by a run since the folder was listed.
        if (size !== undefined) report('STORE_OBJECT_MISSING', 'error', path, `object ${hash} is missing`, runs, recomputable)
      } else if (stat.type !== 'file' || (size !== undefined && stat.size !== size) || (bytes !== undefined && digestBytes(bytes) !== hash)) {
        report('STORE_OBJECT_DAMAGED', 'error', path, `object ${hash} is damaged: its bytes have another hash`, runs, recomputable)
      } else if (size === undefined) unused++
    })
  for (const [hash, { bytes, runs, recomputable }] of named) look(hash, [...runs], bytes, recomputable)
  // No acknowledged run needs what none names.
  for (const hash of present) if (!named.has(hash)) look(hash, [], undefined, true)
  if (unused > 0) report('STORE_OBJECT_UNUSED', 'info', OBJECTS, `${unused} objects belong to no acknowledged run`)
}

export function checkActions(disk: Disk, named: Named['actions'], report: Report): void {
  const present = digestsUnder(disk, ACTIONS, (_shard, name) => (name.endsWith('.json') ? name.slice(0, -5) : ''), report)
  for (const key of new Set([...named.keys(), ...present])) {
    const runs = [...(named.get(key) ?? [])]
    readable(report, actionPath(key), runs, () => {
      const bytes = disk.read(actionPath(key))
      if (bytes === undefined) {
        if (named.has(key)) report('STORE_ACTION_MISSING', 'error', actionPath(key), `cached action ${key} is missing; the next run makes it again`, runs, true)
      } else if (actionIn(bytes, key) === undefined) report('STORE_ACTION_DAMAGED', 'error', actionPath(key), `cached action ${key} is damaged; the next run makes it again`, runs, true)
    })
  }
}
