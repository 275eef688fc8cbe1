/** Forms of mail addresses and telephone numbers in a text. */

/** What ends the part of an e-mail address before the sign, and the part behind it. */
const NOT_LOCAL = /[\s@,;:<>()"[\]\\]/
const NOT_DOMAIN = /[\s@,;:<>()"'[\]{}|\\]/
/** Seven or more digits with what people put between the digits of a telephone number. */
export const DIGITS = /\+?\(?\d(?:[\s\u00a0().\-/\u2010-\u2015]{0,3}\d){6,}/g
/** Digits that are a date, alone or with a time of day, and no number of a person. */
export const DATE = /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?:[ T]\d{1,2})?$/

/** Start and end of every e-mail address in a text. Goes out from each sign, because a search from the left costs the square of the length. */
export function emailsIn(text: string): readonly (readonly [start: number, end: number])[] {
  const found: [number, number][] = []
  let last = 0
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    let start = at
    while (start > last && !NOT_LOCAL.test(text[start - 1]!)) start--
    let end = at + 1
    while (end < text.length && !NOT_DOMAIN.test(text[end]!)) end++
    if (start === at || end === at + 1) continue
    found.push([start, end])
    last = end
  }
  return found
}
