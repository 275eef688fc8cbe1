/** Personal data in a text, wherever it stands: addresses of mail, numbers, and names by the words before them. */
import { DATE, DIGITS, emailsIn } from './patterns.ts'
import { identifierOf } from './identifiers.ts'

export type PersonalKind = 'email' | 'phone' | 'person-name' | 'payment-card' | 'iban' | 'national-id' | 'birth-date' | 'address'

export interface Detection {
  readonly kind: PersonalKind
  readonly start: number
  readonly end: number
  /** 0 to 1. */
  readonly confidence: number
}

const TOKEN = /[A-Za-z0-9]+/g
/** What may stand between the groups of an account or identity number. */
const GAP = /^[ \u00a0.+-]$/
/** Groups of the longest number: an IBAN of 34 in fours. */
const MOST_GROUPS = 9
/** Signs and digits of the shortest one. */
const [LEAST_SIGNS, MOST_SIGNS, LEAST_DIGITS] = [8, 34, 6]

const digitCount = (text: string): number => text.replace(/\D+/g, '').length

/** Account and identity numbers in a text: runs of groups of letters and digits whose check digits are right. */
function identifiersIn(text: string): Detection[] {
  if (digitCount(text) < LEAST_DIGITS) return []
  const tokens = [...text.matchAll(TOKEN)]
  const found: Detection[] = []
  for (let at = 0; at < tokens.length; at++) {
    const start = tokens[at]!.index
    let signs = 0
    for (let last = at; last < tokens.length && last < at + MOST_GROUPS; last++) {
      const token = tokens[last]!
      if (last > at && !GAP.test(text.slice(tokens[last - 1]!.index + tokens[last - 1]![0].length, token.index))) break
      signs += token[0].length
      if (signs > MOST_SIGNS) break
      const end = token.index + token[0].length
      const run = text.slice(start, end)
      if (signs < LEAST_SIGNS || digitCount(run) < LEAST_DIGITS) continue
      const known = identifierOf(run)
      if (known !== undefined) found.push({ kind: known.kind, start, end, confidence: known.confidence })
    }
  }
  return found
}

/** A capital letter of Latin script and what follows it in a name: no class that changes with Unicode. */
const CAPITAL = "(?:[A-Z]\\.|[A-Z\\u00c0-\\u00de\\u0100-\\u017f][A-Za-z\\u00c0-\\u024f'\\u2019-]+)(?!\\u2022)"
const NAME = `${CAPITAL}(?:[ \\u00a0](?:(?:van|von|der|den|de|da|di|du|le|la|bin|al|el|dos)[ \\u00a0])*${CAPITAL}){0,3}`
/** Words after which a person is named. */
const TITLE = '(?:[Mm]rs?|[Mm]s|[Mm]iss|[Mm]ev|[Mm]nr|[Dd]r|[Pp]rof|[Cc]apt|[Cc]aptain|[Ss]ir|[Mm]me|[Hh]err|[Ff]rau|[Ss]r|[Ss]ra)\\.?'
const CUE = new RegExp(`(?<![A-Za-z])(${TITLE}|(?:[Ss]poke|[Ss]peak|[Tt]alked|[Tt]alk|[Ww]rote|[Mm]et|[Ll]iaised?)[ ](?:to|with)|(?:[Cc]ontacted|[Pp]honed|[Ee]mailed|[Aa]sk|[Aa]sked)(?:[ ](?:for|by))?|[Aa]ttn:?|[Aa]ttention:|[Cc]/o|[Cc]all)[ \\u00a0]+(?:${TITLE}[ \\u00a0]+)?(${NAME})`, 'g')

/** Everything personal in a text, in order; of two that overlap the surer one. */
export function detect(text: string): readonly Detection[] {
  const found: Detection[] = emailsIn(text).map(([start, end]) => ({ kind: 'email', start, end, confidence: 0.98 }))
  found.push(...identifiersIn(text))
  for (const match of text.matchAll(DIGITS)) {
    if (DATE.test(match[0])) continue
    const digits = match[0].replace(/\D+/g, '')
    if (digits.length > 15) continue
    const confidence = match[0].startsWith('+') ? 0.95 : digits.startsWith('0') && digits.length >= 9 && digits.length <= 11 ? 0.8 : digits.startsWith('00') && digits.length <= 15 && digits.length < match[0].length ? 0.8 : 0.3
    found.push({ kind: 'phone', start: match.index, end: match.index + match[0].length, confidence })
  }
  for (const match of text.matchAll(CUE)) {
    const start = match.index + match[0].length - match[2]!.length
    found.push({ kind: 'person-name', start, end: match.index + match[0].length, confidence: 0.7 })
  }
  found.sort((a, b) => b.confidence - a.confidence || a.start - b.start)
  const kept: Detection[] = []
  for (const one of found) if (kept.every(other => one.end <= other.start || one.start >= other.end)) kept.push(one)
  return kept.sort((a, b) => a.start - b.start)
}

/** A person's name and nothing else, by its form alone: two to four words with capitals. Organisations look the same, so only who knows the column may ask. */
export function looksLikeName(text: string): boolean {
  return WHOLE_NAME.test(text)
}
const WHOLE_NAME = new RegExp(`^(?:[A-Z][a-z]{1,3}\\.? )?${CAPITAL}(?:[ \\u00a0](?:(?:van|von|der|den|de|da|di|du|le|la|bin|al|el|dos)[ \\u00a0])*${CAPITAL}){1,3}$`)
