/** The laws of the architecture hold, and the code that runs is the code that was built. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkPackage } from '../doctor/package-check.ts'
import { packageRoot } from '../package-root.ts'
import { check, failed, notRun, passed, type Check, type Gate } from './gate.ts'

const NEEDS_SOURCE = 'needs the repository: the package holds no sources to look at'

/** Each top-level test of a TAP stream with whether it passed and, if not, what it says. */
export function testsIn(tap: string): readonly { readonly name: string; readonly ok: boolean; readonly says: string }[] {
  const says: string[] = []
  return tap.split('\n').flatMap(line => {
    const inner = /^ {4,}not ok \d+ - (.*?)(?: # .*)?$/.exec(line)?.[1]
    if (inner !== undefined) says.push(inner)
    const found = /^(not )?ok \d+ - (.*?)(?: # .*)?$/.exec(line)
    return found === null ? [] : [{ name: found[2]!, ok: found[1] === undefined, says: says.splice(0).join('; ') }]
  })
}

function laws(root: string): readonly { readonly name: string; readonly ok: boolean; readonly says: string }[] {
  const loader = pathToFileURL(createRequire(join(root, 'package.json')).resolve('tsx')).href
  const { stdout, stderr, status } = spawnSync(process.execPath, [`--import=${loader}`, 'kernel/law.test.ts'], { cwd: root, encoding: 'utf8', timeout: 120_000, env: { ...process.env, TAP: '1' } })
  const found = testsIn(stdout)
  return found.length > 0 ? found : [{ name: 'laws', ok: false, says: `kernel/law.test.ts ends with ${status ?? 'a signal'}: ${stderr.split('\n')[0] ?? ''}` }]
}

export const fitness: Gate = {
  id: 'fitness',
  title: 'Architecture fitness',
  ofData: false,
  async run(_context, tell) {
    const root = packageRoot()
    tell(await check('package', () => {
      const { status, message, details } = checkPackage()
      return status === 'ok' ? passed(message) : status === 'skipped' ? notRun(message) : failed(message, 'PACKAGE_MODIFIED', details)
    }))
    if (!existsSync(join(root, 'kernel/law.test.ts'))) return tell(await check('laws', () => notRun(NEEDS_SOURCE)))
    let results: ReturnType<typeof laws> = []
    const all: Check = await check('laws', () => {
      results = laws(root)
      return passed(`${results.length} laws were tried`)
    })
    if (all.status !== 'passed') return tell(all)
    for (const { name, ok, says } of results) tell(await check(name, () => (ok ? passed('holds') : failed(says === '' ? 'does not hold' : says, 'LAW_BROKEN'))))
  }
}
