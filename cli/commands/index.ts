/** Every command there is. */
import { createRegistry } from '../../kernel/registry/registry.ts'
import { auditCommands } from './audit.ts'
import { bundle } from './bundle.ts'
import { completion } from './completion.ts'
import { complianceCommands } from './compliance.ts'
import { configCommands } from './config.ts'
import { contractsCommands } from './contracts.ts'
import { diff } from './diff.ts'
import { doctor } from './doctor.ts'
import { entitiesCommands } from './entities.ts'
import { explain } from './explain.ts'
import { goldenCommands } from './golden.ts'
import { init } from './init.ts'
import { inspect } from './inspect.ts'
import { mcpCommands } from './mcp.ts'
import { overview } from './overview.ts'
import { qa } from './qa.ts'
import { query } from './query.ts'
import { linkageCommands } from './explain-linkage.ts'
import { resolve } from './resolve.ts'
import { replay } from './replay.ts'
import { reviewCommands } from './review.ts'
import { run } from './run.ts'
import { runsCommands } from './runs.ts'

export const registry = createRegistry([
  ...auditCommands,
  bundle,
  completion,
  ...complianceCommands,
  ...configCommands,
  ...contractsCommands,
  diff,
  doctor,
  ...entitiesCommands,
  explain,
  ...goldenCommands,
  init,
  inspect,
  ...mcpCommands,
  overview,
  qa,
  query,
  replay,
  ...linkageCommands,
  ...reviewCommands,
  resolve,
  run,
  ...runsCommands
])
