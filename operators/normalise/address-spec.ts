/** What an e-mail address and a host name are. Source: RFC 5321 and RFC 1035, without quoted local parts and address literals. */

// Letters beyond ASCII are taken as they are (RFC 6531); a fixed range, because \p{L} follows the runtime's Unicode version.
const LOCAL = /^[a-z0-9!#$%&*+/=?^_`{|}~\u00a1-\uffff-](?:[a-z0-9!#$%&'*+/=?^_`{|}~.\u00a1-\uffff-]{0,62}[a-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\uffff-])?$/
const LABEL = /^[a-z0-9\u00a1-\uffff](?:[a-z0-9\u00a1-\uffff-]{0,61}[a-z0-9\u00a1-\uffff])?$/
const TOP = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59}|[a-z\u00a1-\uffff]{2,63})$/
/** Signs beyond ASCII that are no letters: punctuation and symbols of the common blocks. */
const SIGNS = /[\u00a1-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb-\u00bf\u00d7\u00f7\u2010-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u3004\u3008-\u3020\uff00-\uff0f\uff1a-\uff20\ufffd]/

const [HYPHEN, DOT, UNDERSCORE, PLUS] = [0x2d, 0x2e, 0x5f, 0x2b]
const isLetter = (unit: number): boolean => unit >= 0x61 && unit <= 0x7a
const isLetterOrDigit = (unit: number): boolean => isLetter(unit) || (unit >= 0x30 && unit <= 0x39)

/** The usual host, told sign by sign from `from` to before `to`: ASCII labels and a top-level domain of letters. What is none may be a host all the same. */
export function isUsualHost(host: string, from: number, to = host.length): boolean {
  let [start, letters, dots] = [from, true, 0]
  if (to - from > 253) return false
  for (let at = from; at <= to; at++) {
    const unit = at === to ? DOT : host.charCodeAt(at)
    if (unit === DOT) {
      const length = at - start
      if (length < 1 || length > 63 || host.charCodeAt(start) === HYPHEN || host.charCodeAt(at - 1) === HYPHEN) return false
      if (at === to) return dots > 0 && letters && length > 1
      dots++
      start = at + 1
      letters = true
    } else if (!isLetter(unit)) {
      if (unit !== HYPHEN && !isLetterOrDigit(unit)) return false
      letters = false
    }
  }
  return false
}

/** The usual address likewise. */
function isUsualEmail(address: string, at: number): boolean {
  if (!isLetterOrDigit(address.charCodeAt(0)) || !isLetterOrDigit(address.charCodeAt(at - 1))) return false
  for (let index = 1, before = 0; index < at; index++) {
    const unit = address.charCodeAt(index)
    if (!isLetterOrDigit(unit) && unit !== HYPHEN && unit !== UNDERSCORE && unit !== PLUS && (unit !== DOT || before === DOT)) return false
    before = unit
  }
  return isUsualHost(address, at + 1)
}

/** Whether this is the name of a host on the public internet: labels and a top-level domain, in small letters. */
export function isHost(host: string): boolean {
  if (isUsualHost(host, 0)) return true
  if (host.length > 253 || SIGNS.test(host)) return false
  const labels = host.split('.')
  if (labels.length < 2) return false
  for (const label of labels) if (!LABEL.test(label)) return false
  return TOP.test(labels[labels.length - 1]!)
}

/** Whether this is an e-mail address in small letters. */
export function isEmail(address: string): boolean {
  const at = address.lastIndexOf('@')
  if (at < 1 || at > 64) return false
  if (isUsualEmail(address, at)) return true
  const local = address.slice(0, at)
  return LOCAL.test(local) && !local.includes('..') && !SIGNS.test(local) && isHost(address.slice(at + 1))
}

/** Whether a word looks like a web address rather than prose. */
export function looksLikeUrl(word: string): boolean {
  return /^(?:https?:|www\.)/i.test(word) || (/^[a-z0-9.-]+\.[a-z]{2,}(?:[/?#:].*)?$/i.test(word) && isHost(word.toLowerCase().replace(/[/?#:].*$/, '')))
}
