/** What one column may mean, with a confidence and a reason for each. */
import type { Column } from '../../kernel/artifact/table.ts'
import type { ColumnEvidence } from '../model/evidence.ts'
import { LOWER, UPPER } from '../model/characters.ts'
import { headerKey, headerWords } from '../model/header.ts'
import { organisationKey } from '../model/name-key.ts'
import { OWN_NAME, type Target, type Targets } from './targets.ts'

export interface Candidate {
  readonly target: Target
  readonly confidence: number
  readonly reason: string
}

/** A column under study. */
export interface Subject {
  readonly letter: string
  readonly header: string
  readonly column: Column
  readonly evidence: ColumnEvidence
}

const SIMILAR = 0.65
const percent = (share: number): string => `${Math.round(share * 100)} %`

/** How well values fit a semantic type, 0 to 1; null when any value would. */
export function supportOf(type: string | undefined, evidence: ColumnEvidence): number | null {
  const { share } = evidence
  switch (type) {
    case 'email':
      return share.email
    case 'phone':
      return Math.min(1, share.phone + evidence.phoneIntegers)
    case 'url':
      return share.url
    case 'date':
      return Math.min(1, share.date + share.number)
    case 'number':
    case 'currency':
      return Math.min(1, share.number + share.phone)
    default:
      return null
  }
}

/** What values that belong to another type say against a text-like field: the share of e-mails, phones, or addresses of the web. */
function contradiction(type: string | undefined, evidence: ColumnEvidence): { readonly share: number; readonly what: string } {
  const { share } = evidence
  if (type === 'email' || type === 'phone' || type === 'url' || type === 'identifier') return { share: 0, what: '' }
  if (share.email >= 0.6) return { share: share.email, what: 'e-mail addresses' }
  if (type === undefined || type === 'text' || type === 'number' || type === 'date') return { share: 0, what: '' }
  if (share.url >= 0.6) return { share: share.url, what: 'web addresses' }
  return share.phone >= 0.6 ? { share: share.phone, what: 'phone numbers' } : { share: 0, what: '' }
}

function stem(word: string): string {
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word
}

/** Similarity of two headers by their words, 0 to 1. What they are about stands last, so a different last word weighs against them. */
export function wordSimilarity(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0
  const left = a.map(stem)
  const right = new Set(b.map(stem))
  const shared = left.filter(word => right.has(word)).length
  const dice = (2 * shared) / (a.length + b.length)
  return left.at(-1) === stem(b.at(-1)!) ? dice : dice * 0.8
}

/** Variants of a header: as it is, without brackets, its last part below merged headers, without a number at the end. */
function variants(header: string): readonly { readonly text: string; readonly cost: number; readonly why: string }[] {
  const out = [{ text: header, cost: 0, why: '' }]
  const bare = header.replace(/[([{].*?[)\]}]/g, ' ').trim()
  if (bare !== header && bare !== '') out.push({ text: bare, cost: 0.03, why: ' without the bracket' })
  const parts = header.split(' / ')
  if (parts.length > 1) {
    out.push({ text: parts.join(' '), cost: 0, why: '' })
    out.push({ text: parts.at(-1)!, cost: 0.05, why: ' in the last header row' })
  }
  const unnumbered = bare.replace(/(?:\s|_)*(?:#|no\.?)?\s*\d{1,2}$/i, '').replace(/^(?:contact|person) \d{1,2}\b/i, 'contact')
  if (unnumbered !== bare && unnumbered !== '') out.push({ text: unnumbered, cost: 0.04, why: ' without the number' })
  return out
}

/** Candidates from the header, checked against the values; best first is not promised. */
export function headerCandidates(subject: Subject, targets: Targets): Candidate[] {
  if (subject.header === '') return []
  const out: Candidate[] = []
  const forms = variants(subject.header).map(form => ({ ...form, key: headerKey(form.text), words: headerWords(form.text) }))
  for (const target of targets.all) {
    let confidence = 0
    let reason = ''
    for (const { key, cost, why, words } of forms) {
      const named = target.names.get(key)
      if (named !== undefined && named - cost > confidence) {
        confidence = named - cost
        reason = named === OWN_NAME ? `the header${why} is the field's name` : `the header${why} is a known name of it`
      }
      if (confidence >= 0.8 || target.picks) continue
      let similarity = 0
      for (const known of target.words) similarity = Math.max(similarity, wordSimilarity(words, known))
      const scaled = 0.3 + 0.5 * similarity - cost
      if (similarity >= SIMILAR && scaled > confidence) {
        confidence = scaled
        reason = `the header${why} is like a known name (${percent(similarity)})`
      }
    }
    if (confidence === 0) continue
    out.push(weigh(subject, target, confidence, reason))
  }
  return out.filter(candidate => candidate.confidence >= 0.35)
}

/** Evidence in the values moves a confidence that rests on the header; a field's own name is never doubted. */
function weigh(subject: Subject, target: Target, confidence: number, reason: string): Candidate {
  const { evidence } = subject
  if (confidence >= OWN_NAME || evidence.sample.length === 0) return { target, confidence, reason }
  const type = target.field.type
  const support = supportOf(type, evidence)
  const against = contradiction(type, evidence)
  if (against.share > 0) return { target, confidence: confidence * 0.5, reason: `${reason}, but ${percent(against.share)} of the values look like ${against.what}` }
  if (support === null) return { target, confidence, reason }
  if (support < 0.2 && evidence.sample.length >= 5) return { target, confidence: confidence * 0.6, reason: `${reason}, but only ${percent(support)} of the values look like one` }
  if (confidence < 0.9 && support >= 0.6) return { target, confidence: Math.min(0.9, confidence + 0.1), reason: `${reason}, and ${percent(support)} of the values look like one` }
  return { target, confidence, reason }
}

/** Candidates from the values alone: e-mail, phone and web addresses speak for themselves. */
export function valueCandidates(subject: Subject, targets: Targets): Candidate[] {
  const { evidence } = subject
  const out: Candidate[] = []
  const speak = (type: string, share: number, floor: number, what: string): void => {
    if (share < floor) return
    for (const target of targets.all) {
      if (target.field.type !== type || target.picks || target.id.includes('/')) continue
      // A group keeps every e-mail and phone; a single field keeps one.
      out.push({ target, confidence: (target.group === '' ? 0.45 : 0.5) + 0.25 * share, reason: `${percent(share)} of the values look like ${what}` })
    }
  }
  speak('email', evidence.share.email, 0.6, 'e-mail addresses')
  // Long integers alone may be any code; beside phones that were typed as text they are phones stored as numbers.
  const integers = subject.header === '' && (evidence.share.phone > 0 || evidence.phoneIntegers >= 0.9) ? evidence.phoneIntegers : 0
  speak('phone', evidence.share.phone + integers, 0.7, 'phone numbers')
  speak('url', evidence.share.url, 0.6, 'web addresses')
  return out
}

/** Folded values that columns with a telling header hold, per target, with where they stand. */
export interface ValuePool {
  readonly target: Target
  readonly values: Set<string>
}

/** How values are compared between columns. */
export function poolKey(target: Target, text: string): string {
  return target.field.type === 'organisation-name' ? organisationKey(text) : text.trim().toLowerCase()
}

const COMPANY = /\b(?:pty|ltd|limited|inc|llc|plc|gmbh|ag|kg|bv|nv|sarl|sas|cc|npc|aviation|airways|school|academy|club|college|university|institute|company|group|holdings|services|trust|foundation|society|association|centre|center)\b|\bt\/a\b/iu
const STREET = /\d.*\b(?:road|rd|street|st|avenue|ave|drive|lane|close|crescent|way|hangar|highway|boulevard|straat|weg|laan)\b|\b(?:airport|airfield|aerodrome|p\.?\s?o\.? box|posbus|postfach|stra(?:ss|ß)e \d|rue )/iu
const PERSON = new RegExp(
  `^(?:(?:mr|mrs|ms|miss|dr|prof|herr|frau|capt)\\.?\\s+)?[${UPPER}][${LOWER}${UPPER}'’-]+(?:\\s+(?:van|von|de|der|den|du|la|le|di|da))*(?:\\s+[${UPPER}][${LOWER}${UPPER}'’.-]*){1,3}(?:\\s*\\(.*\\))?$`,
  'u'
)

/** Candidates for a column without a header, from values that stand in other columns too, and from how names look. */
export function kinshipCandidates(subject: Subject, targets: Targets, pools: readonly ValuePool[]): Candidate[] {
  const out: Candidate[] = []
  const { sample, share } = subject.evidence
  if (sample.length === 0 || share.text < 0.5) return out
  for (const { target, values } of pools) {
    const known = sample.filter(text => values.has(poolKey(target, text))).length / sample.length
    if (known >= 0.3) out.push({ target, confidence: 0.5 + 0.3 * known, reason: `${percent(known)} of the values also stand in columns of that name` })
  }
  const identity = targets.all.find(target => target.field === targets.identity && target.group === '')
  const companies = sample.filter(text => COMPANY.test(text)).length / sample.length
  if (identity !== undefined && identity.field.type === 'organisation-name' && companies >= 0.3 && subject.evidence.distinct >= subject.evidence.filled * 0.6) {
    out.push({ target: identity, confidence: 0.5 + 0.2 * companies, reason: `${percent(companies)} of the values look like names of organisations` })
  }
  const places = sample.filter(text => STREET.test(text)).length / sample.length
  if (places >= 0.5) {
    const address = targets.all.find(target => target.group === '' && target.field.type === 'address' && !target.picks)
    if (address !== undefined) out.push({ target: address, confidence: 0.4 + 0.25 * places, reason: `${percent(places)} of the values look like addresses` })
  }
  const people = sample.filter(text => PERSON.test(text.trim()) && !COMPANY.test(text)).length / sample.length
  if (people >= 0.7 && companies < 0.2) {
    for (const target of targets.all) {
      if (target.field.type === 'person-name' && !target.picks && !target.id.includes('/')) out.push({ target, confidence: 0.4 + 0.15 * people, reason: `${percent(people)} of the values look like names of people` })
    }
  }
  return out
}
