/**
 * Runs the documentation: every `sh` block of a page, top to bottom, in a folder of the page's own, with the command
 * line on the PATH. A block under `<!-- run elsewhere: reason -->` is left out; one under `<!-- exit N -->` must end
 * with that code.
 */
import { spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Block {
  readonly script: string
  /** What it must end with. */
  readonly exit: number
  /** Why it is not run here; undefined when it is. */
  readonly elsewhere: string | undefined
}

export interface BlockRun extends Block {
  readonly status: number | null
  /** The last lines that it wrote to standard error. */
  readonly stderr: readonly string[]
}

/** The pages of a repository, relative to it. */
export function pagesOf(root: string): readonly string[] {
  const below = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.md')).map(name => `docs/${name.replaceAll('\\', '/')}`)
  return ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...below.sort()]
}

/** The `sh` blocks of a page's text. */
export function blocksIn(text: string): readonly Block[] {
  return [...text.matchAll(/(?:<!-- (?:exit (\d+)|run elsewhere: ([^>]*?)) -->\n)?```sh\n([\s\S]*?)```/g)].map(match => ({ script: match[3]!, exit: Number(match[1] ?? 0), elsewhere: match[2] }))
}

/** Runs the blocks of one page and returns each with how it ended. `bin` is the built command line. Rejects when the signal fires. */
export async function runPage(root: string, page: string, bin: string, signal?: AbortSignal): Promise<readonly BlockRun[]> {
  const blocks = blocksIn(readFileSync(join(root, page), 'utf8')).filter(({ elsewhere }) => elsewhere === undefined)
  if (blocks.length === 0) return []
  const tools = mkdtempSync(join(tmpdir(), 'hotpass-docs-'))
  try {
    for (const [name, command] of [['hotpass', `exec "${process.execPath}" "${bin}" "$@"`], ['npx', `shift; exec "${process.execPath}" "${bin}" "$@"`]] as const) {
      writeFileSync(join(tools, name), `#!/bin/sh\n${command}\n`)
      chmodSync(join(tools, name), 0o755)
    }
    const folder = join(tools, 'page')
    mkdirSync(folder)
    cpSync(join(root, 'fixtures'), join(folder, 'fixtures'), { recursive: true })
    const runs: BlockRun[] = []
    for (const block of blocks) {
      signal?.throwIfAborted()
      // The folder that a page's earlier block changed into is where its next block starts.
      const script = `set -e\ncd "$(cat '${tools}/.where' 2>/dev/null || echo '${folder}')"\ntrap 'pwd > "${tools}/.where"' EXIT\n${block.script}`
      runs.push({ ...block, ...(await runScript(script, `${tools}:${process.env['PATH']}`, signal)) })
    }
    return runs
  } finally {
    rmSync(tools, { recursive: true, force: true })
  }
}

/** Milliseconds of one block. */
const PATIENCE = 120_000

function runScript(script: string, path: string, signal: AbortSignal | undefined): Promise<Pick<BlockRun, 'status' | 'stderr'>> {
  return new Promise((resolve, reject) => {
    const shell = spawn('bash', ['-c', script], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, PATH: path, NO_COLOR: '1' }, timeout: PATIENCE, ...(signal === undefined ? {} : { signal }) })
    let stderr = ''
    shell.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-8_000)))
    shell.once('error', reject)
    shell.once('close', status => resolve({ status, stderr: stderr.split('\n').slice(-8) }))
  })
}
