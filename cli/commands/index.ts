/** Every command there is. */
import { createRegistry } from '../../kernel/registry/registry.ts'
import { completion } from './completion.ts'
import { configCommands } from './config.ts'
import { init } from './init.ts'
import { overview } from './overview.ts'

export const registry = createRegistry([completion, ...configCommands, init, overview])
