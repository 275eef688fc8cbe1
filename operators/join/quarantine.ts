/** Rows that do not go on, kept whole. */
import { createColumnBuilder } from '../../kernel/artifact/builder.ts'
import { integersOf, type Table } from '../../kernel/artifact/table.ts'
import { canonicalJson } from '../../kernel/json.ts'
import { QUARANTINE_COLUMNS, type Source } from '../model/stages.ts'

export interface Quarantine {
  /** Sets a row of a source's table aside, with a reason code and words for people. */
  add(number: number, source: Source, table: Table, row: number, reason: string, detail: string, severity: 'error' | 'info'): void
  finish(): Table
}

/** The names that raw cells are kept under, in code unit order: the header, or the letter in brackets. */
function labelsOf(source: Source): readonly { readonly json: string; readonly index: number }[] {
  const used = new Set<string>()
  const labels = source.columns.map(({ header, letter }, index) => {
    let label = header === '' ? `[${letter}]` : header
    if (used.has(label)) label = `${label} [${letter}]`
    used.add(label)
    return { label, index }
  })
  labels.sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0))
  return labels.map(({ label, index }) => ({ json: canonicalJson(label), index }))
}

/** An empty quarantine. */
export function createQuarantine(): Quarantine {
  const columns = QUARANTINE_COLUMNS.map(name => createColumnBuilder(name))
  const sources: number[] = []
  const rows: number[] = []
  let current: Source | null = null
  let labels: ReturnType<typeof labelsOf> = []
  // Canonical JSON of each distinct value, so that a sheet of codes costs little.
  let encoded: (string | undefined)[][] = []

  function rawRow(table: Table, row: number): string {
    let out = ''
    for (const { json, index } of labels) {
      const column = table.columns[index]!
      const code = column.codes[row]!
      if (code === 0) continue
      const cache = encoded[index]!
      const text = (cache[code - 1] ??= canonicalJson(column.values[code - 1]!))
      out += `${out === '' ? '' : ','}${json}:${text}`
    }
    return `{${out}}`
  }

  return {
    add(number, source, table, row, reason, detail, severity) {
      if (current !== source) {
        current = source
        labels = labelsOf(source)
        encoded = source.columns.map(() => [])
      }
      sources.push(number)
      rows.push(integersOf(table, 'row')[row]!)
      const cells = ['row', null, null, null, rawRow(table, row), reason, detail, severity]
      columns.forEach((column, index) => column.push(cells[index]!))
    },
    finish() {
      const integers = [{ name: 'source', data: Uint32Array.from(sources) }, { name: 'row', data: Uint32Array.from(rows) }]
      return { name: 'quarantine', rows: sources.length, columns: columns.map(column => column.finish()), integers }
    }
  }
}
