/** Engines for files: one that has read a small file reads the next, because making one takes longer than most small files. */
import { Engine } from './engine.ts'

/** Bytes of memory up to which an engine is kept. */
const SMALL = 4 << 20

let idle: Engine | undefined

/** An engine, whose calls throw what `full` makes when they would need more memory than there is. What it held before may still be there. */
export function borrowEngine(full: () => Error): Engine {
  const engine = idle ?? new Engine(full)
  idle = undefined
  engine.full = full
  return engine
}

/** Takes an engine back from whoever is done with it. It need not be given back. */
export function returnEngine(engine: Engine): void {
  if (engine.size <= SMALL) idle = engine
}
