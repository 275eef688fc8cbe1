/** A service over a workspace, without a transport, for tests. */
import type { CallToolResult } from '@modelcontextprotocol/server'
import type { CommandHost, HostEvent } from '../../kernel/registry/command.ts'
import { registry } from '../commands/index.ts'
import { openService as open } from './open.ts'
import type { Service } from './service.ts'

export interface OpenService {
  readonly service: Service
  call(name: string, given?: unknown, options?: { readonly signal?: AbortSignal; readonly onEvent?: (event: HostEvent) => void; readonly askUser?: (question: string) => boolean | undefined }): Promise<CallToolResult>
  close(): Promise<void>
}

export const CALLER = { session: 'test', transport: 'stdio', client: 'test 1' } as const

/** Opens what `hotpass mcp serve` opens, in a folder. */
export async function openService(cwd: string): Promise<OpenService> {
  const host: CommandHost = { cwd, env: {}, signal: new AbortController().signal, tell: () => {} }
  const service = await open({}, host, registry)
  return {
    service,
    call: (name, given = {}, { signal = new AbortController().signal, onEvent = () => {}, askUser } = {}) => service.call({ caller: CALLER, name, arguments: given, signal, onEvent, ...(askUser === undefined ? {} : { askUser }) }),
    close: () => service.close()
  }
}
