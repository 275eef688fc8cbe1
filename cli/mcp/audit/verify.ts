/** Reads the audit log line by line, in bounded memory, and checks that it is one unbroken chain. */
import { createReadStream, existsSync } from 'node:fs'
import type { Digest } from '../../../kernel/types.ts'
import { lineIn, NO_LINE, type AuditLine } from './line.ts'

/** Longer ones were never written. */
const LONGEST = 4 * 1_048_576
const MOST_PROBLEMS = 20

export interface AuditProblem {
  /** From 1; 0 when it is about the whole. */
  readonly line: number
  readonly what: string
}

export interface AuditCheck {
  readonly lines: number
  readonly head: Digest
  readonly problems: readonly AuditProblem[]
  /** Bytes of a line that a process is writing, or was when it was killed. The next writer cuts them off. */
  readonly unfinished: number
}

/** Every line of a file as bytes with its newline; the last may have none. */
async function* linesOf(path: string): AsyncGenerator<Uint8Array> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let start = 0
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10, start)) {
      yield rest.subarray(start, end + 1)
      start = end + 1
    }
    rest = rest.subarray(start)
    if (rest.length > LONGEST) {
      yield rest
      rest = Buffer.alloc(0)
    }
  }
  if (rest.length > 0) yield rest
}

/** Every line that is as it was written, in the order of the file. None when there is no log. */
export async function* auditLines(path: string): AsyncGenerator<AuditLine> {
  if (!existsSync(path)) return
  for await (const bytes of linesOf(path)) {
    const line = lineIn(bytes)
    if (line !== undefined) yield line
  }
}

/** Checks the chain. With `expectHead`, the hash that the last line had at some time, a tail that was cut off is noticed too. */
export async function verifyAuditLog(path: string, expectHead?: Digest): Promise<AuditCheck> {
  const problems: AuditProblem[] = []
  const report = (line: number, what: string): void => void (problems.length < MOST_PROBLEMS && problems.push({ line, what }))
  let number = 0
  let unfinished = 0
  let previous: { readonly sequence: number; readonly hash: Digest } = { sequence: 0, hash: NO_LINE }
  let met = expectHead === undefined || expectHead === NO_LINE
  if (existsSync(path)) {
    for await (const bytes of linesOf(path)) {
      if (bytes.at(-1) !== 10) {
        unfinished = bytes.length
        continue
      }
      number++
      const line = lineIn(bytes)
      if (line === undefined) {
        report(number, 'is not as it was written')
        // What follows is judged from the next line that can be believed.
        previous = { sequence: previous.sequence + 1, hash: '' }
        continue
      }
      if (line.sequence !== previous.sequence + 1) report(number, `is number ${line.sequence} where number ${previous.sequence + 1} belongs: lines were removed, repeated or moved`)
      else if (previous.hash !== '' && line.previous !== previous.hash) report(number, 'does not follow the line before it: that line was changed, or put in its place')
      previous = line
      if (line.hash === expectHead) met = true
    }
  }
  if (!met) report(0, `no line has the hash ${expectHead!}: lines were cut off the end, or it is another log`)
  return { lines: number, head: previous.hash === '' ? NO_LINE : previous.hash, problems, unfinished }
}
