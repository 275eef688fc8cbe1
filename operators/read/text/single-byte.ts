/** Encodings of one byte per character, as tables: the runtime's own decoders differ between versions for some of them. */
export type SingleByte = 'windows-1252' | 'latin-1' | 'mac-roman'

/** 0x80 to 0x9F of windows-1252 (unicode.org, MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT); the five free places stay controls. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
/** 0x80 to 0xFF of Mac OS Roman (unicode.org, MAPPINGS/VENDORS/APPLE/ROMAN.TXT). */
const MAC_ROMAN =
  'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ'

function upperHalf(encoding: SingleByte): string {
  if (encoding === 'mac-roman') return MAC_ROMAN
  let latin = ''
  for (let code = 0x80; code <= 0xff; code++) latin += String.fromCharCode(code)
  return encoding === 'latin-1' ? latin : WINDOWS_1252 + latin.slice(32)
}

/** The 128 characters of bytes 0x80 to 0xFF. */
export const UPPER_HALF: Readonly<Record<SingleByte, string>> = {
  'windows-1252': upperHalf('windows-1252'),
  'latin-1': upperHalf('latin-1'),
  'mac-roman': upperHalf('mac-roman')
}

/** UTF-8 of bytes in a single-byte encoding. */
export function transcode(bytes: Uint8Array, encoding: SingleByte): Uint8Array {
  const upper = UPPER_HALF[encoding]
  let length = bytes.length
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at]! >= 0x80) length += upper.charCodeAt(bytes[at]! - 0x80) < 0x800 ? 1 : 2
  }
  const out = new Uint8Array(length)
  let to = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte < 0x80) {
      out[to++] = byte
      continue
    }
    const code = upper.charCodeAt(byte - 0x80)
    if (code < 0x800) {
      out[to++] = 0xc0 | (code >> 6)
      out[to++] = 0x80 | (code & 63)
    } else {
      out[to++] = 0xe0 | (code >> 12)
      out[to++] = 0x80 | ((code >> 6) & 63)
      out[to++] = 0x80 | (code & 63)
    }
  }
  return out
}
