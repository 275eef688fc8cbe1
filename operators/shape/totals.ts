/** Rows that hold totals: found by their label and their figures, and checked against the rows that they sum up. */
import { dictionaryOf, distinctOf } from '../../kernel/artifact/dictionary.ts'
import type { Block } from './detect.ts'
import { SIGN, signAt } from './cell-sign.ts'
import { placeOf } from './figures.ts'
import { shownAt, type Grid } from './grid.ts'
import { numbersOf, printed, UNIT } from './printed-number.ts'

const WORD = 'totals?|sum|average|avg|mean|count|summe|gesamt(?:summe)?|zwischensumme|durchschnitt|somme|moyenne|sous-total|total général|totaal|subtotaal|gemiddelde|som'
/** The label is a word for a total and nothing else. */
const EXACT = new RegExp(`^(?:(?:grand|sub|net|overall)[\\s-]*)?(?:${WORD})$`, 'i')
/** The label begins or ends with such a word: `Total sales`, `Retail trade, total`, `Gauteng Total`. The figures have to agree. */
const PARTLY = /^(?:grand |sub[- ]?)?totals?\b.{0,60}$|^.{1,60}[\s,:–-](?:sub-?)?totals?$/i
const COUNTED = /^(?:(?:total|count|number)(?:\s+(?:of\s+)?(?:records|rows|items|entries))?|totaal|gesamt|anzahl)\s*[:=]?\s*(\d[\d,.' ]*)$/i
const MEAN = /\b(?:average|avg|mean|durchschnitt|moyenne|gemiddelde)\b/i
const MARKS = /(?:\s*(?:\\\d+|[*†‡:.…]+))+$/
const LABEL_COLUMNS = 3
const ROUNDS = 4
const MOST_CHECKED = 2000
/** Rows from which the range of a column is told. */
const RANGE_SAMPLE = 40

/** A printed figure that the rows do not give. */
export interface Mismatch {
  readonly cell: string
  readonly printed: string
  readonly computed: string
  readonly rows: readonly [first: number, last: number]
  /** The figures have decimals, and the difference is no more than rounding each of them may leave. */
  readonly rounding: boolean
}

export interface FoundTotal {
  readonly at: number
  /** There were rows to check it against. */
  readonly checked: boolean
  /** What the check says, for people. */
  readonly verdict: string
  readonly mismatches: readonly Mismatch[]
  /** The total stands above the rows that it would sum up, and none of its figures agrees: the rows may overlap; or rounding may explain it. */
  readonly doubtful: boolean
}

/** `leads`: the word stands first. */
interface Label { readonly exact: boolean; readonly leads?: boolean; readonly mean: boolean; readonly count: number | null; readonly column: number }

function labelOf(block: Block, at: number): Label | null {
  for (let index = 0; index < block.columns.length && index < LABEL_COLUMNS; index++) {
    const text = shownAt(block.columns[index]!, at)
    if (text === '') continue
    if (text.length > 90) return null
    const counted = COUNTED.exec(text)
    if (counted !== null) return { exact: true, mean: false, count: Number(counted[1]!.replace(/[,.' ]/g, '')), column: index }
    const bare = text.replace(MARKS, '')
    if (EXACT.test(bare)) return { exact: true, mean: MEAN.test(bare), count: null, column: index }
    if (PARTLY.test(bare)) return { exact: false, leads: /^(?:grand |sub[- ]?)?total/i.test(bare), mean: false, count: null, column: index }
    // Names may fill the first columns of a subtotal: `Gauteng | Total | 12`.
    if (signAt(block.columns[index]!, at) !== SIGN.words) return null
  }
  return null
}

/** The index of the last column in front of the first figure of a row; -1 when a figure stands first. */
function lastOfWords(block: Block, at: number): number {
  const first = block.columns.findIndex(column => signAt(column, at) === SIGN.figure)
  return first < 0 ? block.columns.length : first - 1
}

/** Positions whose first cells may be a label for a total, found by each distinct value once. */
function candidates(block: Block, data: readonly number[]): number[] {
  const marks = block.columns.slice(0, LABEL_COLUMNS).map(({ column, visible }) => {
    const marked = new Uint8Array(distinctOf(column) + 1)
    let any = false
    dictionaryOf(column).each((text, value) => {
      if (visible[value + 1] !== 1 || !maySayTotal(text)) return
      marked[value + 1] = 1
      any = true
    })
    return any ? { codes: column.codes, marked } : null
  })
  if (marks.every(mark => mark === null)) return []
  return data.filter(at => marks.some(mark => mark !== null && mark.marked[mark.codes[at]!] === 1))
}
/** First letters of the words for a total, and last ones of `total`. */
const FIRST = new Set([...'tgsnoamcdz'].map(letter => letter.charCodeAt(0)))
const LAST = new Set([...'ls'].map(letter => letter.charCodeAt(0)))
const STARTS = new RegExp(`^\\s*(?:(?:grand|sub|net|overall)[\\s-]*)?(?:${WORD}|gesamt|anzahl|number)`, 'i')
const ENDS = /total/i

/** Whether a text may be the label of a total. Asked of every value of the first columns, so most are told by two letters. */
function maySayTotal(text: string): boolean {
  const { length } = text
  if (length === 0 || length > 90) return false
  const first = text.charCodeAt(0)
  if ((first <= 32 || FIRST.has(first | 32)) && STARTS.test(text)) return true
  const last = text.charCodeAt(length - 1)
  const isLetter = (last | 32) >= 97 && (last | 32) <= 122
  return (isLetter ? LAST.has(last | 32) : last < 48 || last > 57 || text.charCodeAt(length - 2) === 92) && ENDS.test(text)
}

/** Sums over the rows of data above a place, per column, made when first asked for. */
class Sums {
  private readonly known = new Map<number, { prefix: bigint[]; counts: number[]; totals: bigint[] }>()
  private readonly block: Block
  private readonly rows: readonly number[]
  private readonly isTotal: (index: number) => boolean
  constructor(block: Block, rows: readonly number[], isTotal: (index: number) => boolean) {
    this.block = block
    this.rows = rows
    this.isTotal = isTotal
  }

  of(column: number): { prefix: bigint[]; counts: number[]; totals: bigint[] } {
    let sums = this.known.get(column)
    if (sums !== undefined) return sums
    const numbers = numbersOf(this.block.columns[column]!)
    const codes = this.block.columns[column]!.column.codes
    sums = { prefix: [0n], counts: [0], totals: [0n] }
    this.rows.forEach((at, index) => {
      const value = numbers(codes[at]!)
      const total = this.isTotal(index)
      sums!.prefix.push(sums!.prefix[index]! + (total || value === null ? 0n : value))
      sums!.counts.push(sums!.counts[index]! + (total || value === null ? 0 : 1))
      sums!.totals.push(sums!.totals[index]! + (total && value !== null ? value : 0n))
    })
    this.known.set(column, sums)
    return sums
  }
}

/** Rows from one index up to another, or the totals among them. */
interface Span { readonly from: number; readonly to: number; readonly ofTotals?: boolean }

/**
 * Finds the totals among rows of data. `breaks` are positions between them that part the rows, such as headings.
 * A row whose label only begins or ends with a word for a total counts when its figures agree with the rows. `named`: the
 * rows that the profile says hold totals, and no others do; `declared`: those that the workbook itself says hold them.
 */
export function findTotals(grid: Grid, block: Block, data: readonly number[], breaks: ReadonlySet<number>, width: number, named: ReadonlySet<number> | null = null, declared: ReadonlySet<number> = new Set()): readonly FoundTotal[] {
  const labels = new Map<number, Label>()
  // What the profile or the workbook says needs no label.
  for (const at of data) if (named === null ? declared.has(at) : named.has(at)) labels.set(at, { mean: false, count: null, column: lastOfWords(block, at), ...labelOf(block, at), exact: true })
  for (const at of named === null ? candidates(block, data) : []) {
    if (labels.has(at)) continue
    const label = labelOf(block, at)
    if (label === null) continue
    const signs = block.columns.slice(label.column + 1).map(column => signAt(column, at)).filter(sign => sign !== SIGN.none && sign !== SIGN.filler)
    const figures = signs.filter(sign => sign === SIGN.figure || sign === SIGN.period).length
    // "Total Air (Pty) Ltd" with a phone number is an organisation: anything but plain figures beside it makes it data.
    if (signs.some(sign => sign === SIGN.words)) continue
    const last = at === data.at(-1)
    if (figures > 0 || (last && width >= 3 && label.exact)) labels.set(at, !label.exact && closesGroup(block, data, at, label.column) ? { ...label, exact: true } : label)
  }
  const starts = data.map((at, index) => index === 0 || (breaks.size > 0 && breakBetween(breaks, data[index - 1]!, at)))
  const bare = new Map([...labels].filter(([, { exact }]) => exact))
  const mixed = bare.size > 0 && bare.size < labels.size
  const found = settle(grid, block, data, starts, width, labels, named !== null)
  if (!mixed || agree(found)) return found
  // `Total Fuels` may be a name. Where only the rows that bear the bare word agree, and with them as rows, they are the totals.
  const alone = settle(grid, block, data, starts, width, bare, named !== null)
  return agree(alone) ? alone : found
}

const TOTAL_OF = /^(?:sub[- ]?)?totals?[\s,:–-]+(?:(?:of|for)\s+)?|[\s,:–-]+(?:sub-?)?totals?$/i
/** Rows above a subtotal that are looked at for the name of its group, which may stand in the first of them alone. */
const GROUP_SEARCH = 200

/** Whether a row stands where a subtotal stands: `North Total`, below rows whose last shown cell in that column says `North`. Its figures may be wrong all the same. */
function closesGroup(block: Block, data: readonly number[], at: number, index: number): boolean {
  const column = block.columns[index]!
  const group = shownAt(column, at).replace(MARKS, '').replace(TOTAL_OF, '').trim().toLowerCase()
  if (group === '') return false
  const place = placeOf(data, at)
  for (let above = place - 1; above >= 0 && above >= place - GROUP_SEARCH; above--) {
    const text = shownAt(column, data[above]!)
    if (text !== '') return text.toLowerCase() === group
  }
  return false
}

/** Whether there are totals, and all were checked and agree. */
const agree = (found: readonly FoundTotal[]): boolean => found.length > 0 && found.every(({ checked, mismatches }) => checked && mismatches.length === 0)

/** Whether more rows bear labels than a table has totals. */
const isMostly = (labels: ReadonlyMap<number, Label>, data: readonly number[]): boolean => labels.size * 2 > data.length + 1

/** The totals among labelled rows. A row that turns out to be none changes what the others sum up, so they are looked at again. */
function settle(grid: Grid, block: Block, data: readonly number[], starts: readonly boolean[], width: number, labels: Map<number, Label>, certain: boolean): readonly FoundTotal[] {
  for (let round = 1; ; round++) {
    if (labels.size === 0 || (!certain && isMostly(labels, data))) return []
    const isTotal = (index: number): boolean => labels.has(data[index]!)
    const sums = new Sums(block, data, isTotal)
    const found: FoundTotal[] = []
    const none: number[] = []
    data.forEach((at, index) => {
      const label = labels.get(at)
      if (label === undefined) return
      const one = found.length < MOST_CHECKED ? check(grid, block, data, index, label, sums, spansOf(index, data.length, starts, isTotal), starts[index]!) : UNCHECKED
      const agreed = one.verdict !== '' && one.mismatches.length === 0
      if (!label.exact && !agreed && !(label.leads && at === data.at(-1) && width >= 3 && block.fill[at]! >= 3)) none.push(at)
      found.push({ at, checked: one.verdict !== '', ...one, verdict: one.verdict === '' ? (one === UNCHECKED ? 'it was not checked, since there are so many' : 'there is nothing to check it against') : one.verdict })
    })
    if (none.length === 0) return found
    // Each round costs a pass over the rows; what does not settle is data.
    if (round === ROUNDS) for (const [at, { exact }] of labels) if (!exact) none.push(at)
    for (const at of none) labels.delete(at)
  }
}

function breakBetween(breaks: ReadonlySet<number>, from: number, to: number): boolean {
  for (let at = from + 1; at < to; at++) if (breaks.has(at)) return true
  return false
}

function spansOf(index: number, length: number, starts: readonly boolean[], isTotal: (index: number) => boolean): { up: Span[]; down: Span[] } {
  let from = index
  while (from > 0 && !isTotal(from - 1) && !starts[from]) from--
  let to = index + 1
  while (to < length && !isTotal(to) && !starts[to]) to++
  const up: Span[] = [{ from, to: index }, { from: 0, to: index }, { from: 0, to: index, ofTotals: true }]
  const down: Span[] = [{ from: index + 1, to }, { from: index + 1, to: length }]
  return { up: up.filter(span => span.to > span.from), down: down.filter(span => span.to > span.from) }
}

type Checked = Omit<FoundTotal, 'at' | 'checked'>
const UNCHECKED: Checked = { verdict: '', mismatches: [], doubtful: false }

function check(grid: Grid, block: Block, data: readonly number[], index: number, label: Label, sums: Sums, spans: { up: Span[]; down: Span[] }, first: boolean): Checked {
  const at = data[index]!
  const row = grid.rows[at]!
  const rowsOf = ({ from, to }: Span): [number, number] => [grid.rows[data[from]!]!, grid.rows[data[to - 1]!]!]
  if (label.count !== null) {
    const counts = [...spans.up, ...spans.down].filter(span => span.ofTotals !== true).map(({ from, to }) => to - from)
    if (counts.includes(label.count)) return { verdict: `it counts ${label.count} rows, as there are`, mismatches: [], doubtful: false }
    const span = spans.up[1] ?? spans.up[0]
    if (span === undefined) return { verdict: '', mismatches: [], doubtful: false }
    const cell = `${block.columns[Math.min(label.column, block.columns.length - 1)]!.letter}${row}`
    return { verdict: 'it does not agree with the number of rows', mismatches: [{ cell, printed: String(label.count), computed: String(span.to - span.from), rows: rowsOf(span), rounding: false }], doubtful: false }
  }
  const figures: { column: number; value: bigint }[] = []
  for (let column = label.column + 1; column < block.columns.length; column++) {
    const value = numbersOf(block.columns[column]!)(block.columns[column]!.column.codes[at]!)
    if (value !== null) figures.push({ column, value })
  }
  let best: { span: Span; right: number; wrong: Mismatch[] } | null = null
  for (const span of [...spans.up, ...spans.down]) {
    let wrong: { readonly within: boolean; readonly mismatch: Mismatch }[] = []
    let checked = 0
    for (const { column, value } of figures) {
      const { prefix, counts, totals } = sums.of(column)
      const count = counts[span.to]! - counts[span.from]!
      const sum = span.ofTotals === true ? totals[span.to]! - totals[span.from]! : prefix[span.to]! - prefix[span.from]!
      if (count === 0 || (span.ofTotals === true && sum === 0n)) continue
      const expected = label.mean ? sum / BigInt(count) : sum
      if (!agrees(value, expected, label.mean)) {
        const { least, most } = rangeOf(block, data, span, column)
        if (count > 1 && least === most) continue
        const within = !label.mean && count > 1 && least > 0n && value >= least && value <= most
        wrong.push({ within, mismatch: { rounding: !label.mean && mayBeRounding(value, expected, count), cell: `${block.columns[column]!.letter}${row}`, printed: printed(value), computed: printed(expected), rows: rowsOf(span) } })
      }
      checked++
    }
    if (checked === 0) continue
    const right = checked - wrong.length
    // Beside figures that agree, what lies between the least and the greatest of the rows is no sum, but a mean, a rate or a price.
    if (right > 0) wrong = wrong.filter(({ within }) => !within)
    if (best === null || right > best.right) best = { span, right, wrong: wrong.map(({ mismatch }) => mismatch) }
    if (right === checked && checked === figures.length) break
  }
  if (best === null) return { verdict: '', mismatches: [], doubtful: false }
  const [from, to] = rowsOf(best.span)
  const rows = from === to ? `row ${from}` : `rows ${from} to ${to}`
  if (best.wrong.length === 0) return { verdict: `it is the ${label.mean ? 'mean' : 'sum'} of ${rows}`, mismatches: [], doubtful: false }
  const groups = best.right === 0 ? groupsAndParts(figures, spans, sums) : null
  if (groups !== null) {
    const [top, bottom] = rowsOf(groups)
    return { verdict: `rows ${top} to ${bottom} give twice as much, because they hold groups and their parts`, mismatches: [], doubtful: false }
  }
  return { verdict: `it is not the ${label.mean ? 'mean' : 'sum'} of ${rows}`, mismatches: best.wrong, doubtful: (best.right === 0 && first) || best.wrong.every(({ rounding }) => rounding) }
}

/** A span whose sums are twice every figure, because groups stand above their parts there; null when there is none. */
function groupsAndParts(figures: readonly { column: number; value: bigint }[], spans: { up: Span[]; down: Span[] }, sums: Sums): Span | null {
  for (const span of [...spans.up, ...spans.down]) {
    if (span.ofTotals === true || figures.length === 0) continue
    const isTwice = figures.every(({ column, value }) => {
      const { prefix } = sums.of(column)
      return value !== 0n && agrees(value * 2n, prefix[span.to]! - prefix[span.from]!, false)
    })
    if (isTwice && figures.some(({ column }) => fallsIntoGroups(sums.of(column).prefix, span))) return span
  }
  return null
}

/** Whether the rows of a span are groups, each right above the parts that add up to it. */
function fallsIntoGroups(prefix: readonly bigint[], { from, to }: Span): boolean {
  for (let at = from; at < to; ) {
    const group = prefix[at + 1]! - prefix[at]!
    let end = at + 2
    while (end <= to && !agrees(prefix[end]! - prefix[at + 1]!, group, false)) end++
    if (end > to) return false
    while (end < to && prefix[end + 1] === prefix[end]) end++
    at = end
  }
  return true
}

/** Equal, but for what binary fractions or the printed decimals of a mean leave. */
function agrees(value: bigint, expected: bigint, mean: boolean): boolean {
  const difference = value > expected ? value - expected : expected - value
  if (difference === 0n) return true
  const size = expected < 0n ? -expected : expected
  if (difference * 1_000_000_000_000n <= size) return true
  if (!mean) return difference <= UNIT / 10_000_000n
  let place = UNIT
  while (place > 1n && value % place !== 0n) place /= 10n
  return difference * 2n <= place
}

/** Whether figures with decimals differ by no more than half of the last decimal of each row. */
function mayBeRounding(value: bigint, expected: bigint, rows: number): boolean {
  const difference = value > expected ? value - expected : expected - value
  let place = UNIT
  while (place > 1n && (value % place !== 0n || expected % place !== 0n)) place /= 10n
  return place < UNIT && difference * 2n <= place * BigInt(rows)
}

/** The least and the greatest of the first rows of a span. */
function rangeOf(block: Block, data: readonly number[], span: Span, column: number): { least: bigint; most: bigint } {
  const numbers = numbersOf(block.columns[column]!)
  const { codes } = block.columns[column]!.column
  let range: { least: bigint; most: bigint } | null = null
  for (let index = span.from; index < Math.min(span.to, span.from + RANGE_SAMPLE); index++) {
    const each = numbers(codes[data[index]!]!)
    if (each === null) continue
    if (range === null) range = { least: each, most: each }
    else if (each < range.least) range.least = each
    else if (each > range.most) range.most = each
  }
  return range ?? { least: 0n, most: 1n }
}

const NAMED = 5

/** The figures that do not agree, for people; '' when there are none. */
export function describeMismatches(mismatches: readonly Mismatch[]): string {
  if (mismatches.length === 0) return ''
  const parts = mismatches.slice(0, NAMED).map(({ cell, printed: shown, computed, rounding, rows: [first, last] }) => `${cell} says ${shown}, rows ${first} to ${last} give ${computed}${rounding ? ' (rounding may explain it)' : ''}`)
  return `: ${parts.join('; ')}${mismatches.length > NAMED ? `; and ${mismatches.length - NAMED} more` : ''}`
}
