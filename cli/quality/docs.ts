/** QG-5: every command, flag, exit code and setting is in the reference, and every code block of the docs runs. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { settingPaths } from '../../kernel/config/settings.ts'
import { ERRORS, EXIT } from '../../kernel/error.ts'
import { nameOf } from '../../kernel/registry/registry.ts'
import { schema as profileSchema } from '../../schemas/generated/profile.ts'
import { registry } from '../commands/index.ts'
import { CLI_FLAGS, flagOf } from '../options.ts'
import { packageRoot } from '../package-root.ts'
import { pagesOf, runPage } from './code-blocks.ts'
import { check, failed, notRun, passed, type Gate, type Seen } from './gate.ts'

/** A page and the words, as it writes them, that it must hold. */
function holds(root: string, page: string, words: readonly string[], what: string): Seen {
  const text = readFileSync(join(root, 'docs/reference', page), 'utf8')
  const missing = words.filter(word => !text.includes(word))
  return missing.length === 0 ? passed(`${words.length} ${what} are in ${page}`) : failed(`${page} leaves out ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ` and ${missing.length - 5} more` : ''}`, 'QA_REFERENCE_INCOMPLETE', { file: `docs/reference/${page}`, missing })
}

/** Every key that a profile may hold, by its own name. */
function profileKeys(): readonly string[] {
  const keys = new Set<string>()
  const walk = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return
    for (const [key, inner] of Object.entries(node)) {
      if (key === 'properties') for (const name of Object.keys(inner as object)) keys.add(name)
      walk(inner)
    }
  }
  walk(profileSchema)
  return [...keys]
}

export const docs: Gate = {
  id: 'qg5-docs',
  title: 'QG-5 documentation',
  ofData: false,
  async run({ host }, tell) {
    const root = packageRoot()
    if (!existsSync(join(root, 'docs/reference/commands.md'))) return tell(await check('reference', () => notRun('needs the repository: the package holds no documentation')))
    const commands = readFileSync(join(root, 'docs/reference/commands.md'), 'utf8')
    for (const command of registry.commands) {
      tell(await check(`reference: ${nameOf(command)}`, () => {
        const at = commands.indexOf(`\n## hotpass ${nameOf(command)}\n`)
        if (at === -1) return failed(`commands.md has no section on ${nameOf(command)}`, 'QA_REFERENCE_INCOMPLETE', { file: 'docs/reference/commands.md' })
        const end = commands.indexOf('\n## ', at + 1)
        const section = commands.slice(at, end === -1 ? undefined : end)
        const missing = Object.keys(command.input.properties).filter(name => !section.includes(command.positionals.includes(name) ? `\`${name.toUpperCase()}\`` : `\`--${flagOf(name)}\``))
        return missing.length === 0 ? passed('the command and all its flags') : failed(`the section leaves out ${missing.join(', ')}`, 'QA_REFERENCE_INCOMPLETE', { file: 'docs/reference/commands.md', missing })
      }))
    }
    tell(await check('reference: flags of every command', () => holds(root, 'commands.md', CLI_FLAGS.map(({ name }) => `\`--${name}\``), 'flags')))
    tell(await check('reference: exit codes', () => holds(root, 'errors.md', Object.values(EXIT).map(code => `| \`${code}\` |`), 'exit codes')))
    tell(await check('reference: errors', () => holds(root, 'errors.md', Object.keys(ERRORS).map(code => `\`${code}\``), 'error codes')))
    tell(await check('reference: settings', () => holds(root, 'configuration.md', [...settingPaths().keys()].map(path => `\`${path}\``), 'settings')))
    tell(await check('reference: profile keys', () => {
      const text = ['profile.md', 'expectations.md'].map(page => readFileSync(join(root, 'docs/reference', page), 'utf8')).join('\n')
      const missing = profileKeys().filter(key => !new RegExp(`\`(?:[\\w.]*\\.)?${key.replace('$', '\\$')}[\`.]`).test(text))
      return missing.length === 0 ? passed(`${profileKeys().length} keys are in profile.md and expectations.md`) : failed(`profile.md and expectations.md leave out ${missing.join(', ')}`, 'QA_REFERENCE_INCOMPLETE', { missing })
    }))
    const bin = join(root, 'build/cli/bin.js')
    for (const page of pagesOf(root)) {
      host.signal.throwIfAborted()
      const result = await check(`code blocks: ${page}`, async () => {
        if (!existsSync(bin)) return notRun('needs the built command line: run npm run build')
        const runs = await runPage(root, page, bin, host.signal)
        const wrong = runs.find(({ status, exit }) => status !== exit)
        if (wrong !== undefined) return failed(`"${wrong.script.trim().split('\n')[0]}" ends with ${wrong.status}, not ${wrong.exit}: ${wrong.stderr.filter(line => line !== '').at(-1) ?? ''}`, 'QA_CODE_BLOCK_FAILED', { file: page })
        return passed(runs.length === 0 ? 'none to run' : `${runs.length} ran`)
      })
      if (result.message !== 'none to run') tell(result)
    }
  }
}
