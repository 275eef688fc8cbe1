/** Text in the XML of a workbook (ECMA-376 part 1, 18.3.1.53 and 22.9.2.19: characters that XML 1.0 cannot hold are written `_xHHHH_`). */

/** Most characters (UTF-16 units) that a cell may hold. A workbook with more is refused as damaged. */
export const LONGEST_TEXT = 32_767

const SPECIAL = /[&<>"\u0000-\u0008\u000b-\u001f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/
const EVERY_SPECIAL = new RegExp(SPECIAL.source, 'g')
const KEEPS_SPACE = /^\s|\s$|[\n\t]| {2}/

function escaped(character: string): string {
  switch (character) {
    case '&':
      return '&amp;'
    case '<':
      return '&lt;'
    case '>':
      return '&gt;'
    case '"':
      return '&quot;'
    default:
      return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
  }
}

/** The text, for an element or an attribute in double quotes. */
export function xmlText(text: string): string {
  return SPECIAL.test(text) ? text.replace(EVERY_SPECIAL, escaped) : text
}

/** Whether spaces in the text would be lost unless one says that they are meant. */
export function keepsSpace(text: string): boolean {
  return KEEPS_SPACE.test(text)
}

/** The `t` element of a string. */
export function textElement(text: string): string {
  return keepsSpace(text) ? `<t xml:space="preserve">${xmlText(text)}</t>` : `<t>${xmlText(text)}</t>`
}

/** The text, cut where a cell cannot hold more, without parting a surrogate pair. */
export function cutText(text: string): string {
  if (text.length <= LONGEST_TEXT) return text
  const unit = text.charCodeAt(LONGEST_TEXT - 1)
  return text.slice(0, unit >= 0xd800 && unit <= 0xdbff ? LONGEST_TEXT - 1 : LONGEST_TEXT)
}
