/** Contracts: what a profile promises, the dataset of that profile keeps, in every dialect that can be written. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandHost } from '../../kernel/registry/command.ts'
import { registry } from '../commands/index.ts'
import { DIALECTS, writeContract } from '../contracts/dialects.ts'
import { findWorkspace } from '../config/workspace.ts'
import { check, failed, notBuilt, notRun, passed, type Gate, type Seen } from './gate.ts'
import { say, wordsOf } from './scene.ts'

/** Emits the contract of the profile and holds the dataset to it, through the command line alone. */
async function kept(folder: string, dialect: string, host: CommandHost): Promise<Seen> {
  const file = join(folder, `contract-${dialect}.${dialect === 'odcs' ? 'yaml' : dialect === 'markdown' ? 'md' : 'json'}`)
  const emitted = await say(folder, ['contracts', 'emit', '--run', 'latest', '--format', dialect, '-o', file], host.signal)
  if (emitted.exit !== 0) return failed(`contracts emit exits ${emitted.exit}: ${emitted.err.split('\n').find(line => line.startsWith('E_')) ?? ''}`, 'QA_CONTRACT_EMIT')
  if (dialect === 'markdown') return passed('a page for people is written')
  const data = readdirSync(join(folder, 'dist')).find(name => name === 'refined.csv')
  if (data === undefined) return notRun('there is no dataset to hold to it')
  const validated = await say(folder, ['contracts', 'validate', join('dist', data), '--contract', file, '--json'], host.signal)
  if (validated.exit === 0) return passed(`the dataset keeps what the contract in ${dialect} promises`)
  if (/is not a contract|cannot be read as/.test(validated.err)) return notRun(`a contract in ${dialect} can be written, but not be read back`)
  return failed(`contracts validate exits ${validated.exit}: ${validated.err.split('\n').find(line => line.startsWith('E_')) ?? validated.out.slice(0, 200)}`, 'QA_CONTRACT_BROKEN')
}

export const contracts: Gate = {
  id: 'contracts',
  title: 'Contracts',
  ofData: true,
  async run({ host, input }, tell) {
    if (registry.find(['contracts', 'validate']) === undefined) return tell(await check('contracts', () => notBuilt('contracts do not exist yet')))
    const folder = mkdtempSync(join(tmpdir(), 'hotpass-qa-contracts-'))
    try {
      for (const line of ['init', 'run']) {
        const { exit, err } = await say(folder, wordsOf(line).words, host.signal)
        if (exit !== 0) return tell(await check('a dataset to hold to its contract', () => failed(err, 'QA_RUN_FAILED')))
      }
      for (const dialect of DIALECTS) tell(await check(`the sample dataset keeps its contract in ${dialect}`, () => kept(folder, dialect, host)))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    tell(await check('the contract of this workspace can be written in every dialect', async () => {
      if (findWorkspace(host.cwd).file === undefined && input['profile'] === undefined) return passed('there is no workspace here; the sample stands for it')
      const { contractOfProfile } = await import('../contracts/source.ts')
      const { contract, base } = await contractOfProfile(input, host)
      for (const dialect of DIALECTS) await writeContract(contract, dialect, base)
      return passed(`${contract.name} ${contract.version}: ${DIALECTS.join(', ')}`)
    }))
  }
}
