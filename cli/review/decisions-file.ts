/** The user's file of decisions: read as a whole, and appended to line by line. */
import { userInfo } from 'node:os'
import { HotpassError } from '../../kernel/error.ts'
import { openLines, type LineFile } from '../../kernel/host/append.ts'
import { readInput } from '../../kernel/host/inputs.ts'
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { decisionLine, type Decision } from '../../operators/decisions/decision.ts'
import { parseDecisions } from '../../operators/decisions/parse.ts'
import { readDecisions, type DecisionFile } from '../../operators/decisions/read.ts'

const LARGEST = 256 * 1_048_576

export interface Place { readonly path: string; readonly shown: string }

/** The decisions of a file; none when it is not there. Throws E_DECISIONS, and what reading a file throws. */
export function loadDecisions({ path, shown }: Place): DecisionFile {
  try {
    return readDecisions(readInput({ id: shown, path, bytes: 0 }, LARGEST), shown)
  } catch (error) {
    if (error instanceof HotpassError && error.code === 'E_INPUT_MISSING') return { all: [], standing: [] }
    throw error
  }
}

/** Opens the file for appending; a line that a killed process left unfinished is cut off, and the user is told. */
export function openDecisions({ path, shown }: Place, host: CommandHost): LineFile {
  const isWhole = (text: string): boolean => parseDecisions(new TextEncoder().encode(`${text}\n`)).faults.length === 0
  return openLines(path, shown, isWhole, () => host.tell({ event: 'decisions.mended', level: 'warning', message: `${shown} ended in a line that was cut short; that line is removed` }))
}

/** Appends decisions, each durable on its own. Nothing is opened when there are none. */
export function appendDecisions(place: Place, decisions: readonly Decision[], host: CommandHost): void {
  if (decisions.length === 0) return
  const file = openDecisions(place, host)
  try {
    for (const decision of decisions) file.append(decisionLine(decision))
  } finally {
    file.close()
  }
}

/** The present, in whole seconds. */
export function nowInstant(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`
}

/** Who decides: the flag, else the user of the machine. '' when neither is known. */
export function deciderOf(input: JsonObject, host: CommandHost): string {
  const given = input['by'] as string | undefined
  if (given !== undefined) return given
  const named = host.env['USER'] ?? host.env['USERNAME'] ?? ''
  if (named !== '') return named
  try {
    return userInfo().username
  } catch {
    return ''
  }
}
