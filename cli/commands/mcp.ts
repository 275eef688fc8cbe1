import type { Command } from '../../kernel/registry/command.ts'
import { inputOf, outputOf } from './properties.ts'

const serveOutput = outputOf('mcp-serve-result', 1, {})

const serve: Command = {
  path: ['mcp', 'serve'],
  aliases: [],
  summary: 'Offer every command to an agent as a tool of the Model Context Protocol',
  description: 'Over standard input and output.',
  input: inputOf({}),
  output: serveOutput,
  effects: { reads: ['inputs', 'config', 'store', 'outputs'], writes: ['store', 'outputs', 'workspace'], network: false, destructive: false, only_for: 'terminal' },
  positionals: [],
  letters: {},
  examples: [{ line: 'mcp serve -C ./workspace', says: 'as an agent\'s configuration starts it' }],
  async run(input, host) {
    const { serve: start } = await import('../mcp/serve.ts')
    const { registry } = await import('./index.ts')
    return start(input, host, serveOutput.$id, registry)
  }
}

export const mcpCommands: readonly Command[] = [serve]
