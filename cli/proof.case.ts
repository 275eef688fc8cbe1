/** The promises, tried on a fixture through the command line that the package ships. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from './package-root.ts'

const ROOT = packageRoot()
export const scratch = mkdtempSync(join(tmpdir(), 'hotpass-proof-'))
t.teardown(() => rmSync(scratch, { recursive: true, force: true }))

export interface Said { readonly code: number; readonly result: any; readonly stderr: string }

export function hotpass(args: readonly string[], cwd = scratch, build = join(ROOT, 'build')): Said {
  const child = spawnSync(process.execPath, [join(build, 'cli/bin.js'), ...args, '--json'], { cwd, encoding: 'utf8', maxBuffer: 1 << 28 })
  return { code: child.status ?? 1, result: child.stdout === '' ? undefined : JSON.parse(child.stdout), stderr: child.stderr }
}

/** A copy of the built package, whose code may be changed. Returns its built tree. */
export function copyOfPackage(name: string): string {
  const copy = join(scratch, name)
  mkdirSync(copy)
  for (const part of ['build', 'package.json', 'schemas', 'profiles', 'fixtures']) cpSync(join(ROOT, part), join(copy, part), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  return join(copy, 'build')
}

/** A fixture and its profile of one name, one of its files that another content may stand in for, and a change of an operator's code that shows in a column. */
export interface Subject {
  readonly name: string
  readonly file: string
  readonly other: Uint8Array
  readonly change: { readonly module: string; readonly from: string; readonly to: string; readonly column: string; readonly after: RegExp }
}

export function provePromises({ name, file, other, change }: Subject): void {
  const INPUT = join(scratch, 'input')
  cpSync(join(ROOT, 'fixtures', name, 'data'), INPUT, { recursive: true })
  const refine = (place: string, input: string, more: readonly string[] = []): Said =>
    hotpass(['run', '--strict', '--profile', name, '--input-dir', input, '--output-path', join(scratch, place, 'refined.xlsx'), '--store-dir', join(scratch, place, 'store'), ...more])
  const output = (place: string, path: string): Buffer => readFileSync(join(scratch, place, path))
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
    const changed = join(scratch, 'changed')
    cpSync(INPUT, changed, { recursive: true })
    writeFileSync(join(changed, file), other)
    const partly = refine('first', changed)
    t.same(misses(partly).filter(step => step.startsWith('read:')), [`read:${file}`], 'one changed file is the only one that is read')
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

  t.test('changed code ends with 4 and names the operator and the cell', t => {
    const build = copyOfPackage('package')
    const store = join(scratch, 'again-xlsx', 'store')
    const [{ run_id }] = hotpass(['runs', 'list', '--store-dir', store]).result.runs
    const code = join(build, change.module)
    const before = readFileSync(code, 'utf8')
    const after = before.replaceAll(change.from, change.to)
    t.not(after, before, 'the code was changed')
    writeFileSync(code, after)
    const replayed = hotpass(['replay', run_id, '--store-dir', store], scratch, build)
    t.equal(replayed.code, 4)
    t.match(replayed.result, { verdict: 'differs' })
    t.match(replayed.stderr + JSON.stringify(replayed.result), /normalise@\d/, 'names the operator')
    t.match(JSON.stringify(replayed.result), new RegExp(change.column), 'and the column')
    const cellsOf = ({ result }: Said): any[] => result.differences.flatMap(({ artifacts }: any) => artifacts.flatMap(({ cells }: any) => cells)).filter(({ column }: any) => column === change.column)
    const revealed = hotpass(['replay', run_id, '--reveal', '--store-dir', store], scratch, build)
    t.match([replayed.result.masked, revealed.result.masked], [true, false])
    t.ok(cellsOf(replayed).length > 0 && cellsOf(replayed).every(({ row, after }) => row >= 1 && after.includes('•••')), 'what is personal is masked, rows are counted from 1')
    t.ok(cellsOf(revealed).every(({ after }) => change.after.test(after)))
    t.same(cellsOf(replayed).map(({ row }) => row), cellsOf(revealed).map(({ row }) => row))
    t.end()
  })
}
