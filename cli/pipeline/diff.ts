/** `hotpass diff`: what differs between two runs' datasets, and what caused it. */
import { leavesOf } from '../../kernel/config/merge.ts'
import { EXIT } from '../../kernel/error.ts'
import { canonicalJson } from '../../kernel/json.ts'
import { columnOf, tableOf, textAt, type Column, type Frame, type Table } from '../../kernel/artifact/table.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'
import type { DatasetMeta, DatasetSchema } from '../../operators/model/stages.ts'
import { datasetOf, maskerOfRun } from './artifacts.ts'
import { configOf, findAttempt, openStoreToRead, readRun, type RecordedRun } from './store.ts'

export async function diffRuns(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const store = await openStoreToRead(input, host)
  try {
    const [from, to] = (['from', 'to'] as const).map(side => readRun(store, findAttempt(store, input[side] as string, { finished: true }))) as [RecordedRun, RecordedRun]
    const [configFrom, configTo] = [configOf(store, from.run), configOf(store, to.run)]
    const [frameFrom, frameTo] = [from, to].map(recorded => datasetOf(store, recorded)) as [Frame<DatasetMeta>, Frame<DatasetMeta>]
    const limit = (input['limit'] as number | undefined) ?? 50
    const compared = compareTables(tableOf(frameFrom, 'data'), tableOf(frameTo, 'data'), keyOf(frameFrom.meta.schema, frameTo.meta.schema))
    const maskers = [from, to].map(recorded => maskerOfRun(store, recorded))
    const shown = (side: 0 | 1, column: string, value: string | null): string | null =>
      value === null || input['reveal'] === true ? value : maskers[side]!.value(value, column)
    return {
      exit: EXIT.ok,
      result: {
        schema,
        from: from.run.identity.run_id,
        to: to.run.identity.run_id,
        identical: from.run.identity.dataset?.hash === to.run.identity.dataset?.hash,
        causes: causesOf(from, to, configFrom, configTo),
        first_step: firstStep(from, to),
        key: compared.key,
        columns: compared.columns,
        rows: compared.rows,
        cells_changed: compared.changed.length,
        added: compared.added.slice(0, limit).map(key => shown(1, compared.key[0] ?? '', key)),
        removed: compared.removed.slice(0, limit).map(key => shown(0, compared.key[0] ?? '', key)),
        changed: compared.changed.slice(0, limit).map(cell => ({ key: shown(1, compared.key[0] ?? '', cell.key), column: cell.column, from: shown(0, cell.column, cell.from), to: shown(1, cell.column, cell.to) })),
        shown: Math.min(limit, Math.max(compared.changed.length, compared.added.length, compared.removed.length))
      }
    }
  } finally {
    store.close()
  }
}

/** The columns that name a row in both datasets: a unique field, else a derived key, else the first field. */
function keyOf(from: DatasetSchema, to: DatasetSchema): string {
  const shared = to.fields.filter(field => from.fields.some(other => other.name === field.name))
  const slug = shared.find(field => field.derive !== undefined && 'slug' in field.derive)
  return (shared.find(field => field.unique === true) ?? slug ?? shared[0] ?? to.fields[0])?.name ?? ''
}

interface Compared {
  readonly key: string[]
  readonly columns: { readonly added: string[]; readonly removed: string[] }
  readonly rows: { readonly from: number; readonly to: number; readonly added: number; readonly removed: number; readonly changed: number; readonly same: number }
  readonly added: string[]
  readonly removed: string[]
  readonly changed: { readonly key: string; readonly column: string; readonly from: string | null; readonly to: string | null }[]
}

/** Rows by key; where a key stands in several rows they are paired in order (`key #2`). */
function compareTables(from: Table, to: Table, key: string): Compared {
  const rowsFrom = rowsByKey(from, key)
  const rowsTo = rowsByKey(to, key)
  const names = (table: Table): string[] => table.columns.map(({ name }) => name)
  const shared = names(to).filter(name => columnOf(from, name) !== undefined)
  const pairs = shared.map((name): readonly [string, Column, Column] => [name, columnOf(from, name)!, columnOf(to, name)!])
  const changed: Compared['changed'][number][] = []
  let changedRows = 0
  for (const [name, row] of rowsTo) {
    const other = rowsFrom.get(name)
    if (other === undefined) continue
    const before = changed.length
    for (const [column, was, is] of pairs) {
      const [old, fresh] = [textAt(was, other), textAt(is, row)]
      if (old !== fresh) changed.push({ key: name, column, from: old, to: fresh })
    }
    if (changed.length > before) changedRows++
  }
  const added = [...rowsTo.keys()].filter(name => !rowsFrom.has(name))
  const removed = [...rowsFrom.keys()].filter(name => !rowsTo.has(name))
  return {
    key: key === '' ? [] : [key],
    columns: { added: names(to).filter(name => !shared.includes(name)), removed: names(from).filter(name => !shared.includes(name)) },
    rows: { from: from.rows, to: to.rows, added: added.length, removed: removed.length, changed: changedRows, same: to.rows - added.length - changedRows },
    added,
    removed,
    changed
  }
}

function rowsByKey(table: Table, key: string): Map<string, number> {
  const column = columnOf(table, key)
  const seen = new Map<string, number>()
  const rows = new Map<string, number>()
  for (let row = 0; row < table.rows; row++) {
    const text = (column === undefined ? null : textAt(column, row)) ?? ''
    const times = (seen.get(text) ?? 0) + 1
    seen.set(text, times)
    rows.set(times === 1 ? text : `${text} #${times}`, row)
  }
  return rows
}

function causesOf(from: RecordedRun, to: RecordedRun, configFrom: JsonObject, configTo: JsonObject): JsonObject {
  const [a, b] = [from.run.identity, to.run.identity]
  const inputsFrom = new Map(a.input_refs.map(({ id, hash }) => [id, hash]))
  const inputsTo = new Map(b.input_refs.map(({ id, hash }) => [id, hash]))
  const inputs = [...new Set([...inputsFrom.keys(), ...inputsTo.keys()])].sort().flatMap(id => {
    const [was, is] = [inputsFrom.get(id), inputsTo.get(id)]
    return was === is ? [] : [{ id, change: was === undefined ? 'added' : is === undefined ? 'removed' : 'changed' }]
  })
  const leavesFrom = new Map([...leavesOf(configFrom)].map(({ path, value }) => [path.join('.'), value]))
  const leavesTo = new Map([...leavesOf(configTo)].map(({ path, value }) => [path.join('.'), value]))
  const config = [...new Set([...leavesFrom.keys(), ...leavesTo.keys()])].sort().flatMap(key => {
    const [was, is] = [leavesFrom.get(key), leavesTo.get(key)]
    return was !== undefined && is !== undefined && canonicalJson(was) === canonicalJson(is) ? [] : [{ key, from: was ?? null, to: is ?? null }]
  })
  const versions = (ids: readonly string[]): Map<string, string> => new Map(ids.map(id => id.split('@') as [string, string]))
  const [versionsFrom, versionsTo] = [versions(a.operators), versions(b.operators)]
  const operators = [...new Set([...versionsFrom.keys(), ...versionsTo.keys()])].sort().flatMap(operator => {
    const [was, is] = [versionsFrom.get(operator) ?? null, versionsTo.get(operator) ?? null]
    return was === is ? [] : [{ operator, from: was, to: is }]
  })
  const codeOf = (recorded: RecordedRun): Map<string, string> => new Map([...recorded.steps.values()].map(({ identity }) => [identity.operator_id, identity.implementation]))
  const [codeFrom, codeTo] = [codeOf(from), codeOf(to)]
  const pins = (['as_of', 'seed'] as const).flatMap(pin => (a.pins[pin] === b.pins[pin] ? [] : [{ pin, from: a.pins[pin], to: b.pins[pin] }]))
  return {
    inputs,
    config: config as Json,
    operators,
    implementations: [...codeTo].filter(([id, code]) => codeFrom.has(id) && codeFrom.get(id) !== code).map(([id]) => id).sort(),
    mode: a.mode === b.mode ? null : { from: a.mode, to: b.mode },
    pins
  }
}

/** The first step, in the later run's order, whose outputs are not those of the earlier run. */
function firstStep(from: RecordedRun, to: RecordedRun): string | null {
  const outputs = (recorded: RecordedRun, step: string): string => (recorded.steps.get(step)?.identity.output_refs ?? []).map(({ slot, hash }) => `${slot}:${hash}`).join(' ')
  return to.run.identity.steps.find(({ step }) => outputs(from, step) !== outputs(to, step))?.step ?? null
}
