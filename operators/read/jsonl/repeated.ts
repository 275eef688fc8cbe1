/** Keys that an object of a line bears more than once: JSON.parse keeps the last value and says nothing. */
import { ExactNumber } from './number.ts'
import type { Value } from './exact.ts'

const QUOTE = 0x22
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d])
const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{}:,]/g

/** Colons right behind a quotation mark: no fewer than the keys of the text, and more only where a string holds such a colon. */
function colonsBehindQuotes(text: string): number {
  let count = 0
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    let before = at - 1
    while (SPACES.has(text.charCodeAt(before))) before--
    if (text.charCodeAt(before) === QUOTE) count++
  }
  return count
}

/** Keys of a value and all within it; Infinity when it is nested deeper than `levels`. */
function keysOf(value: Value, levels: number): number {
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return 0
  if (levels === 0) return Infinity
  let count = 0
  if (Array.isArray(value)) for (const item of value as readonly Value[]) count += keysOf(item, levels - 1)
  else {
    for (const item of Object.values(value)) count += keysOf(item, levels - 1)
    count += Object.keys(value).length
  }
  return count
}

/** Whether a line may repeat a key, told without taking it apart. `value` is what the text was parsed to. */
export function mayRepeatKeys(text: string, value: Value, levels: number): boolean {
  return colonsBehindQuotes(text) > keysOf(value, levels)
}

/** The paths of keys that an object repeats, of a text that JSON.parse has accepted. What lists hold has the path of the list. */
export function repeatedKeys(text: string): readonly (readonly string[])[] {
  const found: string[][] = []
  /** Objects and lists that are open: the keys seen, or null for a list; `path` is that of their keys. */
  const open: { readonly seen: Set<string> | null; readonly path: readonly string[]; readonly within: boolean }[] = []
  const tokens = text.match(TOKEN) ?? []
  let key: string | null = null
  tokens.forEach((token, index) => {
    const top = open.at(-1)
    if (token === '{' || token === '[') {
      const path = top === undefined ? [] : top.within || top.seen === null || key === null ? top.path : [...top.path, key]
      open.push({ seen: token === '{' ? new Set() : null, path, within: top !== undefined && (top.within || token === '[') })
      key = null
    } else if (token === '}' || token === ']') open.pop()
    else if (token[0] === '"' && tokens[index + 1] === ':' && top?.seen) {
      key = JSON.parse(token) as string
      if (top.seen.has(key)) found.push(top.within ? [...top.path] : [...top.path, key])
      else top.seen.add(key)
    }
  })
  return found
}
