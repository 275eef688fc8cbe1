/**
 * The engine of the readers: the loops that see every byte and every cell, in WebAssembly. It is compiled once per process
 * and is at full speed from the first byte on; its arithmetic is that of whole numbers, so it gives the same on every
 * machine. Its source is `assembly/`, in AssemblyScript, whose own memory each instance has.
 */
import { HotpassError } from '../../../kernel/error.ts'
import { ENGINE } from './engine.wasm.ts'
import type { SheetCalls, Shown } from './sheet-calls.ts'

/** What is used of the WebAssembly JavaScript Interface (W3C, 2.0), which the types of the language leave to browsers. */
interface Memory {
  readonly buffer: ArrayBuffer
}
interface Module {
  readonly [Symbol.toStringTag]: string
}
/** What the engine calls, by the file that declares it. */
interface Imports {
  readonly memory: { full(): never }
}
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => Module
  readonly Instance: new (module: Module, imports: Imports) => { readonly exports: unknown }
}

/** What the engine offers; what each is for stands in `assembly/`. Flags come as 0 or 1. */
export interface EngineCalls extends SheetCalls {
  readonly memory: Memory
  take(bytes: number): number
  giveBack(place: number, bytes: number): void
  setDialect(delimiter: number, quote: number, escape: number, comment: number, columns: number, quoted: number): void
  windowFor(length: number): number
  setWindow(length: number): void
  readRecords(from: number, length: number): number
  readonly full: Shown
  readonly lineFeeds: Shown
  readonly returns: Shown
  readonly pairs: Shown
  spill(length: number): number
  addSpilled(length: number): void
  endRow(something: number): number
  dropRow(): void
  rowsHeld(): number
  rowsAlike(): number
  widthsHeld(): number
  widestRow(): number
  look(): number
  clear(): void
  readonly row: Shown
  readonly shown: Shown
  readonly shownNumbers: Shown
  readonly filled: Shown
  readonly codes: Shown
  readonly nuls: Shown
  readonly replacements: Shown
  textsOf(column: number): number
  sizeOf(texts: number): number
  bytesOf(texts: number): number
  longestOf(texts: number): number
  expectTexts(texts: number, count: number): void
  startDraining(texts: number): void
  drain(texts: number, to: number, room: number, ends: number, most: number, from: number): number
  readonly apostrophes: Shown
  setSample(utf8: number, length: number): void
  readSample(delimiter: number, quote: number, escape: number): void
  readonly sampleRecords: Shown
  readonly sampleCells: Shown
  readonly sampleClean: Shown
  readonly fields: Shown
  readonly fieldKinds: Shown
  traits(bytes: number, starts: number, kinds: number, count: number, out: number): number
}

/** Of each memory, an engine for WebAssembly reserves the addresses that it could ever name, and those behind. */
const ADDRESSES = 'raise the limit of virtual memory (ulimit -v) to 32 GB or more: each file that is read takes 10 GB of addresses, though little memory'

let compiled: Module | undefined

/** Bytes of texts, and texts, that are taken out together, at least. */
const DRAINED_BYTES = 1 << 18
const DRAINED_TEXTS = 1 << 14
/** What the engine asks for behind a text. */
const SLACK = 8

export class Engine {
  readonly calls: EngineCalls
  /** Makes what calls throw when they would need more memory than there is, 4 GiB at most. */
  full: () => Error
  private whole = new Uint8Array(0)

  /**
   * A new instance, with memory of its own. Throws E_OPERATOR when the process may not even have the addresses.
   */
  constructor(full: () => Error) {
    this.full = full
    compiled ??= new WebAssembly.Module(bytesOf(ENGINE))
    const imports: Imports = {
      memory: {
        full: () => {
          throw this.full()
        }
      }
    }
    try {
      this.calls = new WebAssembly.Instance(compiled, imports).exports as EngineCalls
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw new HotpassError('E_OPERATOR', 'the engine that reads files cannot have the addresses that it needs', { cause: error, hint: ADDRESSES })
    }
  }

  /** The memory as it is now: growing makes it another. */
  private get memory(): Uint8Array<ArrayBuffer> {
    if (this.whole.byteLength === 0) this.whole = new Uint8Array(this.calls.memory.buffer)
    return this.whole as Uint8Array<ArrayBuffer>
  }

  /** Bytes of its memory. */
  get size(): number {
    return this.memory.length
  }

  /** So many bytes at a place, until the memory grows. Places come as signed numbers. */
  bytes(place: number, count: number): Uint8Array<ArrayBuffer> {
    return this.memory.subarray(place >>> 0, (place >>> 0) + count)
  }

  /** So many words at a place, until the memory grows. */
  words(place: number, count: number): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.memory.buffer, place >>> 0, count)
  }

  /** So many half words at a place, until the memory grows. */
  halves(place: number, count: number): Uint16Array<ArrayBuffer> {
    return new Uint16Array(this.memory.buffer, place >>> 0, count)
  }

  /** So many doubles at a place, until the memory grows. */
  doubles(place: number, count: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.memory.buffer, place >>> 0, count)
  }

  /** The texts of a dictionary, end to end, and where each begins; one more entry for the end of the last. */
  textsAt(texts: number): { readonly text: Uint8Array; readonly starts: Uint32Array } {
    const { calls } = this
    const room = Math.max(DRAINED_BYTES, calls.longestOf(texts) + SLACK)
    const [bytes, ends] = [calls.take(room), calls.take(DRAINED_TEXTS * 4)]
    const text = new Uint8Array(calls.bytesOf(texts))
    const starts = new Uint32Array(calls.sizeOf(texts) + 1)
    calls.startDraining(texts)
    for (let id = 0, from = 0; id < starts.length - 1; ) {
      const count = calls.drain(texts, bytes, room, ends, DRAINED_TEXTS, from)
      starts.set(this.words(ends, count), id + 1)
      id += count
      text.set(this.bytes(bytes, starts[id]! - from), from)
      from = starts[id]!
    }
    calls.giveBack(bytes, room)
    calls.giveBack(ends, DRAINED_TEXTS * 4)
    return { text, starts }
  }
}

function bytesOf(base64: string): Uint8Array {
  const signs = atob(base64)
  const bytes = new Uint8Array(signs.length)
  for (let at = 0; at < bytes.length; at++) bytes[at] = signs.charCodeAt(at)
  return bytes
}

let shared: Engine | undefined

/** An instance for whoever keeps nothing in it: what was taken is given back. */
export function sharedEngine(): Engine {
  return (shared ??= new Engine(() => new RangeError('texts that are looked at together take more memory than there is')))
}
