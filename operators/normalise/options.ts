/** What a normaliser is told about a field: from the profile, the config, and the column itself. */
import type { Dictionary } from '../../kernel/artifact/dictionary.ts'
import type { Field, SemanticType } from '../../schemas/generated/profile.ts'
import { foldWord } from './clean.ts'
import type { NormaliseOptions } from './normaliser.ts'
import { tokenSet } from './null-tokens.ts'
import { agreedSign, decimalVotes } from './number.ts'

/** The config that the operator sees. */
export interface NormaliseConfig {
  readonly country: string
  readonly refine: {
    readonly normalise: {
      readonly date_order?: 'day-first' | 'month-first' | 'year-first'
      readonly decimal: 'auto' | 'point' | 'comma'
      readonly null_tokens: readonly string[]
      readonly keep_tokens: readonly string[]
    }
  }
}

const UNNAMED: Field = { name: 'extra' }

/** The semantic type of a field; text where the profile says nothing, or for an extra column (null). */
export function typeOf(field: Field | null): SemanticType {
  return field?.type ?? 'text'
}

/** The options for a field; null for an extra column. */
export function optionsFor(field: Field | null, config: NormaliseConfig): NormaliseOptions {
  const { normalise } = config.refine
  const own = field ?? UNNAMED
  const listed = [...Object.entries(own.values ?? {}).flat(2), ...(own.enum ?? [])]
  return {
    country: own.country ?? config.country,
    date_order: own.date_order ?? normalise.date_order ?? null,
    date_order_shown: false,
    date_system: 1900,
    decimal: normalise.decimal,
    multiple: own.multiple ?? false,
    null_tokens: tokenSet(normalise.null_tokens),
    keep_tokens: tokenSet([...normalise.keep_tokens, ...listed]),
    values: valuesOf(own),
    affirmative: new Set(field === null ? [] : [own.name.replace(/_/g, ' '), own.name.split('_').at(-1)!, ...(own.synonyms ?? []), ...(own.title === undefined ? [] : [own.title])].map(foldWord).filter(word => word !== ''))
  }
}

/** Options that keep more words as values. */
export function keeping(words: readonly string[], options: NormaliseOptions): NormaliseOptions {
  return words.length === 0 ? options : { ...options, keep_tokens: new Set([...options.keep_tokens, ...words]) }
}

/** Options with what only the whole column can tell: the decimal sign that its texts agree on. */
export function withEvidence(type: SemanticType, texts: Pick<Dictionary, 'each'>, kinds: Uint8Array | null, options: NormaliseOptions): NormaliseOptions {
  if ((type !== 'number' && type !== 'currency') || options.decimal !== 'auto') return options
  return { ...options, decimal: agreedSign(decimalVotes(texts, kinds)) }
}

function valuesOf(field: Field): ReadonlyMap<string, string> | null {
  if (field.values === undefined && field.enum === undefined) return null
  const values = new Map<string, string>()
  for (const [value, spellings] of Object.entries(field.values ?? {})) for (const spelling of spellings) values.set(foldWord(spelling), value)
  // A value itself beats a spelling of another value.
  for (const value of [...(field.enum ?? []), ...Object.keys(field.values ?? {})]) values.set(foldWord(value), value)
  return values
}
