/** What a cell is in a table of figures: a figure, a sign that stands for one, a period, a unit, or words. */
import { classAt, shownAt, type GridColumn } from './grid.ts'

export const SIGN = { none: 0, words: 1, figure: 2, withheld: 3, period: 4, unit: 5, filler: 6, date: 7 } as const
export type Sign = (typeof SIGN)[keyof typeof SIGN]

/** A year, a span of years, a quarter or a month, as figures are headed by; a footnote mark or a remark in brackets may follow. */
const PERIOD =
  /^(?:(?:FY|CY|FYE|Q[1-4]|H[12])[ -]?)?(?:(?:1[5-9]|20|21)\d\d(?:\.0)?)(?:[-\u2013/](?:\d\d|(?:1[5-9]|20|21)\d\d|Q[1-4]|H[12]))?(?:\s*(?:\\\d+|[*\u2020\u2021]+|[a-z]|\(.*\)|\[.*\]))?$|^(?:Q[1-4]|H[12])(?:[ -/]?\d{2,4})?$|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december)\.?(?:[ -/']*\d{2,4})?$/i
/** What statistical offices write where there is no figure, such as `(NA)`, `(X)`, `(S)`, `n.a.`. */
const WITHHELD = /^(?:\((?:NA|N\/A|[A-Z]|\d?[A-Z])\)|\(?n\.?\/?a\.?\)?|[xzds])$/i
/** What people write in brackets where there is no value; a unit reads otherwise. */
const ABSENT = /^[([](?:none|nil|null|nan|unknown|missing|blank|empty|pending|tb[acd]|no data|not (?:known|available|applicable)|withheld|suppressed|confidential)[)\]]$/i
/** Rules, dots, dashes, and the word that some programs write for a cell without a value. */
const FILLER = /^(?:[-\u2010-\u2015_=.*\u2026~]+|none|nan|null)$/i
/** A unit or a format in brackets: `(1,000)`, `(percent)`, `[kg]`. */
const UNIT = /^(?:\([^()]*\)|\[[^[\]]*\])$/
/** A figure below zero, as accountants write it: `(12.50)`. Powers of a thousand are units, and one or two digits count columns. */
const BRACKETED = /^\(\s*(?!(?:\d{1,2}|100|1(?:[., \u00a0']?000)+)\s*\))[-+]?(?:[$\u20ac\u00a3R]\s?)?\d[\d.,' \u00a0\u202f]*%?\s*\)$/
/** A mark that refers to a footnote, in a cell of its own: `\1`, `3)`, `*`. */
const MARK = /^(?:\\\d+(?:, ?\\\d+)*|\d{1,2}\)|[*\u2020\u2021\u00a7]+)$/
/** A figure with a footnote mark behind it: `12.4 \1`, `345*`, `1,234 (r)`. */
const MARKED = /^[-+]?[$\u20ac\u00a3]?[\d][\d.,' \u00a0]*%?\s*(?:\\\d+|[*\u2020\u2021]+|\([a-z]\)|\/\d)$/

const known = new WeakMap<GridColumn, Uint8Array>()

function signOf(column: GridColumn, at: number): Sign {
  const text = shownAt(column, at)
  if (text.length > 60) return SIGN.words
  if (FILLER.test(text) || MARK.test(text)) return SIGN.filler
  if (PERIOD.test(text)) return SIGN.period
  if (WITHHELD.test(text) || ABSENT.test(text)) return SIGN.withheld
  if (BRACKETED.test(text)) return SIGN.figure
  if (UNIT.test(text)) return SIGN.unit
  const found = classAt(column, at)
  if (found === 'date') return SIGN.date
  // `55 mph` has a figure in it, but words for a unit make it a label.
  if (found === 'number') return /[a-z]{2,}\)?$/.test(text) ? SIGN.words : SIGN.figure
  return found === 'error' || MARKED.test(text) ? SIGN.figure : SIGN.words
}

/** The sign of a cell; each distinct value of a column is judged once. */
export function signAt(column: GridColumn, at: number): Sign {
  const code = column.column.codes[at]!
  if (column.visible[code] !== 1) return SIGN.none
  let signs = known.get(column)
  if (signs === undefined) known.set(column, (signs = new Uint8Array(column.visible.length)))
  return (signs[code] ||= signOf(column, at)) as Sign
}
