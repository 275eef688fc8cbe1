/** Bundles: the same bytes for the same run, opened by others, and nothing believed that was changed. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { INDEX_NAME, indexBytes, indexIn, isEscaping, nameInHeader, paddingAfter, sizeInHeader, tarHeader, type BundleFile } from '../../bundle.ts'
import { digestBytes, digestJson } from '../../hash.ts'
import { canonicalJson } from '../../json.ts'
import { openBundle, openBundleBytes } from './bundle-store.ts'
import { packBundle } from './bundle.ts'
import { bytesOf, runIdOf, sampleRun } from './sample.case.ts'
import { openStore, type FolderStore } from './store.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

async function filledStore(folder: string): Promise<FolderStore> {
  const store = openStore(join(folder, '.hotpass'))
  for (const name of ['x', 'other', 'x']) await sampleRun(store, name, 700)
  return store
}

interface Member { name: string; content: Uint8Array; header?: Uint8Array }

/** Reads an archive's members without believing anything, for building broken ones. */
function membersOf(archive: Uint8Array): Member[] {
  const members: Member[] = []
  for (let at = 0; archive[at] !== 0; ) {
    const header = archive.subarray(at, at + 512)
    const size = sizeInHeader(header)!
    members.push({ name: nameInHeader(header), content: archive.slice(at + 512, at + 512 + size) })
    at += 512 + size + paddingAfter(size)
  }
  return members
}

function archiveOf(members: readonly Member[]): Uint8Array {
  return new Uint8Array(Buffer.concat([...members.flatMap(({ name, content, header }) => [header ?? tarHeader(name, content.length), content, new Uint8Array(paddingAfter(content.length))]), new Uint8Array(1024)]))
}

/** An archive with an index that fits these members, whatever they are. */
function consistent(members: readonly Member[], more: { run_id: string; head: string }, filesOf = (files: BundleFile[]): unknown[] => files): Uint8Array {
  const files = filesOf(members.map(({ name, content }) => ({ name, hash: digestBytes(content), bytes: content.length })))
  return archiveOf([{ name: INDEX_NAME, content: indexBytes({ ...more, files: files as BundleFile[] }) }, ...members])
}

t.test('packed, opened elsewhere, the same bytes again', async t => {
  const folder = t.testdir()
  const store = await filledStore(folder)
  const runId = runIdOf('x')
  const file = join(folder, 'x.hotpass')
  const summary = await packBundle(store, runId, file)
  t.match(summary, { path: file, run_id: runId, attempts: [1, 2], objects: 3, bytes: statSync(file).size, hash: digestBytes(readFileSync(file)), head: store.head() })
  t.equal(statSync(file).mode & 0o777, 0o600)
  await t.rejects(packBundle(store, runId, file), { code: 'E_OUTPUT_UNWRITABLE', hint: /--force/ })
  await sampleRun(store, 'later')
  t.equal((await packBundle(store, runId, file, { replace: true })).hash, summary.hash, 'whatever else the store has got since')
  t.match(await packBundle(store, runId, join(folder, 'one.hotpass'), { attempt: 1 }), { attempts: [1] })
  await t.rejects(packBundle(store, 'run-none', join(folder, 'none')), { code: 'E_STORE_MISSING' })
  await t.rejects(packBundle(store, runId, join(folder, 'no', 'such', 'folder')), { code: 'E_OUTPUT_UNWRITABLE', message: /no folder|not a folder|is a folder/ })
  t.same(readdirSync(folder).sort(), ['.hotpass', 'one.hotpass', 'x.hotpass'], 'nothing is left over')

  const bundle = openBundle(file)
  t.equal(bundle.runId, runId)
  t.same(bundle.attempts(), store.attempts().filter(entry => entry.run_id === runId))
  t.equal(bundle.head(), summary.head)
  t.same([bundle.records(runId, 1), bundle.records(runId, 2)], [store.records(runId, 1), store.records(runId, 2)])
  const hash = digestBytes(bytesOf('x', 'output'))
  t.same([bundle.has(hash), Buffer.from(bundle.get(hash)).toString()], [true, 'output of x'])
  t.equal(bundle.has(digestBytes(bytesOf('other', 'output'))), false, 'nothing of other runs')
  t.throws(() => bundle.get(digestBytes('none')), { code: 'E_STORE_MISSING' })
  t.throws(() => bundle.records(runId, 3), { code: 'E_STORE_MISSING' })
  t.equal(bundle.findAction(digestBytes('action x')), undefined, 'no result is taken from it')
  t.throws(() => bundle.put(bytes('a')), { code: 'E_OUTPUT_UNWRITABLE' })
  writeFileSync(file, Buffer.from(readFileSync(file).map((byte, at) => (at > 3000 ? byte ^ 1 : byte))))
  t.throws(() => bundle.get(hash), { code: 'E_STORE_DAMAGED' }, 'changed after it was opened')
  bundle.close()
  bundle.close()
  t.throws(() => openBundle(join(folder, 'nowhere')), { code: 'E_STORE_MISSING' })
  t.throws(() => openBundle(folder), { code: 'E_STORE_DAMAGED' })
})

t.test('other programs can unpack it', { skip: !existsSync('/bin/tar') }, async t => {
  const folder = t.testdir({ out: {} })
  const store = await filledStore(folder)
  await packBundle(store, runIdOf('x'), join(folder, 'x.tar'))
  execFileSync('tar', ['-xf', join(folder, 'x.tar'), '-C', join(folder, 'out')])
  t.same(readFileSync(join(folder, 'out/runs', runIdOf('x'), 'attempt-0002/run.json')), readFileSync(join(folder, '.hotpass/runs', runIdOf('x'), 'attempt-0002/run.json')))
  t.same(readdirSync(join(folder, 'out')).sort(), ['bundle.json', 'ledger', 'objects', 'runs'])
})

t.test('every changed byte is refused', async t => {
  const folder = t.testdir()
  await packBundle(await filledStore(folder), runIdOf('x'), join(folder, 'x.tar'), { attempt: 1 })
  const good = new Uint8Array(readFileSync(join(folder, 'x.tar')))
  t.equal(openBundleBytes(good).attempts().length, 1)
  const accepted: string[] = []
  for (let at = 0; at < good.length; at++) {
    const bad = good.slice()
    bad[at]! ^= 1 << (at * 5 + (at >> 3)) % 8
    try {
      openBundleBytes(bad)
      accepted.push(`byte ${at}`)
    } catch (error) {
      if (!['E_STORE_DAMAGED', 'E_PATH_ESCAPE', 'E_STORE_FORMAT'].includes((error as { code: string }).code)) accepted.push(`byte ${at}: ${String(error)}`)
    }
  }
  t.same(accepted, [])
  for (const length of [0, 1, 511, 512, 1024, 2048, good.length - 1024, good.length - 512, good.length - 1]) t.throws(() => openBundleBytes(good.slice(0, length)), { code: 'E_STORE_DAMAGED' }, `cut to ${length}`)
  t.throws(() => openBundleBytes(new Uint8Array([...good, ...new Uint8Array(512)])), { code: 'E_STORE_DAMAGED' }, 'made longer')
})

t.test('hostile bundles with an index that fits', async t => {
  const folder = t.testdir()
  const store = await filledStore(folder)
  await packBundle(store, runIdOf('x'), join(folder, 'x.tar'))
  await packBundle(store, runIdOf('other'), join(folder, 'other.tar'))
  const [, ...members] = membersOf(readFileSync(join(folder, 'x.tar')))
  const [, ...others] = membersOf(readFileSync(join(folder, 'other.tar')))
  const more = { run_id: runIdOf('x'), head: store.lines()[2]!.hash }
  const inOrder = (list: Member[]): Member[] => list.sort((a, b) => (a.name < b.name ? -1 : 1))
  t.equal(openBundleBytes(consistent(members, more)).attempts().length, 2, 'the builder makes good ones')

  const evil: Member = { name: '../evil', content: bytes('x') }
  const objectOf = (content: Uint8Array): Member => ({ name: `objects/${digestBytes(content).slice(0, 2)}/${digestBytes(content).slice(2)}`, content })
  const link = tarHeader(members.at(-1)!.name, members.at(-1)!.content.length)
  link[156] = 50
  const refused: readonly (readonly [string, string, () => Uint8Array])[] = [
    ['a name that climbs out', 'E_PATH_ESCAPE', () => consistent([evil, ...members], more)],
    ['an absolute name', 'E_PATH_ESCAPE', () => consistent([{ ...evil, name: '/etc/passwd' }, ...members], more)],
    ['a Windows name', 'E_PATH_ESCAPE', () => consistent([{ ...evil, name: 'objects\\..\\x' }, ...members], more)],
    ['a climbing name in the archive alone', 'E_PATH_ESCAPE', () => archiveOf([{ name: INDEX_NAME, content: indexBytes({ ...more, files: members.map(({ name, content }) => ({ name, hash: digestBytes(content), bytes: content.length })) }) }, ...members.map((member, at) => (at === 1 ? { ...member, header: tarHeader('a/../../b', member.content.length) } : member))])],
    ['an unknown file', 'E_STORE_DAMAGED', () => consistent([{ name: 'notes', content: bytes('x') }, ...members], more)],
    ['a link in place of a file', 'E_STORE_DAMAGED', () => consistent([...members.slice(0, -1), { ...members.at(-1)!, header: link }], more)],
    ['an object that no record names', 'E_STORE_DAMAGED', () => consistent(inOrder([...members, objectOf(bytes('extra'))]), more)],
    ['a record that no manifest names', 'E_STORE_DAMAGED', () => consistent(inOrder([...members, { name: `runs/${runIdOf('x')}/attempt-0001/009-x.json`, content: bytes('{}\n') }]), more)],
    ['an attempt that no line names', 'E_STORE_DAMAGED', () => consistent(inOrder([...members, { name: `runs/${runIdOf('x')}/attempt-0003/run.json`, content: bytes('{}\n') }]), more)],
    ['a file twice', 'E_STORE_DAMAGED', () => consistent([...members, members.at(-1)!], more)],
    ['files in another order', 'E_STORE_DAMAGED', () => consistent([...members].reverse(), more)],
    ['no file at all', 'E_STORE_DAMAGED', () => consistent([], more)],
    ...members.map((member, at) => [`without ${member.name}`, 'E_STORE_DAMAGED', () => consistent(members.filter((_, index) => index !== at), more)] as const),
    ...members.map((member, at) => [`other content in ${member.name}`, 'E_STORE_DAMAGED', () => consistent(members.map((other, index) => (index === at ? { ...other, content: bytes('{"a":1}\n') } : other)), more)] as const),
    ['an upper-case hash', 'E_STORE_DAMAGED', () => consistent(members, more, files => files.map(file => ({ ...file, hash: file.hash.toUpperCase() })))],
    ['a negative size', 'E_STORE_DAMAGED', () => consistent(members, more, files => files.map(file => ({ ...file, bytes: -1 })))],
    ['a size that lies', 'E_STORE_DAMAGED', () => consistent(members, more, files => files.map(file => ({ ...file, bytes: 8_000_000_000 })))],
    ['a field that is not known', 'E_STORE_DAMAGED', () => consistent(members, more, files => files.map(file => ({ ...file, mode: 7 })))],
    ['the ledger of another run', 'E_STORE_DAMAGED', () => consistent(others, more)],
    ['the name of another run', 'E_STORE_DAMAGED', () => consistent(members, { ...more, run_id: runIdOf('other') })],
    ['the head of another run', 'E_STORE_DAMAGED', () => consistent(members, { ...more, head: store.lines()[1]!.hash })],
    ['a later version', 'E_STORE_FORMAT', () => {
      const body = { schema: 'urn:hotpass:bundle:2', anything: 1 }
      return archiveOf([{ name: INDEX_NAME, content: bytes(canonicalJson({ ...body, hash: digestJson(body) }) + '\n') }, ...members])
    }],
    ['an index with a key twice', 'E_STORE_DAMAGED', () => archiveOf([{ name: INDEX_NAME, content: bytes('{"files":[],"files":[]}\n') }, ...members])],
    ['an index that is a list', 'E_STORE_DAMAGED', () => archiveOf([{ name: INDEX_NAME, content: bytes('[]\n') }, ...members])],
    ['an index nested without end', 'E_STORE_DAMAGED', () => archiveOf([{ name: INDEX_NAME, content: bytes('['.repeat(1_000_000)) }])],
    ['an index larger than the file', 'E_STORE_DAMAGED', () => {
      const archive = consistent(members, more)
      archive.set(tarHeader(INDEX_NAME, 8_000_000_000))
      return archive
    }],
    ['no archive at all', 'E_STORE_FORMAT', () => new Uint8Array(10_240).fill(65)],
    ['zeros', 'E_STORE_FORMAT', () => new Uint8Array(10_240)]
  ]
  for (const [why, code, make] of refused) t.throws(() => openBundleBytes(make()), { code }, why)
  t.ok(refused.length > 35, `${refused.length} vectors`)
})

t.test('names and headers', t => {
  const long = `runs/run-${'0'.repeat(32)}/attempt-0001/001-${'x'.repeat(60)}.json`
  const header = tarHeader(long, 5)
  t.same([nameInHeader(header), sizeInHeader(header), header.length], [long, 5, 512])
  t.throws(() => tarHeader('x'.repeat(101), 1), RangeError)
  t.throws(() => tarHeader(`${'x'.repeat(200)}/y`, 1), RangeError)
  t.throws(() => tarHeader('x', 9e9), RangeError)
  t.same(['a/b', 'a..b', '..', 'a/../b', '/a', 'C:x', 'a\\b', 'a\nb'].map(isEscaping), [false, false, true, true, true, true, true, true])
  t.throws(() => indexIn(bytes('x')), { code: 'E_STORE_DAMAGED' })
  t.end()
})
