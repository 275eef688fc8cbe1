/** What a number format makes of a number: ECMA-376 part 1, 18.8.30 and 18.8.31. */

export interface NumberStyle {
  /** `date` may show a time as well; `time` shows a time alone; `elapsed` counts hours, minutes or seconds past 24, 60, 60; `padded` shows leading zeros. */
  readonly what: 'number' | 'date' | 'time' | 'elapsed' | 'padded'
  /** For `padded`: what is shown, with `\u0000` for each digit. */
  readonly pattern: string
}

export const PLAIN: NumberStyle = { what: 'number', pattern: '' }
const DATE: NumberStyle = { what: 'date', pattern: '' }
const TIME: NumberStyle = { what: 'time', pattern: '' }
const ELAPSED: NumberStyle = { what: 'elapsed', pattern: '' }
/** Stands for a digit in a padded pattern. */
export const DIGIT = '\u0000'
/** Formats are user text; nobody needs a longer one, and Excel writes no more than 255 characters. */
const MAX_LENGTH = 1024

const BUILT_IN = new Map<number, NumberStyle>([
  ...[14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id): [number, NumberStyle] => [id, DATE]),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56].map((id): [number, NumberStyle] => [id, TIME]),
  [46, ELAPSED]
])

/** Style of a number format that files do not write out. Unknown ids are plain. */
export function builtInStyle(id: number): NumberStyle {
  return BUILT_IN.get(id) ?? PLAIN
}

interface Section {
  /** It shows only numbers that meet a condition, such as `[<1]`. */
  conditional: boolean
  date: boolean
  time: boolean
  elapsed: boolean
  months: number
  zeros: number
  placeholders: boolean
  separators: boolean
  pattern: string
}

const emptySection = (): Section => ({ date: false, time: false, elapsed: false, conditional: false, months: 0, zeros: 0, placeholders: false, separators: false, pattern: '' })

/**
 * Style of a format code such as `dd/mm/yyyy` or `[$-409]h:mm AM/PM;@`: that of its first section, which shows positive
 * numbers. When the first is for some numbers alone, as in `[=0]"";dd/mm/yyyy`, a date or time of those after it counts.
 */
export function styleOfFormat(code: string): NumberStyle {
  if (code.length > MAX_LENGTH) return PLAIN
  let at = 0
  let style: NumberStyle | null = null
  for (let more = true; more && at < code.length; at++) {
    const section = emptySection()
    at = readSection(code, at, section)
    const found = styleOf(section)
    style ??= found
    if (found.what === 'date' || found.what === 'time' || found.what === 'elapsed') return found
    more = section.conditional
  }
  return style ?? PLAIN
}

const CONDITION = /^\[\s*(?:[<>]=?|=|<>)\s*-?[0-9.]+\s*\]$/
/** What Chinese and Japanese programs call the general format. */
const GENERAL = /^(?:general|standard|g\/"?(?:\u901a\u7528\u683c\u5f0f|\u6a19\u6e96)"?)/i

/** Reads one section of a format code. Returns where it ends. */
function readSection(code: string, from: number, section: Section): number {
  let last = ''
  let at = from
  while (at < code.length) {
    const char = code[at]!
    const lower = char.toLowerCase()
    if (char === ';') return at
    if (char === '"') {
      const end = code.indexOf('"', at + 1)
      if (end === -1) return code.length
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
      if (end === -1) return code.length
      const inside = code.slice(at, end + 1)
      at = end + 1
      if (CONDITION.test(inside)) section.conditional = true
      if (/^\[(h+|m+|s+)\]$/i.test(inside)) {
        section.elapsed = true
        last = inside[1]!.toLowerCase()
        if (last === 's') at = behindFraction(code, at)
      }
      continue
    }
    const ahead = code.slice(at, at + 8)
    const general = GENERAL.exec(ahead)
    if (general !== null) {
      section.placeholders = true
      at += general[0].length
      continue
    }
    const half = /^(?:am\/pm|a\/p)/i.exec(ahead)
    if (half !== null) {
      section.time = true
      at += half[0].length
      continue
    }
    // The day of the week, in East Asian formats.
    const weekday = /^a{3,4}/i.exec(ahead)
    if (weekday !== null) {
      section.date = true
      last = 'a'
      at += weekday[0].length
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
        end = behindFraction(code, end)
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
  return at
}

/** Behind the digits of a fraction of seconds, if some begin here. */
function behindFraction(code: string, from: number): number {
  return from + (/^[.,]0+/.exec(code.slice(from, from + 8))?.[0].length ?? 0)
}

function styleOf(section: Section): NumberStyle {
  if (section.months > 0 && !section.elapsed) section.date = true
  if (section.zeros === 0 && !section.placeholders) {
    if (section.elapsed) return ELAPSED
    if (section.date) return DATE
    if (section.time) return TIME
  }
  const dateLike = section.date || section.time || section.elapsed
  if (!dateLike && !section.placeholders && !section.separators && section.zeros > 1) return { what: 'padded', pattern: section.pattern }
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
