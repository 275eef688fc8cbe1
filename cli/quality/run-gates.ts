/** `hotpass qa`: runs gates, writes a summary of each, and says whether they hold. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { EXIT, HotpassError, type ExitCode } from '../../kernel/error.ts'
import { writeOutput } from '../../kernel/host/publish.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'
import type { Check, QualityGate } from '../../schemas/generated/quality-gate.ts'
import { resolveRequest } from '../config/request.ts'
import { shownPath } from '../config/workspace.ts'
import { didYouMean } from '../did-you-mean.ts'
import { asHotpassError } from '../render/error.ts'
import type { Gate } from './gate.ts'
import { GATES, gatesOf } from './gates.ts'

/** Milliseconds of one gate. The longest, that of the documentation, takes one or two minutes. */
const LONGEST_MS = 15 * 60_000

/** Runs the gates of the target. Throws E_USAGE and what writing throws; what a gate meets is a failure of the gate. */
export async function runGates(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const { target: wanted, except, ...rest } = input
  const target = (wanted as string | undefined) ?? 'all'
  const excepted = (except as readonly string[] | undefined) ?? []
  const ids = GATES.map(({ id }) => id)
  for (const id of excepted) if (!ids.includes(id)) throw new HotpassError('E_USAGE', `there is no gate ${id}`, { hint: didYouMean(id, ids, `there are ${ids.join(', ')}`) })
  const distDir = await resolveRequest(rest, host).then(request => request.distDir, () => resolve(host.cwd, (rest['dist_dir'] as string | undefined) ?? 'dist'))
  const chosen = gatesOf(target)
  const summaries: { readonly gate: Gate; readonly summary: QualityGate; readonly path: string; readonly excepted: boolean }[] = []
  for (const [at, gate] of chosen.entries()) {
    host.signal.throwIfAborted()
    host.tell({ event: 'qa.gate', level: 'info', message: `${gate.title} …`, share: at / chosen.length, data: { gate: gate.id } })
    const folder = join(distDir, 'quality-gates', gate.id)
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    const summary = await summaryOf(gate, rest, folder, host, at / chosen.length)
    const path = join(folder, 'summary.json')
    await write(path, summary as unknown as Json, host)
    summaries.push({ gate, summary, path: shownPath(path, host.cwd), excepted: excepted.includes(gate.id) })
    host.tell({ event: 'qa.gate.ended', level: 'info', message: `${gate.title}: ${summary.status}, ${summary.message}`, data: { gate: gate.id, status: summary.status } })
  }
  const failures = summaries.filter(({ summary }) => summary.status === 'failed')
  // An exception excuses what could not be checked. What was checked and is wrong nobody excuses.
  const unchecked = summaries.filter(({ summary }) => summary.status === 'not-built' || summary.status === 'incomplete')
  const excused = unchecked.filter(one => one.excepted)
  const verdict = verdictOf(failures.length, unchecked.length, excused.length)
  const result: JsonObject = {
    schema,
    target,
    verdict,
    exit: exitOf(target, verdict, failures.map(({ gate }) => gate)),
    excepted: excused.map(({ gate }) => gate.id),
    gates: summaries.map(({ summary, path }) => ({ ...(summary as unknown as JsonObject), summary: path }))
  }
  if (target === 'ta') await write(join(distDir, 'quality-gates', 'ta.json'), result, host)
  return { exit: result['exit'] as ExitCode, result }
}

/** Of the numbers of gates that failed, that could not be checked, and of the latter that are excused. */
export function verdictOf(failed: number, unchecked: number, excused: number): 'failed' | 'incomplete' | 'passed with exceptions' | 'passed' {
  if (failed > 0) return 'failed'
  if (unchecked > excused) return 'incomplete'
  return excused > 0 ? 'passed with exceptions' : 'passed'
}

/**
 * 3 when only data failed, 1 when anything else did. What could not be checked fails the release switch, and a target
 * that asked for that one gate; `all` goes on, and says what is open.
 */
export function exitOf(target: string, verdict: string, failures: readonly Pick<Gate, 'ofData'>[]): ExitCode {
  if (failures.length > 0) return failures.every(({ ofData }) => ofData) ? EXIT.data : EXIT.failed
  return verdict === 'incomplete' && target !== 'all' ? EXIT.failed : EXIT.ok
}

async function summaryOf(gate: Gate, input: JsonObject, folder: string, host: CommandHost, share: number): Promise<QualityGate> {
  const begun = performance.now()
  const started = new Date().toISOString()
  const checks: Check[] = []
  // One controller a gate, let go of afterwards: AbortSignal.any would be kept by the signal that outlives it.
  const stop = new AbortController()
  const onAbort = (): void => stop.abort(host.signal.reason)
  host.signal.addEventListener('abort', onAbort)
  const timer = setTimeout(() => stop.abort(new HotpassError('E_CANCELLED', `the gate took more than ${LONGEST_MS / 60_000} minutes`, { hint: 'look at what its checks took, in its summary' })), LONGEST_MS)
  try {
    await gate.run({ input, host: { ...host, signal: stop.signal }, folder }, one => {
      checks.push(one)
      host.tell({ event: 'qa.check', level: 'debug', message: `${gate.title}: ${one.name}`, share, data: { gate: gate.id, check: one.name, status: one.status } })
    })
  } catch (thrown) {
    if (host.signal.aborted) throw thrown
    const error = asHotpassError(stop.signal.aborted ? stop.signal.reason : thrown)
    checks.push({ name: 'the gate itself', status: 'failed', message: error.message, seconds: 0, findings: [{ code: error.code, severity: 'error', message: error.message, details: { hint: error.hint } }] })
  } finally {
    clearTimeout(timer)
    host.signal.removeEventListener('abort', onAbort)
  }
  const of = (status: Check['status']): Check[] => checks.filter(one => one.status === status)
  const counts = { passed: of('passed').length, failed: of('failed').length, not_built: of('not-built').length, not_run: of('not-run').length }
  const status = counts.failed > 0 ? 'failed' : counts.not_built > 0 ? 'not-built' : counts.not_run > 0 || counts.passed === 0 ? 'incomplete' : 'passed'
  const first = checks.find(one => one.status === (status === 'failed' ? 'failed' : status === 'not-built' ? 'not-built' : 'not-run'))
  const message = status === 'passed' ? `${counts.passed} ${counts.passed === 1 ? 'check' : 'checks'}` : first === undefined ? 'nothing was checked' : `${first.name}: ${first.message}`
  const artifacts = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map(entry => shownPath(join(entry.parentPath, entry.name), folder)).sort() : []
  return { schema: 'urn:hotpass:schema:quality-gate:1', gate: gate.id, title: gate.title, status, message, started_at: started, seconds: Math.round(performance.now() - begun) / 1000, counts, checks, artifacts }
}

async function write(path: string, value: Json, host: CommandHost): Promise<void> {
  await writeOutput({ path, shown: shownPath(path, host.cwd) }, Buffer.from(`${JSON.stringify(value, null, 2)}\n`))
}
