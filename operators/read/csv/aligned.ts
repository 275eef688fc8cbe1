/** Text whose columns are aligned with spaces, as terminals and mainframes print tables: cells are told by where they stand. */

/** What the dialect says in place of a delimiter. */
export const ALIGNED = 'aligned'
/** Nothing but the positions says where a cell ends. */
export const ALIGNED_CONFIDENCE = 0.9
/** What is left of the confidence where rows seem aligned and do not agree. */
export const DISAGREEING_CONFIDENCE = 0.3
/** Between the cells of the text that is read in its stead. */
export const BETWEEN = '\u001f'

const FEWEST_LINES = 3
/** Blank columns that part two cells, and the number of lines from which one is enough. */
const [GAP, LINES_FOR_NARROW] = [2, 12]
const LONGEST_LINE = 4096
const LINE = /\r\n|\n|\r/

/** Where each cell begins; null when the rows do not agree on blank columns. */
function startsOf(lines: readonly string[]): readonly number[] | null {
  const width = lines.reduce((most, line) => Math.max(most, line.length), 0)
  if (lines.length < FEWEST_LINES || width > LONGEST_LINE) return null
  const filled = new Uint32Array(width)
  for (const line of lines) for (let at = 0; at < line.length; at++) if (line.charCodeAt(at) !== 0x20) filled[at]!++
  const starts: number[] = []
  let blank = GAP
  for (let at = 0; at < width; at++) {
    if (filled[at] === 0) blank++
    else {
      if (starts.length === 0 || blank >= GAP || (blank === 1 && lines.length >= LINES_FOR_NARROW)) starts.push(at)
      blank = 0
    }
  }
  return starts.length < 2 ? null : starts
}

const cellsOf = (line: string, starts: readonly number[]): string[] => starts.map((start, at) => line.slice(start, starts[at + 1]).trim())

/** The text with its cells told apart by `BETWEEN`, line by line, and the number of its columns; null when it is not aligned. */
export function alignedText(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly fields: number } | null {
  const text = new TextDecoder('utf-8').decode(bytes)
  if (!text.includes('  ') || text.includes('"') || text.includes('\t') || text.includes(BETWEEN)) return null
  const lines = text.split(LINE)
  const rows = lines.filter(line => line.trim() !== '')
  const starts = startsOf(rows)
  if (starts === null) return null
  const cells = rows.map(row => cellsOf(row, starts))
  // A header names every column, and a column that hardly a row fills is a chance gap.
  if (cells[0]!.includes('') || starts.some((_, at) => cells.filter(row => row[at] !== '').length * 2 < rows.length)) return null
  const endings = text.match(/\r\n|\n|\r/g) ?? []
  const out = lines.map((line, at) => `${line.trim() === '' ? '' : cellsOf(line, starts).join(BETWEEN)}${endings[at] ?? ''}`).join('')
  return { bytes: new TextEncoder().encode(out), fields: starts.length }
}

/** Whether most lines have spaces in a row between other characters, as aligned text has. */
export function seemsAligned(bytes: Uint8Array): boolean {
  const lines = new TextDecoder('utf-8').decode(bytes.subarray(0, 1 << 16)).split(LINE).filter(line => line.trim() !== '')
  return lines.length > 1 && lines.filter(line => /\S {2,}\S/.test(line)).length * 2 > lines.length
}
