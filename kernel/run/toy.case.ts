/** A small pipeline, a store in memory and a host whose clock is a counter: for the tests of this folder. */
import type { OutputFile } from '../artifact/files.ts'
import { filesCodec, NO_STAMP, RUN_ID_TOKEN } from '../artifact/files.ts'
import { frameCodec } from '../artifact/frame.ts'
import { columnFrom } from '../artifact/builder.ts'
import { columnOf, tableOf, textAt, type Frame } from '../artifact/table.ts'
import { HotpassError } from '../error.ts'
import { digestBytes, digestJson } from '../hash.ts'
import type { Pipeline } from '../pipeline.ts'
import type { ActionEntry, AttemptEntry, Store, StoredRecord } from '../store.ts'
import type { ArtifactRef, Codec, Json, JsonObject, Operator } from '../types.ts'
import { INLINE_LANES } from './inline.ts'
import type { CodecSource, OperatorSource, RunHost, RunRequest } from './types.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export interface MemoryStore extends Store {
  readonly objects: Map<string, Uint8Array>
  readonly actions: Map<string, ActionEntry>
  readonly log: AttemptEntry[]
  readonly kept: Map<string, readonly StoredRecord[]>
}

export function memoryStore(): MemoryStore {
  const objects = new Map<string, Uint8Array>()
  const actions = new Map<string, ActionEntry>()
  const log: AttemptEntry[] = []
  const kept = new Map<string, readonly StoredRecord[]>()
  return {
    location: 'memory', objects, actions, log, kept,
    has: hash => objects.has(hash),
    get(hash) {
      const bytes = objects.get(hash)
      if (bytes === undefined) throw new HotpassError('E_STORE_MISSING', `object ${hash} is missing`)
      if (digestBytes(bytes) !== hash) throw new HotpassError('E_STORE_DAMAGED', `object ${hash} is damaged`)
      return bytes
    },
    put(bytes) {
      const hash = digestBytes(bytes)
      objects.set(hash, bytes.slice())
      return hash
    },
    async flush() {},
    findAction: key => actions.get(key),
    putAction(entry) {
      actions.set(entry.key, entry)
    },
    async acknowledge(run_id, record_hash, outcome, records) {
      const attempt = log.filter(entry => entry.run_id === run_id).length + 1
      const entry = { sequence: log.length + 1, run_id, attempt, record_hash, outcome }
      kept.set(`${run_id}/${attempt}`, structuredClone(records) as readonly StoredRecord[])
      log.push(entry)
      return entry
    },
    attempts: () => log,
    records(run_id, attempt) {
      const records = kept.get(`${run_id}/${attempt}`)
      if (records === undefined) throw new HotpassError('E_STORE_MISSING', `records of ${run_id} are missing`)
      return records
    },
    head: () => digestJson(log as unknown as Json),
    close() {}
  }
}

const jsonCodec: Codec<Json> = { kind: 'count', schema: 'urn:toy:count:1', encode: value => encoder.encode(JSON.stringify(value)), decode: bytes => JSON.parse(decoder.decode(bytes)) }
export const TOY_CODECS: CodecSource = new Map<string, Codec>([
  ['bytes', { kind: 'bytes', schema: 'urn:toy:bytes:1', encode: bytes => bytes, decode: bytes => bytes }],
  ['lines', frameCodec('lines', 'urn:toy:lines:1')],
  ['count', jsonCodec],
  ['files', filesCodec]
])

const frameOf = (lines: readonly string[], meta: Json): Frame => ({ meta, tables: [{ name: 'lines', rows: lines.length, columns: [columnFrom('text', lines)], integers: [] }] })
const linesOf = (frame: Frame): string[] => {
  const table = tableOf(frame, 'lines')
  const column = columnOf(table, 'text')!
  return Array.from({ length: table.rows }, (_, row) => textAt(column, row) ?? '')
}

/** Reads a file's lines. A first line `broken` throws as a parser would; `bug` throws what is no HotpassError. */
const read: Operator = {
  id: 'read', version: '1.0.0', summary: 'lines of a file', inputs: { file: { kind: 'bytes' } }, outputs: { lines: { kind: 'lines' } }, config: ['read'], entropy: ['none'],
  run(inputs, config, context) {
    const file = inputs['file']![0]!
    const lines = decoder.decode(file.value as Uint8Array).split('\n')
    if (lines[0] === 'broken') throw new HotpassError('E_INPUT_UNREADABLE', `${file.id}: cannot be read`, { place: { file: file.id } })
    if (lines[0] === 'bug') throw new TypeError(`cannot read ${lines[1]}`)
    context.progress(1)
    return { lines: frameOf(config.read?.trim === true ? lines.map(line => line.trim()) : lines, { z: 1, file: file.id, a: 2 }) }
  }
}

/** Joins all lines, sorted. Reports empty lines; more than config.join.budget of them is a breach. */
const join: Operator = {
  id: 'join', version: '1.0.0', summary: 'all lines', inputs: { parts: { kind: 'lines', many: true } }, outputs: { all: { kind: 'lines' } }, config: ['join.budget'], entropy: ['none'],
  run(inputs, config, context) {
    const lines = inputs['parts']!.flatMap(part => linesOf(part.value)).sort()
    const empty = lines.filter(line => line === '').length
    if (empty > 0) context.diagnose({ code: 'LINE_EMPTY', severity: 'warning', message: 'empty lines', details: { count: empty } })
    if (empty > config.join.budget) context.diagnose({ code: 'BUDGET_BREACHED', severity: 'error', message: `${empty} empty lines, ${config.join.budget} allowed`, details: { count: empty } })
    return { all: frameOf(lines, { keys: Object.keys(inputs['parts']?.[0]?.value.meta ?? {}) }) }
  }
}

const count: Operator = {
  id: 'count', version: '1.0.0', summary: 'number of lines', inputs: { all: { kind: 'lines' } }, outputs: { count: { kind: 'count' } }, config: [], entropy: ['none'],
  run: inputs => ({ count: { lines: linesOf(inputs['all']![0]!.value).length } })
}

const report: Operator = {
  id: 'report', version: '1.0.0', summary: 'a text file', inputs: { all: { kind: 'lines' }, count: { kind: 'count' } }, outputs: { files: { kind: 'files' } }, config: ['report.title'], entropy: ['none'],
  run(inputs, config) {
    const bytes = encoder.encode(`${RUN_ID_TOKEN} ${config.report.title} ${inputs['count']![0]!.value.lines}\n${linesOf(inputs['all']![0]!.value).join('\n')}`)
    const files: readonly OutputFile[] = [{ suffix: '.txt', media_type: 'text/plain', bytes, stamp: { ...NO_STAMP, at: [0] } }]
    return { files }
  }
}

export const TOY = { read, join, count, report } as const

export function sourceOf(operators: readonly Operator[]): OperatorSource {
  return new Map(operators.map(operator => [operator.id, async () => ({ operator })]))
}

export const toy: Pipeline = {
  id: 'toy',
  version: '1.0.0',
  plan(inputs) {
    return {
      steps: [
        ...inputs.map(({ id }) => ({ id: `read:${id}`, operator: 'read', inputs: { file: [{ input: id }] } })),
        { id: 'join', operator: 'join', inputs: { parts: inputs.map(({ id }) => ({ step: `read:${id}`, slot: 'lines' })) } },
        { id: 'count', operator: 'count', inputs: { all: [{ step: 'join', slot: 'all' }] } },
        { id: 'report', operator: 'report', inputs: { all: [{ step: 'join', slot: 'all' }], count: [{ step: 'count', slot: 'count' }] } }
      ],
      publish: [{ step: 'report', slot: 'files' }],
      dataset: { step: 'join', slot: 'all' }
    }
  },
  summarise: (frame: Frame): JsonObject => ({ rows_in: linesOf(frame).length })
}

/** A host whose clock ticks once a call, and whose implementations may be set, and altered files by operator. */
export function toyHost(implementations: Readonly<Record<string, string>> = {}, altered: Readonly<Record<string, readonly string[]>> = {}): RunHost {
  let ticks = 0
  return {
    now: () => `2026-01-01T00:00:${String(ticks++ % 60).padStart(2, '0')}Z`,
    elapsed: () => ticks++,
    usage: () => ({ cpu_ms: ticks, memory_bytes: 1000 }),
    pause: () => new Promise(resolve => setImmediate(resolve)),
    facts: { node: 'toy' },
    implementation: id => ({ digest: digestBytes(implementations[id] ?? id), altered: altered[id] ?? [] }),
    drawSeed: () => `drawn-${ticks++}`
  }
}

export const TOY_CONFIG: JsonObject = { profile: 'toy', read: { trim: true }, join: { budget: 1 }, report: { title: 'Lines' } }

/** A request for the toy pipeline on files given as text. */
export function toyRequest(store: Store, files: Readonly<Record<string, string>>, more: Partial<RunRequest> = {}): RunRequest {
  const inputs = Object.keys(files).map((id): ArtifactRef => {
    const bytes = encoder.encode(files[id])
    return { id, kind: 'bytes', schema: 'urn:toy:bytes:1', hash: store.put(bytes), bytes: bytes.length }
  })
  return {
    pipeline: toy, inputs, config: TOY_CONFIG, mode: 'strict', pins: { as_of: null, seed: '' }, store, lanes: INLINE_LANES, host: toyHost(),
    operators: sourceOf(Object.values(TOY)), codecs: TOY_CODECS, ...more
  }
}
