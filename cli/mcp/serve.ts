/** `hotpass mcp serve`: the server on standard input and output. */
import { stdin, stdout } from 'node:process'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { EXIT } from '../../kernel/error.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { Registry } from '../../kernel/registry/registry.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { createServer } from './server.ts'
import { createService } from './service.ts'
import { createStdioTransport } from './stdio.ts'

/** Time in which the first answer is due, before anything else is started. */
const WARM_AFTER_MS = 250

/** Serves until the client closes its end or the host's signal fires. */
export async function serve(_input: JsonObject, host: CommandHost, schema: string, registry: Registry): Promise<Reply> {
  const service = createService({ registry, cwd: host.cwd, env: host.env })
  const transport = createStdioTransport(stdin, stdout)
  const ended = new Promise<void>(resolve => {
    stdin.once('close', resolve)
    stdin.once('end', resolve)
    host.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  const handle = serveStdio(() => createServer(service), { transport, onerror: error => host.tell({ event: 'mcp.error', level: 'debug', message: error.message }) })
  const warm = setTimeout(() => service.warm(), WARM_AFTER_MS)
  await ended
  clearTimeout(warm)
  await handle.close()
  await service.close()
  return { exit: EXIT.ok, result: { schema } }
}
