/**
 * The rows of a sheet, straight into its encoder. Nearly all of a sheet's bytes stood there just before: what stands
 * between two values in the row above, a row's number in the cell before. The encoder is told so, and finds repeats in
 * texts alone.
 */
import { MOST_ROOM, type Deflater } from '../zip/deflate.ts'
import { CELL_FORMS, endsText, type CellColumn } from './cells.ts'

/** Bytes that can be read in whole words. */
interface Piece {
  readonly words: DataView
  readonly length: number
}

const encoder = new TextEncoder()

function pieceOf(text: string): Piece {
  const bytes = encoder.encode(text)
  return { words: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), length: bytes.length }
}

/** What a cell or a row begins behind: a number's cell, a text's cell, the row's own beginning, the heading. */
const [AFTER_VALUE, AFTER_TEXT, IN_ROW, AFTER_HEADING] = [0, 1, 2, 3] as const
const CLOSES = ['</v></c>', '</t></is></c>', '">'] as const
const ROW_ENDS = [...CLOSES.map(close => `${close}</row>`), '']
const NEXT_ROWS = ROW_ENDS.map(end => pieceOf(`${end}<row r="`))
const OPENS = CELL_FORMS.map(pieceOf)

/** More than all that a cell has besides its value, with the beginning of its row. */
const CELL_ROOM = 256
/** Longer values are written like any other bytes. */
const LONG = MOST_ROOM - CELL_ROOM
const NINE = 0x39
const ZERO = 0x30

/** Writes rows `from` to before `to` behind a heading, each a `row` element, of which the first has number 2. `lettersOf` names the columns. */
export function writeRows(columns: readonly CellColumn[], from: number, to: number, lettersOf: (index: number) => string, deflater: Deflater): void {
  const width = columns.length
  const cells = columns.map(({ codes, values: { bytes, starts }, forms }, index) => ({
    codes, starts, forms, bytes,
    words: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    /** What stands before the row's number, by what it follows. */
    begins: CLOSES.map(close => pieceOf(`${close}<c r="${lettersOf(index)}`))
  }))
  // Positions at which pieces stood last.
  const beganAt = new Int32Array(CLOSES.length * width)
  const rowAt = new Int32Array(NEXT_ROWS.length)
  /** The row, from 1, behind which `rowAt` is. */
  const rowIn = new Uint32Array(NEXT_ROWS.length)
  const openAt = new Int32Array(OPENS.length)
  const numberAt = new Int32Array(OPENS.length)
  /** The row, from 1, in which `numberAt` is. */
  const numberIn = new Uint32Array(OPENS.length)
  const number = Uint8Array.of(ZERO + 1, 0, 0, 0, 0, 0, 0, 0)
  const digits = new DataView(number.buffer)
  let length = 1
  let after: 0 | 1 | 2 | 3 = AFTER_HEADING

  function put(places: Int32Array, place: number, piece: Piece): void {
    const before = places[place]!
    places[place] = deflater.position
    if (!deflater.repeat(before, piece.length)) deflater.text(piece.words, 0, piece.length)
  }
  /** Adds one to the number and returns how many digits stay. */
  function count(): number {
    let at = length - 1
    for (; at >= 0 && number[at] === NINE; at--) number[at] = ZERO
    if (at >= 0) {
      number[at]!++
      return at
    }
    number[0] = ZERO + 1
    number[length++] = ZERO
    return 0
  }

  for (let row = from; row < to; row++) {
    deflater.room(CELL_ROOM)
    const same = count()
    const next = NEXT_ROWS[after]!
    // The number of the row above begins in the same way.
    if (rowIn[after] === row && deflater.repeat(rowAt[after]!, next.length + same)) {
      rowAt[after] = (deflater.position - next.length - same) | 0
      deflater.literals(digits, same, length)
    } else {
      put(rowAt, after, next)
      deflater.literals(digits, 0, length)
    }
    rowIn[after] = row + 1
    let latest = (deflater.position - length) | 0
    after = IN_ROW
    for (let index = 0; index < width; index++) {
      const { codes, starts, forms, words, bytes, begins } = cells[index]!
      const code: number = codes[row]!
      if (code === 0) continue
      const [start, end] = [starts[code - 1]!, starts[code]!]
      const isLong = end - start > LONG
      deflater.room(isLong ? CELL_ROOM : CELL_ROOM + end - start)
      put(beganAt, after * width + index, begins[after]!)
      const form = forms[code - 1]!
      const open = OPENS[form]!
      const here = deflater.position
      if (numberIn[form] !== row + 1 || !deflater.repeat(numberAt[form]!, length + open.length)) {
        if (!deflater.repeat(latest, length)) deflater.literals(digits, 0, length)
        put(openAt, form, open)
      }
      numberIn[form] = row + 1
      numberAt[form] = here
      openAt[form] = here + length
      latest = here
      if (endsText(form)) {
        after = AFTER_TEXT
        if (isLong) deflater.write(bytes.subarray(start, end))
        else deflater.text(words, start, end)
      } else {
        after = AFTER_VALUE
        deflater.literals(words, start, end)
      }
    }
  }
  deflater.write(encoder.encode(ROW_ENDS[after]!))
}
