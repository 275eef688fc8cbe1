/** `hotpass resolve`: from a file of records to clusters, by an acknowledged run. */
import { statSync } from 'node:fs'
import { basename, extname, resolve } from 'node:path'
import { EXIT, HotpassError } from '../../kernel/error.ts'
import { takeInputs, type InputFile } from '../../kernel/host/inputs.ts'
import { createPublisher } from '../../kernel/host/publish.ts'
import { openStore } from '../../kernel/host/store/store.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { RunResult } from '../../kernel/run/types.ts'
import type { Json, JsonObject, Pins } from '../../kernel/types.ts'
import { CODECS } from '../../operators/codecs.ts'
import { OPERATORS } from '../../operators/index.ts'
import type { LinkClustersMeta, LinkRecordsMeta, LinkScoresMeta } from '../../operators/linkage/stages.ts'
import { assertNoneReplaced } from '../config/outputs.ts'
import { resolveRequest, type Request } from '../config/request.ts'
import { shownPath } from '../config/workspace.ts'
import { createLanes, createRunHost, pipelines, workersOf } from '../pipeline/engine.ts'
import { progress } from '../pipeline/refine.ts'
import { recordedReply } from '../pipeline/reply.ts'
import { sideInputs } from '../pipeline/side-inputs.ts'
import { assertGraph, assertReachable, placesOf, pushAfter } from './outlets.ts'
import { statedPlan } from './stated-plan.ts'
import { assertThresholds } from './thresholds.ts'

/** Links the records of one file. Throws HotpassError when nothing could be recorded. */
export async function resolveFile(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const shown = (path: string): string => shownPath(path, host.cwd)
  const request = await resolveRequest(input, host)
  assertThresholds(request.config.identity)
  const files = [recordsFile(input, host)]
  assertReachable(input, request)
  assertGraph(request)
  const base = outputBase(input, host, request)
  const format = (request.config.identity['refine'] as { linkage: { format?: string } }).linkage.format ?? 'csv'
  const clusters = input['clusters_path'] === undefined ? `${base}.clusters.csv` : resolve(host.cwd, input['clusters_path'] as string)
  const places = placesOf(request)
  assertNoneReplaced(files.map(({ path }) => path), [`${base}.${format}`, clusters, ...places.values()], shown)
  if (input['source_field'] !== undefined && input['source_field'] === input['id_field']) throw new HotpassError('E_USAGE', `${input['source_field'] as string} cannot be the id and the source of a record`, { hint: 'give --source-field the column that says which list a record is from' })
  const { config } = request
  const { pipeline: settings } = config
  const store = openStore(request.storeDir)
  const workers = workersOf(settings.workers)
  const lanes = createLanes(workers)
  let reply: Reply
  try {
    const inputs = takeInputs(files, store, (config.identity['ingest'] as { limits: { file_bytes: number } }).limits.file_bytes)
    const pins: Pins = { as_of: settings.as_of ?? null, seed: settings.seed ?? '' }
    const { executeRun } = await import('../../kernel/run/execute.ts')
    const result = await executeRun({
      pipeline: pipelines.get('resolve')!,
      inputs: [...inputs, ...sideInputs(request, store, host)],
      config: config.identity,
      mode: settings.mode,
      pins,
      store,
      lanes,
      host: createRunHost(),
      operators: OPERATORS,
      codecs: CODECS,
      publisher: createPublisher(({ suffix }) => {
        const path = suffix === '.clusters.csv' ? clusters : (places.get(suffix) ?? `${base}${suffix}`)
        return { path, shown: shown(path) }
      }),
      workers,
      useCache: input['cache'] !== false,
      signal: host.signal,
      onEvent: progress(host)
    })
    reply = replyOf(result, request, store, schema, input['explain_plan'] === true, host)
  } finally {
    await lanes.close()
    store.close()
  }
  return { ...reply, result: { ...reply.result, review: reply.exit === EXIT.ok ? await pushAfter(input, host, reply.result['run_id'] as string) : null } }
}

function recordsFile(input: JsonObject, host: CommandHost): InputFile {
  const path = resolve(host.cwd, input['input_file'] as string)
  const shown = shownPath(path, host.cwd)
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) throw new HotpassError('E_INPUT_MISSING', `there is no file ${shown}`, { place: { file: shown }, hint: 'give the file with --input-file' })
  if (!stats.isFile()) throw new HotpassError('E_INPUT_TYPE', `${shown} is no file`, { place: { file: shown }, hint: 'give one file with the records' })
  return { id: basename(path), path, bytes: stats.size }
}

/** The output's path without its ending, which is one that records are written in. */
function outputBase(input: JsonObject, host: CommandHost, request: Request): string {
  const said = input['output_file'] as string | undefined
  if (said === undefined) return resolve(request.distDir, 'resolved')
  return resolve(host.cwd, said).slice(0, -extname(said).length)
}

function replyOf(result: RunResult, request: Request, store: ReturnType<typeof openStore>, schema: string, explainPlan: boolean, host: CommandHost): Reply {
  const { identity } = result.record
  const records = new Map(result.steps.map(record => [record.identity.step, record]))
  const made = <T>(step: string, slot: string): T | undefined => {
    const ref = records.get(step)?.identity.output_refs.find(output => output.slot === slot)
    return ref === undefined ? undefined : (CODECS.get(ref.kind)!.decode(store.get(ref.hash)) as T)
  }
  const found = made<{ meta: LinkClustersMeta }>('linkage.cluster', 'clusters')?.meta
  const model = made<{ meta: LinkScoresMeta }>('linkage.score', 'scores')?.meta.model
  const fields = explainPlan ? made<{ meta: LinkRecordsMeta }>('linkage.records', 'records')?.meta.fields : undefined
  const counts = found?.counts
  const short = result.run_id.slice(0, 16)
  return recordedReply(result, request, host, schema, {
    pairs: { compared: model?.pairs ?? 0, match: counts?.match ?? 0, review: counts?.review ?? 0, split: counts?.split ?? 0, must_link: counts?.['must-link'] ?? 0, cannot_link: counts?.['cannot-link'] ?? 0 },
    thresholds: found?.thresholds ?? { match: 0, review: 0 },
    outputs: result.paths.map((path, at) => ({ path, media_type: identity.published[at]!.media_type, hash: identity.published[at]!.hash, bytes: identity.published[at]!.bytes })),
    plan: explainPlan ? ({ fields: fields ?? [], comparisons: model?.comparisons ?? [], rules: model?.plan.rules ?? [], budget: model?.plan.budget ?? 0, possible_pairs: model?.plan.possible_pairs ?? 0, profile: statedPlan(model?.plan) } as unknown as Json) : null,
    next: result.exitCode === EXIT.ok ? [`hotpass replay ${short}`, ...(counts !== undefined && counts.review > 0 ? ['hotpass resolve review'] : [])] : [`hotpass runs show ${short}`]
  })
}
