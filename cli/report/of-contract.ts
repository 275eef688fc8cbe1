/** What holding a file to a contract checked: each promise is a case. */
import type { JsonObject } from '../../kernel/types.ts'
import { tellPlace, type Check } from '../../operators/model/checks.ts'
import { assessment, findingOf, type Assessment } from './assessment.ts'

const TITLES: { readonly [verdict: string]: string } = { holds: 'keeps', 'holds-in-part': 'keeps, where it was checked,', unchecked: 'could not be held to', broken: 'breaks' }

/** The assessment of a `contracts-validate-result`. */
export function assessContract(result: JsonObject): Assessment {
  const contract = result['contract'] as { readonly file: string; readonly name: string; readonly version: string }
  const data = result['data'] as { readonly file: string; readonly sheet: string; readonly rows: number }
  const suite = `contract ${contract.name}`
  return assessment('contracts validate', {
    title: `${data.file} ${TITLES[String(result['verdict'])]!} the contract ${contract.name} ${contract.version}`,
    verdict: result['valid'] === true ? 'valid' : 'invalid',
    exit: result['valid'] === true ? 0 : 3,
    subject: data.file,
    facts: [['contract', `${contract.file}, ${contract.name} ${contract.version}`], ['data', [data.file, data.sheet].filter(part => part !== '').join(' › ')], ['rows', String(data.rows)], ...(result['not_checked'] === 0 ? [] : [['rules not checked', String(result['not_checked'])] as [string, string]])],
    cases: (result['checks'] as unknown as readonly Check[]).map(({ id, code, field, severity, outcome, message, failed, examples }) => {
      const first = examples.find(({ file }) => file !== '')
      const cells = examples.flatMap(({ cell, row }) => (cell !== '' ? [cell] : row > 0 ? [String(row)] : []))
      const details = { expectation: id, field, count: Math.max(1, failed), file: first?.file ?? data.file, sheet: first?.sheet ?? data.sheet, cells }
      return {
        suite,
        name: id,
        status: outcome === 'skipped' ? 'skipped' : outcome === 'failed' && severity === 'error' ? 'failed' : 'passed',
        message,
        seconds: null,
        findings: outcome === 'failed' ? [findingOf({ code, severity, message: `${id}: ${message}${first === undefined ? '' : `, first at ${tellPlace(first)}`}`, details }, suite, '')] : []
      }
    })
  })
}
