/** Maps every column of every table to a field, and says what each table is. */
import type { Frame } from '../../kernel/artifact/table.ts'
import type { Context, Operator } from '../../kernel/types.ts'
import type { Field, Profile, Source as SourceSettings } from '../../schemas/generated/profile.ts'
import type { NormaliseConfig } from '../normalise/options.ts'
import { evidenceOf, type ColumnEvidence } from '../model/evidence.ts'
import { fileStem, sheetSettings, sourceSettings } from '../model/settings.ts'
import type { ColumnMapping, DatasetSchema, Mapping, Source, TablesMeta } from '../model/stages.ts'
import type { Assignment } from './assign.ts'
import { sameButZeros } from './trailing-zeros.ts'
import { vagueDate } from './vague-dates.ts'
import { tellEmptyFiles } from './empty.ts'
import { decimalMarks, withMark } from './decimal-marks.ts'
import { createExtraNames, type ExtraNames } from './extras.ts'
import { inferFields, VAGUE_DATES, type Wanted } from './infer.ts'
import { withKept } from './kept-words.ts'
import { lossFindings } from './losses.ts'
import { membersOf } from './members.ts'
import { rolesOf, type Role } from './role.ts'
import { withdrawBareColumns } from './satellite.ts'
import { inferKeys } from './shared-key.ts'
import { mapByHeader, mapByValues, poolsOf, studyOf, type Study } from './table.ts'
import { targetsOf, type Targets } from './targets.ts'
import { refusedShare, standsForNothing } from './trial.ts'
import { writtenKind } from './written.ts'

interface Config {
  readonly country: string
  readonly ingest: { readonly sources: readonly SourceSettings[] }
  readonly refine: NonNullable<Profile['refine']>
}

/** Other columns that feed a field, as far as a reason names them. */
const OTHERS_NAMED = 8

const round = (share: number): number => Math.round(share * 100) / 100

function studiesOf(frames: readonly Frame<TablesMeta>[], sources: readonly SourceSettings[], targets: Targets | null, refine: Config['refine']): Study[] {
  return frames.flatMap(({ meta, tables }) =>
    meta.tables.map((shape, index) => {
      const written = writtenKind(meta.properties, shape.sheet, shape.columns.map(column => column.header), targets, refine.groups ?? {})
      return studyOf(meta.file, shape, tables[index]!, sheetSettings(sources, meta.file, shape.sheet), written)
    })
  )
}

function sourceOf(study: Study, role: Role, columns: readonly ColumnMapping[], settings: SourceSettings | undefined): Source {
  return {
    file: study.file,
    sheet: study.shape.sheet,
    table: study.shape.id,
    name: settings?.name ?? fileStem(study.file),
    priority: settings?.priority ?? 0,
    role: role.role,
    role_reason: role.reason,
    ...(role.recognised === true ? { recognised: true } : {}),
    group: role.group,
    rows: study.table.rows,
    columns
  }
}

/** Columns of one table of a dataset with declared fields. */
function columnsOf(study: Study, role: Role, extras: ExtraNames): ColumnMapping[] {
  const members = membersOf(study)
  const feeding = new Map<string, number[]>()
  study.columns.forEach(({ target }, index) => {
    if (target !== null) (feeding.get(target.id) ?? feeding.set(target.id, []).get(target.id)!).push(index)
  })
  return study.subjects.map(({ letter, header, evidence }, index): ColumnMapping => {
    const column = study.columns[index]!
    const { target } = column
    const plain = { letter, header, extra: null, confidence: round(column.confidence) }
    if (index === study.key) return { ...plain, target: 'key', reason: column.reason }
    if (target?.recomputed === true) return { ...plain, target: null, reason: 'computed anew in every run' }
    if (target !== null && target.group !== '') return { ...plain, target: target.id, reason: reasonWith(study, index, column, feeding), member: members[index]! }
    if (target !== null) return { ...plain, target: target.id, reason: reasonWith(study, index, column, feeding) }
    if (evidence.filled === 0) return { ...plain, target: null, reason: 'has no values' }
    if (role.role === 'set-aside') return { ...plain, target: null, reason: 'the table is set aside' }
    if (study.written?.kind === 'group') return { ...plain, target: null, reason: 'computed anew in every run' }
    return { ...plain, target: null, extra: extras.nameFor(study, index, role), reason: column.reason }
  })
}

/** Names the other columns that feed the same field, so that none lands there silently. */
function reasonWith(study: Study, index: number, { target, reason }: Assignment, feeding: ReadonlyMap<string, readonly number[]>): string {
  const all = feeding.get(target!.id)!
  if (all.length < 2) return reason
  const named = all.slice(0, OTHERS_NAMED + 1).filter(at => at !== index).slice(0, OTHERS_NAMED).map(at => study.subjects[at]!.letter)
  const more = all.length - 1 - named.length
  return `${reason}; so does column ${named.join(', ')}${more === 0 ? '' : ` and ${more} more`}, and both are kept`
}

function mapDeclared(frames: readonly Frame<TablesMeta>[], config: Config): { schema: DatasetSchema; sources: Source[] } {
  const { refine } = config
  const targets = targetsOf(refine)
  const studies = studiesOf(frames, config.ingest.sources, targets, refine)
  for (const study of studies) mapByHeader(study, targets, config.country)
  const pools = poolsOf(studies)
  for (const study of studies) mapByValues(study, targets, pools)
  if (targets.key.size === 0) inferKeys(studies)
  const roles = rolesOf(studies, targets, refine.entity ?? '')
  const fields = refine.fields!
  const extras = createExtraNames(fields.map(field => field.name))
  const marks = decimalMarks(studies)
  const sources = studies.map((study, index) => {
    const role = roles[index]!
    withdrawBareColumns(study, role, targets.identity?.name ?? '')
    const columns = columnsOf(study, role, extras).map((column, at) => withKept(isNumeric(study.columns[at]!.target?.field.type) ? withMark(column, marks[index]![at]!) : column, study.subjects[at]!))
    return sourceOf(study, role, columns, sourceSettings(config.ingest.sources, study.file))
  })
  const keys = refine.merge?.keys ?? []
  return { schema: { entity: refine.entity ?? '', inferred: false, fields, groups: refine.groups ?? {}, extras: extras.names, merge_keys: keys.length > 0 ? keys : defaultKeys(fields) }, sources }
}

function defaultKeys(fields: readonly Field[]): string[] {
  const name = fields.find(field => field.type === 'organisation-name')
  const unique = fields.filter(field => field.unique === true)
  return name !== undefined ? [name.name] : unique.length > 0 ? unique.map(field => field.name) : ['*']
}

function mapInferred(frames: readonly Frame<TablesMeta>[], config: Config, context: Pick<Context, 'diagnose'>): { schema: DatasetSchema; sources: Source[] } {
  const { refine } = config
  const studies = studiesOf(frames, config.ingest.sources, null, refine)
  const roles = studies.map((study): Role => {
    if (study.written?.kind === 'other') return { role: 'set-aside', group: '', reason: 'written by Hotpass: not a source of data', recognised: true }
    if (study.pins?.role === 'ignore') return { role: 'set-aside', group: '', reason: 'the profile says so', recognised: true }
    if (study.table.rows === 0) return { role: 'set-aside', group: '', reason: 'has no rows of data', recognised: true }
    return { role: 'entity', group: '', reason: 'the profile declares no fields, so every table with rows counts' }
  })
  const marks = decimalMarks(studies)
  const wanted = studies.map((study, index): Wanted[] => {
    if (roles[index]!.role !== 'entity') return []
    // What normalising takes for no value must not sway a type: the dataset, read again, has the same types.
    return study.subjects.map(({ header, letter, column }, at) => {
      const evidence = evidenceOf(column, standsForNothing)
      const { sign } = marks[index]![at]!
      return { header, letter, evidence: sign === null ? evidence : { ...evidence, signs: evidence.sample.map(() => sign) }, sheet: study.shape.sheet }
    })
  })
  // Defaults are applied, so no setting is missing.
  const normalise: NormaliseConfig = { country: config.country, refine: { normalise: refine.normalise as NormaliseConfig['refine']['normalise'] } }
  const inferred = inferFields(wanted, (field, evidence) => refusedShare(normalise, field, evidence))
  let at = 0
  const sources = studies.map((study, index) => {
    const columns = study.subjects.map(({ letter, header }, position): ColumnMapping => {
      if (roles[index]!.role !== 'entity') return { letter, header, target: null, extra: null, confidence: 0, reason: 'the table is set aside' }
      const field = inferred.of[at]!
      const why = inferred.reasons[at]!
      const reason = `${header === '' ? 'a column without a header becomes a field of its own' : 'every header becomes a field'}; ${field.type}: ${why}`
      at++
      const mark = marks[index]![position]!
      const column = { letter, header, target: field.name, extra: null, confidence: 1, reason }
      if (field.type === 'number') tellTrailingZeros(study, letter, header, study.subjects[position]!.evidence, context)
      if (isNumeric(field.type)) return withMark(column, mark)
      if (field.type === 'text' && mark.undecided && mark.sign === null) tellUndecided(study, letter, header, context)
      if (why === VAGUE_DATES) tellVagueDates(study, letter, header, study.subjects[position]!.evidence, context)
      return withKept(column, study.subjects[position]!)
    })
    return sourceOf(study, roles[index]!, columns, sourceSettings(config.ingest.sources, study.file))
  })
  const keys = refine.merge?.keys ?? []
  return { schema: { entity: refine.entity ?? '', inferred: true, fields: inferred.fields, groups: refine.groups ?? {}, extras: [], merge_keys: keys.length > 0 ? keys : ['*'] }, sources }
}

const isNumeric = (type: string | undefined): boolean => type === 'number' || type === 'currency'

/** Numbers that stay text because nothing says what their commas or points mark. */
function tellUndecided(study: Study, letter: string, header: string, context: Pick<Context, 'diagnose'>): void {
  const setting = 'refine.normalise.decimal'
  const message = `${study.file}: sheet ${study.shape.sheet}, column ${letter}${header === '' ? '' : ` (${header})`}: the comma or point in its numbers may mark thousands or decimals, and no column shows which; they are kept as text: set ${setting}`
  context.diagnose({ code: 'NUMBER_AMBIGUOUS', severity: 'warning', message, details: { file: study.file, sheet: study.shape.sheet, column: letter, field: header, setting } })
}

/** Values that stay text because only their shape speaks for dates. */
function tellVagueDates(study: Study, letter: string, header: string, evidence: ColumnEvidence, context: Pick<Context, 'diagnose'>): void {
  const example = vagueDate(header, evidence)
  const message = `${study.file}: sheet ${study.shape.sheet}, column ${letter}${header === '' ? '' : ` (${header})`}: its values${example === null ? '' : `, such as ${example},`} may be dates with two digits for the year, and nothing else says so; they are kept as text: declare the field as a date in the profile if they are`
  context.diagnose({ code: 'DATE_UNCERTAIN', severity: 'warning', message, details: { file: study.file, sheet: study.shape.sheet, column: letter, field: header } })
}

/** Texts that become one number, and with it perhaps one row. */
function tellTrailingZeros(study: Study, letter: string, header: string, evidence: ColumnEvidence, context: Pick<Context, 'diagnose'>): void {
  const pair = sameButZeros(header, evidence)
  if (pair === null) return
  const message = `${study.file}: sheet ${study.shape.sheet}, column ${letter}${header === '' ? '' : ` (${header})`}: ${pair[0]} and ${pair[1]} are one number; declare the field as an identifier in the profile if they are versions or codes`
  context.diagnose({ code: 'NUMBER_TRAILING_ZEROS', severity: 'warning', message, details: { file: study.file, sheet: study.shape.sheet, column: letter, field: header } })
}

function tellTroubles(mapping: Mapping, context: Pick<Context, 'diagnose'>): void {
  for (const source of mapping.sources) {
    if (source.role !== 'set-aside' || source.rows === 0 || source.recognised !== true) continue
    const message = `${source.file}: sheet ${source.sheet} is set aside: ${source.role_reason}`
    context.diagnose({ code: 'TABLE_SET_ASIDE', severity: 'info', message, details: { file: source.file, sheet: source.sheet, table: source.table, rows: source.rows } })
  }
  if (!mapping.sources.some(source => source.role === 'entity')) {
    context.diagnose({ code: 'ENTITY_TABLE_MISSING', severity: 'warning', message: `no table lists entities (${mapping.schema.entity}): the dataset will be empty`, details: { tables: mapping.sources.length } })
  }
}

/** Maps the tables of all files. Frames may come in any order. */
export function mapTables(frames: readonly Frame<TablesMeta>[], config: Config, context: Pick<Context, 'diagnose'>): Mapping {
  const sorted = [...frames].sort((a, b) => (a.meta.file < b.meta.file ? -1 : a.meta.file > b.meta.file ? 1 : 0))
  tellEmptyFiles(sorted, context)
  const mapped = (config.refine.fields ?? []).length > 0 ? mapDeclared(sorted, config) : mapInferred(sorted, config, context)
  const files = sorted.map(({ meta: { file, format, reader, properties, dialect, sheets, tables, refused } }) => ({ file, format, reader, properties, dialect, sheets, tables, ...(refused === undefined ? {} : { refused }) }))
  const mapping: Mapping = { ...mapped, files, loss: sorted.flatMap(({ meta }) => meta.loss) }
  tellTroubles(mapping, context)
  for (const finding of lossFindings(mapping.loss)) context.diagnose(finding)
  return mapping
}

export const operator: Operator = {
  id: 'map',
  version: '1.4.0',
  summary: 'Maps columns to fields by name, synonym and evidence, and tells entities from satellites.',
  inputs: { tables: { kind: 'tables', many: true } },
  outputs: { mapping: { kind: 'mapping' } },
  config: ['country', 'ingest.sources', 'refine.entity', 'refine.key', 'refine.fields', 'refine.groups', 'refine.merge.keys', 'refine.normalise'],
  entropy: ['none'],
  run(inputs, config: Config, context) {
    return { mapping: mapTables(inputs['tables']!.map(input => input.value as Frame<TablesMeta>), config, context) }
  }
}
