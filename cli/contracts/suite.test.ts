/** Every rule is caught, with its code, its cell and the exit code; and nothing is caught where all is well. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { makeFolder, say } from '../workspace.case.ts'
import { BROKEN, CLEAN, FIELDS, HEAD, type Case } from './suite.case.ts'

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const csv = (head: readonly string[], rows: readonly (readonly string[])[]): string => [head, ...rows].map(row => row.map(quoted).join(',')).join('\n') + '\n'
const folder = makeFolder({})

async function hold(one: Case) {
  const contract = { name: 'suite', refine: { entity: 'club', fields: [...FIELDS, ...(one.fields ?? [])] }, ...(one.expectations === undefined ? {} : { expectations: one.expectations }) }
  writeFileSync(join(folder, 'contract.json'), JSON.stringify(contract))
  writeFileSync(join(folder, 'data.csv'), csv(one.head ?? HEAD, one.rows))
  if (one.previous !== undefined) writeFileSync(join(folder, 'before.csv'), csv(one.head ?? HEAD, one.previous))
  const said = await say(folder, ['contracts', 'validate', 'data.csv', '--contract', 'contract.json', '--json', ...(one.previous === undefined ? [] : ['--previous', 'before.csv']), ...(one.as_of === undefined ? [] : ['--as-of', one.as_of])])
  rmSync(join(folder, 'before.csv'), { force: true })
  return said
}

t.test('each broken dataset is caught for one reason', async t => {
  t.ok(BROKEN.length >= 60, `${BROKEN.length} datasets`)
  t.equal(new Set(BROKEN.map(({ name }) => name)).size, BROKEN.length, 'no name twice')
  for (const one of BROKEN) {
    const { exit, json, err } = await hold(one)
    const { code, id, cell, warning } = one.fails!
    const failed = (json?.checks ?? []).filter((check: any) => check.outcome === 'failed')
    const found = failed.map((check: any) => ({ code: check.code, id: check.id, cell: check.examples[0]?.cell ?? '', exit }))
    t.same(found, [{ code, id, cell, exit: warning === true ? 0 : 3 }], one.name, { err, failed })
  }
  t.end()
})

t.test('nothing is said of a clean one', async t => {
  t.ok(CLEAN.length >= 20, `${CLEAN.length} datasets`)
  for (const one of CLEAN) {
    const { exit, json, err } = await hold(one)
    const said = (json?.checks ?? []).filter((check: any) => check.outcome !== 'passed')
    t.same({ exit, said, valid: json?.valid }, { exit: 0, said: [], valid: true }, one.name, { err })
  }
  t.end()
})
