/** What people decided, as pairs of records of this run. */
import type { Frame } from '../../kernel/artifact/table.ts'
import type { Context } from '../../kernel/types.ts'
import { linesText } from '../decisions/decision.ts'
import { recordIds } from '../identity/record-id.ts'
import type { LinkDecisions } from '../linkage/stages.ts'
import type { ValidMeta } from '../model/stages.ts'

type Pair = readonly [a: number, b: number]

export interface DecidedPairs {
  /** Records from 0, the earlier one first. */
  readonly mustLink: readonly Pair[]
  readonly cannotLink: readonly Pair[]
}

/** Decisions about records that this run does not have are told with their lines: the records were edited, or are gone. */
export function decidedPairs(file: LinkDecisions | undefined, valid: Frame<ValidMeta>, context: Pick<Context, 'diagnose'>): DecidedPairs {
  if (file === undefined || file.decisions.length === 0) return { mustLink: [], cannotLink: [] }
  const positions = new Map<string, number>()
  recordIds(valid).forEach((id, at) => positions.set(id, at))
  const mustLink: Pair[] = []
  const cannotLink: Pair[] = []
  const unknown: number[] = []
  for (const { decision, a, b, line } of file.decisions) {
    const [x, y] = [positions.get(a), positions.get(b)]
    if (x === undefined || y === undefined) unknown.push(line)
    else (decision === 'must-link' ? mustLink : cannotLink).push(x < y ? [x, y] : [y, x])
  }
  if (unknown.length > 0) context.diagnose({ code: 'DECISION_UNKNOWN_RECORD', severity: 'warning', message: `${linesText(unknown)} of the decisions ${unknown.length === 1 ? 'names' : 'name'} a record that this run does not have: it was edited, or is gone`, details: { lines: unknown.slice(0, 100), decisions: unknown.length } })
  return { mustLink, cannotLink }
}
