/** The attempts that the ledger vouches for: their manifests and records, and what those name. */
import { digestBytes } from '../../hash.ts'
import type { Digest } from '../../types.ts'
import type { Disk } from './disk.ts'
import { readable, type Report } from './finding.ts'
import { objectIn } from './json-file.ts'
import { attemptFolder, attemptName, isRunId, MANIFEST, RUNS } from './layout.ts'
import type { LedgerLine } from './ledger.ts'
import { digestsGiven, digestsMade, manifestIn, recordHashHolds, type Manifest } from './manifest.ts'

/** An object that runs name. */
export interface NamedObject {
  readonly bytes: number
  readonly runs: Set<string>
  /** Every run that names it made it: as an operator's output, never as an input or a configuration. */
  recomputable: boolean
}

/** What acknowledged runs name, and which runs do. */
export interface Named {
  readonly objects: Map<Digest, NamedObject>
  readonly actions: Map<Digest, Set<string>>
}

/** `linesNow` reads the ledger again: an attempt that is there but was not in `lines` may have been finished since. */
export function checkAttempts(disk: Disk, lines: readonly LedgerLine[], linesNow: () => readonly LedgerLine[], report: Report): Named {
  const named: Named = { objects: new Map(), actions: new Map() }
  for (const line of lines) {
    const folder = attemptFolder(line.run_id, line.attempt)
    readable(report, folder, [line.run_id], () => {
      const { manifest, made } = checkAttempt(disk, line, folder, report)
      for (const { hash, bytes } of manifest?.objects ?? []) {
        const entry = named.objects.get(hash) ?? { bytes, runs: new Set(), recomputable: true }
        entry.runs.add(line.run_id)
        entry.recomputable &&= made.has(hash)
        named.objects.set(hash, entry)
      }
      for (const key of manifest?.actions ?? []) named.actions.set(key, (named.actions.get(key) ?? new Set()).add(line.run_id))
    })
  }
  readable(report, RUNS, [], () => checkStrays(disk, lines, linesNow, report))
  return named
}

/** The attempt's manifest, and the objects that its operators made, as far as both can be read. */
function checkAttempt(disk: Disk, line: LedgerLine, folder: string, report: Report): { readonly manifest: Manifest | undefined; readonly made: ReadonlySet<Digest> } {
  const made = new Set<Digest>()
  const given = new Set<Digest>()
  const runs = [line.run_id]
  const present = new Set(disk.list(folder).map(({ name }) => name))
  const whole = (file: string, hash: Digest): Uint8Array | undefined => {
    const path = `${folder}/${file}`
    const bytes = present.delete(file) ? disk.read(path) : undefined
    if (bytes === undefined) report('STORE_RECORD_MISSING', 'error', path, `a record of ${line.run_id} is missing`, runs)
    else if (digestBytes(bytes) !== hash) report('STORE_RECORD_DAMAGED', 'error', path, `a record of ${line.run_id} is damaged: the ledger has another hash for it`, runs)
    else return bytes
    return undefined
  }
  const bytes = whole(MANIFEST, line.manifest)
  const manifest = bytes === undefined ? undefined : manifestIn(bytes)
  if (bytes !== undefined && manifest?.run_id !== line.run_id) report('STORE_RECORD_DAMAGED', 'error', `${folder}/${MANIFEST}`, 'is not the manifest of this run', runs)
  if (manifest === undefined) return { manifest, made }
  for (const { file, name, hash } of manifest.records) {
    const content = whole(file, hash)
    if (content === undefined) continue
    const record = objectIn(content)
    const right = record !== undefined && recordHashHolds(record) && (name !== 'run' || record['record_hash'] === undefined || record['record_hash'] === line.record_hash)
    if (right) {
      // What an attempt made that differs from the others is made by no other run.
      if (line.outcome !== 'differs') for (const digest of digestsMade(record)) made.add(digest)
      if (name === 'run') for (const digest of digestsGiven(record)) given.add(digest)
    } else report('STORE_RECORD_DAMAGED', 'error', `${folder}/${file}`, 'the record\'s own hash is not that of its content', runs)
  }
  for (const file of present) report('STORE_RECORD_FOREIGN', 'warning', `${folder}/${file}`, 'is not one of the attempt\'s records', runs)
  for (const digest of given) made.delete(digest)
  return { manifest, made }
}

/** Folders under runs/ that the ledger does not know: left by a killed run, being finished right now, or put there. */
function checkStrays(disk: Disk, lines: readonly LedgerLine[], linesNow: () => readonly LedgerLine[], report: Report): void {
  const known = new Set(lines.map(line => attemptFolder(line.run_id, line.attempt)))
  const strays: string[] = []
  for (const run of disk.list(RUNS)) {
    if (run.type !== 'folder' || !isRunId(run.name)) {
      report('STORE_FOREIGN_FILE', 'info', `${RUNS}/${run.name}`, 'is not part of the store')
      continue
    }
    for (const { name } of disk.list(`${RUNS}/${run.name}`)) if (!known.has(`${RUNS}/${run.name}/${name}`)) strays.push(`${RUNS}/${run.name}/${name}`)
  }
  if (strays.length === 0) return
  const later = linesNow()
  const acknowledged = new Map<string, number>()
  for (const line of later) acknowledged.set(line.run_id, Math.max(line.attempt, acknowledged.get(line.run_id) ?? 0))
  const knownNow = new Set(later.map(line => attemptFolder(line.run_id, line.attempt)))
  for (const path of strays.filter(stray => !knownNow.has(stray))) {
    const [, run, name] = path.split('/') as [string, string, string]
    if (name === attemptName((acknowledged.get(run) ?? 0) + 1)) report('STORE_ATTEMPT_LEFTOVER', 'info', path, 'an attempt that was never acknowledged; the next one takes its place')
    else report('STORE_RECORD_FOREIGN', 'warning', path, 'is not an attempt that the ledger knows')
  }
}
