import { EXIT } from '../../kernel/error.ts'
import type { Command } from '../../kernel/registry/command.ts'
import { CONFIG_PROPERTIES, COUNT, DIGEST, FLAG, inputOf, listOf, orNull, outputOf, recordOf, TEXT } from './properties.ts'

const output = outputOf('overview-result', 1, {
  version: TEXT,
  workspace: recordOf({ root: TEXT, config: orNull(TEXT), store: TEXT, store_exists: FLAG }),
  commands: listOf(recordOf({ name: TEXT, aliases: listOf(TEXT), summary: TEXT })),
  profiles: listOf(recordOf({ name: TEXT, path: TEXT, origin: { enum: ['path', 'search-path', 'workspace', 'bundled'] } })),
  profile_folders: listOf(TEXT),
  reads: listOf(TEXT),
  writes: listOf(TEXT),
  runs: COUNT,
  head: orNull(DIGEST)
})

export const overview: Command = {
  path: ['overview'],
  aliases: [],
  summary: 'Show the commands, the workspace, the profiles and the formats there are',
  description: '',
  input: inputOf({ profile_search_path: CONFIG_PROPERTIES.profile_search_path, store_dir: CONFIG_PROPERTIES.store_dir }),
  output,
  effects: { reads: ['config', 'store'], writes: [], network: false, destructive: false },
  positionals: [],
  letters: {},
  examples: [{ line: 'overview --json', says: 'the same for programs' }],
  async run(input, host) {
    const { resolve } = await import('node:path')
    const { existsSync } = await import('node:fs')
    const { findWorkspace, listProfiles, profileFolders, shownPath } = await import('../config/workspace.ts')
    const { registry } = await import('./index.ts')
    const { nameOf } = await import('../../kernel/registry/registry.ts')
    const { packageVersion } = await import('../package-root.ts')
    const { summariseStore } = await import('../workspace/store.ts')
    const workspace = findWorkspace(host.cwd)
    const shown = (path: string): string => shownPath(path, host.cwd)
    const searchPath = ((input['profile_search_path'] as string[] | undefined) ?? []).map(folder => resolve(host.cwd, folder))
    const given = input['store_dir'] as string | undefined
    const store = given === undefined ? resolve(workspace.root, host.env['HOTPASS_STORE_DIR'] ?? '.hotpass') : resolve(host.cwd, given)
    const { runs, head } = await summariseStore(store)
    return {
      exit: EXIT.ok,
      result: {
        schema: output.$id,
        version: packageVersion(),
        workspace: { root: workspace.root, config: workspace.file === undefined ? null : shown(workspace.file), store: shown(store), store_exists: existsSync(store) },
        commands: registry.commands.map(command => ({ name: nameOf(command), aliases: command.aliases, summary: command.summary })),
        profiles: listProfiles(workspace, searchPath).map(({ name, path, origin }) => ({ name, path: shown(path), origin })),
        profile_folders: profileFolders(workspace, searchPath).map(({ folder }) => shown(folder)),
        reads: ['xlsx', 'xlsm', 'xls', 'xlsb', 'ods', 'csv', 'tsv', 'jsonl', 'ndjson', 'parquet'],
        writes: ['xlsx', 'csv', 'jsonl', 'parquet'],
        runs,
        head
      }
    }
  }
}
