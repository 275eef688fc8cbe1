/** Changes to a file's bytes that know nothing of its format. */
import { concat } from '../../operators/read/testing/build-zip.ts'
import type { Random } from './random.ts'

const NUMBERS = [0, 1, 0x7f, 0x80, 0xff, 0x20, 0x0a, 0x0d, 0x22, 0x27, 0x2c, 0x3b, 0x09, 0x3c, 0x3e, 0x26]

type Change = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array

/** A part of the bytes: where it begins and ends. */
function span(length: number, random: Random, most: number): [from: number, to: number] {
  const from = random.below(length + 1)
  return [from, Math.min(length, from + 1 + random.below(most))]
}

const CHANGES: readonly Change[] = [
  (bytes, random) => {
    const out = bytes.slice()
    for (let times = 1 + random.below(4); times > 0 && out.length > 0; times--) out[random.below(out.length)]! ^= 1 << random.below(8)
    return out
  },
  (bytes, random) => {
    const out = bytes.slice()
    for (let times = 1 + random.below(4); times > 0 && out.length > 0; times--) out[random.below(out.length)] = random.oneIn(2) ? random.pick(NUMBERS) : random.below(256)
    return out
  },
  (bytes, random) => bytes.slice(0, random.below(bytes.length + 1)),
  (bytes, random) => {
    const [from, to] = span(bytes.length, random, random.oneIn(4) ? 512 : 8)
    return concat([bytes.subarray(0, from), bytes.subarray(to)])
  },
  (bytes, random) => {
    const [from, to] = span(bytes.length, random, random.oneIn(4) ? 512 : 8)
    const at = random.below(bytes.length + 1)
    return concat([bytes.subarray(0, at), bytes.subarray(from, to), bytes.subarray(at)])
  },
  (bytes, random) => {
    const at = random.below(bytes.length + 1)
    return concat([bytes.subarray(0, at), Uint8Array.from({ length: 1 + random.below(8) }, () => random.pick(NUMBERS)), bytes.subarray(at)])
  },
  (bytes, random) => {
    if (bytes.length < 4) return bytes
    const out = bytes.slice()
    const at = random.below(out.length - 3)
    new DataView(out.buffer).setUint32(at, random.pick([0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, out.length, out.length - 1]), true)
    return out
  },
  (bytes, random, other) => {
    const [from, to] = span(other.length, random, 4096)
    const at = random.below(bytes.length + 1)
    return concat([bytes.subarray(0, at), other.subarray(from, to), bytes.subarray(at)])
  },
  (bytes, random, other) => concat([bytes.subarray(0, random.below(bytes.length + 1)), other.subarray(random.below(other.length + 1))])
]

/** One to three changes, anywhere. `other` is a file to take pieces from. */
export function mutateBytes(bytes: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  let out = bytes
  for (let times = 1 + random.below(3); times > 0; times--) out = random.pick(CHANGES)(out, random, other)
  return out
}
