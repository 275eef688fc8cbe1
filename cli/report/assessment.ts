/** From the findings of a command to an assessment, the one thing that every report format is written from. */
import { digestJson } from '../../kernel/hash.ts'
import type { HotpassError } from '../../kernel/error.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'
import type { Assessment, Case, Finding, Place } from '../../schemas/generated/assessment.ts'
import { packageVersion } from '../package-root.ts'

export type { Assessment, Case, Finding, Place }

/** A diagnostic as the results of commands carry it. */
export interface Diagnosed {
  readonly code: string
  readonly severity: 'info' | 'warning' | 'error'
  readonly message: string
  readonly details: JsonObject
}

const LEVELS = { info: 'note', warning: 'warning', error: 'error' } as const

const text = (value: Json | undefined): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const integer = (value: Json | undefined): number | undefined => (typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined)

/** Places that the details of a diagnostic cite: `file`, `sheet`, and `cells`, `cell` or `line`. `root` is put before the file. */
export function placesOf(details: JsonObject, root: string): Place[] {
  const file = text(details['file'])
  if (file === undefined) return []
  const sheet = text(details['sheet'])
  const base = { file: joined(root, file), ...(sheet === undefined ? {} : { sheet }) }
  const cells = Array.isArray(details['cells']) ? details['cells'].filter((cell): cell is string => typeof cell === 'string' && /^[A-Z]{0,3}[0-9]*$/.test(cell) && cell !== '') : []
  if (cells.length > 0) return cells.map(cell => ({ ...base, cell }))
  const [cell, line, column] = [text(details['cell']), integer(details['line']), text(details['column'])]
  if (cell !== undefined) return [{ ...base, cell }]
  if (line !== undefined) return [{ ...base, line }]
  return [column !== undefined && /^[A-Z]{1,3}$/.test(column) ? { ...base, cell: column } : base]
}

function joined(root: string, file: string): string {
  const path = root === '' || root === '.' || file.startsWith('/') ? file : `${root.replace(/\/+$/, '')}/${file}`
  return path.replace(/^\.\//, '')
}

/** What makes a fault the same fault next time: its code and where it is, without counts, single cells and words. */
const STABLE = ['step', 'file', 'sheet', 'column', 'field', 'name', 'table', 'group', 'rule', 'id', 'setting', 'contract', 'expectation'] as const

function fingerprintOf(code: string, suite: string, details: JsonObject): string {
  const stable = Object.fromEntries(STABLE.flatMap(key => (details[key] === undefined ? [] : [[key, details[key]]])))
  return digestJson({ code, suite, ...stable } as JsonObject).slice(0, 32)
}

/** A diagnostic as a finding of a suite. */
export function findingOf({ code, severity, message, details }: Diagnosed, suite: string, root: string): Finding {
  return {
    code,
    level: LEVELS[severity],
    message,
    hint: text(details['hint']) ?? '',
    count: integer(details['count']) ?? 1,
    places: placesOf(details, root),
    fingerprint: fingerprintOf(code, suite, details)
  }
}

/** The assessment of a command that failed before it had a result. */
export function assessmentOfError(command: string, error: HotpassError): Assessment {
  const { file, sheet, cell, line } = error.place
  const details = { ...(file === undefined ? {} : { file }), ...(sheet === undefined ? {} : { sheet }), ...(cell === undefined ? {} : { cell }), ...(line === undefined ? {} : { line }), ...(error.hint === '' ? {} : { hint: error.hint }) }
  const finding = findingOf({ code: error.code, severity: 'error', message: error.message, details }, command, '')
  return assessment(command, {
    title: `hotpass ${command} could not begin`,
    verdict: 'failed',
    exit: error.exitCode,
    subject: '.',
    facts: [],
    cases: [{ suite: command, name: 'request', status: 'error', message: error.message, seconds: null, findings: [finding] }]
  })
}

/** An assessment by this version of Hotpass. */
export function assessment(command: string, rest: Omit<Assessment, 'schema' | 'tool' | 'command'>): Assessment {
  return { schema: 'urn:hotpass:schema:assessment:1', tool: { name: 'Hotpass', version: packageVersion() }, command, ...rest }
}

/** Every finding, in the order of the cases. */
export function findingsOf(assessment: Assessment): readonly Finding[] {
  return assessment.cases.flatMap(({ findings }) => findings)
}

/** `data/Members.xlsx › Members › B8`. */
export function placeText({ file, sheet, cell, line }: Place): string {
  const at = cell === undefined ? (line === undefined ? undefined : `line ${line}`) : /^\d+$/.test(cell) ? `row ${cell}` : /^[A-Z]+$/.test(cell) ? `column ${cell}` : cell
  return [file, sheet, at].filter(part => part !== undefined && part !== '').join(' › ')
}

/** The row of a sheet, or the line of a text file, that a place names. */
export function lineOf({ cell, line }: Place): number | undefined {
  const row = cell === undefined ? undefined : /\d+$/.exec(cell)?.[0]
  return line ?? (row === undefined ? undefined : Math.max(1, Number(row)))
}
