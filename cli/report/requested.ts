/** What `--report` asks for: formats, and where each goes. */
import { resolve } from 'node:path'
import { HotpassError } from '../../kernel/error.ts'
import type { CommandHost, PropertySchema } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { shownPath } from '../config/workspace.ts'
import { didYouMean } from '../did-you-mean.ts'

export const REPORT_FORMATS = ['sarif', 'junit', 'github', 'markdown', 'json'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

const NAMES: Readonly<Record<ReportFormat, string>> = { sarif: '.sarif', junit: '.junit.xml', github: '', markdown: '.summary.md', json: '.assessment.json' }

/** The property that a command with reports takes. */
export const REPORT: PropertySchema = {
  type: 'array',
  path: 'report',
  items: { type: 'string', minLength: 1 },
  description: `Also write what was found for others to read: FORMAT or FORMAT=PATH, or several with commas between, with FORMAT one of ${REPORT_FORMATS.join(', ')}. Repeatable. Without a path the file goes to the dist folder under the name of the command; github prints annotations on standard error and adds to the file that GITHUB_STEP_SUMMARY names.`
}

export interface RequestedReport {
  readonly format: ReportFormat
  /** Absolute; undefined for annotations that go to standard error. */
  readonly path: string | undefined
}

/** Reads `--report`. `folder` is where reports without a path go. Throws E_USAGE. */
export function requestedReports(input: JsonObject, command: string, folder: string, host: CommandHost): readonly RequestedReport[] {
  const reports: RequestedReport[] = []
  for (const word of ((input['report'] as readonly string[] | undefined) ?? []).flatMap(splitReports)) {
    const at = word.indexOf('=')
    const format = at === -1 ? word : word.slice(0, at)
    if (!(REPORT_FORMATS as readonly string[]).includes(format)) {
      throw new HotpassError('E_USAGE', `there is no report format ${JSON.stringify(format)}`, { hint: didYouMean(format, REPORT_FORMATS, `there are ${REPORT_FORMATS.join(', ')}; give --report sarif=out.sarif`) })
    }
    const given = at === -1 ? undefined : word.slice(at + 1)
    if (given === '') throw new HotpassError('E_USAGE', `--report ${word} names no file`, { hint: `give --report ${format} or --report ${format}=PATH` })
    const known = format as ReportFormat
    const path = given === undefined ? (known === 'github' ? undefined : resolve(folder, `hotpass-${command.replaceAll(' ', '-')}${NAMES[known]}`)) : resolve(host.cwd, given)
    const twin = reports.find(other => other.path !== undefined && other.path.toLowerCase() === path?.toLowerCase())
    if (twin !== undefined) throw new HotpassError('E_USAGE', `two reports would go to ${shownPath(path!, host.cwd)}`, { hint: 'give them different paths' })
    if (!reports.some(other => other.format === known && other.path === path)) reports.push({ format: known, path })
  }
  return reports
}

/** A comma after which a format stands, or, before the first path, any: other commas belong to a path. */
const BEFORE_FORMAT = new RegExp(`,(?=\\s*(?:${REPORT_FORMATS.join('|')})\\s*(?:[=,]|$))`)

/** `sarif,junit` and `sarif=a.sarif,junit=b.xml` name two; a comma in a path stays. What `--report` says, one format each. */
export function splitReports(word: string): readonly string[] {
  const at = word.indexOf('=')
  const bare = at === -1 ? word.length : word.lastIndexOf(',', at) + 1
  return [...word.slice(0, bare).split(','), ...word.slice(bare).split(BEFORE_FORMAT)].map(format => format.trim()).filter(format => format !== '')
}
