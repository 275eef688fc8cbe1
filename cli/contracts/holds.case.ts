/** Every contract that a profile emits holds on the dataset that it makes. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Test } from 'tap'
import { packageRoot } from '../package-root.ts'
import { makeFolder, say } from '../workspace.case.ts'

export const FIXTURES = join(packageRoot(), 'fixtures')
const READABLE = ['odcs', 'table-schema', 'json-schema', 'csvw'] as const

/** A profile, by name or path, and the folder of a fixture. */
export async function assertContractsHold(t: Test, { name, profile, data }: { readonly name: string; readonly profile: string; readonly data: string }): Promise<void> {
  const folder = makeFolder({})
  const ran = await say(folder, ['run', '--profile', profile, '--input-dir', join(FIXTURES, data), '--output-path', 'refined', '--format', 'csv,xlsx,jsonl', '--json'])
  t.equal(ran.exit, 0, `${name}: runs`, { err: ran.err })
  const groups = ran.json.outputs.map(({ path }: any) => path).filter((path: string) => path.endsWith('.csv') && !/\.(conflicts|quarantine)\.csv$/.test(path))
  const inferred = profile === 'generic'
  for (const dialect of READABLE) {
    const file = `contract.${dialect === 'odcs' ? 'yaml' : `${dialect}.json`}`
    const emitted = await say(folder, ['contracts', 'emit', '--profile', profile, '--format', dialect, '-o', file, ...(inferred ? ['--run', 'latest'] : [])])
    t.equal(emitted.exit, 0, `${name}: ${dialect} is emitted`, { err: emitted.err })
    // A JSON Schema tells of the JSON Lines, where a group stands inside its entity.
    for (const output of dialect === 'json-schema' ? ['refined.csv'] : dialect === 'odcs' ? [...groups, 'refined.xlsx'] : groups) {
      const { exit, json, err } = await say(folder, ['contracts', 'validate', output, '--contract', file, '--json'])
      t.equal(exit, 0, `${name}: ${output} is as the ${dialect} says`, { err, failed: json?.checks?.filter((check: any) => check.outcome === 'failed') })
      t.same(json.checks.filter((check: any) => check.outcome === 'skipped'), [], `${name}: nothing is left out`)
      t.ok(json.counts.passed >= 1 && json.data.rows > 0, 'something was checked')
    }
  }
  const validate = new Ajv2020({ strict: true, strictTypes: false, validateFormats: false }).compile(JSON.parse(readFileSync(join(folder, 'contract.json-schema.json'), 'utf8')))
  const lines = readFileSync(join(folder, 'refined.jsonl'), 'utf8').trimEnd().split('\n')
  t.same(lines.filter(line => !validate(JSON.parse(line))), [], `${name}: every row is as the JSON Schema says`, { errors: validate.errors })
  if (inferred) return
  const same = await say(folder, ['contracts', 'diff', name === 'supplies' ? profile : join(packageRoot(), `profiles/${profile}.yaml`), 'contract.yaml', '--json'])
  t.same(same.json.changes, [], `${name}: the ODCS document says all that the profile says`)
  const page = await say(folder, ['contracts', 'emit', '--profile', profile, '--format', 'markdown'])
  t.match(page.out, /^# .+\n/, `${name}: a page for people`)
}
