import t from 'tap'
import fc from 'fast-check'
import { chosen, selectRows } from './builder.ts'
import { columnOver, Dictionary } from './dictionary.ts'
import { DistinctTexts } from './distinct.ts'
import { KIND } from './table.ts'

const SEED = { seed: 20_260_101, numRuns: 200 }
const text = fc.oneof(fc.constantFrom('', 'a', 'ab', 'abc', 'abcd', 'abcde', 'é', '𝒳', 'same'), fc.string({ unit: 'binary', maxLength: 12 }))

t.test('texts are kept once each, in the order in which they come', async t => {
  fc.assert(
    fc.property(fc.array(fc.tuple(text, fc.boolean()), { maxLength: 60 }), texts => {
      const distinct = new DistinctTexts(texts.length, 0)
      const expected = [...new Set(texts.map(([one]) => one))]
      for (const [one, asBytes] of texts) {
        const bytes = new TextEncoder().encode(`<${one}>`)
        const code = asBytes ? distinct.addBytes(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 1, bytes.length - 1) : distinct.add(one)
        if (code !== expected.indexOf(one) + 1) return false
      }
      return JSON.stringify(distinct.packed().values) === JSON.stringify(expected)
    }),
    SEED
  )
  t.throws(() => new DistinctTexts(1, 0).add('a\ud800'), TypeError, 'a lone surrogate is refused')
})

t.test('texts whose hashes collide take no more than their share of time', async t => {
  // Pairs of words of which the second undoes what the first did to the hash.
  const texts = colliding(3000)
  const distinct = new DistinctTexts(texts.length, 0)
  texts.forEach((bytes, index) => {
    if (distinct.addBytes(new DataView(bytes.buffer), 0, bytes.length) !== index + 1) t.fail(`text ${index} has another code`)
  })
  texts.forEach((bytes, index) => {
    if (distinct.addBytes(new DataView(bytes.buffer), 0, bytes.length) !== index + 1) t.fail(`text ${index} is not found again`)
  })
  t.equal(distinct.packed().size, texts.length)
})

/** Eight ASCII bytes each, all with one hash: the second word is what brings the state after the first back to the same place. */
function colliding(count: number): Uint8Array[] {
  const found: Uint8Array[] = []
  const wanted = 0x20202020
  for (let first = 0; found.length < count; first++) {
    const bytes = new Uint8Array(8)
    const view = new DataView(bytes.buffer)
    const word = 0x20202020 + (first & 0x1f) + (((first >> 5) & 0x1f) << 8) + (((first >> 10) & 0x1f) << 16) + (((first >> 15) & 0x1f) << 24)
    view.setInt32(0, word)
    let state = Math.imul(8 ^ word, 0x9e3779b1)
    state ^= state >>> 15
    view.setInt32(4, state ^ wanted)
    if (bytes.every(byte => byte < 0x80)) found.push(bytes)
  }
  return found
}

t.test('chosen values are those that were chosen, packed or not', async () => {
  fc.assert(
    fc.property(fc.uniqueArray(text, { minLength: 1, maxLength: 20 }), fc.array(fc.nat(), { maxLength: 30 }), fc.boolean(), fc.boolean(), (values, picks, isPacked, isRun) => {
      const codes = Uint32Array.from({ length: values.length + 1 }, (_, row) => row)
      const kinds = Uint8Array.from(values, (_, index) => (index % 3 === 0 ? KIND.number : KIND.text))
      const column = isPacked ? columnOver('a', Dictionary.ofValues(values), kinds, codes) : { name: 'a', values, kinds, codes }
      const rows = isRun ? [...codes].slice(picks.length % 3) : picks.map(pick => pick % codes.length)
      const selected = selectRows(column, rows)
      const cell = (from: { readonly values: readonly string[]; readonly kinds: Uint8Array | null; readonly codes: Uint32Array }, row: number): string =>
        from.codes[row] === 0 ? '' : `${from.kinds?.[from.codes[row]! - 1] ?? KIND.text}:${from.values[from.codes[row]! - 1]!}`
      const places = Uint32Array.from(new Set(rows.filter(row => row > 0).map(row => row - 1)))
      return rows.every((row, at) => cell(selected, at) === cell(column, row)) && selected.values.length === places.length && JSON.stringify(chosen(column, 'b', places, codes).values) === JSON.stringify([...places].map(place => values[place]))
    }),
    SEED
  )
})
