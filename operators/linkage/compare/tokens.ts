/** Texts as weighted words: rare words count, frequent ones hardly do (TF-IDF; soft matching after Cohen, Ravikumar, Fienberg 2003). */
import { log2 } from '../logarithm.ts'
import { jaroWinkler } from '../similarity/jaro-winkler.ts'
import type { Values } from '../fields/values.ts'

export interface TokenTexts {
  /** By token: its text, its weight, and the records that hold it. */
  readonly tokens: readonly string[]
  readonly weights: Float64Array
  readonly records: Uint32Array
  /** Tokens of the text with code `c`: `ids[from[c]] … ids[from[c + 1] - 1]`, ascending, each once. */
  readonly from: Uint32Array
  readonly ids: Uint32Array
}

export type Tokenise = (text: string) => readonly string[]
export const byWord: Tokenise = text => text.split(' ')

export function tokenTexts(values: Values, total: number, tokenise: Tokenise = byWord): TokenTexts {
  const index = new Map<string, number>()
  const tokens: string[] = []
  const from = new Uint32Array(values.texts.length + 2)
  const lists: number[][] = [[]]
  values.texts.forEach(text => {
    const ids: number[] = []
    for (const token of tokenise(text)) {
      let id = index.get(token)
      if (id === undefined) {
        id = tokens.length
        tokens.push(token)
        index.set(token, id)
      }
      if (!ids.includes(id)) ids.push(id)
    }
    lists.push(ids.sort((a, b) => a - b))
  })
  const records = new Uint32Array(tokens.length)
  let size = 0
  lists.forEach((ids, code) => {
    from[code] = size
    size += ids.length
    for (const id of ids) records[id]! += values.counts[code]!
  })
  from[lists.length] = size
  const ids = new Uint32Array(size)
  lists.forEach((list, code) => ids.set(list, from[code]!))
  const weights = Float64Array.from(tokens, (_, id) => log2(1 + total / records[id]!))
  return { tokens, weights, records, from, ids }
}

export interface SoftOptions {
  /** A single letter stands for a word that begins with it. */
  readonly initials: boolean
  /** Likeness from which two words are one. */
  readonly like: number
}

const LOOSE = 10
const left = new Uint32Array(256)
const right = new Uint32Array(256)

/** Soft cosine of two texts, 0 to 1. */
export function softCosine(texts: TokenTexts, a: number, b: number, options: SoftOptions): number {
  const { tokens, weights, from, ids } = texts
  let x = from[a]!
  let y = from[b]!
  const endX = from[a + 1]!
  const endY = from[b + 1]!
  let dot = 0
  let normX = 0
  let normY = 0
  let looseX = 0
  let looseY = 0
  while (x < endX || y < endY) {
    const p = x < endX ? ids[x]! : 0xffffffff
    const q = y < endY ? ids[y]! : 0xffffffff
    if (p === q) {
      const square = weights[p]! * weights[p]!
      dot += square
      normX += square
      normY += square
      x++
      y++
    } else if (p < q) {
      if (looseX < 256) left[looseX++] = p
      x++
    } else {
      if (looseY < 256) right[looseY++] = q
      y++
    }
  }
  if (looseX > 0 && looseY > 0 && (looseX <= LOOSE || looseY <= LOOSE)) {
    for (let i = 0; i < looseX; i++) {
      const word = tokens[left[i]!]!
      let best = 0
      let at = -1
      for (let j = 0; j < looseY; j++) {
        const other = tokens[right[j]!]!
        let like = 0
        if (word.length === 1 || other.length === 1) like = options.initials && word.charCodeAt(0) === other.charCodeAt(0) ? 0.8 : 0
        else if (word.length > 3 && other.length > 3 && !hasDigit(word) && !hasDigit(other)) like = jaroWinkler(word, other)
        if (like > best) {
          best = like
          at = j
        }
      }
      if (best < options.like && best !== 0.8) continue
      if (at < 0) continue
      const p = left[i]!
      const q = right[at]!
      const weight = Math.min(weights[p]!, weights[q]!)
      dot += best * weight * weight
      normX += weight * weight
      normY += weight * weight
      left[i] = left[--looseX]!
      right[at] = right[--looseY]!
      i--
    }
  }
  for (let i = 0; i < looseX; i++) normX += weights[left[i]!]! * weights[left[i]!]!
  for (let j = 0; j < looseY; j++) normY += weights[right[j]!]! * weights[right[j]!]!
  return normX === 0 || normY === 0 ? 0 : dot / Math.sqrt(normX * normY)
}

function hasDigit(word: string): boolean {
  for (let at = 0; at < word.length; at++) {
    const sign = word.charCodeAt(at)
    if (sign >= 48 && sign <= 57) return true
  }
  return false
}
