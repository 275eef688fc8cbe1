/** Where everything is in a store, as paths relative to it. */
import { digestBytes } from '../../hash.ts'
import type { Digest } from '../../types.ts'

export const FORMAT = 'format'
export const LEDGER = 'ledger'
export const HEAD = 'head'
export const OBJECTS = 'objects'
export const ACTIONS = 'actions'
export const RUNS = 'runs'
export const TMP = 'tmp'
export const LOCKS = 'locks'
/** Damaged files that a later run put whole ones in place of. */
export const DAMAGED = 'damaged'
export const MANIFEST = 'manifest.json'

/** Made with the store, in this order. */
export const FOLDERS: readonly string[] = [OBJECTS, ACTIONS, RUNS, TMP, LOCKS, DAMAGED]

const DIGEST = /^[0-9a-f]{64}$/
const RUN_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/

export const isDigest = (text: unknown): text is Digest => typeof text === 'string' && DIGEST.test(text)
/** Whether a run's id can be the name of a folder. */
export const isRunId = (text: unknown): text is string => typeof text === 'string' && RUN_ID.test(text)

export const objectFolder = (hash: Digest): string => `${OBJECTS}/${hash.slice(0, 2)}`
export const objectPath = (hash: Digest): string => `${OBJECTS}/${hash.slice(0, 2)}/${hash.slice(2)}`
export const actionPath = (key: Digest): string => `${ACTIONS}/${key.slice(0, 2)}/${key}.json`
export const runFolder = (runId: string): string => `${RUNS}/${runId}`
export const attemptName = (attempt: number): string => `attempt-${String(attempt).padStart(4, '0')}`
export const attemptFolder = (runId: string, attempt: number): string => `${RUNS}/${runId}/${attemptName(attempt)}`
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/**
 * File name of the record at a position. A step's id may hold a file's name in any script, so it is only there for
 * people to recognise; what it stands for is in the manifest.
 */
export function recordFile(name: string, position: number): string {
  if (name === 'run') return 'run.json'
  const safe = name.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-|-$/g, '').slice(0, 60)
  return `${String(position).padStart(3, '0')}-${safe === '' ? digestBytes(name).slice(0, 8) : safe}.json`
}
