/**
 * Names of people: `First Last`, one item per person. Forms of address go, a role beside the name goes to the role field,
 * "Surname, First" is turned round, and names in capitals or small letters alone get the usual capitals.
 * Mixed case is left alone: people know how they are written.
 */
import { foldWord } from './clean.ts'
import { isEmail } from './address-spec.ts'
import { createNormaliser, type Draft } from './normaliser.ts'
import { stripHonorifics } from './honorific.ts'
import { repairCase } from './name-case.ts'
import { splitPeople } from './people.ts'
import { isBracketRole, isPost, isRole, isRoleNoun } from './role.ts'
import { GENERATIONS, HONORIFICS, PARTICLES, POSTNOMINALS } from './tables/honorifics.ts'

/** The usual shapes: a form of address perhaps, words with one capital each and particles between them, something in brackets perhaps. */
const USUAL = /^((?:Mr|Mrs|Ms|Miss|Dr|Prof|Capt|Adv|Mnr|Mev)\.? )?([A-Z][a-z]+(?: (?:van|der|de|den|du|von|la))*(?: [A-Z][a-z]+){1,3})(?: \(([A-Za-z][A-Za-z &/-]*)\))?$/
const LETTER = /[A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\uffff]/
const EMAIL = /[^\s<>()[\],;:"'|/]+@[^\s<>()[\],;:"'|/]+\.[^\s<>()[\],;:"'|/]+/g
const PHONE = /(?:\+ ?|\b)\(?\d[\d ()./-]{6,}\d/g
const CONJUNCTIONS: ReadonlySet<string> = new Set(['and', 'en', 'und', 'et', 'y', '&', '/'])

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
    if (HONORIFICS.has(folded) || POSTNOMINALS.has(folded) || isRoleNoun(folded) || CONJUNCTIONS.has(folded)) return true
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
    if (isRole(dash[2]!) || (dash[1]!.includes(' ') && isPost(dash[2]!))) {
      roles.push(dash[2]!.trim())
      text = dash[1]!.trim()
    } else if (isRole(dash[1]!) || (dash[2]!.includes(' ') && isPost(dash[1]!))) {
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
