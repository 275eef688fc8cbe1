import t from 'tap'
import { unlz4 } from './lz4.ts'

const bytes = (...values: readonly (number | string)[]): Uint8Array => new Uint8Array(values.flatMap(value => (typeof value === 'string' ? [...new TextEncoder().encode(value)] : [value])))
const text = (block: Uint8Array, length: number): string => new TextDecoder().decode(unlz4(block, length))

t.test('literals, copies, and copies of themselves', async t => {
  t.equal(text(bytes(0x50, 'Paarl'), 5), 'Paarl')
  t.equal(text(bytes(0x20, 'ab', 2, 0, 0x10, 'c'), 7), 'abababc')
  t.equal(text(bytes(0x1f, 'x', 1, 0, 255, 6, 0), 1 + 15 + 255 + 6 + 4), 'x'.repeat(281), 'a length of several bytes')
  t.equal(text(bytes(0xf0, 3, 'eighteen literals!'), 18), 'eighteen literals!')
})

t.test('what is damaged is an error, never other bytes', async t => {
  const bad: readonly (readonly [string, Uint8Array, number])[] = [
    ['fewer bytes than it says', bytes(0x50, 'Paarl'), 6],
    ['more bytes than it says', bytes(0x50, 'Paarl'), 4],
    ['a copy beyond the end', bytes(0x1f, 'x', 1, 0, 255, 6, 0), 100],
    ['literals beyond the block', bytes(0x50, 'Paa'), 5],
    ['a copy from before the start', bytes(0x10, 'a', 2, 0), 5],
    ['a copy of nothing', bytes(0x10, 'a', 0, 0), 5],
    ['a distance cut short', bytes(0x10, 'a', 1), 5],
    ['a length without an end', bytes(0x1f, 'a', 1, 0, 255, 255), 600]
  ]
  for (const [what, block, length] of bad) t.throws(() => unlz4(block, length), /LZ4/, what)
})
