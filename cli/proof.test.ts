/** The promises, tried through the command line that the package ships. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from './package-root.ts'

const ROOT = packageRoot()
const scratch = mkdtempSync(join(tmpdir(), 'hotpass-proof-'))
t.teardown(() => rmSync(scratch, { recursive: true, force: true }))

interface Said { readonly code: number; readonly result: any; readonly stderr: string }

function hotpass(args: readonly string[], cwd = scratch, build = join(ROOT, 'build')): Said {
  const child = spawnSync(process.execPath, [join(build, 'cli/bin.js'), ...args, '--json'], { cwd, encoding: 'utf8', maxBuffer: 1 << 28 })
  return { code: child.status ?? 1, result: child.stdout === '' ? undefined : JSON.parse(child.stdout), stderr: child.stderr }
}

function refine(name: string, input: string, more: readonly string[] = []): Said {
  return hotpass(['run', '--strict', '--profile', 'aviation', '--input-dir', input, '--output-path', join(scratch, name, 'refined.xlsx'), '--store-dir', join(scratch, name, 'store'), ...more])
}

const DATA = join(ROOT, 'fixtures/aviation/data')
const INPUT = join(scratch, 'input')
cpSync(DATA, INPUT, { recursive: true })
const output = (name: string, file: string): Buffer => readFileSync(join(scratch, name, file))
const misses = (said: Said): string[] => said.result.steps.filter(({ cache }: any) => cache === 'miss').map(({ step }: any) => step)

t.test('the refined dataset, fed back in, is the same dataset', t => {
  t.equal(refine('first', INPUT).code, 0)
  for (const [again, files] of [['xlsx', ['refined.xlsx']], ['csv', ['refined.csv', 'refined.contact.csv']]] as const) {
    const folder = join(scratch, `back-${again}`)
    mkdirSync(folder)
    for (const file of files) cpSync(join(scratch, 'first', file), join(folder, file))
    t.equal(refine(`again-${again}`, folder).code, 0)
    for (const file of ['refined.csv', 'refined.contact.csv']) t.ok(output(`again-${again}`, file).equals(output('first', file)), `${file} from ${again}`)
  }
  t.end()
})

t.test('only what is concerned runs again', t => {
  const title = join(scratch, 'title.yaml')
  writeFileSync(title, 'report:\n  title: Another title\n')
  const retitled = refine('first', INPUT, ['--config', title])
  t.same(misses(retitled), ['report'], 'another title concerns the report alone')
  const file = 'Regulator Register.xlsx'
  const changed = join(scratch, 'changed')
  cpSync(INPUT, changed, { recursive: true })
  cpSync(join(ROOT, 'fixtures/quickstart/data/Members.xlsx'), join(changed, file))
  const other = refine('first', changed)
  t.same(misses(other).filter(step => step.startsWith('read:')), [`read:${file}`], 'one changed workbook is the only one that is read')
  const listed = hotpass(['runs', 'show', retitled.result.run_id, '--store-dir', join(scratch, 'first', 'store')])
  t.same(listed.result.steps.filter(({ cache }: any) => cache !== 'hit').map(({ step }: any) => step), ['report'], 'runs show says so')
  t.same(misses(refine('first', INPUT)), [], 'the same request again computes nothing')
  t.end()
})

t.test('replay: identical, without the inputs, from a bundle in an empty folder', t => {
  const { run_id } = hotpass(['runs', 'list', '--store-dir', join(scratch, 'first', 'store')]).result.runs.at(-1)
  rmSync(INPUT, { recursive: true })
  const here = hotpass(['replay', run_id, '--store-dir', join(scratch, 'first', 'store')])
  t.match(here, { code: 0, result: { verdict: 'identical' } })
  t.equal(hotpass(['bundle', run_id, '--output-path', join(scratch, 'run.hotpass'), '--store-dir', join(scratch, 'first', 'store')]).code, 0)
  const empty = join(scratch, 'empty')
  mkdirSync(empty)
  t.match(hotpass(['replay', join(scratch, 'run.hotpass')], empty), { code: 0, result: { verdict: 'identical' } })
  t.same(readdirSync(empty), [], 'and leaves nothing there')
  t.end()
})

t.test('one flipped bit ends with 4 and names the object and the runs it touches', t => {
  const ws = join(scratch, 'flipped')
  t.equal(hotpass(['init', '--path', ws]).code, 0)
  const { run_id, inputs } = hotpass(['run'], ws).result
  const objects = join(ws, '.hotpass/objects')
  const paths = readdirSync(objects, { recursive: true, encoding: 'utf8' })
  const hashes = paths.map(name => name.replace(/\W/g, '')).filter(name => name.length === 64).sort()
  const isInput = (hash: string): boolean => inputs.some((input: any) => input.hash === hash)
  for (const [what, hash] of [['an input', hashes.find(isInput)!], ['another object', hashes.find(hash => !isInput(hash))!]] as const) {
    const path = join(objects, paths.find(name => name.replace(/\W/g, '') === hash)!)
    const bytes = readFileSync(path)
    const damaged = Buffer.from(bytes)
    damaged[Math.floor(bytes.length / 2)]! ^= 1
    rmSync(path)
    writeFileSync(path, damaged)
    const replayed = hotpass(['replay', run_id], ws)
    t.equal(replayed.code, 4, what)
    t.match(JSON.stringify(replayed.result), hash.slice(0, 12), `replay names ${what}`)
    const examined = hotpass(['doctor', '--full'], ws)
    t.equal(examined.code, 4)
    t.match(JSON.stringify(examined.result), hash, `doctor names ${what}`)
    t.match(JSON.stringify(examined.result), run_id, 'and the run')
    writeFileSync(path, bytes)
  }
  t.end()
})

/** A copy of the built package, whose code may be changed. Returns its built tree. */
function copyOfPackage(name: string): string {
  const copy = join(scratch, name)
  mkdirSync(copy)
  for (const part of ['build', 'package.json', 'schemas', 'profiles', 'fixtures']) cpSync(join(ROOT, part), join(copy, part), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  return join(copy, 'build')
}

t.test('a modified package spoils no run of the restored one', t => {
  const build = copyOfPackage('modified')
  const file = join(build, 'operators/normalise/email.js')
  const before = readFileSync(file)
  const ws = join(scratch, 'modified-workspace')
  const said = (...args: string[]): Said => hotpass(args, ws, build)
  const modify = (): void => writeFileSync(file, before.toString().replaceAll('toLowerCase()', 'toUpperCase()'))
  const warned = ({ result }: Said): boolean => result.warnings.some(({ code, message }: any) => code === 'PACKAGE_MODIFIED' && message.includes('operators/normalise/email.js'))
  t.equal(hotpass(['init', '--path', ws], scratch, build).code, 0)
  const first = said('run')
  t.equal(first.code, 0, first.stderr)
  t.notOk(warned(first))

  modify()
  const again = said('run')
  t.equal(again.code, 4, 'the same run gives something else')
  t.match(again.result.error, { code: 'E_ATTEMPT_DIFFERS', hint: /package was modified \(operators\/normalise\/email\.js\)/ })
  t.equal(said('run', '--no-cache').code, 4)
  cpSync(join(ws, 'data/event guests.csv'), join(ws, 'data/more guests.csv'))
  const other = said('run')
  t.equal(other.code, 0)
  t.ok(warned(other), 'a run that nothing can be compared with says that the package is modified')
  const doctor = said('doctor')
  t.equal(doctor.code, 4)
  t.match(doctor.result.checks.find(({ id }: any) => id === 'runtime.package'), { status: 'error', details: { files: ['operators/normalise/email.js'] } })

  writeFileSync(file, before)
  const restored = said('run')
  t.equal(restored.code, 0, restored.stderr)
  t.notOk(warned(restored))
  const untouched = hotpass(['run', '--store-dir', join(scratch, 'untouched'), '--output-path', join(scratch, 'untouched-out/refined.xlsx')], ws)
  t.equal(untouched.result.run_id, restored.result.run_id)
  t.equal(untouched.result.record_hash, restored.result.record_hash, 'what it gives is what an untouched package gives')
  rmSync(join(ws, 'data/more guests.csv'))
  t.match(said('run'), { code: 0, result: { record_hash: first.result.record_hash, cache: { misses: 0 } } }, 'and so is what the cache holds')
  t.equal(said('doctor', '--full').code, 0)
  t.end()
})

t.test('changed code ends with 4 and names the operator and the cell', t => {
  const build = copyOfPackage('package')
  const store = join(scratch, 'again-xlsx', 'store')
  const [{ run_id }] = hotpass(['runs', 'list', '--store-dir', store]).result.runs
  const file = join(build, 'operators/normalise/address.js')
  const before = readFileSync(file, 'utf8')
  const after = before.replace('let line = text;', "let line = `${text.replace(' changed', '')} changed`;")
  t.not(after, before, 'the code was changed')
  writeFileSync(file, after)
  const replayed = hotpass(['replay', run_id, '--store-dir', store], scratch, build)
  t.equal(replayed.code, 4)
  t.match(replayed.result, { verdict: 'differs' })
  t.match(replayed.stderr + JSON.stringify(replayed.result), /normalise@1\.0\.0/, 'names the operator')
  t.match(JSON.stringify(replayed.result), /address_primary/, 'and the column')
  const cellsOf = ({ result }: Said): any[] => result.differences.flatMap(({ artifacts }: any) => artifacts.flatMap(({ cells }: any) => cells)).filter(({ column }: any) => column === 'address_primary')
  const revealed = hotpass(['replay', run_id, '--reveal', '--store-dir', store], scratch, build)
  t.match([replayed.result.masked, revealed.result.masked], [true, false])
  t.ok(cellsOf(replayed).length > 0 && cellsOf(replayed).every(({ row, after }) => row >= 1 && after.includes('•••')), 'addresses are masked, rows are counted from 1')
  t.ok(cellsOf(revealed).every(({ after }) => after.endsWith(' changed')))
  t.same(cellsOf(replayed).map(({ row }) => row), cellsOf(revealed).map(({ row }) => row))
  t.end()
})
