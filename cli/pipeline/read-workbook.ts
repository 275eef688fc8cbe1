/** Reads one file outside of a run, with the same operators, limits and isolation. */
import { readFileSync, statSync } from 'node:fs'
import { sliceConfig } from '../../kernel/config/slice.ts'
import { HotpassError } from '../../kernel/error.ts'
import { digestBytes } from '../../kernel/hash.ts'
import type { Frame } from '../../kernel/artifact/table.ts'
import type { Job, JobInput, Lanes } from '../../kernel/run/types.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { CODECS } from '../../operators/codecs.ts'
import { OPERATORS } from '../../operators/index.ts'
import type { WorkbookMeta } from '../../operators/model/stages.ts'
import { readerFor } from '../../operators/pipeline.ts'

const PINS = { as_of: null, seed: '' }

/** The bytes of one file that a user named. Throws E_INPUT_MISSING, E_INPUT_UNREADABLE, E_INPUT_LIMIT. */
export function readInputFile(path: string, id: string, limit: number): Uint8Array<ArrayBuffer> {
  try {
    const facts = statSync(path)
    if (!facts.isFile()) throw new HotpassError('E_INPUT_UNREADABLE', `${id} is not a file`, { place: { file: id }, hint: 'give files, or folders of files' })
    if (facts.size > limit) throw new HotpassError('E_INPUT_LIMIT', `${id} is larger than ${limit} bytes`, { place: { file: id } })
    return new Uint8Array(readFileSync(path))
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
  if (reader === undefined) throw new HotpassError('E_INPUT_TYPE', `${id} is not of a kind that can be read`, { place: { file: id }, hint: 'it reads .xlsx .xlsm .xls .xlsb .ods .csv .tsv' })
  const { operator } = await OPERATORS.get(reader)!()
  const source: JobInput = { id, kind: 'bytes', hash: digestBytes(bytes), bytes_length: bytes.length, bytes: () => bytes, value: () => bytes }
  const { limits } = config['ingest'] as { readonly limits: Job['limits'] }
  const job: Job = { step: `read:${id}`, operator, inputs: { file: [source] }, config: sliceConfig(config, operator.config), pins: PINS, action: '', limits, progress: () => {} }
  const { outputs } = await lanes.execute(job, CODECS, signal)
  const { bytes: encoded, value } = outputs['workbook']!
  return (value ?? CODECS.get('workbook')!.decode(encoded)) as Frame<WorkbookMeta>
}
