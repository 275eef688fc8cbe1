/** The store's folder: made, found, or refused. */
import { dirname } from 'node:path'
import { HotpassError } from '../../error.ts'
import { syncFolderNow, type Disk } from './disk.ts'
import { jsonBytes, objectIn } from './json-file.ts'
import { FOLDERS, FORMAT, HEAD, LEDGER, TMP } from './layout.ts'
import { headBytes, NO_LINE } from './ledger.ts'

/** Of the store's layout. A store of a later one is refused and left alone. */
export const STORE_VERSION = 1

export const formatBytes = (): Uint8Array => jsonBytes({ format: 'urn:hotpass:store', version: STORE_VERSION })

/** What is wrong with a format file, if anything. */
export function formatFault(bytes: Uint8Array): { newer: boolean; what: string } | undefined {
  if (Buffer.compare(bytes, formatBytes()) === 0) return undefined
  const version = objectIn(bytes)?.['version']
  if (typeof version === 'number' && version > STORE_VERSION) return { newer: true, what: `the store has format ${version}; this Hotpass knows ${STORE_VERSION}` }
  return { newer: false, what: 'the store\'s format file is damaged' }
}

/**
 * Checks that a store can be used; `disk` is rooted in it. True when it is there, false when nothing is.
 * Throws E_STORE_FORMAT also for a folder or file that is something else, E_STORE_DAMAGED, or E_PATH_ESCAPE for a link
 * where a folder should be.
 */
export function assertFormat(disk: Disk, root: string): boolean {
  if (disk.stat('') === undefined) return false
  for (const path of ['', ...FOLDERS]) {
    const type = disk.stat(path)?.type
    if (type === undefined || type === 'folder') continue
    const full = path === '' ? root : `${root}/${path}`
    const [code, what] = type === 'file' ? (['E_STORE_FORMAT', 'a file'] as const) : (['E_PATH_ESCAPE', 'a link'] as const)
    throw new HotpassError(code, `${full} is ${what}, not a folder of the store`, { place: { file: full }, hint: 'keep the store in a folder of its own: name another one with --store-dir' })
  }
  const bytes = disk.read(FORMAT)
  if (bytes !== undefined) {
    const fault = formatFault(bytes)
    if (fault === undefined) return true
    throw new HotpassError('E_STORE_FORMAT', fault.what, { place: { file: `${root}/${FORMAT}` }, hint: fault.newer ? 'use the newer Hotpass that made it' : 'run hotpass doctor --full; put the store back from a copy' })
  }
  const ledger = disk.read(LEDGER)
  // Another process may have finished making the store since the first look.
  if (ledger !== undefined && ledger.length > 0 && disk.read(FORMAT) === undefined) {
    throw new HotpassError('E_STORE_DAMAGED', 'the store\'s format file is missing', { place: { file: `${root}/${FORMAT}` }, hint: 'run hotpass doctor --full; put the store back from a copy' })
  }
  const [stranger] = strangersIn(disk)
  if (stranger !== undefined) throw new HotpassError('E_STORE_FORMAT', `${root} is no store: it holds ${stranger}`, { place: { file: root }, hint: 'keep the store in a folder of its own: name another one with --store-dir' })
  return false
}

const OWN: ReadonlySet<string> = new Set([...FOLDERS, FORMAT, LEDGER, HEAD, 'mcp-audit.log', 'mcp-approvals', 'lost+found'])

/** What stands in a folder and has no place in a store, hidden files aside. */
export function strangersIn(disk: Disk): readonly string[] {
  return disk.list('').map(({ name }) => name).filter(name => !OWN.has(name) && !name.startsWith('.'))
}

/** Puts a new file in place whole and durable, unless another process has done so. */
function putInPlace(disk: Disk, temporary: string, path: string, bytes: Uint8Array): void {
  const fd = disk.openNew(temporary)
  try {
    disk.write(fd, bytes)
    disk.syncNow(fd)
  } finally {
    disk.close(fd)
  }
  disk.link(temporary, path)
  disk.unlink(temporary)
}

/** Makes the store's folder and what belongs in it, durably. Several processes may do so at once. */
export function createStoreFolder(bare: Disk, disk: Disk, root: string, temporary: string): void {
  makeParents(bare, dirname(root))
  if (disk.makeFolder('')) syncFolderNow(bare, dirname(root))
  for (const folder of FOLDERS) disk.makeFolder(folder)
  putInPlace(disk, `${TMP}/${temporary}`, LEDGER, new Uint8Array())
  putInPlace(disk, `${TMP}/${temporary}`, HEAD, headBytes(0, NO_LINE))
  syncFolderNow(disk, '')
  // Last, so that a store with a format has all of the rest.
  putInPlace(disk, `${TMP}/${temporary}`, FORMAT, formatBytes())
  syncFolderNow(disk, '')
}

function makeParents(disk: Disk, path: string): void {
  if (disk.stat(path) !== undefined || dirname(path) === path) return
  makeParents(disk, dirname(path))
  if (disk.makeFolder(path)) syncFolderNow(disk, dirname(path))
}
