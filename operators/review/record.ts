/** A record of the linkage as a reviewer sees it. */
import { columnOf, ITEM_SEPARATOR, textAt, type Frame, type Table } from '../../kernel/artifact/table.ts'
import { digestJson } from '../../kernel/hash.ts'
import type { LinkRecordsMeta } from '../linkage/stages.ts'

export interface SeenRecord {
  readonly id: string
  readonly source: string
  /** Aligned with the shown fields. Items of a list are joined by `; `. */
  readonly values: readonly (string | null)[]
  /** SHA-256 of all values, so that a later change of the record shows. */
  readonly seen: string
}

export interface RecordReader {
  /** Names of the columns that are shown, in order. */
  readonly fields: readonly string[]
  /** By position in table `records`, from 0. */
  at(row: number): SeenRecord
}

const shownText = (text: string | null): string | null => (text === null ? null : text.replaceAll(ITEM_SEPARATOR, '; '))

/** Reads records of a `link-records` frame. The id and source columns are told apart from the fields. */
export function recordReader(frame: Frame<LinkRecordsMeta>, records: Table): RecordReader {
  const ids = columnOf(records, '#id')!
  const sources = columnOf(records, '#source')
  const { id_field, source_field } = frame.meta
  const columns = records.columns.filter(({ name }) => !name.startsWith('#') && name !== id_field && name !== source_field)
  const fields = columns.map(({ name }) => name)
  return {
    fields,
    at(row) {
      const values = columns.map(column => shownText(textAt(column, row)))
      return { id: textAt(ids, row) ?? '', source: (sources === undefined ? null : textAt(sources, row)) ?? '', values, seen: digestJson(fields.map((name, at) => [name, values[at]!])) }
    }
  }
}
