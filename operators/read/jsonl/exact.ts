/** A JSON text into values with every digit of its numbers: what JSON.parse rounds is kept as its text. */
import { ExactNumber, exactNumber } from './number.ts'

export type Value = string | number | boolean | null | ExactNumber | readonly Value[] | RecordValue
export type RecordValue = { readonly [key: string]: Value }

/** Strings and numbers, and the signs between them. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|[[\]{}:,]|true|false|null/g

/** The values of a text that JSON.parse has accepted; undefined when it is nested deeper than `levels`. */
export function parseExactly(text: string, levels: number): Value | undefined {
  const tokens = text.match(TOKEN) ?? []
  let at = 0
  const value = (left: number): Value | undefined => {
    const token = tokens[at++]!
    if (token === '{' || token === '[') return left === 0 ? undefined : token === '{' ? members(left - 1) : items(left - 1)
    const first = token[0]
    if (first === '"') return JSON.parse(token) as string
    return first === 't' ? true : first === 'f' ? false : first === 'n' ? null : exactNumber(token)
  }
  const members = (left: number): RecordValue | undefined => {
    const found = new Map<string, Value>()
    while (tokens[at] !== '}') {
      if (tokens[at] === ',') at++
      const key = JSON.parse(tokens[at]!) as string
      at += 2
      const member = value(left)
      if (member === undefined) return undefined
      found.set(key, member)
    }
    at++
    return Object.fromEntries(found)
  }
  const items = (left: number): readonly Value[] | undefined => {
    const found: Value[] = []
    while (tokens[at] !== ']') {
      if (tokens[at] === ',') at++
      const item = value(left)
      if (item === undefined) return undefined
      found.push(item)
    }
    at++
    return found
  }
  return value(levels)
}

/** JSON with sorted keys and every digit; what is no text in Unicode is replaced. */
export function jsonText(value: Value): string {
  if (value instanceof ExactNumber) return value.text
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value).toWellFormed()
  const record = value as RecordValue
  return `{${Object.keys(record).sort().map(key => `${JSON.stringify(key)}:${jsonText(record[key]!)}`).join(',')}}`
}
