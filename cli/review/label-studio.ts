/**
 * `resolve review push` and `pull`: the queue to a Label Studio project, and its annotations back, over the HTTP API
 * (api.labelstud.io). Nothing is sent before the user has opened the network.
 */
import { EXIT, HotpassError } from '../../kernel/error.ts'
import { httpAddress, openNetwork, type Network } from '../../kernel/host/network.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'
import { answersInExport, LABELING_CONFIG, labelStudioTasks, pairOfTask } from '../../operators/review/label-studio.ts'
import type { ReviewQueue } from '../../operators/review/queue.ts'
import { resolveRequest, type Request } from '../config/request.ts'
import { decisionsPath } from './source.ts'
import { queueOf, takeAnswers } from './transfer.ts'

/** Tasks in one request. */
const BATCH = 250

interface Project {
  readonly host: string
  readonly number: number
  /** Sends a request below `/api/projects/{number}`. Throws E_REMOTE when the answer is no success or no JSON. */
  call(method: 'GET' | 'POST' | 'PATCH', path: string, body?: Json): Promise<Json>
}

function errorOf(host: string, status: number, what: string): HotpassError {
  const hint = status === 401 || status === 403 ? 'check the token: --label-studio-token, or the variable HOTPASS_LABEL_STUDIO_TOKEN' : status === 404 ? 'check --label-studio-project: the number in the address of the project' : 'see the log of Label Studio'
  return new HotpassError('E_REMOTE', `Label Studio at ${host} refuses to ${what} (status ${status})`, { hint })
}

function parsed(host: string, text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (cause) {
    throw new HotpassError('E_REMOTE', `${host} answers with what is not JSON`, { cause, hint: 'is it a Label Studio? give its base address, without /projects' })
  }
}

/** A personal access token is a JWT that is changed for a short-lived one; a legacy token is used as it is. */
async function authorisation(network: Network, base: URL, token: string): Promise<string> {
  if (token.split('.').length !== 3) return `Token ${token}`
  const { status, text } = await network.request({ method: 'POST', url: `${base.href.replace(/\/$/, '')}/api/token/refresh`, json: JSON.stringify({ refresh: token }) })
  if (status !== 200) throw errorOf(base.host, status, 'accept the token')
  const access = (parsed(base.host, text) as { readonly access?: unknown }).access
  if (typeof access !== 'string') throw new HotpassError('E_REMOTE', `${base.host} gives no access for the token`, { hint: 'make a new personal access token' })
  return `Bearer ${access}`
}

/** Throws E_USAGE for what is missing, E_NETWORK when the network is closed, and E_REMOTE. */
async function openProject(input: JsonObject, host: CommandHost, { config }: Request): Promise<Project> {
  const { label_studio_url: address, label_studio_project: number, allow_network: allowed } = config.pipeline
  const missing = (flag: string, example: string): HotpassError => new HotpassError('E_USAGE', `--${flag} is missing`, { hint: example })
  if (address === undefined) throw missing('label-studio-url', 'for example --label-studio-url https://labels.example')
  const base = httpAddress(address, '--label-studio-url')
  if (number === undefined) throw missing('label-studio-project', 'the number in the address of the project')
  const token = (input['label_studio_token'] as string | undefined) ?? host.env['HOTPASS_LABEL_STUDIO_TOKEN'] ?? ''
  if (token === '') throw missing('label-studio-token', 'or set the variable HOTPASS_LABEL_STUDIO_TOKEN, which no list of processes shows')
  if (!/^[\x21-\x7e]+$/.test(token)) throw new HotpassError('E_USAGE', '--label-studio-token holds what no token holds', { hint: 'copy it again' })
  const network = openNetwork(allowed === true, `Label Studio at ${base.host}`, host.signal)
  const authorization = await authorisation(network, base, token)
  return {
    host: base.host,
    number,
    async call(method, path, body) {
      const url = `${base.href.replace(/\/$/, '')}/api/projects/${number}${path}`
      const { status, text } = await network.request({ method, url, headers: { authorization }, ...(body === undefined ? {} : { json: JSON.stringify(body) }) })
      if (status < 200 || status > 299) throw errorOf(base.host, status, path.startsWith('/import') ? 'take the tasks' : path.startsWith('/export') ? 'give its tasks' : 'show the project')
      return parsed(base.host, text)
    }
  }
}

const EXPORT = '/export?exportType=JSON&download_all_tasks=true'

/** Gives an empty project the interface that the tasks need. Throws E_REMOTE for a project that is about something else. */
async function prepare(project: Project): Promise<void> {
  const { label_config: labels, task_number: tasks } = (await project.call('GET', '/')) as { readonly label_config?: string; readonly task_number?: number }
  const text = labels ?? ''
  if (text.includes('$pair_html') && text.includes('name="decision"')) return
  if ((tasks ?? 0) > 0) throw new HotpassError('E_REMOTE', `project ${project.number} at ${project.host} holds tasks of another kind`, { hint: 'make a new project for the review, and give its number' })
  await project.call('PATCH', '/', { label_config: LABELING_CONFIG })
}

/** Sends the pairs that the project does not hold yet. */
export async function pushQueue(queue: ReviewQueue, input: JsonObject, host: CommandHost, request: Request): Promise<JsonObject> {
  const project = await openProject(input, host, request)
  await prepare(project)
  const held = await project.call('GET', EXPORT)
  const known = new Set((Array.isArray(held) ? held : []).map(pairOfTask))
  const tasks = labelStudioTasks(queue).filter(task => !known.has(pairOfTask(task)))
  for (let from = 0; from < tasks.length; from += BATCH) {
    host.tell({ event: 'review.push', level: 'info', message: `${Math.min(from + BATCH, tasks.length)} of ${tasks.length} pairs to ${project.host}`, share: from / tasks.length })
    await project.call('POST', '/import', tasks.slice(from, from + BATCH))
  }
  return { to: project.host, project: project.number, pairs: queue.pairs.length, sent: tasks.length, known: queue.pairs.length - tasks.length }
}

export async function pushReview(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const { queue, runId, request, place } = await queueOf(input, host)
  const sent = await pushQueue(queue, input, host, request)
  return { exit: EXIT.ok, result: { schema, run_id: runId, ...sent, decisions: place.shown, next: ['hotpass resolve review pull'] } }
}

export async function pullReview(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const request = await resolveRequest(input, host)
  const project = await openProject(input, host, request)
  const what = `Label Studio at ${project.host}`
  const { taken, error } = takeAnswers(answersInExport(await project.call('GET', EXPORT), what), decisionsPath(request, host), input, host, what)
  return { exit: error === undefined ? EXIT.ok : error.exitCode, error, result: { schema, ...taken } }
}
