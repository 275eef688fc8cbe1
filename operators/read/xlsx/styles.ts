/** The styles part, of which only the number formats matter: cell style → what it makes of a number. */
import { PLAIN, builtInStyle, styleOfFormat, type NumberStyle } from '../cells/number-format.ts'
import type { Engine } from '../engine/engine.ts'
import { CLOSE, END, OPEN, nameCode, type XmlScanner } from '../xml/scanner.ts'

const FORMAT = nameCode('numFmt')
const CELL_FORMATS = nameCode('cellXfs')
const CELL_FORMAT = nameCode('xf')

export interface CellStyles {
  /** The distinct styles; the first is plain. */
  readonly styles: readonly NumberStyle[]
  /** Index into `styles` of each cell format, by its number in the file. */
  readonly ofFormat: Uint16Array
}

/** Style sets without a styles part: every cell is plain. */
export const NO_STYLES: CellStyles = { styles: [PLAIN], ofFormat: new Uint16Array(0) }

/** Reads a styles part. */
export function readStyles(xml: XmlScanner): CellStyles {
  const custom = new Map<number, NumberStyle>()
  const styles: NumberStyle[] = [PLAIN]
  const known = new Map<string, number>([[keyOf(PLAIN), 0]])
  const ofFormat: number[] = []
  let within = false
  for (let token = xml.next(); token !== END; token = xml.next()) {
    if (token === CLOSE) {
      if (xml.name === CELL_FORMATS) within = false
      continue
    }
    if (token !== OPEN) continue
    if (xml.name === FORMAT) {
      custom.set(Number(xml.attribute('numFmtId')), styleOfFormat(xml.attribute('formatCode') ?? ''))
    } else if (xml.name === CELL_FORMATS) {
      within = !xml.empty
    } else if (within && xml.name === CELL_FORMAT) {
      const id = Number(xml.attribute('numFmtId') ?? '0')
      const style = custom.get(id) ?? builtInStyle(id)
      const key = keyOf(style)
      let index = known.get(key)
      if (index === undefined) {
        index = styles.length
        styles.push(style)
        known.set(key, index)
      }
      ofFormat.push(index)
    }
  }
  return { styles, ofFormat: Uint16Array.from(ofFormat) }
}

/** Shows an engine the style of each cell format. */
export function showStyles(engine: Engine, { ofFormat }: CellStyles): void {
  const place = engine.calls.stylesFor(ofFormat.length)
  engine.halves(place, ofFormat.length).set(ofFormat)
}

function keyOf(style: NumberStyle): string {
  return `${style.what}:${style.pattern}`
}
