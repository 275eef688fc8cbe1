/** Changes to a workbook's archive: its parts, its directory, and the XML in a part. */
import { unzipSync } from 'fflate'
import { buildZip, type Part } from '../../operators/read/testing/build-zip.ts'
import { mutateBytes } from './mutate-bytes.ts'
import { ODD_VALUES, mutateXml } from './mutate-xml.ts'
import type { Random } from './random.ts'

const decoder = new TextDecoder('utf-8')
const encoder = new TextEncoder()
const MAX_PART = 400_000
const NAMES = ['../x', '/etc/passwd', 'C:\\x', 'xl/__proto__', '__proto__', 'constructor', 'a\u0000b', '', 'xl/', 'xl/worksheets/SHEET1.XML', 'EncryptionInfo', '_xmlsignatures/sig1.xml', 'n'.repeat(1025)]

/** The parts of an archive; null when it is none or too large to be worth it. */
export function partsOf(bytes: Uint8Array): Part[] | null {
  try {
    const parts = unzipSync(bytes, { filter: ({ originalSize }) => originalSize <= MAX_PART })
    return Object.keys(parts).map(name => ({ name, data: parts[name]!, stored: true }))
  } catch {
    return null
  }
}

type Change = (parts: Part[], random: Random) => Part[]

const swapped = (parts: readonly Part[], at: number, part: Part): Part[] => parts.map((old, index) => (index === at ? part : old))

const STRUCTURE: readonly Change[] = [
  (parts, random) => parts.toSpliced(random.below(parts.length), 1),
  (parts, random) => parts.toSpliced(random.below(parts.length), 0, { ...random.pick(parts), ...(random.oneIn(2) ? { name: random.pick(NAMES) } : {}) }),
  (parts, random) => {
    const at = random.below(parts.length)
    return swapped(parts, at, { ...parts[at]!, name: random.oneIn(2) ? random.pick(NAMES) : random.pick(parts).name })
  },
  (parts, random) => {
    const at = random.below(parts.length)
    return swapped(parts, at, { ...parts[at]!, data: random.pick(parts).data })
  },
  (parts, random) => {
    const at = random.below(parts.length)
    const lies: Partial<Part>[] = [{ crc: random.below(0xffffffff) }, { size: random.pick([0, 1, 1 << 20, 0x7fffffff, 0xffffffff]) }, { flags: 1 << random.below(16) }, { localName: random.pick(NAMES) }, { stored: false }, { stored: false, size: random.below(100_000) }]
    if (at > 0) lies.push({ sharedWith: random.below(at) })
    return swapped(parts, at, { ...parts[at]!, ...random.pick(lies) })
  }
]

/** The archive with one of its parts, or what its directory says of them, changed. */
export function mutateZip(parts: readonly Part[], random: Random, other: Uint8Array): Uint8Array {
  let out = [...parts]
  for (let times = 1 + random.below(2); times > 0 && out.length > 0; times--) {
    const xml = out.map((part, at) => ({ part, at })).filter(({ part }) => /\.(xml|rels)$/i.test(part.name))
    if (xml.length === 0 || random.oneIn(4)) out = random.pick(STRUCTURE)(out, random)
    else {
      const { part, at } = random.pick(xml)
      const bytes = part.data as Uint8Array
      // A quarter of the changes to a part are to its bytes: half characters, other encodings.
      const data = random.oneIn(4) ? mutateBytes(bytes, random, other) : encoded(mutateXml(decoder.decode(bytes), random), random)
      out = swapped(out, at, { ...part, data })
    }
  }
  const bytes = buildZip(out)
  return random.oneIn(16) ? mutateBytes(bytes, random, other) : bytes
}

function encoded(text: string, random: Random): Uint8Array {
  if (!random.oneIn(20)) return encoder.encode(text)
  const wide = Buffer.from((random.oneIn(2) ? '\ufeff' : '') + text, 'utf16le')
  return random.oneIn(2) ? wide : wide.subarray(0, wide.length & ~1).swap16()
}

/** Delimited text with odd values and delimiters put in. */
export function mutateText(bytes: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  let text = decoder.decode(bytes)
  for (let times = 1 + random.below(4); times > 0; times--) {
    const at = random.below(text.length + 1)
    const piece = random.oneIn(3) ? random.pick(ODD_VALUES) : random.pick([',', ';', '\t', '|', '"', '""', "'", '\n', '\r', '\r\n', '\n\n', '\u0000', '\ufeff', 'sep=;\n', '# note\n', ',,,,,,', '"a\nb"', '="007"', "'=1+1", 'é', '\u2028', '1.234,56', ';;;\n'])
    text = text.slice(0, at) + (random.oneIn(10) ? piece.repeat(1 + random.below(200)) : piece) + text.slice(at + random.below(3))
  }
  const out = encoder.encode(text)
  return random.oneIn(4) ? mutateBytes(out, random, other) : out
}
