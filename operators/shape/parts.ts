/** Tells the heads of parts of a table of figures from records without figures. In doubt a row is data. */
import { SIGN, signAt } from './cell-sign.ts'
import type { Block } from './detect.ts'
import { shownAt, type GridColumn } from './grid.ts'
import type { LeftOut } from './remarks.ts'

/** Rows under a head, and names that recur under two heads, that speak for it. */
const SEVERAL = 2
const COLON = /(?::|--|\u2014)\s*(?:\\\d+)?$/
const MARKS = /\s*\\\d+/g

/** A row that shows a name and no more, with the rows up to the next such row. */
interface Part {
  readonly at: number
  readonly text: string
  readonly rows: readonly number[]
}

const isCapitals = (text: string): boolean => {
  const bare = text.replace(MARKS, '')
  return bare.toUpperCase() === bare && /[A-Z]{3}/.test(bare)
}

/** Spaces in front of what a cell shows. */
function indentOf({ column }: GridColumn, at: number): number {
  const code = column.codes[at]!
  const text = code === 0 ? '' : column.values[code - 1]!
  return text.length - text.trimStart().length
}

function partsOf(block: Block, stub: number, data: readonly number[]): Part[] {
  const parts: { at: number; text: string; rows: number[] }[] = []
  for (const at of data) {
    const column = block.fill[at] === 1 ? block.columns.find((each, index) => index <= stub && signAt(each, at) === SIGN.words) : undefined
    if (column !== undefined) parts.push({ at, text: shownAt(column, at), rows: [] })
    else parts.at(-1)?.rows.push(at)
  }
  return parts
}

/** Parts of which several rows bear names that rows of another part bear as well. */
function recurring(names: GridColumn, parts: readonly Part[]): ReadonlySet<Part> {
  const times = new Map<number, number>()
  const namesIn = ({ rows }: Part): Set<number> => new Set(rows.map(at => names.column.codes[at]!).filter(code => code !== 0))
  for (const part of parts) for (const code of namesIn(part)) times.set(code, (times.get(code) ?? 0) + 1)
  return new Set(parts.filter(part => [...namesIn(part)].filter(code => times.get(code)! > 1).length >= SEVERAL))
}

/** Positions that show a name and no more, and head the rows below: by a colon, by rows set in below them, by names that recur in each part, or by capitals that only heads have. */
export function headsOfParts(block: Block, stub: number, data: readonly number[]): LeftOut {
  const rows = new Set<number>()
  const doubtful = new Set<number>()
  const parts = partsOf(block, stub, data)
  if (parts.length === 0) return { rows, doubtful }
  const names = block.columns[stub]!
  const again = recurring(names, parts)
  const capitals = parts.filter(part => isCapitals(part.text) && part.rows.length !== 1)
  const onlyHeads = capitals.length > 0 && !data.some(at => block.fill[at]! > 1 && isCapitals(shownAt(names, at)))
  for (let index = parts.length - 1; index >= 0; index--) {
    const part = parts[index]!
    const next = parts[index + 1]
    // A head heads rows of its own, or another head.
    if (part.rows.length === 0 && !(next !== undefined && rows.has(next.at))) continue
    const indent = indentOf(names, part.at)
    const setIn = part.rows.length >= SEVERAL && part.rows.every(at => indentOf(names, at) > indent)
    const certain = COLON.test(part.text) || again.has(part) || setIn
    const headsHeads = part.rows.length === 0
    if (!certain && !(onlyHeads && capitals.includes(part) && (headsHeads || capitals.length >= SEVERAL))) continue
    rows.add(part.at)
    if (!certain) doubtful.add(part.at)
  }
  return { rows, doubtful }
}
