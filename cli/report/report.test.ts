import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import t from 'tap'
import { validateXML } from 'xmllint-wasm'
import { validatorFor } from '../../kernel/schema.ts'
import { schema as assessmentSchema } from '../../schemas/generated/assessment.ts'
import { packageRoot } from '../package-root.ts'
import { CLUBS, makeWorkspace, PROFILE, say } from '../workspace.case.ts'
import type { Assessment, Finding } from './assessment.ts'
import { githubAnnotations, MOST_SUMMARY_BYTES } from './github.ts'
import { junitReport } from './junit.ts'
import { markdownSummary } from './markdown.ts'
import { splitReports } from './requested.ts'
import { sarifReport } from './sarif.ts'

const STANDARDS = join(packageRoot(), 'fixtures/standards')
const XSD = readFileSync(join(STANDARDS, 'junit-10.xsd'), 'utf8')
const ajv = new Ajv2020({ strict: false, formats: { uri: /^[a-z][a-z0-9+.-]*:/i, 'uri-reference': true, 'date-time': true, uuid: true } })
const isSarif = ajv.compile(JSON.parse(readFileSync(join(STANDARDS, 'sarif-2.1.0.schema.json'), 'utf8')))

async function assertValid(t: any, sarif: string, junit: string): Promise<any> {
  const log = JSON.parse(sarif)
  t.ok(isSarif(log), 'SARIF fits its schema', { errors: isSarif.errors?.slice(0, 3) })
  const checked = await validateXML({ xml: [{ fileName: 'junit.xml', contents: junit }], schema: [XSD] })
  t.ok(checked.valid, 'JUnit XML fits its schema', { errors: checked.errors.slice(0, 3) })
  return log
}

const finding = (over: Partial<Finding> = {}): Finding => ({ code: 'PHONE_INVALID', level: 'warning', message: 'values could not be used', hint: '', count: 1, places: [{ file: 'data/a b.csv', sheet: 'a b', cell: 'C4' }], fingerprint: '0'.repeat(32), ...over })
const made = (findings: readonly Finding[]): Assessment => ({
  schema: 'urn:hotpass:schema:assessment:1', tool: { name: 'Hotpass', version: '0.1.0' }, command: 'run', title: 'hotpass run: breached', verdict: 'breached', exit: 3, subject: 'data', facts: [['run', 'run-1']],
  cases: [
    { suite: 'run', name: 'validate', status: 'failed', message: 'm', seconds: 0.0004, findings: [...findings] },
    { suite: 'run', name: 'later', status: 'skipped', message: 'an earlier step failed', seconds: null, findings: [] }
  ]
})

t.test('a failing run, in every format at once', async t => {
  const ws = makeWorkspace({ 'config/profiles/clubs.yaml': PROFILE.replace('quarantined_cells: 0.5', 'quarantined_cells: 0.01') })
  const summary = join(ws, 'step.md')
  const said = await say(ws, ['run', '--json', '--report', 'sarif,junit', '--report', 'markdown=out/s.md', '--report', 'json=out/a.json', '--report', 'github', '-q'], { env: { GITHUB_STEP_SUMMARY: summary } })
  t.equal(said.exit, 3)
  t.same(said.json.reports, [{ format: 'sarif', path: 'dist/hotpass-run.sarif' }, { format: 'junit', path: 'dist/hotpass-run.junit.xml' }, { format: 'markdown', path: 'out/s.md' }, { format: 'json', path: 'out/a.json' }, { format: 'github', path: null }])
  const read = (path: string): string => readFileSync(join(ws, path), 'utf8')
  const log = await assertValid(t, read('dist/hotpass-run.sarif'), read('dist/hotpass-run.junit.xml'))
  t.same(validatorFor(assessmentSchema)(JSON.parse(read('out/a.json'))), [])
  const results = log.runs[0].results
  t.same(results.map(({ ruleId, level }: any) => [ruleId, level]), [['BUDGET_BREACHED', 'error'], ['PHONE_INVALID', 'warning'], ['REQUIRED_MISSING', 'warning']])
  t.match(results[1].locations, [{ physicalLocation: { artifactLocation: { uri: 'data/clubs.csv' }, region: { startLine: 4 } }, logicalLocations: [{ fullyQualifiedName: 'data/clubs.csv/clubs/C4', kind: 'cell' }] }])
  t.match(read('dist/hotpass-run.junit.xml'), /<failure type="BUDGET_BREACHED"/)
  t.match(said.err, /^::error title=BUDGET_BREACHED::/m)
  t.match(said.err, /^::warning file=data\/clubs\.csv,line=4,title=PHONE_INVALID::/m)
  t.equal(readFileSync(summary, 'utf8'), read('out/s.md'), 'the summary of the step is the page')
  t.notMatch(said.err + read('out/s.md') + read('dist/hotpass-run.sarif') + read('dist/hotpass-run.junit.xml'), /\w@\w+\.example|not a number|5550/, 'nothing personal')

  writeFileSync(join(ws, 'data/clubs.csv'), CLUBS.replace('Knysna', 'Knysna\nGull Air,,nor this,Paarl'))
  await say(ws, ['run', '--report', 'sarif=again.sarif'])
  const again = JSON.parse(read('again.sarif')).runs[0].results
  t.same(again.map(({ partialFingerprints }: any) => partialFingerprints), results.map(({ partialFingerprints }: any) => partialFingerprints), 'more of the same has the same fingerprint')
  t.equal(again[1].occurrenceCount, 2)
})

t.test('what never began is reported too, and so is the doctor', async t => {
  const ws = makeWorkspace()
  t.equal((await say(ws, ['run', '--input-dir', 'nowhere', '--report', 'sarif=a.sarif,junit=a.xml'])).exit, 1)
  const log = await assertValid(t, readFileSync(join(ws, 'a.sarif'), 'utf8'), readFileSync(join(ws, 'a.xml'), 'utf8'))
  t.match(log.runs[0], { results: [{ ruleId: 'E_INPUT_MISSING' }], invocations: [{ executionSuccessful: false, exitCode: 1 }] })
  t.equal((await say(ws, ['doctor', '--report', 'sarif=d.sarif', '--report', 'junit=d.xml'])).exit, 0)
  await assertValid(t, readFileSync(join(ws, 'd.sarif'), 'utf8'), readFileSync(join(ws, 'd.xml'), 'utf8'))
  t.match(readFileSync(join(ws, 'd.xml'), 'utf8'), /<testsuite name="doctor Runtime" tests="4" failures="0"/)
})

t.test('a file that breaks its contract', async t => {
  const ws = makeWorkspace({ 'delivery.csv': 'club,email,phone,town\nLapwing Gliding,info@lapwing.example,+27215550101,Paarl\n,not an address,+27215550102,Paarl\n' })
  const { exit } = await say(ws, ['contracts', 'validate', 'delivery.csv', '--contract', 'config/profiles/clubs.yaml', '--report', 'sarif=c.sarif', '--report', 'junit=c.xml'])
  t.equal(exit, 3)
  const log = await assertValid(t, readFileSync(join(ws, 'c.sarif'), 'utf8'), readFileSync(join(ws, 'c.xml'), 'utf8'))
  t.match(log.runs[0].results.map(({ ruleId, locations }: any) => [ruleId, locations[0].physicalLocation.artifactLocation.uri, locations[0].physicalLocation.region.startLine]), [['NOT_NULL_BREACHED', 'delivery.csv', 3], ['TYPE_BREACHED', 'delivery.csv', 3]])
  t.match(readFileSync(join(ws, 'c.xml'), 'utf8'), /<testcase classname="contract clubs" name="email\.type"[^>]*><failure type="TYPE_BREACHED"/)
})

t.test('commas part reports, and stay in paths', t => {
  t.same(splitReports('sarif,junit'), ['sarif', 'junit'])
  t.same(splitReports('sarif=a.sarif, junit=b.xml,github'), ['sarif=a.sarif', 'junit=b.xml', 'github'])
  t.same(splitReports('github,json=a,b.json,markdown'), ['github', 'json=a,b.json', 'markdown'])
  t.same(splitReports('sarif=a,jsonl'), ['sarif=a,jsonl'])
  t.same(splitReports('junti=a'), ['junti=a'])
  t.end()
})

t.test('a report that cannot be is refused before anything runs', async t => {
  const ws = makeWorkspace()
  for (const [report, says] of [['xml', /no report format "xml"/], ['junti=a.xml', /did you mean "junit"/], ['sarif=', /names no file/], ['sarif=data/clubs.csv', /is no sarif report/]] as const) {
    const { exit, err } = await say(ws, ['run', '--report', report])
    t.equal(exit, 2, report)
    t.match(err, says)
  }
  t.match((await say(ws, ['run', '--report', 'sarif=a', '--report', 'json=A'])).err, /two reports would go to/)
  t.notOk(existsSync(join(ws, '.hotpass')))
  t.equal(readFileSync(join(ws, 'data/clubs.csv'), 'utf8'), CLUBS)
})

t.test('text that would break a format', async t => {
  const nasty = 'a\u0000\u001b[31m\ud800]]></failure>& "x" | `y` <script>\r\n::error::z % é 😀'
  const hostile = made([finding({ message: nasty, hint: nasty, places: [{ file: `d,a:t/${nasty}`, sheet: nasty, cell: 'B8' }] }), finding({ level: 'error', code: 'X', places: [] })])
  await assertValid(t, sarifReport(hostile), junitReport(hostile))
  const lines = githubAnnotations(hostile).trimEnd().split('\n')
  t.equal(lines.length, 2, 'one line each')
  t.match(lines[1], /^::warning file=d%2Ca%3At\/.*,line=8,title=PHONE_INVALID::a.*%0D%0A::error::z %25/)
  const page = markdownSummary(hostile)
  t.notMatch(page, /<script|\u001b/)
  t.equal(page.split('\n').filter(line => line.startsWith('| ⚠️')).length, 1, 'one row')
})

t.test('within the limits of GitHub', async t => {
  const many = made(Array.from({ length: 20_000 }, (_, at) => finding({ message: `${'long '.repeat(30)}${at}`, level: at % 3 === 0 ? 'error' : 'warning' })))
  const lines = githubAnnotations(many).trimEnd().split('\n')
  t.equal(lines.length, 20)
  t.match(lines[9], /^::error title=Hotpass::and 6658 more/)
  const page = markdownSummary(many, MOST_SUMMARY_BYTES)
  t.ok(Buffer.byteLength(page) <= MOST_SUMMARY_BYTES && Buffer.byteLength(page) > MOST_SUMMARY_BYTES / 2)
  t.match(page, /\n\d+ more findings not shown\.\n/)
  t.match(page, /### Checks/)
})
