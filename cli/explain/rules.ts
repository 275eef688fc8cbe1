import type { Kind } from '../../kernel/artifact/table.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { optionsFor, type NormaliseConfig } from '../../operators/normalise/options.ts'
import { normaliseValue } from '../../operators/normalise/registry.ts'
import type { Field } from '../../schemas/generated/profile.ts'

/** The rules that change this raw value of this field, in the order in which they apply. */
export function rulesFor(raw: string, kind: number, field: Field, config: JsonObject): readonly string[] {
  return normaliseValue(field.type ?? 'text', raw, kind as Kind, optionsFor(field, config as unknown as NormaliseConfig)).rules
}
