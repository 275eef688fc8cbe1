/** Reads one file outside of a run, with the same operators, limits and isolation. */
import { readFileSync, statSync } from 'node:fs'
import { sliceConfig } from '../../kernel/config/slice.ts'
import { HotpassError } from '../../kernel/error.ts'
import { digestBytes } from '../../kernel/hash.ts'
import type { Frame } from '../../kernel/artifact/table.ts'
import type { Job, JobInput, Lanes } from '../../kernel/run/types.ts'
import type { Context, JsonObject } from '../../kernel/types.ts'
import { CODECS } from '../../operators/codecs.ts'
import { OPERATORS } from '../../operators/index.ts'
import type { WorkbookMeta } from '../../operators/model/stages.ts'
import { readerFor } from '../../operators/pipeline.ts'

const PINS = { as_of: null, seed: '' }
/** Findings of a reader stand in its table's `loss` as well. */
const NOWHERE: Context = { pins: PINS, diagnose: () => {}, progress: () => {}, random: () => 0 }

/** The bytes of one file that a user named. Throws E_INPUT_MISSING, E_INPUT_UNREADABLE, E_INPUT_LIMIT. */
export function readInputFile(path: string, id: string, limit: number): Uint8Array<ArrayBuffer> {
  try {
    const facts = statSync(path)
    if (!facts.isFile()) throw new HotpassError('E_INPUT_UNREADABLE', `${id} is not a file`, { place: { file: id }, hint: 'give files, or folders of files' })
    if (facts.size > limit) throw new HotpassError('E_INPUT_LIMIT', `${id} is larger than ${limit} bytes`, { place: { file: id } })
    // The bytes as they were read: a copy of a large file is memory for nothing.
    const { buffer, byteOffset, byteLength } = readFileSync(path)
    return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)
  } catch (cause) {
    if (cause instanceof HotpassError) throw cause
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new HotpassError('E_INPUT_MISSING', `there is no file ${id}`, { place: { file: id }, cause, hint: 'paths are relative to the current folder' })
    throw new HotpassError('E_INPUT_UNREADABLE', `${id} cannot be read: ${code === 'EACCES' || code === 'EPERM' ? 'permission denied' : code === 'ELOOP' ? 'its links lead in a circle' : code}`, { place: { file: id }, cause, hint: 'check the permissions of the file' })
  }
}

/** A file's sheets. `config` is the identity part of a resolved configuration. Throws E_INPUT_*. */
export async function readWorkbook(id: string, bytes: Uint8Array, config: JsonObject, lanes: Lanes, signal: AbortSignal): Promise<Frame<WorkbookMeta>> {
  const reader = readerFor(id)
  if (reader === undefined) throw new HotpassError('E_INPUT_TYPE', `${id} is not of a kind that can be read`, { place: { file: id }, hint: 'it reads .xlsx .xlsm .xls .xlsb .ods .csv .tsv .jsonl .ndjson .parquet' })
  const { operator } = await OPERATORS.get(reader)!()
  const settings = sliceConfig(config, operator.config)
  // Nothing is stored, so that a trusted reader need not write its table down and read it again.
  if (operator.isolation !== 'process') return operator.run({ file: [{ id, kind: 'bytes', hash: '', value: bytes }] }, settings, NOWHERE)['workbook'] as Frame<WorkbookMeta>
  const source: JobInput = { id, kind: 'bytes', hash: digestBytes(bytes), bytes_length: bytes.length, bytes: () => bytes, value: () => bytes }
  const { limits } = config['ingest'] as { readonly limits: Job['limits'] }
  const job: Job = { step: `read:${id}`, operator, inputs: { file: [source] }, config: settings, pins: PINS, action: '', limits, progress: () => {} }
  const { outputs } = await lanes.execute(job, CODECS, signal)
  const { bytes: encoded, value } = outputs['workbook']!
  return (value ?? CODECS.get('workbook')!.decode(encoded)) as Frame<WorkbookMeta>
}
