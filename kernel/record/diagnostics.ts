/** Diagnostics as they stand in a record. */
import { HotpassError } from '../error.ts'
import { canonicalJson } from '../json.ts'
import type { Diagnostic, Json } from '../types.ts'

/** Sorted by code, then by the rest, so that the order in which they were reported does not count. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics
    .map(({ code, severity, message, details }): readonly [string, string, Diagnostic] => {
      const plain = { code, severity, message, details }
      return [code, canonicalJson(plain as unknown as Json), plain]
    })
    .sort(([codeA, a], [codeB, b]) => (codeA < codeB ? -1 : codeA > codeB ? 1 : a < b ? -1 : a > b ? 1 : 0))
    .map(([, , diagnostic]) => diagnostic)
}

/** By severity, each list sorted: `info` to notices, `warning` to warnings, `error` to errors. */
export function splitDiagnostics(diagnostics: readonly Diagnostic[]): {
  readonly notices: readonly Diagnostic[]
  readonly warnings: readonly Diagnostic[]
  readonly errors: readonly Diagnostic[]
} {
  const sorted = sortDiagnostics(diagnostics)
  const of = (severity: string): readonly Diagnostic[] => sorted.filter(diagnostic => diagnostic.severity === severity)
  return { notices: of('info'), warnings: of('warning'), errors: of('error') }
}

/**
 * An error as a diagnostic: code, message, place and hint. Of anything but a HotpassError only the class of fault is
 * kept, because the words of an engine's message change from version to version and may hold values.
 */
export function diagnosticOf(error: unknown, operatorId: string): Diagnostic {
  if (error instanceof HotpassError) {
    const { file, sheet, cell, line } = error.place
    return {
      code: error.code,
      severity: 'error',
      message: wellFormed(error.message),
      details: {
        ...(file === undefined ? {} : { file: wellFormed(file) }),
        ...(sheet === undefined ? {} : { sheet: wellFormed(sheet) }),
        ...(cell === undefined ? {} : { cell }),
        ...(line === undefined ? {} : { line }),
        ...(error.hint === '' ? {} : { hint: wellFormed(error.hint) })
      }
    }
  }
  return { code: 'E_OPERATOR', severity: 'error', message: `${operatorId} failed: this is a bug in the operator`, details: {} }
}

function wellFormed(text: string): string {
  return text.toWellFormed()
}
