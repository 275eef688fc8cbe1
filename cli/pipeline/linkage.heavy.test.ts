import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { parseCsv } from '../../fixtures/check-truth.ts'
import { bridged } from '../resolve/bridges.case.ts'
import { makeFolder, say, type Said } from '../workspace.case.ts'

/** Lists of companies: the third copy of each has a letter less in its name, so that no key finds it. Two families share a switchboard. */
const mistyped = (shared: 'phone' | 'email'): string => bridged(shared).replace(/^(c\d+-2,..)./gm, '$1').replace('record_id,company', 'ref,company')

const profile = (linkage: string): string => `name: companies
refine:
  entity: company
  ${linkage}
  fields:
    - { name: company, type: organisation-name, required: true }
    - { name: ref, multiple: true }
    - { name: phone, type: phone, multiple: true }
    - { name: email, type: email, multiple: true }
    - { name: address, type: address }
    - { name: town, type: category }
    - { name: vat_number, type: identifier }
  merge: { keys: [company] }
`
const ON = 'linkage: { enabled: true, ignore: [ref] }'
const workspace = (linkage: string, shared: 'phone' | 'email' = 'phone'): string =>
  makeFolder({ 'hotpass.yaml': 'profile: companies\n', 'config/profiles/companies.yaml': profile(linkage), 'data/companies.csv': mistyped(shared) })

/** The refs of each entity. */
const entitiesOf = (folder: string): string[] => parseCsv(readFileSync(join(folder, 'dist/refined.csv'), 'utf8')).map(row => row.get('ref')!.split('; ').sort().join(' ')).sort()
const companyOf = (ref: string): string => ref.replace(/-\d+$|(?<=^[wf])\d$/, '')
/** Entities that hold several companies, and companies in several entities. */
function wrong(entities: readonly string[]): { readonly merged: number; readonly apart: number } {
  const companies = entities.map(refs => new Set(refs.split(' ').map(companyOf)))
  const seen = companies.flatMap(set => [...set])
  return { merged: companies.filter(set => set.size > 1).length, apart: seen.length - new Set(seen).size }
}

t.test('linkage finds what keys miss, merges no two companies, and is the same for any number of workers', async t => {
  const keys = workspace('linkage: { enabled: false }')
  t.equal((await say(keys, ['run'])).exit, 0)
  const byKeys = wrong(entitiesOf(keys))
  t.equal(byKeys.merged, 0)
  t.ok(byKeys.apart >= 25, `keys leave ${byKeys.apart} companies in two entities`)

  const ws = workspace(ON)
  const run = await say(ws, ['run', '--json', '--workers', '1'])
  t.equal(run.exit, 0, run.err)
  t.same(wrong(entitiesOf(ws)), { merged: 0, apart: 0 })
  t.same(entitiesOf(ws).filter(refs => /[wf]\d/.test(refs)), ['f0 f1 f2', 'w0 w1 w2'], 'a shared switchboard merges nothing')
  const { rows_in, used, merged, quarantined } = run.json.counts
  t.equal(rows_in, used + merged + quarantined)
  for (const workers of ['2', '7']) t.equal((await say(workspace(ON), ['run', '--json', '--workers', workers])).json.record_hash, run.json.record_hash, `${workers} workers`)
  t.match(await say(ws, ['replay', '--json']), { exit: 0, json: { verdict: 'identical' } })
  t.same(wrong(entitiesOf(await ran(workspace(ON, 'email')))), { merged: 0, apart: 0 }, 'nor does a shared mailbox')
})

async function ran(ws: string): Promise<string> {
  t.equal((await say(ws, ['run'])).exit, 0)
  return ws
}

t.test('pairs in the band are left to people, whose word counts, and the entity keeps its id', async t => {
  const ws = workspace('linkage: { enabled: true, ignore: [ref], match: 0.999999999999, review: 0.7 }')
  const run = (env: Record<string, string> = {}): Promise<Said> => say(ws, ['run', '--json', '--registry-path', 'entities.jsonl'], { env })
  const first = await run()
  t.equal(first.exit, 0, first.err)
  const [told] = first.json.warnings.filter(({ code }: { code: string }) => code === 'LINK_REVIEW')
  t.ok(told.details.pairs > 0, 'pairs are told with their number')
  const before = wrong(entitiesOf(ws))
  t.ok(before.apart > 0, 'and are not merged')
  t.equal((await say(ws, ['resolve', 'review', 'export', '--to', 'queue.jsonl'])).exit, 0)
  const asked = readFileSync(join(ws, 'queue.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line))
  const [pair] = asked
  t.equal(asked.length, told.details.pairs, 'the queue asks about each')
  t.match((await say(ws, ['resolve', 'explain', pair.a.id, pair.b.id, '--json'])).json, { pair: { role: 'review' } })
  writeFileSync(join(ws, 'decisions.jsonl'), `${JSON.stringify({ decision: 'must-link', a: pair.a.id, b: pair.b.id, by: 'Thandi', at: '2026-01-31T09:00:00Z', why: 'a letter is missing' })}\n`)
  const second = await run()
  t.equal(second.json.counts.rows_out, first.json.counts.rows_out - 1)
  const idsOf = (): string[] => readFileSync(join(ws, 'entities.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line)).filter(line => Array.isArray(line.records) && line.records.includes(pair.a.id)).map(line => line.entity_id)
  const merged = (await say(ws, ['resolve', 'explain', pair.a.id, '--json'])).json.cluster
  t.ok(idsOf().includes(merged.entity), 'explain names the entity by the id that the registry keeps')
  t.ok(merged.records.includes(pair.b.id))
  writeFileSync(join(ws, 'decisions.jsonl'), `${JSON.stringify({ decision: 'cannot-link', a: pair.a.id, b: pair.b.id, by: 'Thandi', at: '2026-02-01T09:00:00Z' })}\n`)
  const apart = await run({ HOTPASS_REFINE_LINKAGE_MATCH: '0.9' })
  const { cluster } = (await say(ws, ['resolve', 'explain', pair.a.id, '--json'])).json
  t.equal(apart.exit, 0, apart.err)
  t.notOk(cluster.records.includes(pair.b.id), 'what people keep apart stays apart, whatever the weight')
})

t.test('two identifiers that differ are never overruled, and unknown fields are refused', async t => {
  const ws = workspace(ON)
  const csv = mistyped('phone').replace(/^(c2-2,.*),(\d*)$/m, '$1,4999999999')
  writeFileSync(join(ws, 'data/companies.csv'), csv)
  const run = await say(ws, ['run', '--json'])
  t.match(run.json.warnings.filter(({ code }: { code: string }) => code === 'LINK_CONTRADICTED'), [{ details: {} }])
  t.ok(entitiesOf(ws).includes('c2-2'))
  t.match(await say(workspace('linkage: { enabled: true, types: { phones: phone } }'), ['run']), { exit: 2, err: /E_UNKNOWN_NAME the records have no field "phones".*\n.*hint: did you mean "phone"/ })
  t.match(await say(workspace('linkage: { enabled: true, match: 0.8, review: 0.85 }'), ['run']), { exit: 2, err: /E_CONFIG the review threshold \(0\.85\) is above/ })
})
