import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { copyOf, makeFolder, makeWorkspace, say } from '../workspace.case.ts'
import { findingOf } from './package-check.ts'

const checkOf = (said: { readonly json: any }, id: string): any => said.json.checks.find((check: any) => check.id === id)
const doctor = (folder: string, ...more: string[]): ReturnType<typeof say> => say(folder, ['doctor', '--json', ...more])

t.test('a folder without a workspace is no fault', async t => {
  const bare = makeFolder({ 'note.txt': 'x' })
  const said = await doctor(bare)
  t.equal(said.exit, 0, said.err)
  t.match(checkOf(said, 'inputs.readable'), { status: 'skipped', message: /no workspace.*--input-dir/ })
  t.match(checkOf(said, 'outputs.unaltered'), { status: 'skipped' })
  t.match(checkOf(said, 'runtime.package'), { status: import.meta.filename.endsWith('.ts') ? 'skipped' : 'ok' }, 'from source there is nothing to compare')
  t.equal((await say(bare, ['doctor'], { env: { HOTPASS_INPUT_DIR: 'nowhere' } })).exit, 1, 'a folder that was asked for has to be there')
  mkdirSync(join(bare, 'data'))
  t.match(checkOf(await doctor(bare), 'inputs.readable'), { status: 'error', details: { code: 'E_INPUT_EMPTY' } }, 'and the default folder is looked at when it is there')
  t.equal((await doctor(makeFolder({ 'hotpass.yaml': 'profile: generic\n' }))).exit, 1, 'a workspace needs its inputs')
})

t.test('outputs are compared with what was recorded', async t => {
  const ws = makeWorkspace()
  t.equal((await say(ws, ['run'])).exit, 0)
  t.match(checkOf(await doctor(ws), 'outputs.unaltered'), { status: 'ok' })
  const file = join(ws, 'dist/refined.csv')
  const bytes = readFileSync(file)
  writeFileSync(file, `${bytes.toString()}x`)
  const altered = await doctor(ws)
  t.equal(altered.exit, 0)
  t.equal(altered.json.verdict, 'warnings')
  t.match(checkOf(altered, 'outputs.unaltered'), { status: 'warning', message: /^dist\/refined\.csv is not what a run/, details: { files: ['dist/refined.csv'] } })
  renameSync(file, join(ws, 'moved.csv'))
  t.match(checkOf(await doctor(ws), 'outputs.unaltered'), { status: 'ok' }, 'what was moved is not looked for')
  writeFileSync(file, bytes)
  writeFileSync(join(ws, 'data/more.csv'), 'Club,E-mail\nAvocet Air,fly@avocet.example\n')
  t.equal((await say(ws, ['run', '-o', 'other/refined.xlsx'])).exit, 0)
  t.match(checkOf(await doctor(ws), 'outputs.unaltered'), { status: 'ok' }, 'the outputs of an earlier run are not altered')
})

t.test('results are told from evidence', async t => {
  const ws = makeWorkspace()
  const run = await say(ws, ['run', '--json'])
  const shown = await say(ws, ['runs', 'show', run.json.run_id, '--json'])
  const flip = (folder: string, hash: string): void => {
    const object = join(folder, '.hotpass/objects', hash.slice(0, 2), hash.slice(2))
    const bytes = readFileSync(object)
    bytes[bytes.length >> 1]! ^= 1
    writeFileSync(object, bytes)
  }
  const result = copyOf(ws)
  flip(result, shown.json.dataset.hash)
  const said = await doctor(result, '--full')
  t.equal(said.exit, 4)
  t.match(checkOf(said, 'store.integrity'), { status: 'error', hint: /only results.*makes them again/, details: { findings: [{ recomputable: true }] } })
  t.equal((await say(result, ['run', '--json'])).json.record_hash, run.json.record_hash)
  t.equal((await doctor(result, '--full')).exit, 0, 'as it says')

  flip(ws, shown.json.dataset.hash)
  flip(ws, run.json.inputs[0].hash)
  const both = checkOf(await doctor(ws, '--full'), 'store.integrity')
  t.match(both, { status: 'error', hint: /backup/ })
  t.ok(both.message.includes(run.json.inputs[0].hash), 'what is lost is told first')
})

t.test('a modified package', t => {
  t.match(findingOf([]), { status: 'ok' })
  t.match(findingOf(['a.js', 'b.js']), { status: 'error', exit: 4, message: /^a\.js \(and 1 more\)/, hint: /install hotpass again/ })
  t.end()
})
