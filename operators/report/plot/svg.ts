/** What the plots share: coordinates with one decimal, and the frame that names a plot for those who cannot see it. */
import { escapeHtml } from '../format.ts'

/** A coordinate; floats never reach the file with all their digits. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10)
}

/** Room that a character of a label takes at most on average, in the units of a plot: fonts for lack of others are wide. */
export const CHARACTER = 8.5

/** From the Hangul letters on, characters are mostly as wide as two of the Latin alphabet. */
const FIRST_WIDE = 0x1100

function widthOf(character: string): number {
  return character.codePointAt(0)! >= FIRST_WIDE ? 2 : 1
}

/** The text, cut where it would run out of its place, which has room for so many Latin characters. */
export function clip(text: string, characters: number): string {
  const points = [...text]
  if (points.reduce((sum, point) => sum + widthOf(point), 0) <= characters) return text
  let out = ''
  let left = characters - 1
  for (const point of points) {
    left -= widthOf(point)
    if (left < 0) break
    out += point
  }
  return `${out}…`
}

/** An SVG image with a title and a description. `id` is unique on the page. */
export function svg(id: string, width: number, height: number, title: string, description: string, body: string): string {
  return (
    `<svg class="plot" role="img" aria-labelledby="${id}-title ${id}-text" viewBox="0 0 ${px(width)} ${px(height)}" width="${px(width)}" height="${px(height)}">` +
    `<title id="${id}-title">${escapeHtml(title)}</title><desc id="${id}-text">${escapeHtml(description)}</desc>${body}</svg>`
  )
}

/** A text element. `extra` holds further attributes. */
export function label(x: number, y: number, text: string, extra = ''): string {
  return `<text x="${px(x)}" y="${px(y)}"${extra === '' ? '' : ` ${extra}`}>${escapeHtml(text)}</text>`
}

/** A rectangle with rounded corners. */
export function bar(x: number, y: number, width: number, height: number, kind: string, radius = 2): string {
  return `<rect class="${kind}" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" rx="${px(Math.min(radius, width / 2))}"/>`
}
