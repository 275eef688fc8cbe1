/**
 * Phone numbers in E.164 form, checked against the numbering plans of libphonenumber (the `max` metadata: `min` only
 * checks lengths). An extension follows as ` ext 12`, the way ITU-T E.123 writes one for people; RFC 3966 would write `;ext=12`,
 * and a semicolon separates values in the exports.
 */
import { parsePhoneNumberFromString, validatePhoneNumberLength, type CountryCode } from 'libphonenumber-js/max'
import { isEmail } from './address-spec.ts'
import { createNormaliser, type Draft } from './normaliser.ts'
import { nationalPlan, type NationalPlan } from './numbering-plan.ts'

const SEPARATOR = /[;\n|,/]| +(?:or|and|of|und|oder|et|ou|en|&) +|&/gi
const LABEL = /\b(?:tel(?:ephone|efon|efoon|éfono)?|phone|ph|cell(?:phone|ular)?|cel|mobile|mob|mobil|handy|fax|faks|land ?line|office|work|home|direct|switchboard|whats ?app|w ?app|call|no|number|nr|t|c|m|w|h|f|p|o|sel|selfoon|wa|hp|main|after hours|a\/h)\b\.? *:?/gi
const EXTENSION = /[;, ]*(?:\(? *(?:ext(?:ension|n|\.)?|extn|xtn|toestel|bylyn|uitbr(?:eiding)?|durchwahl|poste)\.? *[:=#]? *|(?<=\d) *x *|#)(\d{1,7}) *\)?$/i
const SCIENTIFIC = /^(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})$/
/** An address, with the signs and the scheme around it. */
const EMAIL = /(?:mailto: *)?["'“”‘’]*([^\s;,<>()/"'“”‘’?:]+@[^\s;,<>()/"'“”‘’?]+)["'“”‘’]*(?:\?[^\s;,]*)?/gi
const ENOUGH = 7
const MAX_DIGITS = 15

/** The numbers in a cell. */
export const normalisePhone = createNormaliser('phone', (text, draft) => {
  const plan = nationalPlan(draft.options.country)
  if (isDone(text, plan)) return draft.add(text)
  let line = asciiDigits(text)
  if (/@|[[(] ?at ?[\])]/i.test(line)) line = takeEmails(line, draft)
  const scientific = SCIENTIFIC.exec(line)
  if (scientific !== null) {
    const decimals = scientific[2] ?? ''
    const exponent = Number(scientific[3])
    if (decimals.length < exponent || exponent > MAX_DIGITS) return draft.fail('PHONE_DIGITS_LOST')
    if (!/^0*$/.test(decimals.slice(exponent))) return draft.fail('PHONE_INVALID')
    line = scientific[1]! + decimals.slice(0, exponent)
  }
  const parts = split(line, draft)
  if (parts.length === 0 && draft.misplaced === null) draft.fail('PHONE_INVALID')
  for (const part of parts) takeNumber(part, parts.length === 1, draft, plan)
  if (draft.items.length > 1) draft.rule('ITEM_SPLIT')
})

function isDone(text: string, plan: NationalPlan | null): boolean {
  return plan !== null && text.charCodeAt(0) === 43 && plan.accepts(text)
}

/** Full-width and Arabic-Indic digits as ASCII ones, dashes as `-`. */
function asciiDigits(text: string): string {
  // eslint-disable-next-line no-control-regex
  if (/^[\u0000-\u007f]*$/.test(text)) return text
  return text
    .normalize('NFKC')
    .replace(/[\u0660-\u0669]/g, digit => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, digit => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[‐‑‒–—―−·•]/g, '-')
    .trim()
}

function takeEmails(line: string, draft: Draft): string {
  const plain = line.replace(/ ?[[(] ?at ?[\])] ?/gi, '@').replace(/(?<=[^\s;,<]) ?@ ?(?=[^\s@])/g, '@')
  return plain.replace(EMAIL, (word, address: string) => {
    const small = address.toLowerCase().replace(/[.:]+$/, '')
    if (!isEmail(small)) return word
    draft.move('email', small, 'EMAIL_IN_PHONE')
    return ' ; '
  })
}

function digitsIn(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 48 && code <= 57) count++
  }
  return count
}

/** The parts of a cell that are one number each. */
function split(line: string, draft: Draft): readonly string[] {
  const joined = line.replace(/[;,] *(?=(?:ext|x|toestel|bylyn|poste)\b|ext?\.? ?\d)/gi, ' ')
  if (!/[;\n|,/&]| (?:or|and|of|und|oder|et|ou|en) /i.test(joined)) return [joined]
  const parts: string[] = []
  let pending = ''
  const pieces = joined.split(SEPARATOR).map(each => each.trim()).filter(each => each !== '')
  for (const [index, part] of pieces.entries()) {
    const digits = digitsIn(part)
    const last = parts[parts.length - 1]
    if (pending !== '') {
      pending = `${pending} ${part}`
    } else if (digits < ENOUGH && last !== undefined && !isAreaCode(part, pieces[index + 1]) && digits > 0 && digits <= 4 && /^[\d ]+$/.test(part) && digitsIn(last) >= ENOUGH) {
      const ending = part.replace(/\D/g, '')
      const plain = last.replace(EXTENSION, '').trimEnd()
      if (/\d$/.test(plain) && digitsIn(plain.slice(-ending.length)) === ending.length) {
        parts.push(plain.slice(0, -ending.length) + ending)
        draft.rule('SHORT_SUFFIX')
        continue
      }
      pending = part
    } else pending = part
    if (digitsIn(pending) >= ENOUGH || digitsIn(pending) === 0) {
      parts.push(pending)
      pending = ''
    }
  }
  if (pending !== '') parts.push(pending)
  return parts
}

/** Whether a part is the area code of the number in the next: `018/200 0296`. */
function isAreaCode(part: string, next: string | undefined): boolean {
  if (next === undefined || !/^0\d{1,3}$/.test(part)) return false
  const digits = digitsIn(next)
  return digits >= 5 && digits <= 8
}

function takeNumber(part: string, alone: boolean, draft: Draft, plan: NationalPlan | null): void {
  const piece = alone ? draft.raw : part
  let body = part
  let extension = ''
  const float = /^(\d{5,})[.,]0+$/.exec(body.trim())
  if (float !== null) {
    draft.rule('FLOAT_TAIL')
    body = float[1]!
  }
  const tail = EXTENSION.exec(body)
  if (tail !== null && digitsIn(body.slice(0, tail.index)) >= 5) {
    extension = tail[1]!
    body = body.slice(0, tail.index)
  }
  if (/[A-Za-z]/.test(body)) {
    const bare = body.replace(/^tel:/i, '').replace(LABEL, ' ')
    draft.rule('LABEL_REMOVED')
    if (/[A-Za-z\u00aa-\uffff]/.test(bare)) {
      const digits = /\+?\(?\d[\d\s().-]{4,}\d/.exec(bare)
      if (digits === null) return draft.misplaced !== null && digitsIn(bare) === 0 ? draft.aside('TEXT_BESIDE_VALUE', part) : draft.fail('PHONE_INVALID', piece)
      const beside = `${bare.slice(0, digits.index)} ${bare.slice(digits.index + digits[0].length)}`.replace(/^[\s(),:.-]+|[\s(),:.-]+$/g, '').replace(/ +/g, ' ')
      if (beside !== '') draft.aside('TEXT_BESIDE_VALUE', beside)
      body = digits[0]
    } else body = bare
  }
  if (body.includes('(0)')) body = body.replace(/(\d[\s.-]*)\(0\)/, '$1')
  const plus = /^[\s('"`*:.-]*\+/.test(body)
  let digits = body.replace(/\D/g, '')
  if (digits === '') return draft.misplaced !== null ? undefined : draft.fail('PHONE_INVALID', piece)
  let international = plus
  if (plus && digits.startsWith('00')) digits = digits.replace(/^0+/, '')
  else if (plus && digits.startsWith('0')) international = false
  else if (!plus && digits.startsWith('00')) {
    digits = digits.slice(2).replace(/^0+/, '')
    international = true
  }
  const found = read(digits, international, draft, plan)
  if (found !== null) {
    if (extension !== '') draft.rule('EXTENSION')
    const value = extension === '' ? found : `${found} ext ${extension}`
    if (value !== draft.raw) draft.rule('PHONE_FORMAT')
    return draft.add(value)
  }
  if (alone && digits.length > MAX_DIGITS - 1 && takeTwo(body, draft, plan)) return
  draft.fail(failure(digits, international, draft), piece)
}

/** E.164 of a row of digits, or null when no plan knows it. */
function read(digits: string, international: boolean, draft: Draft, plan: NationalPlan | null): string | null {
  if (digits.length < 3 || digits.length > MAX_DIGITS + 2) return null
  if (plan !== null) {
    const quick = plan.read(digits, international)
    if (quick !== null) {
      if (quick.national) draft.rule('COUNTRY_CODE_ADDED')
      return quick.number
    }
  }
  if (international) return valid(`+${digits}`, undefined)
  const national = valid(digits, draft.options.country as CountryCode)
  if (national !== null) {
    draft.rule('COUNTRY_CODE_ADDED')
    return national
  }
  // A foreign number whose plus sign is lost, as happens to numbers stored as numbers.
  return digits.length > 10 && !digits.startsWith('0') ? valid(`+${digits}`, undefined) : null
}

function valid(text: string, country: CountryCode | undefined): string | null {
  const parsed = country === undefined ? parsePhoneNumberFromString(text) : parsePhoneNumberFromString(text, country)
  return parsed !== undefined && parsed.isValid() ? parsed.number : null
}

/** Two numbers with nothing but a space between them. */
function takeTwo(body: string, draft: Draft, plan: NationalPlan | null): boolean {
  const words = body.trim().split(/\s+/)
  for (let at = 1; at < words.length; at++) {
    const both = [words.slice(0, at), words.slice(at)].map(half => {
      const text = half.join(' ')
      const digits = text.replace(/\D/g, '')
      const idd = digits.startsWith('00')
      return digits.length < ENOUGH ? null : read(idd ? digits.slice(2) : digits, idd || text.trim().startsWith('+'), draft, plan)
    })
    if (both[0] === null || both[1] === null) continue
    draft.rule('PHONE_FORMAT')
    draft.add(both[0]!)
    draft.add(both[1]!)
    return true
  }
  return false
}

function failure(digits: string, international: boolean, draft: Draft): 'PHONE_TOO_SHORT' | 'PHONE_TOO_LONG' | 'PHONE_INVALID' {
  if (digits.length > MAX_DIGITS + 2) return 'PHONE_TOO_LONG'
  const length = international ? validatePhoneNumberLength(`+${digits}`) : validatePhoneNumberLength(digits, draft.options.country as CountryCode)
  return length === 'TOO_SHORT' ? 'PHONE_TOO_SHORT' : length === 'TOO_LONG' ? 'PHONE_TOO_LONG' : 'PHONE_INVALID'
}

