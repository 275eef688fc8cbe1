/** The product's HTTP server with the suite's fixtures laid over it. Usage: serve.ts FOLDER */
import { registry } from '../../../cli/commands/index.ts'
import { serve } from '../../../cli/mcp/serve.ts'
import { abortOnSignals } from '../../../kernel/host/signals.ts'
import { withFixtures } from './fixture.ts'

await serve({ http: '127.0.0.1:0' }, { cwd: process.argv[2]!, env: {}, signal: abortOnSignals().signal, tell: event => void (event.event === 'mcp.listening' && process.stdout.write(`${event.data!['url'] as string}\n`)) }, 'urn:hotpass:schema:mcp-serve-result:1', async () => registry, withFixtures)
