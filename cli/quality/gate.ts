/** What a quality gate is: checks of outcomes, each with what was seen. */
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import type { Check, Diagnostic } from '../../schemas/generated/quality-gate.ts'
import { asHotpassError } from '../render/error.ts'

export type { Check, Diagnostic }

export interface GateContext {
  /** What was asked of `qa`. */
  readonly input: JsonObject
  readonly host: CommandHost
  /** Absolute path of the gate's folder, which exists and is empty. */
  readonly folder: string
}

/** What a check saw. `passed` is said of what was looked at, never of what is not there. */
export type Seen =
  | { readonly status: 'passed' | 'not-built' | 'not-run'; readonly message: string; readonly findings?: readonly Diagnostic[] }
  | { readonly status: 'failed'; readonly message: string; readonly findings?: readonly Diagnostic[]; readonly code?: string; readonly details?: JsonObject }

export interface Gate {
  /** Also the name of its folder. */
  readonly id: string
  readonly title: string
  /** Whether a failure says something of the data, and not of Hotpass. */
  readonly ofData: boolean
  /** Tells each check as it is done. */
  run(context: GateContext, tell: (check: Check) => void): Promise<void>
}

export const passed = (message: string): Seen => ({ status: 'passed', message })
export const failed = (message: string, code: string, details: JsonObject = {}): Seen => ({ status: 'failed', message, code, details })
export const notBuilt = (message: string): Seen => ({ status: 'not-built', message })
export const notRun = (message: string): Seen => ({ status: 'not-run', message })

/** Does one check. What it throws is a failure with the code of the error. */
export async function check(name: string, look: () => Seen | Promise<Seen>): Promise<Check> {
  const begun = performance.now()
  let seen: Seen
  try {
    seen = await look()
  } catch (thrown) {
    const error = asHotpassError(thrown)
    const { file, sheet, cell, line } = error.place
    seen = failed(error.message, error.code, { ...(file === undefined ? {} : { file }), ...(sheet === undefined ? {} : { sheet }), ...(cell === undefined ? {} : { cell }), ...(line === undefined ? {} : { line }), hint: error.hint })
  }
  const own: readonly Diagnostic[] = seen.status === 'failed' && seen.findings === undefined ? [{ code: seen.code ?? 'CHECK_FAILED', severity: 'error', message: `${name}: ${seen.message}`, details: { id: name, ...seen.details } }] : (seen.findings ?? [])
  return { name, status: seen.status, message: seen.message, seconds: Math.round(performance.now() - begun) / 1000, findings: [...own] }
}
