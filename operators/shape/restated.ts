/** A header that is given again with other columns, in the middle of the rows: another table begins there. */
import { dictionaryOf } from '../../kernel/artifact/dictionary.ts'
import type { Column } from '../../kernel/artifact/table.ts'
import { detectHeader, type Block } from './detect.ts'
import { shownAt, type Grid } from './grid.ts'

const encoder = new TextEncoder()

const FEWEST = 3
/** Cells of a row that are names of the header, of all that the row shows. */
const MOSTLY = 0.6
/** Columns in which a header is looked for first: it would be slow to look up every value of a sheet. */
const LEADING = 2
/** Names have letters: numbers that recur are figures. */
const labelled = /[^\d\s.,:;/()%+-]/
/** What is cut into more parts than this is no sheet that a person made. */
const MOST_TABLES = 64

/** The block cut where its header is stated again, changed. The same header again is only repeated, and cuts nothing. `onLimit` gets the position of the first that no longer cuts. */
export function cutAtRestatedHeaders(grid: Grid, block: Block, onLimit: (at: number) => void): readonly Block[] {
  const header = detectHeader(grid, block)
  const at = header.header.at(-1)
  if (at === undefined) return [block]
  const names = new Set(block.columns.map(column => shownAt(column, at)).filter(text => labelled.test(text)))
  if (names.size < FEWEST) return [block]
  const leading = block.columns.slice(0, LEADING).map(({ column }) => ({ codes: column.codes, marks: namedIn(column, names) }))
  const cuts: number[] = []
  for (let index = header.dataFrom; index < block.positions.length; index++) {
    const position = block.positions[index]!
    if (block.fill[position]! < FEWEST || !leading.some(({ codes, marks }) => marks[codes[position]!] === 1)) continue
    if (restates(block, at, position, names)) cuts.push(index > header.dataFrom + 1 && isTitle(grid, block, index - 1) ? index - 1 : index)
  }
  const ends = cuts.slice(0, MOST_TABLES - 1)
  if (cuts.length > ends.length) onLimit(block.positions[cuts[ends.length]!]!)
  return [0, ...ends].map((from, index) => ({ ...block, positions: block.positions.slice(from, ends[index]) }))
}

/** Per code, 1 when its value is one of the names. Most values are told by their length and first sign. */
function namedIn(column: Column, names: ReadonlySet<string>): Uint8Array {
  const dictionary = dictionaryOf(column)
  const { size, text, starts } = dictionary
  const marks = new Uint8Array(size + 1)
  const shapes = new Set([...names].map(name => encoder.encode(name)).map(({ 0: first, length }) => shapeOf(first!, length)))
  for (let index = 0; index < size; index++) {
    const [from, to] = [starts[index]!, starts[index + 1]!]
    if (from === to) continue
    // What begins and ends with a sign of ASCII has no spaces around it.
    if (isSign(text[from]!) && isSign(text[to - 1]!) && !shapes.has(shapeOf(text[from]!, to - from))) continue
    if (names.has(dictionary.at(index).trim())) marks[index + 1] = 1
  }
  return marks
}

const isSign = (byte: number): boolean => byte > 0x20 && byte < 0x7f
const shapeOf = (first: number, length: number): number => length * 256 + first

/** Whether one cell alone stands below a gap; without one it may be a record of the rows above. */
function isTitle(grid: Grid, block: Block, index: number): boolean {
  const at = block.positions[index]!
  return block.fill[at] === 1 && grid.rows[at]! > grid.rows[block.positions[index - 1]!]! + 1
}

/** Whether most of what a row shows are names of the header, and yet it is not the same header again. */
function restates(block: Block, header: number, at: number, names: ReadonlySet<string>): boolean {
  let known = 0
  let same = 0
  for (const column of block.columns) {
    const text = shownAt(column, at)
    if (names.has(text)) known++
    if (text === shownAt(column, header)) same++
  }
  return same < block.columns.length && known >= FEWEST && known >= block.fill[at]! * MOSTLY
}
