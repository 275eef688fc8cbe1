/** QG-2: the pipeline runs on the workspace, its contract and expectations hold, and a Data Docs site is written. */
import { join } from 'node:path'
import type { JsonObject } from '../../kernel/types.ts'
import type { Diagnostic } from '../../schemas/generated/quality-gate.ts'
import { countsText } from '../render/runs.ts'
import { asHotpassError } from '../render/error.ts'
import { check, failed, notBuilt, passed, type Gate, type Seen } from './gate.ts'

async function pipeline(input: JsonObject, folder: string, host: Parameters<Gate['run']>[0]['host']): Promise<Seen> {
  const { refineFolder } = await import('../pipeline/refine.ts')
  const { exit, result, error } = await refineFolder({ ...input, strict: true, output_path: join(folder, 'refined.xlsx'), format: ['xlsx', 'csv'] }, host, '')
  const root = result['input_dir'] as string
  const place = (finding: Diagnostic): Diagnostic => {
    const { file } = finding.details as JsonObject
    return typeof file === 'string' ? { ...finding, details: { ...finding.details, file: `${root}/${file}` } } : finding
  }
  const findings = [...(result['errors'] as unknown as Diagnostic[]), ...(result['warnings'] as unknown as Diagnostic[])].map(place)
  if (exit !== 0) return { ...failed(error === undefined ? `the run ends with ${exit}` : asHotpassError(error).message, 'QA_RUN_FAILED'), findings }
  return { ...passed(`${String(result['run_id']).slice(0, 16)}: ${countsText(result['counts'] as JsonObject)}`), findings }
}

export const dataQuality: Gate = {
  id: 'qg2-data-quality',
  title: 'QG-2 data quality',
  ofData: true,
  async run({ input, host, folder }, tell) {
    tell(await check('the pipeline runs', () => pipeline(input, folder, host)))
    tell(await check('contract and expectations hold', () => notBuilt('contracts do not exist yet')))
    tell(await check('Data Docs are written', () => notBuilt('Data Docs do not exist yet')))
  }
}
