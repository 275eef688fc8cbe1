/** `hotpass run`: from a request to an acknowledged run and its outputs. */
import { EXIT } from '../../kernel/error.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { RunEvent } from '../../kernel/run/types.ts'
import type { Json, JsonObject, Pins } from '../../kernel/types.ts'
import { resolveRequest, type Request } from '../config/request.ts'
import { shownPath } from '../config/workspace.ts'
import { assertThresholds } from '../resolve/thresholds.ts'
import { openEngine, pipelines } from './engine.ts'
import { previousDataset } from './previous.ts'
import { recordedReply } from './reply.ts'
import { sideInputs } from './side-inputs.ts'

/** Runs the refine pipeline as the flags, files and environment ask. Throws HotpassError when nothing could be recorded. */
export async function refineFolder(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const request = await resolveRequest(input, host)
  assertThresholds(request.config.identity)
  const { config } = request
  const { pipeline: settings } = config
  host.tell({ event: 'log.format', level: 'debug', message: '', data: { format: settings.log_format } })
  host.tell({ event: 'run.configured', level: 'debug', message: `profile ${request.profile.name}, configuration ${config.fingerprint}`, data: { profile: request.profile.name, config_hash: config.fingerprint } })

  const engine = openEngine(request, settings.workers, host)
  try {
    const { files, refused } = await engine.readInputs()
    host.tell({ event: 'run.inputs', level: 'info', message: `${files.length} ${files.length === 1 ? 'file' : 'files'} in ${shownPath(request.inputDir, host.cwd)}`, data: { files: files.map(({ id }) => id) } })
    const asked = [...files, ...sideInputs(request, engine.store, host)]
    const previous = previousDataset(engine.store, config.identity, asked)
    if (previous !== null) host.tell({ event: 'run.previous', level: 'debug', message: `compared with the dataset of ${previous.run_id}`, data: { run_id: previous.run_id } })
    const inputs = previous === null ? asked : [...asked, previous.ref]
    const pins: Pins = { as_of: settings.as_of ?? null, seed: settings.seed ?? '' }
    const { executeRun } = await import('../../kernel/run/execute.ts')
    const extras = copiesOf(request)
    const result = await executeRun({
      pipeline: pipelines.get('refine')!,
      inputs,
      config: config.identity,
      mode: settings.mode,
      pins,
      refused,
      store: engine.store,
      lanes: engine.lanes,
      host: engine.host,
      operators: engine.operators,
      codecs: engine.codecs,
      publisher: engine.publisher(extras, pins.as_of),
      workers: engine.workers,
      useCache: input['cache'] !== false,
      signal: host.signal,
      onEvent: progress(host)
    })
    const { identity } = result.record
    const outputs = result.paths.map((path, at) => {
      const extra = at - identity.published.length
      const { media_type, hash, bytes } = extra < 0 ? identity.published[at]! : { ...engine.extraFile(extra), bytes: engine.extraFile(extra).bytes.length }
      return { path, media_type, hash, bytes }
    })
    return recordedReply(result, request, host, schema, {
      pins: { as_of: identity.pins.as_of, seed: identity.pins.seed },
      input_dir: shownPath(request.inputDir, host.cwd),
      outputs,
      best_effort: (identity.best_effort ?? null) as Json,
      next: nextCommands(result.run_id, result.exitCode, identity.summary as JsonObject, outputs.map(({ path }) => path))
    })
  } finally {
    await engine.close()
  }
}

/** What is written besides the outputs of the pipeline: the report at another place, the archive. */
export interface Extra {
  readonly kind: 'report' | 'archive'
  /** Absolute. */
  readonly path: string
  /** For a report: which of the published suffixes. */
  readonly suffix: string
}

const REPORT_SUFFIXES: ReadonlyMap<string, string> = new Map([
  ['markdown', '.report.md'],
  ['html', '.report.html'],
  ['json', '.report.json']
])

function copiesOf(request: Request): readonly Extra[] {
  const extras: Extra[] = []
  if (request.reportPath !== undefined) {
    extras.push({ kind: 'report', path: request.reportPath, suffix: REPORT_SUFFIXES.get(request.reportFormat!)! })
  }
  if (request.config.pipeline.archive === true) extras.push({ kind: 'archive', path: request.distDir, suffix: '' })
  return extras
}

/** Tells the events of a run. */
export function progress(host: CommandHost): (event: RunEvent) => void {
  let total = 1
  let done = 0
  return event => {
    switch (event.type) {
      case 'planned':
        total = event.steps.length
        host.tell({ event: 'run.planned', level: 'debug', message: `${event.run_id}, ${total} steps`, share: 0, data: { run_id: event.run_id, steps: event.steps.map(({ id }) => id) } })
        return
      case 'step-started':
        host.tell({ event: 'step.started', level: 'debug', message: event.step, share: done / total, data: { step: event.step, operator_id: event.operator_id } })
        return
      case 'step-progress':
        host.tell({ event: 'step.progress', level: 'debug', message: event.step, share: (done + event.share) / total, data: { step: event.step } })
        return
      case 'step-ended': {
        done++
        const how = event.cache === 'hit' ? 'from the cache' : `${Math.round(event.duration_ms)} ms`
        host.tell({
          event: 'step.ended',
          // With hundreds of files a line for each would hide the rest.
          level: total > 40 && event.duration_ms < 1000 && done < total ? 'debug' : 'info',
          message: `[${done}/${total}] ${event.step}: ${event.outcome}, ${how}`,
          share: done / total,
          data: { step: event.step, operator_id: event.operator_id, outcome: event.outcome, cache: event.cache, duration_ms: event.duration_ms }
        })
        return
      }
      case 'publishing':
        host.tell({ event: 'run.publishing', level: 'debug', message: `writing ${event.files} files`, share: 1, data: { files: event.files } })
    }
  }
}

function nextCommands(runId: string, exit: number, counts: JsonObject, outputs: readonly string[]): string[] {
  const short = runId.slice(0, 16)
  if (exit === EXIT.integrity) return ['hotpass doctor --full', `hotpass runs show ${short}`]
  if (exit === EXIT.policy) return ['hotpass run --as-of 2026-01-31', 'hotpass run --mode best-effort']
  if (exit === EXIT.data) return [`hotpass query "select reason, count(*) from quarantine group by reason"`, `hotpass runs show ${short}`]
  if (exit !== EXIT.ok) return [`hotpass runs show ${short}`, 'hotpass doctor']
  const quarantined = Number(counts['quarantined'] ?? 0)
  const report = outputs.find(path => path.endsWith('.report.html'))
  return [
    `hotpass replay ${short}`,
    ...(Number(counts['rows_out'] ?? 0) > 0 ? [`hotpass explain ${short} --row 1`] : []),
    ...(quarantined > 0 ? [`hotpass query "select file, sheet, row, reason from quarantine"`] : []),
    ...(report === undefined ? [] : [report])
  ]
}
