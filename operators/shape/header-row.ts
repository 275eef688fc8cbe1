/** Tells header rows from data by their words, their style, and how they differ from the rows below. */
import { cleanHeader, labelLikeness } from '../model/header.ts'
import { classAt, shownAt, type Grid, type GridColumn } from './grid.ts'

/** What speaks for a row being a header. `score` above HEADER_LIKELY says that it is one, above HEADER_CLEAR that it can be nothing else. */
export interface HeaderScore {
  readonly score: number
  readonly reason: string
}
export const HEADER_LIKELY = 0.9
export const HEADER_CLEAR = 2

const BELOW = 60
const COMPANY = /(?:\(pty\)|\bpty ltd\b|\bltd\b|\bgmbh\b|\binc\b|\bllc\b|\bcc\b|\bb\.?v\.?$|\bt\/a\b)/i

/** Scores the row at a position against the data rows that follow it. */
export function headerScore(columns: readonly GridColumn[], at: number, following: readonly number[]): HeaderScore {
  const below = withoutRepeats(columns, at, following.slice(0, BELOW))
  let filled = 0
  let labels = 0
  let values = 0
  let companies = 0
  let recurring = 0
  let contrast = 0
  let compared = 0
  let long = 0
  const seen = new Set<string>()
  const areYears = headsByYears(columns, at, below)
  let repeated = 0
  for (const column of columns) {
    const text = shownAt(column, at)
    if (text === '') continue
    filled++
    const key = text.toLowerCase()
    if (seen.has(key)) repeated++
    seen.add(key)
    const likeness = labelLikeness(text)
    labels += likeness
    const found = classAt(column, at)
    // A year as a header is a label: the column holds that year's figures.
    const isYear = found === 'number' && YEAR.test(text)
    if (isYear && areYears) labels++
    if (found !== 'text' && found !== 'boolean' && !isYear) values++
    if (text.length > 60 && likeness === 0) long++
    if (COMPANY.test(text)) companies++
    const code = column.column.codes[at]!
    let same = 0
    let others = 0
    let valueLike = 0
    for (const other of below) {
      const otherCode = column.column.codes[other]!
      if (column.visible[otherCode] !== 1) continue
      others++
      if (otherCode === code) same++
      const kind = classAt(column, other)
      if (kind !== 'text' && kind !== 'boolean' && kind !== 'blank') valueLike++
    }
    if (others === 0) continue
    compared++
    if (same > 0) recurring++
    if (found === 'text' && valueLike / others >= 0.6) contrast++
  }
  if (filled === 0) return { score: -10, reason: 'the row is blank' }
  const share = (count: number): number => count / filled
  let score = 0.7
  score += 3 * share(labels) + 1.5 * (compared === 0 ? 0 : contrast / compared) + (repeated === 0 ? 0.3 : 0)
  score -= 4 * share(values) + 3 * share(recurring) + 2.5 * share(companies) + 1.5 * share(long)
  // One or two texts that nothing is known of may as well be data.
  if (labels === 0 && contrast === 0 && filled < 3) score -= 0.2
  // In a list of sentences, a word of a label does not make the first of them one.
  if (filled === 1 && contrast === 0 && labels < 0.8) score -= 1.5
  const reasons: string[] = []
  if (labels > 0) reasons.push(`${Math.round(labels)} of ${filled} cells read like column names`)
  if (contrast > 0) reasons.push(`${contrast} stand above values of another kind`)
  if (values > 0) reasons.push(`${values} are values such as numbers, dates, e-mails or phones`)
  if (recurring > 0) reasons.push(`${recurring} recur below`)
  if (companies > 0) reasons.push(`${companies} hold an organisation's name`)
  if (reasons.length === 0) reasons.push('all cells are text, and none recurs below')
  return { score, reason: reasons.join('; ') }
}

const YEAR = /^(?:19|20)\d\d$/

/** Whether a row names years in their order, at least two, over columns whose values are none. */
function headsByYears(columns: readonly GridColumn[], at: number, below: readonly number[]): boolean {
  const heads = columns.filter(column => YEAR.test(shownAt(column, at)))
  if (heads.length < 2) return false
  const years = heads.map(column => Number(shownAt(column, at)))
  const rising = years.every((year, index) => index === 0 || year > years[index - 1]!)
  const falling = years.every((year, index) => index === 0 || year < years[index - 1]!)
  if (!rising && !falling) return false
  return heads.every(column => {
    const shown = below.filter(other => shownAt(column, other) !== '')
    return shown.length > 0 && shown.filter(other => YEAR.test(shownAt(column, other))).length * 2 < shown.length
  })
}

/** Rows below without those that show the whole row again, if it reads like column names: a header that is printed on each page. */
function withoutRepeats(columns: readonly GridColumn[], at: number, below: readonly number[]): readonly number[] {
  const shown = columns.filter(column => shownAt(column, at) !== '')
  const isAgain = (other: number): boolean => columns.every(column => column.column.codes[other] === column.column.codes[at])
  if (shown.length < 2 || !below.some(isAgain)) return below
  const labels = shown.reduce((sum, column) => sum + labelLikeness(shownAt(column, at)), 0)
  return labels * 2 >= shown.length || (labels > 0 && shown.length > 2) ? below.filter(other => !isAgain(other)) : below
}

const UNIT =
  /^[([]?\s*(?:[a-z]{1,3}\/[a-z]{1,3}|kg|g|mg|t|lb|lbs|km|m|cm|mm|mi|ft|nm|l|ml|m²|m2|m³|%|°c|°f|h|hr|hrs|hours|min|mins|s|sec|days|years|pcs|pieces|units|each|zar|usd|eur|gbp|r|\$|€|£|kwh|kw|w|v|(?:dd|d|mm|m|yyyy|yy)(?:[-/.](?:dd|d|mm|m|yyyy|yy)){1,2}|text|date|number|string|y\/n|yes\/no|#)\s*[)\]]?$/i

/** Whether a text is a unit or a format, such as `kg`, `%` or `dd/mm/yyyy`. */
export const isUnit = (text: string): boolean => UNIT.test(text)

/** Whether a row right under a header holds units or formats (`kg`, `%`, `dd/mm/yyyy`) and nothing else. */
export function isUnitsRow(columns: readonly GridColumn[], at: number, below: readonly number[]): boolean {
  let filled = 0
  for (const column of columns) {
    const text = shownAt(column, at)
    if (text === '') continue
    filled++
    if (!UNIT.test(text)) return false
    const code = column.column.codes[at]!
    // A unit that recurs as a value, such as a currency column, is data.
    if (below.slice(0, BELOW).some(other => column.column.codes[other] === code)) return false
  }
  return filled > 0
}

/** What some programs write where there was no header. */
/** Rules, and the word that some programs write for a cell without a value. */
const NOTHING = /^(?:[-\u2010-\u2015_=.*~]{1,}|None|NaN|null)$/

const PLACEHOLDER = /^unnamed:? ?\d+(?:_level_\d+)?$/i

/** The header of each column, from one or more rows; parts joined by ` / `, merged cells filled in. */
export function headerTexts(grid: Grid, columns: readonly GridColumn[], positions: readonly number[], textAt: (index: number, row: number) => string): readonly string[] {
  const spans = positions.map((at, level) => (level < positions.length - 1 ? spansOf(grid, columns, positions, level) : columns.map(() => '')))
  return columns.map((column, place) => {
    const parts: string[] = []
    positions.forEach((at, level) => {
      let text = shownAt(column, at)
      if (text === '') {
        const row = grid.rows[at]!
        const merge = grid.merges.find(range => range.left <= column.index && column.index <= range.right && range.top <= row && row <= range.bottom)
        text = merge === undefined ? spans[level]![place]! : textAt(merge.left, merge.top)
      }
      const cleaned = cleanHeader(text)
      const clean = PLACEHOLDER.test(cleaned) || NOTHING.test(cleaned) ? '' : cleaned
      if (clean !== '' && parts.at(-1) !== clean) parts.push(clean)
    })
    return parts.join(' / ')
  })
}

/**
 * For a row of a header above others: the text that lies over each column that is blank in it. Where nothing is merged,
 * as in delimited text, a text with a name below it lies over the columns to its right up to the next text.
 */
function spansOf(grid: Grid, columns: readonly GridColumn[], positions: readonly number[], level: number): readonly string[] {
  const at = positions[level]!
  const merged = grid.merges.some(range => range.top === grid.rows[at] && range.right > range.left)
  let over = ''
  let last = -1
  return columns.map(column => {
    const named = positions.slice(level + 1).some(below => shownAt(column, below) !== '')
    const text = shownAt(column, at)
    if (text !== '') over = named ? text : ''
    else if (!named || merged || column.index !== last + 1) over = ''
    last = column.index
    return text === '' ? over : ''
  })
}
