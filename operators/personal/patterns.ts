/** Forms of mail addresses and telephone numbers in a text. */

/** What ends the part of an e-mail address before the sign, and the part behind it. */
const NOT_LOCAL = /[\s@,;:<>()"[\]\\]/
const NOT_DOMAIN = /[\s@,;:<>()"'[\]{}|\\]/
/** Seven or more digits with what people put between the digits of a telephone number. */
export const DIGITS = /\+?\(?\d(?:[\s\u00a0().\-/\u2010-\u2015]{0,3}\d){6,}/g
/** Digits that are a date, alone or with a time of day, and no number of a person. */
export const DATE = /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?:[ T]\d{1,2})?$/

/** A sign that somebody wrote in words, so that no machine would find it: ` (at) `, `[at]`. */
export const SPELLED_AT = /[ \u00a0]{0,2}[([{][ ]?(?:at|@)[ ]?[)\]}][ \u00a0]{0,2}/gi
export const SPELLED_DOT = /[ \u00a0]{0,2}[([{][ ]?(?:dot|\.)[ ]?[)\]}][ \u00a0]{0,2}/gi

/** Start and end of every e-mail address in a text, those with a sign in words included, in order. */
export function emailsIn(text: string): readonly (readonly [start: number, end: number])[] {
  const plain = plainEmailsIn(text)
  const spelled: [number, number][] = []
  for (const match of text.matchAll(SPELLED_AT)) {
    let start = match.index
    const last = spelled.at(-1)?.[1] ?? 0
    while (start > last && !NOT_LOCAL.test(text[start - 1]!)) start--
    const from = match.index + match[0].length
    let end = from
    for (;;) {
      while (end < text.length && !NOT_DOMAIN.test(text[end]!)) end++
      const dot = new RegExp(SPELLED_DOT.source, 'iy')
      dot.lastIndex = end
      const found = end > from ? dot.exec(text) : null
      if (found === null) break
      end += found[0].length
    }
    if (start < match.index && end > from) spelled.push([start, end])
  }
  if (spelled.length === 0) return plain
  return [...spelled, ...plain.filter(([start, end]) => spelled.every(one => end <= one[0] || start >= one[1]))].sort((a, b) => a[0] - b[0])
}

/** Goes out from each sign, because a search from the left costs the square of the length. */
function plainEmailsIn(text: string): readonly (readonly [start: number, end: number])[] {
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
