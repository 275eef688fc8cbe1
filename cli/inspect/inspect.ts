/** `hotpass inspect`: reads, shapes and maps files without a workspace or a store. */
import { basename } from 'node:path'
import { builtInLayer, resolveConfig } from '../../kernel/config/resolve.ts'
import { sliceConfig } from '../../kernel/config/slice.ts'
import { EXIT, HotpassError, type ExitCode } from '../../kernel/error.ts'
import { KIND, type Frame, type Table } from '../../kernel/artifact/table.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import { perform } from '../../kernel/run/perform.ts'
import type { Input, JsonObject, Operator } from '../../kernel/types.ts'
import { CODECS } from '../../operators/codecs.ts'
import { OPERATORS } from '../../operators/index.ts'
import { DEFAULTS } from '../../operators/model/defaults.ts'
import type { Mapping, Source, TablesMeta, WorkbookMeta } from '../../operators/model/stages.ts'
import { readConfigFile } from '../config/parse.ts'
import { findProfile, findWorkspace } from '../config/workspace.ts'
import { readInputFile, readWorkbook } from '../pipeline/read-workbook.ts'
import { filesOf, withIds, type NamedFile } from './files.ts'

const PINS = { as_of: null, seed: '' }

interface Found {
  readonly id: string
  /** As the user wrote it. */
  readonly shown: string
  readonly bytes: number
  readonly workbook: Frame<WorkbookMeta> | undefined
  readonly tables: Frame<TablesMeta> | undefined
  readonly error: HotpassError | undefined
}

export async function inspectFiles(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const wanted = (input['profile'] as string | undefined) ?? 'generic'
  const profile = findProfile(wanted, host.cwd, findWorkspace(host.cwd), [])
  const file = await readConfigFile(profile.path, basename(profile.path), 'profile')
  const config = resolveConfig([builtInLayer(DEFAULTS as unknown as JsonObject), { kind: 'profile', name: file.file, values: file.value, lineOf: path => file.lineOf(path) }]).identity
  const paths = withIds(await filesOf(input['files'] as string[], host, config))
  if (paths.length === 0) throw new HotpassError('E_INPUT_EMPTY', 'there is no file to look at', { hint: 'it reads .xlsx .xlsm .xls .xlsb .ods .csv .tsv .jsonl .ndjson .parquet' })
  const { createLanes } = await import('../pipeline/engine.ts')
  const lanes = createLanes()
  const found: Found[] = []
  try {
    for (const [at, file] of paths.entries()) {
      host.tell({ event: 'inspect.file', level: 'debug', message: `reading ${file.shown}`, share: at / paths.length })
      found.push(await look(file))
    }
  } finally {
    await lanes.close()
  }
  const tables = found.flatMap(({ id, tables: frame }): Input[] => (frame === undefined ? [] : [{ id, kind: 'tables', hash: '', value: frame }]))
  // Files without a row of data have a shape, but nothing to map.
  const mapping = tables.every(({ value }) => (value as Frame).tables.every(({ rows }) => rows === 0)) ? undefined : ((await runInline('map', { tables })).mapping as Mapping)
  const files = found.map(one => describe(one, mapping))
  const exit: ExitCode = found.every(({ error }) => error === undefined) ? EXIT.ok : EXIT.failed
  return { exit, error: found.find(({ error }) => error !== undefined)?.error, result: { schema, profile: profile.name, files, readable: exit === EXIT.ok } }

  async function look({ id, shown, path, error }: NamedFile): Promise<Found> {
    let bytes = new Uint8Array(0)
    try {
      if (error !== undefined) throw error
      bytes = readInputFile(path, shown, (config['ingest'] as { readonly limits: { readonly file_bytes: number } }).limits.file_bytes)
      const workbook = await readWorkbook(id, bytes, config, lanes, host.signal)
      const shaped = (await runInline('shape', { workbook: [{ id, kind: 'workbook', hash: '', value: workbook }] })).tables as Frame<TablesMeta>
      return { id, shown, bytes: bytes.length, workbook, tables: shaped, error: undefined }
    } catch (thrown) {
      if (!(thrown instanceof HotpassError)) throw thrown
      return { id, shown, bytes: bytes.length, workbook: undefined, tables: undefined, error: thrown }
    }
  }

  async function runInline(id: string, inputs: Record<string, Input[]>): Promise<Record<string, unknown>> {
    const { operator }: { operator: Operator } = await OPERATORS.get(id)!()
    const { outputs } = perform(operator, inputs, sliceConfig(config, operator.config), PINS, '', CODECS, () => {})
    return Object.fromEntries(Object.entries(outputs).map(([slot, { bytes, value }]) => [slot, value ?? CODECS.get(operator.outputs[slot]!.kind)!.decode(bytes)]))
  }
}

const KIND_NAMES = new Map(Object.entries(KIND).map(([name, kind]): [number, string] => [kind, name]))

function describe(found: Found, mapping: Mapping | undefined): JsonObject {
  const { id, shown, tables, workbook, error } = found
  if (error !== undefined || tables === undefined) {
    return { file: shown, format: '', reader: '', bytes: found.bytes, dialect: null, sheets: [], tables: [], loss: [], error: error === undefined ? null : { code: error.code, message: error.message, hint: error.hint } }
  }
  const { meta } = tables
  const sources = new Map<string, Source>((mapping?.sources ?? []).filter(source => source.file === id).map(source => [source.table, source]))
  return {
    file: shown,
    format: meta.format,
    reader: meta.reader,
    bytes: found.bytes,
    dialect: (workbook?.meta.dialect ?? null) as JsonObject | null,
    sheets: meta.sheets.map(({ sheet, state, rows_present, excluded, decisions }) => ({ name: sheet, state, rows_present, excluded: excluded.map(({ reason, rows, where }) => ({ reason, rows, where })), decisions: decisions.map(({ what, where, reason }) => ({ what, where, reason })) })),
    tables: meta.tables.map((shape, at) => {
      const source = sources.get(shape.id)
      const table = tables.tables[at]!
      return {
        id: shape.id,
        sheet: shape.sheet,
        rows: table.rows,
        header_rows: shape.header_rows,
        role: source?.role ?? '',
        role_reason: source?.role_reason ?? '',
        group: source?.group ?? '',
        columns: shape.columns.map(({ letter, header }) => ({ letter, header, ...countsOf(table, letter), ...mappingOf(source, letter, mapping) }))
      }
    }),
    loss: meta.loss.map(({ code, sheet, column, count, cells, note }) => ({ code, sheet, column, count, cells, note })),
    error: null
  }
}

function countsOf(table: Table, letter: string): { filled: number; distinct: number; kinds: { [kind: string]: number } } {
  const column = table.columns.find(({ name }) => name === letter)
  const kinds: { [kind: string]: number } = {}
  let filled = 0
  if (column !== undefined) {
    for (const code of column.codes) {
      if (code === 0) continue
      filled++
      const kind = KIND_NAMES.get(column.kinds === null ? KIND.text : column.kinds[code - 1]!)!
      kinds[kind] = (kinds[kind] ?? 0) + 1
    }
  }
  return { filled, distinct: column?.values.length ?? 0, kinds }
}

function mappingOf(source: Source | undefined, letter: string, mapping: Mapping | undefined): { target: string | null; extra: string | null; type: string | null; confidence: number; reason: string } {
  const column = source?.columns.find(other => other.letter === letter)
  if (column === undefined) return { target: null, extra: null, type: null, confidence: 0, reason: source === undefined ? 'the table was not mapped' : 'no values' }
  const [group, inner] = (column.target ?? '').replace(/\/(given|family)$/, '').split('.')
  const field = inner === undefined ? mapping?.schema.fields.find(({ name }) => name === group) : mapping?.schema.groups[group!]?.fields.find(({ name }) => name === inner)
  return { target: column.target, extra: column.extra, type: field?.type ?? null, confidence: column.confidence, reason: column.reason }
}
