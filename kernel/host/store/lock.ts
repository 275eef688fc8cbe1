/**
 * A lock between processes that outlives none of them. It is a file with its owner's name, put in place by link(2),
 * which only one can do. The lock of a dead owner is taken away by whoever holds the *right* to: a second file, named
 * after that very lock, taken the same way; and if its holder died too, a third named after the second, and so on.
 * A lock's text never comes back, so a right to an old lock does no harm.
 */
import { randomBytes } from 'node:crypto'
import { digestBytes } from '../../hash.ts'
import { HotpassError } from '../../error.ts'
import type { Disk } from './disk.ts'
import { LOCKS } from './layout.ts'
import type { Life, Owner } from './owner.ts'

export interface LockTimes {
  /** Milliseconds to wait for a living owner before giving up. */
  readonly patience: number
  /** Milliseconds that an owner who cannot be seen from here is given. */
  readonly grace: number
}

export const LOCK_TIMES: LockTimes = { patience: 60_000, grace: 10_000 }

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Whether the owner that a lock names lives. A lock without a readable name was torn by a power cut, so its owner is dead. */
export function lifeOfLock(owner: Owner, text: string): Life {
  const at = text.lastIndexOf('.')
  return at < 1 || text.includes('\0') ? 'dead' : owner.lifeOf(text.slice(0, at))
}

/** A name for a temporary file or a lock that nobody else has. */
export const uniqueName = (owner: Owner): string => `${owner.name}.${randomBytes(6).toString('hex')}`

const pause = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds))

/** Takes away the lock that reads `text`. False when another living process is about to. */
function breakLock(disk: Disk, owner: Owner, lock: string, text: string, mine: string, expired: boolean): boolean {
  const walked: string[] = []
  let broken = text
  for (;;) {
    // With the depth in it, because a power cut leaves several with no text at all.
    const right = `${lock}.${walked.length}.${digestBytes(broken).slice(0, 24)}`
    if (disk.link(mine, right)) {
      const now = disk.read(lock)
      if (now !== undefined && decoder.decode(now) === text) disk.unlink(lock)
      disk.unlink(right)
      for (const path of walked.reverse()) disk.unlink(path)
      return true
    }
    const holder = disk.read(right)
    if (holder === undefined) return true
    broken = decoder.decode(holder)
    const life = lifeOfLock(owner, broken)
    if (life === 'alive' || (life === 'unknown' && !expired)) return false
    walked.push(right)
  }
}

/**
 * Does the work while holding the lock. `temporary` is a path for a file that is gone afterwards.
 * Throws E_IO when a living process keeps the lock too long, and whatever the work throws.
 */
export async function withLock<T>(disk: Disk, owner: Owner, name: string, temporary: string, work: () => Promise<T>, times: LockTimes = LOCK_TIMES): Promise<T> {
  const lock = `${LOCKS}/${name}`
  const text = uniqueName(owner)
  const fd = disk.openNew(temporary)
  try {
    disk.write(fd, encoder.encode(text))
  } finally {
    disk.close(fd)
  }
  try {
    const started = performance.now()
    let seen = ''
    let since = started
    for (let wait = 1; !disk.link(temporary, lock); ) {
      const bytes = disk.read(lock)
      if (bytes === undefined) continue
      const holder = decoder.decode(bytes)
      const now = performance.now()
      if (holder !== seen) [seen, since] = [holder, now]
      const life = lifeOfLock(owner, holder)
      const expired = now - since > times.grace
      if ((life === 'dead' || (life === 'unknown' && expired)) && breakLock(disk, owner, lock, holder, temporary, expired)) continue
      if (now - started > times.patience) {
        throw new HotpassError('E_IO', `another process has kept the store's lock for ${Math.round(times.patience / 1000)} s: ${holder.split('.')[0]}`, {
          hint: 'wait for it to end, or end it, and run the same command again',
          details: { holder }
        })
      }
      await pause(wait)
      wait = Math.min(wait * 2, 10)
    }
    try {
      return await work()
    } finally {
      const held = disk.read(lock)
      if (held !== undefined && decoder.decode(held) === text) disk.unlink(lock)
    }
  } finally {
    disk.unlink(temporary)
  }
}
