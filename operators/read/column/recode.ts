/** Columns whose values may coincide, be unused or stand in another order than that of their first use. */
import type { Dictionary } from '../../../kernel/artifact/dictionary.ts'
import { TextArena, viewOf } from './text-arena.ts'
import { TextDictionary } from './text-dictionary.ts'

/** Whether all values are distinct as (kind, text) pairs. */
export function distinctOnly({ size, text: bytes, starts: bounds }: Dictionary, kinds: Uint8Array): boolean {
  const view = viewOf(bytes)
  const seen: (TextDictionary | undefined)[] = []
  for (let at = 0; at < size; at++) {
    const known = (seen[kinds[at]!] ??= new TextDictionary())
    const before = known.size
    if (known.intern(view, bounds[at]!, bounds[at + 1]!) !== before) return false
  }
  return true
}

/** The column with equal values joined and unused ones dropped, in order of first use. */
export function firstUses(codes: Uint32Array<ArrayBuffer>, { size, text: bytes, starts: bounds }: Dictionary, kinds: Uint8Array | null): { codes: Uint32Array<ArrayBuffer>; texts: Dictionary; kinds: Uint8Array<ArrayBuffer> } {
  const view = viewOf(bytes)
  const seen: ({ readonly texts: TextDictionary; readonly codes: number[] } | undefined)[] = []
  const translated = new Uint32Array(size + 1)
  const kept = new TextArena()
  const keptKinds: number[] = []
  const out = new Uint32Array(codes.length)
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!
    if (code === 0) continue
    let fresh = translated[code]!
    if (fresh === 0) {
      const kind = kinds?.[code - 1] ?? 0
      const known = (seen[kind] ??= { texts: new TextDictionary(), codes: [] })
      const id = known.texts.intern(view, bounds[code - 1]!, bounds[code]!)
      if (id === known.codes.length) {
        kept.add(view, bounds[code - 1]!, bounds[code]!)
        keptKinds.push(kind)
        known.codes.push(kept.size)
      }
      fresh = translated[code] = known.codes[id]!
    }
    out[row] = fresh
  }
  return { codes: out, texts: kept.packed(), kinds: Uint8Array.from(keptKinds) }
}
