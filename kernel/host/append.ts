/** Appends lines to a file of the user's, each durable before the next is asked for. */
import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, lstatSync, openSync, readSync, writeSync } from 'node:fs'
import { HotpassError } from '../error.ts'
import { systemCode, writeFault } from './fault.ts'

export interface LineFile {
  /** Appends the line, which ends with a line feed, in one write, and syncs it. Throws E_DISK_FULL, E_IO, E_OUTPUT_UNWRITABLE. */
  append(line: string): void
  close(): void
}

const TAIL = 1 << 20

/**
 * Opens a file of lines for appending; it is made when it is not there, readable to its owner alone. What a killed
 * process left of its last line is mended: `isWhole` tells whether the text behind the last line feed is a line of its
 * own; if not, it is cut off and `mended` is told. Links are not followed. Throws E_PATH_ESCAPE, E_OUTPUT_UNWRITABLE.
 */
export function openLines(path: string, shown: string, isWhole: (text: string) => boolean, mended: () => void): LineFile {
  let descriptor: number
  try {
    if (isLink(path)) throw new HotpassError('E_PATH_ESCAPE', `${shown} is a link; nothing is written through links`, { place: { file: shown }, hint: 'give the path that it leads to' })
    descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND, 0o600)
  } catch (error) {
    throw error instanceof HotpassError ? error : writeFault(error, shown)
  }
  try {
    const { size } = fstatSync(descriptor)
    const from = Math.max(0, size - TAIL)
    const bytes = Buffer.alloc(size - from)
    readSync(descriptor, bytes, 0, bytes.length, from)
    const end = bytes.lastIndexOf(0x0a) + 1
    if (end < bytes.length) {
      if (isWhole(bytes.subarray(end).toString('utf8'))) writeSync(descriptor, '\n')
      else {
        ftruncateSync(descriptor, from + end)
        mended()
      }
      fsyncSync(descriptor)
    }
  } catch (error) {
    closeSync(descriptor)
    throw writeFault(error, shown)
  }
  return {
    append(line) {
      try {
        writeSync(descriptor, line)
        fsyncSync(descriptor)
      } catch (error) {
        throw writeFault(error, shown)
      }
    },
    close: () => closeSync(descriptor)
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink()
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false
    throw error
  }
}
