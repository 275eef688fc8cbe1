/**
 * Masks for personal data: enough is left to recognise a value that one knows, not to learn one that one does not.
 * The same text always gives the same mask, and a mask never tells how long the text was.
 */
import { detect } from '../personal/detect.ts'
import { DATE, DIGITS, emailsIn, SPELLED_AT, SPELLED_DOT } from '../personal/patterns.ts'
import type { SemanticType } from '../../schemas/generated/profile.ts'

const DOTS = '\u2022\u2022\u2022'
/** Anything but spaces, ASCII signs, Latin-1 signs and general, CJK and full-width punctuation: no class that changes with Unicode. */
export const WORD = /[^\s\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f]+/g

function first(text: string): string {
  const point = text.codePointAt(0)
  return point === undefined ? '' : String.fromCodePoint(point)
}

function maskEmail(written: string): string {
  const address = written.replace(SPELLED_AT, '@').replace(SPELLED_DOT, '.')
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  const dot = domain.lastIndexOf('.')
  const ending = dot > 0 ? domain.slice(dot) : ''
  return `${first(address.slice(0, at))}${DOTS}@${first(domain)}${DOTS}${ending}`
}

function maskDigits(text: string): string {
  const digits = text.replace(/\D+/g, '')
  return text.startsWith('+') ? `+${digits.slice(0, 2)}${DOTS}${digits.slice(-2)}` : `${digits.slice(0, 2)}${DOTS}${digits.slice(-2)}`
}

/** Every word as its first letter; digits vanish. For text that is personal as a whole, or of which nothing is known. */
export function maskWords(text: string): string {
  // What is masked stays as it is.
  return text.replace(WORD, (word, at: number) => (word === first(word) && text.startsWith(DOTS, at + word.length) ? word : first(word) + DOTS))
}

function maskAddress(text: string): string {
  return text
    .split(/[,;\n\u001f]+/)
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(part => first(part) + DOTS)
    .join(', ')
}

/**
 * E-mail addresses, numbers of persons, accounts and telephones, and names behind words that announce them, wherever
 * they stand in a text. Dates stay.
 */
export function maskPatterns(text: string): string {
  let out = ''
  let from = 0
  for (const { kind, start, end } of detect(text)) {
    const found = text.slice(start, end)
    out += text.slice(from, start) + (kind === 'email' ? maskEmail(found) : kind === 'phone' ? maskDigits(found) : maskWords(found))
    from = end
  }
  // What is too long for a number of any kind is masked all the same.
  return (out + text.slice(from)).replace(DIGITS, run => (DATE.test(run) ? run : maskDigits(run)))
}

/**
 * The masked form of a value of a personal type: `a•••@e•••.com`, `+27•••67`, `T••• M•••`, `1•••, J•••`. A value that
 * does not look like its type is masked word by word. Values of other types lose what `maskPatterns` finds.
 */
export function maskValue(text: string, type: SemanticType | undefined): string {
  switch (type) {
    case 'email':
      return maskWordsBetween(text, emailsIn(text), maskEmail)
    case 'phone':
      return maskWordsBetween(text, [...text.matchAll(DIGITS)].map(match => [match.index, match.index + match[0].length]), maskDigits)
    case 'person-name':
      return maskWords(text)
    case 'address':
      return maskAddress(text)
    default:
      return maskPatterns(text)
  }
}

/** Masks what was found in its own way, and all words between word by word. */
function maskWordsBetween(text: string, found: readonly (readonly [start: number, end: number])[], mask: (found: string) => string): string {
  let out = ''
  let from = 0
  for (const [start, end] of found) {
    out += maskWords(text.slice(from, start)) + mask(text.slice(start, end))
    from = end
  }
  return out + maskWords(text.slice(from))
}

/** Whether values of this type are about a person by themselves. */
export function isPersonal(type: SemanticType | undefined): boolean {
  return type === 'person-name' || type === 'email' || type === 'phone' || type === 'address'
}
