/** The shared strings of a workbook, into the engine. */
import type { Engine } from '../engine/engine.ts'
import type { PartWindow } from '../engine/part-window.ts'
import { END, OPEN, nameCode, type XmlScanner } from '../xml/scanner.ts'
import { readString } from './rich-text.ts'

const ITEM = nameCode('si')
/** What the engine asks for behind a text. */
const SLACK = 8
const encoder = new TextEncoder()

/** What is thrown: `tooMany` for more strings than are allowed, `collides` for strings that were made to cost too much. */
export interface StringFaults {
  tooMany(): Error
  collides(): Error
}

/** Reads a shared strings part of no more than `most` strings. Each has its number in the file. */
export function readSharedStrings(xml: XmlScanner, engine: Engine, window: PartWindow, faults: StringFaults, most = Infinity): void {
  const { calls } = engine
  const read = (from: number, length: number): number => calls.readStrings(from, length, Math.min(most, 0xffff_ffff))
  for (let token = xml.next(); token !== END; token = xml.next()) {
    if (token === OPEN && xml.name === ITEM) {
      if (calls.strings.value >= most) throw faults.tooMany()
      addString(engine, encoder.encode(readString(xml)))
    }
    if (xml.depth === 1) xml.pos = window.read(xml.bytes, xml.pos, read)
  }
  if (calls.endStrings() === 0) throw faults.collides()
}

function addString(engine: Engine, utf8: Uint8Array): void {
  const { calls } = engine
  const place = calls.take(utf8.length + SLACK)
  engine.bytes(place, utf8.length).set(utf8)
  calls.addString(place, utf8.length)
  calls.giveBack(place, utf8.length + SLACK)
}
