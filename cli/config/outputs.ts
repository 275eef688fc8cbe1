/** Where the outputs of a run go, and in which formats: what may not be asked for is refused before anything is read. */
import { existsSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, relative, resolve } from 'node:path'
import { HotpassError } from '../../kernel/error.ts'

const EXPORT_ENDING = /\.(xlsx|csv|jsonl|parquet)$/i
const REPORT_ENDINGS: ReadonlyMap<string, string> = new Map([
  ['.md', 'markdown'],
  ['.markdown', 'markdown'],
  ['.html', 'html'],
  ['.htm', 'html'],
  ['.json', 'json']
])

/** The format that an output path names with its ending; undefined when it names none. */
export function exportFormatOf(path: string): string | undefined {
  return EXPORT_ENDING.exec(path)?.[1]?.toLowerCase()
}

/** The form of records that `--output-file` of `hotpass resolve` asks for. Throws E_USAGE for an ending that no export has. */
export function recordsFormatOf(path: string): string {
  const format = exportFormatOf(path)
  if (format === undefined) throw new HotpassError('E_USAGE', `--output-file ${path} ends in none of .csv, .xlsx, .jsonl and .parquet`, { hint: 'its ending says in which form the records are written: give a name such as deduplicated.xlsx' })
  return format
}

/**
 * The outputs' base name: the path without the ending of a format. Throws E_USAGE when the path names a folder and no
 * file in it, so that the outputs would have no name, or ends as no export does.
 */
export function outputBaseOf(path: string, shown: string): string {
  const absolute = resolve(path)
  const isFolder = /[\\/]\.{0,2}$|^\.{1,2}$/.test(path) || (existsSync(absolute) && statSync(absolute).isDirectory())
  if (isFolder || basename(absolute).replace(EXPORT_ENDING, '') === '') {
    throw new HotpassError('E_USAGE', `the output path ${shown} names a folder, not a file`, { place: { file: shown }, hint: 'add a name, such as out/refined.xlsx; --dist-dir takes a folder' })
  }
  assertExportEnding(absolute, shown)
  return absolute.replace(EXPORT_ENDING, '')
}

/** The folder itself where a link leads to it, so that two ways to one folder are told to be the same. */
function realFolder(path: string): string {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder)) return resolve(realpathSync(folder), relative(folder, path))
    if (dirname(folder) === folder) return path
  }
}

function isInside(path: string, folder: string): boolean {
  const inside = relative(folder, path)
  return inside === '' || (!isAbsolute(inside) && inside !== '..' && !/^\.\.[\\/]/.test(inside))
}

/** Endings of files that are something else than a dataset: who types one expects that file. A dot in a name (`v1.2`) is no ending. */
const OTHER_ENDING = /\.(pdf|xls|xlsb|xlsm|xltx|ods|tsv|txt|json|ndjson|html?|md|markdown|xml|ya?ml|toml|docx?|odt|pptx?|rtf|zip|gz|tar|7z|db|sqlite3?|duckdb|arrow|feather|avro|orc|png|jpe?g|svg)$/i

/** Refuses a path that ends as no export does: the outputs would get a second ending. Throws E_USAGE. */
function assertExportEnding(path: string, shown: string): void {
  const ending = OTHER_ENDING.exec(path)?.[0]
  if (ending === undefined) return
  throw new HotpassError('E_USAGE', `a dataset cannot be written as ${ending}: ${shown}`, { place: { file: shown }, hint: 'give a path that ends in .xlsx, .csv, .jsonl or .parquet, or one without an ending' })
}

/**
 * Refuses outputs among the inputs: the next run would read them. A dist folder inside the input folder is left out
 * when inputs are looked for, so outputs may stand in it. All paths are absolute. Throws E_USAGE.
 */
export function assertApart(inputDir: string, distDir: string, outputBase: string, shown: (path: string) => string): void {
  const [inputs, dist, outputs] = [realFolder(inputDir), realFolder(distDir), realFolder(dirname(outputBase))]
  if (!isInside(outputs, inputs) || (isInside(outputs, dist) && !isInside(inputs, dist))) return
  throw new HotpassError('E_USAGE', `the outputs would stand among the inputs, in ${shown(dirname(outputBase))}`, {
    place: { file: shown(dirname(outputBase)) },
    hint: 'the next run would read them: give an --output-path outside the input folder'
  })
}

/**
 * Refuses an output that would replace an input, and two outputs in one place. All paths are absolute; the ways to a
 * file through links are one. Throws E_USAGE.
 */
export function assertNoneReplaced(inputs: readonly string[], outputs: readonly string[], shown: (path: string) => string): void {
  const taken = new Map(inputs.map(path => [realFolder(path), 'an input']))
  for (const path of outputs) {
    const real = realFolder(path)
    const other = taken.get(real)
    if (other !== undefined) throw new HotpassError('E_USAGE', `the output ${shown(path)} is ${other} as well`, { place: { file: shown(path) }, hint: 'give every output a place of its own, apart from the inputs' })
    taken.set(real, 'another output')
  }
}

/** Refuses an ending that is not among the formats that the same command line asks for. Throws E_USAGE. */
export function assertFormatNamed(path: string, formats: readonly string[], shown: string): void {
  const named = exportFormatOf(path)
  if (named === undefined || formats.includes(named)) return
  throw new HotpassError('E_USAGE', `--output-path ${shown} asks for ${named}, and --format for ${formats.join(', ')}`, { hint: `give a path that ends in .${formats[0]}, or --format ${named},${formats.join(',')}` })
}

/** The report format that a path, or the setting beside it, asks for. Throws E_USAGE when they differ or neither is known. */
export function reportFormatOf(path: string, setting: string | undefined, shown: string): string {
  const ending = /\.[^./\\]+$/.exec(path)?.[0].toLowerCase() ?? ''
  const named = REPORT_ENDINGS.get(ending)
  if (named !== undefined && setting !== undefined && named !== setting) throw new HotpassError('E_USAGE', `--report-path ${shown} asks for ${named}, and --report-format for ${setting}`, { hint: 'leave --report-format out, or give the path another ending' })
  if (named === undefined && setting === undefined && ending !== '') {
    throw new HotpassError('E_USAGE', `a report cannot be written as ${ending}`, { place: { file: shown }, hint: `give a path that ends in ${[...REPORT_ENDINGS.keys()].join(', ')}, or say which with --report-format` })
  }
  return setting ?? named ?? 'markdown'
}
