/** The executable as a process: start-up, pipes and signals. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from './package-root.ts'
import { makeWorkspace } from './workspace.case.ts'

const NODE = [join(packageRoot(), 'build/cli/bin.js')]
const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }

t.test('--version', t => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...NODE, '--version'], { encoding: 'utf8' })
  t.same([status, stdout, stderr], [0, `${version}\n`, ''])
  t.end()
})

t.test('a reader that leaves early is no fault', t => {
  const ws = makeWorkspace()
  const { status, stderr, stdout } = spawnSync('bash', ['-c', `set -o pipefail; "${process.execPath}" ${NODE.map(word => `"${word}"`).join(' ')} run --json | head -c 10`], { cwd: ws, encoding: 'utf8' })
  t.equal(status, 0, stderr)
  t.equal(stdout.length, 10)
  t.notMatch(stderr, /EPIPE/)
  t.end()
})

t.test('a result or a log that cannot be written is told in one line', { skip: existsSync('/dev/full') ? false : 'there is no /dev/full here' }, t => {
  const ws = makeWorkspace()
  const shell = (line: string) => spawnSync('bash', ['-c', `"${process.execPath}" ${NODE.map(word => `"${word}"`).join(' ')} ${line}`], { cwd: ws, encoding: 'utf8' })
  const result = shell('run --quiet > /dev/full')
  t.equal(result.status, 1)
  t.match(result.stderr, /^E_DISK_FULL .*standard output.*ENOSPC.*\n( {2}hint: .*\n)?$/, 'one line and its hint, no stack')
  const log = shell('run 2> /dev/full')
  t.equal(log.status, 1)
  t.match(log.stdout, /^(warning .*\n)*\n?run +run-/, 'the result is whole all the same')
  t.equal(shell('--version > /dev/full 2> /dev/full').status, 1)
  t.equal(JSON.parse(shell('runs list --json').stdout).total, 2, 'the runs are recorded')
  t.equal(shell('doctor --full --json').status, 0, 'and the store is whole')
  t.end()
})

for (const [signal, exit] of [['SIGINT', 130], ['SIGTERM', 143]] as const) {
  t.test(signal, async t => {
    const rows = Array.from({ length: 20_000 }, (_, at) => `Club ${at},info${at}@club${at % 977}.example,021 555 ${String(at % 10_000).padStart(4, '0')},Town ${at % 300}`)
    const ws = makeWorkspace({ 'data/many.csv': `Club,E-mail,Tel,Town\n${rows.join('\n')}\n` })
    const child = spawn(process.execPath, [...NODE, 'run', '--log-format', 'json', '--verbose'], { cwd: ws, stdio: ['ignore', 'pipe', 'pipe'] })
    let err = ''
    let sent = false
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text
      if (!sent && err.includes('"step.ended"')) {
        sent = true
        child.kill(signal)
      }
    })
    const code = await new Promise(resolve => child.on('exit', resolve))
    t.equal(code, exit, err.slice(-500))
    t.match(err, new RegExp(`stopped by ${signal}`))
    const doctor = spawnSync(process.execPath, [...NODE, 'doctor', '--full', '--json'], { cwd: ws, encoding: 'utf8' })
    t.equal(doctor.status, 0, 'the store is whole')
    if (signal !== 'SIGINT') return
    const next = spawnSync(process.execPath, [...NODE, 'run', '--json'], { cwd: ws, encoding: 'utf8', maxBuffer: 1 << 28 })
    t.ok(JSON.parse(next.stdout).cache.hits > 0, 'the same command goes on from what was finished')
  })
}
