/** `hotpass doctor`: every check, in order, and one verdict. */
import { EXIT, type ExitCode } from '../../kernel/error.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { summariseStore } from '../workspace/store.ts'
import { storeFolder } from '../pipeline/store.ts'
import { CHECKS, type Examination, type Finding } from './checks.ts'

/** Worst first: which exit code a doctor with several findings ends with. */
const RANK: readonly ExitCode[] = [EXIT.integrity, EXIT.request, EXIT.failed]

export async function examine(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const examination: Examination = {
    input,
    host,
    full: input['full'] === true,
    autofix: input['autofix'] === true,
    storeFolder: await storeFolder(input, host).catch(() => undefined),
    request: undefined
  }
  const checks: JsonObject[] = []
  const exits = new Set<ExitCode>()
  let warned = false
  for (const [at, check] of CHECKS.entries()) {
    host.signal.throwIfAborted()
    host.tell({ event: 'doctor.check', level: 'debug', message: check.title, share: at / CHECKS.length, data: { id: check.id } })
    const finding: Finding = await check.run(examination)
    if (finding.status === 'error') exits.add(finding.exit ?? EXIT.failed)
    if (finding.status === 'warning') warned = true
    checks.push({ id: check.id, title: check.title, group: check.group, status: finding.status, message: finding.message, hint: finding.hint ?? '', details: finding.details ?? {} })
  }
  const exit = RANK.find(code => exits.has(code)) ?? EXIT.ok
  return {
    exit,
    result: { schema, verdict: exit !== EXIT.ok ? 'unhealthy' : warned ? 'warnings' : 'healthy', exit, checks, ledger_head: head(examination.storeFolder) }
  }
}

function head(folder: string | undefined): string | null {
  try {
    return folder === undefined ? null : summariseStore(folder).head
  } catch {
    // A damaged ledger has no head; the check of the store says so.
    return null
  }
}
