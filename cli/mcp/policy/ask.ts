/** What waits for a person, shown to them, and their word on it. */
import type { CommandHost } from '../../../kernel/registry/command.ts'
import { HotpassError } from '../../../kernel/error.ts'
import type { JsonObject } from '../../../kernel/types.ts'
import { storeFolder } from '../../pipeline/store.ts'
import { MEANINGS, openApprovals, VALID_MS } from './approval.ts'

export const VALID_SECONDS = VALID_MS / 1000

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** The calls that wait, and those that were approved and not made yet. */
export async function approvalsShown(input: JsonObject, host: CommandHost): Promise<JsonObject[]> {
  return openApprovals(await storeFolder(input, host)).list().map(({ id, tool, kinds, arguments: given, asked_at, granted_at }) => ({ id, tool, kinds, arguments: given, asked_at: instant(asked_at), granted_at: granted_at === null ? null : instant(granted_at) }))
}

/** Asks the person and grants what they agree to. Throws E_UNKNOWN_NAME when no call has this id. */
export async function approveCall(id: string, input: JsonObject, host: CommandHost, ask: (question: string) => Promise<boolean>): Promise<boolean> {
  const approvals = openApprovals(await storeFolder(input, host))
  const found = approvals.list().find(approval => approval.id === id)
  if (found === undefined) throw new HotpassError('E_UNKNOWN_NAME', `no call waits for the approval ${id}`, { hint: 'hotpass mcp approvals lists those that do; they lapse after an hour' })
  // The arguments were written by the agent: shown as JSON, so that no sign in them moves the cursor.
  const shown = JSON.stringify(found.arguments).replace(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f]/g, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const agreed = await ask(`An agent asks to call ${found.tool}, which would ${found.kinds.map(kind => MEANINGS[kind]).join(' and ')}.\nArguments: ${shown}\nAllow it, once?`)
  if (agreed) await approvals.grant(id)
  return agreed
}
