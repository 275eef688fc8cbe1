/** Strings of OOXML: plain, or in runs that are joined; phonetic guides are not part of the text. */
import { unescapeOffice } from '../xml/entities.ts'
import { CLOSE, OPEN, TEXT, nameCode, type XmlScanner } from '../xml/scanner.ts'

const SPACES = ' \t\n\r'
const LINE_END = /[\n\r]/
const TEXT_ELEMENT = nameCode('t')
const PHONETIC = nameCode('rPh')
const RUN_PROPERTIES = nameCode('rPr')
const PHONETIC_PROPERTIES = nameCode('phoneticPr')

/**
 * After the OPEN token of a string item (`si`, `is`): its text. Space at its edges counts only where `xml:space` says so.
 * Between two runs spaces count in any case, because they part words; space with a line end in it is the layout of the file.
 */
export function readString(xml: XmlScanner): string {
  if (xml.empty) return ''
  const outside = xml.depth - 1
  let text = ''
  /** Space at the end of the run before, if that does not count by itself. */
  let open = ''
  for (;;) {
    const token = xml.next()
    if (token === CLOSE) {
      if (xml.depth === outside) return unescapeOffice(text)
    } else if (token === OPEN) {
      if (xml.name === TEXT_ELEMENT) {
        const keep = xml.attribute('space') === 'preserve'
        const run = xml.content()
        const [from, to] = keep ? [0, run.length] : edgesOf(run)
        const [begin, content, end] = [run.slice(0, from), run.slice(from, to), run.slice(to)]
        if (text !== '' && content !== '') text += open + (LINE_END.test(begin) ? '' : begin)
        if (content !== '') {
          text += content
          open = LINE_END.test(end) ? '' : end
        } else if (text !== '' && !LINE_END.test(begin)) open += begin
      } else if (xml.name === PHONETIC || xml.name === RUN_PROPERTIES || xml.name === PHONETIC_PROPERTIES) xml.skip()
    } else if (token !== TEXT) return text
  }
}

/** After the OPEN token of a `t` or `v`: its text, with space as `xml:space` says; escapes are left in it. */
export function readText(xml: XmlScanner): string {
  const keep = xml.attribute('space') === 'preserve'
  const text = xml.content()
  return keep ? text : text.slice(...edgesOf(text))
}

/** Where a text begins and ends without the space at its edges; of space alone, both at its end. */
function edgesOf(text: string): [from: number, to: number] {
  let from = 0
  while (from < text.length && SPACES.includes(text[from]!)) from++
  let to = text.length
  while (to > from && SPACES.includes(text[to - 1]!)) to--
  return [from, to]
}
