/** Forms of values: what a number, a date or an address looks like when it is written for machines. */
import type { ExpectType, SemanticType } from '../../schemas/generated/profile.ts'
import { dateOf } from '../export/cell.ts'
import { numberIn } from '../validate/rule.ts'
import { isEmail } from '../normalise/address-spec.ts'

export type ValueForm = ExpectType['type'] | 'amount' | 'day-or-time'

const NUMBER = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/
const INTEGER = /^[+-]?\d+$/
const AMOUNT = /^(?:[A-Z]{3} )?-?\d+(?:\.\d+)?$/
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?$/
/** What may follow the seconds of an instant (RFC 3339). */
const ZONE = /^(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/
/** ITU-T E.164, with the extension of E.123. */
const PHONE = /^\+[1-9]\d{1,14}(?: ext \d{1,11})?$/
const URL = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^\s/?#]+[^\s]*$/
const UUID = /^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$/
const DAY_LENGTH = 10
const SECOND_LENGTH = 19

const isDay = (text: string): boolean => text.length === DAY_LENGTH && dateOf(text) !== null
function isInstant(text: string): boolean {
  if (text.length < SECOND_LENGTH || (text[DAY_LENGTH] !== 'T' && text[DAY_LENGTH] !== ' ')) return false
  return dateOf(`${text.slice(0, DAY_LENGTH)}T${text.slice(DAY_LENGTH + 1, SECOND_LENGTH)}`) !== null && ZONE.test(text.slice(SECOND_LENGTH))
}

const FORMS: { readonly [F in ValueForm]: { readonly word: string; readonly test: (text: string) => boolean } } = {
  number: { word: 'a number', test: text => NUMBER.test(text) },
  integer: { word: 'a whole number', test: text => INTEGER.test(text) },
  amount: { word: 'an amount', test: text => AMOUNT.test(text) },
  boolean: { word: 'true or false', test: text => text === 'true' || text === 'false' || /^(?:true|false)$/i.test(text) },
  date: { word: 'a date such as 2026-01-31', test: isDay },
  datetime: { word: 'a date and time such as 2026-01-31T08:30:00Z', test: isInstant },
  'day-or-time': { word: 'a date such as 2026-01-31', test: text => isDay(text) || isInstant(text) },
  time: { word: 'a time of day such as 08:30', test: text => CLOCK.test(text) },
  email: { word: 'an e-mail address', test: text => isEmail(text.toLowerCase()) },
  phone: { word: 'a telephone number such as +27215550101', test: text => PHONE.test(text) },
  url: { word: 'an address such as https://example.org', test: text => URL.test(text) },
  uuid: { word: 'a UUID', test: text => UUID.test(text) }
}

/** Whether a text has the form. */
export function hasForm(form: ValueForm, text: string): boolean {
  return FORMS[form].test(text)
}

/** The number that a text stands for, an amount with its currency included; null when it is none. Exponents are numbers too. */
export function numberOf(text: string): number | null {
  return NUMBER.test(text) ? Number(text) : numberIn(text)
}

/** The form in words, with its article. */
export function formWords(form: ValueForm): string {
  return FORMS[form].word
}

const OF_TYPE: ReadonlyMap<SemanticType, ValueForm> = new Map<SemanticType, ValueForm>([
  ['number', 'number'],
  ['currency', 'amount'],
  ['date', 'day-or-time'],
  ['boolean', 'boolean'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['url', 'url']
])

/** The form that normalised values of a semantic type have; undefined where any text may be one. */
export function formOf(type: SemanticType): ValueForm | undefined {
  return OF_TYPE.get(type)
}
