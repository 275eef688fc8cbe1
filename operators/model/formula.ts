/**
 * Text that a spreadsheet would run as a formula when it opens a CSV file gets an apostrophe in front, as the OWASP
 * page on CSV injection advises. The reverse is exact, so that a file that was written here reads back as it was.
 */

/** First characters that some spreadsheet, in some locale, takes for the start of a formula, an instruction or a separator. */
const TRIGGER = '=+\\-@\\t\\r\\n|%;\uff1d\uff0b\uff0d\uff20'
/** Characters that spreadsheets skip before they look at the first one. */
const SKIPPED = ' \\u00a0\\u200b\\ufeff\\u0000'
/** A brace begins an array formula when a formula follows; alone, as in JSON, it is text. */
const START = `[${SKIPPED}]*(?:\\{[${SKIPPED}]*)*[${TRIGGER}]`
const RISKY = new RegExp(`^'*${START}`)
const MARKED = new RegExp(`^''*${START}`)
const CANDIDATE = new RegExp(`^['{${SKIPPED}${TRIGGER}]`)
/**
 * One signed number, or several. At worst a spreadsheet shows it as that number; nothing can be run. So telephone
 * numbers in E.164 form, with or without an extension, stay as they are for the programs that read the file.
 */
const NUMBERS = /^[+-]?\d+(?:\.\d+)?(?: ext \d+)?(?:[;,|/ ]+[+-]?\d+(?:\.\d+)?(?: ext \d+)?)*$/

/** Whether a spreadsheet would read something else than text into this when it is typed into a cell. */
export function startsLikeFormula(text: string): boolean {
  return CANDIDATE.test(text) && RISKY.test(text)
}

/** Whether a spreadsheet could run this text as a formula. */
export function isFormulaLike(text: string): boolean {
  return startsLikeFormula(text) && !NUMBERS.test(text)
}

/** The text as it is written to CSV. */
export function neutraliseFormula(text: string): string {
  return isFormulaLike(text) ? `'${text}` : text
}

/** What `neutraliseFormula` was given. Readers of CSV apply it to every cell and header. */
export function restoreFormula(text: string): string {
  return text.charCodeAt(0) === 0x27 && MARKED.test(text) ? text.slice(1) : text
}
