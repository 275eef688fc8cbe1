/**
 * The ledger: one line per acknowledged run, each with the hash of the line before. A small file beside it, `head`,
 * names the last line; a run is acknowledged only once that is durable too. So a ledger that was cut is noticed here,
 * and one that was cut together with its head is noticed by who kept the head.
 */
import { digestJson } from '../../hash.ts'
import type { AttemptEntry } from '../../store.ts'
import type { Digest, JsonObject } from '../../types.ts'
import { jsonBytes, objectIn } from './json-file.ts'
import { isDigest, isRunId } from './layout.ts'

/** Before the first line. */
export const NO_LINE: Digest = '0'.repeat(64)

export interface LedgerLine extends AttemptEntry {
  /** Of the attempt's manifest, which holds the hash of every record file. */
  readonly manifest: Digest
  readonly previous: Digest
  /** Of the line without this field. */
  readonly hash: Digest
}

export interface LedgerFault {
  readonly file: 'ledger' | 'head'
  readonly what: string
  /** Number of the first line that cannot be believed, from 1; 0 when it is not about a line. */
  readonly line: number
}

export interface LedgerState {
  readonly lines: readonly LedgerLine[]
  /** Hash of the last line. */
  readonly head: Digest
  /** Bytes that the lines take. */
  readonly length: number
  /** Bytes behind them: a line that a killed process was writing. */
  readonly leftover: number
  /** The head file does not know the last line yet: its writer was killed just before it was acknowledged. */
  readonly behind: boolean
  /** The ledger went on by more than one line while it was read: the head that was read is old. */
  readonly moved: boolean
  readonly fault: LedgerFault | undefined
}

/** The next line, and its bytes. */
export function lineAfter(state: LedgerState, entry: Omit<AttemptEntry, 'sequence'> & { readonly manifest: Digest }): { line: LedgerLine; bytes: Uint8Array } {
  const body = { ...entry, sequence: state.lines.length + 1, previous: state.head }
  const line = { ...body, hash: digestJson(body) }
  return { line, bytes: jsonBytes(line) }
}

/** What the head file says of a last line. */
export const headBytes = (sequence: number, hash: Digest): Uint8Array => jsonBytes({ hash, sequence })

const FIELDS = ['attempt', 'hash', 'manifest', 'outcome', 'previous', 'record_hash', 'run_id', 'sequence']

/** A line, when the bytes are one: whole, canonical and with the hash of its content. */
export function lineIn(bytes: Uint8Array): LedgerLine | undefined {
  const value = objectIn(bytes)
  if (value === undefined || Object.keys(value).join() !== FIELDS.join()) return undefined
  const { hash, ...body } = value as JsonObject & LedgerLine
  if (!isRunId(body.run_id) || !isDigest(body.manifest) || !isDigest(body.record_hash) || typeof body.outcome !== 'string') return undefined
  if (!Number.isSafeInteger(body.attempt) || body.attempt < 1) return undefined
  return digestJson(body as unknown as JsonObject) === hash ? { ...body, hash } : undefined
}

function headIn(bytes: Uint8Array | undefined): { hash: Digest; sequence: number } | undefined {
  const value = bytes === undefined ? undefined : objectIn(bytes)
  if (value === undefined || Object.keys(value).join() !== 'hash,sequence') return undefined
  const { hash, sequence } = value
  return isDigest(hash) && Number.isSafeInteger(sequence) && (sequence as number) >= 0 ? { hash, sequence: sequence as number } : undefined
}

/** Judges the two files. `known` is an earlier state of the same ledger with its bytes, which need no second look. */
export function judgeLedger(
  ledger: Uint8Array | undefined,
  head: Uint8Array | undefined,
  known?: { readonly bytes: Uint8Array; readonly lines: readonly LedgerLine[] }
): LedgerState {
  const bytes = ledger ?? new Uint8Array()
  const lines: LedgerLine[] = []
  let length = 0
  if (known !== undefined && known.bytes.length <= bytes.length && Buffer.compare(known.bytes, bytes.subarray(0, known.bytes.length)) === 0) {
    lines.push(...known.lines)
    length = known.bytes.length
  }
  for (let end = bytes.indexOf(10, length); end !== -1; end = bytes.indexOf(10, length)) {
    const line = lineIn(bytes.subarray(length, end + 1))
    if (line === undefined || line.sequence !== lines.length + 1 || line.previous !== (lines.at(-1)?.hash ?? NO_LINE)) break
    lines.push(line)
    length = end + 1
  }
  const said = headIn(head)
  const state = {
    lines,
    head: lines.at(-1)?.hash ?? NO_LINE,
    length,
    leftover: bytes.length - length,
    behind: said !== undefined && said.sequence === lines.length - 1,
    moved: said !== undefined && said.sequence < lines.length - 1
  }
  return { ...state, fault: faultIn(state, said, ledger === undefined, head === undefined) }
}

function faultIn(state: Omit<LedgerState, 'fault'>, said: { hash: Digest; sequence: number } | undefined, noLedger: boolean, noHead: boolean): LedgerFault | undefined {
  const { lines } = state
  if (noLedger) return { file: 'ledger', what: 'the ledger is missing', line: 0 }
  if (said === undefined) return { file: 'head', what: noHead ? 'the ledger\'s head file is missing' : 'the ledger\'s head file is damaged', line: 0 }
  if (said.sequence > lines.length) {
    const cut = state.leftover === 0
    return { file: 'ledger', what: cut ? `the ledger ends after line ${lines.length}, its head is line ${said.sequence}` : `line ${lines.length + 1} of the ledger is damaged`, line: lines.length + 1 }
  }
  if (said.hash !== (said.sequence === 0 ? NO_LINE : lines[said.sequence - 1]!.hash)) return { file: 'head', what: `the ledger's head file and line ${said.sequence} of the ledger do not agree`, line: said.sequence }
  if (state.moved) return { file: 'head', what: `the ledger's head file is old: it names line ${said.sequence} of ${lines.length}`, line: 0 }
  return undefined
}
