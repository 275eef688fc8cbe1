/**
 * Encodings of one byte per character for Cyrillic and for Central European languages, told by what Western text hardly
 * ever has: words that are all beyond ASCII, in the case and with the letters of Russian; and signs within words.
 */
export type BeyondLatin = 'windows-1251' | 'koi8-r' | 'iso-8859-5' | 'windows-1250' | 'iso-8859-2'

const SAMPLE = 1 << 16
/** Letters of which two of three in Russian, Ukrainian, Bulgarian and Serbian text are one. */
const COMMON = 'оеаинтсрвлкд'
/** Least share of letters among the bytes beyond ASCII, and of those in words of three and more. */
const LEAST = { letters: 0.9, inWords: 0.7 }
/** Fewer letters tell nothing; fewer than the second are no proof. */
const FEWEST = 6
const ENOUGH = 40
/** Least share of common letters, and of words in no odd case. */
const LEAST_COMMON = 0.45
const LEAST_CASED = 0.7

interface Script {
  readonly encoding: BeyondLatin
  /** By byte - 0x80: 0 no letter, 1 lower, 2 upper; plus 4 for a common letter. */
  readonly classes: Uint8Array
}

function scriptOf(encoding: BeyondLatin): Script {
  const classes = new Uint8Array(128)
  const upper = new TextDecoder(encoding).decode(Uint8Array.from({ length: 128 }, (_, at) => at + 0x80))
  for (let at = 0; at < 128; at++) {
    const char = upper[at]!
    if (char < '\u0400' || char > '\u04ff') continue
    const lower = char.toLowerCase()
    classes[at] = (lower === char ? 1 : 2) | (COMMON.includes(lower) ? 4 : 0)
  }
  return { encoding, classes }
}

let scripts: readonly Script[] | undefined

/** The likeliest Cyrillic encoding, with how sure (0 to 1); null when the bytes look like none. */
export function cyrillicOf(bytes: Uint8Array): { readonly encoding: BeyondLatin; readonly confidence: number } | null {
  scripts ??= (['windows-1251', 'koi8-r', 'iso-8859-5'] as const).map(scriptOf)
  let best: { encoding: BeyondLatin; confidence: number } | null = null
  for (const script of scripts) {
    const confidence = judge(bytes, script.classes)
    if (confidence > 0 && (best === null || confidence > best.confidence)) best = { encoding: script.encoding, confidence }
  }
  return best
}

function judge(bytes: Uint8Array, classes: Uint8Array): number {
  let [beyond, letters, inWords, common, words, cased, capitalised] = [0, 0, 0, 0, 0, 0, 0]
  const end = Math.min(bytes.length, SAMPLE)
  for (let at = 0; at < end; ) {
    if (bytes[at]! < 0x80) {
      at++
      continue
    }
    const from = at
    let [upper, known] = [0, 0]
    let kind = 0
    for (; at < end && bytes[at]! >= 0x80 && (kind = classes[bytes[at]! - 0x80]!) !== 0; at++) {
      if (kind & 2) upper++
      if (kind & 4) known++
    }
    const length = at - from
    if (length === 0) {
      beyond++
      at++
      continue
    }
    beyond += length
    letters += length
    common += known
    if (length < 3) continue
    inWords += length
    words++
    const first = (classes[bytes[from]! - 0x80]! & 2) !== 0
    if (upper === 0 || upper === length || (upper === 1 && first)) cased++
    if (upper === 1 && first) capitalised++
  }
  if (letters < FEWEST || letters < beyond * LEAST.letters || inWords < letters * LEAST.inWords) return 0
  if (common < letters * LEAST_COMMON || cased < words * LEAST_CASED) return 0
  const score = (0.5 + Math.min(0.5, (common / letters) * 0.7)) * (cased / words)
  // Other scripts without case fill the same bytes: only words with a capital in front, and enough of them, are sure.
  const sure = capitalised > 0 && letters >= ENOUGH
  return Math.round(100 * (sure ? score : Math.min(0.79, score * 0.8))) / 100
}

/** Letters of Central Europe that are signs in Windows-1252: ą ł ż ź ť ľ, and those at other places in ISO 8859-2. */
const EITHER = new Set([0xb3, 0xbf])
const WINDOWS = new Set([0xb9, 0x9f, 0x9d, 0xbe])
const ISO = new Set([0xb1, 0xb6, 0xbc])
/** Least number of such letters within words, and least share of the bytes beyond ASCII. */
const LEAST_SIGNS = 2
const LEAST_SIGNS_SHARE = 0.1

/** Windows-1250 or ISO 8859-2, when signs of Windows-1252 stand within words where these have letters; null otherwise. Never sure. */
export function centralEuropeanOf(bytes: Uint8Array): { readonly encoding: BeyondLatin; readonly confidence: number } | null {
  let [beyond, either, windows, iso] = [0, 0, 0, 0]
  const isLetter = (byte: number | undefined): boolean => byte !== undefined && ((byte >= 0x61 && byte <= 0x7a) || byte >= 0xe0)
  const isBefore = (byte: number | undefined): boolean => isLetter(byte) || (byte !== undefined && byte >= 0x41 && byte <= 0x5a)
  const end = Math.min(bytes.length, SAMPLE)
  for (let at = 0; at < end; at++) {
    const byte = bytes[at]!
    if (byte < 0x80) continue
    beyond++
    if (!isBefore(bytes[at - 1]) || !isLetter(bytes[at + 1])) continue
    if (EITHER.has(byte)) either++
    else if (WINDOWS.has(byte)) windows++
    else if (ISO.has(byte)) iso++
  }
  const found = either + Math.max(windows, iso)
  if (found < LEAST_SIGNS || found < beyond * LEAST_SIGNS_SHARE) return null
  return { encoding: iso > windows ? 'iso-8859-2' : 'windows-1250', confidence: 0.7 }
}
