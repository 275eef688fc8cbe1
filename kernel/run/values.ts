/** Decoded values that later steps still need; each is dropped after its last use, so that memory stays low. */
import type { Step } from '../pipeline.ts'
import type { ArtifactRef } from '../types.ts'

export interface Values {
  /** Remembers an output; a value that nobody will use is not kept. */
  keep(step: string, slot: string, ref: ArtifactRef, value: unknown): void
  /** The value, or undefined when it has to be decoded from the store. */
  find(step: string, slot: string): unknown
  /** Says that a step has had its inputs. */
  release(step: Step): void
}

/** `extra` are uses besides those of the steps. `unused` is told of every artifact after its last use. */
export function createValues(steps: readonly Step[], extra: readonly { readonly step: string; readonly slot: string }[], unused: (ref: ArtifactRef) => void = () => {}): Values {
  const uses = new Map<string, number>()
  const held = new Map<string, { readonly ref: ArtifactRef; readonly value: unknown }>()
  const nameOf = (step: string, slot: string): string => `${step}\0${slot}`
  const count = (name: string, by: number): number => {
    const left = (uses.get(name) ?? 0) + by
    uses.set(name, left)
    return left
  }
  for (const step of steps) for (const source of sourcesOf(step)) count(nameOf(source.step, source.slot), 1)
  for (const { step, slot } of extra) count(nameOf(step, slot), 1)
  return {
    keep(step, slot, ref, value) {
      const name = nameOf(step, slot)
      if ((uses.get(name) ?? 0) > 0) held.set(name, { ref, value })
      else unused(ref)
    },
    find(step, slot) {
      return held.get(nameOf(step, slot))?.value
    },
    release(step) {
      for (const source of sourcesOf(step)) {
        const name = nameOf(source.step, source.slot)
        const entry = held.get(name)
        if (count(name, -1) > 0 || entry === undefined) continue
        held.delete(name)
        unused(entry.ref)
      }
    }
  }
}

function sourcesOf(step: Step): { readonly step: string; readonly slot: string }[] {
  return Object.keys(step.inputs).flatMap(slot => step.inputs[slot]!.flatMap(source => ('step' in source ? [source] : [])))
}
