/** Leads a value that a result shows without its cell back to a cell of the run's input files. */
import { integersOf, type Frame } from '../../../kernel/artifact/table.ts'
import type { CommandHost } from '../../../kernel/registry/command.ts'
import type { JsonObject } from '../../../kernel/types.ts'
import type { TablesMeta } from '../../../operators/model/stages.ts'
import { artifactOf } from '../../pipeline/artifacts.ts'
import { findAttempt, openStoreToRead, readRun } from '../../pipeline/store.ts'

/** File, sheet and cell of the first cell that holds a text, as it stands or as part of a longer one; empty when none does. */
export async function locate(texts: readonly string[], input: JsonObject, host: CommandHost): Promise<ReadonlyMap<string, JsonObject>> {
  const found = new Map<string, JsonObject>()
  try {
    const store = await openStoreToRead(input, host)
    try {
      const run = typeof input['run'] === 'string' ? input['run'] : 'latest'
      const recorded = readRun(store, findAttempt(store, run, { finished: true }))
      for (const { step } of recorded.run.identity.steps) {
        if (!step.startsWith('shape:')) continue
        const frame = artifactOf<Frame<TablesMeta>>(store, recorded, step, 'tables')
        frame.tables.forEach((table, number) => {
          const rows = integersOf(table, 'row')
          for (const column of table.columns) {
            for (const text of texts) {
              if (found.has(text)) continue
              const code = column.values.findIndex(value => value === text || (text.length >= 12 && (value.includes(text) || text.includes(value) && value.length >= 12))) + 1
              if (code === 0) continue
              const row = rows[column.codes.indexOf(code)]!
              found.set(text, { file: step.slice('shape:'.length), sheet: frame.meta.tables[number]?.sheet ?? '', cell: `${column.name}${row}` })
            }
          }
        })
        if (found.size === texts.length) break
      }
    } finally {
      store.close()
    }
  } catch {
    // Without a store or a run there is nothing to lead back to; the value is flagged all the same.
  }
  return found
}
