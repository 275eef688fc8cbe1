/** The doctor's comparison of the outputs that people have with what the runs recorded. */
import { existsSync, readFileSync } from 'node:fs'
import { digestBytes } from '../../kernel/hash.ts'
import { openStore } from '../../kernel/host/store/store.ts'
import { shownPath } from '../config/workspace.ts'
import { readRun } from '../pipeline/store.ts'
import type { Examination, Finding } from './checks.ts'

/**
 * Looks where this configuration puts outputs. Records hold digests and no paths, so that a file that was moved is not
 * looked for, and one that no run of this store wrote counts as altered.
 */
export function checkOutputs({ request, storeFolder, host }: Examination): Finding {
  if (request === undefined) return { status: 'skipped', message: 'needs a configuration that resolves' }
  if (storeFolder === undefined || !existsSync(storeFolder)) return { status: 'skipped', message: 'there is no run yet' }
  let recorded: ReadonlyMap<string, ReadonlySet<string>>
  try {
    recorded = publishedBy(storeFolder)
  } catch {
    return { status: 'skipped', message: 'needs a store whose ledger can be read' }
  }
  const altered: string[] = []
  let same = 0
  for (const [suffix, digests] of recorded) {
    const path = `${request.outputBase}${suffix}`
    let bytes: Uint8Array
    try {
      bytes = readFileSync(path)
    } catch {
      // Moved, never written here, or not for us to read: nothing is known of it.
      continue
    }
    if (digests.has(digestBytes(bytes))) same++
    else altered.push(shownPath(path, host.cwd))
  }
  if (altered.length > 0) return { status: 'warning', message: `${altered.join(', ')} ${altered.length === 1 ? 'is' : 'are'} not what a run of this store wrote: altered since, or from elsewhere`, hint: 'a run writes the outputs anew; keep a copy first if the changes are meant', details: { files: altered } }
  if (same === 0) return { status: 'skipped', message: 'no output of a run is here' }
  return { status: 'ok', message: `${same} ${same === 1 ? 'file is' : 'files are'} as recorded` }
}

/** Digests of every published file, by suffix. Throws when the ledger cannot be believed. */
function publishedBy(storeFolder: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  const store = openStore(storeFolder, { readOnly: true })
  try {
    for (const entry of store.attempts()) {
      try {
        const { run } = readRun(store, entry)
        for (const { suffix, hash } of run.identity.published) found.set(suffix, (found.get(suffix) ?? new Set()).add(hash))
      } catch {
        // The check of the records says so.
      }
    }
  } finally {
    store.close()
  }
  return found
}
