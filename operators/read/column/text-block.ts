/**
 * Rows of texts on their way into a grid. They wait until there are enough of them, because looking up many texts of one
 * column in a row keeps that column's dictionary in the processor's cache.
 */
import { viewOf } from './text-arena.ts'
import { hashOf } from './text-hash.ts'

const CELLS = 1 << 14
const ROWS = 1 << 12

export class TextBlock {
  rows = 0
  /** The widest row. */
  width = 0
  /** Row numbers as shown, by row of the block. */
  readonly rowNumbers = new Uint32Array(ROWS)
  /** The cells of a row stand from firsts[row] to firsts[row + 1]. */
  readonly firsts = new Uint32Array(ROWS + 1)
  /** By cell: from where to where its text stands; the same for an empty one. */
  starts = new Uint32Array(CELLS)
  ends = new Uint32Array(CELLS)
  /** By cell: the hash of its text. */
  hashes = new Int32Array(CELLS)
  /** By cell: 1 when the text stands in `spill`, not in the source. */
  spilled = new Uint8Array(CELLS)
  /** UTF-8 of texts that do not stand in the source as they are. */
  spill = viewOf(new Uint8Array(1024))
  private spillBytes = new Uint8Array(this.spill.buffer as ArrayBuffer)
  private spillUsed = 0
  /** Cells, those of the row that is being read among them. */
  used = 0

  /** Adds a cell to the row that is being read: the text from `start` to `end` of the source. */
  add(source: DataView, start: number, end: number): void {
    this.addHashed(start, end, hashOf(source, start, end))
  }

  private addHashed(start: number, end: number, hash: number): void {
    if (this.used === this.starts.length) this.grow()
    this.starts[this.used] = start
    this.ends[this.used] = end
    this.hashes[this.used] = hash
    this.spilled[this.used++] = 0
  }

  /** Adds a cell whose text is that of the source without the second of every two `mark`s. */
  addUndoubled(source: Uint8Array, start: number, end: number, mark: number): void {
    const from = this.room(end - start)
    const { spillBytes } = this
    let to = from
    for (let at = start; at < end; at++) {
      const byte = (spillBytes[to++] = source[at]!)
      if (byte === mark && source[at + 1] === mark && at + 1 < end) at++
    }
    this.addSpilled(from, to)
  }

  /** Adds a cell with other bytes than the source's. */
  addBytes(bytes: Uint8Array): void {
    const from = this.room(bytes.length)
    this.spillBytes.set(bytes, from)
    this.addSpilled(from, from + bytes.length)
  }

  private addSpilled(from: number, to: number): void {
    this.spillUsed = to
    this.addHashed(from, to, hashOf(this.spill, from, to))
    this.spilled[this.used - 1] = 1
  }

  private room(length: number): number {
    const needed = this.spillUsed + length
    if (needed > this.spillBytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.spillBytes.length * 2))
      larger.set(this.spillBytes)
      this.spillBytes = larger
      this.spill = viewOf(larger)
    }
    return this.spillUsed
  }

  /** Twice the room for cells. */
  grow(): void {
    const more = this.starts.length * 2
    const [starts, ends, hashes, spilled] = [new Uint32Array(more), new Uint32Array(more), new Int32Array(more), new Uint8Array(more)]
    starts.set(this.starts)
    ends.set(this.ends)
    hashes.set(this.hashes)
    spilled.set(this.spilled)
    ;[this.starts, this.ends, this.hashes, this.spilled] = [starts, ends, hashes, spilled]
  }

  /** The row that is being read is whole. True when the block has to go into the grid. */
  endRow(rowNumber: number): boolean {
    this.rowNumbers[this.rows++] = rowNumber
    this.firsts[this.rows] = this.used
    this.width = Math.max(this.width, this.used - this.firsts[this.rows - 1]!)
    // With rows of very different widths most of rows times width would be nothing.
    return this.rows === ROWS || this.used + this.width > CELLS || this.rows * this.width > 4 * CELLS
  }

  /** Forgets the row that is being read. */
  dropRow(): void {
    this.used = this.firsts[this.rows]!
  }

  clear(): void {
    this.rows = this.used = this.width = this.spillUsed = 0
  }
}
