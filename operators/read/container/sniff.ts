/** What a file's first bytes say that it is. */
const decoder = new TextDecoder('utf-8')

export type Likeness = 'empty' | 'zip' | 'compound' | 'biff' | 'html' | 'xml' | 'pdf' | 'gzip' | 'rtf' | 'image' | 'text' | 'binary'

function startsWith(bytes: Uint8Array, ...signature: number[]): boolean {
  return bytes.length >= signature.length && signature.every((byte, at) => bytes[at] === byte)
}

/** The kind of file, from its signature and, where there is none, from whether it reads as text. */
export function likenessOf(bytes: Uint8Array): Likeness {
  if (bytes.length === 0) return 'empty'
  if (startsWith(bytes, 0x50, 0x4b) && (bytes.length < 4 || [3, 5, 7].includes(bytes[2]!))) return 'zip'
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return 'compound'
  if (bytes.length >= 8 && bytes[0] === 9 && [0, 2, 4, 8].includes(bytes[1]!) && bytes[2]! <= 16 && bytes[3] === 0) return 'biff'
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) return 'pdf'
  if (startsWith(bytes, 0x1f, 0x8b)) return 'gzip'
  if (startsWith(bytes, 0x7b, 0x5c, 0x72, 0x74, 0x66)) return 'rtf'
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47) || startsWith(bytes, 0xff, 0xd8, 0xff) || startsWith(bytes, 0x47, 0x49, 0x46, 0x38)) return 'image'
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) return 'text'
  const head = bytes.subarray(0, 1024)
  let odd = 0
  for (let at = 0; at < head.length; at++) {
    const byte = head[at]!
    if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) odd++
  }
  if (odd * 20 > head.length) return 'binary'
  const text = decoder.decode(head).replace(/^\ufeff/, '').trimStart().toLowerCase()
  if (text.startsWith('<!doctype html') || text.startsWith('<html') || text.startsWith('<table') || text.startsWith('<head')) return 'html'
  if (text.startsWith('<?xml') || text.startsWith('<')) return 'xml'
  return 'text'
}

const WORDS: Record<Likeness, string> = {
  empty: 'an empty file',
  zip: 'a zip file (a newer workbook, perhaps)',
  compound: 'an old Office file (.xls, perhaps)',
  biff: 'a very old Excel file (.xls)',
  html: 'an HTML page',
  xml: 'an XML document',
  pdf: 'a PDF document',
  gzip: 'a gzip archive',
  rtf: 'an RTF document',
  image: 'an image',
  text: 'plain text (a .csv, perhaps)',
  binary: 'binary data of a kind that is not known'
}

/** The kind of file in words, with its article. */
export function describe(likeness: Likeness): string {
  return WORDS[likeness]
}

/** Bytes and lines that are looked at for JSON Lines. */
const JSON_SAMPLE = 1 << 16
const JSON_LINES = 20

/** Whether each of the first lines of UTF-8 text is a JSON object, whole. */
export function seemsJsonLines(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x7b) return false
  const lines = decoder.decode(bytes.subarray(0, JSON_SAMPLE)).split('\n')
  // The last one may be cut off.
  if (bytes.length > JSON_SAMPLE) lines.pop()
  const first = lines.filter(line => line.trim() !== '').slice(0, JSON_LINES)
  return first.length > 0 && first.every(isJsonObject)
}

function isJsonObject(line: string): boolean {
  if (!line.startsWith('{')) return false
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
