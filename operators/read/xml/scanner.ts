/**
 * A pull parser for XML over UTF-8 bytes. Names are matched without their prefix, by a hash, so that a tag costs no
 * string. A document type is refused: it is the only way to entity bombs and to other files.
 */
import { unescapeXml } from './entities.ts'
import type { XmlWindows } from './windows.ts'

export const OPEN = 1
export const CLOSE = 2
export const TEXT = 3
export const END = 0
export type Token = typeof OPEN | typeof CLOSE | typeof TEXT | typeof END

const MAX_DEPTH = 256
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The number by which the scanner knows a local name. */
export function nameCode(name: string): number {
  let code = 0
  for (let at = 0; at < name.length; at++) code = (Math.imul(code, 31) + name.charCodeAt(at)) | 0
  return code
}

const LT = 0x3c
const GT = 0x3e
const SLASH = 0x2f
const COLON = 0x3a

export class XmlScanner {
  /** The window; what is left of it moves to the front of the next one with a call of `next`. */
  bytes: Uint8Array
  /** Where the next token begins. A fast path may move it from the start of one sibling to that of another. */
  pos: number
  /** Of an OPEN or CLOSE token. */
  name = 0
  /** An OPEN token that has no CLOSE token: `<a/>`. */
  empty = false
  /** Bytes of a TEXT token. */
  start = 0
  end = 0
  /** A TEXT token from a CDATA section: no references in it. */
  literal = false
  depth = 0
  private readonly windows: XmlWindows
  private readonly fault: (what: string) => Error
  private readonly names = new Int32Array(MAX_DEPTH)
  private attributesFrom = 0
  private attributesTo = 0

  /** `fault` makes the error for XML that is damaged. */
  constructor(windows: XmlWindows, fault: (what: string) => Error) {
    this.windows = windows
    const bytes = (this.bytes = windows.first)
    this.fault = fault
    this.pos = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  }

  /** Sees more of the part, from `pos` on. False when there is no more. */
  private more(): boolean {
    const window = this.windows.next(this.bytes, this.pos)
    if (window === null) return false
    this.bytes = window
    this.pos = 0
    return true
  }

  /** Moves to the next token. Comments and processing instructions are passed over. */
  next(): Token {
    for (;;) {
      const { bytes } = this
      const at = this.pos
      if (at >= bytes.length) {
        if (this.more()) continue
        if (this.depth > 0) throw this.fault('the part ends before its last element is closed')
        return END
      }
      if (bytes[at] !== LT) {
        const close = bytes.indexOf(LT, at)
        // A window ends in front of a tag, so nothing of the text is missing.
        const end = close === -1 ? bytes.length : close
        this.pos = end
        if (this.depth === 0) continue
        this.start = at
        this.end = end
        this.literal = false
        return TEXT
      }
      const second = bytes[at + 1]
      if (second === SLASH) {
        if (this.closeTag(at + 2)) return CLOSE
      } else if (second === 0x3f) {
        const end = this.find(at + 2, 0x3f, GT, -1)
        if (end !== -1) this.pos = end + 2
      } else if (second === 0x21) {
        if (bytes[at + 2] === 0x2d && bytes[at + 3] === 0x2d) {
          const end = this.find(at + 4, 0x2d, 0x2d, GT)
          if (end !== -1) this.pos = end + 3
          continue
        }
        if (bytes[at + 2] !== 0x5b) throw this.fault('the part declares a document type, which workbooks never do')
        if (decoder.decode(bytes.subarray(at + 3, at + 9)) !== 'CDATA[' || this.depth === 0) throw this.fault('the part is not well-formed XML')
        const end = this.find(at + 9, 0x5d, 0x5d, GT)
        if (end === -1) continue
        this.start = at + 9
        this.end = end
        this.pos = end + 3
        this.literal = true
        return TEXT
      } else if (this.openTag(at + 1)) return OPEN
    }
  }

  /** Where two or three bytes follow each other; -1 when that is not in this window, but may be in the next one. */
  private find(from: number, first: number, second: number, third: number): number {
    const { bytes } = this
    for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
      if (bytes[at + 1] === second && (third === -1 || bytes[at + 2] === third)) return at
    }
    if (this.more()) return -1
    throw this.fault('the part ends in the middle of a comment or section')
  }

  /** Reads an opening tag. False when it is cut: then it stands at the front of the next window. */
  private openTag(from: number): boolean {
    const { bytes } = this
    const length = bytes.length
    let at = from
    let code = 0
    for (; at < length; at++) {
      const byte = bytes[at]!
      if (byte === GT || byte === SLASH || byte <= 0x20) break
      code = byte === COLON ? 0 : (Math.imul(code, 31) + byte) | 0
    }
    if (at === from && at < length) throw this.fault('the part is not well-formed XML')
    this.attributesFrom = at
    for (; at < length && bytes[at] !== GT; at++) {
      const byte = bytes[at]!
      if (byte === 0x22 || byte === 0x27) {
        const close = bytes.indexOf(byte, at + 1)
        if (close === -1) {
          at = length
          break
        }
        at = close
      } else if (byte === LT) throw this.fault('the part is not well-formed XML')
    }
    if (at >= length) {
      if (this.more()) return false
      throw this.fault('the part ends in the middle of a tag')
    }
    this.empty = bytes[at - 1] === SLASH
    this.attributesTo = this.empty ? at - 1 : at
    this.name = code
    this.pos = at + 1
    if (!this.empty) {
      if (this.depth === MAX_DEPTH) throw this.fault(`the part is nested deeper than ${MAX_DEPTH} elements`)
      this.names[this.depth++] = code
    }
    return true
  }

  /** Reads a closing tag. False when it is cut. */
  private closeTag(from: number): boolean {
    const { bytes } = this
    let at = from
    let code = 0
    for (; at < bytes.length && bytes[at] !== GT; at++) {
      const byte = bytes[at]!
      if (byte > 0x20) code = byte === COLON ? 0 : (Math.imul(code, 31) + byte) | 0
    }
    if (at >= bytes.length) {
      if (this.more()) return false
      throw this.fault('the part ends in the middle of a tag')
    }
    if (this.depth === 0 || this.names[--this.depth] !== code) throw this.fault('the part is not well-formed XML: a tag closes that is not open')
    this.name = code
    this.pos = at + 1
    return true
  }

  /** Value of an attribute of the OPEN token by its local name, references resolved; null when it has none. `bare`: one with a prefix is another's. */
  attribute(name: string, bare = false): string | null {
    const { bytes, attributesTo } = this
    const wanted = nameCode(name)
    let at = this.attributesFrom
    while (at < attributesTo) {
      while (at < attributesTo && bytes[at]! <= 0x20) at++
      let code = 0
      let declares = false
      let prefixed = false
      const begin = at
      for (; at < attributesTo && bytes[at] !== 0x3d && bytes[at]! > 0x20; at++) {
        if (bytes[at] === COLON) {
          code = 0
          prefixed = true
          declares = nameIsXmlns(bytes, begin, at)
        } else code = (Math.imul(code, 31) + bytes[at]!) | 0
      }
      while (at < attributesTo && bytes[at] !== 0x22 && bytes[at] !== 0x27) at++
      const close = bytes.indexOf(bytes[at]!, at + 1)
      if (at >= attributesTo || close === -1) return null
      if (code === wanted && !declares && !(bare && prefixed)) return unescapeXml(decoder.decode(bytes.subarray(at + 1, close))).replace(/[\t\r\n]/g, ' ')
      at = close + 1
    }
    return null
  }

  /** Text of a TEXT token, line ends and references resolved. */
  text(): string {
    const { bytes, start, end } = this
    if (end - start < 24) {
      let text = ''
      let at = start
      for (; at < end; at++) {
        const byte = bytes[at]!
        if (byte >= 0x80 || byte === 0x26 || byte === 0x0d) break
        text += String.fromCharCode(byte)
      }
      if (at === end) return text
    }
    const raw = decoder.decode(bytes.subarray(start, end)).replace(/\r\n?/g, '\n')
    return this.literal ? raw : unescapeXml(raw)
  }

  /** After an OPEN token: passes over the element with all that is in it. */
  skip(): void {
    if (this.empty) return
    const outside = this.depth - 1
    while (this.depth > outside) this.next()
  }

  /** After an OPEN token: the text right inside the element; elements in it are passed over. */
  content(): string {
    if (this.empty) return ''
    let text = ''
    for (;;) {
      const token = this.next()
      if (token === CLOSE) return text
      if (token === TEXT) text += this.text()
      else this.skip()
    }
  }
}

function nameIsXmlns(bytes: Uint8Array, from: number, to: number): boolean {
  return to - from === 5 && decoder.decode(bytes.subarray(from, to)) === 'xmlns'
}
