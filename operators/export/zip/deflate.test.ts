import t from 'tap'
import fc from 'fast-check'
import { crc32, inflateRawSync } from 'node:zlib'
import { Deflater } from './deflate.ts'
import { codeLengths, codesOf } from './huffman.ts'

const SEED = { seed: 20_260_101, numRuns: 60 }

function deflate(bytes: Uint8Array, portion = bytes.length + 1): Uint8Array {
  const deflater = new Deflater()
  for (let at = 0; at < bytes.length; at += portion) deflater.write(bytes.subarray(at, at + portion))
  return Buffer.concat(deflater.finish().parts)
}

function noise(length: number, values: number): Uint8Array {
  let state = 1
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state >>> 8) % values
  })
}

t.test('what is deflated inflates to what it was', async t => {
  const cases: [string, Uint8Array][] = [
    ['nothing', new Uint8Array(0)],
    ['one byte', Uint8Array.of(7)],
    ['one value, many times', new Uint8Array(700_000).fill(65)],
    ['noise', noise(600_000, 256)],
    ['few values', noise(600_000, 3)],
    ['a repeat farther away than the window', Buffer.concat([noise(40_000, 256), noise(40_000, 256)])],
    ['a repeat at the edge of the window', Buffer.concat([noise(32_768, 256), noise(32_768, 256)])],
    ['skewed frequencies, whose optimal codes are too long', Buffer.concat(Array.from({ length: 26 }, (_, value) => new Uint8Array(Math.min(2 ** Math.min(value, 17), 120_000)).fill(value)))]
  ]
  for (const [name, bytes] of cases) t.ok(Buffer.from(inflateRawSync(deflate(bytes))).equals(bytes), name)
  const text = new TextEncoder().encode('<c r="A1" t="s"><v>1</v></c>'.repeat(20_000))
  t.ok(deflate(text).length < text.length / 50, 'text that repeats itself shrinks')
})

t.test('the result depends on the bytes, not on the portions', async t => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('<row>', 'abc', 'abcd', '"', 'é', '0123456789'), { maxLength: 400 }), fc.integer({ min: 1, max: 500 }), (words, portion) => {
      const bytes = new TextEncoder().encode(words.join(''))
      const whole = deflate(bytes)
      return Buffer.from(inflateRawSync(whole)).equals(bytes) && Buffer.from(deflate(bytes, portion)).equals(whole)
    }),
    SEED
  )
  const long = noise(700_000, 9)
  t.ok(Buffer.from(deflate(long, 100_003)).equals(deflate(long)), 'over several blocks')
})

t.test('what is said to stand there already stands there again', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('repeat' as const), back: fc.integer({ min: 1, max: 40_000 }), length: fc.integer({ min: 0, max: 300 }) }),
    fc.record({ kind: fc.constantFrom('literals' as const, 'text' as const, 'write' as const), word: fc.constantFrom('<row>', 'a', '', '0123456789', 'abcabcabcabc'), times: fc.integer({ min: 1, max: 400 }) })
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), fc.integer({ min: 0, max: 3 }), (steps, beforehand) => {
      const deflater = new Deflater()
      const written: number[] = [...noise(beforehand * 140_000, 5)]
      deflater.write(Uint8Array.from(written))
      for (const step of steps) {
        deflater.room(300 + 12 * 400)
        if (step.kind === 'repeat') {
          const from = written.length - step.back
          const isDone = deflater.repeat((deflater.position - step.back) | 0, step.length)
          if (isDone) written.push(...written.slice(from, from + step.length))
          const isPossible = from >= 0 && step.back <= 32_768 && step.length >= 3 && step.length <= 258 && step.back >= step.length
          if (isDone !== isPossible && from >= 0) return false
          continue
        }
        const bytes = new TextEncoder().encode(step.word.repeat(step.times))
        written.push(...bytes)
        if (step.kind === 'write') deflater.write(bytes)
        else deflater[step.kind](new DataView(bytes.buffer), 0, bytes.length)
      }
      const { parts, size, crc } = deflater.finish()
      const expected = Buffer.from(written)
      return size === expected.length && crc === crc32(expected) && inflateRawSync(Buffer.concat(parts)).equals(expected)
    }),
    SEED
  )
})

t.test('code lengths make a complete prefix code within the limit', async t => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 1_000_000 })), { minLength: 2, maxLength: 120 }), frequencies => {
      const lengths = codeLengths(Uint32Array.from(frequencies), 7 + 8 * (frequencies.length > 100 ? 1 : 0))
      const used = frequencies.filter(one => one > 0).length
      const kraft = lengths.reduce((sum, length) => sum + (length === 0 ? 0 : 2 ** -length), 0)
      const missing = frequencies.some((one, symbol) => one > 0 !== lengths[symbol]! > 0)
      return !missing && lengths.every(length => length <= 15) && (used < 2 ? kraft <= 0.5 : kraft === 1)
    }),
    SEED
  )
  t.same([...codeLengths(Uint32Array.of(0, 8, 4, 2, 1), 15)], [0, 1, 2, 3, 3])
  t.same([...codesOf(Uint8Array.of(0, 1, 2, 3, 3))], [0, 0b0, 0b01, 0b011, 0b111], 'with their bits reversed')
})
