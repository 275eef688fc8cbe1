/** Checking one layer against the published schemas, so that a fault is told with the file that it stands in. */
import { schema as configSchema } from '../../schemas/generated/config.ts'
import { schema as profileSchema } from '../../schemas/generated/profile.ts'
import { HotpassError } from '../error.ts'
import { validatorFor, type SchemaProblem } from '../schema.ts'
import { assertSafe, isBlock, valueAt } from './merge.ts'
import { lineOf, placeOf, spell, WHOLE } from './place.ts'
import type { Layer } from './types.ts'

/** Blocks of the profile whose stage does not exist yet: refused when they say anything. */
export const NOT_BUILT: readonly string[] = ['enrich']

/** One fault of a layer, in a form for people and in one for programs. */
export interface ConfigProblem {
  readonly file: string
  readonly line: number | undefined
  readonly key: string
  readonly message: string
  readonly suggestion: string | undefined
}

/** Every fault of a layer; none means that it may be merged. Throws like `assertSafe`, and E_NOT_BUILT. */
export function problemsOfLayer(layer: Layer): readonly ConfigProblem[] {
  assertSafe(layer)
  for (const block of NOT_BUILT) {
    const value = valueAt(layer.values, [block])
    if (isBlock(value) && Object.keys(value).length > 0) {
      throw new HotpassError('E_NOT_BUILT', `${placeOf(layer, [block])}: ${spell(layer, [block])} is not built yet, so it would have no effect`, {
        place: { file: layer.name },
        hint: `remove the block ${block}`
      })
    }
  }
  const validate = validatorFor(layer.kind === 'profile' ? profileSchema : configSchema)
  return validate(layer.values).map(problem => toConfigProblem(layer, problem))
}

function toConfigProblem(layer: Layer, problem: SchemaProblem): ConfigProblem {
  return { file: layer.name, line: lineOf(layer, problem.path), key: spell(layer, problem.path), message: problem.message, suggestion: problem.suggestion }
}

/** One line for people: `hotpass.toml:12: refine.budget: unknown key; did you mean budgets?` */
export function tellProblem(problem: ConfigProblem): string {
  const place = problem.line === undefined ? problem.file : `${problem.file}:${problem.line}`
  const advice = problem.suggestion === undefined ? '' : `; did you mean ${problem.suggestion}?`
  // A key that the file as a whole lacks stands under no key.
  return `${place}: ${problem.key === WHOLE ? '' : `${problem.key}: `}${problem.message}${advice}`
}

/** Throws E_PROFILE or E_CONFIG with the first fault in the message and all in `details.problems`. */
export function assertLayer(layer: Layer): void {
  const problems = problemsOfLayer(layer)
  const first = problems[0]
  if (first === undefined) return
  const more = problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`
  throw new HotpassError(layer.kind === 'profile' ? 'E_PROFILE' : 'E_CONFIG', `${tellProblem(first)}${more}`, {
    place: first.line === undefined ? { file: layer.name } : { file: layer.name, line: first.line },
    hint: layer.kind === 'file' || layer.kind === 'profile' ? 'hotpass config validate lists every fault' : 'hotpass config explain KEY says which settings there are',
    details: { problems }
  })
}
