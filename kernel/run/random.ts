/** The generator behind `Context.random`. */
import { digestBytes } from '../hash.ts'

/**
 * Numbers from 0 inclusive to 1 exclusive, in steps of 2^-32; the same seed gives the same numbers everywhere.
 * sfc32 of the PractRand suite (C. Doty-Humphrey, public domain), seeded from a SHA-256.
 */
export function createRandom(seed: string): () => number {
  const digest = digestBytes(seed)
  const word = (index: number): number => Number.parseInt(digest.slice(index * 8, index * 8 + 8), 16) | 0
  let a = word(0)
  let b = word(1)
  let c = word(2)
  let counter = word(3) | 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }
  for (let warm = 0; warm < 12; warm++) next()
  return next
}
