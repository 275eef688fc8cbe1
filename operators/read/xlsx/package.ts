/** The parts of an Office Open XML package and the relationships between them (ECMA-376 part 2). */
import type { Limits } from '../config.ts'
import { openZip, type Zip, type ZipEntry } from '../container/zip.ts'
import { refusal } from '../refusal.ts'
import { HEAD, beginsUtf8, partAsUtf8 } from '../xml/part-text.ts'
import { CLOSE, END, OPEN, XmlScanner, nameCode } from '../xml/scanner.ts'
import { WINDOW, partWindows, wholePart } from '../xml/windows.ts'

export interface Relationship {
  readonly id: string
  /** Last step of the type's address: `worksheet`, `sharedStrings`, … the same in transitional and strict files. */
  readonly type: string
  /** Name of the part, or '' when it lies outside of the package: such a target is never followed. */
  readonly target: string
}

export interface Package {
  readonly file: string
  /** Whether there is a part of this name. Names are compared without case. */
  has(part: string): boolean
  /** UTF-8 of an XML part. Throws HotpassError when it is missing or damaged. */
  xml(part: string, where?: string): Uint8Array
  scanner(part: string): XmlScanner
  /** Relationships of a part; `''` for those of the package itself. Empty when it has none. */
  relationships(part: string): readonly Relationship[]
}

const RELATIONSHIP = nameCode('Relationship')
/** How often each part may be read, taken together: twice is what a reader needs. */
const MOST_TIMES = 2
/** Bytes of a part that has to be held as a whole, because it is written in another encoding. */
const MOST_AT_ONCE = 128 << 20

/** Opens a package. A part that is larger than `window` is not held as a whole while it is scanned. Throws HotpassError. */
export function openPackage(file: string, bytes: Uint8Array, limits: Limits, window = WINDOW): Package {
  return packageOf(file, openZip(file, bytes, limits), limits, window)
}

/** The package in an archive that is open. */
export function packageOf(file: string, zip: Zip, limits: Limits, window = WINDOW): Package {
  const entryOf = (part: string): ZipEntry | undefined => zip.entries.get(part.toLowerCase())
  const known = new Map<string, readonly Relationship[]>()
  let read = 0

  /** Parts may be looked at more than once, but not over and over: what refers to them may be made to do so. */
  function spend(entry: ZipEntry): void {
    read += entry.size
    if (read > limits.inflated_bytes * MOST_TIMES) throw refusal(file, 'E_INPUT_LIMIT', `its parts refer to each other so often that reading them costs more than ${MOST_TIMES} times ${limits.inflated_bytes} bytes (ingest.limits.inflated_bytes)`)
  }

  function xml(part: string): Uint8Array {
    const entry = entryOf(part)
    if (entry === undefined) throw refusal(file, 'E_INPUT_UNREADABLE', 'a part that the workbook refers to is missing')
    if (entry.size > MOST_AT_ONCE) throw refusal(file, 'E_INPUT_LIMIT', `the part ${JSON.stringify(entry.name)} is not UTF-8 and larger than ${MOST_AT_ONCE} bytes`)
    spend(entry)
    const text = partAsUtf8(zip.read(entry))
    if (text === null) throw refusal(file, 'E_INPUT_ENCODING', `the part ${JSON.stringify(entry.name)} has an encoding that is not known`, {}, 'save the workbook again in a spreadsheet program')
    return text
  }

  function scanner(part: string): XmlScanner {
    const fault = (what: string): Error => refusal(file, 'E_INPUT_UNREADABLE', `part ${JSON.stringify(part)}: ${what}`)
    const entry = entryOf(part)
    if (entry === undefined || entry.size <= window) return new XmlScanner(wholePart(xml(part)), fault)
    spend(entry)
    const reader = zip.open(entry)
    const head = new Uint8Array(HEAD)
    const begun = head.subarray(0, reader.read(head, 0))
    if (!beginsUtf8(begun)) {
      reader.close()
      return new XmlScanner(wholePart(xml(part)), fault)
    }
    // A character has four bytes at most, and is written with ten at most when it is a reference.
    const tooLong = (): Error => refusal(file, 'E_INPUT_LIMIT', `part ${JSON.stringify(part)}: it holds a text or a tag longer than ${limits.cell_characters} characters (ingest.limits.cell_characters)`)
    return new XmlScanner(partWindows(reader, begun, window, limits.cell_characters * 10, tooLong), what => {
      // A part that is damaged on the way is told as such, not by what its damage looks like.
      const rest = new Uint8Array(WINDOW)
      while (reader.read(rest, 0) > 0);
      return fault(what)
    })
  }

  return {
    file,
    has: part => entryOf(part) !== undefined,
    xml,
    scanner,
    relationships(part) {
      const slash = part.lastIndexOf('/')
      const folder = part.slice(0, slash + 1)
      const rels = `${folder}_rels/${part.slice(slash + 1)}.rels`
      const before = known.get(rels)
      if (before !== undefined) return before
      const found: Relationship[] = []
      known.set(rels, found)
      if (entryOf(rels) === undefined) return found
      const xml = scanner(rels)
      for (let token = xml.next(); token !== END; token = xml.next()) {
        if (token !== OPEN || xml.name !== RELATIONSHIP) continue
        const type = xml.attribute('Type') ?? ''
        const external = xml.attribute('TargetMode')?.toLowerCase() === 'external'
        found.push({
          id: xml.attribute('Id') ?? '',
          type: type.slice(type.lastIndexOf('/') + 1),
          target: external ? '' : resolveTarget(folder, xml.attribute('Target') ?? '')
        })
      }
      return found
    }
  }
}

/** Name of the part that a target means: absolute with a leading `/`, else relative to the folder. Steps above the root are dropped. */
export function resolveTarget(folder: string, target: string): string {
  const path = target.replaceAll('\\', '/')
  const steps: string[] = []
  for (const step of (path.startsWith('/') ? path : folder + path).split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps.join('/')
}

/** Text of every element of this name in a part, with one of its attributes; for small parts. */
export function elementsOf(xml: XmlScanner, element: string, attribute: string): { readonly key: string; readonly text: string }[] {
  const wanted = nameCode(element)
  const out: { key: string; text: string }[] = []
  for (let token = xml.next(); token !== END; token = xml.next()) {
    if (token !== OPEN || xml.name !== wanted) continue
    const key = xml.attribute(attribute) ?? ''
    let text = ''
    if (!xml.empty) {
      const outside = xml.depth - 1
      for (let inner = xml.next(); xml.depth > outside || inner !== CLOSE; inner = xml.next()) if (inner !== OPEN && inner !== CLOSE) text += xml.text()
    }
    out.push({ key, text })
  }
  return out
}
