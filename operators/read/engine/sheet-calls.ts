/** What the engine offers to readers of sheets. Places are bytes of its memory; what each is for stands in `assembly/`. */

/** A number that the engine shows. */
export interface Shown {
  readonly value: number
}

export interface SheetCalls {
  openBook(): void
  partWindow(length: number): number
  addString(place: number, length: number): void
  readStrings(from: number, length: number, most: number): number
  endStrings(): number
  readonly strings: Shown
  stylesFor(count: number): number
  startGrid(columns: number, cells: number): void
  startRow(row: number, known: number): void
  putText(index: number, place: number, length: number): number
  putLiteral(index: number, place: number, length: number): number
  putNumber(index: number, value: number, style: number): number
  putShared(index: number, id: number): number
  putAgain(index: number): number
  readCells(from: number, length: number, column: number, rows: number): number
  readonly lastColumn: Shown
  readonly wasFull: Shown
  readonly repeats: Shown
  readonly repeatCount: Shown
  readonly fault: Shown
  readonly gridRow: Shown
  readonly highestRow: Shown
  readonly gridRows: Shown
  readonly gridCells: Shown
  readonly gridColumns: Shown
  readonly rowsSorted: Shown
  readonly inOrder: Shown
  readonly oddTexts: Shown
  columnAt(index: number): number
  columnSize(column: number): number
  isListed(column: number): number
  usesOf(column: number): number
  ownTexts(column: number): number
  gatherCodes(column: number, from: number, count: number, to: number): void
  gatherRows(from: number, count: number, to: number): void
  dropCodes(column: number): void
  textBytes(column: number): number
  longestText(column: number): number
  numberCount(column: number): number
  drainValues(column: number, from: number, to: number, room: number, ends: number, kinds: number, most: number, before: number): number
  numbersFrom(column: number, from: number, to: number, styles: number, most: number): number
  startComparing(): void
  compareValues(bytes: number, starts: number, kinds: number, count: number, out: number): number
  endComparing(): void
}
