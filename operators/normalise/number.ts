/** Numbers, as the shortest exact decimal. */
import type { Dictionary } from '../../kernel/artifact/dictionary.ts'
import { KIND, type Kind } from '../../kernel/artifact/table.ts'
import { oneLine } from './clean.ts'
import { isShortest, LIKE_THOUSANDS, parseDecimal, readsEitherWay, shiftPoint, type DecimalSign } from './decimal.ts'
import { createNormaliser } from './normaliser.ts'

const CURRENCY_SIGN = /^([+-]?\(?[+-]?) ?(?:[$€£¥₹₩₦₽₺¢]|R(?=[ \d(.-])) ?| ?[$€£¥₹₩₦₽₺¢]$/

/** Full-width digits, typographic minus signs and spaces between sign and digits, made plain. */
export function plainNumber(text: string): string {
  // eslint-disable-next-line no-control-regex
  const ascii = /^[\u0000-\u007f]*$/.test(text) ? text : text.normalize('NFKC').replace(/[−–‒﹣－]/g, '-').replace(/ +/g, ' ').trim()
  return oneLine(ascii).replace(/^'+/, '').trim()
}

/**
 * A number: group signs, currency signs and a percent sign are resolved (`12.5%` is `0.125`), `(12)` is `-12`.
 * A cell that the spreadsheet itself holds as a number is never ambiguous.
 */
export const normaliseNumber = createNormaliser('number', (text, draft) => {
  const plainly = draft.kind === KIND.number || draft.options.decimal === 'point'
  if (isShortest(text) && ((plainly && draft.options.decimal !== 'comma') || !LIKE_THOUSANDS.test(text))) return draft.add(text)
  let body = plainNumber(text)
  let percent = 0
  const share = /^(.*?) ?([%‰])$/.exec(body)
  if (share !== null) {
    body = share[1]!
    percent = share[2] === '%' ? 2 : 3
  }
  body = body.replace(CURRENCY_SIGN, '$1').trim()
  if (!plainly && draft.options.decimal === 'auto' && readsEitherWay(body)) return draft.fail('NUMBER_AMBIGUOUS')
  const parsed = parseDecimal(body, draft.kind === KIND.number ? 'point' : draft.options.decimal)
  if (parsed === 'ambiguous') return draft.fail('NUMBER_AMBIGUOUS')
  if (parsed === 'invalid') return draft.fail('NUMBER_INVALID')
  let value = parsed.value
  if (percent > 0) {
    const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value)!
    value = shiftPoint(parts[1] === '-', parts[2]!, parts[3] ?? '', -percent)
    draft.rule('PERCENT')
  }
  if ((!plainly || draft.options.decimal === 'comma') && LIKE_THOUSANDS.test(value)) value += '0'
  if (value !== text) draft.rule('NUMBER_FORMAT')
  draft.add(value)
})

/** What digits with one point among them say, at once: `point`, or `nothing` for what may be thousands. Null for any other text. */
function usualSign(text: string): 'point' | 'nothing' | null {
  let point = -1
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0x2e && point === -1 && at > 0) point = at
    else if (unit < 0x30 || unit > 0x39) return null
  }
  if (point === text.length - 1) return null
  if (point === -1) return 'nothing'
  return text.length - point - 1 === 3 && point <= 3 && text.charCodeAt(0) !== 0x30 ? 'nothing' : 'point'
}

/** How many texts of a column show which decimal sign, and whether one of them can be read either way. */
export interface DecimalVotes {
  readonly points: number
  readonly commas: number
  readonly undecided: boolean
}

/** What the texts of a column show. Numbers that the spreadsheet itself holds say nothing. */
export function decimalVotes(dictionary: Pick<Dictionary, 'each'>, kinds: Uint8Array | null): DecimalVotes {
  let undecided = false
  let points = 0
  let commas = 0
  dictionary.each((text, index) => {
    if (kinds !== null && (kinds[index] as Kind) === KIND.number) return
    const plain = usualSign(text)
    if (plain !== null) {
      if (plain === 'point') points++
      else if (!undecided && text.length < 8) undecided = readsEitherWay(text)
      return
    }
    if (!text.includes(',') && !text.includes('.')) return
    const body = plainNumber(text.trim().replace(/[\u00a0\u202f\u2009]/g, ' ')).replace(/^([(+-]*)[^\d(+-]+|[^\d)-]+$/g, '$1')
    undecided ||= readsEitherWay(body)
    const parsed = parseDecimal(body, 'auto')
    if (typeof parsed === 'string') return
    if (parsed.sign === 'comma') commas++
    else if (parsed.sign === 'point') points++
  })
  return { points, commas, undecided }
}

/** The decimal sign that votes agree on; `auto` when they do not, or say nothing. */
export function agreedSign({ points, commas }: Pick<DecimalVotes, 'points' | 'commas'>): DecimalSign {
  return commas > 0 && points === 0 ? 'comma' : points > 0 && commas === 0 ? 'point' : 'auto'
}

