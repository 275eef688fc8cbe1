/** The shared strings of a workbook (ECMA-376 part 1, 18.4), in the order of their first use. */
import type { Deflater } from '../zip/deflate.ts'
import { textElement } from './text.ts'

export interface SharedStrings {
  /** The index of a text, which is added when it is new. `uses` is the number of cells that will hold it. */
  indexOf(text: string, uses: number): number
  /** Writes the part. */
  write(deflater: Deflater): void
}

const PORTION = 4096
const encoder = new TextEncoder()

/** A new, empty list. */
export function createSharedStrings(): SharedStrings {
  const seen = new Map<string, number>()
  let references = 0
  return {
    indexOf(text, uses) {
      references += uses
      let index = seen.get(text)
      if (index === undefined) {
        index = seen.size
        seen.set(text, index)
      }
      return index
    },
    write(deflater) {
      deflater.write(encoder.encode(
        `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="${references}" uniqueCount="${seen.size}">`
      ))
      let held: string[] = []
      for (const text of seen.keys()) {
        held.push(`<si>${textElement(text)}</si>`)
        if (held.length < PORTION) continue
        deflater.write(encoder.encode(held.join('')))
        held = []
      }
      deflater.write(encoder.encode(`${held.join('')}</sst>`))
    }
  }
}
