/**
 * Runs the documentation: every `sh` block of a page, top to bottom, in a folder of the page's own, with the command
 * line on the PATH. A block under `<!-- run elsewhere: reason -->` is left out; one under `<!-- exit N -->` must end
 * with that code.
 */
import { spawnSync } from 'node:child_process'
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

/** Runs the blocks of one page and returns each with how it ended. `bin` is the built command line. */
export function runPage(root: string, page: string, bin: string): readonly BlockRun[] {
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
    return blocks.map(block => {
      // The folder that a page's earlier block changed into is where its next block starts.
      const script = `set -e\ncd "$(cat '${tools}/.where' 2>/dev/null || echo '${folder}')"\ntrap 'pwd > "${tools}/.where"' EXIT\n${block.script}`
      const { status, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8', env: { ...process.env, PATH: `${tools}:${process.env['PATH']}`, NO_COLOR: '1' }, timeout: 120_000 })
      return { ...block, status, stderr: (stderr ?? '').split('\n').slice(-8) }
    })
  } finally {
    rmSync(tools, { recursive: true, force: true })
  }
}
