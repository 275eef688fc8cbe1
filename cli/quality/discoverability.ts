/** QG-4: the surface for agents lists exactly the commands of the registry. */
import { registry } from '../commands/index.ts'
import { check, notBuilt, notRun, type Gate } from './gate.ts'

export const discoverability: Gate = {
  id: 'qg4-discoverability',
  title: 'QG-4 discoverability',
  ofData: false,
  async run(_context, tell) {
    const served = registry.commands.some(({ path }) => path[0] === 'mcp')
    tell(await check('the agent surface lists the registry', () => (served ? notRun('the agent surface exists, but this gate has no check of it') : notBuilt('the agent surface does not exist yet'))))
  }
}
