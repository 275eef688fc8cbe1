import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { validatorFor } from '../../kernel/schema.ts'
import { schema as gateSchema } from '../../schemas/generated/quality-gate.ts'
import { registry } from '../commands/index.ts'
import { makeFolder, makeWorkspace, PROFILE, say } from '../workspace.case.ts'
import { blocksIn } from './code-blocks.ts'
import { testsIn } from './fitness.ts'
import { exitOf, verdictOf } from './run-gates.ts'
import { wordsOf } from './scene.ts'

const QA = registry.find(['qa'])!.output

t.test('a gate passes when what it checked is so, and fails when not', async t => {
  const ws = makeWorkspace({ 'config/profiles/quickstart.yaml': PROFILE.replace('name: clubs', 'name: quickstart') })
  const good = await say(ws, ['qa', 'profiles', '--json'])
  t.equal(good.exit, 0, good.err)
  t.same(validatorFor(QA)(good.json), [])
  t.equal(good.json.gates[0].checks.filter(({ name }: any) => name.endsWith(' quickstart.yaml')).length, 2, 'of two with one name both are looked at')
  const summary = JSON.parse(readFileSync(join(ws, 'dist/quality-gates/profiles/summary.json'), 'utf8'))
  t.same(validatorFor(gateSchema)(summary), [])
  t.match(summary, { status: 'passed', counts: { failed: 0, not_built: 0, not_run: 0 } })

  const odd = makeWorkspace({ 'config/profiles/clubs.yaml': PROFILE.replace('synonyms: [Tel]', 'synonyms: [E-mail]') })
  const bad = await say(odd, ['qa', 'profiles', '--report', 'sarif=q.sarif'])
  t.equal(bad.exit, 1)
  t.match(bad.out, /failed +Profiles.*\n.*clubs\.yaml: .*"E-mail" stands for both email and phone/)
  t.match(JSON.parse(readFileSync(join(odd, 'q.sarif'), 'utf8')).runs[0].results, [{ ruleId: 'QA_PROFILE_LINT', level: 'error' }])
})

t.test('the data gate runs the pipeline, and its failure is one of data', async t => {
  const ws = makeWorkspace({ 'config/profiles/clubs.yaml': PROFILE.replace('quarantined_cells: 0.5', 'quarantined_cells: 0.01') })
  const { exit, json } = await say(ws, ['qa', 'data-quality', '--json'])
  t.equal(exit, 3)
  t.match(json.gates[0].checks[0], { status: 'failed', findings: [{ code: 'BUDGET_BREACHED' }, { code: 'PHONE_INVALID', details: { file: 'data/clubs.csv' } }, {}] })
  t.equal((await say(ws, ['qa', '--except', 'qg-9'])).exit, 2)
  t.notOk(existsSync(join(ws, 'dist/refined.xlsx')), 'what a run wrote there stays as it is')
})

t.test('where there is no workspace, the sample stands for it', async t => {
  const { exit, json, err } = await say(makeFolder({}), ['qa', 'data-quality', '--json'])
  t.equal(exit, 0, err)
  t.match(json.gates[0], { status: 'passed', checks: [{ message: /^there is no workspace here, so the sample stands for it; run-/ }, {}, {}] })
  t.ok(json.gates[0].artifacts.includes('data-docs/index.html'))
  const lost = await say(makeFolder({ 'hotpass.yaml': 'profile: quickstart\n' }), ['qa', 'data-quality', '--json'])
  t.match(lost.json.gates[0].checks[0], { status: 'failed', message: 'there is no folder data' }, 'a workspace has to have its data')
  t.match(err, /^QG-2 data quality …\n/, 'what is at work is told before it ends')
})

t.test('an exception excuses what cannot be checked, and nothing that is wrong', t => {
  t.equal(verdictOf(0, 0, 0), 'passed')
  t.equal(verdictOf(0, 2, 1), 'incomplete')
  t.equal(verdictOf(0, 2, 2), 'passed with exceptions')
  t.equal(verdictOf(1, 1, 1), 'failed')
  t.equal(exitOf('ta', 'passed with exceptions', []), 0)
  t.equal(exitOf('ta', 'incomplete', []), 1)
  t.equal(exitOf('all', 'incomplete', []), 0)
  t.equal(exitOf('docs', 'incomplete', []), 1)
  t.equal(exitOf('ta', 'failed', [{ ofData: true }]), 3)
  t.equal(exitOf('ta', 'failed', [{ ofData: true }, { ofData: false }]), 1)
  t.end()
})

t.test('the parts', t => {
  t.same(wordsOf('query "select a, b" > data.csv'), { words: ['query', 'select a, b'], output: 'data.csv' })
  t.same(testsIn('TAP version 14\n# Subtest: a\n    ok 1 - fine\n    1..1\nok 1 - a # time=1ms\n# Subtest: b\n    not ok 1 - x imports y\n    1..1\nnot ok 2 - b # time=2ms\n1..2\n'), [{ name: 'a', ok: true, says: '' }, { name: 'b', ok: false, says: 'x imports y' }])
  t.same(blocksIn('<!-- exit 3 -->\n```sh\na\n```\n\n<!-- run elsewhere: why -->\n```sh\nb\n```\n```text\nc\n```\n'), [{ script: 'a\n', exit: 3, elsewhere: undefined }, { script: 'b\n', exit: 0, elsewhere: 'why' }])
  t.end()
})
