/** A workspace in a temporary folder in which the documented examples of every command make sense. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EXIT, HotpassError, type ExitCode } from '../../kernel/error.ts'
import { packageRoot } from '../package-root.ts'

export interface Said {
  readonly exit: ExitCode
  readonly out: string
  readonly err: string
}

/** Runs the command line in this process, in a folder, without a terminal and with nothing of this environment. */
export async function say(cwd: string, argv: readonly string[], signal: AbortSignal): Promise<Said> {
  const { main } = await import('../main.ts')
  let [out, err] = ['', '']
  const exit = await main(argv, {
    out: text => void (out += text),
    err: text => void (err += text),
    outIsTerminal: false,
    errIsTerminal: false,
    inIsTerminal: false,
    columns: 100,
    cwd,
    env: { HOME: cwd, SHELL: '/bin/sh' },
    signal,
    elapsed: () => performance.now()
  })
  return { exit, out, err }
}

/** The command line as a file, from source and from the built package alike. */
export function binPath(): string {
  return fileURLToPath(new URL(`../bin.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url))
}

/** What this process was told to load first, so that another reads the sources as well. */
export function loaders(): readonly string[] {
  return process.execArgv.filter(word => word.startsWith('--import='))
}

/** Runs the command line in a process of its own with nothing to read: for commands that talk over standard input. */
export function sayApart(cwd: string, argv: readonly string[], input = ''): Said {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...loaders(), binPath(), ...argv], { cwd, input, encoding: 'utf8', timeout: 60_000, env: { PATH: process.env['PATH'], HOME: cwd } })
  return { exit: (status ?? EXIT.failed) as ExitCode, out: stdout, err: stderr }
}

/** The words of a line as a shell would split them, and the file that its output goes to. Knows quotes and `>`; nothing else is in examples. */
export function wordsOf(line: string): { readonly words: readonly string[]; readonly output: string | undefined } {
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(match => match[1] ?? match[2] ?? match[3]!)
  const at = words.findIndex(word => word === '>' || word === '>>')
  return at === -1 ? { words, output: undefined } : { words: words.slice(0, at), output: words[at + 1] }
}

/** A Great Expectations suite. */
const SUITE = `${JSON.stringify({ name: 'orders', expectations: [{ type: 'expect_column_values_to_not_be_null', kwargs: { column: 'order_id' } }, { type: 'expect_column_values_to_be_unique', kwargs: { column: 'order_id' } }] }, null, 2)}\n`

/** A session with the agent surface: one call. */
const CALL = `${[
  { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'hotpass-qa', version: '1' } } },
  { jsonrpc: '2.0', method: 'notifications/initialized' },
  { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'hotpass.overview', arguments: {} } }
].map(message => JSON.stringify(message)).join('\n')}\n`

/** What has to be done before the examples make sense, as typed. */
const PREPARED = ['init', 'run', 'run --no-cache', 'bundle latest -o run.hotpass', 'golden update', 'contracts emit -o contract.yaml']

/** What makes a linkage, after which the examples about one make sense. */
const LINKED = ['resolve --input-file records.csv --output-file deduplicated.csv --registry-path entities.jsonl', 'resolve review export --to review.xlsx']

const GIVEN = ['Thandeka', 'Ludo', 'Zola', 'Ayla', 'Ben', 'Petro', 'Sipho']
const FAMILY = ['Kanarie', 'Engel', 'Ndabeni', 'Kruse', 'Dlamuka', 'Reier', 'Vale', 'Okoro', 'Brandt', 'Moor', 'Quist']

/** Records of invented people, of whom some stand twice. */
function peopleCsv(list: string): string {
  const rows = Array.from({ length: 77 }, (_, at) => {
    const [given, family] = [GIVEN[at % 7]!, FAMILY[at % 11]!]
    return { given, family, mail: `${given}.${family}@mail.example`.toLowerCase(), town: ['Paarl', 'Knysna', 'Worcester'][at % 3]! }
  })
  const line = (id: string, { given, family, mail, town }: (typeof rows)[number]): string => `${id},${given} ${family},${mail},${town},${list}`
  return [...rows.map((row, at) => line(`r-${at + 1}`, row)), line('r-0017', rows[40]!), ...rows.slice(10, 30).map((row, at) => line(`r-${198 + at}`, { ...row, town: '' }))].join('\n')
}

/** The scene with a linkage in its store. Throws as `makeScene`. */
export async function makeLinkedScene(signal: AbortSignal): Promise<string> {
  const root = await makeScene(signal)
  try {
    for (const line of LINKED) await prepare(root, line, signal)
    return root
  } catch (error) {
    rmSync(root, { recursive: true, force: true })
    throw error
  }
}

async function prepare(root: string, line: string, signal: AbortSignal): Promise<void> {
  const { exit, err } = await say(root, wordsOf(line).words, signal)
  if (exit !== 0) throw new HotpassError('E_INTERNAL', `the workspace for examples could not be made: hotpass ${line} exits ${exit}: ${err.split('\n').find(text => text.startsWith('E_')) ?? ''}`)
}

/** Makes the scene and returns its folder. Throws E_INTERNAL when a command that prepares it fails. */
export async function makeScene(signal: AbortSignal): Promise<string> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'hotpass-qa-')))
  try {
    mkdirSync(join(root, 'golden/aviation'), { recursive: true })
    writeFileSync(join(root, 'golden/aviation/case.json'), '{ "input_dir": "../../data", "profile": "aviation" }\n')
    for (const line of PREPARED) await prepare(root, line, signal)
    // A word to the agent surface, so that there is a log of it.
    sayApart(root, ['mcp', 'serve'], CALL)
    for (const name of ['contract-1.yaml', 'contract-2.yaml']) cpSync(join(root, 'contract.yaml'), join(root, name))
    writeFileSync(join(root, 'suite.json'), SUITE)
    writeFileSync(join(root, 'records.csv'), `id,name,email,town,list\n${peopleCsv('members')}\n`)
    writeFileSync(join(root, 'both.csv'), `id,name,email,town,list\n${peopleCsv('members')}\n${peopleCsv('guests').replaceAll('r-', 'g-')}\n`)
    const samples = join(packageRoot(), 'fixtures/quickstart/data')
    mkdirSync(join(root, 'workspace'))
    cpSync(samples, join(root, 'workbooks'), { recursive: true })
    cpSync(join(samples, 'Members.xlsx'), join(root, 'members.xlsx'))
    cpSync(join(root, 'dist/refined.xlsx'), join(root, 'delivery.xlsx'))
    cpSync(join(root, 'config/profiles/quickstart.yaml'), join(root, 'my-profile.yaml'))
    return root
  } catch (error) {
    rmSync(root, { recursive: true, force: true })
    throw error
  }
}
