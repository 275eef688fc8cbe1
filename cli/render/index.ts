/** How each result looks to people. A renderer gets the result alone, so what people see is what programs get. */
import { approvalsText, approveText, auditShowText, auditVerifyText } from './agents.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { complianceText } from './compliance.ts'
import { contractsDiffText, emitText, importText, validateText } from './contracts.ts'
import { doctorText, explainText, goldenText, inspectText, queryText } from './data.ts'
import type { Paint } from './paint.ts'
import { qaText } from './qa.ts'
import { entitiesListText, entityHistoryText, entityShowText } from './entities.ts'
import { explainLinkageText, reportLinkageText, reviewExportText, reviewPushText, reviewTakenText, reviewText } from './review.ts'
import { bundleText, diffText, replayText, runsListText, runsShowText, runText } from './runs.ts'
import { resolveText } from './resolve.ts'
import { completionText, configExplainText, configShowText, configValidateText, initText, overviewText } from './workspace.ts'

export interface RenderOptions {
  readonly paint: Paint
  /** Of the terminal; Infinity where the text goes to a file or a pipe, so that nothing is cut. */
  readonly columns: number
  /** What was asked. */
  readonly input: JsonObject
}
export type Renderer = (result: any, options: RenderOptions) => string

/** By command name. */
export const renderers: ReadonlyMap<string, Renderer> = new Map<string, Renderer>([
  ['audit show', auditShowText],
  ['audit verify', auditVerifyText],
  ['bundle', bundleText],
  ['completion', completionText],
  ['compliance report', complianceText],
  ['config explain', configExplainText],
  ['config show', configShowText],
  ['config validate', configValidateText],
  ['contracts diff', contractsDiffText],
  ['contracts emit', emitText],
  ['contracts import', importText],
  ['contracts validate', validateText],
  ['diff', diffText],
  ['doctor', doctorText],
  ['entities history', entityHistoryText],
  ['entities list', entitiesListText],
  ['entities show', entityShowText],
  ['explain', explainText],
  ['golden check', goldenText],
  ['golden update', goldenText],
  ['init', initText],
  ['inspect', inspectText],
  ['mcp approvals', approvalsText],
  ['mcp approve', approveText],
  ['mcp serve', () => ''],
  ['overview', overviewText],
  ['qa', qaText],
  ['query', queryText],
  ['replay', replayText],
  ['resolve explain', explainLinkageText],
  ['resolve report', reportLinkageText],
  ['resolve review', reviewText],
  ['resolve review export', reviewExportText],
  ['resolve review import', reviewTakenText],
  ['resolve review pull', reviewTakenText],
  ['resolve review push', reviewPushText],
  ['resolve', resolveText],
  ['run', runText],
  ['runs list', runsListText],
  ['runs show', runsShowText]
])
