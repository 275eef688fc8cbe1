/** Tries a type on the values that a column holds. */
import { KIND, type Kind } from '../../kernel/artifact/table.ts'
import type { Field } from '../../schemas/generated/profile.ts'
import type { ColumnEvidence } from '../model/evidence.ts'
import { optionsFor, typeOf, withEvidence, type NormaliseConfig } from '../normalise/options.ts'
import { isNullToken } from '../normalise/null-tokens.ts'
import { normaliseValue } from '../normalise/registry.ts'

const NO_WORDS: ReadonlySet<string> = new Set()

/** Whether a value is an error, or a word for no value whatever its type. */
export function standsForNothing(text: string, kind: Kind): boolean {
  return kind === KIND.error || (text.length <= 40 && isNullToken('text', text.trim(), NO_WORDS, NO_WORDS))
}

/** The share of the sampled values that the field's type refuses, 0 to 1. Values that stand for nothing do not count. */
export function refusedShare(config: NormaliseConfig, field: Field, { sample, kinds, signs }: ColumnEvidence): number {
  const type = typeOf(field)
  const options = withEvidence(type, { each: visit => sample.forEach(visit) }, Uint8Array.from(kinds), optionsFor(field, config))
  let refused = 0
  let taken = 0
  sample.forEach((text, index) => {
    const sign = config.refine.normalise.decimal === 'auto' ? (signs?.[index] ?? null) : null
    const outcome = normaliseValue(type, text, kinds[index]!, sign === null || sign === options.decimal ? options : { ...options, decimal: sign })
    if (outcome.issues.some(issue => issue.severity === 'error')) refused++
    else if (outcome.items.length > 0) taken++
  })
  return refused === 0 ? 0 : refused / (refused + taken)
}
