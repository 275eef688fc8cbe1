/** A column's values that can still grow: survivors keep the codes of their column, and joined lists get new ones. */
import { columnOver, dictionaryOf, Dictionary as ValueDictionary } from '../../kernel/artifact/dictionary.ts'
import { ITEM_SEPARATOR, type Column } from '../../kernel/artifact/table.ts'

const EMPTY = ValueDictionary.ofValues([])

/** Codes count from 1; 0 is an empty cell. */
export interface Dictionary {
  /** Text of a code. */
  textOf(code: number): string
  readonly size: number
  /** The column of these codes under a name. */
  column(name: string, codes: Uint32Array): Column
  codeOf(text: string): number
  /** The items of a value as codes; null when it is a single item. */
  items(code: number): readonly number[] | null
}

/** `opaque`: values are never lists (extras, whose text is left as it is). */
export function createDictionary(column: Column | undefined, opaque = false): Dictionary {
  const given = column === undefined ? EMPTY : dictionaryOf(column)
  let grown: string[] | null = null
  let index: Map<string, number> | null = null
  function codeOf(text: string): number {
    index ??= new Map(given.values.map((value, at) => [value, at + 1]))
    let code = index.get(text)
    if (code === undefined) {
      grown ??= [...given.values]
      code = grown.push(text)
      index.set(text, code)
    }
    return code
  }
  const lists = new Map<number, readonly number[]>()
  if (!opaque && given.text.includes(ITEM_SEPARATOR.charCodeAt(0))) {
    for (const [at, value] of given.values.entries()) {
      if (value.includes(ITEM_SEPARATOR)) lists.set(at + 1, [...new Set(value.split(ITEM_SEPARATOR).filter(item => item !== '').map(codeOf))])
    }
  }
  return {
    textOf: code => (grown === null ? given.at(code - 1) : grown[code - 1]!),
    get size() {
      return grown?.length ?? given.size
    },
    column: (name, codes) => (grown === null ? columnOver(name, given, null, codes) : { name, values: grown, kinds: null, codes }),
    codeOf,
    items: lists.size === 0 ? () => null : code => lists.get(code) ?? null
  }
}
