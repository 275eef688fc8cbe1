/** The first step of every normaliser: Unicode spaces, control characters and invisible characters. */
import type { RuleCode } from './rules.ts'

/** ASCII words with single spaces between them: nothing to repair. */
const CLEAN = /^[!-~]+(?: [!-~]+)*$/
// Fixed sets rather than \s or \p{…}, which follow the Unicode version of the runtime.
const LINE_BREAKS = /\r\n?|[\n\v\f\u0085\u2028\u2029]|_x000[DAda]_\n?/g
const SPACES = /[\t \u00a0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000]+/g
// eslint-disable-next-line no-control-regex
const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u115f\u1160\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|[\ufe00-\ufe0f]|[\u180b-\u180d]|[\u17b4\u17b5]|\u034f/g
/** Joiners shape letters of some scripts and emoji; beside a letter of the European scripts they are dirt. */
const JOINERS = /[\u200c\u200d]+/g
const FIRST_JOINED = 0x590
/** What an export puts before a cell that a spreadsheet would take for a formula. */
const NEUTRALISER = /^'+(?=[=+\-@])/

/** Whether cleaning would change nothing, told at once. */
export function isClean(raw: string): boolean {
  return CLEAN.test(raw) && raw.charCodeAt(0) !== 39 && !raw.includes('_x000')
}

/**
 * Text in composed Unicode form, with plain single spaces, `\n` as the only line break and nothing invisible.
 * Codes of what changed are added to `rules`. Idempotent.
 */
export function cleanText(raw: string, rules: RuleCode[]): string {
  if (isClean(raw)) return raw
  let text = raw
  if (!raw.isWellFormed()) {
    text = raw.toWellFormed()
    rules.push('UNICODE_REPAIRED')
  }
  const visible = text.replace(LINE_BREAKS, '\n').replace(INVISIBLE, '').replace(JOINERS, (run, at: number, whole: string) => (isJoined(whole, at - 1) && isJoined(whole, at + run.length) ? run : ''))
  if (visible.length !== text.replace(LINE_BREAKS, '\n').length) rules.push('INVISIBLE_REMOVED')
  const composed = visible.normalize('NFC')
  if (composed !== visible) rules.push('UNICODE_COMPOSED')
  text = composed.replace(SPACES, ' ').replace(/ ?\n[ \n]*/g, '\n')
  text = trimBreaks(text)
  if (text !== composed) rules.push('SPACING')
  const free = text.replace(NEUTRALISER, '')
  if (free !== text) rules.push('APOSTROPHE_REMOVED')
  return free
}

function isJoined(text: string, at: number): boolean {
  return at >= 0 && at < text.length && text.charCodeAt(at) >= FIRST_JOINED
}

function trimBreaks(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && (text.charCodeAt(from) === 32 || text.charCodeAt(from) === 10)) from++
  while (to > from && (text.charCodeAt(to - 1) === 32 || text.charCodeAt(to - 1) === 10)) to--
  return from === 0 && to === text.length ? text : text.slice(from, to)
}

/** Line breaks of cleaned text as single spaces. */
export function oneLine(text: string): string {
  return text.includes('\n') ? text.replace(/\n/g, ' ') : text
}

const LETTERS: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'], ['æ', 'ae'], ['œ', 'oe'], ['ø', 'o'], ['ł', 'l'], ['đ', 'd'], ['ð', 'd'], ['þ', 'th'], ['ı', 'i']
])

/**
 * The form under which words are looked up: small letters without accents, everything but letters and digits as
 * one space. Letters beyond ASCII are kept, so that no word of another script folds to nothing.
 */
export function foldWord(text: string): string {
  const lower = text.toLowerCase()
  // eslint-disable-next-line no-control-regex
  const ascii = /^[\u0000-\u007f]*$/.test(lower)
    ? lower
    : lower.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[ßæœøłđðþı]/g, letter => LETTERS.get(letter)!).replace(/[‐-―−’‘ʼ“”„«»·•…]/g, ' ')
  return ascii.replace(/['`]/g, '').replace(/[^a-z0-9\u0080-\uffff]+/g, ' ').trim()
}
