/** `hotpass replay`. */
import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { HotpassError } from '../../kernel/error.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { CellDifference, RunEvent } from '../../kernel/run/types.ts'
import type { AttemptEntry, Store } from '../../kernel/store.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'
import { datasetOf, maskerOfRun } from './artifacts.ts'
import { createLanes, createRunHost, pipelines, workersOf } from './engine.ts'
import { maskWords } from '../../operators/masking/mask.ts'
import { findAttempt, openStoreToRead, readRun } from './store.ts'

export async function replayRun(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const wanted = (input['run'] as string | undefined) ?? 'latest'
  const file = resolve(host.cwd, wanted)
  const isBundle = !/^(latest|run-[0-9a-f]+)$/.test(wanted) && existsSync(file) && statSync(file).isFile()
  const store = isBundle ? (await import('../../kernel/host/store/bundle-store.ts')).openBundle(file) : await openStoreToRead(input, host)
  const attempt = input['attempt'] as number | undefined
  const lanes = createLanes(workersOf(input['workers'] as number | undefined))
  try {
    const entry = findAttempt(store, isBundle ? 'latest' : wanted, { finished: true, ...(attempt === undefined ? {} : { attempt }) })
    const { replayRun: replay } = await import('../../kernel/run/replay.ts')
    const { OPERATORS } = await import('../../operators/index.ts')
    const { CODECS } = await import('../../operators/codecs.ts')
    const result = await replay({
      store,
      runId: entry.run_id,
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
    const isMasked = input['reveal'] !== true && result.differences.some(({ artifacts }) => artifacts.some(({ cells }) => cells.length > 0))
    const mask = isMasked ? maskerOf(store, entry) : undefined
    const shown = (cell: CellDifference): JsonObject => ({
      ...cell,
      ...(cell.row === undefined ? {} : { row: cell.row + 1 }),
      before: mask === undefined ? cell.before : mask(cell.before, cell),
      after: mask === undefined ? cell.after : mask(cell.after, cell)
    })
    return {
      exit: result.exitCode,
      result: {
        schema,
        run_id: result.run_id,
        attempt: result.attempt,
        verdict: result.verdict,
        exit: result.exitCode,
        masked: isMasked,
        operator_calls: result.operator_calls,
        steps_compared: result.steps_compared,
        differences: result.differences.map(({ step, operator_id, parts, artifacts }) => ({
          step,
          operator_id,
          parts,
          artifacts: artifacts.map(({ slot, before, after, cells }) => ({ slot, before, after, cells: cells.map(shown) }))
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

/** Tables whose columns are the fields of an entity. */
const ENTITY_TABLES: ReadonlySet<string> = new Set(['data', 'records', 'entities'])
/** Columns that hold the pipeline's own words. */
const OWN_WORDS: ReadonlySet<string> = new Set(['level', 'reason', 'rule', 'severity', 'column', 'field', 'file', 'sheet', 'role'])

/**
 * Masks the values of differences as the run's profile says: those of personal fields, and personal values elsewhere.
 * Cells of which no field is known keep nothing but their shape; so does all text when the dataset cannot be read.
 */
function maskerOf(store: Store, entry: AttemptEntry): (value: Json, cell: CellDifference) => Json {
  let tell: (text: string, cell: CellDifference) => string = maskWords
  try {
    const recorded = readRun(store, entry)
    const dataset = datasetOf(store, recorded)
    const masker = maskerOfRun(store, recorded)
    tell = (text, { table, column }) => {
      if (table === undefined || column === undefined || OWN_WORDS.has(column)) return masker.text(text)
      if (ENTITY_TABLES.has(table)) return masker.value(text, column)
      return Object.hasOwn(dataset.meta.schema.groups, table) ? masker.value(text, `${table}.${column}`) : masker.unknown(text)
    }
  } catch (error) {
    if (!(error instanceof HotpassError)) throw error
  }
  return (value, cell) => (typeof value === 'string' ? tell(value, cell) : value)
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
