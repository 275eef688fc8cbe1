/** Appends to the audit log, which several processes may share. A call is answered only after its line is durable. */
import { closeSync, constants, fstatSync, fsync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { HotpassError } from '../../../kernel/error.ts'
import { digestBytes } from '../../../kernel/hash.ts'
import { nodeDisk } from '../../../kernel/host/store/disk.ts'
import { faultOf, rootedDisk } from '../../../kernel/host/store/fault.ts'
import { TMP } from '../../../kernel/host/store/layout.ts'
import { uniqueName, withLock } from '../../../kernel/host/store/lock.ts'
import { thisProcess } from '../../../kernel/host/store/owner.ts'
import { openStore } from '../../../kernel/host/store/store.ts'
import type { Digest } from '../../../kernel/types.ts'
import { AUDIT_LOG, lineAfter, lineIn, NO_LINE, type AuditEvent, type AuditLine } from './line.ts'

const sync = promisify(fsync)
/** Bytes of one line that are looked at from the end: more than a line ever has. */
const TAIL = 262_144

export interface AuditLog {
  /** Absolute. */
  readonly path: string
  /** Throws E_DISK_FULL, E_OUTPUT_UNWRITABLE, E_IO, and E_STORE_DAMAGED when the last line is not as it was written. */
  append(event: AuditEvent): Promise<AuditLine>
}

interface Last {
  readonly sequence: number
  readonly hash: Digest
}

/** The log in a store, which is made when it is not there. Throws what opening a store throws. */
export function openAuditLog(storeFolder: string): AuditLog {
  openStore(storeFolder).close()
  const path = join(storeFolder, AUDIT_LOG)
  const owner = thisProcess()
  const disk = rootedDisk(nodeDisk, storeFolder)
  /** What this process knows of the end of the file. */
  let known: { readonly size: number; readonly last: Last } | undefined
  let queue: Promise<unknown> = Promise.resolve()

  /** The last line of an open log, and what a killed process left behind it. */
  function settle(fd: number, size: number): { readonly size: number; readonly last: Last; readonly torn: Uint8Array } {
    if (known?.size === size) return { ...known, torn: new Uint8Array() }
    const from = Math.max(0, size - TAIL)
    const bytes = Buffer.alloc(size - from)
    for (let done = 0; done < bytes.length; ) done += readSync(fd, bytes, done, bytes.length - done, from + done)
    const end = bytes.lastIndexOf(10) + 1
    const torn = bytes.subarray(end)
    if (end === 0) return { size: from, last: { sequence: 0, hash: NO_LINE }, torn }
    const line = lineIn(bytes.subarray(bytes.lastIndexOf(10, end - 2) + 1, end))
    if (line === undefined) {
      throw new HotpassError('E_STORE_DAMAGED', 'the last line of the audit log is not as it was written', { place: { file: path }, hint: 'hotpass audit verify says more; keep the file, and move it away to begin a new one' })
    }
    return { size: from + end, last: line, torn }
  }

  async function write(event: AuditEvent): Promise<AuditLine> {
    const fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0), 0o600)
    try {
      const { size, last, torn } = settle(fd, fstatSync(fd).size)
      const recovered = torn.length === 0 ? undefined : lineAfter(last, { ...event, kind: 'recovered', what: AUDIT_LOG, arguments: {}, outcome: 'ok', code: '', message: `${torn.length} bytes of a line that was never finished, sha256 ${digestBytes(torn)}`, run_id: '', record_hash: '', flags: [], duration_ms: 0 })
      if (recovered !== undefined) ftruncateSync(fd, size)
      const next = lineAfter(recovered?.line ?? last, event)
      const bytes = recovered === undefined ? next.bytes : Buffer.concat([recovered.bytes, next.bytes])
      try {
        for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at)
        await sync(fd)
      } catch (error) {
        known = undefined
        try {
          ftruncateSync(fd, size)
        } catch {
          // The next writer cuts it off.
        }
        throw error
      }
      known = { size: size + bytes.length, last: next.line }
      return next.line
    } finally {
      closeSync(fd)
    }
  }

  return {
    path,
    append(event) {
      const result = queue.then(async () => {
        try {
          return await withLock(disk, owner, 'mcp-audit', `${TMP}/${uniqueName(owner)}`, () => write(event))
        } catch (error) {
          throw faultOf(error, 'writing', path)
        }
      })
      queue = result.catch(() => undefined)
      return result
    }
  }
}
