/** Runs that go on after their call was answered with their id. */
import { HotpassError } from '../../kernel/error.ts'
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
  readonly stop: AbortController
}

export interface BackgroundRuns {
  /**
   * Starts the work. Resolves with the run's id as soon as it has one, or with the outcome when that comes first. Work that
   * turns out to be a run which is under way already is stopped: one id could not tell how two of them get on.
   */
  start(work: (onEvent: (event: HostEvent) => void, signal: AbortSignal) => Promise<Outcome>): Promise<{ readonly runId: string } | { readonly outcome: Outcome }>
  /** How a run is getting on; undefined when it is not at work here, or has come to an end that the store tells of. */
  status(runId: string): JsonObject | undefined
  /** Ends a run that is under way, between two steps. False when there is none of this id. */
  cancel(runId: string): boolean
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
  const find = (runId: string): string | undefined => [...runs.keys()].find(id => id === runId || (runId.length >= 8 && id.startsWith(runId)))
  return {
    start(work) {
      return new Promise((resolve, reject) => {
        let runId: string | undefined
        let own: Entry | undefined
        const stop = new AbortController()
        const onEvent = (event: HostEvent): void => {
          if (event.event === 'run.planned') {
            const planned = event.data?.['run_id'] as string
            if (runs.get(planned)?.state === 'running') {
              return stop.abort(new HotpassError('E_USAGE', `${planned} is at work in the background already: the same inputs, configuration and versions are the same run`, { hint: `hotpass.runs.show with run ${planned} tells how it is getting on; ask again when it has ended` }))
            }
            runId = planned
            own = { state: 'running', share: 0, step: '', error: null, stop }
            remember(runId, own)
            resolve({ runId })
          }
          if (own === undefined || event.share === undefined) return
          own.share = event.share
          own.step = typeof event.data?.['step'] === 'string' ? event.data['step'] : ''
        }
        work(onEvent, stop.signal).then(
          outcome => {
            if (runId === undefined) return resolve({ outcome })
            // A run that was recorded is told by the store.
            if (outcome.result !== undefined || own === undefined) return void (runs.get(runId) === own && runs.delete(runId))
            own.state = outcome.fault?.code === 'E_CANCELLED' ? 'cancelled' : 'failed'
            own.error = (outcome.fault ?? null) as unknown as JsonObject | null
          },
          (thrown: unknown) => reject(thrown)
        )
      })
    },
    status(runId) {
      const found = find(runId)
      const entry = found === undefined ? undefined : runs.get(found)
      return entry === undefined ? undefined : backgroundResult(found!, entry)
    },
    cancel(runId) {
      const entry = runs.get(find(runId) ?? '')
      if (entry?.state !== 'running') return false
      entry.state = 'cancelled'
      entry.stop.abort()
      return true
    }
  }
}

/** A result in the schema that stands in for the command's own. */
export function backgroundResult(runId: string, { state, share, step, error }: { readonly state: string; readonly share: number; readonly step: string; readonly error: JsonObject | null }): JsonObject {
  return { schema: BACKGROUND_SCHEMA.properties.schema.const, run_id: runId, state, share, step, error, next: `hotpass.runs.show with run ${runId}` }
}
