import fc from 'fast-check'
import t from 'tap'
import { Dictionary } from './dictionary.ts'
import { asciiUpTo, hasByte, isAscii, unitsOf } from './utf8.ts'

const encoder = new TextEncoder()

t.test('what is found in words is what is found byte by byte, wherever in memory the bytes stand', async t => {
  const bytes = fc.array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }) }), { maxLength: 90 })
  fc.assert(
    fc.property(bytes, fc.nat(7), fc.nat(255), fc.nat(90), (list, offset, byte, place) => {
      const view = new Uint8Array(new ArrayBuffer(offset + list.length), offset)
      view.set(list)
      const from = Math.min(place, list.length)
      const beyond = list.findIndex((one, at) => at >= from && one >= 0x80)
      if (asciiUpTo(view, from, list.length) !== (beyond === -1 ? list.length : beyond)) throw new Error('asciiUpTo')
      if (isAscii(view) !== list.every(one => one < 0x80)) throw new Error('isAscii')
      if (hasByte(view, byte) !== list.includes(byte)) throw new Error('hasByte')
    }),
    { seed: 3, numRuns: 2000 }
  )
  t.pass('2000 times')
})

t.test('a dictionary gives the texts that it was made of', async t => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 9 }), { maxLength: 30 }), given => {
      const texts = given.map(text => text.toWellFormed())
      const made = Dictionary.ofValues(texts)
      for (const dictionary of [Dictionary.ofLengths(made.text, made.lengths), Dictionary.ofStarts(made.text, made.starts)]) {
        if (JSON.stringify(dictionary.values) !== JSON.stringify(texts)) throw new Error(JSON.stringify(dictionary.values))
        if (String(dictionary.lengths) !== String(texts.map(text => text.length))) throw new Error('lengths')
      }
      const bytes = encoder.encode(texts.join(''))
      if (unitsOf(bytes, 0, bytes.length) !== texts.join('').length) throw new Error('units')
    }),
    { seed: 5, numRuns: 400 }
  )
  t.throws(() => Dictionary.ofLengths(Uint8Array.of(0xff, 0x41), Uint32Array.of(1, 1)).values, { code: 'E_STORE_DAMAGED' })
  t.throws(() => Dictionary.ofLengths(Uint8Array.of(0x41), Uint32Array.of(2)).values, { code: 'E_STORE_DAMAGED' })
})
