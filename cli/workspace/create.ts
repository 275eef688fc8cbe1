/** What `hotpass init` writes. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { HotpassError } from '../../kernel/error.ts'
import { writeOutput } from '../../kernel/host/publish.ts'
import type { CommandHost } from '../../kernel/registry/command.ts'
import { packageRoot } from '../package-root.ts'

const CONFIG = `# The workspace. Paths are relative to this file; hotpass config show lists every setting.
profile: quickstart

pipeline:
  input_dir: ./data
  dist_dir: ./dist
  mode: strict

report:
  title: Quickstart data quality report
`

const IGNORE = `# What Hotpass writes: outputs and the store of past runs.
dist/
.hotpass/
`

const README = `# A Hotpass workspace

\`\`\`sh
hotpass run                 # data/ in, dist/ out
hotpass replay latest       # prove it: run every step again and compare the digests
hotpass explain latest --row 1 --column organization_name
\`\`\`

| where | what |
| --- | --- |
| \`data/\` | the files to refine; put your own here |
| \`config/profiles/quickstart.yaml\` | which fields there are, how they are cleaned, checked and merged |
| \`config/schemas/\` | what a profile may say, for editors that complete and check as you type |
| \`hotpass.yaml\` | which profile, which folders, which mode |
| \`dist/\` | the refined dataset, its quarantine and its report |
| \`.hotpass/\` | the store: everything that is needed to replay and explain past runs |

The sample files are invented.
`

export interface WrittenFile {
  readonly [key: string]: string
  /** Relative to the workspace, with `/`. */
  readonly path: string
  readonly action: 'written' | 'replaced' | 'unchanged'
}

/**
 * Writes a workspace. Throws E_OUTPUT_UNWRITABLE, naming the files, when some exist with other contents and
 * neither `force` nor the user allows replacing them.
 */
export async function createWorkspace(path: string, force: boolean, host: CommandHost): Promise<WrittenFile[]> {
  const root = resolve(host.cwd, path)
  if (existsSync(root) && !statSync(root).isDirectory()) throw new HotpassError('E_OUTPUT_UNWRITABLE', `${path} is not a folder`, { place: { file: path }, hint: 'give --path a folder' })
  const samples = join(packageRoot(), 'fixtures', 'quickstart', 'data')
  const files = new Map<string, Uint8Array>([
    ['hotpass.yaml', Buffer.from(CONFIG)],
    ['.gitignore', Buffer.from(IGNORE)],
    ['README.md', Buffer.from(README)],
    ['config/profiles/quickstart.yaml', readFileSync(join(packageRoot(), 'profiles', 'quickstart.yaml'))],
    ['config/schemas/profile.v1.json', readFileSync(join(packageRoot(), 'schemas', 'profile.v1.json'))],
    ...readdirSync(samples).sort().map((name): [string, Uint8Array] => [`data/${name}`, readFileSync(join(samples, name))])
  ])
  const stateOf = (name: string): 'new' | 'same' | 'other' => {
    const target = join(root, name)
    if (!existsSync(target)) return 'new'
    return statSync(target).isFile() && readFileSync(target).equals(files.get(name)!) ? 'same' : 'other'
  }
  const inTheWay = [...files.keys()].filter(name => stateOf(name) === 'other')
  if (inTheWay.length > 0 && !force) {
    const allowed = host.ask !== undefined && (await host.ask(`Replace ${inTheWay.join(', ')}?`))
    if (!allowed) throw new HotpassError('E_OUTPUT_UNWRITABLE', `${inTheWay.join(', ')} already ${inTheWay.length === 1 ? 'exists' : 'exist'} in ${path}`, { place: { file: inTheWay[0]! }, hint: 'give another --path, or --force to replace' })
  }
  const written: WrittenFile[] = []
  for (const [name, bytes] of files) {
    const state = stateOf(name)
    if (state !== 'same') await write(join(root, name), join(path, name), bytes)
    written.push({ path: name, action: state === 'new' ? 'written' : state === 'other' ? 'replaced' : 'unchanged' })
  }
  return written
}

async function write(path: string, shown: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeOutput({ path, shown }, bytes)
  } catch (error) {
    if (!(error instanceof HotpassError) || error.code === 'E_DISK_FULL') throw error
    throw new HotpassError(error.code, error.message, { place: error.place, details: error.details, cause: error, hint: 'give another --path' })
  }
}
