/**
 * Names of people: `First Last`, one item per person. Forms of address go, a role beside the name goes to the role field,
 * "Surname, First" is turned round, and names in capitals or small letters alone get the usual capitals.
 * Mixed case is left alone: people know how they are written.
 */
import { foldWord } from './clean.ts'
import { isEmail } from './address-spec.ts'
import { createNormaliser, type Draft } from './normaliser.ts'
import { GENERATIONS, HONORIFICS, NEEDS_DOT, PARTICLES, POSTNOMINALS } from './tables/honorifics.ts'
import { ROLE_MODIFIERS, ROLE_NOUNS, WEAK_NOUNS } from './tables/roles.ts'

/** The usual shapes: a form of address perhaps, words with one capital each and particles between them, something in brackets perhaps. */
const USUAL = /^((?:Mr|Mrs|Ms|Miss|Dr|Prof|Capt|Adv|Mnr|Mev)\.? )?([A-Z][a-z]+(?: (?:van|der|de|den|du|von|la))*(?: [A-Z][a-z]+){1,3})(?: \(([A-Za-z][A-Za-z &/-]*)\))?$/
const LETTER = /[A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\uffff]/
const EMAIL = /[^\s<>()[\],;:"'|/]+@[^\s<>()[\],;:"'|/]+\.[^\s<>()[\],;:"'|/]+/g
const PHONE = /(?:\+ ?|\b)\(?\d[\d ()./-]{6,}\d/g
const CONJUNCTIONS: ReadonlySet<string> = new Set(['and', 'en', 'und', 'et', 'y', '&', '/'])
const MAX_PEOPLE = 20

interface Person {
  readonly name: string
  readonly role: string
}

/** The people in a cell. `extra.role` is the first one's role; those of others are set aside. */
export const normalisePersonName = createNormaliser('person-name', (text, draft) => {
  const usual = USUAL.exec(text)
  if (usual !== null && !mayHaveHonorific(usual[2]!)) {
    const bracket = usual[3]
    if (bracket === undefined || (isBracketRole(bracket) && !HONORIFICS.has(foldWord(bracket)))) {
      if (usual[1] !== undefined) draft.rule('HONORIFIC_REMOVED')
      if (bracket !== undefined) {
        draft.rule('ROLE_FROM_NAME')
        draft.role = bracket
      }
      return draft.add(usual[2]!)
    }
  }
  const people: Person[] = []
  for (const piece of splitPeople(takeContacts(text, draft))) {
    for (const person of readPeople(piece, draft)) {
      if (person.name === '') {
        // A role of its own belongs to the person before it, or to one whose name is not known.
        const last = people.pop()
        people.push({ name: last?.name ?? '', role: last === undefined || last.role === '' ? person.role : `${last.role} & ${person.role}` })
      } else {
        const last = people[people.length - 1]
        if (last !== undefined && last.name === '') people[people.length - 1] = { name: person.name, role: person.role === '' ? last.role : `${last.role} & ${person.role}` }
        else people.push(person)
      }
    }
  }
  if (people.length === 0) return draft.misplaced === null ? draft.fail('PERSON_NAME_INVALID') : undefined
  people.forEach((person, index) => {
    if (person.role !== '') {
      draft.rule('ROLE_FROM_NAME')
      if (index === 0) draft.role = person.role
      else draft.aside('ROLE_SET_ASIDE', person.role)
    }
    if (person.name !== '') draft.add(person.name)
  })
  if (draft.items.length > 1) draft.rule('ITEM_SPLIT')
  if (draft.rules.length === 0 && draft.items.length === 1 && draft.items[0] !== draft.raw) draft.rule('SPACING')
})

function mayHaveHonorific(text: string): boolean {
  for (const word of text.split(' ')) {
    const folded = word.toLowerCase()
    if (HONORIFICS.has(folded) || POSTNOMINALS.has(folded) || (ROLE_NOUNS.has(folded) && !WEAK_NOUNS.has(folded)) || CONJUNCTIONS.has(folded)) return true
  }
  return false
}

/** The text without e-mail addresses and phone numbers, which move to their fields. */
function takeContacts(text: string, draft: Draft): string {
  let rest = text
  if (rest.includes('@')) {
    rest = rest.replace(EMAIL, word => {
      const small = word.toLowerCase().replace(/^mailto:/, '').replace(/\.+$/, '')
      if (!isEmail(small)) return word
      draft.move('email', small, 'EMAIL_IN_NAME')
      return ' '
    })
  }
  if (/\d{3}/.test(rest)) {
    rest = rest.replace(PHONE, digits => {
      const count = digits.replace(/\D/g, '').length
      if (count < 9 || count > 15) return digits
      draft.move('phone', digits.trim(), 'PHONE_IN_NAME')
      return ' '
    })
  }
  if (rest === text) return text
  return rest.replace(/[(<[] *[)>\]]/g, ' ').replace(/\b(?:tel|cell|phone|mobile|e-?mail|mail)\b\.? *:? *(?=$|[\n;,])/gi, ' ').replace(/ +/g, ' ').replace(/^[\s,;:|–—-]+|[\s,;:|–—-]+$/g, '')
}

/** The parts of a cell that are one person each, with brackets left whole. */
function splitPeople(text: string): readonly string[] {
  const closed = text.replace(/\n(?=[^(]*\))/g, ' ')
  const lines = closed.split('\n').map(line => line.trim()).filter(line => line !== '')
  const whole = lines.length > 1 && lines.every(line => line.includes(' ') || isRole(line) || /[;,(]/.test(line)) ? lines : [lines.join(' ')]
  const out: string[] = []
  for (const line of whole) {
    let depth = 0
    let from = 0
    for (let at = 0; at < line.length; at++) {
      const sign = line[at]!
      if (sign === '(' || sign === '[') depth++
      else if (sign === ')' || sign === ']') depth = Math.max(0, depth - 1)
      if (depth > 0) continue
      let width = 0
      if (sign === ';' || sign === '|') width = 1
      else if (sign === '&' || (sign === '/' && /[^\d]/.test(line[at + 1] ?? ' ') && !/\b[a-z]$/i.test(line.slice(Math.max(0, at - 2), at)))) width = 1
      else if (sign === ' ') width = /^ (?:and|en|und|et) /i.exec(line.slice(at, at + 5))?.[0].length ?? 0
      if (width === 0) continue
      out.push(line.slice(from, at))
      from = at + width
      at = from - 1
    }
    out.push(line.slice(from))
  }
  const parts = out.map(part => part.trim()).filter(part => part !== '')
  return parts.length > MAX_PEOPLE ? [parts.join(' & ')] : shareSurname(parts)
}

/** "Jan & Marie Smit": one surname for both. "Mr & Mrs Smit": one person's worth of name. */
function shareSurname(parts: readonly string[]): readonly string[] {
  if (parts.length < 2) return parts
  const last = parts[parts.length - 1]!
  const words = last.replace(/ *[([].*$/, '').split(' ').filter(word => !HONORIFICS.has(foldWord(word)))
  return parts.flatMap((part, index) => {
    if (HONORIFICS.has(foldWord(part)) && part.replace(/\./g, '').length > 1) return []
    if (index === parts.length - 1 || part.includes(' ') || words.length < 2 || isRole(part) || isRole(last) || !/^[A-ZÀ-Þ][A-Za-zÀ-ɏ'’-]+$/.test(part) || /[,(]/.test(last)) return [part]
    return [`${part} ${words.slice(1).join(' ')}`]
  })
}

/** Whether the words are the name of a post and nothing else. */
export function isRole(text: string): boolean {
  const words = foldWord(text.replace(/-/g, ' ')).split(' ')
  let strong = 0
  for (const word of words) {
    if (ROLE_NOUNS.has(word)) strong += WEAK_NOUNS.has(word) ? 0.5 : 1
    else if (!ROLE_MODIFIERS.has(word)) return false
  }
  return strong >= 1 || (strong > 0 && words.length > 1)
}

/** Whether the words in a bracket are a role rather than a nickname. */
function isBracketRole(text: string): boolean {
  const words = foldWord(text.replace(/-/g, ' ')).split(' ')
  if (words.some(word => ROLE_NOUNS.has(word))) return true
  if (/^[A-Z]{2,5}$/.test(text)) return true
  return words.length > 1 || /^[a-zà-ÿ]/.test(text)
}

/** The person, or the people, in one part. An empty name with a role is a role alone. */
function readPeople(part: string, draft: Draft): readonly Person[] {
  let text = part.replace(/^[\s,;:.|*"“”–—-]+|[\s,;:|*"“”–—-]+$/g, '')
  const roles: string[] = []
  if (/[([]/.test(text) || /[)\]]/.test(text)) {
    const open = text.replace(/\[/g, '(').replace(/\]/g, ')')
    const closed = balance(open)
    if (closed !== open) draft.rule('BRACKET_REPAIRED')
    text = closed.replace(/ *\(([^()]*)\) */g, (_, inner: string) => {
      const content = inner.trim()
      if (content === '') return ' '
      if (HONORIFICS.has(foldWord(content))) {
        draft.rule('HONORIFIC_REMOVED')
        return ' '
      }
      if (!LETTER.test(content)) return ` (${content}) `
      if (isBracketRole(content)) {
        roles.push(content)
        return ' '
      }
      return ` (${content}) `
    }).replace(/ +/g, ' ').replace(/ ,/g, ',').trim()
    text = text.replace(/^[\s,;:–—-]+|[\s,;:–—-]+$/g, '')
  }
  const dash = /^(.+?)(?: +[-–—]+ *| *[-–—]+ +| *: *|[–—])(.+)$/.exec(text)
  if (dash !== null) {
    if (isRole(dash[2]!)) {
      roles.push(dash[2]!.trim())
      text = dash[1]!.trim()
    } else if (isRole(dash[1]!)) {
      roles.push(dash[1]!.trim())
      text = dash[2]!.trim()
    }
  }
  const role = roles.join(' & ')
  if (text === '' || isRole(text)) {
    const all = [text, role].filter(each => each !== '').join(' & ')
    return all === '' ? [] : [{ name: '', role: all }]
  }
  const parts = text.split(',').map(each => each.trim()).filter(each => each !== '')
  return withCommas(parts, role, draft)
}

function balance(text: string): string {
  let depth = 0
  let out = ''
  for (const sign of text) {
    if (sign === '(') depth++
    else if (sign === ')') {
      if (depth === 0) continue
      depth--
    }
    out += sign
  }
  return out + ')'.repeat(depth)
}

function withCommas(parts: readonly string[], role: string, draft: Draft): readonly Person[] {
  const last = parts[parts.length - 1]
  if (last === undefined) return []
  if (parts.length > 1) {
    const rest = parts.slice(0, -1)
    if (isRole(last)) return withCommas(rest, role === '' ? last : `${last} & ${role}`, draft)
    if (isRole(parts[0]!) && parts.length === 2) return withCommas(parts.slice(1), role === '' ? parts[0]! : `${parts[0]!} & ${role}`, draft)
    if (last.split(' ').every(word => POSTNOMINALS.has(foldWord(word).replace(/ /g, '')))) {
      draft.rule('HONORIFIC_REMOVED')
      return withCommas(rest, role, draft)
    }
    if (GENERATIONS.has(foldWord(last))) return withCommas([...rest.slice(0, -1), rest.length === 2 ? rest[1]! : rest[rest.length - 1]!], role, draft).map((person, index) => (index === 0 ? { name: `${person.name} ${GENERATIONS.get(foldWord(last))!}`, role: person.role } : person))
    if (HONORIFICS.has(foldWord(last)) && last.replace(/\./g, '').length > 1) {
      draft.rule('HONORIFIC_REMOVED')
      return withCommas(rest, role, draft)
    }
    if (parts.length > 2 || (isFullName(parts[0]!) && isFullName(last))) {
      if (parts.every(isFullName)) return parts.map((each, index) => ({ name: oneName(each, draft), role: index === 0 ? role : '' })).filter(person => person.name !== '')
      return [{ name: oneName(parts.join(' '), draft), role }].filter(person => person.name !== '')
    }
    draft.rule('NAME_ORDER')
    const given = stripHonorifics(last, draft).split(' ')
    const generation = given.length > 1 ? GENERATIONS.get(foldWord(given[given.length - 1]!)) : undefined
    if (generation !== undefined) given.pop()
    return [{ name: oneName(`${given.join(' ')} ${stripHonorifics(parts[0]!, draft)} ${generation ?? ''}`.trim(), draft), role }].filter(person => person.name !== '')
  }
  const name = oneName(last, draft)
  return name === '' ? (role === '' ? [] : [{ name: '', role }]) : [{ name, role }]
}

/** Given name and surname, as opposed to a surname of several words. */
function isFullName(text: string): boolean {
  const words = text.split(' ').filter(word => !HONORIFICS.has(foldWord(word)))
  return words.length >= 2 && !PARTICLES.has(words[0]!.toLowerCase()) && words.every(word => LETTER.test(word)) && !words.some(word => /^[A-Z]\.?$/.test(word)) && !words.every(word => word.replace(/\./g, '').length <= 2)
}

function stripHonorifics(text: string, draft: Draft): string {
  const words = text.replace(/\b(Mr|Mrs|Ms|Dr|Prof|Capt|Adv|Rev|Mnr|Mev)\.(?=\S)/gi, '$1. ').split(' ')
  let from = 0
  while (from < words.length - 1 && isHonorific(words[from]!)) from++
  let to = words.length
  while (to > from + 1 && isTrailer(words[to - 1]!, to - from)) to--
  if (from === 0 && to === words.length) return text
  draft.rule('HONORIFIC_REMOVED')
  return words.slice(from, to).join(' ')
}

function isHonorific(word: string): boolean {
  const folded = foldWord(word)
  if (!HONORIFICS.has(folded)) return false
  return !NEEDS_DOT.has(folded) || word.endsWith('.')
}

function isTrailer(word: string, words: number): boolean {
  if (words < 3) return /^(?:mr|mrs|ms|dr|prof|mnr|mev)\.?$/i.test(word) && words > 1
  const folded = foldWord(word).replace(/ /g, '')
  return /^(?:mr|mrs|ms|dr|prof|mnr|mev)\.?$/i.test(word) || (POSTNOMINALS.has(folded) && folded !== 'ma' && folded !== 'ba' && folded !== 'ca' && folded !== 'nd' && folded !== 'med' && folded !== 'dip' && folded !== 'bed')
}

/** One name in its final form; '' when there is no letter in it. */
function oneName(text: string, draft: Draft): string {
  if (!LETTER.test(text)) return ''
  let name = stripHonorifics(text.replace(/ +/g, ' ').replace(/[,;]+/g, ' ').replace(/ +/g, ' ').trim(), draft)
  name = name.replace(/^[\s.:|*"“”–—-]+|[\s:|*"“”–—-]+$/g, '')
  if (/[a-z]\.$/.test(name) && !/\b(?:jr|sr|jnr|snr)\.$/i.test(name) && name.includes(' ')) name = name.slice(0, -1)
  const cased = repairCase(name)
  if (cased !== name) draft.rule('CASE_REPAIRED')
  return LETTER.test(cased) ? cased : ''
}

function repairCase(name: string): string {
  // eslint-disable-next-line no-control-regex
  if (!/[A-Za-zÀ-ɏ]/.test(name) || /[^\u0000-\u024f‘’]/.test(name)) return name
  const lower = name.toLowerCase()
  const upper = name.toUpperCase()
  if (name === lower) return lower === upper ? name : titleCase(name, false)
  return name === upper && name.replace(/[^A-ZÀ-Þ]/g, '').length > 2 ? titleCase(name, true) : name
}

function titleCase(name: string, capitals: boolean): string {
  const words = name.split(' ')
  return words
    .map((word, index) => {
      const lower = word.toLowerCase()
      const generation = GENERATIONS.get(lower.replace(/\./g, ''))
      if (generation !== undefined && index > 0) return generation
      if (index > 0 && index < words.length - 1 && PARTICLES.has(lower)) return lower
      // Initials: "JP", "P.J.".
      if (capitals && (/^(?:[A-Z]\.)+[A-Z]?$/.test(word) || (/^[A-Z]{2,3}$/.test(word) && words.length > 1 && index < words.length - 1 && !/[AEIOUY]/.test(word)))) return word
      return lower
        .replace(/(^|[-'’.(])([a-zà-öø-ɏ])/g, (_, before: string, letter: string) => before + letter.toUpperCase())
        .replace(/^Mc([a-z])/, (_, letter: string) => `Mc${letter.toUpperCase()}`)
        .replace(/(['’])S$/, '$1s')
    })
    .join(' ')
    .normalize('NFC')
}
