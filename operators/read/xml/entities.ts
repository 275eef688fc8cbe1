/** Character data of XML 1.0: references, line ends, and the escapes that Office adds. */
const REFERENCE = /&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));/g
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const REPLACEMENT = '\ufffd'

function characterOf(code: number): string {
  return code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? REPLACEMENT : String.fromCodePoint(code)
}

/** Text with its references resolved. Only the five predefined entities exist, because a document type is refused. */
export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(REFERENCE, (_, hex: string | undefined, decimal: string | undefined, name: string | undefined) =>
    name !== undefined ? NAMED[name]! : characterOf(hex !== undefined ? parseInt(hex, 16) : Number(decimal))
  )
}

/** Text with the `_xHHHH_` escapes of ST_Xstring resolved (ECMA-376 part 1, 22.9.2.19); `_x005F_` is the underscore itself. */
export function unescapeOffice(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))).toWellFormed()
}
