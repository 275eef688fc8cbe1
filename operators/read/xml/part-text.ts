/** The encoding of an XML part (XML 1.0, appendix F): UTF-8 in nearly all, UTF-16 or one byte per character in some. */
import { transcode } from '../text/single-byte.ts'
import { utf8FromUtf16 } from '../text/utf16.ts'
import { repairUtf8 } from '../text/utf8.ts'

const decoder = new TextDecoder('utf-8')

/** The part as well-formed UTF-8; null when it says that it has an encoding that is not known. */
export function partAsUtf8(bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf8FromUtf16(bytes, false, 2)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf8FromUtf16(bytes, true, 2)
  if (bytes[0] === 0x3c && bytes[1] === 0) return utf8FromUtf16(bytes, false)
  if (bytes[0] === 0 && bytes[1] === 0x3c) return utf8FromUtf16(bytes, true)
  const head = decoder.decode(bytes.subarray(0, 200))
  const declared = /^<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1]?.toLowerCase()
  if (declared === undefined || declared === 'utf-8' || declared === 'utf8' || declared === 'us-ascii') return repairUtf8(bytes)
  // Declared in bytes that are one each, so it cannot be true.
  if (declared.startsWith('utf-16')) return repairUtf8(bytes)
  if (declared === 'iso-8859-1') return transcode(bytes, 'latin-1')
  if (declared === 'windows-1252') return transcode(bytes, 'windows-1252')
  return null
}
