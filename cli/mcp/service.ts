/** What the server does, apart from the protocol's transport: one of it serves every connection. */
import { availableParallelism } from 'node:os'
import type { CallToolResult } from '@modelcontextprotocol/server'
import { nameOf, type Registry } from '../../kernel/registry/registry.ts'
import type { HostEvent } from '../../kernel/registry/command.ts'
import { HotpassError } from '../../kernel/error.ts'
import { asHotpassError, errorJson } from '../render/error.ts'
import { checkArguments } from './arguments.ts'
import { createLanes } from './lane/lanes.ts'
import type { Fault, Outcome } from './lane/message.ts'
import { inputSchemaOf, toolsOf, type CommandTool } from './tools.ts'

export interface ServiceOptions {
  readonly registry: Registry
  /** Absolute: the folder that paths are relative to. */
  readonly cwd: string
  readonly env: { readonly [name: string]: string | undefined }
}

/** One call of a tool. */
export interface Call {
  readonly name: string
  readonly arguments: unknown
  readonly signal: AbortSignal
  readonly onEvent: (event: HostEvent) => void
}

export interface Service {
  readonly tools: ReadonlyMap<string, CommandTool>
  call(call: Call): Promise<CallToolResult>
  warm(): void
  close(): Promise<void>
}

export function createService({ registry, cwd, env }: ServiceOptions): Service {
  const tools = toolsOf(registry)
  const schemas = new Map([...tools.values()].map(({ command }) => [command, inputSchemaOf(command)]))
  const lanes = createLanes({ size: Math.max(2, availableParallelism()), flags: [] })
  return {
    tools,
    async call({ name, arguments: given, signal, onEvent }) {
      const tool = tools.get(name)
      if (tool === undefined) throw new HotpassError('E_UNKNOWN_NAME', `there is no tool ${name.slice(0, 100)}`, { hint: 'tools/list says what there is' })
      try {
        const input = checkArguments(given, schemas.get(tool.command)!)
        return answerOf(await lanes.run({ command: nameOf(tool.command), input, cwd, env }, signal, onEvent))
      } catch (thrown) {
        return answerOf({ exit: asHotpassError(thrown).exitCode, result: undefined, fault: errorJson(asHotpassError(thrown))['error'] as unknown as Fault })
      }
    },
    warm: () => lanes.warm(),
    close: () => lanes.close()
  }
}

function answerOf({ exit, result, fault }: Outcome): CallToolResult {
  const text = result ?? { schema: 'urn:hotpass:schema:error:1', error: fault }
  return {
    content: [{ type: 'text', text: JSON.stringify(text) }],
    ...(result === undefined ? {} : { structuredContent: result as Record<string, unknown> }),
    ...(exit === 0 ? {} : { isError: true })
  }
}
