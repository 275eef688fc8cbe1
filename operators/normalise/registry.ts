/** Every normaliser by its semantic type, and the one entry point for a cell. */
import { ITEM_SEPARATOR, KIND, type Kind } from '../../kernel/artifact/table.ts'
import type { SemanticType } from '../../schemas/generated/profile.ts'
import { normaliseAddress } from './address.ts'
import { normaliseBoolean } from './boolean.ts'
import { normaliseCategory } from './category.ts'
import { normaliseCountry } from './country.ts'
import { normaliseCurrency } from './currency.ts'
import { normaliseDate } from './date.ts'
import { normaliseEmail } from './email.ts'
import { normaliseIdentifier } from './identifier.ts'
import type { Extra, Normaliser, NormaliseOptions, Outcome } from './normaliser.ts'
import { normaliseNumber } from './number.ts'
import { normaliseOrganisationName } from './organisation-name.ts'
import { normalisePersonName } from './person-name.ts'
import { normalisePhone } from './phone.ts'
import { normaliseRegion } from './region.ts'
import { normaliseText } from './text.ts'
import { normaliseUrl } from './url.ts'

export const NORMALISERS: ReadonlyMap<SemanticType, Normaliser> = new Map<SemanticType, Normaliser>([
  ['text', normaliseText],
  ['organisation-name', normaliseOrganisationName],
  ['person-name', normalisePersonName],
  ['email', normaliseEmail],
  ['phone', normalisePhone],
  ['url', normaliseUrl],
  ['region', normaliseRegion],
  ['country', normaliseCountry],
  ['date', normaliseDate],
  ['address', normaliseAddress],
  ['category', normaliseCategory],
  ['number', normaliseNumber],
  ['currency', normaliseCurrency],
  ['boolean', normaliseBoolean],
  ['identifier', normaliseIdentifier]
])

/** Types that find several values in a cell by themselves. The others split at `;`, and only where the field is multiple. */
const SPLITS: ReadonlySet<SemanticType> = new Set(['person-name', 'email', 'phone', 'url'])

/**
 * Normalises what stands in one cell, several values included: those joined by ITEM_SEPARATOR (several columns feed the
 * field), and for a multiple field those between semicolons, which is how lists are exported. Throws RangeError on a type that does
 * not exist: that is a bug.
 */
export function normaliseValue(type: SemanticType, raw: string, kind: Kind, options: NormaliseOptions): Outcome {
  const normaliser = NORMALISERS.get(type)
  if (normaliser === undefined) throw new RangeError(`no normaliser for type ${type}`)
  const listed = options.multiple && !SPLITS.has(type) && raw.includes(';') && kind === KIND.text
  if (!listed && !raw.includes(ITEM_SEPARATOR)) return normaliser(raw, kind, options)
  const items = new Set<string>()
  const rules: Outcome['rules'][number][] = []
  const issues: Outcome['issues'][number][] = []
  const misplaced: NonNullable<Extra['misplaced']>[number][] = []
  const unknown: string[] = []
  let role: string | undefined
  for (const part of raw.split(ITEM_SEPARATOR)) {
    for (const piece of listed ? part.split(';') : [part]) {
      const outcome = normaliser(piece, kind, options)
      for (const item of outcome.items) items.add(item)
      // Splitting leaves spaces behind; that is no repair.
      for (const rule of outcome.rules) if (!rules.includes(rule) && !(listed && rule === 'SPACING')) rules.push(rule)
      issues.push(...outcome.issues)
      if (outcome.extra === null) continue
      if (outcome.extra.role !== undefined) {
        if (role === undefined) role = outcome.extra.role
        else if (role !== outcome.extra.role) issues.push({ reason: 'ROLE_SET_ASIDE', severity: 'info', value: outcome.extra.role, detail: 'a second role in the cell' })
      }
      misplaced.push(...(outcome.extra.misplaced ?? []))
      unknown.push(...(outcome.extra.unknown ?? []))
    }
  }
  if (listed && !rules.includes('ITEM_SPLIT')) rules.push('ITEM_SPLIT')
  const extra: Extra | null =
    role === undefined && misplaced.length === 0 && unknown.length === 0
      ? null
      : { ...(role === undefined ? {} : { role }), ...(misplaced.length === 0 ? {} : { misplaced }), ...(unknown.length === 0 ? {} : { unknown }) }
  return { items: [...items], rules, issues, extra }
}
