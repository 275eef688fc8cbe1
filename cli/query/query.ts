/** SQLite in memory over the records and one run's dataset. Nothing that is asked can change anything. */
import initSqlJs, { type Database } from 'sql.js'
import { HotpassError } from '../../kernel/error.ts'
import { canonicalJson } from '../../kernel/json.ts'
import { ITEM_SEPARATOR, type Table } from '../../kernel/artifact/table.ts'
import { openStore } from '../../kernel/host/store/store.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'
import { datasetOf, maskerOfRun } from '../pipeline/artifacts.ts'
import { configOf, findAttempt, profileOf, readRun } from '../pipeline/store.ts'
import { maskedTable } from './masked.ts'

type Value = string | number | null

const DEFAULT_LIMIT = 1000
/** Rows of one table beyond which a query is refused rather than taking all memory. */
const MAX_ROWS = 2_000_000
/** Bytes that SQLite may take besides the tables, and characters of a result: no question fills the machine. */
const MEMORY = 512 * 1_048_576
const MAX_RESULT = 64 * 1_048_576

export interface QueryOrder {
  readonly input: JsonObject
  /** Absolute. */
  readonly storeFolder: string
  /** Personal values are masked before SQLite sees them, so that no question brings them back. */
  readonly masks: boolean
}

/** The result of a query, but for its schema. Throws E_USAGE when the SQL is wrong, E_INPUT_LIMIT, and what the store throws. */
export async function queryStore(input: JsonObject, storeFolder: string, masks: boolean): Promise<JsonObject> {
  const store = openStore(storeFolder, { readOnly: true })
  const SQL = await initSqlJs()
  const database = new SQL.Database()
  try {
    const tables = ['runs', 'steps', 'inputs', 'outputs', 'diagnostics']
    createTable(database, 'runs', ['sequence', 'run_id', 'attempt', 'outcome', 'mode', 'profile', 'pipeline', 'config_hash', 'record_hash', 'as_of', 'started_at', 'duration_ms', 'cache_hits', 'cache_misses', 'warnings', 'errors', 'summary'])
    createTable(database, 'steps', ['run_id', 'attempt', 'position', 'step', 'operator_id', 'implementation', 'outcome', 'cache', 'duration_ms', 'cpu_ms', 'bytes_in', 'bytes_out', 'config_hash', 'record_hash'])
    createTable(database, 'inputs', ['run_id', 'attempt', 'id', 'hash', 'bytes'])
    createTable(database, 'outputs', ['run_id', 'attempt', 'suffix', 'media_type', 'hash', 'bytes'])
    createTable(database, 'diagnostics', ['run_id', 'attempt', 'step', 'severity', 'code', 'message', 'details'])
    for (const entry of store.attempts()) {
      const { run, steps } = readRun(store, entry)
      const { identity, observed } = run
      const own = [entry.run_id, entry.attempt] as const
      insert(database, 'runs', [[entry.sequence, ...own, entry.outcome, identity.mode, profileOf(store, run), `${identity.pipeline.id}@${identity.pipeline.version}`, identity.config_hash, run.record_hash, identity.pins.as_of, observed.started_at, observed.cost.duration_ms, observed.cache.hits, observed.cache.misses, identity.counts.warnings, identity.counts.errors, canonicalJson(identity.summary as Json)]])
      insert(database, 'steps', identity.steps.map(({ step, operator_id, outcome, record_hash }, position) => {
        const record = steps.get(step)
        const cost = record?.observed.cost
        return [...own, position + 1, step, operator_id, record?.identity.implementation ?? null, outcome, record?.observed.cache ?? null, cost?.duration_ms ?? null, cost?.cpu_ms ?? null, cost?.bytes_in ?? null, cost?.bytes_out ?? null, record?.identity.config_hash ?? null, record_hash]
      }))
      insert(database, 'inputs', identity.input_refs.map(({ id, hash, bytes }) => [...own, id, hash, bytes]))
      insert(database, 'outputs', identity.published.map(({ suffix, media_type, hash, bytes }) => [...own, suffix, media_type, hash, bytes]))
      const found = [...steps].flatMap(([step, { identity: { notices, warnings, errors } }]) => [...notices, ...warnings, ...errors].map(finding => ({ step, ...finding })))
      insert(database, 'diagnostics', [...identity.errors.map(finding => ({ step: '', ...finding })), ...found].map(({ step, severity, code, message, details }) => [...own, step, severity, code, message, canonicalJson(details)]))
    }
    tables.push(...loadDataset())
    database.run(`PRAGMA temp_store = 2; PRAGMA hard_heap_limit = ${sizeOf(database) + MEMORY}; PRAGMA query_only = 1`)
    const sql = input['sql'] as string | undefined
    const limit = (input['limit'] as number | undefined) ?? DEFAULT_LIMIT
    const found = sql === undefined ? listTables(database, tables) : select(database, sql, limit, tables)
    return { ...found, row_count: found.rows.length, tables }
  } finally {
    database.close()
    store.close()
  }

  /** The tables of one run's dataset; none when the store holds no run that finished. */
  function loadDataset(): readonly string[] {
    const wanted = input['run'] as string | undefined
    if (store.attempts().length === 0) return []
    const recorded = readRun(store, findAttempt(store, wanted ?? 'latest', { finished: true }))
    if (wanted === undefined && recorded.run.identity.dataset === null) return []
    const frame = datasetOf(store, recorded)
    const config = configOf(store, recorded.run)
    const separator = ((config['export'] as JsonObject | undefined)?.['list_separator'] as string | undefined) ?? '; '
    const masker = masks ? maskerOfRun(store, recorded) : undefined
    for (const table of frame.tables) loadTable(database, masker === undefined ? table : maskedTable(table, masker), separator)
    return frame.tables.map(({ name }) => name)
  }
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Bytes of all tables. */
function sizeOf(database: Database): number {
  const [pages, bytes] = ['page_count', 'page_size'].map(name => Number(database.exec(`PRAGMA ${name}`)[0]!.values[0]![0]))
  return pages! * bytes!
}

function createTable(database: Database, name: string, columns: readonly string[]): void {
  database.run(`CREATE TABLE ${quote(name)} (${columns.map(quote).join(', ')})`)
}

function insert(database: Database, name: string, rows: readonly (readonly Value[])[]): void {
  if (rows.length === 0) return
  const statement = database.prepare(`INSERT INTO ${quote(name)} VALUES (${rows[0]!.map(() => '?').join(', ')})`)
  database.run('BEGIN')
  for (const row of rows) statement.run(row as Value[])
  database.run('COMMIT')
  statement.free()
}

/** One table of a frame; `rowid` counts from 1 as the dataset's rows do. Column names that SQLite takes for one are told apart. */
function loadTable(database: Database, table: Table, separator: string): void {
  if (table.rows > MAX_ROWS) throw new HotpassError('E_INPUT_LIMIT', `table ${table.name} has more than ${MAX_ROWS} rows`, { hint: 'export it to Parquet and query that' })
  const taken = new Set<string>()
  const unique = (name: string): string => {
    let own = name
    for (let number = 2; taken.has(own.toLowerCase()); number++) own = `${name}_${number}`
    taken.add(own.toLowerCase())
    return own
  }
  const integers = table.integers.filter(({ name }) => name !== 'base')
  const names = [...table.columns.map(({ name }) => unique(name)), ...integers.map(({ name }) => unique(name))]
  if (names.length === 0) return
  createTable(database, table.name, names)
  const shown = table.columns.map(({ values }) => values.map(value => value.replaceAll(ITEM_SEPARATOR, separator)))
  const statement = database.prepare(`INSERT INTO ${quote(table.name)} VALUES (${names.map(() => '?').join(', ')})`)
  database.run('BEGIN')
  const row: Value[] = new Array(names.length)
  for (let at = 0; at < table.rows; at++) {
    for (let column = 0; column < table.columns.length; column++) {
      const code = table.columns[column]!.codes[at]!
      row[column] = code === 0 ? null : shown[column]![code - 1]!
    }
    for (let column = 0; column < integers.length; column++) row[table.columns.length + column] = integers[column]!.data[at]!
    statement.run(row)
  }
  database.run('COMMIT')
  statement.free()
}

function listTables(database: Database, tables: readonly string[]): { columns: string[]; rows: Value[][]; truncated: boolean } {
  const rows = tables.map((name): Value[] => {
    const columns = database.exec(`PRAGMA table_info(${quote(name)})`)[0]?.values.map(column => String(column[1])) ?? []
    const count = columns.length === 0 ? 0 : Number(database.exec(`SELECT count(*) FROM ${quote(name)}`)[0]!.values[0]![0])
    return [name, count, columns.join(', ')]
  })
  return { columns: ['table', 'rows', 'columns'], rows, truncated: false }
}

function select(database: Database, sql: string, limit: number, tables: readonly string[]): { columns: string[]; rows: Value[][]; truncated: boolean } {
  const refuse = (message: string, hint: string): never => {
    throw new HotpassError('E_USAGE', message, { hint })
  }
  try {
    const statements = database.iterateStatements(sql)
    const first = statements.next()
    if (first.done) return refuse('there is no statement to ask', 'for example: select * from runs')
    const statement = first.value
    try {
      if (statements.getRemainingSQL().replace(/--[^\n]*|\/\*[\s\S]*?\*\/|[\s;]+/g, '') !== '') refuse('there is more than one statement', 'ask one SELECT at a time')
      const columns = statement.getColumnNames()
      if (columns.length === 0 || !/^\s*(--[^\n]*\n\s*|\/\*[\s\S]*?\*\/\s*)*(select|with|values|explain|pragma\s+table_info)\b/i.test(sql)) refuse('only a SELECT statement can be asked', 'the query is read-only')
      const rows: Value[][] = []
      let truncated = false
      let size = 0
      while (statement.step()) {
        if (rows.length === limit) {
          truncated = true
          break
        }
        const row = statement.get().map(value => (value instanceof Uint8Array ? `${value.length} bytes` : (value as Value)))
        for (const value of row) size += typeof value === 'string' ? value.length : 8
        if (size > MAX_RESULT) return refuse(`the result has more than ${MAX_RESULT} characters`, 'ask for less of it')
        rows.push(row)
      }
      return { columns, rows, truncated }
    } finally {
      statement.free()
    }
  } catch (error) {
    if (error instanceof HotpassError) throw error
    if ((error as Error).message === 'out of memory') return refuse('the query needs more memory than it is given', 'ask for less')
    // SQLite's own words name the table or column that is wrong; they hold nothing of the data.
    return refuse(`the query is wrong: ${(error as Error).message}`, `tables: ${tables.join(', ')}`)
  }
}
