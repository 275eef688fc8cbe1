/** Values of persons that are known, and where they stand in a text. */
import { maskWords, WORD } from './mask.ts'

/** Longest run of words that is looked up as one personal value. */
const MOST_WORDS = 12
/** Shorter values are initials and codes; every text would hold some. */
export const SHORTEST = 4

const SIMPLE = /^[A-Za-z]+(?: [A-Za-z]+)*$/

/** The words of a value in lower case, so that other signs between them do not hide it. */
export function keyOf(value: string): string {
  return (SIMPLE.test(value) ? value : (value.match(WORD) ?? []).join(' ')).toLowerCase()
}

/** A text with every run of words masked whose key is known; the longest run first: a full name before the given name in it. */
export function maskKnown(text: string, isKnown: (key: string) => boolean): string {
  const words = [...text.matchAll(WORD)]
  let out = ''
  let from = 0
  for (let at = 0; at < words.length; at++) {
    const keys: string[] = []
    let key = ''
    for (let last = at; last < words.length && last < at + MOST_WORDS; last++) {
      key = key === '' ? words[last]![0].toLowerCase() : `${key} ${words[last]![0].toLowerCase()}`
      keys.push(key)
    }
    let length = keys.length
    while (length > 0 && !isKnown(keys[length - 1]!)) length--
    if (length === 0) continue
    const [start, last] = [words[at]!.index, words[at + length - 1]!]
    const end = last.index + last[0].length
    out += text.slice(from, start) + maskWords(text.slice(start, end))
    from = end
    at += length - 1
  }
  return out + text.slice(from)
}
