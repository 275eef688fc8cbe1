/** The arguments of a call, refused unless they are what the command's schema asks for. They come from a stranger. */
import { HotpassError } from '../../kernel/error.ts'
import { validatorFor } from '../../kernel/schema.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'

/** Characters of one text, values in all, and levels of nesting: more than any command needs. */
const LONGEST = 65_536
const MOST_VALUES = 10_000
const DEEPEST = 8
const REFUSED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

function refuse(where: readonly (string | number)[], reason: string): never {
  const place = where.length === 0 ? 'the arguments' : where.join('.')
  throw new HotpassError('E_USAGE', `${place.length > 200 ? `${place.slice(0, 200)}…` : place}: ${reason}`, { hint: 'the tool\'s inputSchema says what it takes', details: { path: where.map(String) } })
}

function walk(value: unknown, where: readonly (string | number)[], count: { values: number }): void {
  if (++count.values > MOST_VALUES) refuse([], `hold more than ${MOST_VALUES} values`)
  if (where.length > DEEPEST) refuse(where.slice(0, 3), 'is nested too deep')
  if (typeof value === 'string') {
    if (value.length > LONGEST) refuse(where, `is a text of ${value.length} characters; ${LONGEST} is the most`)
    if (!value.isWellFormed()) refuse(where, 'is not well-formed Unicode')
    if (value.includes('\0')) refuse(where, 'holds a NUL character')
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) return value.forEach((item, at) => walk(item, [...where, at], count))
  for (const key of Object.keys(value)) {
    if (REFUSED.has(key)) refuse([...where, key], 'is a key that is not allowed anywhere')
    walk((value as Record<string, unknown>)[key], [...where, key], count)
  }
}

/** The arguments as the command's input. Throws E_USAGE with the schema's own reason; never repeats a value. */
export function checkArguments(given: unknown, schema: JsonObject): JsonObject {
  const value = given ?? {}
  if (typeof value !== 'object' || Array.isArray(value)) refuse([], 'must be a block of keys')
  walk(value, [], { values: 0 })
  const problems = validatorFor(schema)(value)
  const first = problems[0]
  if (first !== undefined) {
    const more = problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`
    refuse(first.path, `${first.message}${first.suggestion === undefined ? '' : `; did you mean ${first.suggestion}?`}${more}`)
  }
  return value as { readonly [key: string]: Json }
}
