/**
 * What passes between the operators of the pipeline: the meaning of every frame's `meta` and of its tables.
 *
 *   bytes → workbook → tables → mapping ─┐
 *                         └──────────────┴→ records → normalised → valid → clusters
 *                                                                    └────────┴→ entities → dataset → exports, report
 *
 * Row references are 1 + index with 0 for none. Row numbers are those that the spreadsheet shows (1-based).
 * Field targets are `field`, or `group.field` for a member of a group.
 */
import type { Refusal } from '../../kernel/types.ts'
import type { Field, Group } from '../../schemas/generated/profile.ts'

/** Cells that could not be read faithfully, counted per sheet and column, with the first few cited. */
export interface Loss {
  /** `CELL_ERROR`, `FORMULA_NO_VALUE`, `CELLS_MERGED`, `SHEET_HIDDEN`, `ROWS_HIDDEN`, `COLUMNS_HIDDEN`, `NUMBER_AS_TEXT`, `TEXT_AS_NUMBER`, `LEADING_ZEROS_LOST`, `NUMBER_ROUNDED`, `SCIENTIFIC_IDENTIFIER`, … */
  readonly code: string
  readonly file: string
  readonly sheet: string
  /** Column letter, or '' for the whole sheet. */
  readonly column: string
  readonly count: number
  /** At most 20 cells in A1 form, in reading order. */
  readonly cells: readonly string[]
  readonly note: string
}

export interface SheetFacts {
  readonly name: string
  readonly state: 'visible' | 'hidden' | 'very-hidden'
  /** Merged ranges in A1 form. */
  readonly merges: readonly string[]
  readonly hidden_rows: readonly number[]
  /** Letters. */
  readonly hidden_columns: readonly string[]
  /** Cells that hold a formula. */
  readonly formulas: number
  /** Ranges with filter buttons, header row included; `active` when some rows are hidden by what is chosen there. */
  readonly filters: readonly { readonly range: string; readonly active: boolean }[]
  /** Rules for what may be typed into ranges: their type (`list`, `whole`, `date`, …), and the values of a list that is written into the rule. */
  readonly validations: readonly { readonly type: string; readonly ranges: readonly string[]; readonly values: readonly string[] }[]
  /** Cells that bear a comment, row by row. */
  readonly comments: readonly string[]
  /** Declared tables (ListObject): name, A1 range, and how many of its first rows are headers and of its last ones totals. */
  readonly list_objects: readonly { readonly name: string; readonly range: string; readonly header_rows: number; readonly totals_rows: number }[]
}

/**
 * Kind `workbook`. One table per sheet, in sheet order: integer column `row`; one column per used sheet column,
 * named by its letter. Rows without any cell are left out. A cell with a formula that yields "" is the empty text.
 */
export interface WorkbookMeta {
  readonly file: string
  readonly format: 'xlsx' | 'xls' | 'xlsb' | 'ods' | 'csv' | 'tsv' | 'jsonl' | 'parquet'
  /** Which reader read it. */
  readonly reader: string
  readonly date_system: 1900 | 1904
  /** Delimited text: what was found, and how sure (0 to 1, two decimals). `escape` and `comment` are '' when there is none; `fields` is what most records have. */
  readonly dialect: { readonly encoding: string; readonly delimiter: string; readonly quote: string; readonly escape: string; readonly comment: string; readonly fields: number; readonly line_ending: string; readonly confidence: number } | null
  /** Custom document properties, such as `hotpass.run_id`. */
  readonly properties: { readonly [name: string]: string }
  readonly sheets: readonly SheetFacts[]
  readonly loss: readonly Loss[]
  /** Why the file was set aside; such a workbook has no sheets. Left out when it was read. */
  readonly refused?: Refusal
}

/** A decision of the shape step, with its reason, for the report. */
export interface Decision {
  /** `HEADER`, `NO_HEADER`, `TITLE`, `TOTAL`, `NOTE`, `BLANK`, `REPEATED_HEADER`, `STRAY_COLUMN`, … */
  readonly what: string
  /** A1 range or row range, such as `A1:C2` or `14:16`. */
  readonly where: string
  readonly reason: string
}

export interface SheetShape {
  readonly sheet: string
  readonly state: 'visible' | 'hidden' | 'very-hidden'
  /** Rows of the sheet that have a cell with more than spaces in it. With tables side by side, a row counts once for each; of a table that lies on its side, its columns count. */
  readonly rows_present: number
  /** Rows that are no data, by reason: title, header, blank, total, note, … `rows_present` = data rows of its tables + these (blank ones excepted). */
  readonly excluded: readonly { readonly reason: string; readonly rows: number; readonly where: string }[]
  readonly decisions: readonly Decision[]
}

export interface TableShape {
  /** `file#sheet#1`: the number tells several tables of a sheet apart. */
  readonly id: string
  readonly sheet: string
  /** From the header, or the first row of data, to the last one, in A1 form. */
  readonly range: string
  /** Row numbers of the header; empty when there is none. */
  readonly header_rows: readonly number[]
  /** Aligned with the frame's table columns. `header` is '' when blank; several header rows are joined with ` / `. */
  readonly columns: readonly { readonly letter: string; readonly header: string }[]
}

/** Kind `tables`. One table per table found, aligned with `tables`; same columns as in a workbook (named by letter) and `row`. */
export interface TablesMeta {
  readonly file: string
  readonly format: WorkbookMeta['format']
  readonly reader: string
  readonly properties: { readonly [name: string]: string }
  readonly dialect: WorkbookMeta['dialect']
  readonly sheets: readonly SheetShape[]
  readonly tables: readonly TableShape[]
  readonly loss: readonly Loss[]
  /** As in the workbook. */
  readonly refused?: Refusal
}

export interface ColumnMapping {
  readonly letter: string
  readonly header: string
  /** `field`, `group.field`, `group.field/given`, `key`, or null for an extra. */
  readonly target: string | null
  /** Name of the extra column in the dataset when target is null and the column has values; else null. */
  readonly extra: string | null
  /** 0 to 1, two decimals. */
  readonly confidence: number
  /** For people: why this target, or why none. */
  readonly reason: string
  /** For a target in a group: which member of the row the column describes, from 1. A row may hold several people. */
  readonly member?: number
  /** For numbers that can be read two ways: the decimal sign that the column or, failing that, its table or file shows. */
  readonly decimal?: 'point' | 'comma'
  /** Words for no value that are values in this column, in small letters. */
  readonly keep?: readonly string[]
}

/** One table of the input and what it is. */
export interface Source {
  readonly file: string
  readonly sheet: string
  readonly table: string
  /** The label of the source in the dataset. */
  readonly name: string
  readonly priority: number
  readonly role: 'entity' | 'satellite' | 'set-aside'
  readonly role_reason: string
  /** For a table that is set aside: whether it was recognised as something other than a list of entities. Left out when not. */
  readonly recognised?: boolean
  /** For a satellite: the group of its rows; '' when its columns feed fields of the entity itself. */
  readonly group: string
  readonly rows: number
  readonly columns: readonly ColumnMapping[]
}

/** The fields of this run: declared in the profile, or inferred, plus the extras. */
export interface DatasetSchema {
  readonly entity: string
  readonly inferred: boolean
  /** Columns of the dataset, in order. */
  readonly fields: readonly Field[]
  readonly groups: { readonly [name: string]: Group }
  /** Names of the columns that no field takes, in order. They follow the fields in the dataset. */
  readonly extras: readonly string[]
  /** Fields by which records merge; from the profile, or the default for inferred schemas. */
  readonly merge_keys: readonly string[]
}

/** Kind `mapping` (JSON). `sources` in order of file path, then position in the file. */
export interface Mapping {
  readonly schema: DatasetSchema
  readonly sources: readonly Source[]
  readonly files: readonly Omit<TablesMeta, 'loss'>[]
  readonly loss: readonly Loss[]
}

/**
 * Kind `records`. Raw values, by field.
 * - table `records`: one row per row of an entity table. Integers `source` (1 + index in sources), `row`.
 *   Columns: every mapped field, every extra by name, and `key` when mapped. Where several columns of a source feed
 *   one field, their values are joined by ITEM_SEPARATOR, or by `, ` when they are parts of one address.
 *   A row of a satellite that holds values of entity fields or extras is a record too: it bears the name, and the other
 *   merge keys, of the entity that it belongs to, so that merging folds it in. Its group members, if any, refer to the
 *   entity's own record. So a satellite's row may stand in `records`, in groups, or in both: count rows by (source, row).
 * - one table per group, named after it: integers `source`, `row`, `record` (reference to `records`; 0 = orphan).
 *   Columns: the fields of the group. A contact that stands in the entity's own row is a member like any other.
 * - table `quarantine`: see QUARANTINE_COLUMNS. Here, with level `row`: `ORPHAN` (error), rows of set-aside tables
 *   (`SET_ASIDE`, info), and satellite rows that only name their entity (`NOTHING_TO_ADD`, info). These stand in no other table.
 */
export interface RecordsMeta {
  readonly schema: DatasetSchema
  readonly sources: readonly Source[]
  /** How the members of each satellite found their entity. */
  readonly joins: readonly { readonly file: string; readonly sheet: string; readonly by_key: number; readonly by_name: number; readonly orphans: number }[]
  /** Non-empty raw cells per field, before anything is changed. */
  readonly filled: { readonly [target: string]: number }
}

/**
 * The quarantine table. Integers `source`, `row`. Columns, all text:
 * `level` (`row` or `cell`), `column` (letter or empty), `header`, `field` (target or empty), `value` (raw; for a row
 * the canonical JSON of header → raw text), `reason` (code), `detail` (for people), `severity`
 * (`error`: a rule was broken, counts against budgets; `info`: set aside, does not).
 */
export const QUARANTINE_COLUMNS = ['level', 'column', 'header', 'field', 'value', 'reason', 'detail', 'severity'] as const

/**
 * Kind `normalised`. As `records`, with values normalised (lists joined by ITEM_SEPARATOR), plus derived columns:
 * `<field>#key` (match key of an organisation name, never empty when the name is not), `<field>#alias` (trading names).
 * - table `issues`: integers `table` (0 = records, else 1 + index of the group in the order of the frame's group
 *   tables), `index` (row of that table, from 0). Columns `field`, `value` (raw), `reason`, `detail`, `severity`.
 *   A value that failed has left its cell.
 */
export interface NormalisedMeta extends RecordsMeta {
  /** Group tables in order, for `issues.table`. */
  readonly group_order: readonly string[]
  /** Category values that no lookup knows, per field, with counts; sorted. */
  readonly unknown: { readonly [field: string]: readonly { readonly value: string; readonly count: number }[] }
  /** Rules that changed values: code to number of cells, per field; for the report. */
  readonly changed: { readonly [target: string]: { readonly [rule: string]: number } }
}

/**
 * Kind `valid`. As `normalised` without `issues`; `records` and each group have one more integer column `ok`
 * (1 = goes on, 0 = quarantined). Rows keep their index. `quarantine` is complete.
 */
export interface ValidMeta extends Omit<NormalisedMeta, 'changed'> {
  readonly changed: NormalisedMeta['changed']
  readonly budgets: readonly { readonly name: string; readonly limit: number; readonly actual: number; readonly breached: boolean }[]
}

/** Kind `clusters`. Table `clusters`: one row per record, integer `cluster` (1-based, by first record; 0 = not ok). Table `links`: integers `a`, `b` (references to records), columns `rule`, `value`. */
export interface ClustersMeta {
  readonly clusters: number
  readonly rules: readonly { readonly rule: string; readonly links: number }[]
}

/**
 * Kind `entities`.
 * - table `entities`: one row per entity, sorted by the first field, then code unit order of all others. Integer
 *   `base` (reference to the best record). Columns: every field of the schema, then the extras.
 *   Score fields are still empty.
 * - table `winners`: same rows; one integer column per field: reference to the record (or, for a picked group field, to
 *   the group row) whose value won; 0 where there is none or where several contributed.
 * - table `members`: integers `entity`, `record` (references), by entity then rank.
 * - one table per group: integers `entity`, `primary` (1 or 0), `from` (reference to the row of the group in `valid`),
 *   columns: fields of the group; members of one entity that are the same person are joined.
 * - table `conflicts`: integers `entity`, `source`, `row`; columns `field`, `kept`, `lost`, `rule`.
 */
export interface EntitiesMeta {
  readonly schema: DatasetSchema
  readonly sources: readonly Source[]
  /** Per source: rows in = used + merged + quarantined. */
  readonly reconciliation: readonly { readonly file: string; readonly sheet: string; readonly table: string; readonly role: Source['role']; readonly rows_in: number; readonly used: number; readonly merged: number; readonly quarantined: number }[]
}

/** Kind `dataset`. Tables `data` (the finished `entities`), the groups, `conflicts` (with entity key text in column `entity_key`), `quarantine` (source as `file` and `sheet` text columns). */
export interface DatasetMeta {
  readonly schema: DatasetSchema
  readonly sources: readonly Source[]
  readonly reconciliation: EntitiesMeta['reconciliation']
  readonly score: { readonly mean: number; readonly bands: readonly { readonly from: number; readonly rows: number }[]; readonly flags: { readonly [flag: string]: number } }
  readonly filled: { readonly [field: string]: { readonly before: number; readonly after: number } }
}
