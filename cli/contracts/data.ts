/** The file that a contract is held against. */
import { resolve } from 'node:path'
import { HotpassError } from '../../kernel/error.ts'
import { digestBytes } from '../../kernel/hash.ts'
import { selectRows } from '../../kernel/artifact/builder.ts'
import { integersOf, type Frame, type Table } from '../../kernel/artifact/table.ts'
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { findHeader, sheetSubject, type FoundTable } from '../../operators/expect/sheet.ts'
import type { Subject } from '../../operators/expect/subject.ts'
import type { Masker } from '../../operators/masking/masker.ts'
import type { Contract, ContractTable } from '../../operators/model/contract.ts'
import type { WorkbookMeta } from '../../operators/model/stages.ts'
import { resolveRequest } from '../config/request.ts'
import { storeFolder } from '../pipeline/store.ts'
import { knownPeople } from './known-people.ts'
import { contractMasker, type ProfileSays } from './masked.ts'
import { createLanes } from '../pipeline/engine.ts'
import { readInputFile, readWorkbook } from '../pipeline/read-workbook.ts'

export interface ContractData {
  readonly file: string
  readonly sheet: string
  readonly table: ContractTable
  readonly subject: Subject
  /** Rows of totals, by the number that the file shows: no data. */
  readonly setAside: readonly SetAside[]
}

export interface SetAside {
  readonly row: number
  readonly reason: string
}

/** Formats that hold one table, so that a place in it needs no sheet. */
const SHEETLESS = new Set(['csv', 'tsv', 'jsonl', 'parquet'])

/**
 * Reads a file, with the limits and the dialect that the workspace sets, and finds the table in it that fits the contract
 * best. Throws what resolving the configuration throws, E_INPUT_*, and E_CONTRACT when no sheet
 * has a column of it.
 */
export async function readContractData(path: string, contract: Contract, wanted: { readonly sheet?: string; readonly table?: string }, host: CommandHost): Promise<ContractData> {
  const { config } = await resolveRequest({}, host)
  const { limits } = config.identity['ingest'] as { readonly limits: { readonly file_bytes: number } }
  const lanes = createLanes()
  try {
    const bytes = readInputFile(resolve(host.cwd, path), path, limits.file_bytes)
    // Before it is read: a reader may take the bytes away.
    const hash = digestBytes(bytes)
    const store = await storeFolder({}, host)
    const workbook = await readWorkbook(path, bytes, config.identity, lanes, host.signal)
    const tables = contract.tables.filter(({ name, group }) => wanted.table === undefined || name === wanted.table || group === wanted.table)
    if (tables.length === 0) throw new HotpassError('E_UNKNOWN_NAME', `the contract has no table ${wanted.table}`, { hint: `it has ${contract.tables.map(({ name }) => name).join(', ')}` })
    const sheets = workbook.meta.sheets.map(({ name }, at) => ({ name, at })).filter(({ name }) => wanted.sheet === undefined || name === wanted.sheet)
    if (sheets.length === 0) throw new HotpassError('E_UNKNOWN_NAME', `${path} has no sheet ${wanted.sheet}`, { place: { file: path }, hint: `it has ${workbook.meta.sheets.map(({ name }) => name).join(', ')}` })
    let best: { readonly found: FoundTable; readonly at: number; readonly name: string; readonly share: number } | undefined
    for (const { name, at } of sheets) {
      for (const table of tables) {
        const found = findHeader(workbook.tables[at]!, table)
        if (found === null) continue
        const share = found.matched / Math.max(1, table.fields.length)
        if (best === undefined || share > best.share) best = { found, at, name, share }
      }
    }
    if (best === undefined) {
      throw new HotpassError('E_CONTRACT', `${path} has no column that the contract ${contract.name} names`, { place: { file: path }, hint: `it names ${tables[0]!.fields.slice(0, 6).map(({ name }) => name).join(', ')}${tables[0]!.fields.length > 6 ? ', …' : ''}: is this the right contract?` })
    }
    const { table } = best.found
    const sheet = SHEETLESS.has(workbook.meta.format) ? '' : best.name
    let masker: Masker | undefined
    const whole = workbook.tables[best.at]!
    // A table that a format declares has no printed totals; a sheet is looked at as a run would.
    const setAside = sheet === '' ? [] : await totalsIn(workbook, best.at, integersOf(whole, 'row')[best.found.header]!, config.identity)
    const subject: Subject = sheetSubject(withoutRows(whole, setAside), best.found, { file: path, sheet }, contract.list_separator, () => (masker ??= contractMasker(contract, table, subject, config.identity as ProfileSays, knownPeople(hash, store))))
    return { file: path, sheet, table, subject, setAside }
  } finally {
    await lanes.close()
  }
}

/** The totals below a header, as a run tells them. In a table that lies on its side they are no rows. */
async function totalsIn(workbook: Frame<WorkbookMeta>, at: number, header: number, config: JsonObject): Promise<SetAside[]> {
  const { shapeWorkbook } = await import('../../operators/shape/operator.ts')
  const decisions = shapeWorkbook(workbook, config as unknown as Parameters<typeof shapeWorkbook>[1], { diagnose: () => {} }).meta.sheets[at]!.decisions
  if (decisions.some(({ what }) => what === 'TRANSPOSED')) return []
  return decisions
    .filter(({ what, where }) => (what === 'TOTAL' || what === 'TOTAL_MISMATCH') && Number(where) > header)
    .map(({ what, where }) => ({ row: Number(where), reason: what === 'TOTAL' ? 'a row of totals' : 'a row of totals that the rows do not add up to' }))
}

function withoutRows(sheet: Table, gone: readonly SetAside[]): Table {
  if (gone.length === 0) return sheet
  const numbers = integersOf(sheet, 'row')
  const left = new Set(gone.map(({ row }) => row))
  const kept = Uint32Array.from(numbers.keys()).filter(at => !left.has(numbers[at]!))
  return { ...sheet, rows: kept.length, columns: sheet.columns.map(column => selectRows(column, kept)), integers: sheet.integers.map(each => ({ ...each, data: Uint32Array.from(kept, at => each.data[at]!) })) }
}
