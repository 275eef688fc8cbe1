/** `hotpass contracts import`. */
import { resolve } from 'node:path'
import { problemsOfLayer, tellProblem } from '../../kernel/config/check.ts'
import { EXIT, HotpassError } from '../../kernel/error.ts'
import { writeOutput } from '../../kernel/host/publish.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { profileOf } from '../../operators/contract/to-profile.ts'
import { referenceFaults } from '../config/references.ts'
import { yamlText } from './dialects.ts'
import { loadContract } from './load.ts'

/** Throws E_CONTRACT for a file that is none, and what writing the profile throws. */
export async function importContract(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const file = input['file'] as string
  const loaded = await loadContract(file, host)
  if (loaded.dialect === 'profile') throw new HotpassError('E_CONTRACT', `${file} is a profile already`, { place: { file }, hint: 'give a contract of another dialect' })
  const made = profileOf(loaded.contract)
  const profile = { ...made.profile, ...(typeof input['name'] === 'string' ? { name: input['name'] } : {}) }
  const [problem] = problemsOfLayer({ kind: 'profile', name: file, values: profile })
  const [fault] = problem === undefined ? referenceFaults(profile) : []
  if (problem !== undefined || fault !== undefined) throw new HotpassError('E_CONTRACT', problem === undefined ? `${file}: ${fault!.path.join('.')}: ${fault!.message}` : tellProblem(problem), { place: { file }, hint: 'what the contract says cannot stand in a profile' })
  const unmapped = [...loaded.unmapped, ...made.unmapped]
  const text = `# Made from ${file.replace(/^.*[\\/]/, '').replace(/[^\x20-\x7e]/g, '?')} (${loaded.dialect}). What the contract says besides is listed when it is imported.\n${await yamlText(profile)}`
  const output = input['output'] as string | undefined
  if (output !== undefined) await writeOutput({ path: resolve(host.cwd, output), shown: output }, new TextEncoder().encode(text))
  for (const { where, what } of unmapped) host.tell({ event: 'contracts.unmapped', level: 'warning', message: `not taken: ${where}: ${what}` })
  return { exit: EXIT.ok, result: { schema, format: loaded.dialect, name: String(profile['name']), path: output ?? null, profile: text, fields: loaded.contract.tables[0]!.fields.length, unmapped: unmapped.map(({ where, what }) => ({ where, what })) } }
}
