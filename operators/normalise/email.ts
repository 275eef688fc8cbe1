/** E-mail addresses, in small letters throughout. */
import { oneLine } from './clean.ts'
import { isEmail, looksLikeUrl } from './address-spec.ts'
import { createNormaliser, type Draft } from './normaliser.ts'
import { isPost } from './role.ts'

/** The usual case, told at once. */
const SIMPLE = /^[a-z0-9]+(?:[._+-][a-z0-9]+)*@[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{2,24}$/
const LABEL = /^(?:e-?mail|mail|email address|epos|e-pos|courriel)(?: ?\d)?$/i
const PHONE = /(?:\+ ?|\b)\d[\d .-]{6,}\d(?!\d)/g
const PHONE_LABEL = /\b(?:tel(?:ephone)?|phone|ph|cell(?:phone)?|mobile|mob|landline|fax|call)\b\.? *:?/gi
const JOINER = /^(?:and|or|en|und|et|of|oder|ou|cc|bcc|to|&|\+|-|–|—|\/|:)$/i

/**
 * The addresses in a cell. The part before the @ is made small too: RFC 5321 lets a host tell cases apart, hardly
 * one does, and the same mailbox under two spellings would count as two. Names, phone numbers and web
 * addresses among them move to their own fields.
 */
export const normaliseEmail = createNormaliser('email', (text, draft) => {
  if (text.length < 255) {
    if (SIMPLE.test(text)) return draft.add(text)
    const bare = text.endsWith('.') ? text.slice(0, -1) : text
    const small = bare.toLowerCase()
    if (SIMPLE.test(small)) {
      if (bare !== text) draft.rule('TRAILING_SIGNS')
      if (small !== bare) draft.rule('LOWER_CASE')
      return draft.add(small)
    }
  }
  const plain = text.normalize('NFKC')
  let rest = plain
    .replace(/ ?[[({] ?(?:at|@) ?[\])}] ?/gi, '@')
    .replace(/ ?[[({] ?(?:dot|\.) ?[\])}] ?/gi, '.')
    .replace(/(?<=[^\s;,<]) ?@ ?(?=[^\s@])/g, '@')
    .replace(/\bmailto: */gi, () => {
      draft.rule('MAILTO_REMOVED')
      return ' '
    })
  // "Name <address>", the name perhaps in quotation marks.
  rest = rest.replace(/(?:"([^"<>\n]*)"|'([^'<>\n]*)'|([^<>;,\n"]*?)) *<\s*([^<>\s]+@[^<>\s]+)\s*>/g, (all, a: string | undefined, b: string | undefined, c: string | undefined, address: string) => {
    const name = (a ?? b ?? c ?? '').trim().replace(/^(?:and|or|&|\/)\s+/i, '')
    if (isPost(name)) draft.aside('TEXT_BESIDE_VALUE', name)
    else if (name !== '' && !name.includes('@') && !LABEL.test(name.replace(/:$/, ''))) draft.move('person-name', name, 'NAME_IN_EMAIL')
    else if (name.includes('@') && name.toLowerCase() !== address.toLowerCase()) return ` ${name} ${address} `
    return ` ${address} `
  })
  const words: string[] = []
  let found = 0
  for (const token of rest.split(/[\s;,|<>()[\]"“”«»]+/)) {
    for (const word of token.includes('/') && !/^(?:https?:|www\.)/i.test(token) ? token.split(/\/(?=[^@]*@)|\/$/) : [token]) {
      if (takeWord(word, draft, words)) found++
    }
  }
  const left = takePhones(words.join(' ').trim(), found, draft)
  const digits = left.replace(/\D/g, '').length
  if (digits >= 7 && digits <= 15 && !/[A-Za-z]{3}/.test(left)) draft.move('phone', left, 'PHONE_IN_EMAIL')
  else if (left !== '' && found > 0) draft.aside('TEXT_BESIDE_VALUE', left)
  else if (left !== '') draft.fail('EMAIL_INVALID')
  else if (found === 0 && draft.misplaced === null) draft.fail('EMAIL_INVALID')
  if (draft.items.length > 1) draft.rule('ITEM_SPLIT')
  if (draft.items.length > 0 && draft.rules.length === 0 && draft.items[0] !== draft.raw) draft.rule('TRAILING_SIGNS')
})

/** Takes phone numbers with words around them out of what stands beside an address: `Jan Quill, tel 011 555 0123`. */
function takePhones(left: string, found: number, draft: Draft): string {
  if (found === 0 || !/\d{3}/.test(left)) return left
  const rest = left.replace(PHONE, digits => {
    const count = digits.replace(/\D/g, '').length
    if (count < 9 || count > 16) return digits
    draft.move('phone', digits.trim(), 'PHONE_IN_EMAIL')
    return ' '
  })
  return rest === left ? left : rest.replace(PHONE_LABEL, ' ').replace(/ +/g, ' ').trim()
}

/** Sorts one word of the cell; true when it was recognised, be it as no address. */
function takeWord(token: string, draft: Draft, words: string[]): boolean {
  const word = trimSigns(token)
  if (word === '') return false
  if (!word.includes('@')) {
    if (LABEL.test(word) || JOINER.test(word)) return false
    if (looksLikeUrl(word)) {
      draft.move('url', word, 'URL_IN_EMAIL')
      return true
    }
    words.push(token)
    return false
  }
  if (/^(?:https?:\/\/|www\.)/i.test(word)) {
    draft.move('url', word, 'URL_IN_EMAIL')
    return true
  }
  const bare = word.replace(/^(?:e-?mail|mail)[:=]/i, '').replace(/\?.*$/, '')
  const small = oneLine(bare.toLowerCase().normalize('NFKC'))
  if (!isEmail(small)) {
    draft.fail('EMAIL_INVALID', token)
    return true
  }
  if (small !== bare) draft.rule('LOWER_CASE')
  if (bare !== token) draft.rule('TRAILING_SIGNS')
  draft.add(small)
  return true
}

function trimSigns(word: string): string {
  return word.replace(/^[.,:;'"`*=\\‘’“”]+|[.,:;'"`*\\‘’“”]+$/g, '')
}
