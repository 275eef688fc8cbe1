/** JUnit XML, in the dialect that Jenkins, GitLab, Azure and GitHub's test reporters read (`junit-10.xsd` of Jenkins). */
import { placeText, type Assessment, type Case, type Finding } from './assessment.ts'

/** Characters that XML 1.0 cannot hold, and halves of surrogate pairs. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\r': '&#13;', '\t': '&#9;' }

const clean = (text: string): string => text.toWellFormed().replace(FORBIDDEN, '\ufffd')
const attribute = (text: string): string => clean(text).replace(/[&<>"\n\r\t]/g, sign => ENTITIES[sign]!)
const content = (text: string): string => clean(text).replace(/[&<>\r]/g, sign => ENTITIES[sign]!)

/** Places listed for one finding. */
const MOST_PLACES = 20

function findingText({ code, level, message, hint, count, places }: Finding): string {
  const shown = places.slice(0, MOST_PLACES).map(place => `  at ${placeText(place)}`)
  const more = count > shown.length && shown.length > 0 ? [`  and ${count - shown.length} more`] : []
  return [`${level}: ${code}: ${message}`, ...shown, ...more, ...(hint === '' ? [] : [`  hint: ${hint}`])].join('\n')
}

const seconds = (value: number | null): string => (value === null ? '' : ` time="${value.toFixed(3)}"`)

function caseXml({ suite, name, status, message, seconds: took, findings }: Case): string {
  const first = findings.find(({ level }) => level === 'error') ?? findings[0]
  const told = findings.map(findingText).join('\n')
  const outcome = status === 'passed' ? '' : status === 'skipped' ? `<skipped message="${attribute(message)}"/>` : `<${status === 'error' ? 'error' : 'failure'} type="${attribute(first?.code ?? 'FAILED')}" message="${attribute(message === '' ? (first?.message ?? name) : message)}">${content(told)}</${status === 'error' ? 'error' : 'failure'}>`
  // Of a case that passed, warnings are still worth reading.
  const out = status === 'passed' && told !== '' ? `<system-out>${content(told)}</system-out>` : ''
  const head = `    <testcase classname="${attribute(suite)}" name="${attribute(name)}"${seconds(took)}`
  return outcome === '' && out === '' ? `${head}/>` : `${head}>${outcome}${out}</testcase>`
}

function counts(cases: readonly Case[]): string {
  const of = (status: Case['status']): number => cases.filter(one => one.status === status).length
  return `tests="${cases.length}" failures="${of('failed')}" errors="${of('error')}"`
}

/** The assessment as JUnit XML: a suite per suite, a case per check. */
export function junitReport(assessment: Assessment): string {
  const suites = [...new Set(assessment.cases.map(({ suite }) => suite))]
  const total = assessment.cases.reduce((sum, { seconds: took }) => sum + (took ?? 0), 0)
  const blocks = suites.map(suite => {
    const cases = assessment.cases.filter(one => one.suite === suite)
    const took = cases.reduce((sum, one) => sum + (one.seconds ?? 0), 0)
    const properties = assessment.facts.map(([name, value]) => `      <property name="${attribute(name!)}" value="${attribute(value!)}"/>`)
    return [
      `  <testsuite name="${attribute(suite)}" ${counts(cases)} skipped="${cases.filter(({ status }) => status === 'skipped').length}"${seconds(took)}>`,
      ...(properties.length === 0 ? [] : ['    <properties>', ...properties, '    </properties>']),
      ...cases.map(caseXml),
      '  </testsuite>'
    ].join('\n')
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${attribute(`hotpass ${assessment.command}`)}" ${counts(assessment.cases)}${seconds(total)}>\n${blocks.join('\n')}${blocks.length === 0 ? '' : '\n'}</testsuites>\n`
}
