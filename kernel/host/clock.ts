/** The outside, as a run sees it: the time, what things cost, and which runtime this is. */
import { randomBytes } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { RunHost } from '../run/types.ts'

/** The versions that may matter when results differ. None of them is hashed. */
export function runtimeFacts(): { readonly [name: string]: string } {
  const { node, v8, icu, unicode, tz, zlib } = process.versions
  return { node: node!, v8: v8!, icu: icu ?? '', unicode: unicode ?? '', tz: tz ?? '', zlib: zlib ?? '', platform: process.platform, arch: process.arch }
}

/** The host of a run in this process. `implementation` tells what runs under an operator's id: see `createImplementations`. */
export function createHost(implementation: RunHost['implementation']): RunHost {
  return {
    now: () => new Date().toISOString(),
    elapsed: () => performance.now(),
    usage() {
      const { user, system } = process.cpuUsage()
      return { cpu_ms: (user + system) / 1000, memory_bytes: process.memoryUsage.rss() }
    },
    pause: () => setImmediate(),
    facts: runtimeFacts(),
    implementation,
    drawSeed: () => randomBytes(16).toString('hex')
  }
}
