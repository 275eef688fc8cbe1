/**
 * Number formats of OpenDocument (1.3 part 3, 16.29) that show leading zeros: `00000` makes an identifier of 123. All other
 * formats matter to nobody here, because values are typed.
 */
import { DIGIT } from '../cells/number-format.ts'
import { CLOSE, END, OPEN, nameCode, type XmlScanner } from '../xml/scanner.ts'

const [NUMBER_STYLE, NUMBER, EMBEDDED, TEXT_OF_STYLE, MAP, STYLE] = ['number-style', 'number', 'embedded-text', 'text', 'map', 'style'].map(nameCode)
/** Signs that make a format one of another kind. */
const OTHERS = new Set(['scientific-number', 'fraction', 'currency-symbol', 'boolean', 'text-content'].map(nameCode))
/** More zeros than anyone asks for. */
const MOST_DIGITS = 255

/** By the name of a cell's style: its pattern, with `DIGIT` for each digit. */
export type PaddedStyles = ReadonlyMap<string, string>

interface Named {
  /** Data style, or none. */
  readonly data: string
  readonly parent: string
}

/** Collects number formats and the cell styles that name them, from the part with the common styles and that with the content. */
export class OpenStyles {
  private readonly patterns = new Map<string, string>()
  private readonly cells = new Map<string, Named>()

  /** Looks at a part up to its end. */
  scan(xml: XmlScanner): void {
    for (let token = xml.next(); token !== END; token = xml.next()) if (token === OPEN) this.note(xml)
  }

  /** After an OPEN token: notes the style that it may be. */
  note(xml: XmlScanner): void {
    if (xml.name === STYLE) {
      if (xml.attribute('family') !== 'table-cell') return
      this.cells.set(xml.attribute('name') ?? '', { data: xml.attribute('data-style-name') ?? '', parent: xml.attribute('parent-style-name') ?? '' })
    } else if (xml.name === NUMBER_STYLE && !xml.empty) {
      const name = xml.attribute('name') ?? ''
      const pattern = this.patternOf(xml)
      if (pattern !== null) this.patterns.set(name, pattern)
    }
  }

  /** After the OPEN token of a number style: its pattern; null when it shows no leading zeros, or more than whole digits. */
  private patternOf(xml: XmlScanner): string | null {
    const outside = xml.depth - 1
    let pattern = ''
    let digits = 0
    let plain = true
    let positive = ''
    while (xml.depth > outside) {
      const token = xml.next()
      if (token === CLOSE || token !== OPEN) continue
      if (OTHERS.has(xml.name)) plain = false
      else if (xml.name === TEXT_OF_STYLE) pattern += xml.content()
      else if (xml.name === MAP) {
        if (/^\s*value\(\)\s*>=?\s*0\s*$/.test(xml.attribute('condition') ?? '')) positive = xml.attribute('apply-style-name') ?? ''
      } else if (xml.name === NUMBER) {
        digits = wholeNumber(xml.attribute('min-integer-digits'))
        if (xml.attribute('grouping') === 'true' || Number(xml.attribute('decimal-places') ?? '0') !== 0) plain = false
        pattern += this.digitsOf(xml, digits)
      }
    }
    if (positive !== '') return this.patterns.get(positive) ?? null
    return plain && digits > 1 && digits <= MOST_DIGITS ? pattern.trim() : null
  }

  /** The digits of a number, with the text that is embedded at places counted from the right. */
  private digitsOf(xml: XmlScanner, digits: number): string {
    const signs: string[] = Array(Math.min(MOST_DIGITS, Math.max(0, digits))).fill(DIGIT)
    if (!xml.empty) {
      const inner = xml.depth
      while (xml.depth >= inner) {
        if (xml.next() !== OPEN || xml.name !== EMBEDDED) continue
        const place = signs.length - Number(xml.attribute('position') ?? 'NaN')
        const text = xml.content()
        if (place >= 0 && place < signs.length) signs[place] = text + signs[place]
      }
    }
    return signs.join('')
  }

  /** The cell styles under which numbers show leading zeros, their own format before that of the style they derive from. */
  padded(): PaddedStyles {
    const found = new Map<string, string>()
    for (const name of this.cells.keys()) {
      const seen = new Set<string>()
      let style = this.cells.get(name)
      for (let at = name; style !== undefined && style.data === '' && !seen.has(at); at = style.parent, style = this.cells.get(at)) seen.add(at)
      const pattern = style === undefined ? undefined : this.patterns.get(style.data)
      if (pattern !== undefined) found.set(name, pattern)
    }
    return found
  }
}

/** A number of digits; 0 for what is none. */
function wholeNumber(text: string | null): number {
  return text !== null && /^[0-9]{1,9}$/.test(text) ? Number(text) : 0
}
