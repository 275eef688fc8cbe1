/** Finds decisions that cannot all hold: two records kept apart that a chain of other decisions puts together. */
import type { NumberedDecision } from './decision.ts'
import { linesText } from './decision.ts'

export interface Contradiction {
  /** The line that keeps two records apart. */
  readonly apart: number
  /** The lines that put them together, from one record to the other: a shortest chain. */
  readonly together: readonly number[]
}

interface Edge { readonly to: string; readonly line: number }

/** Every cannot-link whose records a chain of must-links joins, in order of line. `decisions` are those that stand. */
export function contradictions(decisions: readonly NumberedDecision[]): readonly Contradiction[] {
  const edges = new Map<string, Edge[]>()
  const parent = new Map<string, string>()
  const find = (record: string): string => {
    let at = record
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up
    // Path compression keeps long chains cheap.
    for (let step = record; step !== at; ) {
      const next = parent.get(step)!
      parent.set(step, at)
      step = next
    }
    return at
  }
  for (const { decision, a, b, line } of decisions) {
    if (decision !== 'must-link') continue
    for (const [from, to] of [[a, b], [b, a]] as const) {
      const list = edges.get(from)
      if (list === undefined) edges.set(from, [{ to, line }])
      else list.push({ to, line })
      if (!parent.has(from)) parent.set(from, from)
    }
    const [x, y] = [find(a), find(b)]
    if (x !== y) parent.set(x < y ? y : x, x < y ? x : y)
  }
  const found: Contradiction[] = []
  for (const { decision, a, b, line } of decisions) {
    if (decision !== 'cannot-link' || !parent.has(a) || !parent.has(b) || find(a) !== find(b)) continue
    found.push({ apart: line, together: shortestChain(edges, a, b) })
  }
  return found
}

/** The lines of a shortest chain of must-links between two records that are joined (breadth first, earlier lines before later ones). */
function shortestChain(edges: ReadonlyMap<string, readonly Edge[]>, from: string, to: string): readonly number[] {
  const cameBy = new Map<string, { readonly record: string; readonly line: number }>()
  let front = [from]
  while (front.length > 0 && !cameBy.has(to)) {
    const next: string[] = []
    for (const record of front) {
      for (const edge of edges.get(record) ?? []) {
        if (edge.to === from || cameBy.has(edge.to)) continue
        cameBy.set(edge.to, { record, line: edge.line })
        next.push(edge.to)
      }
    }
    front = next
  }
  const lines: number[] = []
  for (let at = to; at !== from; ) {
    const step = cameBy.get(at)!
    lines.unshift(step.line)
    at = step.record
  }
  return lines
}

/** One line for people. */
export function contradictionText({ apart, together }: Contradiction): string {
  return `line ${apart} keeps two records apart that ${linesText(together)} put${together.length === 1 ? 's' : ''} together`
}
