/** Places, stores, streams and requests that are wrong, through the whole command line: one clear line each, and nothing lost. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from './package-root.ts'
import { assertRefusal, complaint, filesBelow, GOOD } from './refusal.case.ts'
import { makeFolder, say, type Said } from './workspace.case.ts'

const NOBODY = 65_534
const isRoot = process.geteuid?.() === 0
const WORKSPACE = { 'hotpass.yaml': 'report: { title: Old }\n', 'data/a.csv': GOOD }

/** Runs a command as somebody whom rights bind: as the user of this test, or as nobody where that is root. */
async function bound(folder: string, argv: readonly string[]): Promise<Said> {
  if (!isRoot) return say(folder, argv)
  process.setegid!(NOBODY)
  process.seteuid!(NOBODY)
  try {
    return await say(folder, argv)
  } finally {
    process.seteuid!(0)
    process.setegid!(0)
  }
}

/** A folder that everybody may write in. */
function open(files: Parameters<typeof makeFolder>[0]): string {
  const folder = makeFolder(files)
  execFileSync('chmod', ['-R', 'a+rwX', folder])
  return folder
}

t.test('rights that are missing', async t => {
  // What a command loads on the way is loaded before the rights are given up.
  const warm = makeFolder(WORKSPACE)
  for (const argv of [['run'], ['runs', 'list'], ['replay'], ['doctor', '--full'], ['query', 'select 1']]) await say(warm, argv)

  const cases: readonly (readonly [name: string, close: string, mode: number, argv: readonly string[], exit: number, says: RegExp])[] = [
    ['a file', 'data/a.csv', 0, ['run'], 1, /^E_INPUT_UNREADABLE a\.csv may not be accessed: permission denied\n {2}hint: /],
    ['a folder below', 'data/sub', 0, ['run'], 1, /^E_INPUT_UNREADABLE sub is a folder that may not be opened\n {2}hint: .*ingest\.exclude/],
    ['the input folder', 'data', 0, ['run'], 1, /^E_INPUT_UNREADABLE data may not be accessed/],
    ['the workspace', '.', 0o555, ['run'], 1, /^E_OUTPUT_UNWRITABLE .*\.hotpass .*EACCES/],
    ['the output folder', 'dist', 0o555, ['run'], 1, /^E_OUTPUT_UNWRITABLE dist\/refined\.xlsx may not be accessed/],
    ['the folder above it', 'dist', 0o555, ['run', '-o', 'dist/more/x.xlsx'], 1, /^E_OUTPUT_UNWRITABLE dist\/more\/x\.xlsx may not be accessed/],
    ['the configuration', 'hotpass.yaml', 0, ['run'], 2, /^E_CONFIG hotpass\.yaml may not be read/],
    ['a profile', 'config/profiles/p.yaml', 0, ['run', '--profile', 'p'], 2, /^E_PROFILE config\/profiles\/p\.yaml may not be read/],
    ['the folder of profiles', 'config/profiles', 0, ['run'], 2, /^E_PROFILE the profiles in .*config\/profiles cannot be listed/],
    ['a bundle', 'b.hotpass', 0, ['replay', 'b.hotpass'], 1, /^E_INPUT_UNREADABLE .*b\.hotpass/]
  ]
  for (const [name, closed, mode, argv, exit, says] of cases) {
    const folder = open({ ...WORKSPACE, 'data/sub/b.csv': 'Company\nPlover\n', 'dist/keep.txt': 'x', 'config/profiles/p.yaml': 'name: p\n', 'b.hotpass': 'x' })
    chmodSync(join(folder, closed), mode)
    const said = await bound(folder, argv)
    chmodSync(join(folder, closed), 0o777)
    assertRefusal(t, name, said, { exit, says })
    t.same(filesBelow(join(folder, 'dist')), ['keep.txt'], `${name}: no output`)
  }

  const half = open({ ...WORKSPACE, 'data/sub/b.csv': 'Company\nPlover\n' })
  chmodSync(join(half, 'data/sub'), 0)
  const degraded = await bound(half, ['run', '--mode', 'best-effort'])
  chmodSync(join(half, 'data/sub'), 0o777)
  t.match(degraded.out, /E_INPUT_UNREADABLE: sub is a folder that may not be opened/, 'best-effort goes on without a folder, and says so')
  t.ok(existsSync(join(half, 'dist/refined.xlsx')), 'and gives an output')

  const store = open(WORKSPACE)
  t.equal((await bound(store, ['run'])).exit, 0)
  chmodSync(join(store, 'dist'), 0o555)
  assertRefusal(t, 'the place of a bundle', await bound(store, ['bundle', '-o', 'dist/x.hotpass']), { exit: 1, says: /^E_OUTPUT_UNWRITABLE .*dist.* \(EACCES\)/ })
  chmodSync(join(store, 'dist'), 0o777)
  execFileSync('chmod', ['-R', 'a-w', join(store, '.hotpass')])
  assertRefusal(t, 'a store that is read-only', await bound(store, ['run', '--no-cache']), { exit: 1, says: /^E_OUTPUT_UNWRITABLE .*\.hotpass/ })
  for (const argv of [['runs', 'list'], ['replay'], ['doctor', '--full'], ['query', 'select * from runs'], ['explain', '--row', '1']]) t.equal((await bound(store, argv)).exit, 0, `${argv[0]} reads a store that is read-only`)
  execFileSync('chmod', ['0', join(store, '.hotpass/format')])
  for (const argv of [['run'], ['runs', 'list'], ['replay']]) assertRefusal(t, `${argv[0]}: a store that may not be read`, await bound(store, argv), { exit: 1, says: /^E_INPUT_UNREADABLE .*\.hotpass\/format/ })
  execFileSync('chmod', ['-R', 'u+rwX', join(store, '.hotpass')])
})

/** Mounts, or says why not. */
function mount(...args: readonly string[]): string | undefined {
  if (!isRoot) return 'only root may mount'
  const { status, stderr, error } = spawnSync('mount', args, { encoding: 'utf8' })
  return status === 0 ? undefined : (error?.message ?? stderr.trim())
}

const mounted: string[] = []
t.teardown(() => mounted.forEach(folder => spawnSync('umount', ['-l', folder])))

t.test('a full disk', async t => {
  const place = makeFolder({})
  const cannot = mount('-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', place)
  if (cannot !== undefined) {
    t.ok(cannot !== '', `a full disk is not tried: ${cannot}`)
    return
  }
  mounted.push(place)
  const resize = (size: string): void => void execFileSync('mount', ['-o', `remount,size=${size}`, place])
  const empty = (): void => readdirSync(place).forEach(name => rmSync(join(place, name), { recursive: true }))

  const folder = makeFolder(WORKSPACE)
  const toStore = ['run', '--store-dir', join(place, 'store'), '-o', 'out/x.xlsx']
  for (const size of ['8k', '64k', '128k', '180k']) {
    empty()
    resize(size)
    assertRefusal(t, `a store of ${size}`, await say(folder, toStore), { exit: 1, says: /^E_DISK_FULL no space left [^\n]*\n {2}hint: make room/ })
    t.same(filesBelow(join(folder, 'out')), [], `${size}: no output`)
    t.equal((await say(folder, ['doctor', '--full', '--store-dir', join(place, 'store')])).exit, 0, `${size}: the store is whole`)
    resize('20m')
    t.equal((await say(folder, toStore)).exit, 0, `${size}: the same command goes on when there is room`)
    rmSync(join(folder, 'out'), { recursive: true })
  }

  const toPlace = (title: string): readonly string[] => ['run', '-o', join(place, 'x.xlsx'), '--config', `${title}.yaml`]
  writeFileSync(join(folder, 'First.yaml'), 'report: { title: First }\n')
  writeFileSync(join(folder, 'Second.yaml'), `report: { title: ${'Second '.repeat(5_000)} }\n`)
  empty()
  t.equal((await say(folder, toPlace('First'))).exit, 0)
  const before = filesBelow(place).map(name => [name, readFileSync(join(place, name), 'utf8')])
  for (const room of [0, 4, 12, 40]) {
    const used = Math.ceil(Number(execFileSync('du', ['-s', '--block-size=1024', place], { encoding: 'utf8' }).split('\t')[0]))
    resize(`${used + room}k`)
    assertRefusal(t, `${room} kB left for outputs`, await say(folder, toPlace('Second')), { exit: 1, says: /^E_DISK_FULL no space left to write .*\/x\./ })
    t.same(filesBelow(place).map(name => [name, readFileSync(join(place, name), 'utf8')]), before, `${room} kB: the old outputs stand as they were, and nothing else`)
  }
  resize('20m')
  t.equal((await say(folder, toPlace('Second'))).exit, 0, 'the same command goes on when there is room')
})

t.test('a file system that is read-only', async t => {
  const folder = makeFolder({ ...WORKSPACE, 'real/keep.txt': 'x', 'ro/x': '' })
  const place = join(folder, 'ro')
  const cannot = mount('--bind', join(folder, 'real'), place) ?? mount('-o', 'remount,ro,bind', place)
  mounted.push(place)
  if (cannot !== undefined) {
    t.ok(cannot !== '', `a read-only file system is not tried: ${cannot}`)
    return
  }
  assertRefusal(t, 'outputs', await say(folder, ['run', '-o', 'ro/x.xlsx']), { exit: 1, says: /^E_OUTPUT_UNWRITABLE ro\/x\.xlsx stands on a read-only file system/ })
  assertRefusal(t, 'a store', await say(folder, ['run', '--store-dir', 'ro/store']), { exit: 1, says: /^E_OUTPUT_UNWRITABLE .*ro\/store \(EROFS\)/ })
  assertRefusal(t, 'a bundle', await say(folder, ['bundle', '-o', 'ro/b.hotpass']), { exit: 1, says: /^E_OUTPUT_UNWRITABLE .*ro\// })
  assertRefusal(t, 'a workspace', await say(folder, ['init', '--path', 'ro/ws']), { exit: 1, says: /^E_OUTPUT_UNWRITABLE / })
  t.same(readdirSync(place), ['keep.txt'])
})

t.test('outputs that have no place', async t => {
  const cases: readonly (readonly [path: string, exit: number, says: RegExp])[] = [
    ['folder.xlsx', 2, /^E_USAGE the output path folder\.xlsx names a folder/],
    ['taken/x.xlsx', 1, /^E_OUTPUT_UNWRITABLE taken\/x\.csv is a folder/],
    ['link.xlsx', 5, /^E_PATH_ESCAPE link\.xlsx is a link; outputs are not written through links/],
    ['file/x.xlsx', 1, /^E_OUTPUT_UNWRITABLE file\/x\.xlsx is not inside a folder/],
    [`${'n'.repeat(251)}.xlsx`, 1, /^E_OUTPUT_UNWRITABLE n+\.\S+ has a name that is too long/],
    ['/proc/nowhere/x.xlsx', 1, /^E_OUTPUT_UNWRITABLE \/proc\/nowhere\/x\.xlsx /],
    ['data/a.csv', 2, /^E_USAGE the outputs would stand among the inputs/],
    ['data/new.xlsx', 2, /^E_USAGE the outputs would stand among the inputs/]
  ]
  for (const [path, exit, says] of cases) {
    const folder = makeFolder({ ...WORKSPACE, 'folder.xlsx/keep': '', 'taken/x.csv/keep': '', file: 'x', 'target.xlsx': 'x' })
    symlinkSync('target.xlsx', join(folder, 'link.xlsx'))
    const before = filesBelow(folder)
    assertRefusal(t, path.slice(0, 30), await say(folder, ['run', '-o', path]), { exit, says })
    t.same(filesBelow(folder), before, `${path.slice(0, 30)}: nothing is written`)
    t.equal(readFileSync(join(folder, 'target.xlsx'), 'utf8') + readFileSync(join(folder, 'data/a.csv'), 'utf8'), `x${GOOD}`, 'nor written over')
  }
  const folder = makeFolder(WORKSPACE)
  assertRefusal(t, 'two outputs at one place', await say(folder, ['run', '-o', 'z.csv', '--report-path', 'z.csv', '--report-format', 'json']), { exit: 2, says: /^E_USAGE two outputs would go to z\.csv/ })
  t.same(filesBelow(folder).filter(name => name.startsWith('z') || name.includes('staged')), [])
})

t.test('stores that are none', async t => {
  const folder = makeFolder({ ...WORKSPACE, file: 'x', 'other/thesis.txt': 'x', 'secret/.keep': '' })
  symlinkSync('secret', join(folder, 'link'))
  symlinkSync('nowhere', join(folder, 'dangling'))
  t.equal((await say(folder, ['run', '--store-dir', 'good'])).exit, 0)
  const copy = (name: string, change: (store: string) => void): void => {
    cpSync(join(folder, 'good'), join(folder, name), { recursive: true })
    change(join(folder, name))
  }
  copy('newer', store => writeFileSync(join(store, 'format'), readFileSync(join(store, 'format'), 'utf8').replace(/1/, '9')))
  copy('garbled', store => writeFileSync(join(store, 'format'), 'x'))
  copy('bare', store => rmSync(join(store, 'format')))
  copy('cut', store => writeFileSync(join(store, 'ledger'), readFileSync(join(store, 'ledger')).subarray(0, 20)))
  const cases: readonly (readonly [store: string, exit: number, says: RegExp])[] = [
    ['file', 4, /^E_STORE_FORMAT .*\/file is a file, not a folder of the store\n/],
    ['other', 4, /^E_STORE_FORMAT .*\/other is no store: it holds thesis\.txt\n/],
    ['link', 5, /^E_PATH_ESCAPE .*\/link is a link, not a folder/],
    ['newer', 4, /^E_STORE_FORMAT the store has format 9; this Hotpass knows 1 \([^()]*newer\/format\)\n/],
    ['garbled', 4, /^E_STORE_FORMAT the store's format file is damaged \([^()]*garbled\/format\)\n/],
    ['bare', 4, /^E_STORE_DAMAGED the store's format file is missing/],
    ['cut', 4, /^E_STORE_DAMAGED line 1 of the ledger is damaged \([^()]*cut\/ledger\)\n/]
  ]
  for (const [store, exit, says] of cases) {
    for (const argv of [['run'], ['runs', 'list'], ['replay'], ['query', 'select 1']]) assertRefusal(t, `${argv[0]}: ${store}`, await say(folder, [...argv, '--store-dir', store]), { exit, says })
    t.equal((await say(folder, ['doctor', '--store-dir', store])).exit, 4, `the doctor finds what is wrong with ${store}`)
  }
  assertRefusal(t, 'a link to nowhere', await say(folder, ['run', '--store-dir', 'dangling']), { exit: 5, says: /^E_PATH_ESCAPE .*\/dangling is a link/ })
  for (const argv of [['runs', 'list'], ['replay', 'latest'], ['explain', '--row', '1'], ['diff', 'latest', 'latest'], ['bundle'], ['query', 'select 1']]) assertRefusal(t, `${argv[0]}: no store`, await say(folder, [...argv, '--store-dir', 'none']), { exit: 4, says: /^E_STORE_MISSING there is no store at none\n/ })
  t.match((await say(folder, ['doctor', '--autofix', '--store-dir', 'none'])), { exit: 0, out: /there is no store yet/ })
  t.equal((await say(folder, ['doctor', '--store-dir', 'none', '--expect-head', 'a'.repeat(64)])).exit, 4, 'a store that should be there')
  t.same(['none', 'nowhere', 'other/objects', 'secret/objects'].filter(name => existsSync(join(folder, name))), [], 'nothing was made')
})

t.test('requests that cannot be met', async t => {
  const folder = makeFolder({ ...WORKSPACE, 'linked/x': '', 'circle/x': '' })
  symlinkSync('stolen', join(folder, 'link.json'))
  symlinkSync('../stolen', join(folder, 'linked/hotpass.yaml'))
  symlinkSync('hotpass.yaml', join(folder, 'circle/hotpass.yaml'))
  t.equal((await say(folder, ['run'])).exit, 0)
  t.equal((await say(folder, ['bundle', '-o', 'b.hotpass'])).exit, 0)
  const bundle = readFileSync(join(folder, 'b.hotpass'))
  writeFileSync(join(folder, 'cut.hotpass'), bundle.subarray(0, bundle.length >> 1))
  const flipped = Buffer.from(bundle)
  flipped[bundle.length >> 1]! ^= 4
  writeFileSync(join(folder, 'flipped.hotpass'), flipped)
  const endless = 'with recursive n(i) as (select 1 union all select i + 1 from n)'
  const cases: readonly (readonly [argv: readonly string[], exit: number, says: RegExp, env?: Record<string, string>])[] = [
    [['run', '--strict', '--mode', 'best-effort'], 2, /^E_USAGE --strict and --mode best-effort exclude each other/],
    [['run', '--workers', '99999'], 2, /^E_USAGE --workers must be at most 256/],
    [['run', '--workers', '0x10'], 2, /^E_USAGE --workers needs a whole number/],
    [['run', '--as-of', 'nonsense'], 2, /^E_USAGE --as-of /],
    [['run', '--as-of', '2026-02-30'], 2, /^E_CONFIG --as-of: there is no such day/],
    [['run'], 2, /^E_CONFIG environment: SOURCE_DATE_EPOCH must be a whole number/, { SOURCE_DATE_EPOCH: 'abc' }],
    [['run'], 2, /^E_CONFIG environment: HOTPASS_NOPE sets nothing; did you mean HOTPASS_MODE\?/, { HOTPASS_NOPE: '1' }],
    [['run', '--country-code', 'XX'], 2, /^E_CONFIG --country-code: there is no country XX/],
    [['run', '--profile', 'aviation', '--sensitive-field', 'websit'], 2, /^E_CONFIG command line: --sensitive-field: websit is not a field; did you mean website\?/],
    [['run', '--nope'], 2, /^E_USAGE run has no flag --nope/],
    [['replay', 'run-ffffffffffffffffffffffffffffffff'], 2, /^E_UNKNOWN_NAME there is no run run-f+ in the store/],
    [['replay', '../../../nowhere'], 2, /^E_UNKNOWN_NAME /],
    [['replay', '/dev/zero'], 2, /^E_UNKNOWN_NAME /],
    [['replay', 'latest', '--attempt', '99'], 2, /^E_UNKNOWN_NAME run .* has no attempt 99/],
    [['replay', 'data/a.csv'], 4, /^E_STORE_FORMAT the file is no bundle \(.*data\/a\.csv\)\n/],
    [['replay', 'cut.hotpass'], 4, /^E_STORE_DAMAGED the bundle is damaged: .*\(.*cut\.hotpass\)\n/],
    [['replay', 'flipped.hotpass'], 4, /^E_STORE_DAMAGED the bundle is damaged: .*\(.*flipped\.hotpass\)\n/],
    [['explain', '--row', '999'], 2, /^E_UNKNOWN_NAME the dataset has no row 999: it has 2 rows/],
    [['explain', '--row', '__proto__'], 2, /^E_UNKNOWN_NAME no row of the dataset has this value/],
    [['explain', '--row', '1', '--column', 'nope'], 2, /^E_UNKNOWN_NAME the dataset has no column nope/],
    [['explain', '--row', '1', '--output', 'data'], 1, /^E_OUTPUT_UNWRITABLE data is a folder/],
    [['explain', '--row', '1', '--output', 'link.json'], 5, /^E_PATH_ESCAPE link\.json is a link/],
    [['init', '--path', 'linked', '--force'], 5, /^E_PATH_ESCAPE linked\/hotpass\.yaml is a link.*\n {2}hint: give another --path/],
    [['golden', 'check', '--golden-dir', 'data/a.csv'], 1, /^E_INPUT_MISSING data\/a\.csv is a file, not a folder/],
    [['-C', 'circle', 'run'], 2, /^E_CONFIG hotpass\.yaml is a symlink loop/],
    [['explain', '--dataset', 'nope.xlsx', '--row-id', '0'], 1, /^E_INPUT_MISSING /],
    [['diff', 'latest', 'run-00'], 2, /^E_UNKNOWN_NAME there is no run run-00/],
    [['query', "insert into runs (run_id) values ('x')"], 2, /^E_USAGE only a SELECT/],
    [['query', "vacuum into 'stolen.db'"], 2, /^E_USAGE only a SELECT/],
    [['query', 'pragma query_only = 0'], 2, /^E_USAGE only a SELECT/],
    [['query', 'select 1; delete from runs'], 2, /^E_USAGE there is more than one statement/],
    [['query', `${endless.replace('select 1', 'select hex(zeroblob(1000000))').replace('i + 1', "i || 'x'")} select * from n order by i desc`], 2, /^E_USAGE the query needs more memory/],
    [['bundle', '-o', 'b.hotpass'], 1, /^E_OUTPUT_UNWRITABLE .*b\.hotpass is there already\n {2}hint: .*--force/],
    [['bundle', '-o', 'data', '--force'], 1, /^E_OUTPUT_UNWRITABLE .*data is a folder/],
    [['bundle', '-o', 'gone/b.hotpass'], 1, /^E_OUTPUT_UNWRITABLE there is no folder .*gone/],
    [['inspect', 'gone.csv'], 1, /^E_INPUT_MISSING there is no file gone\.csv/],
    [['inspect', '/dev/zero'], 1, /^E_INPUT_UNREADABLE \/dev\/zero is not a file/],
    [['inspect', 'data/a.csv', 'b.hotpass'], 1, /^E_INPUT_TYPE b\.hotpass is not of a kind that can be read/],
    [['golden', 'update'], 5, /^E_PERMISSION goldens are not rewritten where the variable CI is set/, { CI: '1' }],
    [['golden', 'check'], 1, /^E_INPUT_MISSING there is no folder golden/],
    [['init', '--path', 'hotpass.yaml'], 1, /^E_OUTPUT_UNWRITABLE hotpass\.yaml is not a folder/],
    [['doctor', '--expect-head', 'x'], 2, /^E_USAGE --expect-head /],
    [['config', 'explain', '__proto__'], 2, /^E_UNKNOWN_NAME there is no setting __proto__/]
  ]
  const before = filesBelow(folder)
  for (const [argv, exit, says, env = {}] of cases) {
    const started = performance.now()
    const said = await say(folder, argv, { env })
    assertRefusal(t, argv.join(' ').slice(0, 60), said, { exit, says, ms: performance.now() - started })
  }
  t.same(filesBelow(folder), before, 'nothing was written')
  const lines = (await say(folder, ['run', '--input-dir', 'gone', '--log-format', 'json'])).err.trim().split('\n').map(line => JSON.parse(line))
  t.match(lines.at(-1), { event: 'error', level: 'error', message: 'there is no folder gone', data: { code: 'E_INPUT_MISSING', exit: 1 } }, 'as a JSON line when lines are JSON')
  t.match(await say(folder, ['diff', 'latest', 'latest']), { exit: 0, out: /identical/ })
  t.equal((await say(folder, ['run', '--sensitive-field', 'nope', '--json'])).json.warnings[0].code, 'SENSITIVE_FIELD_UNKNOWN', 'with inferred fields it is known only later')
  t.match(await say(folder, ['doctor', '--full', '--json']), { exit: 0, json: { verdict: 'healthy' } })
})

t.test('streams, environment and folder of the process', t => {
  // As it is shipped: from source, what loads it would need the current folder.
  // Nor with what a test runner has Node load.
  const hotpass = `env -u NODE_OPTIONS '${process.execPath}' '${join(packageRoot(), 'build/cli/bin.js')}'`
  const shell = (line: string, folder = makeFolder(WORKSPACE)): { exit: number | null; err: string; out: string } => {
    const { status, stderr, stdout } = spawnSync('bash', ['-c', line.replaceAll('HOTPASS', hotpass)], { cwd: folder, encoding: 'utf8' })
    return { exit: status, err: stderr, out: stdout }
  }
  for (const [name, line] of [
    ['closed output', 'HOTPASS run --strict >&-'],
    ['closed errors', 'HOTPASS run --strict 2>&-'],
    ['closed input', 'HOTPASS run --strict <&-'],
    ['a reader that leaves', 'set -o pipefail; HOTPASS run --strict | head -c 0'],
    ['no environment', 'env -i HOTPASS run --strict && env -i HOME=/nowhere HOTPASS doctor']
  ] as const) {
    const folder = makeFolder(WORKSPACE)
    const said = shell(line, folder)
    t.equal(said.exit, 0, `${name}: no fault`, { err: said.err })
    t.equal(complaint(said.err), '', `${name}: nothing to complain of`)
    t.ok(existsSync(join(folder, 'dist/refined.xlsx')), `${name}: the outputs are there`)
  }
  const gone = makeFolder({})
  assertRefusal(t, 'a folder that is gone', shell(`rmdir '${gone}'; HOTPASS run`, gone), { exit: 1, says: /^E_INPUT_MISSING the current folder does not exist any more\n/ })
  t.end()
})
