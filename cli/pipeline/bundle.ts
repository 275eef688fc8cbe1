/** `hotpass bundle`. */
import { resolve } from 'node:path'
import { EXIT } from '../../kernel/error.ts'
import { packBundle } from '../../kernel/host/store/bundle.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { shownPath } from '../config/workspace.ts'
import { findAttempt, openStoreToRead } from './store.ts'

/** Throws E_OUTPUT_UNWRITABLE when the file is there already and `force` is not given, and what the store throws. */
export async function bundleRun(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const store = await openStoreToRead(input, host)
  try {
    const { run_id } = findAttempt(store, (input['run'] as string | undefined) ?? 'latest', { finished: true })
    const target = resolve(host.cwd, (input['output_path'] as string | undefined) ?? `${run_id}.hotpass`)
    const { path, attempts, objects, bytes, hash, head } = await packBundle(store, run_id, target, { replace: input['force'] === true })
    return { exit: EXIT.ok, result: { schema, run_id, attempts, path: shownPath(path, host.cwd), bytes, hash, objects, ledger_head: head } }
  } finally {
    store.close()
  }
}
