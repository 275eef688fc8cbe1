/** The gate: the only place that knows what a mode means. Operators never see it. */
import { EXIT, HotpassError, type ExitCode } from '../error.ts'
import { operatorIdOf } from '../record/identity.ts'
import type { RunOutcome, StepOutcome } from '../record/types.ts'
import type { Diagnostic, Entropy, Mode, Operator, Pins } from '../types.ts'

/**
 * A finding of severity `error` whose code ends in this says that the data broke what was asked of it
 * (`BUDGET_BREACHED`). Other findings are recorded and change nothing.
 */
const BREACH = /_BREACHED$/

/** Whether a finding fails a strict run. */
export function isBreach(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === 'error' && BREACH.test(diagnostic.code)
}

/** A step's outcome, and its findings as the mode sees them: best-effort records a breach as a warning. */
export function judge(mode: Mode, diagnostics: readonly Diagnostic[]): { readonly outcome: StepOutcome; readonly diagnostics: readonly Diagnostic[] } {
  if (!diagnostics.some(isBreach)) return { outcome: 'succeeded', diagnostics }
  if (mode === 'strict') return { outcome: 'breached', diagnostics }
  return { outcome: 'degraded', diagnostics: diagnostics.map(diagnostic => (isBreach(diagnostic) ? { ...diagnostic, severity: 'warning' } : diagnostic)) }
}

const WORST: readonly (StepOutcome | 'skipped')[] = ['succeeded', 'degraded', 'breached', 'skipped', 'failed']

/**
 * Whether the run goes on without the file that an operator refused, and what the finding counts as. Only what is wrong
 * with the file is passed over, never a fault of the operator, the machine or the store. Undefined: the step fails.
 */
export function passesOver(mode: Mode, operator: Operator, thrown: unknown): { readonly outcome: StepOutcome; readonly severity: Diagnostic['severity'] } | undefined {
  if (operator.refused === undefined || !(thrown instanceof HotpassError) || !thrown.code.startsWith('E_INPUT_')) return undefined
  if (operator.refused.when === 'always') return { outcome: 'succeeded', severity: 'info' }
  return mode === 'best-effort' ? { outcome: 'degraded', severity: 'error' } : undefined
}

/** The outcome of the whole: that of its worst step. */
export function outcomeOf(steps: readonly (StepOutcome | 'skipped')[]): StepOutcome {
  const worst = steps.reduce((rank, outcome) => Math.max(rank, WORST.indexOf(outcome)), 0)
  return worst >= WORST.indexOf('skipped') ? 'failed' : (WORST[worst] as StepOutcome)
}

/** What a run with this outcome exits with; `error` is why it failed. */
export function exitCodeOf(outcome: RunOutcome, error: Error | undefined): ExitCode {
  switch (outcome) {
    case 'succeeded':
    case 'degraded':
      return error === undefined ? EXIT.ok : error instanceof HotpassError ? error.exitCode : EXIT.failed
    case 'breached':
      return error instanceof HotpassError && error.code !== 'E_BUDGET' ? error.exitCode : EXIT.data
    case 'refused':
      return EXIT.policy
    case 'differs':
      return EXIT.integrity
    case 'failed':
      return error instanceof HotpassError ? error.exitCode : EXIT.failed
  }
}

/** Entropy that the operators need beyond what is pinned, in code unit order, with who needs it. */
export function unpinned(operators: readonly Operator[], pins: Pins): ReadonlyMap<Entropy, readonly string[]> {
  const needs = new Map<Entropy, string[]>()
  for (const operator of operators) {
    for (const entropy of operator.entropy) {
      const missing = entropy === 'network' || (entropy === 'clock' && pins.as_of === null) || (entropy === 'random' && pins.seed === '')
      if (!missing) continue
      const names = needs.get(entropy) ?? []
      if (!names.includes(operatorIdOf(operator))) names.push(operatorIdOf(operator))
      needs.set(entropy, names)
    }
  }
  return new Map([...needs].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([entropy, names]) => [entropy, names.sort()]))
}

const HOW: ReadonlyMap<Entropy, string> = new Map([
  ['clock', 'give the time with --as-of 2026-01-31T00:00:00Z or SOURCE_DATE_EPOCH'],
  ['random', 'give a seed with --seed'],
  ['network', 'run with a recording of the responses']
])

/**
 * The pins with which the run goes on. Strict: throws E_ENTROPY (E_NETWORK for the network) when an operator needs what
 * is not pinned, and says how to pin it. Best-effort: what is missing is drawn once from `draw` and frozen, with a note.
 */
export function admit(
  mode: Mode,
  operators: readonly Operator[],
  pins: Pins,
  draw: { readonly now: () => string; readonly seed: () => string }
): { readonly pins: Pins; readonly entropy: readonly Entropy[]; readonly notes: readonly string[] } {
  const needs = unpinned(operators, pins)
  const network = needs.get('network')
  if (network !== undefined) throw new HotpassError('E_NETWORK', `${network.join(', ')} would use the network`, { hint: HOW.get('network')! })
  if (mode === 'strict') {
    for (const [entropy, names] of needs) {
      throw new HotpassError('E_ENTROPY', `${names.join(', ')} needs ${entropy === 'clock' ? 'the time' : 'random numbers'}, and a strict run takes ${entropy === 'clock' ? 'no time' : 'none'} that is not pinned`, {
        hint: `${HOW.get(entropy)!}, or run with --mode best-effort`
      })
    }
    return { pins, entropy: [], notes: [] }
  }
  const notes: string[] = []
  let { as_of, seed } = pins
  if (needs.has('clock')) {
    as_of = draw.now().replace(/\.[0-9]+Z$/, 'Z')
    notes.push('as_of was taken from the clock')
  }
  if (needs.has('random')) {
    seed = draw.seed()
    notes.push('seed was drawn')
  }
  return { pins: { as_of, seed }, entropy: [...needs.keys()], notes }
}
