/** Contracts: what a profile promises, its dataset keeps, in every dialect. */
import { check, notBuilt, type Gate } from './gate.ts'

export const contracts: Gate = {
  id: 'contracts',
  title: 'Contracts',
  ofData: true,
  async run(_context, tell) {
    tell(await check('what a profile promises, its dataset keeps', () => notBuilt('contracts do not exist yet')))
  }
}
