/** The operator `validate`: what breaks a rule leaves its cell or its row, and is kept in quarantine with the reason. */
import { integersOf, tableOf, textAt, type Frame, type Table } from '../../kernel/artifact/table.ts'
import type { Operator } from '../../kernel/types.ts'
import type { Refine } from '../../schemas/generated/profile.ts'
import type { NormalisedMeta, RecordsMeta, ValidMeta } from '../model/stages.ts'
import { breachesOf, judgeBudgets, type Measure } from './budget.ts'
import { checkCells, type BadCell } from './cells.ts'
import { declaredTargets, placesOf } from './place.ts'
import { createQuarantine, type Quarantine } from './quarantine.ts'
import { rawRowsOf, type Part } from './raw-row.ts'
import { judgeNames, judgeRequired, judgeUnique, type Verdict, type Verdicts } from './rows.ts'

/** One number for a row of a sheet, exact up to 2^21 sources. */
const place = (source: number, row: number): number => source * 0x1_0000_0000 + row

/** Bad cells by table and row, for the few rows that have any. */
function byRow(bad: readonly BadCell[]): ReadonlyMap<number, readonly BadCell[]> {
  const map = new Map<number, BadCell[]>()
  for (const cell of bad) {
    const key = place(cell.table, cell.index)
    const list = map.get(key)
    if (list === undefined) map.set(key, [cell])
    else list.push(cell)
  }
  return map
}

function readIssues(frame: Frame, groups: readonly string[]): BadCell[] {
  const issues = tableOf(frame, 'issues')
  const tables = integersOf(issues, 'table')
  const indexes = integersOf(issues, 'index')
  const [field, value, reason, detail, severity] = ['field', 'value', 'reason', 'detail', 'severity'].map(name => issues.columns.find(column => column.name === name))
  const text = (column: typeof field, row: number): string => (column === undefined ? '' : textAt(column, row) ?? '')
  const bad: BadCell[] = []
  for (let row = 0; row < issues.rows; row++) {
    const table = tables[row]!
    const name = text(field, row)
    const target = table === 0 || name.includes('.') ? name : `${groups[table - 1]}.${name}`
    bad.push({ table, index: indexes[row]!, target, value: text(value, row), reason: text(reason, row), detail: text(detail, row), severity: text(severity, row) === 'info' ? 'info' : 'error' })
  }
  return bad
}

/** Members of each group that stand in the row of their own record, chained by record. */
interface OwnMembers {
  of(record: number): readonly Part[]
  isOwn(table: number, index: number): boolean
}

function ownMembersOf(tables: readonly Table[]): OwnMembers {
  const records = tables[0]!
  const sources = integersOf(records, 'source')
  const rows = integersOf(records, 'row')
  const chains = tables.slice(1).map(group => {
    const head = new Uint32Array(records.rows)
    const next = new Uint32Array(group.rows)
    const own = new Uint8Array(group.rows)
    const memberSources = integersOf(group, 'source')
    const memberRows = integersOf(group, 'row')
    const references = integersOf(group, 'record')
    for (let index = group.rows - 1; index >= 0; index--) {
      const record = references[index]! - 1
      if (record < 0 || memberSources[index] !== sources[record] || memberRows[index] !== rows[record]) continue
      own[index] = 1
      next[index] = head[record]!
      head[record] = index + 1
    }
    return { head, next, own }
  })
  return {
    of: record => chains.flatMap(({ head, next }, at) => {
      const parts: Part[] = []
      for (let index = head[record]!; index !== 0; index = next[index - 1]!) parts.push({ table: at + 1, index: index - 1 })
      return parts
    }),
    isOwn: (table, index) => table > 0 && chains[table - 1]!.own[index] === 1
  }
}

const withOk = (table: Table, verdicts: Verdicts): Table => ({
  ...table,
  integers: [...table.integers, { name: 'ok', data: Uint32Array.from({ length: table.rows }, (_, index) => (verdicts[index] === undefined ? 1 : 0)) }]
})

function measure(quarantine: Quarantine, inherited: number, meta: NormalisedMeta, limits: Required<NonNullable<Refine['budgets']>>): readonly Measure[] {
  const targets = declaredTargets(meta.schema)
  const added = quarantine.lines.slice(inherited)
  const rowsAside = new Set<number>()
  const rowsFailed = new Set<number>()
  let cells = 0
  for (const { level, severity, source, row } of added) {
    if (level === 'cell') cells += severity === 'error' ? 1 : 0
    else (severity === 'error' ? rowsFailed : rowsAside).add(place(source, row))
  }
  const rowsIn = meta.sources.reduce((sum, { role, rows }) => sum + (role === 'set-aside' ? 0 : rows), 0)
  const filled = Object.keys(meta.filled).reduce((sum, target) => sum + (targets.has(target) ? meta.filled[target]! : 0), 0)
  const orphans = meta.joins.reduce((sum, join) => sum + join.orphans, 0)
  const satellites = meta.joins.reduce((sum, join) => sum + join.by_key + join.by_name + join.orphans, 0)
  return [
    { name: 'quarantined_rows', limit: limits.quarantined_rows, failed: rowsFailed.size, total: Math.max(rowsIn - rowsAside.size, rowsFailed.size) },
    { name: 'quarantined_cells', limit: limits.quarantined_cells, failed: cells, total: Math.max(filled, cells) },
    { name: 'orphans', limit: limits.orphans, failed: orphans, total: satellites }
  ]
}

export const operator: Operator = {
  id: 'validate',
  version: '1.0.0',
  summary: 'Checks every value and row against the rules of the profile, and sets aside what breaks them',
  inputs: { normalised: { kind: 'normalised' }, records: { kind: 'records' } },
  outputs: { valid: { kind: 'valid' } },
  config: ['refine.budgets'],
  entropy: ['none'],
  run(inputs, config, context) {
    const frame = inputs['normalised']![0]!.value as Frame<NormalisedMeta>
    const rawFrame = inputs['records']![0]!.value as Frame<RecordsMeta>
    const { meta } = frame
    const names = ['records', ...meta.group_order]
    const fieldsOf = (table: number) => (table === 0 ? meta.schema.fields : meta.schema.groups[names[table]!]!.fields)
    const target = (table: number, field: string): string => (table === 0 ? field : `${names[table]}.${field}`)
    const raws = names.map(name => tableOf(rawFrame, name))

    const bad = readIssues(frame, meta.group_order)
    const tables = names.map((name, at) => checkCells(at, tableOf(frame, name), raws[at]!, fieldsOf(at), field => target(at, field), bad))
    const badOf = byRow(bad)
    const own = ownMembersOf(tables)
    const verdicts: Verdicts[] = tables.map(table => new Array<Verdict | undefined>(table.rows))
    const failed = (table: number) => (index: number, field: string) => badOf.get(place(table, index))?.find(cell => cell.target === target(table, field))?.reason ?? null
    const isFilled = (table: number, index: number): boolean => tables[table]!.columns.some(column => column.codes[index] !== 0 && fieldTypes[table]!.get(column.name) !== 'boolean')
    const fieldTypes = names.map((_, at) => new Map(fieldsOf(at).map(field => [field.name, field.type ?? 'text'])))

    judgeNames(tables[0]!, meta.schema, verdicts[0]!, index =>
      badOf.get(place(0, index))?.some(cell => fieldTypes[0]!.get(cell.target) !== 'identifier') === true
      || own.of(index).some(part => isFilled(part.table, part.index) || badOf.has(place(part.table, part.index)))
    )
    judgeRequired(tables[0]!, meta.schema.fields, verdicts[0]!, failed(0), () => true)
    judgeUnique(tables[0]!, meta.schema.fields, verdicts[0]!)
    context.progress(0.4)

    const quarantine = createQuarantine(frame.tables.find(({ name }) => name === 'quarantine'))
    const inherited = quarantine.lines.length
    const gone = new Set<number>()
    for (const { level, source, row } of quarantine.lines) if (level === 'row') gone.add(place(source, row))
    const places = placesOf(meta.sources)
    const rawRows = rawRowsOf(raws, target, places)
    const sourcesOf = tables.map(table => integersOf(table, 'source'))
    const rowsOf = tables.map(table => integersOf(table, 'row'))

    function addRow(table: number, index: number, verdict: Verdict, parts: readonly Part[]): void {
      const source = sourcesOf[table]![index]!
      const row = rowsOf[table]![index]!
      if (gone.has(place(source, row))) return
      gone.add(place(source, row))
      quarantine.add({ source, row, level: 'row', column: '', header: '', field: verdict.field === '' ? '' : target(table, verdict.field), value: rawRows.write(source - 1, parts), reason: verdict.reason, detail: verdict.detail, severity: verdict.severity })
    }
    function addCells(cells: readonly BadCell[]): void {
      for (const { table, index, target, value, reason, detail, severity } of cells) {
        const source = sourcesOf[table]![index]!
        const { letter, header } = places(source - 1, target)
        quarantine.add({ source, row: rowsOf[table]![index]!, level: 'cell', column: letter, header, field: target, value, reason, detail, severity })
      }
    }

    verdicts[0]!.forEach((verdict, index) => {
      if (verdict !== undefined) addRow(0, index, verdict, [{ table: 0, index }, ...own.of(index)])
    })
    for (let table = 1; table < tables.length; table++) {
      const references = integersOf(tables[table]!, 'record')
      const mine = verdicts[table]!
      for (let index = 0; index < tables[table]!.rows; index++) {
        const reference = references[index]!
        const above = reference === 0 ? undefined : verdicts[0]![reference - 1]
        if (reference === 0) mine[index] = { reason: 'ORPHAN', detail: 'no row of an entity has its key or its name', severity: 'error', field: '' }
        else if (above !== undefined) mine[index] = { reason: 'ENTITY_QUARANTINED', detail: `the row that it belongs to was quarantined (${above.reason})`, severity: above.severity, field: '' }
      }
      const fields = fieldsOf(table)
      judgeRequired(tables[table]!, fields, mine, failed(table), index => isFilled(table, index) || badOf.has(place(table, index)))
      judgeUnique(tables[table]!, fields, mine)
      mine.forEach((verdict, index) => {
        if (verdict === undefined) return
        if (!own.isOwn(table, index)) addRow(table, index, verdict, [{ table, index }])
        else if (verdicts[0]![references[index]! - 1] === undefined) addCells(cellsOf(table, index, verdict))
      })
    }
    // The row goes on without a member that stands in it: each value of the member is a cell of its own.
    function cellsOf(table: number, index: number, verdict: Verdict): readonly BadCell[] {
      const raw = raws[table]!
      return raw.columns.flatMap(column => {
        const value = column.name.includes('#') ? null : textAt(column, index)
        return value === null ? [] : [{ table, index, target: target(table, column.name), value: value.replaceAll('\u001f', '; '), reason: verdict.reason, detail: verdict.detail, severity: verdict.severity }]
      })
    }
    for (const cell of bad) if (verdicts[cell.table]![cell.index] === undefined) addCells([cell])

    const measures = measure(quarantine, inherited, meta, config.refine.budgets)
    for (const finding of [...quarantine.findings(meta.sources), ...breachesOf(measures)]) context.diagnose(finding)
    context.progress(1)
    const valid: Frame<ValidMeta> = { meta: { ...meta, budgets: judgeBudgets(measures) }, tables: [...tables.map((table, at) => withOk(table, verdicts[at]!)), quarantine.table()] }
    return { valid }
  }
}
