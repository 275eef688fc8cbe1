/** A disk in memory that knows what a power cut would leave of it. For tests, and for a store that is not kept. */
import { dirname, basename } from 'node:path'
import type { Disk } from './disk.ts'

interface File { readonly type: 'file'; now: Uint8Array; durable: Uint8Array }
interface Folder { readonly type: 'folder'; readonly now: Map<string, Node>; durable: Map<string, Node>; pending: Change[] }
type Node = File | Folder

/** One step on folders that a power cut keeps or loses as a whole. */
interface Change { readonly sets: readonly { readonly folder: Folder; readonly name: string; readonly node: Node | undefined }[]; done: boolean }

/** Sectors are written whole or not at all. */
const SECTOR = 512

export interface MemoryDisk extends Disk {
  /**
   * The disk as a power cut at this instant may leave it: of what was not synced, folders keep some steps and lose
   * others, files keep some sectors. `random` gives numbers from 0 to below 1.
   */
  afterPowerCut(random: () => number): MemoryDisk
  /** An independent copy, as another process would see it after this one was killed. */
  copy(): MemoryDisk
}

const newFolder = (): Folder => ({ type: 'folder', now: new Map(), durable: new Map(), pending: [] })
const systemError = (code: string, path: string): Error => Object.assign(new Error(`${code}: ${path}`), { code })

/** An empty disk with a root folder. */
export function createMemoryDisk(root: Folder = newFolder()): MemoryDisk {
  const open = new Map<number, Node>()
  let last = 2

  function find(path: string): Node | undefined {
    let node: Node | undefined = root
    for (const name of path.split('/').filter(part => part !== '')) node = node?.type === 'folder' ? node.now.get(name) : undefined
    return node
  }
  function parentOf(path: string): Folder {
    const parent = find(dirname(path))
    if (parent?.type !== 'folder') throw systemError('ENOENT', path)
    return parent
  }
  function change(sets: Change['sets']): void {
    const made: Change = { sets, done: false }
    for (const { folder, name, node } of sets) {
      if (node === undefined) folder.now.delete(name)
      else folder.now.set(name, node)
      folder.pending.push(made)
    }
  }
  function openNode(node: Node): number {
    open.set(++last, node)
    return last
  }
  function fileOf(fd: number): File {
    const node = open.get(fd)
    if (node?.type !== 'file') throw systemError('EBADF', String(fd))
    return node
  }
  function syncNow(fd: number): void {
    const node = open.get(fd)
    if (node === undefined) throw systemError('EBADF', String(fd))
    if (node.type === 'file') node.durable = node.now
    else {
      for (const made of node.pending) apply(made)
      node.pending = []
    }
  }
  function apply(made: Change): void {
    if (made.done) return
    made.done = true
    for (const { folder, name, node } of made.sets) {
      if (node === undefined) folder.durable.delete(name)
      else folder.durable.set(name, node)
    }
  }

  function write(fd: number, bytes: Uint8Array): void {
    const file = fileOf(fd)
    const joined = new Uint8Array(file.now.length + bytes.length)
    joined.set(file.now)
    joined.set(bytes, file.now.length)
    file.now = joined
  }

  return {
    openNew(path) {
      const parent = parentOf(path)
      if (parent.now.has(basename(path))) throw systemError('EEXIST', path)
      const node: File = { type: 'file', now: new Uint8Array(), durable: new Uint8Array() }
      change([{ folder: parent, name: basename(path), node }])
      return openNode(node)
    },
    openAppend(path) {
      const node = find(path)
      if (node?.type !== 'file') throw systemError('ENOENT', path)
      return openNode(node)
    },
    openFolder(path) {
      const node = find(path)
      if (node?.type !== 'folder') throw systemError('ENOENT', path)
      return openNode(node)
    },
    write,
    async writeBehind(fd, bytes) {
      write(fd, bytes)
    },
    truncate(fd, length) {
      const file = fileOf(fd)
      file.now = file.now.slice(0, length)
    },
    async sync(fd) {
      syncNow(fd)
    },
    syncNow,
    close(fd) {
      if (!open.delete(fd)) throw systemError('EBADF', String(fd))
    },
    read(path) {
      const node = find(path)
      if (node?.type === 'folder') throw systemError('ELOOP', path)
      return node?.now.slice()
    },
    stat(path) {
      const node = find(path)
      return node === undefined ? undefined : { type: node.type, size: node.type === 'file' ? node.now.length : 0 }
    },
    list(path) {
      const node = find(path)
      if (node?.type !== 'folder') return []
      return [...node.now].map(([name, { type }]) => ({ name, type })).sort((a, b) => (a.name < b.name ? -1 : 1))
    },
    makeFolder(path) {
      const parent = parentOf(path)
      if (parent.now.has(basename(path))) return false
      change([{ folder: parent, name: basename(path), node: newFolder() }])
      return true
    },
    rename(from, to) {
      const [source, target, node] = [parentOf(from), parentOf(to), find(from)]
      if (node === undefined) throw systemError('ENOENT', from)
      const there = target.now.get(basename(to))
      if (there !== undefined && (there.type !== node.type || (there.type === 'folder' && there.now.size > 0))) throw systemError('ENOTEMPTY', to)
      change([{ folder: target, name: basename(to), node }, { folder: source, name: basename(from), node: undefined }])
    },
    link(from, to) {
      const [target, node] = [parentOf(to), find(from)]
      if (node === undefined) throw systemError('ENOENT', from)
      if (target.now.has(basename(to))) return false
      change([{ folder: target, name: basename(to), node }])
      return true
    },
    unlink(path) {
      const parent = find(dirname(path))
      if (parent?.type !== 'folder' || !parent.now.has(basename(path))) return false
      change([{ folder: parent, name: basename(path), node: undefined }])
      return true
    },
    removeFolder(path) {
      const [parent, node] = [parentOf(path), find(path)]
      if (node === undefined) return false
      if (node.type !== 'folder' || node.now.size > 0) throw systemError('ENOTEMPTY', path)
      change([{ folder: parent, name: basename(path), node: undefined }])
      return true
    },
    afterPowerCut: random => createMemoryDisk(survivorOf(root, random)),
    copy: () => createMemoryDisk(copyOf(root, new Map(), new Map()) as Folder)
  }
}

function copyOf(node: Node, seen: Map<Node, Node>, changes: Map<Change, Change>): Node {
  const before = seen.get(node)
  if (before !== undefined) return before
  if (node.type === 'file') {
    const file: File = { type: 'file', now: node.now, durable: node.durable }
    seen.set(node, file)
    return file
  }
  const folder = newFolder()
  seen.set(node, folder)
  for (const [name, child] of node.now) folder.now.set(name, copyOf(child, seen, changes))
  for (const [name, child] of node.durable) folder.durable.set(name, copyOf(child, seen, changes))
  // Steps that are not durable yet stay so, or a later power cut would be too kind.
  for (const made of node.pending) {
    let twin = changes.get(made)
    if (twin === undefined) {
      const sets: Change['sets'][number][] = []
      twin = { sets, done: made.done }
      changes.set(made, twin)
      for (const set of made.sets) sets.push({ folder: copyOf(set.folder, seen, changes) as Folder, name: set.name, node: set.node === undefined ? undefined : copyOf(set.node, seen, changes) })
    }
    folder.pending.push(twin)
  }
  return folder
}

/** Decides for each step that was not synced, in order, whether the cut lost it; then for each file what it holds. */
function survivorOf(root: Folder, random: () => number): Folder {
  const fate = new Map<Change, boolean>()
  const seen = new Map<Node, Node>()
  function survive(node: Node): Node {
    const before = seen.get(node)
    if (before !== undefined) return before
    if (node.type === 'file') {
      const bytes = tornBytes(node, random)
      const file: File = { type: 'file', now: bytes, durable: bytes }
      seen.set(node, file)
      return file
    }
    const folder = newFolder()
    seen.set(node, folder)
    const entries = new Map(node.durable)
    for (const made of node.pending) {
      if (made.done) continue
      if (!fate.has(made)) fate.set(made, random() < 0.5)
      if (fate.get(made) !== true) continue
      for (const set of made.sets) {
        if (set.folder !== node) continue
        if (set.node === undefined) entries.delete(set.name)
        else entries.set(set.name, set.node)
      }
    }
    for (const [name, child] of entries) {
      const kept = survive(child)
      folder.now.set(name, kept)
      folder.durable.set(name, kept)
    }
    return folder
  }
  return survive(root) as Folder
}

function tornBytes({ now, durable }: File, random: () => number): Uint8Array {
  if (now === durable) return now
  const choice = random()
  if (choice < 0.3) return durable
  if (choice < 0.4 || now.length <= durable.length) return now
  const length = Math.min(now.length, durable.length + SECTOR * Math.floor(random() * (1 + (now.length - durable.length) / SECTOR)))
  // Some file systems grow the file before its new sectors are there: they read as zeros.
  const torn = random() < 0.3 ? new Uint8Array(now.length) : now.slice(0, length)
  torn.set(now.subarray(0, length))
  return torn
}
