/** `hotpass audit`: the log of the workspace's store, checked and shown. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { HotpassError } from '../../../kernel/error.ts'
import type { CommandHost } from '../../../kernel/registry/command.ts'
import type { JsonObject } from '../../../kernel/types.ts'
import { shownPath } from '../../config/workspace.ts'
import { storeFolder } from '../../pipeline/store.ts'
import { AUDIT_LOG } from './line.ts'
import { auditLines, verifyAuditLog, type AuditCheck } from './verify.ts'

/** Where the log of a store stands. */
export const auditPath = (folder: string): string => join(folder, AUDIT_LOG)

/** Throws E_STORE_MISSING when nothing was ever logged there. */
async function logPath(input: JsonObject, host: CommandHost): Promise<string> {
  const path = auditPath(await storeFolder(input, host))
  if (!existsSync(path)) throw new HotpassError('E_STORE_MISSING', `there is no audit log at ${shownPath(path, host.cwd)}`, { hint: 'hotpass mcp serve begins one' })
  return path
}

/** The head that was asked for; it may be given as it is printed, with the name of its digest before it. */
export const headIn = (input: JsonObject): string | undefined => (input['expect_head'] as string | undefined)?.replace('sha256:', '')

export async function verifyStoredLog(input: JsonObject, host: CommandHost): Promise<{ readonly path: string; readonly check: AuditCheck }> {
  const path = await logPath(input, host)
  return { path: shownPath(path, host.cwd), check: await verifyAuditLog(path, headIn(input)) }
}

/** The latest lines first. */
export async function showStoredLog(input: JsonObject, host: CommandHost): Promise<JsonObject> {
  const path = await logPath(input, host)
  const limit = (input['limit'] as number | undefined) ?? 20
  const lines: JsonObject[] = []
  let total = 0
  for await (const line of auditLines(path)) {
    if (input['tool'] !== undefined && line.what !== input['tool']) continue
    if (input['outcome'] !== undefined && line.outcome !== input['outcome']) continue
    total++
    lines.push(line as unknown as JsonObject)
    if (lines.length > limit) lines.shift()
  }
  return { log: shownPath(path, host.cwd), lines: lines.reverse(), total }
}
