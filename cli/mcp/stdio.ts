/**
 * The protocol over standard input and output: one JSON-RPC message a line. A line that is too long, or no message, is
 * answered or passed over, and the connection goes on: an agent's mistake must not end its server.
 */
import type { Readable, Writable } from 'node:stream'
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server'

/** Bytes of one message. A longer one is refused unread. */
export const LONGEST_MESSAGE = 4 * 1_048_576
/** Bytes kept of each end of a refused message, to find the id that its sender waits for. */
const EDGE = 4_096
const ID = /"id"\s*:\s*("(?:[^"\\]|\\.){0,200}"|-?\d{1,16})/

/** Reads lines of bounded length. Of a longer one, `onLong` gets both ends. */
function lineReader(onLine: (line: string) => void, onLong: (edges: string) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = []
  let size = 0
  let head: Buffer | undefined
  let tail: Buffer = Buffer.alloc(0)
  return chunk => {
    for (let at = 0; at < chunk.length; ) {
      const end = chunk.indexOf(10, at)
      const piece = chunk.subarray(at, end === -1 ? chunk.length : end)
      if (head === undefined) {
        parts.push(piece)
        size += piece.length
        if (size > LONGEST_MESSAGE) {
          const all = Buffer.concat(parts)
          head = Buffer.from(all.subarray(0, EDGE))
          tail = Buffer.from(all.subarray(-EDGE))
          parts = []
        }
      } else tail = Buffer.concat([tail, piece.subarray(-EDGE)]).subarray(-EDGE)
      if (end !== -1) {
        if (head === undefined) onLine(Buffer.concat(parts).toString('utf8'))
        else onLong(`${head.toString('utf8')}\n${tail.toString('utf8')}`)
        parts = []
        size = 0
        head = undefined
        at = end + 1
      } else at = chunk.length
    }
  }
}

const isMessage = (value: unknown): value is JSONRPCMessage => typeof value === 'object' && value !== null && !Array.isArray(value) && (value as { jsonrpc?: unknown }).jsonrpc === '2.0' && ('method' in value || 'result' in value || 'error' in value)

/** A transport over two streams. `onclose` is called when the client has closed its end, `onAnswered` after each message that was sent. */
export function createStdioTransport(input: Readable, output: Writable, onAnswered: () => void = () => {}): Transport {
  let closed = false
  const refuse = (code: number, message: string, id: string | number | null): void => {
    output.write(`${JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } })}\n`)
  }
  /** One wait for all who send while the client reads slowly. */
  let draining: Promise<void> | undefined
  function drained(): Promise<void> {
    draining ??= new Promise<void>(resolve => {
      const done = (): void => {
        output.removeListener('drain', done)
        output.removeListener('close', done)
        draining = undefined
        resolve()
      }
      output.on('drain', done)
      output.on('close', done)
    })
    return draining
  }
  const transport: Transport = {
    async start() {
      const read = lineReader(
        line => {
          if (line.trim() === '') return
          let value: unknown
          try {
            value = JSON.parse(line)
          } catch {
            return refuse(-32700, 'this line is not JSON', null)
          }
          if (!isMessage(value)) return refuse(-32600, 'this is no JSON-RPC 2.0 message', null)
          transport.onmessage?.(value)
        },
        edges => {
          const found = ID.exec(edges.slice(edges.lastIndexOf('\n')))?.[1] ?? ID.exec(edges)?.[1]
          refuse(-32600, `the message has more than ${LONGEST_MESSAGE} bytes`, found === undefined ? null : (JSON.parse(found) as string | number))
        }
      )
      input.on('data', read)
      input.once('end', () => void transport.close())
      input.once('error', () => void transport.close())
      output.once('error', () => void transport.close())
    },
    async send(message) {
      if (closed) return
      const room = output.write(`${JSON.stringify(message)}\n`)
      onAnswered()
      if (!room) await drained()
    },
    async close() {
      if (closed) return
      closed = true
      input.pause()
      transport.onclose?.()
    }
  }
  return transport
}
