/** A column while the operator works on it: cells can still be filled from elsewhere. */
import { columnOver, type Dictionary } from '../../kernel/artifact/dictionary.ts'
import { ITEM_SEPARATOR, type Column } from '../../kernel/artifact/table.ts'

/** A dictionary-encoded column of text that can change cell by cell. */
export class DraftColumn {
  readonly name: string
  readonly codes: Uint32Array
  #values: string[] | null = null
  /** Stands for the values until somebody asks for one. */
  #base: Dictionary | null = null
  /** Whether a cell was set since. */
  #touched = false
  /** Built when the first text is looked up; values that were pushed before are distinct. */
  #seen: Map<string, number> | null = null

  constructor(name: string, rows: number) {
    this.name = name
    this.codes = new Uint32Array(rows)
  }

  /** A column as it is, every value of which some row uses. */
  static over(name: string, dictionary: Dictionary, codes: Uint32Array): DraftColumn {
    const draft = new DraftColumn(name, codes.length)
    draft.codes.set(codes)
    draft.#base = dictionary
    return draft
  }

  get values(): string[] {
    return (this.#values ??= this.#base === null ? [] : [...this.#base.values])
  }

  /** The code of a text, which is added to the dictionary when it is new. */
  code(text: string): number {
    const seen = (this.#seen ??= new Map(this.values.map((value, index) => [value, index + 1])))
    let code = seen.get(text)
    if (code === undefined) {
      code = this.values.push(text)
      seen.set(text, code)
    }
    return code
  }

  textAt(row: number): string | null {
    const code = this.codes[row]!
    return code === 0 ? null : this.values[code - 1]!
  }

  set(row: number, text: string): void {
    this.#touched = true
    this.codes[row] = this.code(text)
  }

  /** Adds an item to a list; false when it is there already. */
  append(row: number, item: string): boolean {
    const text = this.textAt(row)
    if (text === null) this.set(row, item)
    else if (text.split(ITEM_SEPARATOR).includes(item)) return false
    else this.set(row, `${text}${ITEM_SEPARATOR}${item}`)
    return true
  }

  /** The column, with values that no row uses any more dropped from its dictionary. */
  finish(): Column {
    if (this.#base !== null && !this.#touched) return columnOver(this.name, this.#base, null, this.codes)
    const used = new Uint32Array(this.values.length + 1)
    for (let row = 0; row < this.codes.length; row++) used[this.codes[row]!] = 1
    let next = 0
    const values: string[] = []
    for (let code = 1; code < used.length; code++) {
      if (used[code] === 0) continue
      values.push(this.values[code - 1]!)
      used[code] = ++next
    }
    used[0] = 0
    if (next === this.values.length) return { name: this.name, values: this.values, kinds: null, codes: this.codes }
    return { name: this.name, values, kinds: null, codes: this.codes.map(code => used[code]!) }
  }
}
