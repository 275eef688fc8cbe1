/** SARIF 2.1.0, as OASIS defines it and as GitHub code scanning reads it. */
import type { Json, JsonObject } from '../../kernel/types.ts'
import { findingsOf, lineOf, placeText, type Assessment, type Finding, type Place } from './assessment.ts'

/** Results that GitHub takes from one run. */
const MOST_RESULTS = 25_000
/** Places of one result besides the first. */
const MOST_RELATED = 19

/** A path as a URI reference: segments escaped, `/` kept. */
function uriOf(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/').replace(/%3A/gi, ':').replace(/^([^/]*:)/, './$1')
}

function locationOf(place: Place): JsonObject {
  const { file, sheet, cell } = place
  const line = lineOf(place)
  const parts = [file, sheet, cell].filter(part => part !== undefined) as string[]
  const logical = sheet === undefined && cell === undefined ? [] : [{ name: cell ?? sheet!, fullyQualifiedName: parts.join('/'), kind: cell === undefined ? 'sheet' : /^\d+$/.test(cell) ? 'row' : /^[A-Z]+$/.test(cell) ? 'column' : 'cell' }]
  return {
    // A viewer that knows lines alone is given the row of the sheet.
    physicalLocation: { artifactLocation: { uri: uriOf(file), uriBaseId: '%SRCROOT%' }, region: { startLine: line ?? 1 } },
    ...(logical.length === 0 ? {} : { logicalLocations: logical as unknown as Json }),
    message: { text: placeText(place) }
  }
}

function resultOf({ code, level, message, hint, count, places, fingerprint }: Finding, subject: string, rules: readonly string[]): JsonObject {
  const [first, ...rest] = places.length === 0 ? [{ file: subject }] : places
  return {
    ruleId: code,
    ruleIndex: rules.indexOf(code),
    level,
    message: { text: hint === '' ? message : `${message}. ${hint.charAt(0).toUpperCase()}${hint.slice(1)}` },
    locations: [locationOf(first!)],
    ...(rest.length === 0 ? {} : { relatedLocations: rest.slice(0, MOST_RELATED).map((place, id) => ({ id, ...locationOf(place) })) }),
    partialFingerprints: { 'hotpassFinding/v1': fingerprint },
    occurrenceCount: count
  }
}

/** `BUDGET_BREACHED` → `BudgetBreached` and `Budget breached`. */
function ruleOf(code: string, findings: readonly Finding[]): JsonObject {
  const words = code.toLowerCase().split('_').filter(word => word !== '')
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
  const levels = findings.filter(finding => finding.code === code).map(({ level }) => level)
  const level = levels.includes('error') ? 'error' : levels.includes('warning') ? 'warning' : 'note'
  const short = capital(words.join(' '))
  return {
    id: code,
    name: words.map(capital).join(''),
    shortDescription: { text: short },
    fullDescription: { text: `${short}: a finding of Hotpass. The message of each result says what was found, how often, and where.` },
    help: { text: 'hotpass runs show latest lists every finding of a run; hotpass query asks the quarantine for the rows behind it.' },
    defaultConfiguration: { level }
  }
}

/** The assessment as a SARIF log of one run. */
export function sarifReport(assessment: Assessment): string {
  const { tool, command, exit, subject, facts } = assessment
  const findings = findingsOf(assessment).slice(0, MOST_RESULTS)
  const rules = [...new Set(findings.map(({ code }) => code))].sort()
  const log: JsonObject = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: tool.name, version: tool.version, semanticVersion: tool.version, rules: rules.map(code => ruleOf(code, findings)) } },
      automationDetails: { id: `hotpass/${command.replaceAll(' ', '-')}/` },
      // A command whose data failed has done its work.
      invocations: [{ executionSuccessful: exit === 0 || exit === 3, exitCode: exit, exitCodeDescription: assessment.verdict }],
      columnKind: 'utf16CodeUnits',
      results: findings.map(finding => resultOf(finding, subject, rules)),
      properties: Object.fromEntries(facts.map(([name, value]) => [name!, value!]))
    }]
  }
  return `${JSON.stringify(log, null, 2)}\n`
}
