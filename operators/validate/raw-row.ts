/** A whole row as it stood in the file: canonical JSON of header to raw text. */
import { dictionaryOf } from '../../kernel/artifact/dictionary.ts'
import { canonicalJson } from '../../kernel/json.ts'
import { ITEM_SEPARATOR, type Column, type Table } from '../../kernel/artifact/table.ts'
import type { Place } from './place.ts'

/** A row (from 0) of a table: 0 = records, then the groups in order. */
export interface Part {
  readonly table: number
  readonly index: number
}

/** Writes rows as JSON; each header is quoted once per source, each distinct value once. */
export interface RawRows {
  /**
   * The row of a source (from 0) that the parts make up. Where several columns feed one field, their headers are
   * joined by ` / ` and their values by `; `. A repeated header is told apart by its column letter.
   */
  write(source: number, parts: readonly Part[]): string
}

interface Cell { readonly table: number; readonly column: Column; readonly quoted: Map<number, string>; readonly target: string }
interface Headed { readonly cell: Cell; readonly header: string; readonly prefix: string }

const byHeader = (a: { header: string }, b: { header: string }): number => (a.header < b.header ? -1 : a.header > b.header ? 1 : 0)

/** `targetOf` names the target of a column of a table, `placeOf` says where a source has it. */
export function rawRowsOf(tables: readonly Table[], targetOf: (table: number, column: string) => string, placeOf: (source: number, target: string) => Place): RawRows {
  const cells = tables.flatMap((table, position) =>
    table.columns
      .filter(({ name }) => !name.includes('#'))
      .map((column): Cell => ({ table: position, column, quoted: new Map<number, string>(), target: targetOf(position, column.name) }))
  )
  const headed: (readonly Headed[] | undefined)[] = []

  function headersOf(source: number): readonly Headed[] {
    const taken = new Set<string>()
    const list = cells.map(cell => {
      const place = placeOf(source, cell.target)
      let header = place.header === '' ? cell.target : place.header
      if (taken.has(header)) header = `${header} [${place.letter === '' ? cell.target : place.letter}]`
      taken.add(header)
      return { cell, header }
    })
    return list.sort(byHeader).map(({ cell, header }) => ({ cell, header, prefix: `${canonicalJson(header)}:` }))
  }
  function textOf(column: Column, code: number): string {
    return dictionaryOf(column).at(code - 1).replaceAll(ITEM_SEPARATOR, '; ')
  }
  function quotedOf({ column, quoted }: Cell, code: number): string {
    let text = quoted.get(code)
    if (text === undefined) quoted.set(code, (text = canonicalJson(textOf(column, code))))
    return text
  }
  function valueOf(cell: Cell, parts: readonly Part[]): string | null {
    const { table, column } = cell
    let code = 0
    let several: string[] | null = null
    for (const part of parts) {
      if (part.table !== table) continue
      const found = column.codes[part.index]!
      if (found === 0 || found === code) continue
      if (code !== 0) (several ??= [textOf(column, code)]).push(textOf(column, found))
      code = found
    }
    if (code === 0) return null
    return several === null ? quotedOf(cell, code) : canonicalJson(several.join('; '))
  }
  return {
    write(source, parts) {
      let text = ''
      for (const { cell, prefix } of (headed[source] ??= headersOf(source))) {
        const value = valueOf(cell, parts)
        if (value !== null) text += (text === '' ? '' : ',') + prefix + value
      }
      return `{${text}}`
    }
  }
}
