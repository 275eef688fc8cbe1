/** The operator `validate`: what breaks a rule leaves its cell or its row, and is kept in quarantine with the reason. */
import { ITEM_SEPARATOR, integersOf, tableOf, textAt, type Frame, type Table } from '../../kernel/artifact/table.ts'
import type { Operator } from '../../kernel/types.ts'
import type { NormalisedMeta, RecordsMeta, ValidMeta } from '../model/stages.ts'
import { breachesOf, judgeBudgets, measureBudgets } from './budget.ts'
import { checkCells, type BadCell } from './cells.ts'
import { byRow, readIssues } from './issue.ts'
import { placesOf, targetOf } from './place.ts'
import { createQuarantine } from './quarantine.ts'
import { rawRowsOf, type Part } from './raw-row.ts'
import { judgeNames, judgeRequired, judgeUnique, type Verdict, type Verdicts } from './rows.ts'
import { ownMembersOf, placeOf, rowsWithVerdicts } from './sheet-row.ts'
import { emptyDataset, unusedTables } from './unused.ts'

const withOk = (table: Table, verdicts: Verdicts): Table => ({
  ...table,
  integers: [...table.integers, { name: 'ok', data: Uint32Array.from({ length: table.rows }, (_, index) => (verdicts[index] === undefined ? 1 : 0)) }]
})

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
    const failed = (table: number) => (index: number, field: string) => badOf.get(placeOf(table, index))?.find(cell => cell.target === target(table, field))?.reason ?? null
    const isFilled = (table: number, index: number): boolean => tables[table]!.columns.some(column => column.codes[index] !== 0 && fieldTypes[table]!.get(column.name) !== 'boolean')
    const fieldTypes = names.map((_, at) => new Map(fieldsOf(at).map(field => [field.name, field.type ?? 'text'])))

    // An error is what a formula that found nothing leaves: it says no more than a blank cell.
    const refused = (table: number, index: number): boolean => badOf.get(placeOf(table, index))?.some(cell => cell.reason !== 'CELL_ERROR' && fieldTypes[table]!.get(cell.target) !== 'identifier') === true
    judgeNames(tables[0]!, meta.schema, verdicts[0]!, index => refused(0, index) || own.of(index).some(part => isFilled(part.table, part.index) || refused(part.table, part.index)))
    judgeRequired(tables[0]!, meta.schema.fields, verdicts[0]!, failed(0), () => true)
    judgeUnique(tables[0]!, meta.schema.fields, verdicts[0]!)
    for (let table = 1; table < tables.length; table++) {
      const references = integersOf(tables[table]!, 'record')
      const mine = verdicts[table]!
      for (let index = 0; index < tables[table]!.rows; index++) {
        const above = references[index] === 0 ? undefined : verdicts[0]![references[index]! - 1]
        if (references[index] === 0) mine[index] = { reason: 'ORPHAN', detail: 'no row of an entity has its key or its name', severity: 'error', field: '' }
        else if (above !== undefined) mine[index] = { reason: 'ENTITY_QUARANTINED', detail: `the row that it belongs to was quarantined (${above.reason})`, severity: above.severity, field: '' }
      }
      const fields = fieldsOf(table)
      judgeRequired(tables[table]!, fields, mine, failed(table), index => isFilled(table, index) || badOf.has(placeOf(table, index)))
      judgeUnique(tables[table]!, fields, mine)
    }
    context.progress(0.6)

    const quarantine = createQuarantine(frame.tables.find(({ name }) => name === 'quarantine'))
    const inherited = quarantine.lines.length
    const gone = new Set<number>()
    for (const { level, source, row } of quarantine.lines) if (level === 'row') gone.add(placeOf(source, row))
    const places = placesOf(meta.sources)
    const rawRows = rawRowsOf(raws, (table, column) => target(table, targetOf(column)), places)
    const sourcesOf = tables.map(table => integersOf(table, 'source'))
    const rowsOf = tables.map(table => integersOf(table, 'row'))

    function addCells(cells: readonly BadCell[]): void {
      for (const { table, index, target, value, reason, detail, severity } of cells) {
        const source = sourcesOf[table]![index]!
        const { letter, header } = places(source - 1, target)
        quarantine.add({ source, row: rowsOf[table]![index]!, level: 'cell', column: letter, header, field: target, value, reason, detail, severity })
      }
    }
    /** Each value of a part whose row goes on without it. */
    function cellsOf({ table, index }: Part, { reason, detail, severity }: Verdict): readonly BadCell[] {
      return raws[table]!.columns.flatMap(column => {
        const value = textAt(column, index)
        return value === null ? [] : [{ table, index, target: target(table, targetOf(column.name)), value: value.replaceAll(ITEM_SEPARATOR, '; '), reason, detail, severity }]
      })
    }
    for (const { parts, goesOn } of rowsWithVerdicts(tables, verdicts, sourcesOf, rowsOf)) {
      const { table, index } = parts.find(part => verdicts[part.table]![part.index] !== undefined)!
      const verdict = verdicts[table]![index]!
      const source = sourcesOf[table]![index]!
      const row = rowsOf[table]![index]!
      if (goesOn) for (const part of parts) addCells(verdicts[part.table]![part.index] === undefined ? [] : cellsOf(part, verdicts[part.table]![part.index]!))
      else if (!gone.has(placeOf(source, row))) {
        quarantine.add({ source, row, level: 'row', column: '', header: '', field: verdict.field === '' ? '' : target(table, verdict.field), value: rawRows.write(source - 1, parts), reason: verdict.reason, detail: verdict.detail, severity: verdict.severity })
      }
    }
    for (const cell of bad) if (verdicts[cell.table]![cell.index] === undefined) addCells([cell])

    const measures = measureBudgets(quarantine.lines, inherited, meta, config.refine.budgets)
    for (const finding of [...quarantine.findings(meta.sources), ...unusedTables(quarantine.lines, meta.sources), ...emptyDataset(tables[0]!, verdicts[0]!, meta.sources), ...breachesOf(measures)]) context.diagnose(finding)
    context.progress(1)
    const valid: Frame<ValidMeta> = { meta: { ...meta, budgets: judgeBudgets(measures) }, tables: [...tables.map((table, at) => withOk(table, verdicts[at]!)), quarantine.table()] }
    return { valid }
  }
}
