/** Records are finished here: hashed, and refused when their schema refuses them. */
import { schema as runSchema } from '../../schemas/generated/run.ts'
import { schema as stepSchema } from '../../schemas/generated/run-record.ts'
import { HotpassError } from '../error.ts'
import { digestJson } from '../hash.ts'
import { validatorFor } from '../schema.ts'
import type { Json, JsonObject } from '../types.ts'
import { RUN_RECORD, STEP_RECORD, type RunRecord, type StepRecord } from './types.ts'

/** The finished record of a step. Throws E_RECORD_INVALID. */
export function sealStep(identity: StepRecord['identity'], observed: StepRecord['observed']): StepRecord {
  const record = { identity, observed, record_hash: digestJson(identity as unknown as Json) }
  assertValid(record, stepSchema, `the record of step ${identity.step}`)
  return record
}

/** The finished record of a run. Throws E_RECORD_INVALID. */
export function sealRun(identity: RunRecord['identity'], observed: RunRecord['observed']): RunRecord {
  const record = { identity, observed, record_hash: digestJson(identity as unknown as Json) }
  assertValid(record, runSchema, `the record of ${identity.run_id}`)
  return record
}

/** A stored record as that of a step. Throws E_RECORD_INVALID when its schema refuses it, or its hash is not its own. */
export function openStep(record: JsonObject, name: string): StepRecord {
  return open(record, stepSchema, STEP_RECORD, name) as unknown as StepRecord
}

/** A stored record as that of a run. Throws like `openStep`. */
export function openRun(record: JsonObject, name: string): RunRecord {
  return open(record, runSchema, RUN_RECORD, name) as unknown as RunRecord
}

function open(record: JsonObject, schema: object, version: string, name: string): JsonObject {
  const written = (record['identity'] as JsonObject | undefined)?.['schema']
  if (typeof written === 'string' && written !== version) {
    throw new HotpassError('E_RECORD_INVALID', `the record ${name} has the format ${written.slice(0, 80)}, and this version reads ${version}`, { hint: 'use the version of hotpass that wrote it, or a newer one' })
  }
  assertValid(record, schema, `the record ${name}`)
  if (digestJson(record['identity'] as Json) !== record['record_hash']) {
    throw new HotpassError('E_RECORD_INVALID', `the record ${name} does not have the hash that it says`, { hint: 'run hotpass doctor --full' })
  }
  return record
}

function assertValid(record: unknown, schema: object, name: string): void {
  const problems = validatorFor(schema)(record)
  const first = problems[0]
  if (first === undefined) return
  throw new HotpassError('E_RECORD_INVALID', `${name} breaks its schema at ${first.path.join('.') || 'the top'}: ${first.message}`, { details: { problems }, hint: 'run hotpass doctor --full' })
}
