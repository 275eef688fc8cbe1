/** A toy run, a disk that fails on purpose, and what must hold whatever happened. Shared by the store's tests. */
import { digestBytes, digestJson } from '../../hash.ts'
import type { AttemptEntry, Store } from '../../store.ts'
import type { Digest, JsonObject } from '../../types.ts'
import { checkStore } from './check.ts'
import type { Disk } from './disk.ts'
import type { Owner } from './owner.ts'
import { openStore } from './store.ts'

export const ROOT = '/place/.hotpass'

/** Processes of a test. The one that is `running` lives, all others are dead. */
export function testOwner(name: string): Owner {
  return { name, lifeOf: other => (other === name ? 'alive' : /^\d+\./.test(other) ? 'dead' : 'unknown') }
}

/** Numbers from 0 to below 1 that follow from the seed (mulberry32). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
export const runIdOf = (name: string): string => `run-${digestBytes(name).slice(0, 32)}`
export const bytesOf = (name: string, part: string): Uint8Array => utf8(`${part} of ${name}`)

const refOf = (id: string, hash: Digest): JsonObject => ({ id, kind: 'bytes', schema: 'urn:test:1', hash, bytes: 1 })

function recordOf(identity: JsonObject): JsonObject & { record_hash: Digest } {
  return { identity, observed: { note: 'any' }, record_hash: digestJson(identity) }
}

/** Does what an executor does: puts an input and a config, looks for the action, makes its output, writes two records. */
export async function sampleRun(store: Store, name: string, size = 0, given = utf8(`input of ${name}${'.'.repeat(size)}`)): Promise<AttemptEntry> {
  const config = store.put(utf8('{}'))
  const input = store.put(given)
  const key = digestBytes(`action ${name}`)
  const found = store.findAction(key)?.outputs['out']?.hash
  const output = found ?? store.put(bytesOf(name, 'output'))
  if (found === undefined) store.putAction({ key, outputs: { out: { kind: 'bytes', schema: 'urn:test:1', hash: output, bytes: 1 } }, diagnostics: [] })
  const step = recordOf({ step: `read:${name}.xlsx`, input_refs: [refOf('a', input)], output_refs: [refOf('b', output)] })
  const run = recordOf({ run_id: runIdOf(name), config_hash: config, input_refs: [refOf('a', input)], dataset: refOf('b', output), steps: [step.record_hash] })
  return store.acknowledge(runIdOf(name), run.record_hash, 'succeeded', [{ name: 'run', record: run }, { name: `read:${name}.xlsx`, record: step }])
}

/** What is wrong with a store in which these attempts were acknowledged; empty when every promise holds. */
export function brokenPromises(disk: Disk, acknowledged: readonly AttemptEntry[]): readonly string[] {
  const wrong: string[] = checkStore(ROOT, { full: true, disk, owner: testOwner('9.9.aa.9.aa') }).filter(finding => finding.severity !== 'info' && !(acknowledged.length === 0 && finding.code === 'STORE_MISSING')).map(finding => `${finding.code} ${finding.path}: ${finding.message}`)
  if (acknowledged.length === 0) return wrong
  try {
    const store = openStore(ROOT, { readOnly: true, disk })
    const listed = store.attempts()
    for (const entry of acknowledged) {
      const found = listed.find(other => other.run_id === entry.run_id && other.attempt === entry.attempt)
      if (found === undefined || found.record_hash !== entry.record_hash) wrong.push(`attempt ${entry.attempt} of ${entry.run_id} is lost`)
      else if (store.records(entry.run_id, entry.attempt).length !== 2) wrong.push(`records of ${entry.run_id} are lost`)
    }
  } catch (error) {
    wrong.push(`the store cannot be read: ${String(error)}`)
  }
  return wrong
}

/** Thrown in place of every call after the kill: the process is no more. */
export class Killed extends Error {}

export interface Failure {
  /** Number of the call that is hit, from 1. */
  readonly at: number
  /** `torn`: a write that is hit gets half of its bytes down before the kill. Otherwise the code of a system error. */
  readonly how: 'kill' | 'torn' | string
}

export interface FailingDisk extends Disk {
  /** How many calls there were. */
  calls(): number
  /** Name of the call that was hit. */
  hit(): string | undefined
}

/** Passes everything on to a disk until the call that is to fail. */
export function failingDisk(disk: Disk, failure: Failure): FailingDisk {
  let count = 0
  let hit: string | undefined
  let dead = false
  function step(name: string, args: readonly unknown[]): void {
    if (dead) throw new Killed(name)
    if (++count !== failure.at) return
    hit = name
    if (failure.how === 'kill' || failure.how === 'torn') {
      dead = true
      if (failure.how === 'torn' && (name === 'write' || name === 'writeBehind')) disk.write(args[0] as number, (args[1] as Uint8Array).subarray(0, (args[1] as Uint8Array).length >> 1))
      throw new Killed(name)
    }
    // libuv has no name for EDQUOT.
    throw Object.assign(new Error(failure.how), failure.how === 'EDQUOT' ? { code: 'Unknown system error -122', errno: -122 } : { code: failure.how })
  }
  const wrapped = Object.fromEntries(
    Object.entries(disk).map(([name, call]) => [
      name,
      name === 'sync' || name === 'writeBehind'
        ? async (...args: unknown[]) => {
            step(name, args)
            return (call as (...args: unknown[]) => unknown)(...args)
          }
        : (...args: unknown[]) => {
            step(name, args)
            return (call as (...args: unknown[]) => unknown)(...args)
          }
    ])
  ) as unknown as Disk
  return { ...wrapped, calls: () => count, hit: () => hit }
}
