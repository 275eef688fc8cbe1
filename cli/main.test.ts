import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { nameOf } from '../kernel/registry/registry.ts'
import { validatorFor } from '../kernel/schema.ts'
import { registry } from './commands/index.ts'
import { flagOf } from './options.ts'
import { asHotpassError } from './render/error.ts'
import { renderers } from './render/index.ts'
import { createPaint } from './render/paint.ts'
import { CLUBS, copyOf, makeFolder, makeWorkspace, say } from './workspace.case.ts'

const ERROR_SCHEMA = { type: 'object', additionalProperties: false, required: ['schema', 'error'], properties: { schema: { const: 'urn:hotpass:schema:error:1' }, error: { type: 'object', required: ['code', 'message', 'place', 'hint', 'exit'] } } }
const schemaOf = (name: string): object => registry.commands.find(command => nameOf(command) === name)!.output

t.test('exit codes', async t => {
  const ws = makeWorkspace()
  const cases: readonly (readonly [argv: string, exit: number, code: string | undefined, env?: Record<string, string>])[] = [
    ['--version', 0, undefined],
    ['--help', 0, undefined],
    ['run --help', 0, undefined],
    ['config show', 0, undefined],
    ['rnu', 2, 'E_USAGE'],
    ['--versio', 2, 'E_USAGE'],
    ['--profile=clubs', 2, 'E_USAGE'],
    ['runs', 2, 'E_USAGE'],
    ['runs lst', 2, 'E_USAGE'],
    ['run --input-dri x', 2, 'E_USAGE'],
    ['run --workers none', 2, 'E_USAGE'],
    ['run --workers 0', 2, 'E_USAGE'],
    ['run --mode lenient', 2, 'E_USAGE'],
    ['run --mode strict --mode best-effort', 2, 'E_USAGE'],
    ['run --input-dir', 2, 'E_USAGE'],
    ['run --log-format loud', 2, 'E_USAGE'],
    ['run extra', 2, 'E_USAGE'],
    ['diff latest', 2, 'E_USAGE'],
    ['-C nowhere run', 2, 'E_USAGE'],
    ['run --expectation-suite default', 2, 'E_NOT_BUILT'],
    ['run --automation-http-retries 3', 2, 'E_NOT_BUILT'],
    ['run --observability', 2, 'E_NOT_BUILT'],
    ['enrich', 2, 'E_NOT_BUILT'],
    ['serve', 2, 'E_NOT_BUILT'],
    ['api', 2, 'E_NOT_BUILT'],
    ['dashboard --port 1', 2, 'E_NOT_BUILT'],
    ['run --profile no-such', 2, 'E_UNKNOWN_NAME'],
    ['run --profile ./no-such.yaml', 2, 'E_PROFILE'],
    ['run --config no-such.yaml', 2, 'E_CONFIG'],
    ['run', 2, 'E_CONFIG', { HOTPASS_INPUT_DRI: 'x' }],
    ['config explain refine.budget', 2, 'E_UNKNOWN_NAME'],
    ['run --input-dir nowhere', 1, 'E_INPUT_MISSING'],
    ['run --input-dir config/profiles', 1, 'E_INPUT_EMPTY'],
    ['inspect nowhere.csv', 1, undefined],
    ['runs list --store-dir nowhere', 4, 'E_STORE_MISSING']
  ]
  for (const [line, exit, code, env] of cases) {
    const argv = line.split(' ')
    const said = await say(ws, argv, env === undefined ? {} : { env })
    t.equal(said.exit, exit, `hotpass ${line} exits ${exit}`, { err: said.err })
    if (code === undefined) continue
    t.match(said.err, new RegExp(`^${code} .+\n`), `hotpass ${line}: ${code}`)
    t.equal(said.out, '', 'nothing on standard output')
    const json = await say(ws, [...argv, '--json'], env === undefined ? {} : { env })
    if (json.json !== undefined) {
      t.same(validatorFor(ERROR_SCHEMA)(json.json), [], 'the error is JSON as well')
      t.equal(json.json.error.code, code)
      t.equal(json.json.error.exit, exit)
    } else t.match(line, /--input-dir$/, 'only a flag that swallows --json leaves none')
  }
  t.end()
})

t.test('did you mean', async t => {
  const ws = makeWorkspace({ 'bad.yaml': 'report:\n  titel: x\n' })
  const expected: readonly (readonly [line: string, hint: string])[] = [
    ['rnu', 'did you mean "run"?'],
    ['runs shwo', 'did you mean "show"?'],
    ['--versio', 'did you mean "--version"?'],
    ['run --input-dri x', 'did you mean "--input-dir"?'],
    ['run --profile clbs', 'did you mean "clubs"?'],
    ['run --config bad.yaml', 'bad.yaml:2: report.titel: unknown key; did you mean title?'],
    ['config explain report.titel', 'did you mean report.title?']
  ]
  for (const [line, hint] of expected) {
    const { err } = await say(ws, line.split(' '))
    t.ok(err.includes(hint), `hotpass ${line}: ${hint}`, { err })
  }
  t.end()
})

t.test('help of every command', async t => {
  const ws = makeFolder({})
  const all = await say(ws, ['--help'])
  for (const command of registry.commands) {
    const { exit, out, err } = await say(ws, [...command.path, '--help'])
    t.equal(exit, 0)
    t.equal(err, '')
    const flat = out.replace(/\s+/g, ' ')
    t.ok(flat.includes(command.summary), `${nameOf(command)}: its summary`)
    t.ok(all.out.includes(command.path[0]!), `${nameOf(command)} is in the list`)
    for (const property of Object.keys(command.input.properties)) t.ok(flat.includes(command.positionals.includes(property) ? property : `--${flagOf(property)}`), `${nameOf(command)}: ${property}`)
    for (const { line } of command.examples) t.ok(out.replace(/\s+/g, '').includes(`hotpass${line}`.replace(/\s+/g, '')), `${nameOf(command)}: example ${line}`)
    t.ok(renderers.has(nameOf(command)), `${nameOf(command)} has a text`)
    for (const alias of command.aliases) t.equal((await say(ws, [alias, '--help'])).out, out, `${alias} is the same`)
  }
  t.end()
})

t.test('a run, and everything that can be asked of it', async t => {
  const ws = makeWorkspace()
  const results = new Map<string, any>()
  const ask = async (name: string, argv: readonly string[], exit = 0): Promise<any> => {
    const said = await say(ws, [...argv, '--json'])
    t.equal(said.exit, exit, `${name} exits ${exit}`, { err: said.err })
    t.same(validatorFor(schemaOf(name))(said.json), [], `${name} gives what its schema says`)
    t.equal(said.json?.schema, registry.commands.find(command => nameOf(command) === name)!.output.$id)
    results.set(name, said.json)
    return said.json
  }
  const first = await ask('run', ['run', '--format', 'xlsx,csv,jsonl'])
  t.match(first.run_id, /^run-[0-9a-f]{32}$/)
  t.equal(first.verdict, 'succeeded')
  t.equal(first.counts.rows_in, first.counts.used + first.counts.merged + first.counts.quarantined, 'the counts add up')
  t.equal(first.counts.quarantined, 1, 'the row without a club')
  for (const { path, bytes } of first.outputs) t.equal(readFileSync(join(ws, path)).length, bytes, `${path} is there`)
  t.same(readdirSync(join(ws, 'dist')).filter(name => name.startsWith('.')), [], 'nothing half-written')

  const second = await ask('run', ['refine', '--format', 'xlsx,csv,jsonl'])
  t.equal(second.run_id, first.run_id, 'the same request is the same run')
  t.equal(second.attempt, 2)
  t.equal(second.cache.misses, 0)
  const retitled = await ask('run', ['run', '--format', 'xlsx,csv,jsonl', '--sensitive-field', 'town'])
  t.not(retitled.run_id, first.run_id)
  t.same(retitled.steps.filter((step: any) => step.cache === 'miss').map((step: any) => step.step), ['report', 'expect'], 'a field to mask reruns only what names examples')

  await ask('runs list', ['runs', 'list'])
  await ask('runs show', ['runs', 'show', first.run_id.slice(0, 10)])
  t.equal(results.get('runs show').attempts, 2)
  await ask('replay', ['replay', 'latest'])
  t.equal(results.get('replay').verdict, 'identical')
  t.ok(results.get('replay').operator_calls > 5)
  await ask('explain', ['explain', 'latest', '--row', 'Heron Flyers', '--column', 'email'])
  const cell = results.get('explain').cells[0]
  t.match(cell.from[0], { file: 'clubs.csv', row: 4, column: 'B', header: 'E-mail', cell: 'B4' })
  t.notMatch(cell.from[0].raw, /hello@heron/, 'masked')
  const revealed = await say(ws, ['explain-provenance', '--dataset', 'dist/refined.xlsx', '--row-id', '0', '--reveal', '--json', '--output', 'out/row.json'])
  t.equal(revealed.exit, 0, revealed.err)
  t.same(JSON.parse(readFileSync(join(ws, 'out/row.json'), 'utf8')), revealed.json)
  t.ok(JSON.stringify(revealed.json).includes('hello@heron.example'))
  await ask('query', ['query', 'select reason, count(*) as n from quarantine group by reason order by reason'])
  t.same(results.get('query').columns, ['reason', 'n'])
  t.equal((await say(ws, ['query', 'delete from runs'])).exit, 2)
  for (const two of ['select 1; select 2', 'select 1; delete from runs', 'select 1 -- a;\n; /* b */ select 2']) t.match((await say(ws, ['query', two])).err, /^E_USAGE there is more than one statement/, two)
  t.match((await say(ws, ['query', ' ; '])).err, /^E_USAGE there is no statement/)
  t.equal((await say(ws, ['query', "select 'a;b' as c; -- the end; really"])).exit, 0, 'what is no statement may follow')
  t.equal((await say(ws, ['query', '--format', 'csv', 'select club from data order by 1 limit 1'])).out, 'club\r\nHeron Flyers\r\n')
  await ask('inspect', ['inspect', 'data', '--profile', 'clubs'])
  t.equal(results.get('inspect').files[0].tables[0].columns[1].target, 'email')
  await ask('config show', ['config', 'show'])
  await ask('config explain', ['config', 'explain', 'report.title'])
  t.match(results.get('config explain').layers.at(-1), { kind: 'file', name: 'hotpass.yaml', line: 3, value: 'Clubs', wins: true })
  await ask('config validate', ['config', 'validate'])
  await ask('overview', ['overview'])
  t.equal(results.get('overview').runs, 3)
  await ask('completion', ['completion', 'zsh'])
  await ask('doctor', ['doctor', '--full'])
  t.equal(results.get('doctor').verdict, 'healthy')
  await ask('doctor', ['doctor', '--expect-head', first.ledger_head])

  writeFileSync(join(ws, 'data/clubs.csv'), `${CLUBS}Plover Air,ops@plover.example,,George\n`.replace('Knysna', 'Sedgefield'))
  await ask('run', ['run', '--format', 'xlsx,csv,jsonl', '--sensitive-field', 'town'])
  await ask('diff', ['diff', 'latest~1', 'latest', '--reveal'])
  t.match(results.get('diff'), { identical: false, rows: { added: 1, removed: 0, changed: 1 }, cells_changed: 1, added: ['Plover Air'], causes: { inputs: [{ id: 'clubs.csv', change: 'changed' }], config: [], operators: [] } })
  t.same(results.get('diff').changed, [{ key: 'Heron Flyers', column: 'town', from: 'Knysna', to: 'Sedgefield' }])
  await ask('bundle', ['bundle', 'latest', '-o', 'run.hotpass'])
  const elsewhere = makeFolder({ 'run.hotpass': readFileSync(join(ws, 'run.hotpass')) })
  const there = await say(elsewhere, ['replay', 'run.hotpass', '--json'])
  t.equal(there.json?.verdict, 'identical', there.err)
  t.same(readdirSync(elsewhere), ['run.hotpass'], 'the bundle is replayed without a trace')

  writeFileSync(join(elsewhere, 'notes.txt'), 'no bundle\n')
  t.match((await say(elsewhere, ['replay', 'notes.txt'])).err, /^E_STORE_FORMAT the file is no bundle/)

  for (const name of results.keys()) {
    const argv = { 'runs show': ['runs', 'show', 'latest'], replay: ['replay', 'latest'], explain: ['explain', '--row', '1'], query: ['query', 'select 1 as one'], inspect: ['inspect', 'data'].concat('--profile', 'clubs'), 'config explain': ['config', 'explain', 'country'], diff: ['diff', 'latest~1', 'latest'], bundle: ['bundle', '--force', '-o', 'run.hotpass'], completion: ['completion', 'bash'] }[name] ?? name.split(' ')
    const said = await say(ws, argv)
    t.equal(said.exit, 0, `${name} has a text`, { err: said.err })
    t.ok(said.out.length > 3 && !said.out.includes('undefined') && !said.out.includes('[object'), `${name}: the text is whole`, { out: said.out })
    t.notMatch(said.out, /\u001b/, `${name}: no colours in a pipe`)
  }
  t.end()
})

t.test('data that fails, and a store that is damaged', async t => {
  const ws = makeWorkspace({ 'hotpass.yaml': 'profile: clubs\nrefine:\n  budgets:\n    quarantined_rows: 0.01\n' })
  const strict = await say(ws, ['run', '--json'])
  t.equal(strict.exit, 3, 'a breached budget in strict mode')
  t.equal(strict.json.verdict, 'breached')
  t.same(validatorFor(schemaOf('run'))(strict.json), [])
  const lenient = await say(ws, ['run', '--mode', 'best-effort', '--json'])
  t.equal(lenient.exit, 0, 'best-effort says it as a warning')
  t.equal(lenient.json.verdict, 'degraded')
  t.equal((await say(ws, ['run', '--strict'], { env: { HOTPASS_MODE: 'best-effort' } })).exit, 3, '--strict beats the environment')
  t.equal((await say(ws, ['run'], { env: { HOTPASS_MODE: 'best-effort' } })).exit, 0, 'the environment beats the default')

  const broken = copyOf(ws)
  const object = join(broken, '.hotpass/objects', lenient.json.inputs[0].hash.slice(0, 2), lenient.json.inputs[0].hash.slice(2))
  chmodSync(object, 0o600)
  const bytes = readFileSync(object)
  bytes[0]! ^= 1
  writeFileSync(object, bytes)
  const doctor = await say(broken, ['doctor', '--full', '--json'])
  t.equal(doctor.exit, 4, 'the doctor finds a flipped bit')
  t.ok(JSON.stringify(doctor.json).includes(lenient.json.inputs[0].hash.slice(2)), 'and names the object')
  t.ok(JSON.stringify(doctor.json).includes(lenient.json.run_id), 'and the runs')
  const replay = await say(broken, ['replay', 'latest', '--json'])
  t.equal(replay.exit, 4)
  t.equal(replay.json.verdict, 'input-damaged')
  t.equal((await say(broken, ['doctor', '--expect-head', '0'.repeat(63) + '1'])).exit, 4)

  const outside = makeFolder({ 'x.csv': CLUBS })
  symlinkSync(join(outside, 'x.csv'), join(ws, 'data/link.csv'))
  t.equal((await say(ws, ['run'])).exit, 5, 'a link out of the input folder')
  rmSync(join(ws, 'data/link.csv'))
  t.end()
})

t.test('standard output is the result, standard error is everything else', async t => {
  const ws = makeWorkspace()
  const plain = await say(ws, ['run'])
  t.match(plain.out, /^(warning .*\n)*\n?run +run-[0-9a-f]{32}\n/, 'the footer')
  for (const word of ['mode', 'verdict', 'counts', 'record', 'ledger', 'sha256:', 'Next\n  hotpass replay']) t.ok(plain.out.includes(word), `the footer says ${word}`)
  t.match(plain.out, /counts +5 rows in = 3 used \+ 1 merged \+ 1 quarantined \(0 set aside, 1 broke a rule\)\n/)
  t.match(plain.out, /\n  dist\/refined\.report\.html\n$/, 'the report is named by its path alone')
  t.match(plain.err, /\[\d+\/\d+\] merge: succeeded/, 'progress as lines')
  t.equal((await say(ws, ['run', '--quiet'])).err, '')
  const logged = await say(ws, ['run', '--log-format', 'json', '--json'])
  t.ok(logged.json)
  const events = logged.err.trim().split('\n').map(line => JSON.parse(line))
  t.ok(events.every(event => typeof event.event === 'string' && typeof event.message === 'string'), 'JSON lines')
  const bar = await say(ws, ['run'], { terminal: { errIsTerminal: true } })
  t.match(bar.err, /█/, 'a bar on a terminal')
  t.notMatch(bar.out, /█/)
  t.notMatch((await say(ws, ['run'], { terminal: { errIsTerminal: true }, env: { TERM: 'dumb' } })).err, /█|\u001b/, 'not on a dumb one')
  t.match((await say(ws, ['runs', 'list'], { env: { FORCE_COLOR: '1' } })).out, /\u001b\[/)
  t.notMatch((await say(ws, ['runs', 'list'], { env: { NO_COLOR: '1' }, terminal: { outIsTerminal: true } })).out, /\u001b/)
  t.notMatch((await say(ws, ['runs', 'list', '--no-color'], { env: { FORCE_COLOR: '1' } })).out, /\u001b/)
  const bug = await say(ws, ['run', '--input-dir', 'nowhere'])
  t.notMatch(bug.err, /\n\s+at /, 'no stack')
  t.match((await say(ws, ['run', '--input-dir', 'nowhere', '--debug'])).err, /\n\s+at /, 'but with --debug')
  t.end()
})

t.test('flags of a run', async t => {
  const ws = makeWorkspace({ 'other/clubs.csv': CLUBS, 'low.toml': 'country = "GB"\n', 'high.json': '{"country": "DE"}' })
  const run = async (...argv: string[]): Promise<any> => (await say(ws, ['run', '--json', ...argv])).json
  const out = await run('-i', 'other', '-o', 'out/clubs.parquet', '--report-path', 'reports/r.html', '--archive', '--dist-dir', 'zips', '--as-of', '2026-01-31')
  const paths = out.outputs.map((file: any) => file.path)
  for (const path of ['out/clubs.parquet', 'out/clubs.xlsx', 'reports/r.html', 'zips/clubs-20260131T000000Z.zip']) t.ok(paths.includes(path) && existsSync(join(ws, path)), path, { paths })
  t.equal(out.pins.as_of, '2026-01-31T00:00:00Z')
  t.equal((await say(ws, ['run', '--json'], { env: { SOURCE_DATE_EPOCH: '1769817600' } })).json.pins.as_of, '2026-01-31T00:00:00Z', 'SOURCE_DATE_EPOCH pins the clock')
  const country = async (argv: string[], env = {}): Promise<string> => (await say(ws, ['config', 'show', '--json', ...argv], { env })).json.config.country
  t.equal(await country([]), 'ZA')
  t.equal(await country(['--config', 'low.toml', '--config', 'high.json']), 'DE', 'later files win')
  t.equal(await country(['--config', 'high.json'], { HOTPASS_COUNTRY_CODE: 'NL' }), 'NL', 'the environment beats files')
  const first = await say(ws, ['--profile', 'clubs', 'config', 'show', '--json'])
  t.equal(first.json.profile, 'clubs', 'shared flags may stand before the command')
  t.equal((await say(join(ws, 'data'), ['overview', '--json'])).json.workspace.root, ws, 'the workspace is found by walking up')
  t.equal((await say('/', ['-C', ws, 'overview', '--json'])).json.workspace.root, ws)
  const own = await say(ws, ['run', '--input-dir', '.', '--json'])
  t.same(own.json.inputs.map((input: any) => input.id), ['data/clubs.csv', 'other/clubs.csv', 'out/clubs.conflicts.csv', 'out/clubs.conflicts.parquet', 'out/clubs.parquet', 'out/clubs.quarantine.parquet', 'out/clubs.quarantine.csv', 'out/clubs.xlsx', 'out/clubs.csv'].sort(), 'a run never reads its own outputs')
  t.match((await say(ws, ['run', '--input-dir', 'dist'])).err, /^E_USAGE the outputs would stand among the inputs, in dist\n/)
  const slow = await say(ws, ['query', '--timeout', '1', 'with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n'])
  t.equal(slow.exit, 2)
  t.match(slow.err, /more than 1 seconds/)
  t.end()
})

t.test('completion', async t => {
  const ws = makeWorkspace()
  const words = async (...typed: string[]): Promise<string[]> => (await say(ws, ['--complete', '--', ...typed])).out.split('\n').filter(line => line !== '').map(line => line.split('\t')[0]!)
  t.ok((await words('')).includes('refine'))
  t.same(await words('con'), ['config', 'contracts'])
  t.same(await words('config', ''), ['explain', 'show', 'validate'])
  t.same(await words('run', '--mode', ''), ['strict', 'best-effort'])
  t.same(await words('run', '--arch'), ['--archive'])
  t.ok((await words('run', '--profile', '')).includes('clubs'), 'profiles of the workspace')
  t.same(await words('run', '--input-dir', ''), [], 'files are the shell\'s')
  const { json } = await say(ws, ['run', '--json'])
  t.same(await words('replay', 'run-'), [json.run_id], 'run ids of the store')
  t.match((await say(ws, ['completion'], { env: { SHELL: '/usr/bin/tcsh' } })).err, /^E_USAGE there is no completion for tcsh\n.*bash, zsh, fish/)
  t.match((await say(ws, ['completion'])).err, /^E_USAGE which shell\?/)
  t.equal((await say(ws, ['completion'], { env: { SHELL: '/usr/bin/zsh' } })).out, (await say(ws, ['completion', 'zsh'])).out)
  for (const shell of ['bash', 'zsh', 'fish']) t.match((await say(ws, ['completion', shell])).out, /hotpass --complete -- /)
  t.end()
})

t.test('init', async t => {
  const folder = makeFolder({})
  const made = await say(folder, ['init', '--path', 'ws', '--json'])
  t.equal(made.exit, 0, made.err)
  t.same(validatorFor(schemaOf('init'))(made.json), [])
  const ws = join(folder, 'ws')
  for (const path of ['hotpass.yaml', 'config/profiles/quickstart.yaml', '.gitignore', 'README.md', 'data/Members.xlsx']) t.ok(existsSync(join(ws, path)), path)
  const ran = await say(ws, ['run', '--strict', '--json'])
  t.equal(ran.exit, 0, 'it runs without an edit', { err: ran.err, errors: ran.json?.errors })
  t.ok(existsSync(join(ws, 'dist/refined.xlsx')))
  t.equal((await say(folder, ['init', '--path', 'ws'])).exit, 0, 'once more changes nothing')
  writeFileSync(join(ws, 'hotpass.yaml'), 'profile: mine\n')
  t.equal((await say(folder, ['init', '--path', 'ws'])).exit, 1, 'it replaces nothing unasked')
  t.equal(readFileSync(join(ws, 'hotpass.yaml'), 'utf8'), 'profile: mine\n')
  t.equal((await say(folder, ['init', '--path', 'ws', '--force'])).exit, 0)
  t.end()
})

t.test('what text says of few, none and much', async t => {
  const ws = makeWorkspace({ 'data/clubs.csv': 'Club,Town\nHeron Flyers,Knysna\n', 'none/x.csv': 'Club,Town\n,Knysna\n,Paarl\n' })
  const one = await say(ws, ['run'])
  t.match(one.out, /counts +1 row in = 1 used \+ 0 merged \+ 0 quarantined\n/)
  t.match(one.out, /dataset +1 row\n/)
  t.match((await say(ws, ['explain', '--row', '2'])).err, /it has 1 row\n/)
  const none = await say(ws, ['run', '--mode', 'best-effort', '--input-dir', 'none'])
  t.match(none.out, /dataset +0 rows\n/)
  t.notMatch(none.out, /hotpass explain/, 'an empty dataset has no row to explain')

  const why = 'the header is a known name of it'
  t.match((await say(ws, ['inspect', 'data'])).out, /^mapping of the profile generic; --profile NAME shows that of a profile\n/)
  t.ok((await say(ws, ['inspect', join(ws, 'none'), '--profile', 'clubs'])).out.startsWith('mapping of the profile clubs\n'))
  writeFileSync(join(ws, 'data/clubs.csv'), CLUBS)
  t.ok((await say(ws, ['inspect', 'data', '--profile', 'clubs'])).out.includes(why))
  t.ok((await say(ws, ['inspect', 'data', '--profile', 'clubs'], { terminal: { columns: 80, outIsTerminal: true } })).out.includes(why), 'on a narrow terminal as well')

  const widest = async (columns: number, ...argv: string[]): Promise<number> => Math.max(...(await say(ws, [...argv, '--help'], { terminal: { columns } })).out.split('\n').map(line => line.length))
  for (const columns of [50, 80, 100]) {
    t.ok(await widest(columns, 'run') <= columns, `help of ${columns} columns`)
    t.ok(await widest(columns) <= columns)
  }
  t.end()
})

t.test('a replay that differs shows what is not personal, where it changed', t => {
  const text = (cells: readonly object[], masked: boolean): string =>
    renderers.get('replay')!({ run_id: 'run-1', attempt: 1, verdict: 'differs', steps_compared: 1, operator_calls: 2, masked, differences: [{ step: 'score', operator_id: 'score@1.0.0', parts: ['output_refs'], artifacts: [{ slot: 'dataset', before: 'a'.repeat(64), after: 'b'.repeat(64), cells }] }], published: [], notes: [] }, { paint: createPaint(false), columns: 100, input: {} })
  const long = (value: string): string => `[${'{"a":1},'.repeat(100)}{"a":${value}},${'{"b":1},'.repeat(100)}]`
  const shown = text([{ where: 'cell', table: 'data', row: 3, column: 'score', before: '0.5', after: '0.75' }, { where: 'cell', table: 'data', row: 3, column: 'origin', before: long('2'), after: long('3') }], true)
  t.match(shown, /1 step, 2 operators run again/)
  t.match(shown, /cell data row 3 score: "0\.5" → "0\.75"\n/)
  t.match(shown, /cell data row 3 origin: …".{1,90}2.{1,90}"… → …".{1,90}3.{1,90}"…\n/)
  t.ok(shown.split('\n').every(line => line.length < 260), shown)
  t.match(shown, /--reveal shows them$/)
  t.notMatch(text([], false), /reveal/)
  t.end()
})

t.test('a right that is missing is a fault of the file', t => {
  const told = (code: string, syscall: string): string => asHotpassError(Object.assign(new Error(code), { code, syscall, errno: -13, path: 'x' })).code
  t.equal(told('EACCES', 'scandir'), 'E_INPUT_UNREADABLE')
  t.equal(told('EPERM', 'open'), 'E_INPUT_UNREADABLE')
  t.equal(told('EACCES', 'mkdir'), 'E_OUTPUT_UNWRITABLE')
  t.equal(told('EROFS', 'rename'), 'E_OUTPUT_UNWRITABLE')
  t.equal(told('EIO', 'read'), 'E_IO')
  t.end()
})
