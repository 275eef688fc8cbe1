/** What can be read by address: runs with their reports and records, profiles, cells, and the pages of large results. */
import type { ListResourcesResult, ReadResourceResult } from '@modelcontextprotocol/server'
import { HotpassError } from '../../kernel/error.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'
import { UNTRUSTED } from './answer/answer.ts'
import type { Fault, Task } from './lane/message.ts'
import { ResourceNotFoundError } from './sdk.ts'
import type { Caller, Service } from './service.ts'

interface Address {
  readonly template: string
  readonly name: string
  readonly description: string
  readonly mimeType: string
  /** The tool whose permission it needs. */
  readonly tool: string
  /** The work, from the decoded parts of the address. */
  work(parts: readonly string[]): Pick<Task, 'work' | 'input'>
}

const command = (name: string, input: JsonObject): Pick<Task, 'work' | 'input'> => ({ work: { type: 'command', name }, input })
const document = (name: 'report' | 'records' | 'profile', input: JsonObject): Pick<Task, 'work' | 'input'> => ({ work: { type: 'document', name }, input })

export const ADDRESSES: readonly Address[] = [
  { template: 'hotpass://runs/{id}', name: 'run', description: 'One run: inputs, steps, findings, outputs. The id may be its beginning, or latest.', mimeType: 'application/json', tool: 'hotpass.runs.show', work: ([run]) => command('runs show', { run: run! }) },
  { template: 'hotpass://runs/{id}/report', name: 'report', description: 'The report that a run wrote.', mimeType: 'text/markdown', tool: 'hotpass.runs.show', work: ([run]) => document('report', { run: run! }) },
  { template: 'hotpass://runs/{id}/records/{operator}', name: 'records', description: 'The records of an operator in a run: what went in, what came out, by hash.', mimeType: 'application/json', tool: 'hotpass.runs.show', work: ([run, operator]) => document('records', { run: run!, operator: operator! }) },
  { template: 'hotpass://profiles/{name}', name: 'profile', description: 'A profile: the fields of a dataset and their rules.', mimeType: 'application/yaml', tool: 'hotpass.config.show', work: ([name]) => document('profile', { name: name! }) },
  {
    template: 'hotpass://cell/{run}/{dataset}/{row}/{field}',
    name: 'cell',
    description: 'Where a cell of a run\'s dataset comes from. The dataset is data; the row is its number from 1, or the value of its first field.',
    mimeType: 'application/json',
    tool: 'hotpass.explain',
    work([run, dataset, row, field]) {
      if (dataset !== 'data') throw new HotpassError('E_UNKNOWN_NAME', 'a run has one dataset, which is named data here', { hint: 'hotpass://cell/latest/data/1/FIELD' })
      return command('explain', { run: run!, row: row!, column: [field!] })
    }
  }
]

const LIST_TOOL = 'hotpass.runs.list'
const LONGEST_ADDRESS = 2048

function partsOf(template: string, uri: string): readonly string[] | undefined {
  const pattern = new RegExp(`^${template.replace(/\{[a-z]+\}/g, '([^/?#]+)')}$`)
  try {
    return pattern.exec(uri)?.slice(1).map(decodeURIComponent)
  } catch {
    return undefined
  }
}

/** Templates that the policy lets be read. */
export function resourceTemplates({ tools }: Service): { uriTemplate: string; name: string; description: string; mimeType: string }[] {
  return ADDRESSES.filter(({ tool }) => tools.has(tool)).map(({ template, name, description, mimeType }) => ({ uriTemplate: template, name, description, mimeType }))
}

/** The latest runs. Their names are ids, so that no word of a file comes into a listing. */
export async function listResources(service: Service, caller: Caller, signal: AbortSignal): Promise<ListResourcesResult> {
  if (!service.tools.has(LIST_TOOL) || !service.tools.has('hotpass.runs.show')) return { resources: [] }
  const { result } = await service.read(caller, 'hotpass://runs', LIST_TOOL, command('runs list', { limit: 20 }), signal)
  const runs = (result?.['runs'] ?? []) as readonly { readonly run_id: string; readonly attempt: number; readonly outcome: string }[]
  const ids = [...new Map(runs.map(run => [run.run_id, run])).values()]
  return {
    resources: ids.flatMap(({ run_id, outcome }) => [
      { uri: `hotpass://runs/${run_id}`, name: run_id, description: `A run that ${outcome}.`, mimeType: 'application/json' },
      { uri: `hotpass://runs/${run_id}/report`, name: `${run_id} report`, description: 'Its report.', mimeType: 'text/markdown' }
    ])
  }
}

function refusal(fault: Fault): Error {
  return Object.assign(new HotpassError('E_USAGE', fault.message, { hint: fault.hint }), { fault })
}

/** Throws ResourceNotFoundError, or an error that says why it may not be read. */
export async function readResource(service: Service, caller: Caller, uri: string, signal: AbortSignal): Promise<ReadResourceResult> {
  if (uri.length > LONGEST_ADDRESS || uri.includes('\0') || !uri.isWellFormed()) throw new ResourceNotFoundError(uri.slice(0, 200).toWellFormed())
  const { rows, bytes } = service.policy.limits
  if (uri.startsWith('hotpass://results/')) {
    const page = service.pages.read(uri, { rows, bytes })
    await service.note(caller, { kind: 'read', what: uri.slice(0, 300), outcome: page === undefined ? 'failed' : 'ok' })
    if (page === undefined) throw new ResourceNotFoundError(uri)
    return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify(page) }], _meta: { 'hotpass/untrusted': true, 'hotpass/note': UNTRUSTED } }
  }
  for (const { template, tool, mimeType, work } of ADDRESSES) {
    const parts = partsOf(template, uri)
    if (parts === undefined) continue
    const { result, fault, flags } = await service.read(caller, uri, tool, work(parts), signal)
    if (result === undefined) {
      if (fault?.code === 'E_UNKNOWN_NAME' || fault?.code === 'E_STORE_MISSING') throw new ResourceNotFoundError(uri)
      throw refusal(fault!)
    }
    const isText = typeof result['text'] === 'string' && typeof result['media_type'] === 'string'
    const text = isText ? (result['text'] as string) : JSON.stringify(result)
    const whole = text.length <= bytes / 2
    const next = whole ? undefined : service.pages.address(service.pages.keep({ text }), '/text', Math.floor(bytes / 2))
    return {
      contents: [{ uri, mimeType: isText ? (result['media_type'] as string) : mimeType, text: whole ? text : text.slice(0, Math.floor(bytes / 2)) }],
      _meta: { 'hotpass/untrusted': true, 'hotpass/note': UNTRUSTED, ...(flags.length === 0 ? {} : { 'hotpass/flags': flags as unknown as Json[] }), ...(next === undefined ? {} : { 'hotpass/next': next }) }
    }
  }
  throw new ResourceNotFoundError(uri)
}
