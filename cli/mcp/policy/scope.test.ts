import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { registry } from '../../commands/index.ts'
import { makeWorkspace } from '../../workspace.case.ts'
import { toolsOf } from '../tools.ts'
import { leadsSomewhere, realPath } from './paths.ts'
import { allowsTool, readPolicy } from './policy.ts'
import { assertScope, isSteered } from './scope.ts'

const POLICY = 'profile: clubs\nmcp:\n  policy:\n    tools: ["@read", hotpass.run]\n    read: [data]\n    write: [dist]\n'
const OUTSIDE_ONLY = POLICY.replace('[dist]', '[out]')
const hostIn = (cwd: string) => ({ cwd, env: {}, signal: new AbortController().signal, tell: () => {} })

t.test('what a call would touch is held against the policy, links resolved', async t => {
  const ws = makeWorkspace({ 'hotpass.yaml': POLICY, 'evil.yaml': 'pipeline: { store_dir: ../outside }\n', 'data/steer.yaml': 'pipeline: { dist_dir: /tmp/elsewhere }\n' })
  const host = hostIn(ws)
  const policy = await readPolicy({}, host)
  mkdirSync(join(ws, 'secret'))
  writeFileSync(join(ws, 'secret/a.csv'), 'a\n1\n')
  symlinkSync(join(ws, 'secret'), join(ws, 'data/link'))
  symlinkSync('/etc', join(ws, 'data/etc'))
  symlinkSync(join(ws, 'nowhere'), join(ws, 'data/broken'))
  const find = (name: string) => registry.commands.find(({ path }) => path.join(' ') === name)!
  const check = async (name: string, input: Record<string, unknown>): Promise<string> => assertScope(find(name), input as never, policy, host).then(() => '', error => error.code as string)

  for (const [name, input] of [
    ['run', {}],
    ['run', { input_dir: './data', output_path: 'dist/a/b.xlsx' }],
    ['run', { profile: 'aviation' }],
    ['inspect', { files: ['data', 'data/clubs.csv'] }],
    ['explain', { run: 'latest', row: '1' }],
    ['explain', { row: 'Lapwing Gliding / Cape', output: 'dist/why.json' }],
    ['query', { sql: "select 'a/b' from data /* ../ inside a word is.. fine */ where x like '%/etc%'" }],
    ['bundle', { output_path: 'dist/run.hotpass' }],
    ['resolve', { input_file: 'data/clubs.csv' }],
    ['compliance report', {}],
    ['contracts import', { file: 'data/clubs.csv', output: 'dist/profiles/clubs.yaml' }]
  ] as const) t.equal(await check(name, input), '', `${name} ${JSON.stringify(input)}`)

  for (const [name, input] of [
    ['run', { input_dir: '/etc' }],
    ['run', { input_dir: '..' }],
    ['run', { input_dir: 'data/../..' }],
    ['run', { input_dir: 'data/link' }],
    ['run', { input_dir: 'data/etc' }],
    ['run', { output_path: '/tmp/x.xlsx' }],
    ['run', { output_path: 'dist/../hotpass.xlsx' }],
    ['run', { dist_dir: 'elsewhere' }],
    ['run', { report_path: '/tmp/r.html' }],
    ['run', { store_dir: '../outside' }],
    ['run', { config: ['evil.yaml'] }],
    ['run', { config: ['data/steer.yaml'] }],
    ['run', { profile: '../profile.yaml' }],
    ['run', { profile_search_path: ['/'] }],
    ['inspect', { files: ['data', 'secret/a.csv'] }],
    ['inspect', { files: ['~/x.csv'] }],
    ['explain', { row: '1', output: '.hotpass/mcp-approvals/0123456789ab.json' }],
    ['explain', { row: '1', output: 'hotpass.yaml' }],
    ['explain', { row: '1', dataset: '/etc/passwd' }],
    ['replay', { run: '/etc/passwd' }],
    ['bundle', {}],
    ['bundle', { output_path: 'bundle.hotpass' }],
    ['init', {}],
    ['resolve', { input_file: 'data/clubs.csv', dist_dir: 'elsewhere' }],
    ['contracts emit', { output: 'dist/hotpass.yaml' }],
    ['contracts emit', { output: 'dist/a/HOTPASS.YML' }],
    ['contracts emit', { output: 'dist/config/profiles/clubs.yaml' }],
    ['contracts emit', { output: 'dist/.hotpass/x.json' }],
    ['run', { report: ['sarif=../x.sarif'] }],
    ['run', { report: ['junit=/tmp/x.xml'] }],
    ['golden check', {}],
    ['golden update', { golden_dir: '/tmp' }]
  ] as const) t.equal(await check(name, input), 'E_PERMISSION', `${name} ${JSON.stringify(input)}`)
  for (const [name, property] of [['bundle', 'output_path'], ['resolve report', 'to'], ['resolve review export', 'to']] as const) await t.rejects(assertScope(find(name), {}, policy, host), { code: 'E_PERMISSION', message: new RegExp(`the default of ${property}`), hint: new RegExp(`give ${property} a path .*dist`) })
  const closed = makeWorkspace({ 'hotpass.yaml': OUTSIDE_ONLY })
  await t.rejects(assertScope(find('resolve'), { input_file: 'data/clubs.csv' }, await readPolicy({}, hostIn(closed)), hostIn(closed)), { code: 'E_PERMISSION', message: /folder for outputs, where output_file leads/, hint: /give output_file/ })
  const steered = (input: Record<string, unknown>): boolean => isSteered(find('run'), input as never, policy, host)
  t.same([{}, { profile: 'clubs' }, { profile: 'config/profiles/clubs.yaml' }, { profile: 'dist/mine.yaml' }, { config: ['dist/mine.yaml'] }].map(steered), [false, false, false, false, false], 'what is not there')
  mkdirSync(join(ws, 'dist'))
  writeFileSync(join(ws, 'dist/mine.yaml'), 'name: mine\n')
  t.same([{ profile: 'clubs' }, { profile: 'dist/mine.yaml' }, { config: ['dist/mine.yaml'] }, { profile_search_path: ['dist'] }].map(steered), [false, true, true, true], 'what an agent may have written')
  t.throws(() => steered({ config: ['dist/none.yaml'] }), { code: 'E_CONFIG', message: /dist\/none\.yaml does not exist/ }, 'nobody is asked about what is not there')
  t.equal(await check('inspect', { files: ['data/broken'] }), 'E_PATH_ESCAPE', 'a link that leads nowhere')
  t.equal(realPath(join(ws, 'data/link/new/file')), join(ws, 'secret/new/file'))
})

t.test('words are no paths', t => {
  const ws = makeWorkspace()
  for (const word of ['latest', 'run-0123', 'Lapwing Gliding', 'a/b', 'select a/b from data', '/* words */ select 1']) t.equal(leadsSomewhere(word, ws), false, word)
  for (const path of ['data', 'data/new.json', '../x', 'x/../../y', '/etc/passwd', '/tmp/new', '~', '~/x', '..']) t.equal(leadsSomewhere(path, ws), true, path)
  t.end()
})

t.test('tools are named, or taken by what they do', async t => {
  const tools = toolsOf(registry)
  const allowed = (patterns: readonly string[]): string[] => [...tools.values()].filter(tool => allowsTool({ tools: patterns }, tool)).map(({ name }) => name)
  t.same(allowed([]), [], 'closed by default')
  t.equal(allowed(['*']).length, tools.size)
  t.same(allowed(['hotpass.runs.*']), ['hotpass.runs.list', 'hotpass.runs.show'])
  t.same(allowed(['hotpass.run']), ['hotpass.run', 'hotpass.refine'], 'with its other name')
  const reading = allowed(['@read'])
  t.ok(reading.includes('hotpass.query') && reading.includes('hotpass.audit.verify'))
  t.notOk(reading.some(name => /\.(run|refine|init|bundle|doctor|hotpass\.explain)$|update$/.test(name)), reading.join(' '))
  t.same((await readPolicy({}, hostIn(makeWorkspace()))).tools, [], 'a workspace that says nothing allows nothing')
  t.notOk([...tools.keys()].some(name => /mcp|completion/.test(name)), 'what is only for a person is no tool')
})

t.test('every property that is a path says so', t => {
  for (const { path, input, effects } of registry.commands) {
    if (effects.only_for !== undefined) continue
    for (const [name, schema] of Object.entries(input.properties)) {
      if (/(^|_)(path|dir|file|files|folder|output)$/.test(name) && schema.enum === undefined && schema.type !== 'boolean') t.ok(schema.path, `${path.join(' ')}: ${name}`)
    }
  }
  t.end()
})
