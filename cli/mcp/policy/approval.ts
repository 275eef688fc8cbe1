/**
 * What a person has to approve, and how: the call is kept in the store under an id that stands for exactly this tool
 * and these arguments; `hotpass mcp approve ID` grants it, on this machine, from a terminal; the same call then goes
 * through once. No tool can write there.
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { HotpassError } from '../../../kernel/error.ts'
import { digestBytes, digestJson } from '../../../kernel/hash.ts'
import { writeOutput } from '../../../kernel/host/publish.ts'
import { jsonBytes, objectIn } from '../../../kernel/host/store/json-file.ts'
import { openStore } from '../../../kernel/host/store/store.ts'
import type { Command } from '../../../kernel/registry/command.ts'
import type { JsonObject } from '../../../kernel/types.ts'
import { readRun } from '../../pipeline/store.ts'
import type { Policy } from './policy.ts'

export const APPROVALS = 'mcp-approvals'
/** An approval that is not used by then is none. */
export const VALID_MS = 3_600_000
const MOST = 200

export type Kind = 'network' | 'unmask' | 'replace' | 'match'

/** What each kind means, in words that a person can judge. */
export const MEANINGS: Readonly<Record<Kind, string>> = {
  network: 'open the network',
  unmask: 'show personal values unmasked',
  replace: 'replace or remove what was there before',
  match: 'decide about a match that is not certain'
}

export interface Approval {
  readonly id: string
  readonly tool: string
  readonly kinds: readonly Kind[]
  readonly arguments: JsonObject
  /** Milliseconds since 1970. */
  readonly asked_at: number
  readonly granted_at: number | null
}

/**
 * What a call needs a person for. `written` are the absolute paths of files that it would write by name; `isSteered` says
 * whether something that an agent may have written tells it what is personal.
 */
export function kindsOf(command: Command, input: JsonObject, policy: Policy, written: readonly string[], isSteered = false): readonly Kind[] {
  const { effects, input: { properties } } = command
  const kinds: Kind[] = []
  if (effects.network && (properties['allow_network'] === undefined || input['allow_network'] === true)) kinds.push('network')
  if (input['reveal'] === true || isSteered) kinds.push('unmask')
  const replaces = effects.destructive && (properties['force'] === undefined ? effects.writes.includes('workspace') : input['force'] === true)
  if (replaces || written.some(path => isFile(path) && (!effects.writes.includes('store') || isForeign(path, policy.storeDir)))) kinds.push('replace')
  if (effects.decides === 'match') kinds.push('match')
  return kinds
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile()

/** Whether no run of this store wrote a file. A run may replace what a run wrote; a command that makes none may replace nothing. */
function isForeign(path: string, storeDir: string): boolean {
  const hash = digestBytes(readFileSync(path))
  const store = openStore(storeDir)
  try {
    return ![...store.attempts()].reverse().some(entry => readRun(store, entry).run.identity.published.some(published => published.hash === hash))
  } finally {
    store.close()
  }
}

/** Same tool, same arguments, same needs: the same id. */
export function approvalId(tool: string, input: JsonObject, kinds: readonly Kind[]): string {
  return digestJson({ tool, input, kinds }).slice(0, 12)
}

export interface Approvals {
  /** Takes the grant, if there is one: it is then used up. */
  take(id: string): boolean
  /** Keeps the request, so that a person can see and grant it. */
  ask(approval: Omit<Approval, 'asked_at' | 'granted_at'>): Promise<void>
  grant(id: string): Promise<void>
  list(): readonly Approval[]
}

export function openApprovals(storeDir: string, now: () => number = Date.now): Approvals {
  const folder = join(storeDir, APPROVALS)
  const pathOf = (id: string): string => join(folder, `${id}.json`)
  const put = (approval: Approval): Promise<void> => writeOutput({ path: pathOf(approval.id), shown: `${APPROVALS}/${approval.id}.json` }, jsonBytes(approval as unknown as JsonObject))

  function read(id: string): Approval | undefined {
    if (!/^[0-9a-f]{12}$/.test(id) || !existsSync(pathOf(id))) return undefined
    const approval = objectIn(readFileSync(pathOf(id))) as unknown as Approval | undefined
    return approval?.id === id && now() - (approval.granted_at ?? approval.asked_at) < VALID_MS ? approval : undefined
  }

  const list = (): Approval[] => (existsSync(folder) ? readdirSync(folder).sort().flatMap(name => read(name.replace(/\.json$/, '')) ?? []) : [])

  return {
    list,
    take(id) {
      const approval = read(id)
      if (approval?.granted_at === null || approval === undefined) return false
      try {
        // Of two calls at once one gets it.
        renameSync(pathOf(id), `${pathOf(id)}.used`)
        rmSync(`${pathOf(id)}.used`, { force: true })
        return true
      } catch {
        return false
      }
    },
    async ask(approval) {
      const known = read(approval.id)
      if (known !== undefined) return
      // What has lapsed is of no use to anybody.
      for (const name of existsSync(folder) ? readdirSync(folder) : []) if (read(name.replace(/\.json$/, '')) === undefined) rmSync(join(folder, name), { force: true })
      if (list().length >= MOST) throw new HotpassError('E_PERMISSION', `${MOST} calls wait for approval already`, { hint: 'hotpass mcp approvals lists them; they lapse after an hour' })
      await put({ ...approval, asked_at: now(), granted_at: null })
    },
    async grant(id) {
      const approval = read(id)
      if (approval === undefined) throw new HotpassError('E_UNKNOWN_NAME', `no call waits for the approval ${id}`, { hint: 'hotpass mcp approvals lists those that do; they lapse after an hour' })
      await put({ ...approval, granted_at: now() })
    }
  }
}

/** What the agent is told: that a person has to approve, and how. It cannot do so itself. */
export function approvalError(id: string, tool: string, kinds: readonly Kind[]): HotpassError {
  return new HotpassError('E_APPROVAL', `${tool} would ${kinds.map(kind => MEANINGS[kind]).join(' and ')}; a person has to approve this first`, {
    hint: `ask the person who runs this workspace to type hotpass mcp approve ${id} on this machine, and then make the same call again`,
    details: { approval: { id, tool, kinds } }
  })
}

/** Throws E_PERMISSION for a kind that the policy never allows; returns those that need approval. */
export function toApprove(kinds: readonly Kind[], policy: Policy): readonly Kind[] {
  const never = kinds.find(kind => policy[kind] === 'never')
  if (never !== undefined) throw new HotpassError('E_PERMISSION', `this workspace never lets an agent ${MEANINGS[never]}`, { hint: `mcp.policy.${never} says so; only the operator of this workspace can change it` })
  return kinds.filter(kind => policy[kind] !== 'allow')
}
