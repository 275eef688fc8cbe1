/** The archive: all outputs of a run in one zip file, the same bytes for the same run. */
import { zipSync } from 'fflate'
import { digestBytes } from '../../kernel/hash.ts'
import type { PublishedFile } from '../../kernel/run/types.ts'

/** Zip has no time zone; this is the earliest time that it can hold. */
const EARLIEST = '1980-01-01T00:00:00Z'

/**
 * A zip of the files under their names, stored and not packed, because packed bytes would depend on the packer. The
 * time inside, and in the file's name, is the run's pinned one; a run without one is named by its contents.
 */
export function archiveOf(files: readonly PublishedFile[], name: string, asOf: string | null): PublishedFile {
  const instant = asOf ?? EARLIEST
  const [year, month, day, hour, minute, second] = instant.match(/\d+/g)!.map(Number) as [number, number, number, number, number, number]
  // fflate writes the local fields of a date, so the fields are set locally and no time zone gets in.
  const mtime = new Date(Math.max(1980, year), month - 1, day, hour, minute, second)
  const entries = Object.fromEntries(files.map(file => [`${name}${file.suffix}`, file.bytes]))
  const bytes = zipSync(entries, { level: 0, mtime, os: 3 })
  const hash = digestBytes(bytes)
  const label = asOf === null ? hash.slice(0, 12) : asOf.replace(/[-:]/g, '')
  return { suffix: `${name}-${label}.zip`, media_type: 'application/zip', bytes, hash }
}
