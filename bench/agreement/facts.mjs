// The adapter for a checker that is no TypeScript and starts threads of its own.
import { register } from 'tsx/esm/api'

register()
const { default: facts } = await import('./facts-adapter.ts')
export default facts
