/**
 * Delimiter and quotation mark, from evidence: each candidate reads a sample, and the one wins whose rows are the most alike
 * and whose cells leave the fewest signs that look like delimiters. After G. J. J. van den Burg, A. Nazábal, C. Sutton,
 * "Wrangling messy CSV files by detecting row and type patterns", 2019.
 */
import type { CsvSettings } from '../config.ts'
import { sharedEngine } from '../engine/engine.ts'

export interface Dialect {
  /** Between cells; a space behind the first character is optional. */
  readonly delimiter: string
  /** One character, or `none`. */
  readonly quote: string
  /** A character that takes the meaning off a quotation mark inside quotes, or ''. Doubling always does. */
  readonly escape: string
  /** What lines begin with that are remarks, or ''. */
  readonly comment: string
  /** Fields that most records have. */
  readonly fields: number
  /** How sure, 0 to 1. */
  readonly confidence: number
}

const SAMPLE = 1 << 16
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
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8')

/** The dialect of UTF-8 text from `from` on. `preferred` is what the file's ending or a `sep=` line suggests, or ''. */
export function findDialect(bytes: Uint8Array, from: number, settings: CsvSettings, preferred: string, certain: boolean): Dialect {
  const whole = sampleOf(bytes, from)
  const remarks = settings.comment ?? 'auto'
  for (const comment of remarks === 'auto' ? COMMENTS : remarks === 'none' ? [] : [remarks]) {
    const sample = withoutComments(whole, comment)
    if (sample === null) continue
    const dialect = dialectOf(sample, settings, preferred, certain)
    // Lines that fit the table are rows of it, such as those of a column named `#`.
    if (remarks !== 'auto' || noneFits(whole, comment, dialect) || standAbove(whole, comment, dialect)) return { ...dialect, comment }
  }
  return { ...dialectOf(whole, settings, preferred, certain), comment: remarks === 'auto' || remarks === 'none' ? '' : remarks }
}

const COMMENTS = ['#', '%']

/** The sample without the lines that begin with a sign; null when there are none, or hardly any others. */
function withoutComments(sample: string, comment: string): string | null {
  if (!sample.startsWith(comment) && !sample.includes(`\n${comment}`) && !sample.includes(`\r${comment}`)) return null
  const lines = sample.split(LINES)
  const kept = lines.filter(line => !line.startsWith(comment))
  return kept.length === lines.length || kept.filter(line => line.trim() !== '').length < 2 ? null : kept.join('\n')
}

const LINES = /\r\n|\n|\r/

function noneFits(sample: string, comment: string, { delimiter, quote, escape, fields }: Omit<Dialect, 'comment'>): boolean {
  if (fields < 2) return false
  return sample.split(LINES).every(line => !line.startsWith(comment) || reading(line, delimiter, quote, escape).width !== fields)
}

/**
 * Whether the lines that begin with a sign and have as many fields as the table stand in front of its header: the first line
 * without the sign holds words alone, no two alike, and a column below it numbers alone. `# id,qty` above numbers is a header itself.
 */
function standAbove(sample: string, comment: string, { delimiter, quote, escape, fields }: Omit<Dialect, 'comment'>): boolean {
  if (fields < 2) return false
  const lines = sample.split(LINES).filter(line => line.trim() !== '')
  const top = lines.findIndex(line => !line.startsWith(comment))
  if (top < 1 || !noneFits(lines.slice(top).join('\n'), comment, { delimiter, quote, escape, fields, confidence: 1 })) return false
  const fieldsOf = (line: string): string[] => line.split(delimiter).map(field => field.trim().replaceAll(quote, ''))
  const [names = [], ...rows] = lines.slice(top).filter(line => !line.startsWith(comment)).slice(0, STAND_ABOVE).map(fieldsOf)
  if (rows.length === 0 || names.length !== fields || new Set(names).size < fields || names.some(name => !/^[^\d\s][^\d]*$/.test(name))) return false
  return names.some((_, index) => rows.every(row => /^[-+]?\d+(?:[.,]\d+)?$/.test(row[index] ?? '')))
}

/** Lines of a table that are looked at to tell whether remarks stand above it. */
const STAND_ABOVE = 20

function dialectOf(sample: string, settings: CsvSettings, preferred: string, certain: boolean): Omit<Dialect, 'comment'> {
  if (settings.delimiter !== 'auto' || certain) {
    const delimiter = settings.delimiter !== 'auto' ? settings.delimiter : preferred
    const quote = quoteFor(sample, delimiter, settings)
    const escape = escapeFor(sample, delimiter, quote, settings)
    return { delimiter, quote, escape, fields: reading(sample, delimiter, quote, escape).width, confidence: 1 }
  }
  let best = { delimiter: preferred === '' ? ',' : preferred, quote: '"', score: 0 }
  let second = 0
  for (const [delimiter, weight] of CANDIDATES) {
    if (!sample.includes(delimiter)) continue
    const quote = quoteFor(sample, delimiter, settings)
    const score = reading(sample, delimiter, quote, escapeFor(sample, delimiter, quote, settings)).score * marksAtBounds(sample, delimiter, quote) * (delimiter === preferred ? 1.2 : weight)
    if (score > best.score) {
      second = best.score
      best = { delimiter, quote, score }
    } else if (score > second) second = score
  }
  const delimiter = spaced(sample, best.delimiter, best.quote) ? `${best.delimiter} ` : best.delimiter
  const quote = best.score === 0 ? quoteFor(sample, delimiter, settings) : best.quote
  const confidence = best.score === 0 ? 0.5 : Math.round(100 * (1 - second / best.score)) / 100
  const escape = escapeFor(sample, delimiter, quote, settings)
  return { delimiter, quote, escape, fields: reading(sample, best.delimiter, quote, escape).width, confidence }
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
  if (double.opens > 0 || paired === 0) return '"'
  if (paired >= 2 && paired * 2 >= Math.max(single.opens, single.closes)) return "'"
  return doubledWithin(sample, delimiter) || reading(sample, delimiter, "'", '').score > reading(sample, delimiter, '"', '').score ? "'" : '"'
}

/** Whether a field stands between single marks and has one doubled within: `'O''Neil'`. */
function doubledWithin(sample: string, delimiter: string): boolean {
  return sample.includes("''") && sample.split(LINES).some(line => line.includes("''") && line.split(delimiter[0]!).some(field => /^'[^']+(?:''[^']+)+'$/.test(field)))
}

function escapeFor(sample: string, delimiter: string, quote: string, settings: CsvSettings): string {
  if (quote === 'none' || settings.escape === 'none') return ''
  if (settings.escape !== undefined && settings.escape !== 'auto') return settings.escape
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
  for (let at = 0; at < sample.length; at++) {
    const char = sample[at]!
    if (char === quote) within = !within
    else if (!within && char === delimiter && !isLineEnd(sample[at + 1])) {
      if (sample[at + 1] !== ' ') return false
      delimiters++
    }
  }
  return delimiters > 3
}

/** A unit that there is none of. */
const NONE = 0x1_0000
let held: string | null = null

/** Gives the engine the sample, which stays for all ways to read it. */
function hold(sample: string): void {
  if (held === sample) return
  const engine = sharedEngine()
  const utf8 = encoder.encode(sample)
  const place = engine.calls.take(utf8.length)
  engine.bytes(place, utf8.length).set(utf8)
  engine.calls.setSample(place, utf8.length)
  engine.calls.giveBack(place, utf8.length)
  held = sample
}

/** One way to read the sample: rows alike and cells clean make its score; `width` is the number of fields of most records. */
function reading(sample: string, delimiter: string, quote: string, escape: string): { readonly score: number; readonly width: number } {
  hold(sample)
  const engine = sharedEngine()
  const { calls } = engine
  // A delimiter of two characters, or a mark that is none, is nowhere as one character.
  const [between, mark, off] = [delimiter, quote, escape].map(text => (text.length === 1 ? text.charCodeAt(0) : NONE)) as [number, number, number]
  calls.readSample(between, mark, off)
  const [rows, cells] = [calls.sampleRecords.value, calls.sampleCells.value]
  if (rows === 0 || cells === 0) return { score: 0, width: 1 }
  const kinds = calls.fieldKinds.value
  const pairs = engine.words(calls.fields.value, kinds * 2)
  let pattern = 0
  let usual = 1
  let most = 0
  for (let at = 0; at < kinds; at++) if (pairs[at * 2] === usual) most = pairs[at * 2 + 1]!
  for (let at = 0; at < kinds; at++) {
    const [width, count] = [pairs[at * 2]!, pairs[at * 2 + 1]!]
    pattern += (count / rows) * ((width - 1) / width)
    if (count > most) [usual, most] = [width, count]
  }
  return { score: (pattern / kinds) * (calls.sampleClean.value / cells), width: usual }
}
