/** What a number format makes of a number: ECMA-376 part 1, 18.8.30 and 18.8.31. */

export interface NumberStyle {
  /** `date` may show a time as well; `time` shows a time alone; `elapsed` counts hours, minutes or seconds past 24, 60, 60; `padded` shows leading zeros. */
  readonly what: 'number' | 'date' | 'time' | 'elapsed' | 'padded'
  /** Digits after the second, 0 to 3. */
  readonly decimals: number
  /** For `padded`: what is shown, with `\u0000` for each digit. */
  readonly pattern: string
}

export const PLAIN: NumberStyle = { what: 'number', decimals: 0, pattern: '' }
const DATE: NumberStyle = { what: 'date', decimals: 0, pattern: '' }
const TIME: NumberStyle = { what: 'time', decimals: 0, pattern: '' }
const ELAPSED: NumberStyle = { what: 'elapsed', decimals: 0, pattern: '' }
/** Stands for a digit in a padded pattern. */
export const DIGIT = '\u0000'
/** Formats are user text; nobody needs a longer one, and Excel writes no more than 255 characters. */
const MAX_LENGTH = 1024

const BUILT_IN = new Map<number, NumberStyle>([
  ...[14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id): [number, NumberStyle] => [id, DATE]),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 55, 56].map((id): [number, NumberStyle] => [id, TIME]),
  [46, ELAPSED],
  [47, { what: 'time', decimals: 1, pattern: '' }]
])

/** Style of a number format that files do not write out. Unknown ids are plain. */
export function builtInStyle(id: number): NumberStyle {
  return BUILT_IN.get(id) ?? PLAIN
}

interface Section {
  date: boolean
  time: boolean
  elapsed: boolean
  months: number
  decimals: number
  zeros: number
  placeholders: boolean
  separators: boolean
  pattern: string
}

const emptySection = (): Section => ({ date: false, time: false, elapsed: false, months: 0, decimals: 0, zeros: 0, placeholders: false, separators: false, pattern: '' })

/** Style of a format code such as `dd/mm/yyyy` or `[$-409]h:mm AM/PM;@`: that of its first section, which shows positive numbers. */
export function styleOfFormat(code: string): NumberStyle {
  if (code.length > MAX_LENGTH) return PLAIN
  const section = emptySection()
  let last = ''
  let at = 0
  while (at < code.length) {
    const char = code[at]!
    const lower = char.toLowerCase()
    if (char === ';') break
    if (char === '"') {
      const end = code.indexOf('"', at + 1)
      if (end === -1) break
      section.pattern += code.slice(at + 1, end)
      at = end + 1
      continue
    }
    if (char === '\\') {
      section.pattern += code[at + 1] ?? ''
      at += 2
      continue
    }
    if (char === '_' || char === '*') {
      at += 2
      continue
    }
    if (char === '[') {
      const end = code.indexOf(']', at)
      if (end === -1) break
      if (/^\[(h+|m+|s+)\]$/i.test(code.slice(at, end + 1))) {
        section.elapsed = true
        last = code[at + 1]!.toLowerCase()
      }
      at = end + 1
      continue
    }
    const word = /^(general|standard|am\/pm|a\/p)/i.exec(code.slice(at, at + 8))
    if (word !== null) {
      if (word[0]!.toLowerCase().startsWith('a')) section.time = true
      else section.placeholders = true
      at += word[0]!.length
      continue
    }
    if (lower === 'e' && (code[at + 1] === '+' || code[at + 1] === '-')) {
      section.placeholders = true
      at += 2
      continue
    }
    if ('ymdhsbge'.includes(lower)) {
      let end = at + 1
      while (end < code.length && code[end]!.toLowerCase() === lower) end++
      if (lower === 'h') section.time = true
      else if (lower === 's') {
        section.time = true
        section.months = 0
        const fraction = /^[.,](0+)/.exec(code.slice(end, end + 8))
        if (fraction !== null) {
          section.decimals = Math.min(3, fraction[1]!.length)
          end += fraction[0]!.length
        }
      } else if (lower === 'm') {
        // Right after hours it means minutes; right before seconds too, which only the seconds can tell.
        if (last === 'h') section.time = true
        else section.months++
      } else section.date = true
      last = lower
      at = end
      continue
    }
    if (char === '0') {
      section.zeros++
      section.pattern += DIGIT
    } else if ('#?%@'.includes(char)) section.placeholders = true
    // Between the parts of a date these are text.
    else if (char === '.' || char === ',') section.separators = true
    else section.pattern += char
    at++
  }
  return styleOf(section)
}

function styleOf(section: Section): NumberStyle {
  const { decimals } = section
  if (section.months > 0 && !section.elapsed) section.date = true
  if (section.zeros === 0 && !section.placeholders) {
    if (section.elapsed) return { what: 'elapsed', decimals, pattern: '' }
    if (section.date) return { what: 'date', decimals, pattern: '' }
    if (section.time) return { what: 'time', decimals, pattern: '' }
  }
  const dateLike = section.date || section.time || section.elapsed
  if (!dateLike && !section.placeholders && !section.separators && section.zeros > 1) return { what: 'padded', decimals: 0, pattern: section.pattern }
  return PLAIN
}

/** A whole number as a padded format shows it; null when the number is negative or not whole. */
export function paddedText(value: number, pattern: string): string | null {
  if (!Number.isSafeInteger(value) || value < 0) return null
  const digits = String(value)
  let left = digits.length
  let out = ''
  const first = pattern.indexOf(DIGIT)
  for (let at = pattern.length - 1; at >= 0; at--) {
    if (pattern[at] !== DIGIT) {
      out = pattern[at]! + out
      continue
    }
    out = (left > 0 ? digits[--left]! : '0') + out
    // The first placeholder takes every digit that is left.
    if (at === first && left > 0) {
      out = digits.slice(0, left) + out
      left = 0
    }
  }
  return out
}
