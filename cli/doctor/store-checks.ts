/** The doctor's checks of the store. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { EXIT } from '../../kernel/error.ts'
import { checkStore } from '../../kernel/host/store/check.ts'
import { removeLeftovers } from '../../kernel/host/store/leftovers.ts'
import { openStore } from '../../kernel/host/store/store.ts'
import { shownPath } from '../config/workspace.ts'
import { auditPath, headIn } from '../mcp/audit/stored.ts'
import { verifyAuditLog } from '../mcp/audit/verify.ts'
import { readRun } from '../pipeline/store.ts'
import { asHotpassError } from '../render/error.ts'
import { size } from '../render/paint.ts'
import type { Examination, Finding } from './checks.ts'

const NO_STORE: Finding = { status: 'skipped', message: 'there is no store yet; the first run makes it' }
const LEFTOVERS: ReadonlySet<string> = new Set(['STORE_TEMPORARY_LEFTOVER', 'STORE_LOCK_STALE', 'STORE_LEDGER_LEFTOVER', 'STORE_ATTEMPT_LEFTOVER'])

const LOST = 'the runs that are named can no longer be proved; take the store from a backup'
const REMADE = 'only results are damaged: hotpass run over the same inputs, with the same configuration and version, makes them again'

/** Damage, missing and foreign files; with --full every object is hashed again. */
export function checkStoreIntegrity({ storeFolder, input, full, host }: Examination): Finding {
  const expectHead = headIn(input)
  if (storeFolder === undefined || !existsSync(storeFolder)) {
    if (expectHead === undefined) return NO_STORE
    return { status: 'error', message: `there is no store at ${storeFolder === undefined ? '.hotpass' : shownPath(storeFolder, host.cwd)}`, hint: 'the expected ledger head belongs to another store', exit: EXIT.integrity }
  }
  const findings = checkStore(storeFolder, { full, ...(expectHead === undefined ? {} : { expectHead }) }).filter(({ code }) => !LEFTOVERS.has(code))
  const details = { findings: findings.map(({ code, severity, path, message, runs, recomputable }) => ({ code, severity, path, message, runs, recomputable })) }
  // What no run can make again comes first.
  const lost = findings.find(({ severity, recomputable }) => severity === 'error' && !recomputable)
  const worst = lost ?? findings.find(({ severity }) => severity === 'error') ?? findings.find(({ severity }) => severity === 'warning')
  const errors = findings.filter(({ severity }) => severity === 'error').length
  if (worst?.severity === 'error') {
    const runs = worst.runs.length === 0 ? '' : `; touches ${worst.runs.join(', ')}`
    return { status: 'error', message: `${worst.path === '' ? '' : `${worst.path}: `}${worst.message}${runs}${errors === 1 ? '' : ` (and ${errors - 1} more)`}`, hint: lost === undefined ? REMADE : LOST, details, exit: EXIT.integrity }
  }
  if (worst !== undefined) return { status: 'warning', message: `${worst.path}: ${worst.message}`, details }
  return { status: 'ok', message: full ? 'every object and record was hashed and is as recorded' : 'ledger and records are whole; --full hashes every object', details }
}

/** Whether the log of agents' calls is the chain that was written, as `audit verify` tells it. */
export async function checkAuditLog({ storeFolder, host }: Examination): Promise<Finding> {
  if (storeFolder === undefined || !existsSync(auditPath(storeFolder))) return { status: 'skipped', message: 'no agent has called; hotpass mcp serve begins the log' }
  const path = auditPath(storeFolder)
  const { lines, problems } = await verifyAuditLog(path)
  const [first] = problems
  if (first === undefined) return { status: 'ok', message: `${lines} ${lines === 1 ? 'line' : 'lines'}, one unbroken chain` }
  const details = { problems: problems.map(({ line, what }) => ({ line, what })) }
  return { status: 'error', message: `${shownPath(path, host.cwd)}: line ${first.line} ${first.what}${problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`}`, hint: 'hotpass audit verify lists every line that is not as it was written', details, exit: EXIT.integrity }
}

/** Share of runs and steps that have their record. */
export function checkCoverage({ storeFolder }: Examination): Finding {
  if (storeFolder === undefined || !existsSync(storeFolder)) return NO_STORE
  try {
    const store = openStore(storeFolder, { readOnly: true })
    let expected = 0
    let present = 0
    let runs = 0
    for (const entry of store.attempts()) {
      runs++
      expected++
      try {
        const { run, steps } = readRun(store, entry)
        const executed = run.identity.steps.filter(({ record_hash }) => record_hash !== null)
        expected += executed.length
        present += 1 + executed.filter(({ step, record_hash }) => steps.get(step)?.record_hash === record_hash).length
      } catch {
        // A run whose records cannot be read counts as one that has none.
      }
    }
    store.close()
    const gap = expected === 0 ? 0 : (expected - present) / expected
    const details = { runs, expected, present, gap: Math.round(gap * 10_000) / 10_000 }
    const message = `${present} of ${expected} records of ${runs} ${runs === 1 ? 'run' : 'runs'}`
    if (gap === 0) return { status: 'ok', message, details }
    return { status: gap > 0.05 ? 'error' : 'warning', message, hint: 'run hotpass doctor --full to see which are missing', details, exit: EXIT.integrity }
  } catch (error) {
    const told = asHotpassError(error)
    return { status: 'error', message: told.message, hint: told.hint, details: { code: told.code }, exit: told.exitCode }
  }
}

/** What killed processes left behind. Safe to remove, and removed with --autofix. */
export async function checkLeftovers({ storeFolder, autofix }: Examination): Promise<Finding> {
  if (storeFolder === undefined || !existsSync(storeFolder)) return NO_STORE
  const found = checkStore(storeFolder).filter(({ code }) => LEFTOVERS.has(code))
  if (found.length === 0) return { status: 'ok', message: 'none' }
  const bytes = found.reduce((sum, { path }) => sum + bytesAt(join(storeFolder, path)), 0)
  const details = { paths: found.map(({ path }) => path), bytes }
  if (!autofix) return { status: 'ok', message: `${found.length} left by processes that are gone, ${size(bytes)}; harmless: hotpass doctor --autofix removes them`, hint: '--autofix removes them', details }
  const removed = await removeLeftovers(storeFolder)
  return { status: 'fixed', message: `${removed.length} removed`, details: { paths: removed } }
}

/** Bytes of a file, or of all files in a folder; none of what is gone by now. */
function bytesAt(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return 0
  if (!stat.isDirectory()) return stat.size
  return readdirSync(path).reduce((sum, name) => sum + bytesAt(join(path, name)), 0)
}
