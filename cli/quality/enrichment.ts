/** QG-3: with the network off nothing is contacted, and enrichment, where it exists, leaves its provenance. */
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { registry } from '../commands/index.ts'
import { check, failed, notBuilt, notRun, passed, type Gate, type Seen } from './gate.ts'
import { binPath, loaders, makeScene } from './scene.ts'

const FROM_SOURCE = import.meta.url.endsWith('.ts')
const besides = (path: string): URL => new URL(`${path}.${FROM_SOURCE ? 'ts' : 'js'}`, import.meta.url)

/** A namespace without a network, where the system lets us have one; else nothing. */
function unshared(): readonly string[] {
  for (const command of [['unshare', '-n'], ['unshare', '-r', '-n']]) if (spawnSync(command[0]!, [...command.slice(1), 'true'], { timeout: 10_000 }).status === 0) return command
  return []
}

interface Trapped {
  readonly status: number | null
  readonly stderr: string
  /** Processes in which the trap was armed. */
  readonly armed: number
  readonly contacts: readonly string[]
}

/** Runs Node with the trap in it and in all processes that it starts. */
function trapped(args: readonly string[], cwd: string, prefix: readonly string[]): Trapped {
  const list = join(cwd, '.contacts')
  rmSync(list, { force: true })
  const [command, ...rest] = [...prefix, process.execPath, ...loaders(), ...args]
  const { status, stderr } = spawnSync(command!, rest, { cwd, encoding: 'utf8', timeout: 180_000, env: { PATH: process.env['PATH'], HOME: cwd, QA_SOCKET_TRAP: list, NODE_OPTIONS: `--import=${besides('./socket-trap').href}` } })
  let lines: readonly string[] = []
  try {
    lines = readFileSync(list, 'utf8').split('\n')
  } catch {
    // The trap was armed nowhere; the count says so.
  }
  return { status, stderr, armed: lines.filter(line => line.startsWith('armed')).length, contacts: lines.filter(line => line.startsWith('contacted')) }
}

function silent(cwd: string): Seen {
  const prefix = unshared()
  const control = trapped(['-e', "import('node:net').then(net => net.connect(9, 'localhost'))"], cwd, [])
  if (control.armed === 0 || control.contacts.length === 0) return notRun('the trap on sockets catches nothing here, so that it would prove nothing')
  const { status, stderr, armed, contacts } = trapped([binPath(), 'run', '--no-cache', '--strict'], cwd, prefix)
  if (contacts.length > 0) return failed(`a run contacted something: ${contacts[0]}`, 'QA_NETWORK_CONTACTED', { contacts })
  if (armed === 0) return notRun('the trap on sockets was not armed')
  if (status !== 0) return failed(`without a network, hotpass run exits ${status}: ${stderr.split('\n').find(line => line.startsWith('E_')) ?? ''}`, 'QA_NETWORK_NEEDED')
  return passed(`a run contacted nothing, with a trap on sockets in ${armed} processes and threads that caught a control${prefix.length === 0 ? '' : `, in a namespace without a network (${prefix.join(' ')})`}`)
}

export const enrichment: Gate = {
  id: 'qg3-enrichment-chain',
  title: 'QG-3 enrichment chain',
  ofData: false,
  async run({ host }, tell) {
    const scene = await makeScene(host.signal)
    try {
      tell(await check('with the network off nothing is contacted', () => silent(scene)))
    } finally {
      rmSync(scene, { recursive: true, force: true })
    }
    tell(await check('enrichment leaves provenance', () => (registry.find(['enrich']) === undefined ? notBuilt('enrichment does not exist yet') : notRun('enrichment exists, but this gate has no check of it'))))
  }
}
