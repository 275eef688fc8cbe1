/** The encoding of an XML part (XML 1.0, appendix F): UTF-8 in nearly all, UTF-16 or one byte per character in some. */
import { transcode } from '../text/single-byte.ts'
import { utf8FromUtf16 } from '../text/utf16.ts'
import { repairUtf8 } from '../text/utf8.ts'

const decoder = new TextDecoder('utf-8')
/** As many bytes as it takes to tell the encoding. */
export const HEAD = 200

function declaredIn(bytes: Uint8Array): string | undefined {
  return /^<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(decoder.decode(bytes.subarray(0, HEAD)))?.[1]?.toLowerCase()
}

/** UTF-16 is declared in bytes that are one each, so it cannot be true. */
const isUtf8 = (declared: string | undefined): boolean => declared === undefined || declared === 'utf-8' || declared === 'utf8' || declared === 'us-ascii' || declared === 'ascii' || declared.startsWith('utf-16')

function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0x3c && bytes[1] === 0) || (bytes[0] === 0 && bytes[1] === 0x3c)
}

/** Whether a part that begins with these bytes is UTF-8. */
export function beginsUtf8(head: Uint8Array): boolean {
  return !isUtf16(head) && isUtf8(declaredIn(head))
}

/** The part as well-formed UTF-8; null when it says that it has an encoding that is not known. */
export function partAsUtf8(bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf8FromUtf16(bytes, false, 2)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf8FromUtf16(bytes, true, 2)
  if (bytes[0] === 0x3c && bytes[1] === 0) return utf8FromUtf16(bytes, false)
  if (bytes[0] === 0 && bytes[1] === 0x3c) return utf8FromUtf16(bytes, true)
  const declared = declaredIn(bytes)
  if (isUtf8(declared)) return repairUtf8(bytes)
  if (declared === 'iso-8859-1' || declared === 'latin1') return transcode(bytes, 'latin-1')
  if (declared === 'windows-1252') return transcode(bytes, 'windows-1252')
  return null
}
