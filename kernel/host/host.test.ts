import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../../cli/package-root.ts'
import { digestBytes } from '../hash.ts'
import type { PublishedFile } from '../run/types.ts'
import { createHost } from './clock.ts'
import { alteredCode, createImplementations, importsOf, lockedClosure, openSource, operatorIdsIn } from './implementation.ts'
import { listInputs, readInput, takeInputs, type InputQuery } from './inputs.ts'
import { openPackageCode } from './package-code.ts'
import { createPublisher } from './publish.ts'
import { thisProcess } from './store/owner.ts'
import { writeImplementations } from './write-implementations.ts'

const ROOT = packageRoot()
const isRoot = process.getuid?.() === 0
const folder = (): string => mkdtempSync(join(realpathSync(tmpdir()), 'hotpass-host-'))
const folders: string[] = []
const scratch = (): string => {
  folders.push(folder())
  return folders.at(-1)!
}
t.teardown(() => folders.forEach(path => rmSync(path, { recursive: true, force: true })))

t.test('inputs are found in code unit order, and every bad one is told', async t => {
  const top = scratch()
  const query = (more: Partial<InputQuery> = {}): InputQuery => ({ folder: top, shown: './data', include: ['**/*.{csv,xlsx}'], exclude: ['**/~$*'], fileBytes: 1000, ...more })
  const put = (name: string, text = 'x'): void => {
    mkdirSync(join(top, name, '..'), { recursive: true })
    writeFileSync(join(top, name), text)
  }
  const rejects = async (code: string, message: RegExp, more: Partial<InputQuery> = {}): Promise<void> => {
    await t.rejects(listInputs(query(more)), { code, message }, `${code}: ${message}`)
  }
  await rejects('E_INPUT_EMPTY', /\.\/data holds no file/)
  await rejects('E_INPUT_MISSING', /there is no folder \.\/gone/, { folder: join(top, 'gone'), shown: './gone' })
  for (const name of ['b.csv', 'B.CSV', 'a/z.csv', 'a.csv', 'ä.csv', 'sub/deep/c.xlsx', '~$b.xlsx', 'note.txt', '.hidden/x.csv']) put(name)
  const list = await listInputs(query())
  t.same(list.files.map(file => file.id), ['B.CSV', 'a.csv', 'a/z.csv', 'b.csv', 'sub/deep/c.xlsx', 'ä.csv'])
  await rejects('E_INPUT_MISSING', /is a file, not a folder/, { folder: join(top, 'a.csv') })
  const objects = new Map<string, Uint8Array>()
  const refs = takeInputs(list.files, { put: bytes => (objects.set(digestBytes(bytes), bytes), digestBytes(bytes)) }, 1000)
  t.same(refs[0], { id: 'B.CSV', kind: 'bytes', schema: 'urn:hotpass:bytes:1', hash: digestBytes('x'), bytes: 1 })

  symlinkSync('a.csv', join(top, 'inside.csv'))
  symlinkSync('.', join(top, 'loop'))
  symlinkSync('sub', join(top, 'folder.csv'))
  const linked = await listInputs(query())
  t.ok(linked.files.some(file => file.id === 'inside.csv'), 'a link within the folder is read')
  t.same(linked.passed, ['folder.csv', 'loop'].map(id => ({ id, reason: 'a link to a folder' })), 'linked folders are not entered, and said')
  t.notOk(linked.files.some(file => file.id.startsWith('loop/')))
  const bad = async (name: string, make: (path: string) => void, code: string, message: RegExp): Promise<void> => {
    make(join(top, name))
    await rejects(code, message)
    rmSync(join(top, name), { recursive: true, force: true })
  }
  await bad('x.xlsx', path => mkdirSync(path), 'E_INPUT_TYPE', /^x\.xlsx is a folder, not a file$/)
  await bad('pipe.csv', path => execFileSync('mkfifo', [path]), 'E_INPUT_TYPE', /pipe\.csv is a named pipe/)
  await bad('self.csv', path => symlinkSync('self.csv', path), 'E_INPUT_UNREADABLE', /self\.csv is a symbolic link that leads in a circle/)
  await bad('out.csv', path => symlinkSync('/etc/hostname', path), 'E_PATH_ESCAPE', /out\.csv is a link that leads out/)
  await bad('gone.csv', path => symlinkSync('nowhere', path), 'E_INPUT_MISSING', /gone\.csv is a link that leads nowhere/)
  await bad('big.csv', path => writeFileSync(path, 'x'.repeat(1001)), 'E_INPUT_LIMIT', /big\.csv has 1001 bytes, and at most 1000/)
  writeFileSync(Buffer.concat([Buffer.from(`${top}/`), Buffer.from([0x66, 0xff, 0x2e, 0x63, 0x73, 0x76])]), 'x')
  await rejects('E_INPUT_ENCODING', /has a name that is not UTF-8/)
  rmSync(Buffer.concat([Buffer.from(`${top}/`), Buffer.from([0x66, 0xff, 0x2e, 0x63, 0x73, 0x76])]))
  const broken = Buffer.concat([Buffer.from(`${top}/`), Buffer.from([0x66, 0xff])])
  mkdirSync(broken)
  await rejects('E_INPUT_ENCODING', /has a name that is not UTF-8/)
  rmdirSync(broken)
  for (const name of ['li\nne.csv', 'li\u2028ne/x.csv']) {
    put(name)
    await rejects('E_INPUT_ENCODING', /^li.ne(\.csv|\/) has a line end in its name$/s)
    t.ok((await listInputs(query({ exclude: ['li*/**', 'li*.csv'] }))).files.length > 3, 'left out, it is no fault')
    rmSync(join(top, name.split('/')[0]!), { recursive: true })
  }
  for (const glob of ['../*.csv', '/etc/*', 'sub/../../x.csv', '{..,a}/*.csv', 'C:\\x.csv']) await rejects('E_PATH_ESCAPE', /leads out of the input folder/, { include: [glob] })
  const ids = async (include: string[], more: Partial<InputQuery> = {}): Promise<string[]> => (await listInputs(query({ include, ...more }))).files.map(file => file.id)
  t.same(await ids(['./A.*']), ['a.csv'], 'case does not matter')
  t.same(await ids(['.hidden/*']), ['.hidden/x.csv'], 'hidden files are read when the glob writes the dot')
  await rejects('E_INPUT_EMPTY', /holds no file/, { exclude: ['a/**', 'sub/**', '*.csv', '~*'] })
  await rejects('E_INPUT_EMPTY', /holds no file/, { include: [`${'{a,b}'.repeat(30)}.csv`, `${'*a'.repeat(40)}.csv`, `${'+('.repeat(30)}a${')'.repeat(30)}.csv`] })
  const [first] = list.files
  rmSync(join(top, 'B.CSV'))
  execFileSync('mkfifo', [join(top, 'B.CSV')])
  t.throws(() => readInput(first!, 1000), { code: 'E_INPUT_TYPE' }, 'a pipe that took its place is not waited on')
  rmSync(join(top, 'B.CSV'))
  t.throws(() => readInput(first!, 1000), { code: 'E_INPUT_MISSING' })
  if (!isRoot) {
    chmodSync(join(top, 'a.csv'), 0)
    t.throws(() => readInput(list.files[1]!, 1000), { code: 'E_INPUT_UNREADABLE' })
  }
})

t.test('outputs appear whole, or not at all', async t => {
  const top = scratch()
  const file = (suffix: string, text: string): PublishedFile => ({ suffix, media_type: 'text/plain', bytes: Buffer.from(text), hash: digestBytes(text) })
  const publisher = createPublisher(({ suffix }) => ({ path: join(top, 'dist/deep', `refined${suffix}`), shown: `dist/deep/refined${suffix}` }))
  const dist = join(top, 'dist/deep')
  const staged = await publisher.stage([file('.csv', 'one'), file('.report.html', 'two')])
  t.same(staged.paths, ['dist/deep/refined.csv', 'dist/deep/refined.report.html'])
  t.ok(readdirSync(dist).every(name => name.startsWith('.hotpass-staged-')), 'nothing is visible yet')
  await staged.commit()
  t.same(readdirSync(dist).sort(), ['refined.csv', 'refined.report.html'])
  t.equal(readFileSync(join(dist, 'refined.csv'), 'utf8'), 'one')
  const dropped = await publisher.stage([file('.csv', 'three')])
  await dropped.discard()
  t.equal(readFileSync(join(dist, 'refined.csv'), 'utf8'), 'one')
  t.equal(readdirSync(dist).length, 2)
  const dead = thisProcess().name.replace(/^[0-9]+\.[0-9]+/, '4194303.1')
  const elsewhere = thisProcess().name.replace(/\.[0-9a-f]*$/, '.ffffffffffff').replace(/^([0-9]+\.[0-9]+)\.[0-9a-f]+/, '$1.eeeeeeeeeeee')
  writeFileSync(join(dist, `.hotpass-staged-${dead}-0`), 'left by a dead process')
  writeFileSync(join(dist, `.hotpass-staged-${elsewhere}-0`), 'of another machine')
  await (await publisher.stage([file('.csv', 'four')])).commit()
  t.same(readdirSync(dist).filter(name => name.startsWith('.hotpass')), [`.hotpass-staged-${elsewhere}-0`], 'what a dead process left is cleared, what may be in use is not')

  symlinkSync('/etc/hostname', join(dist, 'refined.link'))
  await t.rejects(publisher.stage([file('.csv', 'five'), file('.link', 'x')]), { code: 'E_PATH_ESCAPE' })
  mkdirSync(join(dist, 'refined.dir'))
  await t.rejects(publisher.stage([file('.dir', 'x')]), { code: 'E_OUTPUT_UNWRITABLE', message: 'dist/deep/refined.dir is a folder' })
  await t.rejects(publisher.stage([file('.a', 'x'), file('.A', 'y')]), { code: 'E_USAGE' })
  t.equal(readdirSync(dist).filter(name => name.includes('staged')).length, 1, 'a failed stage leaves nothing')
  t.equal(readFileSync(join(dist, 'refined.csv'), 'utf8'), 'four')
  writeFileSync(join(top, 'plain'), '')
  const inFile = createPublisher(() => ({ path: join(top, 'plain/x.csv'), shown: 'plain/x.csv' }))
  await t.rejects(inFile.stage([file('.csv', 'x')]), { code: 'E_OUTPUT_UNWRITABLE' })
  if (existsSync('/proc/self')) {
    const full = createPublisher(() => ({ path: '/proc/self/nothing/x.csv', shown: 'x.csv' }))
    await t.rejects(full.stage([file('.csv', 'x')]), { code: 'E_OUTPUT_UNWRITABLE' })
  }
})

t.test('the digest of an operator\'s code', async t => {
  t.same(importsOf("import type { A } from './a.ts'\nimport { type B, c } from './b.ts'\nimport d from 'd'\nexport * from './e.ts'\nexport type { F } from './f.ts'\nconst g = await import('./g.ts')\n// import './h.ts'\n/**\n * import './i.ts'\n */\nimport './j.ts'\nconst k = '**/*.x'"), ['./b.ts', 'd', './e.ts', './g.ts', './j.ts'])
  const root = scratch()
  const write = (path: string, text: string): void => {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const lock = { packages: { '': {}, 'node_modules/x': { name: '@real/x', version: '1.0.0', integrity: 'sha512-x', dependencies: { y: '1' } }, 'node_modules/y': { version: '1.0.0', integrity: 'sha512-y' }, 'node_modules/x/node_modules/y': { version: '2.0.0', integrity: 'sha512-y2', dependencies: { z: '1' } }, 'node_modules/z': { version: '3.0.0', integrity: 'sha512-z', optionalDependencies: { x: '1', gone: '1' } }, 'node_modules/other': { version: '9.0.0' } } }
  t.same(lockedClosure(lock.packages as never, ['x']), ['@real/x@1.0.0 sha512-x', 'y@2.0.0 sha512-y2', 'z@3.0.0 sha512-z'])
  write('package-lock.json', JSON.stringify(lock))
  write('operators/codecs.ts', 'export const CODECS = 1\n')
  write('kernel/run/perform.ts', 'export const perform = 1\n')
  write('operators/read/toy/operator.ts', "import { a } from '../shared.ts'\nimport x from 'x/sub'\nimport type { T } from './types.ts'\nexport const operator = a\n")
  write('operators/read/shared.ts', 'export const a = 1\n')
  write('operators/read/toy/types.ts', 'export type T = 1\n')
  write('operators/plain/operator.ts', 'export const operator = 1\n')
  const digest = (id = 'read.toy'): string => openSource(root)(id).digest
  const base = digest()
  const plain = digest('plain')
  write('operators/read/toy/types.ts', 'export type T = 2\n')
  write('operators/read/toy/operator.test.ts', 'other\n')
  write('operators/read/shared.ts', 'export const a = 1\r\n')
  t.equal(digest(), base, 'types, tests and line endings do not count')
  write('operators/read/shared.ts', 'export const a = 2\n')
  t.not(digest(), base, 'what it imports counts')
  t.equal(digest('plain'), plain, 'and only for those that import it')
  write('operators/read/shared.ts', 'export const a = 1\n')
  lock.packages['node_modules/z'].version = '3.0.1'
  write('package-lock.json', JSON.stringify(lock))
  t.not(digest(), base, 'a locked package of a package counts')
  t.equal(digest('plain'), plain)
  for (const id of ['gone', '../read/toy', 'Read.Toy']) t.throws(() => digest(id), { code: 'E_UNKNOWN_NAME' }, id)

  t.same(operatorIdsIn(root), ['plain', 'read.toy'])
  const real = openSource(ROOT)
  const ids = operatorIdsIn(ROOT)
  t.ok(ids.length > 0)
  t.same(createImplementations()(ids[0]!), { digest: real(ids[0]!).digest, altered: [] }, 'the same for this tree, from source or built')
  t.same(alteredCode(), import.meta.filename.endsWith('.ts') ? undefined : [], 'from source nothing was built')

  // Stands for a build: what matters is that each source file has its built one.
  const build = scratch()
  for (const path of new Set(ids.flatMap(id => real(id).files))) {
    mkdirSync(join(build, path, '..'), { recursive: true })
    writeFileSync(join(build, path.replace(/\.ts$/, '.js')), readFileSync(join(ROOT, path)))
  }
  writeImplementations(ROOT, build)
  const started = performance.now()
  const whole = openPackageCode(build)
  for (const id of ids) t.same(whole.implementation(id), { digest: real(id).digest, altered: [] }, `${id}: the same from source and from the package`)
  t.ok(performance.now() - started < 20_000, 'and quickly compared')
  t.same(whole.altered(), [])
  t.throws(() => whole.implementation('gone'), { code: 'E_UNKNOWN_NAME' })
  t.throws(() => openPackageCode(scratch()), { code: 'E_IO', hint: 'install hotpass again' })

  const file = join(build, 'operators/normalise/email.js')
  const before = readFileSync(file)
  const altered = (text: string | Uint8Array): ReturnType<typeof openPackageCode> => {
    writeFileSync(file, text)
    return openPackageCode(build)
  }
  const one = altered('one')
  t.same(one.altered(), ['operators/normalise/email.js'])
  t.same(one.implementation('normalise').altered, ['operators/normalise/email.js'])
  t.not(one.implementation('normalise').digest, real('normalise').digest, 'altered code is another implementation')
  t.not(altered('two').implementation('normalise').digest, one.implementation('normalise').digest, 'and each alteration one of its own')
  t.same(one.implementation('export.csv'), { digest: real('export.csv').digest, altered: [] }, 'those that do not use it are what they were')
  t.equal(altered(before).implementation('normalise').digest, real('normalise').digest, 'put back, it is the old one')
  rmSync(file)
  t.same(openPackageCode(build).implementation('normalise').altered, ['operators/normalise/email.js'], 'a file that is gone')
})

t.test('the host of a run', async t => {
  const host = createHost(id => ({ digest: digestBytes(id), altered: [] }))
  t.match(host.now(), /^[0-9]{4}-.*Z$/)
  const before = host.elapsed()
  await host.pause()
  t.ok(host.elapsed() >= before)
  t.ok(host.usage().cpu_ms > 0 && host.usage().memory_bytes > 1_000_000)
  t.match(host.facts, { node: process.versions.node, unicode: process.versions.unicode! })
  t.match(host.drawSeed(), /^[0-9a-f]{32}$/)
  t.not(host.drawSeed(), host.drawSeed())
  t.equal(host.implementation('x').digest, digestBytes('x'))
})
