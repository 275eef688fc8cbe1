/** Finds the validators that the build has compiled. From source there are none, and schemas are compiled when needed. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { providePrecompiled } from '../precompiled.ts'

export const VALIDATORS_FILE = 'validators.cjs'

/** Hands the built validators, where there are any, to the schema checker. Call it once, before anything is validated. */
export function useBuiltValidators(): void {
  const file = fileURLToPath(new URL(`../../${VALIDATORS_FILE}`, import.meta.url))
  if (!existsSync(file)) return
  providePrecompiled(() => {
    const built = createRequire(import.meta.url)(file) as Record<string, never>
    return new Map(Object.keys(built).filter(id => id.startsWith('urn:')).map(id => [id, built[id]!]))
  })
}
