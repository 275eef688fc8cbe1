/** What the plots share: coordinates with one decimal, and the frame that names a plot for those who cannot see it. */
import { escapeHtml } from '../format.ts'

/** A coordinate; floats never reach the file with all their digits. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10)
}

/** The text, cut where it would run out of its place. */
export function clip(text: string, characters: number): string {
  const points = [...text]
  return points.length <= characters ? text : `${points.slice(0, characters - 1).join('')}…`
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
