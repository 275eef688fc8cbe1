/** What is done to every result before it leaves its process: masked where the policy asks for it, searched, and flagged. */
import type { CommandHost } from '../../../kernel/registry/command.ts'
import type { Json, JsonObject } from '../../../kernel/types.ts'
import { flagsIn, type Flag } from '../answer/hostile.ts'
import { locate } from '../answer/locate.ts'
import { castNet } from '../answer/net.ts'

/** Keys under which the product itself speaks. */
const OWN: ReadonlySet<string> = new Set(['schema', 'hint', 'next', 'summary', 'commands', 'aliases', 'operator_id', 'record_hash', 'config_hash'])

function valueAt(value: Json, pointer: string): Json | undefined {
  return pointer.split('/').slice(1).reduce<Json | undefined>((at, part) => (typeof at === 'object' && at !== null ? (at as { readonly [key: string]: Json })[part.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined), value)
}

export async function finishResult(result: JsonObject, masks: boolean, input: JsonObject, host: CommandHost): Promise<{ readonly result: JsonObject; readonly flags: readonly Flag[] }> {
  const shown = masks ? (castNet(result) as JsonObject) : result
  const found = flagsIn(shown, OWN)
  const texts = found.filter(({ place }) => place['cell'] === undefined).map(({ pointer }) => String(valueAt(shown, pointer)))
  if (texts.length === 0) return { result: shown, flags: found }
  const cells = await locate([...new Set(texts)], input, host)
  const flags = found.map(flag => (flag.place['cell'] === undefined ? { ...flag, place: { ...flag.place, ...cells.get(String(valueAt(shown, flag.pointer))) } } : flag))
  return { result: shown, flags }
}
