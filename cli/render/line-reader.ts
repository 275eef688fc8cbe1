/** Lines that are typed into a terminal, one question after the other. */
import { createInterface, type Interface } from 'node:readline'

export interface LineReader {
  /** Shows the text on standard error; null at the end of input. */
  read(text: string): Promise<string | null>
  close(): void
}

/** Opens standard input when the first question is asked. */
export function createLineReader(signal: AbortSignal): LineReader {
  let lines: Interface | undefined
  let ended = false
  return {
    read(text) {
      lines ??= createInterface({ input: process.stdin, output: process.stderr }).on('close', () => void (ended = true))
      const open = lines
      return new Promise((resolve, reject) => {
        if (ended) return resolve(null)
        const over = (): void => resolve(null)
        const abort = (): void => reject(signal.reason)
        open.once('close', over)
        // Ctrl-C reaches the terminal's line editor, not the process.
        open.once('SIGINT', () => process.kill(process.pid, 'SIGINT'))
        signal.addEventListener('abort', abort, { once: true })
        open.question(text, answer => {
          open.off('close', over)
          signal.removeEventListener('abort', abort)
          resolve(answer)
        })
      })
    },
    close: () => lines?.close()
  }
}
