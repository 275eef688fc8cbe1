/**
 * `hotpass golden`: cases whose every artifact and output has a recorded digest.
 *
 * A case is a folder with `case.json` (input folder, profile, settings) and `expected.json` (digests). It runs in a
 * store in memory, strictly, with no environment and no flags, and with the code digests left out, so that only a
 * change of bytes is a difference.
 */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { builtInLayer, resolveConfig } from '../../kernel/config/resolve.ts'
import { EXIT, HotpassError } from '../../kernel/error.ts'
import { createHost } from '../../kernel/host/clock.ts'
import { listInputs, takeInputs } from '../../kernel/host/inputs.ts'
import { createMemoryStore } from '../../kernel/host/store/memory.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import { executeRun } from '../../kernel/run/execute.ts'
import { validatorFor } from '../../kernel/schema.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'
import { CODECS } from '../../operators/codecs.ts'
import { OPERATORS } from '../../operators/index.ts'
import { DEFAULTS } from '../../operators/model/defaults.ts'
import { refine } from '../../operators/pipeline.ts'
import { readConfigFile } from '../config/parse.ts'
import { findProfile, shownPath } from '../config/workspace.ts'
import { didYouMean } from '../did-you-mean.ts'
import { createLanes } from '../pipeline/engine.ts'

interface GoldenCase {
  /** Folder with the inputs, relative to the case. */
  readonly input_dir: string
  /** Name of a bundled profile, or path relative to the case. */
  readonly profile: string
  /** Settings on top of the profile. */
  readonly config?: JsonObject
}

const CASE_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['input_dir', 'profile'],
  properties: { input_dir: { type: 'string', minLength: 1 }, profile: { type: 'string', minLength: 1 }, config: { type: 'object' } }
} as const

/** What `expected.json` holds. */
interface Expected {
  readonly schema: 'urn:hotpass:golden:1'
  readonly run_id: string
  readonly outcome: string
  readonly counts: Json
  /** `step/slot` to digest, in plan order. */
  readonly artifacts: { readonly [name: string]: string }
  /** Suffix to digest. */
  readonly outputs: { readonly [suffix: string]: string }
}

interface Outcome {
  readonly [key: string]: Json
  readonly name: string
  readonly status: 'same' | 'differs' | 'written' | 'unchanged' | 'failed'
  readonly run_id: string | null
  readonly artifacts: number
  readonly differences: readonly { readonly [key: string]: Json; readonly what: string; readonly expected: string | null; readonly actual: string | null }[]
  readonly message: string
}

export async function checkGoldens(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const cases = await each(input, host, async (name, folder) => {
    const actual = await performCase(folder, host)
    const file = join(folder, 'expected.json')
    if (!existsSync(file)) return { name, status: 'failed', run_id: actual.run_id, artifacts: 0, differences: [], message: 'there is no expected.json; hotpass golden update writes it' }
    const expected = expectedIn(file, name)
    const differences = differencesOf(expected, actual)
    return { name, status: differences.length === 0 ? 'same' : 'differs', run_id: actual.run_id, artifacts: Object.keys(actual.artifacts).length + Object.keys(actual.outputs).length, differences, message: differences.length === 0 ? '' : `the first difference is ${differences[0]!.what}` }
  })
  const same = cases.every(({ status }) => status === 'same')
  return { exit: same ? EXIT.ok : EXIT.integrity, result: { schema, cases, same } }
}

export async function updateGoldens(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  if ((host.env['CI'] ?? '') !== '') throw new HotpassError('E_PERMISSION', 'goldens are not rewritten where the variable CI is set', { hint: 'update them on your machine, and commit what you meant to change' })
  const cases = await each(input, host, async (name, folder) => {
    const actual = await performCase(folder, host)
    const file = join(folder, 'expected.json')
    const text = `${JSON.stringify(actual, null, 2)}\n`
    const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const differences = before === '' ? [] : differencesOf(expectedIn(file, name), actual)
    if (text !== before) writeFileSync(file, text)
    return { name, status: text === before ? 'unchanged' : 'written', run_id: actual.run_id, artifacts: Object.keys(actual.artifacts).length + Object.keys(actual.outputs).length, differences, message: '' }
  })
  return { exit: EXIT.ok, result: { schema, cases, tested: false } }
}

/** The digests of a case. Throws E_CONFIG when the file cannot be read as such. */
function expectedIn(file: string, name: string): Expected {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<Expected> | null
    if (typeof value?.artifacts === 'object' && typeof value.outputs === 'object') return value as Expected
  } catch {
    // Told below, like a file of another form.
  }
  throw new HotpassError('E_CONFIG', `${name}/expected.json holds no digests`, { place: { file: `${name}/expected.json` }, hint: 'remove it, and write it again with hotpass golden update' })
}

async function each(input: JsonObject, host: CommandHost, work: (name: string, folder: string) => Promise<Outcome>): Promise<Outcome[]> {
  const root = resolve(host.cwd, (input['golden_dir'] as string | undefined) ?? 'golden')
  if (!existsSync(root)) throw new HotpassError('E_INPUT_MISSING', `there is no folder ${shownPath(root, host.cwd)}`, { hint: 'name the folder of the cases with --golden-dir' })
  if (!statSync(root).isDirectory()) throw new HotpassError('E_INPUT_MISSING', `${shownPath(root, host.cwd)} is a file, not a folder`, { hint: 'name the folder of the cases with --golden-dir' })
  const known = readdirSync(root, { withFileTypes: true }).filter(entry => entry.isDirectory() && existsSync(join(root, entry.name, 'case.json'))).map(({ name }) => name).sort()
  const wanted = (input['cases'] as string[] | undefined) ?? known
  if (known.length === 0) throw new HotpassError('E_INPUT_EMPTY', `${shownPath(root, host.cwd)} holds no case`, { hint: 'a case is a folder with a case.json' })
  for (const name of wanted) if (!known.includes(name)) throw new HotpassError('E_UNKNOWN_NAME', `there is no case ${name}`, { hint: didYouMean(name, known, `there are ${known.join(', ')}`) })
  const outcomes: Outcome[] = []
  for (const [at, name] of wanted.entries()) {
    host.tell({ event: 'golden.case', level: 'info', message: name, share: at / wanted.length, data: { case: name } })
    try {
      outcomes.push(await work(name, join(root, name)))
    } catch (error) {
      if (!(error instanceof HotpassError)) throw error
      outcomes.push({ name, status: 'failed', run_id: null, artifacts: 0, differences: [], message: `${error.code} ${error.message}` })
    }
  }
  return outcomes
}

async function performCase(folder: string, host: CommandHost): Promise<Expected> {
  const { value } = await readConfigFile(join(folder, 'case.json'), 'case.json', 'config')
  const problem = validatorFor(CASE_SCHEMA)(value)[0]
  if (problem !== undefined) throw new HotpassError('E_CONFIG', `case.json: ${problem.path.join('.')}: ${problem.message}`, { place: { file: join(folder, 'case.json') } })
  const { input_dir, profile: wanted, config: settings = {} } = value as unknown as GoldenCase
  const profile = findProfile(wanted, folder, { root: folder, file: undefined }, [])
  const profileFile = await readConfigFile(profile.path, wanted, 'profile')
  const config = resolveConfig([
    builtInLayer(DEFAULTS as unknown as JsonObject),
    { kind: 'profile', name: wanted, values: profileFile.value },
    { kind: 'file', name: 'case.json', values: settings }
  ]).identity
  const ingest = config['ingest'] as { readonly include: readonly string[]; readonly exclude: readonly string[]; readonly limits: { readonly file_bytes: number } }
  const store = createMemoryStore()
  const lanes = createLanes()
  try {
    const { files } = await listInputs({ folder: resolve(folder, input_dir), shown: input_dir, include: ingest.include, exclude: ingest.exclude, fileBytes: ingest.limits.file_bytes })
    const { run_id, record, steps, error } = await executeRun({
      pipeline: refine,
      inputs: takeInputs(files, store, ingest.limits.file_bytes),
      config,
      mode: 'strict',
      pins: { as_of: null, seed: '' },
      store,
      lanes,
      host: createHost(() => ({ digest: '0'.repeat(64), altered: [] })),
      operators: OPERATORS,
      codecs: CODECS,
      signal: host.signal
    })
    if (error !== undefined && record.identity.outcome === 'failed') throw error
    return {
      schema: 'urn:hotpass:golden:1',
      run_id,
      outcome: record.identity.outcome,
      counts: record.identity.summary as Json,
      artifacts: Object.fromEntries(steps.flatMap(({ identity }) => identity.output_refs.map(({ slot, hash }) => [`${identity.step}/${slot}`, hash]))),
      outputs: Object.fromEntries(record.identity.published.map(({ suffix, hash }) => [suffix, hash]))
    }
  } finally {
    await lanes.close()
    store.close()
  }
}

/** Differences in plan order, so that the first one is where it began. */
function differencesOf(expected: Expected, actual: Expected): Outcome['differences'] {
  const compare = (prefix: string, was: { readonly [name: string]: string }, is: { readonly [name: string]: string }): { what: string; expected: string | null; actual: string | null }[] =>
    [...new Set([...Object.keys(is), ...Object.keys(was)])].flatMap(name => (was[name] === is[name] ? [] : [{ what: `${prefix} ${name}`, expected: was[name] ?? null, actual: is[name] ?? null }]))
  return [
    ...compare('artifact', expected.artifacts, actual.artifacts),
    ...compare('output', expected.outputs, actual.outputs),
    ...(expected.run_id === actual.run_id ? [] : [{ what: 'run id', expected: expected.run_id, actual: actual.run_id }]),
    ...(expected.outcome === actual.outcome ? [] : [{ what: 'outcome', expected: expected.outcome, actual: actual.outcome }])
  ]
}
