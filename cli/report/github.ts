/** Workflow commands of GitHub Actions: annotations on the files that findings are about. */
import { findingsOf, lineOf, placeText, type Assessment, type Finding } from './assessment.ts'

/** Annotations of one level that GitHub shows of one step. */
const MOST_PER_LEVEL = 10
/** Bytes of a step's summary that GitHub takes. */
export const MOST_SUMMARY_BYTES = 1024 * 1024
/** Characters of a message; GitHub cuts an annotation off at 64 KB. */
const LONGEST = 4000

const COMMANDS: Readonly<Record<Finding['level'], string>> = { error: 'error', warning: 'warning', note: 'notice' }

/** As `@actions/core` escapes the text behind `::`. */
const data = (text: string): string => text.toWellFormed().slice(0, LONGEST).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
/** As `@actions/core` escapes a property. */
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

function annotation({ code, level, message, hint, places, count }: Finding): string {
  const first = places[0]
  const line = first === undefined ? undefined : lineOf(first)
  const properties = [...(first === undefined ? [] : [`file=${property(first.file)}`]), ...(line === undefined ? [] : [`line=${line}`]), `title=${property(code)}`]
  const where = first === undefined || first.sheet === undefined ? '' : ` (${placeText(first)}${count > 1 ? ` and ${count - 1} more` : ''})`
  return `::${COMMANDS[level]} ${properties.join(',')}::${data(`${message}${where}${hint === '' ? '' : `\nHint: ${hint}`}`)}`
}

/** One workflow command a line; of more findings of a level than GitHub shows, the last says how many there are. */
export function githubAnnotations(assessment: Assessment): string {
  const findings = findingsOf(assessment)
  const lines = (['error', 'warning', 'note'] as const).flatMap(level => {
    const some = findings.filter(finding => finding.level === level)
    if (some.length <= MOST_PER_LEVEL) return some.map(annotation)
    const shown = some.slice(0, MOST_PER_LEVEL - 1)
    return [...shown.map(annotation), `::${COMMANDS[level]} title=Hotpass::${data(`and ${some.length - shown.length} more; the summary of the step lists them`)}`]
  })
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}
