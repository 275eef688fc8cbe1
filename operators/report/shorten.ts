/** Most characters of a value that a report shows. */
const LONGEST = 160

/** The text, cut behind 160 characters without parting a surrogate pair. Mask before, so that no half of a value escapes. */
export function shorten(text: string): string {
  if (text.length <= LONGEST) return text
  const unit = text.charCodeAt(LONGEST - 1)
  return `${text.slice(0, unit >= 0xd800 && unit <= 0xdbff ? LONGEST - 1 : LONGEST)}…`
}
