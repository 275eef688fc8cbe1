/** Reads the ledger with its head while others may be writing, and appends to it under the lock. */
import { HotpassError } from '../../error.ts'
import { syncFolder, writeSynced, type Disk } from './disk.ts'
import { rootedDisk } from './fault.ts'
import { HEAD, LEDGER } from './layout.ts'
import { headBytes, judgeLedger, type LedgerLine, type LedgerState } from './ledger.ts'

/** Far more than writers can disturb: each round takes well under a millisecond, each of their appends several. */
const ROUNDS = 100

export interface LedgerFile {
  /** What stands there now; `fault` says what is wrong with it. */
  read(): LedgerState
  /** Puts a killed writer's last steps in order. Only under the lock. Throws E_STORE_DAMAGED. */
  settle(temporary: string): Promise<LedgerState>
  /** Appends and makes durable. Only under the lock, after `settle`. */
  append(line: LedgerLine, bytes: Uint8Array, state: LedgerState, temporary: string): Promise<void>
}

/** Throws E_STORE_DAMAGED when the ledger cannot be believed. */
export function assertLedger(state: LedgerState, location: string): LedgerState {
  if (state.fault === undefined) return state
  throw new HotpassError('E_STORE_DAMAGED', state.fault.what, {
    place: { file: `${location}/${state.fault.file}` },
    hint: 'run hotpass doctor --full; put the store back from a copy, or move it away and start a new one',
    details: { file: state.fault.file, line: state.fault.line }
  })
}

/** `disk` is rooted in the store. */
export function openLedger(disk: Disk, location: string): LedgerFile {
  let known: { bytes: Uint8Array; lines: readonly LedgerLine[] } | undefined

  function judge(ledger: Uint8Array | undefined, head: Uint8Array | undefined): LedgerState {
    const state = judgeLedger(ledger, head, known)
    if (ledger !== undefined) known = { bytes: ledger.subarray(0, state.length), lines: state.lines }
    return state
  }

  async function setHead(sequence: number, hash: string, temporary: string): Promise<void> {
    await writeSynced(disk, temporary, headBytes(sequence, hash))
    disk.rename(temporary, HEAD)
    await syncFolder(disk, '')
  }

  return {
    read() {
      for (let round = 1; ; round++) {
        const before = disk.read(HEAD)
        const ledger = disk.read(LEDGER)
        const after = disk.read(HEAD)
        const still = (before === undefined) === (after === undefined) && Buffer.compare(before ?? new Uint8Array(), after ?? new Uint8Array()) === 0
        if (still) return judge(ledger, before)
        if (round === ROUNDS) {
          const state = judge(ledger, before)
          return state.moved ? { ...state, fault: undefined } : state
        }
      }
    },
    async settle(temporary) {
      const state = assertLedger(judge(disk.read(LEDGER), disk.read(HEAD)), location)
      if (state.leftover === 0 && !state.behind) return state
      const fd = disk.openAppend(LEDGER)
      try {
        if (state.leftover > 0) disk.truncate(fd, state.length)
        await disk.sync(fd)
      } finally {
        disk.close(fd)
      }
      if (state.behind) await setHead(state.lines.length, state.head, temporary)
      return { ...state, leftover: 0, behind: false }
    },
    async append(line, bytes, state, temporary) {
      const fd = disk.openAppend(LEDGER)
      try {
        disk.write(fd, bytes)
        await disk.sync(fd)
      } catch (error) {
        // What may not be durable must not be read as if it were. If this fails as well, the next writer does it.
        try {
          disk.truncate(fd, state.length)
        } catch {}
        throw error
      } finally {
        disk.close(fd)
      }
      await setHead(line.sequence, line.hash, temporary)
    }
  }
}

/** The ledger of a store that need not be open, judged. For doctor. */
export function readLedger(disk: Disk, root: string): LedgerState {
  return openLedger(rootedDisk(disk, root), root).read()
}
