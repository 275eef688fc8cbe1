/**
 * The form of a bundle: a POSIX ustar archive whose first file, `bundle.json`, says exactly what all the others are.
 * Everything in the archive's headers is fixed, so that one run has one sequence of bytes, and a reader needs no
 * parser: it makes the headers that must be there and compares.
 */
import { HotpassError } from './error.ts'
import { digestJson } from './hash.ts'
import { canonicalJson } from './json.ts'
import type { Digest, Json } from './types.ts'

const SCHEMA = 'urn:hotpass:bundle:'
const VERSION = 1
export const INDEX_NAME = 'bundle.json'
/** Blocks of ustar, in bytes (POSIX.1-1988, pax utility, ustar interchange format). */
export const BLOCK = 512
/** Two blocks of zeros end an archive. */
export const END_BYTES = 2 * BLOCK
/** Of the index, in bytes: some 80,000 files. A reader holds it in memory. */
export const MAX_INDEX_BYTES = 16 * 1024 * 1024
/** Of a record or a manifest, in bytes. */
export const MAX_RECORD_BYTES = 64 * 1024 * 1024
/** Eleven octal digits. */
const MAX_FILE_BYTES = 8 * 1024 * 1024 * 1024 - 1

export interface BundleFile {
  readonly name: string
  readonly hash: Digest
  readonly bytes: number
}

export interface BundleIndex {
  readonly run_id: string
  /** Hash of the ledger's line of the last attempt that is packed. */
  readonly head: Digest
  /** In ascending order of name, without the index itself. */
  readonly files: readonly BundleFile[]
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The header of a plain file in ustar: mode 0600, owner 0, time 0. Throws RangeError for what the form cannot hold. */
export function tarHeader(name: string, bytes: number): Uint8Array {
  const header = new Uint8Array(BLOCK)
  const encoded = encoder.encode(name)
  // A long name is split at a slash into a prefix of 155 bytes and a name of 100.
  let cut = -1
  if (encoded.length > 100) {
    for (cut = encoded.length - 101; cut < encoded.length && encoded[cut] !== 47; ) cut++
    if (cut > 155 || cut === encoded.length) throw new RangeError('the name is too long for ustar')
  }
  if (!Number.isSafeInteger(bytes) || bytes < 0 || bytes > MAX_FILE_BYTES) throw new RangeError('the file is too large for ustar')
  const put = (at: number, text: string | Uint8Array): void => header.set(typeof text === 'string' ? encoder.encode(text) : text, at)
  put(0, encoded.subarray(cut + 1))
  put(100, '0000600\0')
  put(108, '0000000\0')
  put(116, '0000000\0')
  put(124, `${bytes.toString(8).padStart(11, '0')}\0`)
  put(136, '00000000000\0')
  put(148, '        ')
  put(156, '0')
  put(257, 'ustar\x0000')
  put(329, '0000000\0')
  put(337, '0000000\0')
  if (cut >= 0) put(345, encoded.subarray(0, cut))
  const sum = header.reduce((total, byte) => total + byte, 0)
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `)
  return header
}

/** The name that a header gives, as far as it can be read; only for saying what is wrong. */
export function nameInHeader(header: Uint8Array): string {
  const text = (start: number, length: number): string => {
    const part = header.subarray(start, start + length)
    const end = part.indexOf(0)
    return new TextDecoder().decode(end === -1 ? part : part.subarray(0, end))
  }
  const prefix = text(345, 155)
  return prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`
}

/** Size that a header gives, in bytes; undefined when it is not a number. */
export function sizeInHeader(header: Uint8Array): number | undefined {
  const digits = new TextDecoder().decode(header.subarray(124, 135))
  return /^[0-7]{11}$/.test(digits) ? Number.parseInt(digits, 8) : undefined
}

/** Zeros that follow a file of so many bytes. */
export const paddingAfter = (bytes: number): number => (BLOCK - (bytes % BLOCK)) % BLOCK

/** A name that could lead out of the folder that a bundle is unpacked in. */
export const isEscaping = (name: string): boolean => name.startsWith('/') || /(^|[/\\])\.\.([/\\]|$)|\\|^[A-Za-z]:|[\0-\x1f]/.test(name)

const NAMES = [/^ledger$/, /^objects\/[0-9a-f]{2}\/[0-9a-f]{62}$/, /^runs\/[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/attempt-[0-9]{4,9}\/[A-Za-z0-9_-]{1,80}\.json$/]
const DIGEST = /^[0-9a-f]{64}$/

/** The bytes of `bundle.json`. */
export function indexBytes(index: BundleIndex): Uint8Array {
  const body = { schema: `${SCHEMA}${VERSION}`, ...index } as unknown as { [key: string]: Json }
  return encoder.encode(canonicalJson({ ...body, hash: digestJson(body) }) + '\n')
}

const damaged = (what: string): HotpassError => new HotpassError('E_STORE_DAMAGED', `the bundle is damaged: ${what}`, { hint: 'get the file again from where it was made' })

/** Refuses an archive member's name. Throws E_PATH_ESCAPE or E_STORE_DAMAGED. */
export function refuseName(name: string): never {
  if (isEscaping(name)) throw new HotpassError('E_PATH_ESCAPE', 'the bundle holds a name that leads out of its folder', { hint: 'do not trust this file' })
  throw damaged('it holds a file that its index does not name')
}

/**
 * Reads `bundle.json`. Throws E_STORE_DAMAGED when it is anything but what `indexBytes` writes, E_STORE_FORMAT for a
 * later version, E_PATH_ESCAPE for a name that leads out.
 */
export function indexIn(bytes: Uint8Array): BundleIndex {
  let value: { [key: string]: Json }
  try {
    const text = decoder.decode(bytes)
    value = JSON.parse(text) as { [key: string]: Json }
    if (typeof value !== 'object' || value === null || Array.isArray(value) || canonicalJson(value) + '\n' !== text) throw new TypeError('not canonical')
  } catch {
    throw damaged('its index is not canonical JSON')
  }
  const { hash, ...body } = value
  const version = typeof body['schema'] === 'string' && body['schema'].startsWith(SCHEMA) ? Number(body['schema'].slice(SCHEMA.length)) : 0
  if (version > VERSION) throw new HotpassError('E_STORE_FORMAT', `the bundle has format ${version}; this Hotpass knows ${VERSION}`, { hint: 'use the newer Hotpass that made it' })
  if (version !== VERSION || Object.keys(body).sort().join() !== 'files,head,run_id,schema' || digestJson(body) !== hash) throw damaged('its index is not whole')
  const { run_id, head, files } = body as unknown as BundleIndex
  if (typeof run_id !== 'string' || typeof head !== 'string' || !DIGEST.test(head) || !Array.isArray(files)) throw damaged('its index is not whole')
  let last = ''
  for (const file of files) {
    if (typeof file !== 'object' || file === null || Object.keys(file).join() !== 'bytes,hash,name') throw damaged('its index is not whole')
    if (typeof file.name !== 'string' || !NAMES.some(pattern => pattern.test(file.name))) refuseName(String(file.name))
    if (file.name <= last) throw damaged('its index names a file twice, or not in order')
    if (typeof file.hash !== 'string' || !DIGEST.test(file.hash) || !Number.isSafeInteger(file.bytes) || file.bytes < 0 || file.bytes > MAX_FILE_BYTES) throw damaged('its index is not whole')
    if (file.name.startsWith('objects/')) {
      if (file.name !== `objects/${file.hash.slice(0, 2)}/${file.hash.slice(2)}`) throw damaged('an object does not have the name of its hash')
    } else if (file.bytes > MAX_RECORD_BYTES) throw damaged('a record is too large')
    last = file.name
  }
  return { run_id, head, files }
}
