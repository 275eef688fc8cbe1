/**
 * Delimiter and quotation mark, from evidence: each candidate reads a sample, and the one wins whose rows are the most alike
 * and whose cells leave the fewest signs that look like delimiters. After G. J. J. van den Burg, A. Nazábal, C. Sutton,
 * "Wrangling messy CSV files by detecting row and type patterns", 2019.
 */
import type { CsvSettings } from '../config.ts'

export interface Dialect {
  /** Between cells; a space behind the first character is optional. */
  readonly delimiter: string
  /** One character, or `none`. */
  readonly quote: string
  /** A character that takes the meaning off a quotation mark inside quotes, or ''. Doubling always does. */
  readonly escape: string
  /** How sure, 0 to 1. */
  readonly confidence: number
}

const SAMPLE = 1 << 16
const SAMPLE_ROWS = 400
/** How far a quoted field of the sample is followed: stray marks would otherwise cost its square. */
const LONGEST_QUOTED = 4096
/** Candidates and how readily each is believed. */
const CANDIDATES: readonly (readonly [delimiter: string, weight: number])[] = [
  [',', 1],
  [';', 1],
  ['\t', 1],
  ['|', 1],
  [':', 0.4],
  [' ', 0.4],
  ['~', 0.6],
  ['^', 0.6],
  ['\u001f', 1],
  ['\u0001', 0.9]
]
const RESIDUE = /[,;\t|~^\u001f\u0001]/
const decoder = new TextDecoder('utf-8')

/** The dialect of UTF-8 text from `from` on. `preferred` is what the file's ending or a `sep=` line suggests, or ''. */
export function findDialect(bytes: Uint8Array, from: number, settings: CsvSettings, preferred: string, certain: boolean): Dialect {
  const sample = sampleOf(bytes, from)
  if (settings.delimiter !== 'auto' || certain) {
    const delimiter = settings.delimiter !== 'auto' ? settings.delimiter : preferred
    const quote = quoteFor(sample, delimiter, settings)
    return { delimiter, quote, escape: escapeFor(sample, delimiter, quote), confidence: 1 }
  }
  let best = { delimiter: preferred === '' ? ',' : preferred, quote: '"', score: 0 }
  let second = 0
  for (const [delimiter, weight] of CANDIDATES) {
    if (!sample.includes(delimiter)) continue
    const quote = quoteFor(sample, delimiter, settings)
    const score = consistency(sample, delimiter, quote, escapeFor(sample, delimiter, quote)) * marksAtBounds(sample, delimiter, quote) * (delimiter === preferred ? 1.2 : weight)
    if (score > best.score) {
      second = best.score
      best = { delimiter, quote, score }
    } else if (score > second) second = score
  }
  const delimiter = spaced(sample, best.delimiter, best.quote) ? `${best.delimiter} ` : best.delimiter
  const quote = best.score === 0 ? quoteFor(sample, delimiter, settings) : best.quote
  const confidence = best.score === 0 ? 0.5 : Math.round(100 * (1 - second / best.score)) / 100
  return { delimiter, quote, escape: escapeFor(sample, delimiter, quote), confidence }
}

function sampleOf(bytes: Uint8Array, from: number): string {
  const text = decoder.decode(bytes.subarray(from, from + SAMPLE))
  if (bytes.length - from <= SAMPLE) return text
  const cut = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'))
  return cut > 0 ? text.slice(0, cut + 1) : text
}

function isLineEnd(char: string | undefined): boolean {
  return char === undefined || char === '\n' || char === '\r'
}

/** How often a mark opens a field and how often it closes one. */
function bounds(sample: string, delimiter: string, mark: string): { opens: number; closes: number } {
  const first = delimiter[0]!
  let opens = 0
  let closes = 0
  for (let at = sample.indexOf(mark); at !== -1; at = sample.indexOf(mark, at + 1)) {
    const before = sample[at - 1]
    const after = sample[at + 1]
    if (isLineEnd(before) || before === first || (before === ' ' && sample[at - 2] === first)) opens++
    if (isLineEnd(after) || after === first) closes++
  }
  return { opens, closes }
}

/** Marks that are looked at, at least, before they say anything of a delimiter. */
const FEW_MARKS = 8

/** The share of the quotation marks that open or close a field: with the wrong delimiter most of them stand inside. */
function marksAtBounds(sample: string, delimiter: string, quote: string): number {
  let marks = 0
  for (let at = sample.indexOf(quote); at !== -1; at = sample.indexOf(quote, at + 1)) marks++
  if (quote === 'none' || marks < FEW_MARKS) return 1
  const { opens, closes } = bounds(sample, delimiter, quote)
  return Math.min(1, (opens + closes) / marks)
}

function quoteFor(sample: string, delimiter: string, settings: CsvSettings): string {
  if (settings.quote !== 'auto') return settings.quote
  const double = bounds(sample, delimiter, '"')
  const single = bounds(sample, delimiter, "'")
  // An apostrophe may end a word or begin one, so single marks need to come in pairs, and doubles to be absent.
  const paired = Math.min(single.opens, single.closes)
  return double.opens === 0 && paired >= 2 && paired * 2 >= Math.max(single.opens, single.closes) ? "'" : '"'
}

function escapeFor(sample: string, delimiter: string, quote: string): string {
  if (quote === 'none') return ''
  for (const escape of ['\\', '\u0000']) {
    let escaped = 0
    for (let at = sample.indexOf(escape + quote); at !== -1; at = sample.indexOf(escape + quote, at + 1)) {
      const after = sample[at + 2]
      if (!isLineEnd(after) && after !== delimiter[0]) escaped++
    }
    if (escaped > 0) return escape
  }
  return ''
}

/** Whether every delimiter outside of quotes has a space behind it. */
function spaced(sample: string, delimiter: string, quote: string): boolean {
  if (delimiter === ' ' || delimiter === '\t' || !sample.includes(`${delimiter} `)) return false
  let within = false
  let delimiters = 0
  let spaces = 0
  for (let at = 0; at < sample.length; at++) {
    const char = sample[at]!
    if (char === quote) within = !within
    else if (!within && char === delimiter && !isLineEnd(sample[at + 1])) {
      delimiters++
      if (sample[at + 1] === ' ') spaces++
    }
  }
  return delimiters > 3 && spaces === delimiters
}

/** Rows alike, cells clean: the score of one way to read the sample. */
function consistency(sample: string, delimiter: string, quote: string, escape: string): number {
  const widths = new Map<number, number>()
  let cells = 0
  let clean = 0
  let rows = 0
  for (let at = 0; at < sample.length && rows < SAMPLE_ROWS; ) {
    let width = 0
    let any = false
    for (;;) {
      const start = at
      let quoted = false
      if (sample[at] === quote) {
        let close = at + 1
        const limit = Math.min(sample.length, at + LONGEST_QUOTED)
        for (; close < limit; close++) {
          if (escape !== '' && sample[close] === escape) close++
          else if (sample[close] === quote) {
            if (sample[close + 1] === quote) close++
            else if (isLineEnd(sample[close + 1]) || sample[close + 1] === delimiter || sample[close + 1] === ' ') break
          }
        }
        if (close < limit) {
          at = close + 1
          quoted = true
        }
      }
      while (at < sample.length && sample[at] !== delimiter && !isLineEnd(sample[at])) at++
      width++
      if (at > start) {
        any = true
        cells++
        const cell = sample.slice(start, Math.min(at, start + 200))
        if (quoted || !(RESIDUE.test(cell) || cell.startsWith('"'))) clean++
      }
      if (sample[at] !== delimiter) break
      at++
    }
    at += sample[at] === '\r' && sample[at + 1] === '\n' ? 2 : 1
    if (!any && width === 1) continue
    rows++
    widths.set(width, (widths.get(width) ?? 0) + 1)
  }
  if (rows === 0 || cells === 0) return 0
  let pattern = 0
  for (const [width, count] of widths) pattern += (count / rows) * ((width - 1) / width)
  return (pattern / widths.size) * (clean / cells)
}
