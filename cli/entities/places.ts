/** Where records stand in the files of the last run: in `hotpass run` their ids are digests, which say nothing to people. */
import { existsSync } from 'node:fs'
import { columnOf, integersOf, tableOf, textAt, type Frame } from '../../kernel/artifact/table.ts'
import { openStore } from '../../kernel/host/store/store.ts'
import { HotpassError } from '../../kernel/error.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { recordIds } from '../../operators/identity/record-id.ts'
import type { LinkRecordsMeta } from '../../operators/linkage/stages.ts'
import type { ValidMeta } from '../../operators/model/stages.ts'
import type { Request } from '../config/request.ts'
import { artifactOfKind, recordedWith } from '../review/source.ts'

export interface RecordPlace { readonly record: string; readonly file: string; readonly sheet: string; readonly row: number }

/** Places of these records in the last run that kept a registry; those that it does not have are left out. */
export function recordPlaces({ storeDir }: Request, input: JsonObject, wanted: readonly string[]): readonly RecordPlace[] {
  if (!existsSync(storeDir)) return []
  const store = openStore(storeDir, { readOnly: true })
  try {
    const recorded = recordedWith(store, input, 'entity-registry', 'an entity registry', '')
    const set = new Set(wanted)
    const found: RecordPlace[] = []
    const valid = artifactOfKind<Frame<ValidMeta>>(store, recorded, 'valid')
    if (valid !== undefined) {
      const table = tableOf(valid, 'records')
      const [sources, rows] = [integersOf(table, 'source'), integersOf(table, 'row')]
      recordIds(valid).forEach((record, at) => {
        const source = valid.meta.sources[sources[at]! - 1]
        if (set.has(record)) found.push({ record, file: source?.file ?? '', sheet: source?.sheet ?? '', row: rows[at]! })
      })
      return found
    }
    const records = artifactOfKind<Frame<LinkRecordsMeta>>(store, recorded, 'link-records')
    if (records === undefined) return []
    const table = tableOf(records, 'records')
    const [ids, rows] = [columnOf(table, '#id')!, integersOf(table, 'row')]
    const file = recorded.run.identity.input_refs.find(({ id }) => !id.startsWith('hotpass:'))?.id ?? ''
    for (let at = 0; at < table.rows; at++) if (set.has(textAt(ids, at)!)) found.push({ record: textAt(ids, at)!, file, sheet: '', row: rows[at]! })
    return found
  } catch (error) {
    // The registry may come from elsewhere: then nothing is known of places.
    if (error instanceof HotpassError && error.code === 'E_UNKNOWN_NAME') return []
    throw error
  } finally {
    store.close()
  }
}
