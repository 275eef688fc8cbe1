/** `hotpass replay`. */
import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { RunEvent } from '../../kernel/run/types.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'
import { createLanes, createRunHost, pipelines, workersOf } from './engine.ts'
import { maskWords } from '../../operators/masking/mask.ts'
import { findAttempt, openStoreToRead } from './store.ts'

export async function replayRun(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const wanted = (input['run'] as string | undefined) ?? 'latest'
  const file = resolve(host.cwd, wanted)
  const isBundle = !/^(latest|run-[0-9a-f]+)$/.test(wanted) && existsSync(file) && statSync(file).isFile()
  const store = isBundle ? (await import('../../kernel/host/store/bundle-store.ts')).openBundle(file) : await openStoreToRead(input, host)
  const attempt = input['attempt'] as number | undefined
  const lanes = createLanes(workersOf(input['workers'] as number | undefined))
  try {
    const runId = findAttempt(store, isBundle ? 'latest' : wanted, { finished: true, ...(attempt === undefined ? {} : { attempt }) }).run_id
    const { replayRun: replay } = await import('../../kernel/run/replay.ts')
    const { OPERATORS } = await import('../../operators/index.ts')
    const { CODECS } = await import('../../operators/codecs.ts')
    const result = await replay({
      store,
      runId,
      ...(attempt === undefined ? {} : { attempt }),
      pipelines,
      lanes,
      host: createRunHost(),
      operators: OPERATORS,
      codecs: CODECS,
      workers: workersOf(input['workers'] as number | undefined),
      signal: host.signal,
      onEvent: progress(host)
    })
    const shown = (value: Json): Json => (input['reveal'] === true || typeof value !== 'string' ? value : maskWords(value))
    return {
      exit: result.exitCode,
      result: {
        schema,
        run_id: result.run_id,
        attempt: result.attempt,
        verdict: result.verdict,
        exit: result.exitCode,
        operator_calls: result.operator_calls,
        steps_compared: result.steps_compared,
        differences: result.differences.map(({ step, operator_id, parts, artifacts }) => ({
          step,
          operator_id,
          parts,
          artifacts: artifacts.map(({ slot, before, after, cells }) => ({ slot, before, after, cells: cells.map(cell => ({ ...cell, before: shown(cell.before), after: shown(cell.after) })) }))
        })) as unknown as Json,
        published: result.published as unknown as Json,
        notes: result.notes
      }
    }
  } finally {
    await lanes.close()
    store.close()
  }
}

function progress(host: CommandHost): (event: RunEvent) => void {
  let total = 1
  let done = 0
  return event => {
    if (event.type === 'planned') total = event.steps.length
    if (event.type !== 'step-ended') return
    done++
    host.tell({ event: 'step.replayed', level: 'debug', message: `${event.step}: ${Math.round(event.duration_ms)} ms`, share: Math.min(1, done / total), data: { step: event.step, operator_id: event.operator_id } })
  }
}
