/** Which style each cell format of a workbook has. */
import { take } from './memory'

let styles: usize = 0
let count: u32 = 0

/** A place for the style of each cell format, half a word each. To be asked for before the first sheet. */
export function stylesFor(formats: u32): usize {
  styles = take(formats * 2)
  count = formats
  return styles
}

/** The style of a cell format; the first for one that is not there. */
export function styleOf(format: u32): u32 {
  return format < count ? load<u16>(styles + ((format as usize) << 1)) : 0
}

/** Forgets the formats of the workbook before. */
export function forgetStyles(): void {
  count = 0
}
