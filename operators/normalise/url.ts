/**
 * Web addresses in one plain form: `https://example.org/path?id=1`. Read by rules of its own rather than by `URL`,
 * whose treatment of names beyond ASCII follows the Unicode version of the runtime.
 *
 * `http` becomes `https` and a leading `www.` goes, so that one site has one address; the raw cell keeps what
 * was there. Paths keep their case; queries are kept without the parameters that only track.
 */
import { isEmail, isHost, isUsualHost, looksLikeUrl } from './address-spec.ts'
import { createNormaliser, type Draft } from './normaliser.ts'
import { LONGEST_SHARED, SHARED_HOSTS, TRACKING } from './tables/web.ts'

const SIMPLE = /^https:\/\/(?!www\.)[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{2,24}(?:\/[A-Za-z0-9_~-]+)*$/
const OTHER_SCHEME = /^(?:ftps?|sftp|file|javascript|data|tel|sms|ldap|ssh|git|smb|mms|rtsp|callto|skype|whatsapp|about|chrome|blob|vbscript):/i
const LABEL = /^(?:web ?site|web|url|site|home ?page|www|link)\s*[:=]\s*/i

/** The usual spellings of a page without a query: scheme, host, path. */
const USUAL = /^(https?:\/\/)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24})((?:\/[a-z0-9_~-]+)*)\/?$/i

/** The web addresses in a cell; e-mail addresses among them move to their own field. */
export const normaliseUrl = createNormaliser('url', (text, draft) => {
  if (text.length < 255 && SIMPLE.test(text)) {
    mark(hostOf(text), draft)
    return draft.add(text)
  }
  const scheme = schemeOf(text)
  const plain = text.length < 255 ? plainOf(text, scheme) : null
  if (plain !== null) {
    if (scheme === 0) draft.rule('SCHEME_ADDED')
    draft.rule('URL_FORMAT')
    mark(hostOf(plain), draft)
    draft.isFinal = true
    return draft.add(plain)
  }
  const usual = text.length < 255 ? USUAL.exec(text) : null
  if (usual !== null) {
    const host = usual[2]!.toLowerCase()
    if (!host.startsWith('www') && isHost(host)) {
      if (usual[1] === undefined) draft.rule('SCHEME_ADDED')
      draft.rule('URL_FORMAT')
      mark(host, draft)
      return draft.add(`https://${host}${usual[3]!}`)
    }
  }
  const found = pieces(text, draft)
  if (found.length === 0) draft.fail('URL_INVALID')
  for (const piece of found) takeUrl(piece, found.length === 1, draft)
  if (draft.items.length > 1) draft.rule('ITEM_SPLIT')
})

function schemeOf(text: string): number {
  return text.startsWith('https://') ? 8 : text.startsWith('http://') ? 7 : 0
}

/** The host of an address in its plain form. */
function hostOf(url: string): string {
  const end = url.indexOf('/', 8)
  return url.slice(8, end < 0 ? url.length : end)
}

const [HYPHEN, SLASH, UNDERSCORE, TILDE] = [0x2d, 0x2f, 0x5f, 0x7e]
const LONGEST_TOP = 24

/** The plain form of the most usual spellings, told sign by sign; null of any other. */
function plainOf(text: string, scheme: number): string | null {
  const from = text.startsWith('www.', scheme) ? scheme + 4 : scheme
  const slash = text.indexOf('/', from)
  const to = slash < 0 ? text.length : slash
  if (text.startsWith('www', from) || to - text.lastIndexOf('.', to - 1) - 1 > LONGEST_TOP || !isUsualHost(text, from, to)) return null
  const end = text.length > to && text.charCodeAt(text.length - 1) === SLASH ? text.length - 1 : text.length
  let before = 0
  for (let at = from; at < end; at++) {
    const unit = text.charCodeAt(at)
    if (at >= to && !isOfPath(unit)) return null
    if (unit === before && (unit === SLASH || (at < to && unit === HYPHEN))) return null
    before = unit
  }
  return before === SLASH ? null : `https://${text.slice(from, end)}`
}

function isOfPath(unit: number): boolean {
  const small = unit | 0x20
  return (small >= 0x61 && small <= 0x7a) || (unit >= 0x30 && unit <= 0x39) || unit === SLASH || unit === HYPHEN || unit === UNDERSCORE || unit === TILDE
}

/** The parts of a cell that are one address each. Spaces inside a single address are closed. */
function pieces(text: string, draft: Draft): readonly string[] {
  const line = text.normalize('NFKC').replace(/^'+/, '').replace(LABEL, '').replace(/\b(https?) ?:? ?[/\\]{1,3} */gi, '$1://').replace(/\bwww ?\. ?(?=\S)/gi, 'www.')
  const out: string[] = []
  for (const part of line.split(/[\n;|]+|,(?=\s|https?:|www\.)|\s+(?:and|or|&|en|und|et)\s+|\s+\/\s+/i)) {
    const words = trimSigns(part).split(/\s+/).filter(word => word !== '')
    if (words.length === 0) continue
    const starts = words.filter(word => /^(?:https?:\/\/|www\.)./i.test(word) || word.includes('@') || (words.length > 1 && looksLikeUrl(word)))
    if (words.length > 1 && starts.length === words.length) out.push(...words)
    else if (words.length > 1 && starts.length >= 1 && words.some(word => /[A-Za-z]{2}/.test(word) && !/[./\\@?=&%]/.test(word)) && isWhole(starts[0]!)) {
      out.push(...starts)
      const rest = words.filter(word => !starts.includes(word)).join(' ')
      draft.aside('TEXT_BESIDE_VALUE', rest)
    } else {
      if (words.length > 1) draft.rule('SPACING')
      // In a path a space is a sign of its own; before it, a slip.
      out.push(words.join(isWhole(words[0]!) && /[^/:]\/[^/]/.test(words[0]!) ? '%20' : ''))
    }
  }
  return out
}

function isWhole(word: string): boolean {
  return word.includes('@') || isHost(trimSigns(word.toLowerCase().replace(/^https?:\/\//, '').replace(/[/?#:].*$/, '')))
}

function takeUrl(piece: string, alone: boolean, draft: Draft): void {
  const small = trimSigns(piece.toLowerCase().replace(/^mailto:/, ''))
  if (small.includes('@') && isEmail(small.normalize('NFKC'))) return draft.move('email', small, 'EMAIL_IN_URL')
  if (OTHER_SCHEME.test(piece)) return draft.fail('URL_SCHEME', alone ? draft.raw : piece)
  const url = plainUrl(piece, draft)
  if (url === null) return draft.fail('URL_INVALID', alone ? draft.raw : piece)
  if (url !== draft.raw) draft.rule('URL_FORMAT')
  draft.add(url)
}

/** The plain form of one address, or null. */
function plainUrl(piece: string, draft: Draft): string | null {
  let rest = trimSigns(piece).replace(/\\/g, '/')
  const scheme = /^(?:h[tx]{1,3}ps?|htt?ps?|ttps?)?:{1,2}\/*|^(?:https?)\/{2,}|^\/\/+/i.exec(rest)
  if (scheme !== null && scheme[0] !== '') {
    rest = rest.slice(scheme[0].length)
    // "https://http://x" happens when people paste into a box that has the scheme already.
    rest = rest.replace(/^(?:https?:?\/\/+)+/i, '')
  } else draft.rule('SCHEME_ADDED')
  const hash = rest.indexOf('#')
  let fragment = ''
  if (hash >= 0) {
    // A page inside an application; other fragments are a place on the page.
    if (/^#!?\/./.test(rest.slice(hash))) fragment = rest.slice(hash)
    rest = rest.slice(0, hash)
  }
  const query = rest.indexOf('?')
  const parameters = query >= 0 ? rest.slice(query + 1) : ''
  if (query >= 0) rest = rest.slice(0, query)
  const slash = rest.indexOf('/')
  let host = slash >= 0 ? rest.slice(0, slash) : rest
  let path = slash >= 0 ? rest.slice(slash) : ''
  host = host.slice(host.lastIndexOf('@') + 1).toLowerCase().normalize('NFKC').toLowerCase()
  const port = /:(\d{0,5})$/.exec(host)
  if (port !== null) host = host.slice(0, port.index)
  host = host.replace(/\.+$/, '').replace(/^(?:www\d?\.)+(?=[^.]+\.)/, '')
  if (!isHost(host) && !isAddress(host)) return null
  const number = port === null || port[1] === '' ? 443 : Number(port[1])
  if (number < 1 || number > 65_535) return null
  mark(host, draft)
  path = encode(path.replace(/\/{2,}/g, '/')).replace(/(?:\/(?:index|default)\.(?:html?|php|aspx?))?\/*$/i, '')
  while (/(?:\/(?:index|default)\.(?:html?|php|aspx?)|\/)$/i.test(path)) path = path.replace(/(?:\/(?:index|default)\.(?:html?|php|aspx?)|\/)$/i, '')
  const kept = keptParameters(parameters, draft)
  return `https://${host}${number === 443 || number === 80 ? '' : `:${number}`}${path}${kept === '' ? '' : `${path === '' ? '/' : ''}?${kept}`}${fragment === '' ? '' : `${path === '' && kept === '' ? '/' : ''}${encode(fragment)}`}`
}

function keptParameters(query: string, draft: Draft): string {
  if (query === '') return ''
  const kept: string[] = []
  for (const parameter of query.split('&')) {
    const name = parameter.split('=')[0]!.toLowerCase()
    if (name.startsWith('utm_') || TRACKING.has(name)) draft.rule('TRACKING_REMOVED')
    else if (parameter !== '') kept.push(encode(parameter))
  }
  return kept.join('&')
}

/** Signs that may not stand in an address, percent-encoded; encoded ones keep their form, in capitals. */
function encode(text: string): string {
  return text
    .replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => `%${hex.toUpperCase()}`)
    .replace(/%(?![0-9A-F]{2})/g, '%25')
    .replace(/["<>^`{|} ]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** Marks a page that is not the organisation's own. */
function mark(host: string, draft: Draft): void {
  for (let at = 0, dot = host.indexOf('.'); dot >= 0; at = dot + 1, dot = host.indexOf('.', at)) {
    if (host.length - at > LONGEST_SHARED) continue
    const rule = SHARED_HOSTS.get(host.slice(at))
    if (rule !== undefined) return draft.rule(rule)
  }
}

function isAddress(host: string): boolean {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host)
  return parts !== null && parts.slice(1).every(part => Number(part) <= 255 && String(Number(part)) === part)
}

function trimSigns(text: string): string {
  let word = text.replace(/^[\s.,:;'"`*<([“”‘’«»-]+|[\s.,:;'"`*>\]“”‘’«»]+$/g, '')
  if (word.endsWith(')') && !word.includes('(')) word = word.slice(0, -1)
  return word
}
