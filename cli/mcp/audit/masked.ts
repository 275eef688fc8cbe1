/** Arguments as the audit log keeps them: enough to see what was asked, no personal values, and never long. */
import type { Json, JsonObject } from '../../../kernel/types.ts'
import { maskPatterns, maskWords } from '../../../operators/masking/mask.ts'
import type { Command } from '../../../kernel/registry/command.ts'
import { BACKGROUND, CANCEL, makesRun } from '../tools.ts'

const LONGEST = 300
const MOST = 20
/** Names of things, numbers, days and digests: what is no text about a person. */
const PLAIN = /^[A-Za-z0-9_.:*@/\\~-]*$/
const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)

function maskText(property: string, text: string, isPath: boolean): string {
  const short = cut(text.replace(/[\u0000-\u001f\u007f]/g, ' '))
  if (isPath || PLAIN.test(short)) return maskPatterns(short)
  // Of a statement the words matter and the values in quotes may be anybody's.
  if (property === 'sql') return maskPatterns(short.replace(QUOTED, quoted => quoted[0]! + maskWords(quoted.slice(1, -1)) + quoted[0]!))
  return maskWords(short)
}

/** The arguments of a call, also of one that was refused before it was understood. */
export function maskedArguments(given: unknown, command: Command | undefined): JsonObject {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given === undefined || given === null ? {} : { '(not an object)': typeof given }
  const keys = Object.keys(given)
  const masked = Object.fromEntries(
    keys.slice(0, MOST).map((key): [string, Json] => {
      const schema = command?.input.properties[key]
      if (schema?.secret === true) return [key, '•••']
      const isChoice = schema !== undefined && (schema.enum !== undefined || (schema.path !== undefined && schema.path !== 'none'))
      const isOurs = command !== undefined && (key === BACKGROUND || key === CANCEL) && makesRun(command)
      // A name that no schema knows may hold anything.
      return [schema === undefined && !isOurs ? `(unknown) ${maskText(key, cut(key), false)}` : key, valueOf(key, (given as Record<string, unknown>)[key], isChoice)]
    })
  )
  return keys.length > MOST ? { ...masked, '(more)': keys.length - MOST } : masked
}

function valueOf(key: string, value: unknown, isChoice: boolean): Json {
  if (typeof value === 'string') return maskText(key, value.isWellFormed() ? value : value.toWellFormed(), isChoice)
  if (typeof value === 'boolean' || value === null) return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (Array.isArray(value)) return value.slice(0, MOST).map(item => valueOf(key, item, isChoice))
  return typeof value === 'object' ? { '(keys)': Object.keys(value).length } : typeof value
}
