/**
 * The last net for personal values: e-mail addresses and telephone numbers in a result, where a command gave them
 * unmasked although the policy asks for masks. Identifiers, digests and dates are left as they are.
 */
import { maskPatterns } from '../../../operators/masking/mask.ts'
import type { Json } from '../../../kernel/types.ts'

const PHONE = /(?<![\w.:/-])(?:\+\d{1,3}|\(?0\d{1,3}\)?)(?:[\s().-]{0,2}\d){6,12}(?![\w-])/g
/** With a top-level domain of letters: `read.xlsx@1.0.0` is an operator. */
const EMAIL = /[^\s@,;:<>()"[\]\\]{1,64}@[\p{L}\p{N}.-]{1,200}\.\p{L}{2,24}(?![\p{L}\p{N}])/gu
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/

function masked(text: string): string {
  const phones = text.replace(PHONE, run => (DATE.test(run) ? run : maskPatterns(run)))
  return phones.includes('@') ? phones.replace(EMAIL, address => maskPatterns(address)) : phones
}

/** The same value with every text in it masked. */
export function castNet(value: Json): Json {
  if (typeof value === 'string') return masked(value)
  if (Array.isArray(value)) return value.map(castNet)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, castNet(inner as Json)]))
}
