/** QG-2: the pipeline runs on the workspace, its contract and expectations hold, and a Data Docs site is written. */
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HotpassError } from '../../kernel/error.ts'
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import type { Diagnostic } from '../../schemas/generated/quality-gate.ts'
import { countChecks, tellPlace, type Check as Kept } from '../../operators/model/checks.ts'
import { resolveRequest } from '../config/request.ts'
import { findWorkspace } from '../config/workspace.ts'
import { checksOf, writeDataDocs } from '../data-docs/write.ts'
import { findAttempt, openStoreToRead, readRun, type RecordedRun } from '../pipeline/store.ts'
import { countsText } from '../render/runs.ts'
import { asHotpassError } from '../render/error.ts'
import { check, failed, notRun, passed, type Check, type Gate, type Seen } from './gate.ts'
import { say } from './scene.ts'

interface Ran { readonly run_id: string; readonly root: string }

/** Where the pipeline runs: what was asked of `qa`, and in which folder. */
interface Subject {
  readonly input: JsonObject
  readonly host: CommandHost
  /** Stands before what is said of it. */
  readonly says: string
  release(): void
}

/** The workspace; or, in a folder that is none and holds no data, the product's own sample in a folder that is removed again. */
async function subjectOf(input: JsonObject, host: CommandHost): Promise<Subject> {
  const own: Subject = { input, host, says: '', release: () => {} }
  const isAsked = ['input_dir', 'profile', 'config'].some(name => input[name] !== undefined) || findWorkspace(host.cwd).file !== undefined
  if (isAsked || existsSync((await resolveRequest(input, host)).inputDir)) return own
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'hotpass-qa-data-')))
  const { exit, err } = await say(cwd, ['init'], host.signal)
  if (exit !== 0) throw new HotpassError('E_INTERNAL', `the sample could not be made: ${err}`)
  return { input: {}, host: { ...host, cwd, env: { HOME: cwd } }, says: 'there is no workspace here, so the sample stands for it; ', release: () => rmSync(cwd, { recursive: true, force: true }) }
}

async function pipeline({ input, host, says }: Subject, folder: string, ran: (run: Ran) => void): Promise<Seen> {
  const { refineFolder } = await import('../pipeline/refine.ts')
  const { exit, result, error } = await refineFolder({ ...input, strict: true, output_path: join(folder, 'refined.xlsx'), format: ['xlsx', 'csv'] }, host, '')
  const root = result['input_dir'] as string
  ran({ run_id: result['run_id'] as string, root })
  const findings = [...(result['errors'] as unknown as Diagnostic[]), ...(result['warnings'] as unknown as Diagnostic[])].map(finding => placed(finding, root))
  if (exit !== 0) return { ...failed(error === undefined ? `the run ends with ${exit}` : asHotpassError(error).message, 'QA_RUN_FAILED'), findings }
  return { ...passed(`${says}${String(result['run_id']).slice(0, 16)}: ${countsText(result['counts'] as JsonObject)}`), findings }
}

function placed(finding: Diagnostic, root: string): Diagnostic {
  const { file } = finding.details as JsonObject
  return typeof file === 'string' && file !== '' ? { ...finding, details: { ...finding.details, file: `${root}/${file}` } } : finding
}

/** Every promise by itself, so that a report shows which. */
function promised(one: Kept, root: string): Seen {
  const { outcome, severity, message, code, examples, id, field, checked, failed: broken } = one
  if (outcome === 'skipped') return notRun(message)
  if (outcome === 'passed') return passed(message)
  const first = examples.find(({ file }) => file !== '')
  const details: JsonObject = { expectation: id, field, checked, failed: broken, ...(first === undefined ? {} : { file: first.file, sheet: first.sheet, cells: examples.filter(({ file, sheet, cell }) => file === first.file && sheet === first.sheet && cell !== '').map(({ cell }) => cell) }) }
  const finding = placed({ code, severity, message: `${id}: ${message}${first === undefined ? '' : `, first at ${tellPlace(first)}`}`, details }, root)
  return severity === 'error' ? { status: 'failed', message, findings: [finding] } : { ...passed(message), findings: [finding] }
}

export const dataQuality: Gate = {
  id: 'qg2-data-quality',
  title: 'QG-2 data quality',
  ofData: true,
  async run(context, tell) {
    const subject = await subjectOf(context.input, context.host)
    try {
      await examine(subject, context.folder, tell)
    } finally {
      subject.release()
    }
  }
}

async function examine(subject: Subject, folder: string, tell: (check: Check) => void): Promise<void> {
  let ran: Ran | undefined
  tell(await check('the pipeline runs', () => pipeline(subject, folder, run => void (ran = run))))
  if (ran === undefined) {
    tell(await check('contract and expectations hold', () => notRun('there is no run to look at')))
    return tell(await check('Data Docs are written', () => notRun('there is no run to look at')))
  }
  const { run_id, root } = ran
  const { input, host } = subject
  const store = await openStoreToRead(input, host)
  try {
    const recorded: RecordedRun = readRun(store, findAttempt(store, run_id, {}))
    let checks: readonly Kept[] = []
    tell(await check('contract and expectations hold', () => {
      checks = checksOf(store, recorded)
      const counts = countChecks(checks)
      if (checks.length === 0) return notRun('the run did not get as far as its expectations')
      if (counts.failed > 0) return { ...failed(`${counts.failed} of ${checks.length} promises are broken`, 'QA_CONTRACT_BROKEN'), findings: [] }
      return counts.passed + counts.warned === 0 ? notRun('nothing that the profile promises could be checked') : passed(`${counts.passed} promises are kept${counts.warned === 0 ? '' : `, ${counts.warned} with a warning`}${counts.skipped === 0 ? '' : `, ${counts.skipped} could not be checked`}`)
    }))
    for (const one of checks) if (one.outcome === 'failed') tell(await check(`promise ${one.id}`, () => promised(one, root)))
    tell(await check('Data Docs are written', async () => {
      if (checks.length === 0) return notRun('the run did not get as far as its dataset')
      const pages = await writeDataDocs(store, recorded, join(folder, 'data-docs'), host)
      return passed(`${pages.length} pages, ${pages[0]}`)
    }))
  } finally {
    store.close()
  }
}
