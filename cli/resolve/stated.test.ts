import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { people } from '../../bench/linkage/people.ts'
import { assertRefusal } from '../refusal.case.ts'
import { makeFolder, say } from '../workspace.case.ts'

const { records } = people(300)
const RESOLVE = ['resolve', '--input-file', 'records.csv', '--output-file', 'out.csv', '--clusters-path', 'clusters.csv', '--id-field', 'record_id', '--explain-plan', '--profile', 'people']
const resolved = async (linkage: object, more: readonly string[] = [], file = records) => {
  const folder = makeFolder({ 'records.csv': file, 'config/profiles/people.yaml': JSON.stringify({ name: 'people', refine: { linkage } }) })
  const said = await say(folder, [...RESOLVE, '--json', ...more])
  return { ...said, clusters: said.exit === 0 ? readFileSync(join(folder, 'clusters.csv'), 'utf8') : '' }
}
const comparison = (plan: any, name: string): any => plan.comparisons.find((each: any) => each.name === name)

t.test('the plan that is printed makes the same clusters when the profile states it', async t => {
  const folder = makeFolder({ 'records.csv': records, 'config/profiles/people.yaml': 'name: people\n' })
  const text = await say(folder, RESOLVE)
  t.equal(text.exit, 0, text.err)
  const clusters = readFileSync(join(folder, 'clusters.csv'), 'utf8')
  const [, pasted] = /(^refine:\n(?: .*\n)+)/m.exec(text.out)!
  const stated = makeFolder({ 'records.csv': records, 'config/profiles/people.yaml': `name: people\n${pasted}` })
  const again = await say(stated, [...RESOLVE, '--json'])
  t.equal(again.exit, 0, again.err)
  t.equal(readFileSync(join(stated, 'clusters.csv'), 'utf8'), clusters)
  t.ok(again.json.plan.fields.filter(({ type }: any) => type !== 'ignored').every(({ origin }: any) => origin === 'declared'))
  t.ok(again.json.plan.rules.every(({ used, reason }: any) => used && reason === 'the profile states it'))
  const { plan } = (await resolved({})).json
  t.same(again.json.plan.comparisons, plan.comparisons, 'and the same model')
  t.same(again.json.plan.profile, plan.profile)
  t.equal((await say(stated, ['replay', 'latest', '--json'])).json.verdict, 'identical')
})

t.test('fields that are compared together, and texts, are stated by the names of their comparisons', async t => {
  const words = records.trim().split('\n').map((line, at) => `${line},${at === 0 ? 'remarks,title' : `${line.split(',').slice(1, 5).join(' of the ')} and more words to be a text,model ab${(at * 7919) % 1000}x ${line.split(',')[2]!}`}`).join('\n')
  const before = await resolved({}, [], words)
  const { comparisons, blocking } = before.json.plan.profile.refine.linkage
  t.ok(before.json.plan.comparisons.some(({ fields }: any) => fields.length > 1), Object.keys(comparisons).join(', '))
  const after = await resolved({ comparisons, blocking }, [], words)
  t.equal(after.exit, 0, after.err)
  t.equal(after.clusters, before.clusters)
})

t.test('what the profile states is what is done, and nothing else changes', async t => {
  const before = (await resolved({})).json
  const levels = comparison(before.plan, 'email').levels.length
  const m = [0.9, ...Array.from({ length: levels - 1 }, () => 0.1 / (levels - 1))]
  const u = [...Array.from({ length: levels - 1 }, () => 0.1 / (levels - 1)), 0.9]
  const { plan, ...after } = (await resolved({ comparisons: { email: { m, u, term_frequency: false }, city: { kind: 'category' } }, blocking: [{ fields: ['city', 'family_name', 'postcode'] }, { fields: ['email'], kind: 'qgram', limit: 20 }] })).json
  t.same(comparison(plan, 'email').levels.map(({ m: share }: any) => share), m.map(share => Math.round(share * 1e9) / 1e9))
  t.same(comparison(plan, 'email').levels.map(({ u: share }: any) => share), u.map(share => Math.round(share * 1e9) / 1e9))
  t.equal(comparison(plan, 'email').term_frequency, false)
  t.same(plan.comparisons.map(({ name }: any) => name), before.plan.comparisons.map(({ name }: any) => name))
  t.same([comparison(plan, 'city').type, comparison(plan, 'phone').type], ['category', 'phone'])
  t.same(plan.rules.map(({ name, used }: any) => [name, used]), [['city + family_name + postcode', true], ['4-grams of email', true]])
  t.ok(plan.rules[1].limit <= 20)
  t.ok(after.pairs.compared < before.pairs.compared)
  t.same(plan.profile.refine.linkage.comparisons.email, { kind: 'email', m, u, term_frequency: false }, 'and is written out again')
  const none = await resolved({ comparisons: { email: { m: u, u: m } } })
  t.ok(comparison(none.json.plan, 'email').levels[0].weight < 0, 'weights follow the shares, also where agreement speaks against')
})

t.test('what cannot be stated is said in one line', async t => {
  const cases: readonly [string, object, RegExp][] = [
    ['an unknown field', { comparisons: { emial: { kind: 'email' } } }, /no field or comparison "emial".*\n.*did you mean "email"/],
    ['an unknown kind', { comparisons: { email: { kind: 'mail' } } }, /comparisons\.email\.kind/],
    ['a share above 1', { comparisons: { email: { m: [1.2, 0, 0, 0, 0, 0] } } }, /comparisons\.email\.m/],
    ['levels that do not match', { comparisons: { email: { m: [0.9, 0.1] } } }, /comparisons\.email\.m has 2 shares, but the comparison "email" has 6 levels: equal; /],
    ['shares that are no whole', { comparisons: { email: { u: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1] } } }, /comparisons\.email\.u adds up to 0\.6, not to 1/],
    ['a rule on no field', { blocking: [{ fields: ['emails'] }] }, /no field or comparison "emails", which refine\.linkage\.blocking names/],
    ['words of two fields', { blocking: [{ fields: ['city', 'email'], kind: 'token' }] }, /kind token takes one field/],
    ['a rule twice', { blocking: [{ fields: ['email'] }, { fields: ['email'], kind: 'value' }] }, /states the rule "email" twice/],
    ['an unknown key', { comparisons: { email: { weight: 3 } } }, /weight/]
  ]
  for (const [name, linkage, says] of cases) assertRefusal(t, name, await resolved(linkage), { exit: 2, says })
})

t.test('a rule that finds nothing, and a field that is no evidence, are told', async t => {
  const said = await resolved({ comparisons: { record_id: { kind: 'identifier' } }, blocking: [{ fields: ['email'] }, { fields: ['record_id'] }] })
  t.equal(said.exit, 0, said.err)
  t.match(said.json.warnings.map(({ code }: any) => code), ['LINK_COMPARISON_UNUSED', 'LINK_RULE_UNUSED'])
})
