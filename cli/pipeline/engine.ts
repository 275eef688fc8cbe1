/** Everything that runs a pipeline on this machine, put together in one place. */
import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import { HotpassError } from '../../kernel/error.ts'
import { createHost } from '../../kernel/host/clock.ts'
import { createImplementations } from '../../kernel/host/implementation.ts'
import { inputFolder, listInputs, takeInputs } from '../../kernel/host/inputs.ts'
import { createLanes as createHostLanes } from '../../kernel/host/lanes.ts'
import { createPublisher, type Target } from '../../kernel/host/publish.ts'
import { openStore, type FolderStore } from '../../kernel/host/store/store.ts'
import type { Pipeline } from '../../kernel/pipeline.ts'
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { CodecSource, Lanes, OperatorSource, PublishedFile, Publisher, RunHost } from '../../kernel/run/types.ts'
import type { ArtifactRef } from '../../kernel/types.ts'
import { CODECS } from '../../operators/codecs.ts'
import { OPERATORS } from '../../operators/index.ts'
import { resolvePipeline } from '../../operators/linkage/pipeline.ts'
import { refine } from '../../operators/pipeline.ts'
import { assertNoneReplaced } from '../config/outputs.ts'
import type { Request } from '../config/request.ts'
import { shownPath } from '../config/workspace.ts'
import { archiveOf } from './archive.ts'
import type { Extra } from './refine.ts'
import { ownPlaces } from './side-inputs.ts'

export const pipelines: ReadonlyMap<string, Pipeline> = new Map([refine, resolvePipeline].map(pipeline => [pipeline.id, pipeline]))

const FROM_SOURCE = import.meta.url.endsWith('.ts')
const moduleAt = (path: string): string => new URL(`../../${path}.${FROM_SOURCE ? 'ts' : 'js'}`, import.meta.url).href

export function workersOf(wanted: number | undefined): number {
  return wanted ?? availableParallelism()
}

export function createLanes(workers = 1): Lanes {
  return createHostLanes({ workers, modules: { operators: moduleAt('operators/index'), codecs: moduleAt('operators/codecs') } })
}

export function createRunHost(): RunHost {
  return createHost(createImplementations())
}

export interface Engine {
  readonly store: FolderStore
  readonly lanes: Lanes
  readonly host: RunHost
  readonly operators: OperatorSource
  readonly codecs: CodecSource
  readonly workers: number
  /** Finds the files of the run and takes them into the store. Throws E_INPUT_*, E_PATH_ESCAPE and what the store throws. */
  readInputs(): Promise<{ readonly files: readonly ArtifactRef[]; readonly refused: readonly HotpassError[] }>
  /** Writes outputs under the base name of the request, and the extras besides. */
  publisher(extras: readonly Extra[], asOf: string | null): Publisher
  /** An extra that the publisher wrote, by position. */
  extraFile(at: number): PublishedFile
  close(): Promise<void>
}

/** Opens the store, which is made when it is not there. Throws what the store throws. */
export function openEngine(request: Request, workers: number | undefined, host: CommandHost): Engine {
  const { config, inputDir, storeDir, outputBase } = request
  const ingest = config.identity['ingest'] as { readonly include: readonly string[]; readonly exclude: readonly string[]; readonly limits: { readonly file_bytes: number } }
  const shown = (path: string): string => shownPath(path, host.cwd)
  // Before the store is made: a mistyped folder leaves nothing behind.
  inputFolder(inputDir, shown(inputDir))
  const store = openStore(storeDir)
  const count = workersOf(workers)
  const lanes = createLanes(count)
  let written: readonly PublishedFile[] = []
  return {
    store,
    lanes,
    host: createRunHost(),
    operators: OPERATORS,
    codecs: CODECS,
    workers: count,
    async readInputs() {
      const isOwn = isOwnOf(request)
      let own = 0
      const refused: HotpassError[] = []
      const goesOn = config.pipeline.mode === 'best-effort' ? { onRefused: (error: HotpassError) => void refused.push(error) } : {}
      const { files, passed } = await listInputs({ folder: inputDir, shown: shown(inputDir), include: ingest.include, exclude: ingest.exclude, isOwn: id => isOwn(id) && own++ >= 0, fileBytes: ingest.limits.file_bytes, ...goesOn }).catch((error: unknown) => {
        // When every file was refused, that is why there is none.
        if (refused.length > 0 && error instanceof HotpassError && error.code === 'E_INPUT_EMPTY') throw refused[0]
        if (!(error instanceof HotpassError) || error.code !== 'E_INPUT_EMPTY' || own === 0) throw error
        throw new HotpassError('E_INPUT_EMPTY', `${shown(inputDir)} holds no file to read besides the outputs of this run`, { place: error.place, cause: error, hint: 'outputs are never read as inputs of the same run: give another --output-path' })
      })
      assertNoneReplaced(files.map(({ path }) => path), [...ownPlaces(request).values(), ...(request.reportPath === undefined ? [] : [request.reportPath])], shown)
      for (const { id, reason } of passed) host.tell({ event: 'input.passed', level: 'warning', message: `${id} is passed over: ${reason}`, data: { file: id, reason } })
      const taken = takeInputs(files, store, ingest.limits.file_bytes, goesOn.onRefused)
      if (taken.length === 0) throw refused[0]
      return { files: taken, refused }
    },
    publisher(extras, asOf) {
      const name = basename(outputBase)
      const targets = new Map<PublishedFile, Target>()
      const places = ownPlaces(request)
      const publisher = createPublisher(file => {
        const path = places.get(file.suffix) ?? `${outputBase}${file.suffix}`
        return targets.get(file) ?? { path, shown: shown(path) }
      })
      return {
        async stage(files) {
          written = extras.flatMap(extra => {
            const file = extra.kind === 'archive' ? archiveOf(files, name, asOf) : files.find(({ suffix }) => suffix === extra.suffix)
            if (file === undefined) return []
            const path = extra.kind === 'archive' ? join(extra.path, file.suffix) : extra.path
            const copy = { ...file }
            targets.set(copy, { path, shown: shown(path) })
            return [copy]
          })
          return publisher.stage([...files, ...written])
        }
      }
    },
    extraFile: at => written[at]!,
    async close() {
      await lanes.close()
      store.close()
    }
  }
}

/** Tells what Hotpass itself keeps inside the input folder, in the store and the folder for outputs: a run never reads its own outputs. */
function isOwnOf({ inputDir, storeDir, distDir }: Request): (id: string) => boolean {
  const folders = [storeDir, distDir].flatMap(path => {
    const inside = shownPath(path, inputDir)
    return inside === '.' || inside === path ? [] : [`${inside.toLowerCase()}/`]
  })
  return id => folders.some(folder => id.toLowerCase().startsWith(folder))
}
