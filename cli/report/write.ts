/** Writes an assessment in the formats that were asked for. */
import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs'
import { HotpassError } from '../../kernel/error.ts'
import { writeFault } from '../../kernel/host/fault.ts'
import { writeOutput } from '../../kernel/host/publish.ts'
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { shownPath } from '../config/workspace.ts'
import type { Assessment } from './assessment.ts'
import { githubAnnotations, MOST_SUMMARY_BYTES } from './github.ts'
import { junitReport } from './junit.ts'
import { markdownSummary } from './markdown.ts'
import type { ReportFormat, RequestedReport } from './requested.ts'
import { sarifReport } from './sarif.ts'

const RENDERERS: Readonly<Record<ReportFormat, (assessment: Assessment) => string>> = {
  sarif: sarifReport,
  junit: junitReport,
  github: githubAnnotations,
  markdown: markdownSummary,
  json: assessment => `${JSON.stringify(assessment, null, 2)}\n`
}

/** How each format begins: a file that begins otherwise was no report, and is not replaced by one. */
const BEGINNINGS: Readonly<Record<ReportFormat, RegExp>> = {
  sarif: /^\s*\{/,
  junit: /^\s*</,
  github: /^(::|$)/,
  markdown: /^(#|$)/,
  json: /^\s*\{/
}

/** Refuses to replace what is no report of this format: a mistyped path must not cost a workbook. Throws E_USAGE. */
export function assertNotLost({ format, path }: RequestedReport, host: CommandHost): void {
  if (path === undefined || !existsSync(path) || !statSync(path).isFile() || statSync(path).size === 0) return
  if (BEGINNINGS[format].test(readFileSync(path, 'latin1').slice(0, 200))) return
  const shown = shownPath(path, host.cwd)
  throw new HotpassError('E_USAGE', `${shown} is there already and is no ${format} report`, { place: { file: shown }, hint: 'give another path, or remove the file' })
}

/** Writes every report and returns where each went. Throws E_OUTPUT_UNWRITABLE, E_DISK_FULL and E_PATH_ESCAPE. */
export async function writeReports(assessment: Assessment, reports: readonly RequestedReport[], host: CommandHost): Promise<JsonObject[]> {
  const written: JsonObject[] = []
  for (const { format, path } of reports) {
    const text = RENDERERS[format](assessment)
    if (path !== undefined) {
      const shown = shownPath(path, host.cwd)
      await writeOutput({ path, shown }, Buffer.from(text, 'utf8'))
      written.push({ format, path: shown })
    } else {
      host.tell({ event: 'report.annotations', level: 'info', message: text })
      written.push({ format, path: null })
    }
    if (format === 'github') appendSummary(assessment, host)
  }
  return written
}

/** Adds to the summary of the step, as far as there is room in it. */
function appendSummary(assessment: Assessment, host: CommandHost): void {
  const path = host.env['GITHUB_STEP_SUMMARY']
  if (path === undefined || path === '') return
  try {
    const room = MOST_SUMMARY_BYTES - (existsSync(path) ? statSync(path).size : 0)
    const text = markdownSummary(assessment, room)
    if (Buffer.byteLength(text, 'utf8') <= room) appendFileSync(path, text)
  } catch (error) {
    throw writeFault(error, 'GITHUB_STEP_SUMMARY')
  }
}
