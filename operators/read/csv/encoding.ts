/** The encoding of delimited text, from its byte order mark or from evidence in its bytes. */
import { refusal } from '../refusal.ts'
import { replacedIn, utf8FromLabelled } from '../text/labelled.ts'
import { UPPER_HALF, transcode, type SingleByte } from '../text/single-byte.ts'
import { utf8FromUtf16 } from '../text/utf16.ts'
import { repairUtf8, utf8Fault } from '../text/utf8.ts'
import { centralEuropeanOf, cyrillicOf } from './beyond-latin.ts'
import { multiByteOf } from './multi-byte.ts'

export interface DecodedText {
  /** Well-formed UTF-8 without a byte order mark. */
  readonly bytes: Uint8Array
  readonly encoding: string
  /** How sure, 0 to 1. */
  readonly confidence: number
}

const SAMPLE = 1 << 16
/** Valid sequences per invalid one from which a file counts as UTF-8 with a few broken bytes. */
const MOSTLY_UTF8 = 20
/** Characters beyond ASCII per invalid one from which text is in the encoding that it is said to be in. */
const MOSTLY_VALID = 20

/** From here on, text that is judged to be Mac Roman is not looked at for Central European letters. */
const MAC_SURE = 0.8

/** Finds the encoding, unless `wanted` names it, and decodes. Throws E_INPUT_ENCODING when the bytes are not in it. */
export function decodeText(file: string, bytes: Uint8Array, wanted: string): DecodedText {
  const mark = markOf(file, bytes)
  if (wanted === 'auto') return mark === null ? detect(file, bytes) : decodeAs(file, bytes, mark, 1, false)
  return decodeAs(file, bytes, wanted, 1, true)
}

function markOf(file: string, bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0 && bytes.length > 4) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) {
    throw refusal(file, 'E_INPUT_ENCODING', 'the text is in UTF-32, which is not read')
  }
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  return null
}

function decodeAs(file: string, bytes: Uint8Array, encoding: string, confidence: number, strict: boolean): DecodedText {
  if (encoding === 'utf-8') {
    const body = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
    const fault = strict ? utf8Fault(body) : -1
    if (fault !== -1) throw refusal(file, 'E_INPUT_ENCODING', `the text is not UTF-8: byte ${fault + bytes.length - body.length} is not valid`, { line: lineOf(body, fault) })
    return { bytes: repairUtf8(body), encoding, confidence }
  }
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const bigEndian = encoding === 'utf-16be'
    const marked = bigEndian ? bytes[0] === 0xfe && bytes[1] === 0xff : bytes[0] === 0xff && bytes[1] === 0xfe
    if (bytes.length % 2 !== 0) throw refusal(file, 'E_INPUT_ENCODING', 'the text is UTF-16, but the last character is cut in half')
    return { bytes: utf8FromUtf16(bytes, bigEndian, marked ? 2 : 0), encoding, confidence }
  }
  if (Object.hasOwn(UPPER_HALF, encoding)) return { bytes: transcode(bytes, encoding as SingleByte), encoding, confidence }
  const text = utf8FromLabelled(bytes, encoding)
  const { replaced, beyond } = replacedIn(text)
  if (strict && replaced * MOSTLY_VALID > beyond) throw refusal(file, 'E_INPUT_ENCODING', `the text is not ${encoding}: ${replaced} of ${beyond} characters beyond ASCII are not valid`)
  return { bytes: text, encoding, confidence }
}

/** Line, from 1, on which a byte stands. */
export function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 1
  for (let at = 0; at < offset; at++) if (bytes[at] === 10 || (bytes[at] === 13 && bytes[at + 1] !== 10)) line++
  return line
}

function detect(file: string, bytes: Uint8Array): DecodedText {
  const wide = wideOf(bytes)
  if (wide !== null) return decodeAs(file, bytes, wide, 0.9, false)
  const fault = utf8Fault(bytes)
  if (fault === -1) return { bytes, encoding: 'utf-8', confidence: 1 }
  const { valid, invalid } = sequences(bytes)
  if (valid >= invalid * MOSTLY_UTF8) return { bytes: repairUtf8(bytes), encoding: 'utf-8', confidence: share(valid, invalid) }
  const wider = valid < invalid ? multiByteOf(bytes) : null
  if (wider !== null) return decodeAs(file, bytes, wider.encoding, wider.confidence, false)
  const beyond = valid < invalid ? cyrillicOf(bytes) : null
  if (beyond !== null) return decodeAs(file, bytes, beyond.encoding, beyond.confidence, false)
  const { encoding, confidence } = singleByteOf(bytes)
  const central = encoding === 'mac-roman' && confidence >= MAC_SURE ? null : centralEuropeanOf(bytes)
  if (central !== null) return decodeAs(file, bytes, central.encoding, central.confidence, false)
  // Sequences that are UTF-8 are hardly there by chance: the file mixes encodings, and no single one is right.
  return { bytes: transcode(bytes, encoding), encoding, confidence: Math.round(100 * confidence * share(invalid, valid)) / 100 }
}

/** UTF-16 without a mark: text in it has a NUL in every other byte, wherever it is Latin. */
function wideOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const end = Math.min(bytes.length, SAMPLE) & ~1
  if (end < 4 || bytes.length % 2 !== 0) return null
  let even = 0
  let odd = 0
  for (let at = 0; at < end; at += 2) {
    if (bytes[at] === 0) even++
    if (bytes[at + 1] === 0) odd++
  }
  const pairs = end / 2
  if (odd > pairs * 0.4 && even < pairs * 0.05) return 'utf-16le'
  if (even > pairs * 0.4 && odd < pairs * 0.05) return 'utf-16be'
  return null
}

function sequences(bytes: Uint8Array): { valid: number; invalid: number } {
  let valid = 0
  let invalid = 0
  let checked = 0
  for (let at = 0; at < bytes.length && checked < SAMPLE; ) {
    const byte = bytes[at]!
    if (byte < 0x80) {
      at++
      continue
    }
    checked++
    const width = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    if (at + width <= bytes.length && utf8Fault(bytes, at, at + width) === -1) {
      valid++
      at += width
    } else {
      invalid++
      at++
    }
  }
  return { valid, invalid }
}

const [CONTROL, SYMBOL, MARK, LOWER, UPPER] = [0, 1, 2, 3, 4]
const MARKS = '‘’‚“”„–—…«»‹›\u00a0·•´¨'

/** What kind of character a byte from 0x80 on is: enough to judge whether it fits between its neighbours. */
function classesOf(encoding: SingleByte): Uint8Array {
  const classes = new Uint8Array(128)
  const upper = UPPER_HALF[encoding]
  for (let at = 0; at < 128; at++) {
    const char = upper[at]!
    const code = char.charCodeAt(0)
    if (code >= 0x80 && code < 0xa0) classes[at] = CONTROL!
    else if (MARKS.includes(char)) classes[at] = MARK!
    else if (char.toLowerCase() !== char) classes[at] = UPPER!
    else if (char.toUpperCase() !== char) classes[at] = LOWER!
    else classes[at] = SYMBOL!
  }
  return classes
}

const isLower = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x61 && byte <= 0x7a
const isUpper = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x41 && byte <= 0x5a

/** An apostrophe stands within a word, a quotation mark at one end of it, and hardly any mark within. */
function markScore(byte: number, before: boolean, after: boolean): number {
  const quote = (byte >= 0x91 && byte <= 0x94) || (byte >= 0xd2 && byte <= 0xd5)
  if (before && after) return byte === 0x92 || byte === 0xd5 ? 3 : -1
  return quote && (before || after) ? 3 : 1
}

/** The likeliest encoding of one byte per character: the one in which the characters beyond ASCII fit their neighbours best. */
export function singleByteOf(bytes: Uint8Array): { encoding: SingleByte; confidence: number } {
  const candidates: SingleByte[] = ['windows-1252', 'mac-roman']
  const tables = candidates.map(classesOf)
  const scores = [0, 0]
  const own = [0, 0]
  /** Bytes that fit better in one encoding than in the other. */
  const better = [0, 0]
  let seen = 0
  let controls = 0
  for (let at = 0; at < bytes.length && seen < SAMPLE; at++) {
    const byte = bytes[at]!
    if (byte < 0x80) continue
    seen++
    const before = bytes[at - 1]
    const after = bytes[at + 1]
    const inWord = isLower(before) || isUpper(before) || isLower(after) || isUpper(after)
    for (let index = 0; index < tables.length; index++) {
      const kind = tables[index]![byte - 0x80]!
      let score = 0
      if (kind === CONTROL) score = -4
      else if (kind === LOWER) score = isLower(before) || isLower(after) ? 3 : isUpper(before) && isUpper(after) ? -2 : inWord ? 1 : 0
      else if (kind === UPPER) score = isLower(before) ? -3 : isUpper(before) || isUpper(after) ? 2 : isLower(after) ? 2 : 0
      else if (kind === MARK) score = markScore(byte, isLower(before) || isUpper(before), isLower(after) || isUpper(after))
      else score = inWord ? -2 : 0
      scores[index]! += score
      own[index] = score
    }
    if (own[0]! > own[1]!) better[0]!++
    else if (own[1]! > own[0]!) better[1]!++
    if (tables[0]![byte - 0x80] === CONTROL) controls++
  }
  const [windows, mac] = scores as [number, number]
  if (mac > windows) return { encoding: 'mac-roman', confidence: share(better[1]!, seen - better[1]!) }
  // Without the printable characters that windows-1252 adds, the two are one; with controls in their place it is Latin-1.
  return { encoding: controls > 0 && controls * 2 > seen ? 'latin-1' : 'windows-1252', confidence: share(better[0]!, seen - better[0]!) }
}

function share(more: number, less: number): number {
  return Math.round((100 * Math.max(0, more)) / Math.max(1, more + less)) / 100
}
