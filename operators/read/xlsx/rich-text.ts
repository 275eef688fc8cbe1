/** Strings of OOXML: plain, or in runs that are joined; phonetic guides are not part of the text. */
import { unescapeOffice } from '../xml/entities.ts'
import { CLOSE, OPEN, TEXT, nameCode, type XmlScanner } from '../xml/scanner.ts'

const TEXT_ELEMENT = nameCode('t')
const PHONETIC = nameCode('rPh')
const RUN_PROPERTIES = nameCode('rPr')
const PHONETIC_PROPERTIES = nameCode('phoneticPr')

/**
 * After the OPEN token of a string item (`si`, `is`): its text. Space at the edges of a `t` counts only where
 * `xml:space` says so.
 */
export function readString(xml: XmlScanner): string {
  if (xml.empty) return ''
  const outside = xml.depth - 1
  let text = ''
  for (;;) {
    const token = xml.next()
    if (token === CLOSE) {
      if (xml.depth === outside) return unescapeOffice(text)
    } else if (token === OPEN) {
      if (xml.name === TEXT_ELEMENT) text += readText(xml)
      else if (xml.name === PHONETIC || xml.name === RUN_PROPERTIES || xml.name === PHONETIC_PROPERTIES) xml.skip()
    } else if (token !== TEXT) return text
  }
}

/** After the OPEN token of a `t` or `v`: its text, with space as `xml:space` says; escapes are left in it. */
export function readText(xml: XmlScanner): string {
  const keep = xml.attribute('space') === 'preserve'
  const text = xml.content()
  return keep ? text : text.replace(/^[ \t\n\r]+|[ \t\n\r]+$/g, '')
}
