import { itemsOf, KIND, type Kind } from '../../kernel/artifact/table.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { keeping, optionsFor, type NormaliseConfig } from '../../operators/normalise/options.ts'
import { normaliseValue } from '../../operators/normalise/registry.ts'
import type { ColumnMapping } from '../../operators/model/stages.ts'
import type { Field } from '../../schemas/generated/profile.ts'

/** Whether a raw cell of one field holds, besides its own value, this value of another field, which normalising moved there. */
export function gaveAway(raw: string, kind: number, field: Field, value: string, to: Field, config: JsonObject): boolean {
  const settings = config as unknown as NormaliseConfig
  const { items, extra } = normaliseValue(field.type ?? 'text', raw, kind as Kind, optionsFor(field, settings))
  const others = [...(field.multiple === true ? [] : items.slice(1)), ...(extra?.role === undefined ? [] : [extra.role]), ...(extra?.misplaced ?? []).map(one => one.value)]
  const wanted = new Set(itemsOf(value))
  return others.some(other => normaliseValue(to.type ?? 'text', other, KIND.text, optionsFor(to, settings)).items.some(item => wanted.has(item)))
}

/** The rules that change this raw value of this field (or of an extra column), in the order in which they apply. `found`: what mapping found in the column; `inferred`: whether fields, and the order of their dates, come from the columns. */
export function rulesFor(raw: string, kind: number, field: Field | undefined, config: JsonObject, inferred: boolean, found: Pick<ColumnMapping, 'decimal' | 'keep'> = {}): readonly string[] {
  const options = { ...keeping(found.keep ?? [], optionsFor(field ?? null, config as unknown as NormaliseConfig)), date_order_shown: inferred && field?.date_order !== undefined }
  return normaliseValue(field?.type ?? 'text', raw, kind as Kind, options.decimal === 'auto' && found.decimal !== undefined ? { ...options, decimal: found.decimal } : options).rules
}
