/**
 * Preloaded into a process by `node --import`: whoever would contact anything over the network, or look up a name, is
 * written down and refused. Says first that it is armed, so that an empty list means something.
 */
import { appendFileSync } from 'node:fs'
import dgram from 'node:dgram'
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'

const LIST = process.env['QA_SOCKET_TRAP']
const note = (line: string): void => {
  if (LIST !== undefined) appendFileSync(LIST, `${line}\n`)
}
const refuse = (what: string) => (...args: unknown[]): never => {
  note(`contacted ${what} ${JSON.stringify(args[0] ?? '').slice(0, 200)}`)
  throw new Error(`${what}: the network is closed`)
}

note(`armed ${process.pid}`)
net.Socket.prototype.connect = refuse('socket') as never
dgram.Socket.prototype.send = refuse('datagram') as never
dgram.Socket.prototype.connect = refuse('datagram') as never
Object.assign(dns, { lookup: refuse('name'), resolve: refuse('name'), resolve4: refuse('name'), resolve6: refuse('name') })
Object.assign(dns.promises, { lookup: refuse('name'), resolve: refuse('name'), resolve4: refuse('name'), resolve6: refuse('name') })
syncBuiltinESMExports()
