/**
 * East Asian encodings of two and more bytes per character, told by their byte sequences: which pairs are valid, how
 * many of them are characters in common use, and whether they stand side by side, as they do in words of these scripts.
 * After S. Li, K. Momoi, "A composite approach to language/encoding detection", 2001.
 */
export type MultiByte = 'gb18030' | 'big5' | 'shift_jis' | 'euc-jp' | 'euc-kr'

interface Candidate {
  readonly encoding: MultiByte
  /** Bytes of the character that begins with this pair; 0 when the pair begins none. */
  length(lead: number, trail: number): number
  /** Whether the pair is a character in common use. */
  common(lead: number, trail: number): boolean
  /** Whether the pair is one of the signs that the language of this encoding cannot do without. */
  typical(lead: number, trail: number): boolean
  /** Least share of typical characters, and most. */
  readonly typicalShare: readonly [least: number, most: number]
}

const within = (byte: number, from: number, to: number): boolean => byte >= from && byte <= to
const high = (trail: number): boolean => within(trail, 0xa1, 0xfe)

const CANDIDATES: readonly Candidate[] = [
  {
    encoding: 'shift_jis',
    length: (lead, trail) => (within(lead, 0xa1, 0xdf) ? 1 : (within(lead, 0x81, 0x9f) || within(lead, 0xe0, 0xfc)) && within(trail, 0x40, 0xfc) && trail !== 0x7f ? 2 : 0),
    // Kana, signs, and the characters of the first level.
    common: (lead, trail) => within(lead, 0x81, 0x83) || within(lead, 0x88, 0x97) || (lead === 0x98 && trail <= 0x72),
    typical: (lead, trail) => (lead === 0x82 && within(trail, 0x9f, 0xf1)) || (lead === 0x83 && within(trail, 0x40, 0x96)),
    typicalShare: [0.05, 1]
  },
  {
    encoding: 'euc-jp',
    length: (lead, trail) => (lead === 0x8f ? 3 : (lead === 0x8e || high(lead)) && high(trail) ? 2 : 0),
    common: lead => within(lead, 0xa1, 0xa5) || within(lead, 0xb0, 0xcf),
    typical: lead => lead === 0xa4 || lead === 0xa5,
    typicalShare: [0.05, 1]
  },
  {
    encoding: 'euc-kr',
    length: (lead, trail) => (within(lead, 0x81, 0xfe) && within(trail, 0x41, 0xfe) ? 2 : 0),
    common: (lead, trail) => within(lead, 0xb0, 0xc8) && high(trail),
    typical: (lead, trail) => within(lead, 0xb0, 0xc8) && high(trail),
    typicalShare: [0.9, 1]
  },
  {
    encoding: 'gb18030',
    length: (lead, trail) => (!within(lead, 0x81, 0xfe) ? 0 : within(trail, 0x30, 0x39) ? 4 : within(trail, 0x40, 0xfe) && trail !== 0x7f ? 2 : 0),
    // Characters of the first level, by their sound; the last fifth of them is what Korean does not reach.
    common: (lead, trail) => (within(lead, 0xb0, 0xd7) || lead === 0xa1 || lead === 0xa3) && high(trail),
    typical: (lead, trail) => within(lead, 0xc9, 0xd7) && high(trail),
    typicalShare: [0.12, 0.8]
  },
  {
    encoding: 'big5',
    length: (lead, trail) => (within(lead, 0x81, 0xfe) && (within(trail, 0x40, 0x7e) || high(trail)) ? 2 : 0),
    common: (lead, trail) => within(lead, 0xa4, 0xc6) || (lead === 0xa1 && high(trail)) || (lead === 0xa1 && within(trail, 0x40, 0x7e)),
    typical: (lead, trail) => within(lead, 0xa4, 0xc6) && within(trail, 0x40, 0x7e),
    typicalShare: [0.15, 0.7]
  }
]

const SAMPLE = 1 << 16
/** Fewer characters tell nothing. */
const FEWEST = 8
/** Least share of characters that stand beside another one, of pairs that are valid, and of characters in common use. */
const LEAST = { beside: 0.7, valid: 0.99, common: 0.75 }

/** How sure of Japanese without kana, as lists of names and towns are: all pairs are in common use, and lead bytes of letters in no Western text. */
const NAMES = 0.7

/** The likeliest of these encodings, with how sure (0 to 1, two decimals); null when the bytes look like none of them. */
export function multiByteOf(bytes: Uint8Array): { readonly encoding: MultiByte; readonly confidence: number } | null {
  let best: { encoding: MultiByte; confidence: number } | null = null
  for (const candidate of CANDIDATES) {
    const confidence = judge(bytes, candidate)
    if (confidence > 0 && (best === null || confidence > best.confidence)) best = { encoding: candidate.encoding, confidence }
  }
  return best
}

function judge(bytes: Uint8Array, { encoding, length, common, typical, typicalShare }: Candidate): number {
  let [characters, invalid, beside, known, marks, single] = [0, 0, 0, 0, 0, 0]
  let lastEnd = -1
  for (let at = 0; at < bytes.length && characters + invalid + single < SAMPLE; ) {
    const lead = bytes[at]!
    if (lead < 0x80) {
      at++
      continue
    }
    const trail = at + 1 < bytes.length ? bytes[at + 1]! : 0
    const size = length(lead, trail)
    if (size === 0) {
      invalid++
      at++
      continue
    }
    if (size === 1) {
      single++
      at++
      continue
    }
    characters++
    if (common(lead, trail)) known++
    if (typical(lead, trail)) marks++
    // The first of a run is seen to be in one by the second.
    if (lastEnd === at) beside++
    else if (at + size < bytes.length && bytes[at + size]! >= 0x80) beside++
    at += size
    lastEnd = at
  }
  const all = characters + single + invalid
  if (characters < FEWEST || characters < all * LEAST.valid * 0.9) return 0
  const share = marks / characters
  if (encoding === 'shift_jis' && marks === 0 && known === characters && characters === all && beside >= characters * LEAST.beside) return NAMES
  if (beside < characters * LEAST.beside || all - invalid < all * LEAST.valid || known < characters * LEAST.common || share < typicalShare[0] || share > typicalShare[1]) return 0
  // A short text proves less than a long one.
  const enough = Math.min(1, 0.7 + characters / 200)
  return Math.round(100 * (known / characters) * ((all - invalid) / all) * enough) / 100
}
