/** What can be read of a run or the workspace besides the results of commands. */
import { readFileSync } from 'node:fs'
import type { OutputFile } from '../../../kernel/artifact/files.ts'
import { stampRunId } from '../../../kernel/artifact/stamp.ts'
import { HotpassError } from '../../../kernel/error.ts'
import type { CommandHost } from '../../../kernel/registry/command.ts'
import type { JsonObject } from '../../../kernel/types.ts'
import { findProfile, findWorkspace } from '../../config/workspace.ts'
import { artifactOf } from '../../pipeline/artifacts.ts'
import { findAttempt, openStoreToRead, readRun } from '../../pipeline/store.ts'

/** A text with its media type. */
type Document = { readonly text: string; readonly media_type: string } & JsonObject

/** Throws E_UNKNOWN_NAME, and what the store or the file throws. */
export async function readDocument(name: 'report' | 'records' | 'profile', input: JsonObject, host: CommandHost): Promise<Document> {
  if (name === 'profile') {
    const wanted = input['name'] as string
    // By name alone: a path here would be a way round the folders that may be read.
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(wanted)) throw new HotpassError('E_UNKNOWN_NAME', 'a profile is named without a path here', { hint: 'hotpass.overview lists the profiles' })
    const { path } = findProfile(wanted, host.cwd, findWorkspace(host.cwd), [])
    return { text: readFileSync(path, 'utf8'), media_type: /\.ya?ml$/.test(path) ? 'application/yaml' : path.endsWith('.json') ? 'application/json' : 'application/toml' }
  }
  const store = await openStoreToRead({}, host)
  try {
    const recorded = readRun(store, findAttempt(store, input['run'] as string, name === 'report' ? { finished: true } : {}))
    if (name === 'records') {
      const operator = input['operator'] as string
      const records = [...recorded.steps.values()].filter(({ identity }) => identity.operator_id === operator || identity.operator_id.startsWith(`${operator}@`) || identity.step === operator)
      if (records.length === 0) throw new HotpassError('E_UNKNOWN_NAME', `${recorded.run.identity.run_id} has no record of that operator`, { hint: 'hotpass.runs.show lists its steps' })
      return { text: JSON.stringify(records, null, 2), media_type: 'application/json' }
    }
    const files = artifactOf<readonly OutputFile[]>(store, recorded, 'report', 'files')
    const file = files.find(({ suffix }) => suffix === '.report.md') ?? files.find(({ suffix }) => suffix === '.report.json') ?? files[0]
    if (file === undefined) throw new HotpassError('E_UNKNOWN_NAME', 'this run wrote no report', { hint: 'report.formats in the configuration lists the formats of reports' })
    return { text: new TextDecoder().decode(stampRunId(file, recorded.run.identity.run_id)), media_type: file.media_type }
  } finally {
    store.close()
  }
}
