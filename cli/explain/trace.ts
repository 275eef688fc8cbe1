/** From a cell of the dataset through the stages back to the cells of the input files. */
import { columnOf, integersOf, itemsOf, kindAt, tableOf, textAt, type Frame, type Table } from '../../kernel/artifact/table.ts'
import type { Store } from '../../kernel/store.ts'
import type { JsonObject } from '../../kernel/types.ts'
import type { DatasetMeta, EntitiesMeta, Source, TablesMeta, ValidMeta } from '../../operators/model/stages.ts'
import type { Field } from '../../schemas/generated/profile.ts'
import { artifactOf, maskerOfRun } from '../pipeline/artifacts.ts'
import { configOf, type RecordedRun } from '../pipeline/store.ts'
import { gaveAway, rulesFor } from './rules.ts'

export interface Trace {
  /** A value as it may be shown. */
  shown(column: string, text: string | null): string | null
  /** The input rows that one row of the dataset stands for. */
  members(row: number): JsonObject[]
  cell(row: number, column: string): JsonObject
}

/** A row of an input file. */
interface Place {
  readonly source: Source
  readonly row: number
}

export function createTrace(store: Store, recorded: RecordedRun, dataset: Frame<DatasetMeta>, reveal: boolean): Trace {
  const entities = artifactOf<Frame<EntitiesMeta>>(store, recorded, 'merge', 'entities')
  const valid = artifactOf<Frame<ValidMeta>>(store, recorded, 'validate', 'valid')
  const config = configOf(store, recorded.run)
  const { schema, sources } = dataset.meta
  const data = tableOf(dataset, 'data')
  const records = tableOf(valid, 'records')
  const base = integersOf(tableOf(entities, 'entities'), 'base')
  const winners = tableOf(entities, 'winners')
  const membersTable = tableOf(entities, 'members')
  const conflicts = tableOf(entities, 'conflicts')
  const masker = maskerOfRun(store, recorded)
  const tablesOf = new Map<string, Frame<TablesMeta>>()

  const shown = (column: string, text: string | null): string | null => {
    if (text === null) return null
    return reveal ? itemsOf(text).join('; ') : masker.value(text, column)
  }
  const placeIn = (table: Table, at: number): Place => ({ source: sources[integersOf(table, 'source')[at]! - 1]!, row: integersOf(table, 'row')[at]! })

  function recordsOf(row: number): number[] {
    const entity = integersOf(membersTable, 'entity')
    const record = integersOf(membersTable, 'record')
    const found: number[] = []
    for (let at = 0; at < membersTable.rows; at++) if (entity[at] === row + 1) found.push(record[at]! - 1)
    return found.length === 0 && base[row]! > 0 ? [base[row]! - 1] : found
  }

  const baseOf = (target: string): string => target.replace(/\/(given|family)$/, '')
  function fieldOf(target: string): Field | undefined {
    const [first, second] = baseOf(target).split('.')
    return second === undefined ? schema.fields.find(({ name }) => name === first) : schema.groups[first!]?.fields.find(({ name }) => name === second)
  }

  /** Raw cells of one input row that feed a target. */
  function rawCells(place: Place, target: string, field: Field | undefined, normalised: string | null): JsonObject[] {
    let frame = tablesOf.get(place.source.file)
    if (frame === undefined) {
      frame = artifactOf<Frame<TablesMeta>>(store, recorded, `shape:${place.source.file}`, 'tables')
      tablesOf.set(place.source.file, frame)
    }
    const index = frame.meta.tables.findIndex(({ id }) => id === place.source.table)
    const table = frame.tables[index]
    const mapped = place.source.columns.filter(column => column.target === target || (column.target !== null && baseOf(column.target) === target) || (column.target === null && column.extra === target))
    if (table === undefined) return []
    const at = integersOf(table, 'row').indexOf(place.row)
    const read = (letter: string): { readonly raw: string | null; readonly kind: number } => {
      const column = columnOf(table, letter)
      return column === undefined || at === -1 ? { raw: null, kind: 0 } : { raw: textAt(column, at), kind: kindAt(column, at) }
    }
    // A value may have stood in a cell of another field, such as a role in brackets behind a name.
    if (field !== undefined && normalised !== null && mapped.every(({ letter }) => read(letter).raw === null)) {
      const moved = place.source.columns.flatMap(({ letter, header, target: other }) => {
        const from = other === null ? undefined : fieldOf(other)
        const { raw, kind } = read(letter)
        if (from === undefined || raw === null || !gaveAway(raw, kind, from, normalised, field, config)) return []
        const rules = [...rulesFor(raw, kind, from, config, schema.inferred), 'MOVED_IN']
        return [{ file: place.source.file, sheet: place.source.sheet, row: place.row, column: letter, header, cell: `${letter}${place.row}`, raw: shown(baseOf(other!), raw), normalised: shown(target, normalised), rules }]
      })
      if (moved.length > 0) return moved
    }
    return mapped.map(({ letter, header, ...found }) => {
      const { raw, kind } = read(letter)
      return {
        file: place.source.file,
        sheet: place.source.sheet,
        row: place.row,
        column: letter,
        header,
        cell: `${letter}${place.row}`,
        raw: shown(target, raw),
        normalised: shown(target, normalised),
        rules: raw === null || (field === undefined && found.extra === null) ? [] : rulesFor(raw, kind, field, config, schema.inferred, found)
      }
    })
  }

  function cell(row: number, column: string): JsonObject {
    const text = textAt(columnOf(data, column)!, row)
    const field = schema.fields.find(({ name }) => name === column)
    const lost = lostFor(row, column)
    const tell = (how: string, reason: string, from: readonly JsonObject[]): JsonObject => ({ column, type: field?.type ?? null, value: shown(column, text), how, reason, from: [...from], lost })
    if (text === null) return emptied(row, column, field, tell)
    const derive = field?.derive as { readonly group?: string; readonly field?: string } | undefined
    const winner = winners.integers.find(({ name }) => name === column)?.data[row] ?? 0
    if (derive?.group !== undefined && derive.field !== undefined) {
      const group = tableOf(valid, derive.group)
      const inner = schema.groups[derive.group]?.fields.find(({ name }) => name === derive.field)
      const target = `${derive.group}.${derive.field}`
      const rows = winner > 0 ? [winner - 1] : groupRows(derive.group, row)
      const from = rows.flatMap(at => rawCells(placeIn(group, at), target, inner, valueOf(group, derive.field!, at)))
      // The field may have a column of its own as well, which no member holds.
      if (from.length > 0 || winner > 0) return tell(winner > 0 ? 'taken' : 'combined', winner > 0 ? `from the preferred ${derive.group}` : `from the other members of ${derive.group}`, from)
    }
    const give = (at: number): JsonObject[] => rawCells(placeIn(records, at), column, field, valueOf(records, column, at))
    if (winner > 0 && derive?.group === undefined) return tell('taken', lost.length === 0 ? 'the only value' : 'the best-ranked record that has one', give(winner - 1))
    const from = recordsOf(row).flatMap(give).filter(({ raw }) => raw !== null)
    if (from.length > 0) return tell(from.length === 1 ? 'taken' : 'combined', from.length === 1 ? 'the only value' : 'several rows give it', from)
    const reason = field?.constant !== undefined ? 'a constant of the profile' : field?.derive !== undefined ? `${Object.keys(field.derive)[0]!.replaceAll('_', ' ')} ${String(Object.values(field.derive)[0])}` : 'computed'
    return tell('derived', reason, [])
  }

  /** An empty cell: what stood in the input, if anything did, and what took it away. */
  function emptied(row: number, column: string, field: Field | undefined, tell: (how: string, reason: string, from: readonly JsonObject[]) => JsonObject): JsonObject {
    const from = recordsOf(row).flatMap(at => rawCells(placeIn(records, at), column, field, valueOf(records, column, at))).filter(({ raw }) => raw !== null)
    const taken = from.filter(({ rules }) => (rules as readonly string[]).includes('NULL_TOKEN'))
    if (taken.length === 0) return tell('empty', 'no input row gives a value', from)
    const [first] = taken as [JsonObject]
    const more = taken.length === 1 ? '' : ` (and ${taken.length - 1} more)`
    return tell('empty', `value ${JSON.stringify(first['raw'])} in ${String(first['file'])} › ${String(first['sheet'])} › ${String(first['cell'])}${more} was taken for “not known” by the rule NULL_TOKEN; if it is a value, list it under refine.normalise.keep_tokens of the profile`, from)
  }

  function valueOf(table: Table, name: string, at: number): string | null {
    const column = columnOf(table, name)
    return column === undefined ? null : textAt(column, at)
  }

  /** Rows of a group in `valid` that stand behind a dataset row. */
  function groupRows(group: string, row: number): number[] {
    const table = tableOf(entities, group)
    const [entity, from] = [integersOf(table, 'entity'), integersOf(table, 'from')]
    const found: number[] = []
    for (let at = 0; at < table.rows; at++) if (entity[at] === row + 1 && from[at]! > 0) found.push(from[at]! - 1)
    return found
  }

  /** Every row of a group that belongs to a record of a dataset row, also of people who were joined into one. */
  function groupMembers(group: string, row: number): number[] {
    const table = tableOf(valid, group)
    const [record, ok] = [integersOf(table, 'record'), integersOf(table, 'ok')]
    const own = new Set(recordsOf(row))
    return [...record.keys()].filter(at => ok[at] === 1 && own.has(record[at]! - 1))
  }

  function lostFor(row: number, column: string): JsonObject[] {
    const entity = integersOf(conflicts, 'entity')
    const fields = columnOf(conflicts, 'field')
    const found: JsonObject[] = []
    for (let at = 0; at < conflicts.rows; at++) {
      if (entity[at] !== row + 1 || fields === undefined || textAt(fields, at) !== column) continue
      const { source, row: line } = placeIn(conflicts, at)
      const value = valueOf(conflicts, 'lost', at)
      found.push({ file: source.file, sheet: source.sheet, row: line, value: value === null || reveal ? shown(column, value) : masker.compared(value, column), rule: valueOf(conflicts, 'rule', at) ?? '' })
    }
    return found
  }

  return {
    shown,
    cell,
    members(row) {
      const seen = new Set<string>()
      const found: JsonObject[] = []
      const add = ({ source, row: line }: Place, role: 'used' | 'merged'): void => {
        const key = `${source.table}\u0000${line}`
        if (!seen.has(key)) found.push({ file: source.file, sheet: source.sheet, row: line, role })
        seen.add(key)
      }
      for (const at of recordsOf(row)) add(placeIn(records, at), base[row] === at + 1 ? 'used' : 'merged')
      // A row that gave nothing but a member of a group, such as a contact, is no record.
      for (const group of valid.meta.group_order) for (const at of groupMembers(group, row)) add(placeIn(tableOf(valid, group), at), 'merged')
      return found
    }
  }
}
