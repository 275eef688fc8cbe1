/**
 * Words that stand for "no value". Which of them count depends on the semantic type: `Null` is a surname and
 * `0` a stock figure, but neither is an e-mail address. The profile adds words (`null_tokens`) and takes words back
 * (`keep_tokens`); a word that the field's own `values` or `enum` list is always kept.
 */
import type { SemanticType } from '../../schemas/generated/profile.ts'

/** Dashes, dots, question marks, strokes: no value in any type. */
const SIGNS = /^[-‐‑‒–—―−_.…?¿/\\~\s]+$/
/** Those of them below 128. */
const IN_SIGNS: ReadonlySet<number> = new Set([...'-_.?/\\~\t\n\v\f\r '].map(sign => sign.charCodeAt(0)))
/** No value in any type, identifiers and names included. */
const MARKS = ['n/a', 'n.a.', 'n.a', 'n\\a', 'n / a', '(n/a)', '[n/a]', '<n/a>', '#n/a', '#na', '#n/a!', '<na>', 'n/v', '#null!', '#ref!', '#name?', '#value!', '#div/0!', '#num!', '(null)', '<null>', '\\n', '(blank)', '(none)', '(empty)', '[none]', '<none>']
/** What programs write for "no value". Not in names: there is a surname Null. */
const MACHINE = ['null', 'nan', 'nat', 'undefined']
const WORDS = [
  'none', 'unknown', 'unkown', 'unknwon', 'not known', 'tbc', 'tba', 'tbd', 'to be confirmed', 'to be advised', 'to be announced', 'to be determined',
  'not available', 'not applicable', 'not provided', 'not specified', 'not stated', 'not given', 'not supplied', 'not listed', 'not found', 'not set', 'not known yet',
  'unspecified', 'unavailable', 'no data', 'no info', 'no information', 'none given', 'none provided', 'none listed', 'none found', 'n/k', 'not yet known',
  'onbekend', 'nvt', 'n.v.t.', 'n.v.t', 'niet bekend', 'unbekannt', 'nicht bekannt', 'k.a.', 'k. a.', 'keine angabe', 'keine angaben', 'inconnu', 'inconnue', 'non renseigné', 'néant', 'desconocido'
]
const SHORT = ['na', 'nil', 'geen', 'keine', 'missing', 'blank', 'empty', 'xxx', 'xxxx', 'dummy']
/** A broken look-up formula yields these where a name or an address should be. */
const ZERO = ['0', '0.0', '#0', '00/01/1900', '0/0/0000', '00/00/0000', '0000-00-00', '1900-01-00']

const ASCII = 0x80

function words(...lists: readonly (readonly string[])[]): ReadonlySet<string> {
  return new Set(lists.flat())
}

const CONTACT = words(MARKS, MACHINE, WORDS, SHORT, ZERO, ['no', 'no email', 'no e-mail', 'no mail', 'no phone', 'no number', 'no website', 'no site', 'no web site', 'no contact', 'false'])
const PLAIN = words(MARKS, MACHINE, WORDS, ['na', 'nil'])
const BY_TYPE: ReadonlyMap<SemanticType, ReadonlySet<string>> = new Map([
  ['text', PLAIN],
  ['category', PLAIN],
  ['organisation-name', words(MARKS, MACHINE, WORDS, ZERO)],
  ['person-name', words(MARKS, WORDS, ZERO, ['vacant', 'no contact', 'no name'])],
  ['email', CONTACT],
  ['phone', CONTACT],
  ['url', CONTACT],
  ['address', words(MARKS, MACHINE, WORDS, SHORT, ZERO, ['no address'])],
  ['region', words(MARKS, MACHINE, WORDS, SHORT, ZERO)],
  // "NA" is Namibia.
  ['country', words(MARKS, MACHINE, WORDS, ZERO, ['missing', 'blank', 'empty'])],
  ['date', words(MARKS, MACHINE, WORDS, SHORT, ZERO, ['no date', 'never'])],
  ['number', words(MARKS, MACHINE, WORDS, SHORT)],
  ['currency', words(MARKS, MACHINE, WORDS, SHORT)],
  ['boolean', words(MARKS, MACHINE, WORDS, ['na'])],
  ['identifier', words(MARKS, MACHINE)]
])
const MARKS_ONLY = words(MARKS)
const LONGEST = 32
/** By type, a 1 where a word of this first sign and length is no value: few texts have to be looked up. */
const SHAPES: ReadonlyMap<SemanticType, Uint8Array> = new Map([...BY_TYPE].map(([type, list]) => {
  const shapes = new Uint8Array(ASCII * (LONGEST + 1))
  for (const word of list) for (const first of [word, word.toUpperCase()]) shapes[first.charCodeAt(0) * (LONGEST + 1) + word.length] = 1
  return [type, shapes]
}))

/** The words of a profile in the form in which they are compared. */
export function tokenSet(tokens: readonly string[]): ReadonlySet<string> {
  return new Set(tokens.map(token => token.normalize('NFC').trim().toLowerCase()))
}

/** Whether cleaned text of this type says that there is no value. */
export function isNullToken(type: SemanticType, text: string, more: ReadonlySet<string>, keep: ReadonlySet<string>): boolean {
  if (text.length > LONGEST) return more.size > 0 && more.has(text.toLowerCase())
  const first = text.charCodeAt(0)
  if (first < ASCII && !IN_SIGNS.has(first) && more.size === 0 && SHAPES.get(type)![first * (LONGEST + 1) + text.length] !== 1) return false
  const lower = text.toLowerCase()
  if (!BY_TYPE.get(type)!.has(lower) && !SIGNS.test(text)) return more.size > 0 && more.has(lower) && !keep.has(lower)
  return keep.size === 0 || !keep.has(lower)
}

/** Whether cleaned text is no part of a person's name. Words are: `None` and `Null` are surnames. */
export function isNullNamePart(text: string): boolean {
  return SIGNS.test(text) || MARKS_ONLY.has(text.toLowerCase()) || text === '0'
}
