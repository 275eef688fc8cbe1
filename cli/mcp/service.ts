/** What the server does, apart from the protocol's transport: one of it serves every connection. */
import type { CallToolResult } from '@modelcontextprotocol/server'
import { EXIT, HotpassError } from '../../kernel/error.ts'
import { digestJson } from '../../kernel/hash.ts'
import type { Command, CommandHost, HostEvent } from '../../kernel/registry/command.ts'
import { nameOf, type Registry } from '../../kernel/registry/registry.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { asHotpassError, errorJson } from '../render/error.ts'
import { answerOf } from './answer/answer.ts'
import { createPages, type Pages } from './answer/pages.ts'
import { checkArguments } from './arguments.ts'
import type { AuditEvent, AuditLine } from './audit/line.ts'
import type { AuditLog } from './audit/log.ts'
import { verifyAuditLog } from './audit/verify.ts'
import { maskedArguments } from './audit/masked.ts'
import { backgroundResult, createBackgroundRuns } from './background.ts'
import type { Lanes } from './lane/lanes.ts'
import type { Fault, Outcome, Task } from './lane/message.ts'
import { approvalError, approvalId, kindsOf, MEANINGS, toApprove, type Approvals, type Kind } from './policy/approval.ts'
import { allowsTool, assertTool, type Policy } from './policy/policy.ts'
import { assertScope, isSteered } from './policy/scope.ts'
import { writtenPaths } from './policy/written.ts'
import { UserAsked } from './user-asked.ts'
import { annotationsOf, BACKGROUND, CANCEL, inputSchemaOf, makesRun, POLL, toolsOf, type CommandTool } from './tools.ts'

export interface ServiceOptions {
  readonly registry: Registry
  /** Where commands work, without the part that asks people. */
  readonly host: Pick<CommandHost, 'cwd' | 'env'>
  readonly policy: Policy
  readonly log: AuditLog
  readonly approvals: Approvals
  readonly lanes: Lanes
}

/** Who asks, as far as a client says. */
export interface Caller {
  readonly session: string
  readonly transport: 'stdio' | 'http'
  readonly client: string
}

export interface Call {
  readonly caller: Caller
  readonly name: string
  readonly arguments: unknown
  readonly signal: AbortSignal
  readonly onEvent: (event: HostEvent) => void
  /** Asks the client's user, where the client can; `undefined` when the answer is still to come. */
  readonly askUser?: (question: string) => boolean | undefined
}

export interface Service {
  readonly policy: Policy
  /** Tools that the policy allows, by name. */
  readonly tools: ReadonlyMap<string, CommandTool>
  readonly pages: Pages
  /** Never rejects, but for E_UNKNOWN_NAME when there is no such tool, and UserAsked. */
  call(call: Call): Promise<CallToolResult>
  /** Reads something under the permission of a tool. Rejects with what stands in the way. */
  read(caller: Caller, uri: string, tool: string, task: Pick<Task, 'work' | 'input'>, signal: AbortSignal): Promise<Outcome>
  /** A line of the audit log about something that no command was run for. */
  note(caller: Caller, event: Pick<AuditEvent, 'kind' | 'what' | 'outcome'> & Partial<AuditEvent>): Promise<AuditLine>
  /** Verifies the audit log as it was found. What is wrong is in the log and in every answer from then on. Resolves with the number of problems. */
  verify(caller: Caller): Promise<number>
  warm(): void
  close(): Promise<void>
}

const NOTHING = { arguments: {}, arguments_hash: digestJson({}), code: '', message: '', run_id: '', record_hash: '', flags: [], duration_ms: 0 } as const

export function createService({ registry, host, policy, log, approvals, lanes }: ServiceOptions): Service {
  const all = toolsOf(registry)
  const tools = new Map([...all].filter(([, tool]) => allowsTool(policy, tool)))
  const schemas = new Map<Command, JsonObject>()
  const pages = createPages()
  const background = createBackgroundRuns()
  let damaged = 0
  const bounds = { rows: policy.limits.rows, bytes: policy.limits.bytes }

  const note: Service['note'] = (caller, event) => log.append({ time: new Date().toISOString(), session: caller.session, transport: caller.transport, client: caller.client.slice(0, 100), ...NOTHING, ...event })

  function schemaOf(command: Command): JsonObject {
    let schema = schemas.get(command)
    if (schema === undefined) schemas.set(command, (schema = inputSchemaOf(command)))
    return schema
  }

  /** Throws unless the policy lets this very call go ahead; says whether personal values may be shown. */
  async function permit({ tool, input, call }: { readonly tool: CommandTool; readonly input: JsonObject; readonly call: Call }): Promise<{ readonly unmasked: boolean }> {
    const commandHost: CommandHost = { ...host, signal: call.signal, tell: () => {} }
    await assertScope(tool.command, input, policy, commandHost)
    const kinds = kindsOf(tool.command, input, policy, await writtenPaths(tool.command, input, commandHost), isSteered(tool.command, input, policy, commandHost))
    const open = toApprove(kinds, policy)
    const unmasked = input['reveal'] === true || policy.unmask === 'allow'
    if (open.length === 0) return { unmasked }
    const id = approvalId(tool.aliasOf ?? tool.name, input, open)
    if (approvals.take(id)) return { unmasked }
    if (policy.approvals === 'client' && call.askUser !== undefined) {
      const question = questionOf(tool.name, open, withoutSecrets(tool.command, input))
      const answer = call.askUser(question)
      if (answer === undefined) throw new UserAsked(question)
      if (answer) return { unmasked }
      throw new HotpassError('E_APPROVAL', 'the user did not approve this', { hint: 'do not ask again' })
    }
    await approvals.ask({ id, tool: tool.aliasOf ?? tool.name, kinds: open, arguments: withoutSecrets(tool.command, input) })
    throw approvalError(id, tool.name, open)
  }

  async function perform(task: Task, signal: AbortSignal, onEvent: (event: HostEvent) => void): Promise<Outcome> {
    const stop = new AbortController()
    const onSignal = (): void => stop.abort(signal.reason instanceof HotpassError ? signal.reason : new HotpassError('E_CANCELLED', 'the call was cancelled', { hint: 'the store is whole; the same call goes on from what it holds' }))
    if (signal.aborted) onSignal()
    signal.addEventListener('abort', onSignal)
    const timer = setTimeout(() => stop.abort(new HotpassError('E_CANCELLED', `the call took more than ${policy.limits.seconds} seconds`, { hint: 'the store is whole; ask for less, or ask the operator to raise mcp.policy.limits.seconds' })), policy.limits.seconds * 1000)
    try {
      return await lanes.run(task, stop.signal, onEvent)
    } catch (thrown) {
      return failed(thrown)
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', onSignal)
    }
  }

  return {
    policy,
    tools,
    pages,
    note,
    async call(call) {
      const { caller, name, arguments: given, signal, onEvent } = call
      const started = performance.now()
      const tool = all.get(name)
      const asked = { kind: 'call', what: name.slice(0, 200), arguments: maskedArguments(given, tool?.command), arguments_hash: hashOf(given) } as const
      const record = async (outcome: Outcome, said: AuditEvent['outcome']): Promise<CallToolResult> => {
        try {
          const line = await note(caller, { ...asked, outcome: said, code: outcome.fault?.code ?? '', message: (outcome.fault?.message ?? '').slice(0, 500), run_id: textIn(outcome, 'run_id'), record_hash: textIn(outcome, 'record_hash'), flags: outcome.flags.slice(0, 20) as unknown as JsonObject[], duration_ms: Math.round(performance.now() - started) })
          return answerOf(outcome, { bounds, pages, audit: { sequence: line.sequence, head: line.hash, damaged } })
        } catch (thrown) {
          // What is not in the log is not answered.
          return answerOf(failed(thrown), { bounds, pages, audit: { sequence: 0, head: '' } })
        }
      }
      try {
        if (tool === undefined) {
          await note(caller, { ...asked, outcome: 'refused', code: 'E_UNKNOWN_NAME', message: 'there is no such tool' })
          throw new HotpassError('E_UNKNOWN_NAME', `there is no tool ${name.slice(0, 100)}`, { hint: 'tools/list says what there is' })
        }
        const checked = checkArguments(given, schemaOf(tool.command))
        assertTool(policy, tool)
        const { [BACKGROUND]: later, [CANCEL]: ended, ...input } = checked
        const own = makesRun(tool.command) ? input : checked
        if (typeof ended === 'string' && makesRun(tool.command)) {
          if (!background.cancel(ended)) throw new HotpassError('E_UNKNOWN_NAME', `${ended} is not at work in the background of this server`, { hint: `hotpass.runs.show with run ${ended} tells how it ended` })
          return await record({ exit: EXIT.ok, result: background.status(ended), fault: undefined, flags: [] }, 'ok')
        }
        const { unmasked } = await permit({ tool, input: own, call })
        if (nameOf(tool.command) === POLL) {
          const status = background.status(String(own['run'] ?? ''))
          if (status !== undefined) return await record({ exit: EXIT.ok, result: status, fault: undefined, flags: [] }, 'ok')
        }
        // What writes is in the log before it begins, so that a machine that fails leaves a trace of it.
        if (!annotationsOf(tool.command).readOnlyHint) await note(caller, { ...asked, outcome: 'started' })
        const task: Task = { work: { type: 'command', name: nameOf(tool.command) }, input: own, cwd: host.cwd, env: host.env, masks: !unmasked }
        if (later === true && makesRun(tool.command)) {
          const begun = await background.start(async (tell, stopped) => {
            const outcome = await perform(task, stopped, tell)
            if (outcome.result !== undefined || outcome.fault?.code !== undefined) await record(outcome, outcomeOf(outcome))
            return outcome
          })
          const outcome: Outcome = 'outcome' in begun ? begun.outcome : { exit: EXIT.ok, result: backgroundResult(begun.runId, { state: 'running', share: 0, step: '', error: null }), fault: undefined, flags: [] }
          return 'outcome' in begun ? answerOf(outcome, { bounds, pages, audit: { sequence: 0, head: '' } }) : await record(outcome, 'started')
        }
        const outcome = await perform(task, signal, onEvent)
        return await record(outcome, outcomeOf(outcome))
      } catch (thrown) {
        if (tool === undefined || thrown instanceof UserAsked) throw thrown
        const outcome = failed(thrown)
        return record(outcome, outcomeOf(outcome, true))
      }
    },
    async read(caller, uri, toolName, task, signal) {
      const started = performance.now()
      const tool = all.get(toolName)
      const asked = { kind: 'read', what: uri.slice(0, 300), arguments_hash: digestJson(uri.toWellFormed()) } as const
      let outcome: Outcome
      let refused = false
      try {
        if (tool === undefined) throw new HotpassError('E_UNKNOWN_NAME', 'there is no such resource')
        assertTool(policy, tool)
        outcome = await perform({ ...task, cwd: host.cwd, env: host.env, masks: policy.unmask !== 'allow' }, signal, () => {})
      } catch (thrown) {
        outcome = failed(thrown)
        refused = true
      }
      await note(caller, { ...asked, outcome: outcomeOf(outcome, refused), code: outcome.fault?.code ?? '', message: (outcome.fault?.message ?? '').slice(0, 500), run_id: textIn(outcome, 'run_id'), flags: outcome.flags.slice(0, 20) as unknown as JsonObject[], duration_ms: Math.round(performance.now() - started) })
      return outcome
    },
    async verify(caller) {
      const { problems } = await verifyAuditLog(log.path)
      const [first] = problems
      if (first === undefined) return 0
      damaged = problems.length
      await note(caller, { kind: 'server', what: 'verify', outcome: 'failed', code: 'E_STORE_DAMAGED', message: `${problems.length} ${problems.length === 1 ? 'line of the log is' : 'lines of the log are'} not as written; the first: line ${first.line} ${first.what}` })
      return damaged
    },
    warm: () => lanes.warm(),
    close: () => lanes.close()
  }
}

function failed(thrown: unknown): Outcome {
  const error = asHotpassError(thrown)
  const fault = errorJson(error)['error'] as unknown as Fault
  return { exit: error.exitCode, result: undefined, fault: error.details['approval'] === undefined ? fault : ({ ...fault, approval: error.details['approval'] } as Fault), flags: [] }
}

function outcomeOf({ exit, fault }: Outcome, refused = false): AuditEvent['outcome'] {
  if (fault?.code === 'E_CANCELLED') return 'cancelled'
  if (fault?.code === 'E_APPROVAL') return 'approval'
  if (refused || exit === EXIT.policy) return 'refused'
  return exit === EXIT.ok ? 'ok' : 'failed'
}

function textIn({ result }: Outcome, key: string): string {
  const value = result?.[key]
  return typeof value === 'string' ? value : ''
}

/** A digest of arguments, also of ones that are no plain JSON. */
function hashOf(given: unknown): string {
  try {
    return digestJson((given ?? {}) as JsonObject)
  } catch {
    return digestJson(JSON.stringify(given ?? {}).toWellFormed())
  }
}

function withoutSecrets(command: Command, input: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, command.input.properties[name]?.secret === true ? '•••' : value]))
}

function questionOf(tool: string, kinds: readonly Kind[], input: JsonObject): string {
  const shown = JSON.stringify(input)
  return `An agent asks to call ${tool}, which would ${kinds.map(kind => MEANINGS[kind]).join(' and ')}. Arguments: ${shown.length > 1500 ? `${shown.slice(0, 1500)}…` : shown}. Allow it this once?`
}
