/** What needs a person waits for one: at a terminal, for this very call, once. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { registry } from '../../commands/index.ts'
import { makeWorkspace, say } from '../../workspace.case.ts'
import { openService } from '../service.case.ts'
import { openApprovals, VALID_MS } from './approval.ts'

const POLICY = (more: string): string => `profile: clubs\nmcp: { policy: { tools: ['*'], read: [data], write: [dist]${more} } }\n`

t.test('a call is approved by a person, once', { timeout: 120_000 }, async t => {
  const ws = makeWorkspace({ 'hotpass.yaml': POLICY('') })
  const { call, close } = await openService(ws)
  t.teardown(close)
  await call('hotpass.run')
  const reveal = { row: '1', column: ['email'], reveal: true }
  const refused = await call('hotpass.explain', reveal)
  const { approval } = (refused._meta as Record<string, any>)['hotpass/error']
  t.match(approval, { id: /^[0-9a-f]{12}$/, tool: 'hotpass.explain', kinds: ['unmask'] })
  t.equal(((await call('hotpass.explain', reveal))._meta as Record<string, any>)['hotpass/error'].approval.id, approval.id, 'the same call, the same id')
  t.match((await say(ws, ['mcp', 'approvals', '--json'])).json.approvals, [{ id: approval.id, arguments: reveal, granted_at: null }])
  t.match((await say(ws, ['mcp', 'approvals'])).out, /waits .*hotpass\.explain .*unmask/)

  t.match(await say(ws, ['mcp', 'approve', approval.id]), { exit: 5, err: /given by a person at a terminal/ }, 'no terminal, no approval')
  t.match(await say(ws, ['mcp', 'approve', approval.id, '--yes']), { exit: 2 }, 'and no flag that says yes')
  const approve = registry.find(['mcp', 'approve'])!
  const atTerminal = (answer: boolean, id = approval.id) => {
    let question = ''
    const host = { cwd: ws, env: {}, signal: new AbortController().signal, tell: () => {}, ask: async (text: string) => ((question = text), answer) }
    return approve.run({ id }, host).then(({ result }) => ({ ...result, question }))
  }
  t.match(await atTerminal(false), { approved: false, question: /hotpass\.explain.*unmasked.*"reveal":true.*Allow it, once\?/s })
  t.equal((await call('hotpass.explain', reveal)).isError, true, 'a no leaves it closed')
  t.match(await atTerminal(true), { approved: true })
  t.match((await say(ws, ['mcp', 'approvals'])).out, /approved/)
  t.equal((await call('hotpass.explain', { ...reveal, row: '2' })).isError, true, 'another call is another matter')
  t.match((await call('hotpass.explain', reveal)).structuredContent, { masked: false, cells: [{ value: 'hello@heron.example' }] })
  t.equal((await call('hotpass.explain', reveal)).isError, true, 'once')
  await t.rejects(atTerminal(true, 'ffffffffffff'), { code: 'E_UNKNOWN_NAME' })

  const asks = async (name: string, given: object = {}): Promise<unknown> => ((await call(name, given))._meta as Record<string, any>)['hotpass/error']?.approval?.kinds
  for (const name of ['refined.yaml', 'refined.notes.txt', 'refined.json', 'refined-old.csv', 'refined.jsonl']) writeFileSync(join(ws, 'dist', name), 'somebody put this here\n')
  t.equal(await asks('hotpass.run'), undefined, 'what no output replaces needs nobody')
  t.equal(await asks('hotpass.qa', { target: 'profiles' }), undefined)
  t.same(await asks('hotpass.run', { format: ['jsonl'] }), ['replace'], 'what this one would replace does')
  writeFileSync(join(ws, 'dist/resolved.csv'), 'somebody put this here\n')
  t.same(await asks('hotpass.resolve', { input_file: 'data/clubs.csv' }), ['replace'], 'also where no argument names it')

  t.same(await asks('hotpass.contracts.emit', { output: 'dist/refined.csv' }), ['replace'], 'what a run wrote is replaced by a run alone')
  t.same(await asks('hotpass.contracts.emit', { output: 'dist/contract.yaml' }), undefined)

  mkdirSync(join(ws, 'dist'), { recursive: true })
  writeFileSync(join(ws, 'dist/refined.csv'), 'somebody wrote over this\n')
  t.match((await call('hotpass.run'))._meta, { 'hotpass/error': { approval: { kinds: ['replace'] } } }, 'a file that no run wrote is not replaced')
})

t.test('an approval lapses, and two that want it do not both get it', async t => {
  let now = 1_000_000
  const approvals = openApprovals(join(makeWorkspace(), '.hotpass'), () => now)
  const id = '0123456789ab'
  await approvals.ask({ id, tool: 'hotpass.x', kinds: ['match'], arguments: {} })
  t.equal(approvals.take(id), false, 'not granted')
  await approvals.grant(id)
  t.same([approvals.take(id), approvals.take(id)], [true, false])
  await approvals.ask({ id, tool: 'hotpass.x', kinds: ['match'], arguments: {} })
  await approvals.grant(id)
  now += VALID_MS
  t.equal(approvals.take(id), false, 'too late')
  t.same(approvals.list(), [])
  for (const bad of ['../0123456789', 'x', '0123456789AB', '']) t.equal(approvals.take(bad), false)
})

t.test('never is never, and always needs nobody', { timeout: 60_000 }, async t => {
  for (const [value, expected] of [['never', /E_PERMISSION.*never lets an agent show personal values unmasked/], ['allow', /hello@heron\.example/]] as const) {
    const ws = makeWorkspace({ 'hotpass.yaml': POLICY(`, unmask: ${value}`) })
    const { call, close } = await openService(ws)
    await call('hotpass.run')
    t.match(JSON.stringify(await call('hotpass.explain', { row: '1', column: ['email'], reveal: true })), expected)
    await close()
  }
})
