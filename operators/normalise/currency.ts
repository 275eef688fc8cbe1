/** Amounts of money: `ZAR 1234.50`, or the plain number where the currency is not said. */
import { KIND } from '../../kernel/artifact/table.ts'
import { LIKE_THOUSANDS, parseDecimal, readsEitherWay } from './decimal.ts'
import { createNormaliser } from './normaliser.ts'
import { plainNumber } from './number.ts'
import { CURRENCY_CODES, CURRENCY_SIGNS, DOLLAR_OF_COUNTRY, MINOR_UNITS } from './tables/currencies.ts'

const CANONICAL = /^([A-Z]{3}) -?(?:0|[1-9]\d*)(?:\.(\d+))?$/
/** Currency, amount, currency; one of the two currencies is empty. */
const PARTS = /^([-+(]*) ?([^\d\s.,()+-][^\d(+-]{0,7}?)?[ ]?((?:[-+(]\s?)*[\d.,][\d.,' ’()e+-]*?)[ ]?([^\d\s.,()+-][^\d(+-]{0,7}?)?([-)]*)$/i

/**
 * An amount of money with its ISO 4217 code and at least the decimals of its minor unit. As with plain numbers, one
 * comma or point with three digits behind it means what the profile or the column shows, else the amount is ambiguous:
 * `$3.459` is a price of fuel as well as thousands of dollars. Only a currency without decimals has thousands for sure. A
 * bare `$` is the dollar of the option's country, else the US dollar.
 */
export const normaliseCurrency = createNormaliser('currency', (text, draft) => {
  const done = CANONICAL.exec(text)
  if (done !== null && CURRENCY_CODES.has(done[1]!) && isPadded(done[1]!, done[2] ?? '')) return draft.add(text)
  const body = plainNumber(text).replace(/\.-+$|,-+$/, '')
  const parts = PARTS.exec(body)
  if (parts === null) return draft.fail('CURRENCY_INVALID')
  const before = (parts[2] ?? '').trim()
  const after = (parts[4] ?? '').trim()
  const first = codeOf(before, draft.options.country)
  const second = codeOf(after, draft.options.country)
  if (first === undefined || second === undefined || (first !== '' && second !== '' && first !== second)) return draft.fail('CURRENCY_INVALID')
  const code = first === '' ? second : first
  if (code === 'USD' && (before === '$' || after === '$') && draft.options.country !== 'US') draft.rule('DOLLAR_AS_USD')
  const amount = `${parts[1]!}${parts[3]!}${parts[5]!}`.replace(/([-+(]) +/g, '$1').trim()
  const places = MINOR_UNITS.get(code) ?? 2
  const plainly = draft.kind === KIND.number || draft.options.decimal === 'point'
  const undecided = !plainly && draft.options.decimal === 'auto' && readsEitherWay(amount)
  // Where a currency has no decimals the sign can only mean thousands, and one of three decimals is written with all of them.
  if (undecided && (code === '' || places === 2)) return draft.fail('CURRENCY_AMBIGUOUS')
  const parsed = undecided && places === 0 ? parseDecimal(amount.replace(/[.,]/, ''), 'auto') : parseDecimal(amount, draft.kind === KIND.number ? 'point' : draft.options.decimal)
  if (parsed === 'ambiguous') return draft.fail('CURRENCY_AMBIGUOUS')
  if (parsed === 'invalid') return draft.fail('CURRENCY_INVALID')
  const plain = (!plainly || draft.options.decimal === 'comma') && LIKE_THOUSANDS.test(parsed.value) ? `${parsed.value}0` : parsed.value
  const value = code === '' ? plain : `${code} ${pad(parsed.value, places)}`
  if (value !== text) draft.rule('CURRENCY_FORMAT')
  draft.add(value)
})

/** ISO code of a sign or word; '' for none, undefined for one that is unknown. */
function codeOf(sign: string, country: string): string | undefined {
  if (sign === '') return ''
  const upper = sign.toUpperCase().replace(/ /g, '')
  if (CURRENCY_CODES.has(upper)) return upper
  const code = CURRENCY_SIGNS.get(upper) ?? CURRENCY_SIGNS.get(upper.replace(/[.:]$/, ''))
  return code === '$' ? (DOLLAR_OF_COUNTRY.get(country) ?? 'USD') : code
}

function isPadded(code: string, fraction: string): boolean {
  const places = MINOR_UNITS.get(code) ?? 2
  return fraction.length === places || (fraction.length > places && (!fraction.endsWith('0') || fraction.length === 4) && (fraction.length !== 3 || places === 3))
}

function pad(value: string, places: number): string {
  const point = value.indexOf('.')
  const decimals = point === -1 ? 0 : value.length - point - 1
  if (decimals >= places) return places < 3 && decimals === 3 && point - (value.startsWith('-') ? 1 : 0) <= 3 && !/^-?0/.test(value) ? `${value}0` : value
  return `${value}${point === -1 ? '.' : ''}${'0'.repeat(places - decimals)}`
}
