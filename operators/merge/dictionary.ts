/** A column's values that can still grow: survivors keep the codes of their column, and joined lists get new ones. */
import { ITEM_SEPARATOR, type Column } from '../../kernel/artifact/table.ts'

/** Codes count from 1; 0 is an empty cell. */
export interface Dictionary {
  readonly values: readonly string[]
  codeOf(text: string): number
  /** The items of a value as codes; null when it is a single item. */
  items(code: number): readonly number[] | null
}

/** `opaque`: values are never lists (extras, whose text is left as it is). */
export function createDictionary(column: Column | undefined, opaque = false): Dictionary {
  const values: string[] = column === undefined ? [] : [...column.values]
  let index: Map<string, number> | null = null
  function codeOf(text: string): number {
    index ??= new Map(values.map((value, at) => [value, at + 1]))
    let code = index.get(text)
    if (code === undefined) {
      values.push(text)
      code = values.length
      index.set(text, code)
    }
    return code
  }
  const lists = new Map<number, readonly number[]>()
  const given = values.length
  if (!opaque) {
    for (let at = 0; at < given; at++) {
      if (values[at]!.includes(ITEM_SEPARATOR)) lists.set(at + 1, [...new Set(values[at]!.split(ITEM_SEPARATOR).filter(item => item !== '').map(codeOf))])
    }
  }
  return { values, codeOf, items: lists.size === 0 ? () => null : code => lists.get(code) ?? null }
}
