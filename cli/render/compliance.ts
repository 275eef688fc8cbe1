/** Text of `hotpass compliance report`. */
import type { RenderOptions } from './index.ts'
import { countOf, printable } from './paint.ts'

export function complianceText(result: any, { paint }: RenderOptions): string {
  const gaps = (result.gaps as readonly { code: string; what: string }[]).map(({ code, what }) => `${paint.yellow('missing')}  ${code}: ${printable(what)}`)
  return [
    `${countOf(result.columns, 'column')} with personal data in ${result.run_id}${result.policy.length === 0 ? '' : `, under ${result.policy.join(', ').toUpperCase()}`}`,
    ...gaps,
    ...result.paths.map((path: string) => printable(path))
  ].join('\n')
}
