/** What there is to say of a workbook as a whole, as findings: nothing of it is acted upon. */
import type { Context, Diagnostic } from '../../../kernel/types.ts'
import { plural } from '../../model/plural.ts'
import type { Package } from './package.ts'
import type { Workbook } from './workbook.ts'

/** Tells whether the workbook is signed, refers to other files, holds macros, or is to be computed anew. */
export function tellTraits(parts: Package, workbook: Workbook, formulas: number, context: Pick<Context, 'diagnose'>): void {
  const { file } = parts
  const tell = (code: string, severity: Diagnostic['severity'], what: string, details: Diagnostic['details'] = {}): void => context.diagnose({ code, severity, message: `${file}: ${what}`, details: { file, ...details } })
  const root = parts.relationships('')
  const own = parts.relationships(workbook.part)
  if (root.some(({ type }) => type === 'origin')) tell('WORKBOOK_SIGNED', 'info', 'the workbook bears a digital signature; it is not checked, and the outputs do not bear it')
  const links = own.filter(({ type }) => type === 'externalLink').length
  if (links > 0) tell('LINKS_EXTERNAL', 'info', `formulas refer to ${plural(links, 'other file')}; the values stored in this one are taken, and no link is followed`, { links })
  if (own.some(({ type }) => type === 'vbaProject')) tell('MACROS_IGNORED', 'info', 'the workbook holds macros; they are not run')
  if (workbook.stylesMissing) tell('STYLES_MISSING', 'warning', 'its number formats are missing, so its dates and times cannot be told from other numbers: open it in a spreadsheet program and save it again')
  if (workbook.computeAnew && formulas > 0) {
    tell('FORMULAS_UNCOMPUTED', 'warning', `the workbook asks to be computed when it is opened, so the stored values of its ${plural(formulas, 'formula')} may be out of date or none: open and save it in a spreadsheet program`, { formulas })
  }
}
