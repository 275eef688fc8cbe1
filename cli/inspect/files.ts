/** The files that `inspect` looks at: of a folder those that a run would take, by the same globs. */
import { statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { HotpassError } from '../../kernel/error.ts'
import { listInputs } from '../../kernel/host/inputs.ts'
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { readerFor } from '../../operators/pipeline.ts'

export interface NamedFile {
  /** What a run on its folder would call it: sources are found by that. */
  readonly id: string
  /** As the user wrote it. */
  readonly shown: string
  readonly path: string
  /** Why a file that a run would take cannot be taken. */
  readonly error?: HotpassError
}

interface Ingest {
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly limits: { readonly file_bytes: number }
}

/** A file as it is; a folder as the files in it that a run would read. `config` is the identity part of a configuration. Throws what listing the inputs of a run throws of the folder itself. */
export async function filesOf(paths: readonly string[], host: CommandHost, config: JsonObject): Promise<readonly NamedFile[]> {
  const { include, exclude, limits } = config['ingest'] as unknown as Ingest
  const found: NamedFile[] = []
  for (const typed of paths) {
    const path = resolve(host.cwd, typed)
    if (!isFolder(path) || readerFor(typed) !== undefined) {
      found.push({ id: basename(path), shown: typed, path })
      continue
    }
    const base = typed.replace(/[\\/]+$/, '')
    const within = (id: string): Pick<NamedFile, 'id' | 'shown'> => ({ id, shown: `${base}/${id}` })
    try {
      const { files } = await listInputs({ folder: path, shown: typed, include, exclude, fileBytes: limits.file_bytes, onRefused: error => found.push({ ...within(error.place.file ?? ''), path, error }) })
      for (const file of files) found.push({ ...within(file.id), path: file.path })
    } catch (error) {
      if (!(error instanceof HotpassError) || error.code !== 'E_INPUT_EMPTY') throw error
    }
  }
  return found
}

/** Files that a run would call alike, because they are of several folders, go by what was typed. */
export function withIds(files: readonly NamedFile[]): readonly NamedFile[] {
  const times = new Map<string, number>()
  for (const { id } of files) times.set(id, (times.get(id) ?? 0) + 1)
  return files.map(file => (times.get(file.id)! > 1 ? { ...file, id: file.shown } : file))
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
