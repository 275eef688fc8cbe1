/** Tells remarks below a table from records of which only the name is known. In doubt a row is data. */
import { SIGN, signAt } from './cell-sign.ts'
import type { Block } from './detect.ts'
import { shownAt, type Grid } from './grid.ts'

/** Rows that are no data; of `doubtful` it is not certain, so people are told. */
export interface LeftOut {
  readonly rows: ReadonlySet<number>
  readonly doubtful: ReadonlySet<number>
}

/** What the names of a column of names are like. */
export interface Labels {
  readonly longest: number
  readonly words: number
  /** Some name ends with a full stop. */
  readonly stops: boolean
  /** Some name begins with a mark, such as `*`. */
  readonly marked: boolean
}

/** `doubtful`: a remark, most likely; `no`: may as well be a name. */
export type Remark = 'certain' | 'doubtful' | 'no'

const SAMPLE = 500
const LONG = 60
const LEAD = /^["'\u201c(]*(?:sources?|notes?|footnotes?|n\.?b\.?|remarks?|disclaimer|copyright|legend|key|quellen?|hinweis|bron|opmerking|remarque|nota)\s*\d*\s*[:.\u2014]/i
const SAYS =
  /^(?:(?:note|notes|nb|n\.b\.|source|sources|disclaimer|confidential|generated|exported|printed|prepared|compiled|last (?:updated|modified|saved)|updated|as (?:at|of|on)|copyright|legend|key:|page \d|end of|total records|total rows|report|quelle|hinweis|stand|erstellt|bron|opmerking|nota|remarque|opgestel)\b|\(c\))/iu
const MARK = /^(?:[*\u2020\u2021\u00a7\u00a9]+|\\\d+)\s*\S/
const STOP = /[.!?]["\u201d')]*$/
const ABBREVIATION = /\b(?:co|corp|inc|ltd|pty|bros|llc|plc|cc|jr|sr|st|no|dept|assoc|[a-z])\.$/i
const RULE = /^[-\u2010-\u2015_=.*~\u2026]+$/

export const wordsOf = (text: string): number => text.split(/\s+/).length

/** Whether a text begins as remarks do: `Source`, `Printed`, `*`. */
export const saysRemark = (text: string): boolean => SAYS.test(text) || MARK.test(text)

/** What the first rows with several cells show in a column. */
export function labelsOf(block: Block, column: number, data: readonly number[]): Labels {
  let [longest, words, stops, marked, seen] = [0, 0, false, false, 0]
  for (const at of data) {
    if (block.fill[at]! < 2) continue
    if (++seen > SAMPLE) break
    const text = shownAt(block.columns[column]!, at)
    if (text === '') continue
    longest = Math.max(longest, text.length)
    words = Math.max(words, wordsOf(text))
    if (STOP.test(text)) stops = true
    if (MARK.test(text)) marked = true
  }
  return { longest, words, stops, marked }
}

/** Whether a text that stands alone in its row is a remark. `apart`: a gap or a rule parts it from the rows above. */
export function remarkIn(text: string, apart: boolean, labels: Labels): Remark {
  if (LEAD.test(text) || (MARK.test(text) && !labels.marked)) return 'certain'
  if (text.length > LONG && text.length * 2 > labels.longest * 3) return 'certain'
  const words = wordsOf(text)
  const says = SAYS.test(text) && words >= 2
  const sentence = words >= 3 && STOP.test(text) && !ABBREVIATION.test(text) && !labels.stops
  if (apart && sentence) return words > labels.words ? 'certain' : 'doubtful'
  if (apart && (says || (words >= 5 && words > labels.words + 1))) return 'doubtful'
  return (says && words >= 5) || (sentence && words >= 6 && words > labels.words + 2) ? 'doubtful' : 'no'
}

/** Whether all that a row shows are rules, or one word for a cell without a value. */
function isRule(block: Block, at: number): boolean {
  const shown = block.columns.filter(column => signAt(column, at) !== SIGN.none)
  if (!shown.every(column => signAt(column, at) === SIGN.filler)) return false
  return shown.every(column => RULE.test(shownAt(column, at))) || (shown.length > 1 && shown.every(column => shownAt(column, at) === shownAt(shown[0]!, at)))
}

/** The text of a row that shows one cell, of words, in the column of names or left of it; '' when it shows anything else. */
function lineIn(block: Block, stub: number, at: number): string {
  if (block.fill[at] !== 1) return ''
  const index = block.columns.findIndex(column => signAt(column, at) !== SIGN.none)
  const sign = signAt(block.columns[index]!, at)
  return index <= stub && (sign === SIGN.words || sign === SIGN.unit) ? shownAt(block.columns[index]!, at) : ''
}

/** Positions below the last row of figures that are no data: remarks with the lines that continue them, and rules. */
export function remarksBelow(grid: Grid, block: Block, stub: number, data: readonly number[]): LeftOut {
  const rows = new Set<number>()
  const doubtful = new Set<number>()
  let start = data.length
  while (start > 1 && (isRule(block, data[start - 1]!) || lineIn(block, stub, data[start - 1]!) !== '')) start--
  if (start === data.length) return { rows, doubtful }
  const labels = labelsOf(block, stub, data)
  let apart = false
  let continued = false
  for (let index = start; index < data.length; index++) {
    const at = data[index]!
    const gap = grid.rows[at]! > grid.rows[data[index - 1]!]! + 1
    apart ||= gap
    if (gap) continued = false
    if (isRule(block, at)) {
      rows.add(at)
      apart = true
      continue
    }
    const text = lineIn(block, stub, at)
    const found = remarkIn(text, apart, labels)
    if (found === 'no' && !(continued && (wordsOf(text) > 1 || /[.,;:)>"]$/.test(text)))) {
      continued = false
      continue
    }
    if (found === 'certain') continued = true
    else if (found === 'doubtful' ? !continued : !/[.,;:)>"]/.test(text)) doubtful.add(at)
    rows.add(at)
  }
  return { rows, doubtful }
}
