/** Runs that go on after their call was answered with their id. */
import type { HostEvent } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import type { Outcome } from './lane/message.ts'
import { BACKGROUND_SCHEMA } from './tools.ts'

const MOST_REMEMBERED = 100

interface Entry {
  state: 'running' | 'failed' | 'cancelled'
  share: number
  step: string
  error: JsonObject | null
}

export interface BackgroundRuns {
  /** Starts the work. Resolves with the run's id as soon as it has one, or with the outcome when that comes first. */
  start(work: (onEvent: (event: HostEvent) => void) => Promise<Outcome>): Promise<{ readonly runId: string } | { readonly outcome: Outcome }>
  /** How a run is getting on; undefined when it is not at work here, or has come to an end that the store tells of. */
  status(runId: string): JsonObject | undefined
}

export function createBackgroundRuns(): BackgroundRuns {
  const runs = new Map<string, Entry>()
  const remember = (runId: string, entry: Entry): void => {
    runs.delete(runId)
    runs.set(runId, entry)
    for (const [oldest, { state }] of runs) {
      if (runs.size <= MOST_REMEMBERED) break
      if (state !== 'running') runs.delete(oldest)
    }
  }
  return {
    start(work) {
      return new Promise((resolve, reject) => {
        let runId: string | undefined
        const onEvent = (event: HostEvent): void => {
          if (event.event === 'run.planned') {
            runId = event.data?.['run_id'] as string
            remember(runId, { state: 'running', share: 0, step: '', error: null })
            resolve({ runId })
          }
          const entry = runId === undefined ? undefined : runs.get(runId)
          if (entry === undefined || event.share === undefined) return
          entry.share = event.share
          entry.step = typeof event.data?.['step'] === 'string' ? event.data['step'] : ''
        }
        work(onEvent).then(
          outcome => {
            if (runId === undefined) return resolve({ outcome })
            const entry = runs.get(runId)
            // A run that was recorded is told by the store.
            if (outcome.result !== undefined || entry === undefined) return void runs.delete(runId)
            entry.state = outcome.fault?.code === 'E_CANCELLED' ? 'cancelled' : 'failed'
            entry.error = (outcome.fault ?? null) as unknown as JsonObject | null
          },
          (thrown: unknown) => reject(thrown)
        )
      })
    },
    status(runId) {
      const found = [...runs.keys()].find(id => id === runId || (runId.length >= 8 && id.startsWith(runId)))
      const entry = found === undefined ? undefined : runs.get(found)
      return entry === undefined ? undefined : backgroundResult(found!, entry)
    }
  }
}

/** A result in the schema that stands in for the command's own. */
export function backgroundResult(runId: string, { state, share, step, error }: { readonly state: string; readonly share: number; readonly step: string; readonly error: JsonObject | null }): JsonObject {
  return { schema: BACKGROUND_SCHEMA.properties.schema.const, run_id: runId, state, share, step, error, next: `hotpass.runs.show with run ${runId}` }
}
