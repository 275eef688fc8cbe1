/** The bytes of an XML part, as a scanner sees them, shown to an engine. */
import type { Engine } from './engine.ts'

/** Bytes that are shown together: few enough that they stay in the processor's cache. */
const MOST = 1 << 19
/** What is shown moves on when no more than this is left of it: a cell near its end may be cut. */
const NEAR_END = 1 << 14

export class PartWindow {
  private readonly engine: Engine
  private bytes: Uint8Array | null = null
  private start = 0
  private length = 0

  constructor(engine: Engine) {
    this.engine = engine
  }

  /**
   * Lets `read` read bytes from `pos` on, and gives where it stopped. It is told where in the window it begins and how long
   * that is, and returns where in the window the first thing begins that it does not read.
   */
  read(bytes: Uint8Array, pos: number, read: (from: number, length: number) => number): number {
    let at = pos
    for (;;) {
      if (bytes !== this.bytes || at < this.start || at >= this.start + this.length) this.show(bytes, at)
      const stopped = this.start + read(at - this.start, this.length)
      const end = this.start + this.length
      if (end >= bytes.length || end - stopped > NEAR_END || stopped === this.start) return stopped
      this.show(bytes, stopped)
      at = stopped
    }
  }

  private show(bytes: Uint8Array, from: number): void {
    const { engine } = this
    this.bytes = bytes
    this.start = from
    this.length = Math.min(MOST, bytes.length - from)
    const place = engine.calls.partWindow(this.length)
    engine.bytes(place, this.length).set(bytes.subarray(from, from + this.length))
  }
}
