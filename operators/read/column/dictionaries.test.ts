import fc from 'fast-check'
import t from 'tap'
import { plainDecimal } from '../cells/number-text.ts'
import { NumberDictionary } from './number-dictionary.ts'
import { addNumber } from './number-digits.ts'
import { Dictionary } from '../../../kernel/artifact/dictionary.ts'
import { collidingTexts } from '../../../fixtures/hostile/collide.ts'
import { TextArena, viewOf } from './text-arena.ts'
import { TextDictionary } from './text-dictionary.ts'
import { hashOf } from './text-hash.ts'

const encoder = new TextEncoder()
const RUNS = { seed: 20_240_101, numRuns: 200 }

t.test('a text dictionary does what a Map does', async t => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.oneof(fc.constantFrom('', 'a', 'é', '\u{1f600}', '\u0000'), fc.string({ unit: 'grapheme', maxLength: 6 })), fc.boolean()), { maxLength: 80 }), items => {
      const texts = items.map(([text]) => text.toWellFormed())
      const source = encoder.encode(texts.join(''))
      const dictionary = new TextDictionary()
      const known = new Map<string, number>()
      let at = 0
      texts.forEach((text, index) => {
        const length = encoder.encode(text).length
        if (!known.has(text)) known.set(text, known.size)
        // Half of the texts come as bytes, the others as strings.
        const id = items[index]![1] ? dictionary.intern(viewOf(source), at, at + length) : dictionary.internText(text)
        if (id !== known.get(text)) throw new Error(`id ${id} for ${JSON.stringify(text)}`)
        at += length
      })
      const packed = dictionary.packed()
      t.same(packed.lengths, Uint32Array.from(known.keys(), text => text.length))
      t.same(packed.values, [...known.keys()])
      t.same(Dictionary.ofLengths(packed.text, packed.lengths).starts, packed.starts)
    }),
    RUNS
  )
})

t.test('texts that collide on purpose cost no more than others', async t => {
  const words = collidingTexts(12)
  const source = viewOf(encoder.encode(words.join('')))
  const { length } = words[0]!
  t.equal(new Set(words.map((_, at) => hashOf(source, at * length, (at + 1) * length))).size, 1, 'they do collide')
  const dictionary = new TextDictionary()
  const started = process.hrtime.bigint()
  for (let at = 0; at < 10 * words.length; at++) dictionary.intern(source, (at % words.length) * length, ((at % words.length) + 1) * length)
  const took = Number(process.hrtime.bigint() - started)
  t.equal(dictionary.packed().values.join('|'), words.join('|'))
  t.ok(took < 10e9, 'rather than the square of their number')
})

t.test('a number becomes the text that the engine would give', async t => {
  const texts = new TextArena()
  const values = [0, -0, 1, 10, 0.1, 0.05, 1.005, 100.5, 2147483647, 2147483648, 214748364.7, 0.0001, 0.00001, 1e-7, 1e21, 1e22, 123456.789, 4.35, 0.3, 0.1 + 0.2, -7, -0.5]
  fc.assert(fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 6 }), (digits, decimals) => void values.push(Number(`${digits}e-${decimals}`))), RUNS)
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => void values.push(value)), RUNS)
  for (const value of values) addNumber(texts, value)
  t.same(texts.packed().values, values.map(plainDecimal))
})

t.test('a number dictionary does what a Map does', async t => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true, noDefaultInfinity: true })), { maxLength: 300 }), values => {
      const dictionary = new NumberDictionary()
      const known = new Map<number, number>()
      for (const value of values) {
        const code = dictionary.get(value)
        if (code !== (known.get(value) ?? 0)) throw new Error(`code ${code} for ${value}`)
        if (code === 0) {
          known.set(value, known.size + 1)
          dictionary.put(value, known.size)
        }
      }
      t.equal(dictionary.get(Infinity), 0)
    }),
    RUNS
  )
  const many = new NumberDictionary()
  // Doubles that differ only where the hash does not look much.
  for (let index = 0; index < 50_000; index++) if (many.get(index * 4294967296) === 0) many.put(index * 4294967296, index + 1)
  t.equal(many.get(49_999 * 4294967296), 50_000)
  t.equal(many.get(-0), many.get(0))
})
