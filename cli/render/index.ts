/** How each result looks to people. A renderer gets the result alone, so what people see is what programs get. */
import type { JsonObject } from '../../kernel/types.ts'
import type { Paint } from './paint.ts'
import { completionText, configExplainText, configShowText, configValidateText, initText, overviewText } from './workspace.ts'

export interface RenderOptions {
  readonly paint: Paint
  readonly columns: number
  /** What was asked. */
  readonly input: JsonObject
}
export type Renderer = (result: any, options: RenderOptions) => string | Promise<string>

/** By command name. */
export const renderers: ReadonlyMap<string, Renderer> = new Map<string, Renderer>([
  ['completion', completionText],
  ['config explain', configExplainText],
  ['config show', configShowText],
  ['config validate', configValidateText],
  ['init', initText],
  ['overview', overviewText]
])
