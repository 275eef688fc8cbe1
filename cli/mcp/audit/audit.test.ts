/** The audit log: every edited, removed or moved line is found, a torn one is not believed, and processes share it. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { makeFolder, say } from '../../workspace.case.ts'
import { registry } from '../../commands/index.ts'
import { serve } from '../serve.ts'
import { CALLER, openService } from '../service.case.ts'
import { lineIn, NO_LINE, type AuditEvent } from './line.ts'
import { openAuditLog } from './log.ts'
import { maskedArguments } from './masked.ts'
import { verifyAuditLog } from './verify.ts'

const EVENT: AuditEvent = { time: '2026-01-31T00:00:00.000Z', kind: 'call', what: 'hotpass.run', session: 's', transport: 'stdio', client: 'c 1', arguments: { profile: 'clubs' }, arguments_hash: NO_LINE, outcome: 'ok', code: '', message: '', run_id: '', record_hash: '', flags: [], duration_ms: 1 }

async function filled(lines: number): Promise<{ readonly path: string; readonly ws: string; readonly text: string; readonly head: string }> {
  const ws = makeFolder({ 'hotpass.yaml': 'profile: generic\n' })
  const log = openAuditLog(join(ws, '.hotpass'))
  let head = ''
  for (let at = 0; at < lines; at++) head = (await log.append({ ...EVENT, duration_ms: at })).hash
  return { path: log.path, ws, text: readFileSync(log.path, 'utf8'), head }
}

t.test('an unbroken chain', async t => {
  const { path, ws, head } = await filled(5)
  t.same(await verifyAuditLog(path), { lines: 5, head, problems: [], unfinished: 0 })
  for (const form of [head, `sha256:${head}`]) t.match((await say(ws, ['audit', 'verify', '--expect-head', form, '--json'])).json, { valid: true, lines: 5, head })
  t.match((await say(ws, ['audit', 'verify'])).out, /5 lines.*\n.*whole/)
  t.match((await say(ws, ['audit', 'show', '-n', '2', '--json'])).json, { total: 5, lines: [{ sequence: 5 }, { sequence: 4 }] })
  t.match((await say(ws, ['audit', 'show'])).out, /hotpass\.run/)
  t.equal((await say(makeFolder({ 'hotpass.yaml': 'profile: generic\n' }), ['audit', 'verify'])).exit, 4, 'no log is no proof')
})

t.test('any line that is changed, removed, repeated or moved is found', async t => {
  const { path, ws, text, head } = await filled(6)
  const lines = text.trimEnd().split('\n')
  const broken: readonly (readonly [what: string, lines: readonly string[]])[] = [
    ...lines.map((line, at): [string, string[]] => [`line ${at + 1} edited`, lines.with(at, line.replace('"hotpass.run"', '"hotpass.ran"'))]),
    ...lines.slice(0, -1).map((_, at): [string, string[]] => [`line ${at + 1} removed`, lines.toSpliced(at, 1)]),
    ['two lines exchanged', [lines[1]!, lines[0]!, ...lines.slice(2)]],
    ['the last two exchanged', [...lines.slice(0, 4), lines[5]!, lines[4]!]],
    ['a line repeated', [...lines.slice(0, 3), ...lines.slice(2)]],
    ['a space added', lines.with(2, `${lines[2]} `)],
    ['keys in another order', lines.with(2, JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(lines[2]!)).reverse())))],
    ['a line of nonsense', [...lines.slice(0, 3), 'nonsense', ...lines.slice(3)]],
    ['an empty line', [...lines.slice(0, 3), '', ...lines.slice(3)]]
  ]
  for (const [what, kept] of broken) {
    writeFileSync(path, `${kept.join('\n')}\n`)
    t.ok((await verifyAuditLog(path)).problems.length > 0, what)
  }
  // Each bit of one line.
  const bytes = Buffer.from(text)
  const start = text.indexOf('\n') + 1
  const end = text.indexOf('\n', start)
  let missed = 0
  for (let at = start; at <= end; at += 7) {
    for (const bit of [1, 2, 4, 8, 16, 32, 64]) {
      const flipped = Buffer.from(bytes)
      flipped[at]! ^= bit
      writeFileSync(path, flipped)
      if ((await verifyAuditLog(path)).problems.length === 0) missed++
    }
  }
  t.equal(missed, 0, 'every flipped bit')
  // A cut tail leaves a whole chain, and only a head kept elsewhere tells.
  writeFileSync(path, `${lines.slice(0, 4).join('\n')}\n`)
  t.same((await verifyAuditLog(path)).problems, [])
  t.match((await verifyAuditLog(path, head)).problems, [{ line: 0, what: /cut off/ }])
  const { exit, json } = await say(ws, ['audit', 'verify', '--expect-head', head, '--json'])
  t.equal(exit, 4)
  t.equal(json.valid, false)
  const audit = async () => (await say(ws, ['doctor', '--json'])).json.checks.find(({ id }: any) => id === 'store.audit')
  t.match(await audit(), { status: 'ok', message: '4 lines, one unbroken chain' })
  writeFileSync(path, `${lines.with(1, lines[1]!.replace('"hotpass.run"', '"hotpass.ran"')).join('\n')}\n`)
  t.match(await audit(), { status: 'error', message: /line 2 is not as it was written/ }, 'the doctor tells it too')
  t.equal((await say(ws, ['doctor'])).exit, 4)
})

t.test('a line that a killed process left unfinished is cut off, and told', async t => {
  const { path, ws } = await filled(3)
  appendFileSync(path, '{"half":')
  t.match(await verifyAuditLog(path), { lines: 3, problems: [], unfinished: 8 })
  const line = await openAuditLog(join(ws, '.hotpass')).append(EVENT)
  t.equal(line.sequence, 5)
  t.match(readFileSync(path, 'utf8').split('\n')[3], /"kind":"recovered".*8 bytes of a line that was never finished/)
  t.match(await verifyAuditLog(path), { lines: 5, problems: [], unfinished: 0 })
})

t.test('a server says that its log was changed', async t => {
  const { path, ws, text } = await filled(5)
  writeFileSync(path, text.replace('hotpass.run', 'hotpass.ran'))
  const { service, call, close } = await openService(ws)
  t.teardown(close)
  t.equal(await service.verify(CALLER), 1)
  t.match(readFileSync(path, 'utf8').trim().split('\n').at(-1), /"code":"E_STORE_DAMAGED".*"what":"verify"/)
  t.match((await call('hotpass.overview'))._meta, { 'hotpass/audit': { damaged: 1 } })
  const stop = new AbortController()
  const told: string[] = []
  await serve({ http: '127.0.0.1:0' }, { cwd: ws, env: {}, signal: stop.signal, tell: ({ event, message }) => {
    if (event === 'mcp.audit_damaged') told.push(message)
    if (event === 'mcp.listening') stop.abort()
  } }, 'x', async () => registry)
  t.match(told, [/NOT AS IT WAS WRITTEN: 1 line/])
})

t.test('nothing is written behind a last line that was changed', async t => {
  const { path, ws, text } = await filled(3)
  writeFileSync(path, text.replace(/hotpass\.run(?!.*hotpass\.run)/s, 'hotpass.ran'))
  await t.rejects(openAuditLog(join(ws, '.hotpass')).append(EVENT), { code: 'E_STORE_DAMAGED' })
})

t.test('several logs of one file, as in several processes, make one chain', async t => {
  const { ws, path } = await filled(0 + 1)
  const logs = Array.from({ length: 4 }, () => openAuditLog(join(ws, '.hotpass')))
  await Promise.all(logs.flatMap(log => Array.from({ length: 10 }, () => log.append(EVENT))))
  t.match(await verifyAuditLog(path), { lines: 41, problems: [], unfinished: 0 })
  t.ok(lineIn(Buffer.from(`${readFileSync(path, 'utf8').trimEnd().split('\n')[20]!}\n`)))
})

t.test('arguments are kept without personal values, secrets and length', t => {
  t.same(maskedArguments({ sql: "select * from data where email = 'info@lapwing.example' and name = 'Thandi Nkosi'", row: 'Thandi Nkosi', profile: 'aviation', limit: 3, archive: true }, undefined), { '(unknown) sql': "select * from data where email = '•••@l•••.e•••' and name = 'T••• N•••'", '(unknown) row': 'T••• N•••', '(unknown) profile': 'aviation', '(unknown) limit': 3, '(unknown) archive': true })
  const run = registry.commands.find(({ path }) => path.join(' ') === 'run')
  t.same(maskedArguments({ background: true, cancel: 'run-0', other: true }, run), { background: true, cancel: 'run-0', '(unknown) other': true })
  t.same(maskedArguments('text', undefined), { '(not an object)': 'string' })
  t.ok(JSON.stringify(maskedArguments({ a: 'x'.repeat(100_000) }, undefined)).length < 500)
  t.end()
})
