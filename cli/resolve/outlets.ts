/** Where the outputs of `hotpass resolve` go besides its records: report, registry, graph, party store, Label Studio. */
import { basename } from 'node:path'
import { HotpassError } from '../../kernel/error.ts'
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import type { Request } from '../config/request.ts'
import { ownPlaces } from '../pipeline/side-inputs.ts'
import { pushQueue } from '../review/label-studio.ts'
import { queueOf } from '../review/transfer.ts'

/** Absolute places of published files, by suffix. Throws E_USAGE for a report in a form that a linkage has not. */
export function placesOf(request: Request): ReadonlyMap<string, string> {
  const places = new Map(ownPlaces(request))
  const { reportPath, reportFormat } = request
  if (reportPath === undefined) return places
  if (reportFormat !== 'html' && reportFormat !== 'json') throw new HotpassError('E_USAGE', 'the report of a linkage is a page or JSON', { hint: 'give a --report-path that ends in .html or .json' })
  return places.set(`.report.${reportFormat}`, reportPath)
}

/** Throws E_USAGE for a graph in a form that is not written. */
export function assertGraph({ config }: Request): void {
  const path = config.pipeline.export_graph
  if (path === undefined || /\.(graphml|json)$/i.test(path)) return
  throw new HotpassError('E_USAGE', `--export-graph ${basename(path)} ends in neither .graphml nor .json`, { hint: 'the graph is written as GraphML and as JSON: give a name such as graph.graphml' })
}

const wantsPush = (input: JsonObject): boolean => ['label_studio_url', 'label_studio_project', 'label_studio_token'].some(name => input[name] !== undefined)

/** Before anything is done: whether the review may be sent where it is to go. Throws E_NETWORK. */
export function assertReachable(input: JsonObject, { config }: Request): void {
  if (!wantsPush(input) || config.pipeline.allow_network === true) return
  throw new HotpassError('E_NETWORK', 'sending the review to Label Studio needs the network, which is closed', { hint: 'open it on purpose with --allow-network, or pipeline.allow_network in a configuration file' })
}

/** Sends what is left to people to Label Studio, when flags say where. Null when none does. */
export async function pushAfter(input: JsonObject, host: CommandHost, runId: string): Promise<JsonObject | null> {
  if (!wantsPush(input)) return null
  const { queue, request } = await queueOf({ ...input, run: runId }, host)
  return pushQueue(queue, input, host, request)
}
