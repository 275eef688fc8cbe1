/** The match key of an organisation's name: two spellings of one name have the same key. */
import { ACCENTED_SCRIPTS, INVISIBLE, SEPARATORS } from './characters.ts'

/**
 * Legal forms of ZA, UK, US, DE, FR and NL, as folded words. They are dropped only as whole words at the end of a
 * name or of a bracket, longest phrase first, and never when nothing would be left.
 */
const LEGAL_FORMS: readonly string[] = [
  // South Africa
  'pty ltd', 'pty limited', 'p l', 'proprietary limited', 'proprietary ltd', 'pty', 'proprietary', 'edms bpk', 'eiendoms beperk', 'edms', 'eiendoms', 'bpk',
  'beperk', 'cc', 'close corporation', 'bk', 'npc', 'rf', 'soc ltd', 'soc', 'npo', 'ltd', 'limited',
  // United Kingdom
  'plc', 'public limited company', 'llp', 'limited liability partnership', 'lp', 'limited partnership', 'cic', 'cio', 'unlimited',
  // United States
  'inc', 'incorporated', 'corp', 'corporation', 'co', 'company', 'llc', 'limited liability company', 'lc', 'pllc', 'pbc', 'pc', 'lllp',
  // Germany
  'gmbh', 'ggmbh', 'mbh', 'ag', 'aktiengesellschaft', 'kg', 'kommanditgesellschaft', 'kgaa', 'ohg', 'gbr', 'ug', 'haftungsbeschrankt', 'ug haftungsbeschrankt',
  'ev', 'eg', 'ek', 'se', 'partg', 'partgmbb', 'gmbh and co kg', 'gmbh co kg', 'gmbh and co', 'ag and co kg', 'ug and co kg', 'and co kg', 'gmbh and co kgaa',
  'gmbh and co ohg', 'gesellschaft mit beschrankter haftung', 'and co', 'co kg',
  // France
  'sa', 'sas', 'sasu', 'sarl', 'eurl', 'snc', 'sci', 'scop', 'scs', 'sca', 'selarl', 'societe anonyme', 'societe par actions simplifiee',
  'societe a responsabilite limitee', 'et cie', 'and cie', 'cie',
  // Netherlands
  'bv', 'nv', 'vof', 'cv', 'besloten vennootschap', 'naamloze vennootschap', 'vennootschap onder firma', 'commanditaire vennootschap', 'ua', 'ba', 'wa'
]
const LEGAL = new Set(LEGAL_FORMS)
const LONGEST_FORM = LEGAL_FORMS.reduce((most, form) => Math.max(most, form.split(' ').length), 0)

const PLAIN = /^[A-Za-z0-9 ]+$/
const TRADING_AS = new RegExp(
  `(?<![^${SEPARATORS}])(?:t\\s*[/\\\\]\\s*as?|t\\.\\s?a\\.|trading\\s+as|trades\\s+as|d\\s*[/\\\\]\\s*b\\s*[/\\\\]\\s*a|d\\.b\\.a\\.|dba|doing\\s+business\\s+as|h\\s*[/\\\\]\\s*a|handeldrywende\\s+as|handelend\\s+onder\\s+de\\s+naam|h\\.o\\.d\\.n\\.|firmierend\\s+als)(?![^${SEPARATORS}])[\\s:]*`,
  'iu'
)
const ACCENTS = new RegExp(`(?<=[${ACCENTED_SCRIPTS}])[\\u0300-\\u036f]+`, 'gu')
const SILENT = new RegExp(`['’‘ʼ\`´${INVISIBLE}]`, 'gu')
/** Initials belong together: "B.V.", "b. v." and "BV" are one word. */
const INITIALS = new RegExp(`(?<![^${SEPARATORS}])[^${SEPARATORS}](?:\\.\\s?[^${SEPARATORS}](?![^${SEPARATORS}]))+\\.?`, 'gu')
const GAPS = new RegExp(`[${SEPARATORS}]+`, 'gu')
/** What stands in brackets and is a remark on the organisation, not a part of its name. */
const REMARK =
  /^(?:formerly|previously|prev|former|ex|was|now|also|aka|a k a|known as|fka|nka|closed|inactive|active|dormant|liquidated|in liquidation|status|duplicate|dup|new|old|unconfirmed|uncertain|tbc|see|not|no longer|merged)(?: |$)/
const LIGATURES: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'], ['æ', 'ae'], ['œ', 'oe'], ['ø', 'o'], ['ł', 'l'], ['đ', 'd'], ['ð', 'd'], ['þ', 'th'], ['ı', 'i'], ['ħ', 'h'], ['ŧ', 't']
])

/** A name apart from the names under which it trades: `Northwind (Pty) Ltd t/a Sky School` → `Northwind (Pty) Ltd`, [`Sky School`]. */
export interface TradingNames {
  readonly name: string
  readonly aliases: readonly string[]
}

/** Splits an organisation's name at "t/a", "trading as" and their like. Text without them comes back trimmed, with no alias. */
export function tradingNames(text: string): TradingNames {
  // Every marker has an "a" beside a slash, a dot or one of these words, so most names skip the pattern.
  if (!/[/\\.]|trad|dba|doing|hande|firmierend/i.test(text)) return { name: text.trim(), aliases: [] }
  const parts = text.split(TRADING_AS).map(part => tidy(part)).filter(part => part !== '')
  return parts.length === 0 ? { name: text.trim(), aliases: [] } : { name: parts[0]!, aliases: parts.slice(1) }
}

/** Trims a part of a name, and drops a bracket that lost its other half. */
function tidy(part: string): string {
  let text = part.trim().replace(/^[\s,;:\-–—]+|[\s,;:\-–—]+$/gu, '')
  if (text.endsWith('(') || text.endsWith('[')) text = text.slice(0, -1).trim()
  if (text.endsWith(')') && !text.includes('(')) text = text.slice(0, -1).trim()
  if (text.endsWith(']') && !text.includes('[')) text = text.slice(0, -1).trim()
  return text
}

/**
 * Lower-case words without accents and punctuation, joined by single spaces; '' when there is no letter or digit.
 * Marks are dropped from Latin and Greek letters only: in other scripts they tell words apart.
 */
export function foldWords(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase().replace(/ +/g, ' ').trim()
  return text
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßæœøłđðþıħŧ]/g, letter => LIGATURES.get(letter)!)
    .replace(SILENT, '')
    .replace(/[&+＆]/g, ' and ')
    .replace(INITIALS, initials => initials.replace(/[.\s]/g, ''))
    .replace(GAPS, ' ')
    .trim()
}

function withoutLegalForms(words: readonly string[], keepOne: boolean): readonly string[] {
  let end = words.length
  let found = true
  while (found) {
    found = false
    for (let length = Math.min(LONGEST_FORM, end); length > 0; length--) {
      if (keepOne && length >= end) continue
      if (!LEGAL.has(length === 1 ? words[end - 1]! : words.slice(end - length, end).join(' '))) continue
      end -= length
      found = true
      break
    }
  }
  return end === words.length ? words : words.slice(0, end)
}

function isAcronym(word: string, words: readonly string[]): boolean {
  if (words.length < 2 || word.includes(' ') || word.length < 2) return false
  const initials = words.map(each => each[0]!).join('')
  const without = words.filter(each => each !== 'and' && each !== 'of' && each !== 'the').map(each => each[0]!).join('')
  return initials.startsWith(word) || without.startsWith(word)
}

/** Text outside brackets, and the text of each bracket, in order. */
function segments(text: string): readonly { readonly text: string; readonly bracket: boolean }[] {
  const out: { text: string; bracket: boolean }[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!
    if (sign === '(' || sign === '[' || sign === '（') {
      out.push({ text: text.slice(from, at), bracket: depth > 0 })
      depth++
      from = at + 1
    } else if (depth > 0 && (sign === ')' || sign === ']' || sign === '）')) {
      out.push({ text: text.slice(from, at), bracket: true })
      depth--
      from = at + 1
    }
  }
  out.push({ text: text.slice(from), bracket: depth > 0 })
  return out
}

function keyOf(text: string, brackets: boolean): string {
  if (PLAIN.test(text)) {
    const words = foldWords(text).split(' ')
    return withoutArticle(withoutLegalForms(words, true)).join(' ')
  }
  const kept: string[] = []
  for (const segment of segments(text)) {
    const folded = foldWords(segment.text)
    if (folded === '') continue
    const words = withoutLegalForms(folded.split(' '), false)
    if (words.length === 0) continue
    if (segment.bracket && kept.length > 0) {
      if (!brackets || REMARK.test(folded) || isAcronym(folded, kept)) continue
    }
    kept.push(...words)
  }
  if (kept.length > 0) return withoutArticle(kept).join(' ')
  const folded = foldWords(text)
  // A name of signs alone still needs a key of its own.
  return folded === '' ? text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim() : folded
}

function withoutArticle(words: readonly string[]): readonly string[] {
  return words.length > 1 && words[0] === 'the' ? words.slice(1) : words
}

/**
 * THE match key of an organisation's name. Case, accents, punctuation, spacing, "&" or "and", a leading "the", legal
 * forms, trading names after "t/a", and brackets that hold a legal form, an acronym of the name or a remark
 * do not matter; other brackets (a place, a branch) do. Never empty unless the text is blank.
 */
export function organisationKey(text: string): string {
  return keyOf(tradingNames(text).name, true)
}

/** The key with every bracket dropped: a second try for finding an organisation among few, never for merging. */
export function looseOrganisationKey(text: string): string {
  return keyOf(tradingNames(text).name, false)
}
