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
import type { Unmapped } from '../../operators/model/contract.ts'
import { loadContract } from './load.ts'

/** Throws E_CONTRACT for a file that is none, and what writing the profile throws. */
export async function importContract(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const file = input['file'] as string
  const loaded = await loadContract(file, host)
  if (loaded.dialect === 'profile') throw new HotpassError('E_CONTRACT', `${file} is a profile already`, { place: { file }, hint: 'give a contract of another dialect' })
  const made = profileOf(loaded.contract)
  const { profile, refused } = withoutFaulty({ ...made.profile, ...(typeof input['name'] === 'string' ? { name: input['name'] } : {}) }, file)
  const [problem] = problemsOfLayer({ kind: 'profile', name: file, values: profile })
  const [fault] = problem === undefined ? referenceFaults(profile) : []
  if (problem !== undefined || fault !== undefined) throw new HotpassError('E_CONTRACT', problem === undefined ? `${file}: ${fault!.path.join('.')}: ${fault!.message}` : tellProblem(problem), { place: { file }, hint: 'what the contract says cannot stand in a profile' })
  const unmapped = [...loaded.unmapped, ...made.unmapped, ...refused]
  const text = `# Made from ${file.replace(/^.*[\\/]/, '').replace(/[^\x20-\x7e]/g, '?')} (${loaded.dialect}). What the contract says besides is listed when it is imported.\n${await yamlText(profile)}`
  const output = input['output'] as string | undefined
  if (output !== undefined) await writeOutput({ path: resolve(host.cwd, output), shown: output }, new TextEncoder().encode(text))
  for (const { where, what } of unmapped) host.tell({ event: 'contracts.unmapped', level: 'warning', message: `not taken: ${where}: ${what}` })
  return { exit: EXIT.ok, result: { schema, format: loaded.dialect, name: String(profile['name']), path: output ?? null, profile: text, fields: loaded.contract.tables[0]!.fields.length, unmapped: unmapped.map(({ where, what }) => ({ where, what })) } }
}

/** Leaves out each expectation that no profile can hold, such as a range that nothing is in; one of them does not spoil the others. */
function withoutFaulty(profile: JsonObject, file: string): { readonly profile: JsonObject; readonly refused: readonly Unmapped[] } {
  const given = profile['expectations']
  if (!Array.isArray(given)) return { profile, refused: [] }
  const why = new Map<number, string>()
  for (const { key, message } of problemsOfLayer({ kind: 'profile', name: file, values: profile })) {
    const at = /^expectations\[(\d+)\]/.exec(key)?.[1]
    if (at !== undefined) why.set(Number(at), message)
  }
  if (why.size === 0) for (const { path, message } of referenceFaults(profile)) if (path[0] === 'expectations') why.set(Number(path[1]), `${path.slice(2).join('.')} ${message}`.trim())
  if (why.size === 0) return { profile, refused: [] }
  const kept = given.filter((_, at) => !why.has(at))
  const { expectations: _all, ...rest } = profile
  const refused = [...why].map(([at, message]): Unmapped => ({ where: whereOf(given[at] as JsonObject), what: message }))
  const next = withoutFaulty(kept.length === 0 ? rest : { ...rest, expectations: kept }, file)
  return { profile: next.profile, refused: [...refused, ...next.refused] }
}

/** How the expectation is named to people: the names of columns may have been changed. */
function whereOf(expectation: JsonObject): string {
  const about = [expectation['field'], expectation['fields']].flat().filter(name => typeof name === 'string').join(', ')
  return about === '' ? String(expectation['expect']) : `${about}: ${String(expectation['expect'])}`
}
