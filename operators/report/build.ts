/** Puts the report together from what the pipeline left. Everything that it shows has gone through the masker. */
import { RUN_ID_TOKEN } from '../../kernel/artifact/files.ts'
import { tableOf, type Frame } from '../../kernel/artifact/table.ts'
import type { Report } from '../../schemas/generated/report.ts'
import { createMasker, type Masker } from '../masking/masker.ts'
import type { DatasetMeta, Mapping, ValidMeta } from '../model/stages.ts'
import { conflictsOf } from './conflicts.ts'
import { fillOf } from './fill.ts'
import { quarantineOf } from './quarantine.ts'
import { sheetsOf } from './sheets.ts'
import { tallyOf } from './tally.ts'

export interface ReportInput {
  readonly mapping: Mapping
  readonly valid: Frame<ValidMeta>
  readonly dataset: Frame<DatasetMeta>
  /** The dataset before consent withheld anything of it. */
  readonly processed: Frame<DatasetMeta>
  readonly title: string
  /** Most examples of each finding. */
  readonly examples: number
  /** Targets that the profile calls personal. */
  readonly piiFields: readonly string[]
}

/** The report as data. The run's id is RUN_ID_TOKEN in it. */
export function buildReport({ mapping, valid, dataset, processed, title, examples, piiFields }: ReportInput): Report {
  const { meta } = dataset
  const masker = createMasker(meta.schema, piiFields, processed.tables, valid.tables)
  const rangeOf = rangesOf(mapping)
  const tables = meta.reconciliation.map(({ file, sheet, table, role, rows_in, used, merged, quarantined }) => ({
    file, sheet, range: rangeOf(table), table, role, counts: countsOf(rows_in, used, merged, quarantined)
  }))
  const sum = (pick: (line: DatasetMeta['reconciliation'][number]) => number): number => meta.reconciliation.reduce((total, line) => total + pick(line), 0)
  const total = countsOf(sum(line => line.rows_in), sum(line => line.used), sum(line => line.merged), sum(line => line.quarantined))
  const sheets = sheetsOf(mapping, masker)
  const conflicts = conflictsOf(tableOf(dataset, 'conflicts'), meta, masker, examples)
  const quarantine = quarantineOf(tableOf(dataset, 'quarantine'), meta.sources, masker, examples)
  const changed = changedOf(valid.meta)
  return {
    schema: 'urn:hotpass:report:1',
    run_id: RUN_ID_TOKEN,
    title,
    entity: meta.schema.entity,
    inferred: meta.schema.inferred,
    summary: {
      files: mapping.files.length,
      sheets: sheets.length,
      rows_in: total.rows_in,
      used: total.used,
      merged: total.merged,
      quarantined: total.quarantined,
      entities: tableOf(dataset, 'data').rows,
      conflicts: conflicts.total,
      cells_quarantined: quarantine.cells,
      cells_changed: changed.reduce((count, change) => count + change.count, 0),
      quality_mean: meta.score.mean
    },
    files: mapping.files.map(({ file, format, reader, dialect }) => ({ file, format, reader, dialect: dialect === null ? null : { ...dialect } })),
    reconciliation: { tables, total },
    sheets,
    fill: fillOf(valid, dataset),
    sources: sourcesOf(mapping, masker),
    extras: [...meta.schema.extras],
    joins: valid.meta.joins.map(({ file, sheet, by_key, by_name, orphans }) => ({ file, sheet, by_key, by_name, orphans })),
    conflicts,
    personal: masker.classes.map(({ target, type, basis, masked, kinds }) => ({ column: target, type, basis, masked, kinds: kinds.map(one => ({ ...one })) })),
    loss: mapping.loss.map(({ code, file, sheet, column, count, cells, note }) => ({
      code, file, sheet, column, count, cells: [...cells], note: masker.text(note)
    })),
    quarantine,
    budgets: valid.meta.budgets.map(({ name, limit, actual, breached }) => ({ name, limit, actual, breached })),
    unknown: unknownOf(valid.meta, masker, examples),
    score: {
      mean: meta.score.mean,
      bands: meta.score.bands.map(({ from, rows }) => ({ from, rows })),
      flags: tallyOf(Object.keys(meta.score.flags).map(name => [name, meta.score.flags[name]!]))
    },
    changed
  }
}

function countsOf(rows_in: number, used: number, merged: number, quarantined: number): Report['reconciliation']['total'] {
  return { rows_in, used, merged, quarantined, balanced: rows_in === used + merged + quarantined }
}

/** The range of a table that shares its sheet with others; '' for one that has it alone. */
function rangesOf({ files }: Mapping): (table: string) => string {
  const ranges = new Map<string, string>()
  for (const { tables } of files) {
    for (const { id, sheet, range } of tables) if (tables.some(other => other.id !== id && other.sheet === sheet)) ranges.set(id, range)
  }
  return table => ranges.get(table) ?? ''
}

function sourcesOf(mapping: Mapping, masker: Masker): Report['sources'] {
  const rangeOf = rangesOf(mapping)
  const { sources } = mapping
  return sources.map(source => ({
    file: source.file,
    sheet: source.sheet,
    range: rangeOf(source.table),
    table: source.table,
    name: source.name,
    role: source.role,
    role_reason: masker.text(source.role_reason),
    group: source.group,
    priority: source.priority,
    rows: source.rows,
    columns: source.columns.map(({ letter, header, target, extra, confidence, reason }) => ({
      letter, header, target, extra, confidence, reason: masker.text(reason)
    }))
  }))
}

function unknownOf({ unknown }: ValidMeta, masker: Masker, examples: number): Report['unknown'] {
  return Object.keys(unknown).map(field => ({
    field,
    distinct: unknown[field]!.length,
    values: tallyOf(unknown[field]!.map(({ value, count }) => [masker.value(value, field), count])).slice(0, examples)
  }))
}

function changedOf({ changed }: ValidMeta): Report['changed'] {
  return Object.keys(changed)
    .flatMap(field => Object.keys(changed[field]!).map(rule => ({ field, rule, count: changed[field]![rule]! })))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.field < b.field ? -1 : a.field > b.field ? 1 : a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0))
}
