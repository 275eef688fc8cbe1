/**
 * A dictionary of doubles: open addressing over their bits. As with texts, a number that needs too many probes sends the
 * whole to a Map over its decimal form, whose hash the engine seeds.
 */
const MAX_PROBES = 96
const scratch = new Float64Array(1)
const bits = new Int32Array(scratch.buffer)

export class NumberDictionary {
  private slots = new Uint32Array(64)
  private mask = 63
  private keys = new Float64Array(32)
  private codes = new Uint32Array(32)
  private size = 0
  private overflow: Map<string, number> | null = null

  /** The code stored for this number, or 0 after which `put` must follow. Minus zero is zero. */
  get(value: number): number {
    if (this.overflow !== null) return this.overflow.get(String(value)) ?? 0
    const { slots, mask, keys } = this
    let slot = this.slotOf(value)
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      const entry = slots[slot]!
      if (entry === 0) return 0
      if (keys[entry - 1] === value) return this.codes[entry - 1]!
      slot = (slot + 1) & mask
    }
    this.overflowNow()
    return this.overflow!.get(String(value)) ?? 0
  }

  /** Stores the code of a number that is not there yet. */
  put(value: number, code: number): void {
    if (this.overflow !== null) {
      this.overflow.set(String(value), code)
      return
    }
    if (this.size === this.keys.length) this.grow()
    this.keys[this.size] = value
    this.codes[this.size++] = code
    if (this.isOpen()) this.place(this.size - 1)
    else this.overflowNow()
  }

  /** Whether no collision has sent the numbers to the Map yet; growing may do that. */
  private isOpen(): boolean {
    return this.overflow === null
  }

  private slotOf(value: number): number {
    // Adding zero turns minus zero into zero, whose bits differ.
    scratch[0] = value + 0
    const mixed = Math.imul(bits[0]! ^ Math.imul(bits[1]!, 0x9e3779b1 | 0), 0x85ebca6b | 0)
    return (mixed ^ (mixed >>> 15)) & this.mask
  }

  private place(index: number): void {
    let slot = this.slotOf(this.keys[index]!)
    for (let probes = 0; this.slots[slot] !== 0; probes++) {
      if (probes === MAX_PROBES) return this.overflowNow()
      slot = (slot + 1) & this.mask
    }
    this.slots[slot] = index + 1
  }

  private grow(): void {
    const keys = new Float64Array(this.size * 2)
    keys.set(this.keys)
    this.keys = keys
    const codes = new Uint32Array(this.size * 2)
    codes.set(this.codes)
    this.codes = codes
    this.mask = this.mask * 2 + 1
    this.slots = new Uint32Array(this.mask + 1)
    for (let index = 0; index < this.size && this.overflow === null; index++) this.place(index)
  }

  private overflowNow(): void {
    this.overflow = new Map()
    for (let index = 0; index < this.size; index++) this.overflow.set(String(this.keys[index]! + 0), this.codes[index]!)
  }
}
