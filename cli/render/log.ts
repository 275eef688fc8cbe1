/** Progress on standard error: a bar on a terminal, plain lines elsewhere, or JSON lines. */
import type { HostEvent } from '../../kernel/registry/command.ts'
import type { HotpassError } from '../../kernel/error.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { errorJson, errorText } from './error.ts'
import { createPaint, cut, printable, type Paint } from './paint.ts'

export type LogFormat = 'rich' | 'plain' | 'json'

export interface LogOptions {
  readonly write: (text: string) => void
  readonly colour: boolean
  /** Columns of the terminal. */
  readonly columns: number
  readonly level: 'quiet' | 'normal' | 'verbose'
  /** Milliseconds from an arbitrary start; only for the pace of drawing. */
  readonly elapsed: () => number
}

export interface Log {
  setFormat(format: LogFormat): void
  tell(event: HostEvent): void
  /** Tells why the command failed, in every format and however quiet. */
  fail(error: HotpassError, debug: boolean): void
  /** Removes the bar. */
  clear(): void
}

const BAR = 24
const PACE_MS = 80

export function createLog(format: LogFormat, options: LogOptions): Log {
  const paint: Paint = createPaint(options.colour)
  let current = format
  let drawn = false
  let last = -Infinity
  const clear = (): void => {
    if (drawn) options.write('\r\u001b[2K')
    drawn = false
  }
  const draw = (event: HostEvent): void => {
    const now = options.elapsed()
    if (drawn && now - last < PACE_MS && event.share !== 1) return
    last = now
    const full = Math.round((event.share ?? 0) * BAR)
    const bar = `${'█'.repeat(full)}${'░'.repeat(BAR - full)}`
    const label = cut(printable(event.message), Math.max(10, options.columns - BAR - 8))
    options.write(`\r\u001b[2K${paint.cyan(bar)} ${String(Math.round((event.share ?? 0) * 100)).padStart(3)}% ${paint.dim(label)}`)
    drawn = true
  }
  return {
    setFormat(next) {
      clear()
      current = next
    },
    clear,
    fail(error, debug) {
      clear()
      if (current !== 'json') return options.write(errorText(error, paint, debug))
      options.write(`${JSON.stringify({ event: 'error', level: 'error', message: error.message, data: { ...(errorJson(error)['error'] as JsonObject), ...(debug ? { stack: error.stack ?? '' } : {}) } })}\n`)
    },
    tell(event) {
      if (options.level === 'quiet') return
      if (current === 'json') {
        if (event.level === 'debug' && options.level !== 'verbose') return
        options.write(`${JSON.stringify({ event: event.event, level: event.level, message: event.message, ...(event.share === undefined ? {} : { share: Math.round(event.share * 1000) / 1000 }), data: event.data ?? {} })}\n`)
        return
      }
      if (current === 'rich' && event.share !== undefined) {
        if (options.level === 'verbose' && event.level !== 'debug') {
          clear()
          options.write(`${printable(event.message)}\n`)
        }
        draw(event)
        return
      }
      if (event.level === 'debug' && options.level !== 'verbose') return
      clear()
      const prefix = event.level === 'warning' ? `${paint.yellow('warning:')} ` : ''
      options.write(`${prefix}${printable(event.message)}\n`)
    }
  }
}
