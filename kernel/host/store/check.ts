/**
 * Looks for damage in a store: read-only, trusting no date and no size, while others may be writing. Every file that
 * the ledger vouches for is found when a single bit of it is other than it was.
 */
import { resolve } from 'node:path'
import type { Digest } from '../../types.ts'
import { checkActions, checkObjects } from './check-content.ts'
import { checkAttempts } from './check-attempts.ts'
import { nodeDisk, type Disk } from './disk.ts'
import { rootedDisk } from './fault.ts'
import { readable, type Finding, type Report } from './finding.ts'
import { formatFault, strangersIn } from './format.ts'
import { ACTIONS, DAMAGED, FOLDERS, FORMAT, HEAD, LEDGER, OBJECTS, RUNS } from './layout.ts'
import { openLedger } from './ledger-file.ts'
import { deadLeftovers } from './leftovers.ts'
import { NO_LINE, type LedgerState } from './ledger.ts'
import { thisProcess, type Owner } from './owner.ts'

export interface CheckOptions {
  /** Hashes every object again; otherwise only that they are there and have their size. */
  readonly full?: boolean
  /** Hash that the last line of the ledger had at some time. */
  readonly expectHead?: Digest
  readonly disk?: Disk
  readonly owner?: Owner
}

/** What is wrong with, or worth knowing about, the store in a folder. None: all is well. Never throws for damage. */
export function checkStore(folder: string, options: CheckOptions = {}): readonly Finding[] {
  const root = resolve(folder)
  const disk = rootedDisk(options.disk ?? nodeDisk, root)
  const findings: Finding[] = []
  const report: Report = (code, severity, path, message, runs = [], recomputable = false) => findings.push({ code, severity, path, message, runs: [...new Set(runs)].sort(), recomputable })
  const part = (path: string, work: () => void): void => readable(report, path, [], work)

  const type = disk.stat('')?.type
  if (type === undefined) report('STORE_MISSING', 'error', '', `there is no store at ${root}`)
  else if (type !== 'folder') report('STORE_LINK', 'error', '', `${root} is ${type === 'file' ? 'a file' : 'a link'}, not a folder of its own`)
  if (type !== 'folder') return findings

  let unfinished = false
  part('', () => (unfinished = isUnfinished(disk)))
  const [stranger] = unfinished ? strangersIn(disk) : []
  if (stranger !== undefined) {
    report('STORE_MISSING', 'error', '', `${root} is no store: it holds ${stranger}`)
    return findings
  }
  if (unfinished) {
    report('STORE_UNFINISHED', 'info', '', 'a process was killed while it made this store; the next run finishes it')
    return findings
  }
  for (const name of FOLDERS) if (disk.stat(name)?.type === 'other') report('STORE_LINK', 'error', name, `${name} is a link`)
  part(FORMAT, () => checkFormat(disk, report))
  let state: LedgerState | undefined
  part(LEDGER, () => {
    state = openLedger(disk, root).read()
    checkLedger(state, options.expectHead, report)
  })
  const lines = state?.lines ?? []
  const named = checkAttempts(disk, lines, () => openLedger(disk, root).read().lines, report)
  part('objects', () => checkObjects(disk, named.objects, options.full === true, report))
  part('actions', () => checkActions(disk, named.actions, report))
  part('', () => checkRest(disk, options.owner ?? thisProcess(), report))
  return findings
}

/** The format file is made last: without it, and with nothing else in it yet, a store was never there. */
function isUnfinished(disk: Disk): boolean {
  return disk.read(FORMAT) === undefined && (disk.read(LEDGER) ?? []).length === 0 && [RUNS, OBJECTS, ACTIONS].every(folder => disk.list(folder).length === 0)
}

function checkFormat(disk: Disk, report: Report): void {
  const bytes = disk.read(FORMAT)
  const fault = bytes === undefined ? { newer: false, what: 'the store\'s format file is missing' } : formatFault(bytes)
  if (fault !== undefined) report(fault.newer ? 'STORE_FORMAT_NEWER' : 'STORE_FORMAT_DAMAGED', 'error', FORMAT, fault.what)
}

function checkLedger(state: LedgerState, expected: Digest | undefined, report: Report): void {
  const { lines, fault } = state
  if (fault !== undefined) report('STORE_LEDGER_DAMAGED', 'error', fault.file, fault.what, fault.line > 0 ? lines.slice(fault.line - 1).map(line => line.run_id) : [])
  else if (state.leftover > 0) report('STORE_LEDGER_LEFTOVER', 'info', LEDGER, `${state.leftover} bytes of a line that was never finished; the next run removes them`)
  if (expected !== undefined && expected !== NO_LINE && !lines.some(line => line.hash === expected)) {
    report('STORE_HEAD_UNKNOWN', 'error', LEDGER, `no line of the ledger has the hash ${expected}: lines were cut off, or it is another store`)
  }
}

function checkRest(disk: Disk, owner: Owner, report: Report): void {
  for (const { path, kind } of deadLeftovers(disk, owner)) {
    if (kind === 'lock') report('STORE_LOCK_STALE', 'info', path, 'the lock of a process that is gone; the next run takes it over')
    else report('STORE_TEMPORARY_LEFTOVER', 'info', path, 'left by a process that is gone; hotpass doctor --autofix removes it')
  }
  for (const { name } of disk.list(DAMAGED)) report('STORE_DAMAGE_REPLACED', 'warning', `${DAMAGED}/${name}`, 'was found damaged and replaced by a later run; the damaged bytes are kept here')
  const ours = new Set([...FOLDERS, FORMAT, LEDGER, HEAD])
  for (const { name } of disk.list('')) if (!ours.has(name)) report('STORE_FOREIGN_FILE', 'info', name, 'is not part of the store')
}
