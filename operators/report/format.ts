/** Numbers and text as a report shows them, the same in every locale. */

/** `1,234,567`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** `84.2%` of a share between 0 and 1. */
export function formatShare(share: number): string {
  return `${Math.round(share * 1000) / 10}%`
}

/** `1 row`, `2 rows`. */
export function formatNumber(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`
}

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g
/** Marks that turn the direction of the text that follows, by which a value could disguise what stands beside it. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** The text on one line, without characters that cannot be seen. */
export function plainLine(text: string): string {
  return text.replace(CONTROL, ' ').replace(DIRECTION, '')
}

const HTML: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** For HTML and SVG, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return plainLine(text).replace(/[&<>"']/g, character => HTML[character]!)
}

/** For Markdown, anywhere within a line: no emphasis, link, image, code, table, HTML or automatic link comes of it. */
export function escapeMarkdown(text: string): string {
  return plainLine(text)
    .replace(/[\\`*_[\]<>|~#$]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\b(www)\./gi, '$1\\.')
    .replace(/@/g, '\\@')
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    // A backslash counts before punctuation alone; a number begins a list with the sign behind it.
    .replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
}
