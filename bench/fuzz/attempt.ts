/** One execution: a seed, changed, through the reading path, with what must hold of every result. */
import { decodeFrame, encodeFrame } from '../../kernel/artifact/frame.ts'
import { HotpassError } from '../../kernel/error.ts'
import { readCsv } from '../../operators/read/csv/operator.ts'
import { readLegacy } from '../../operators/read/legacy/operator.ts'
import { LIMITS, assertTable } from '../../operators/read/testing/cells-of.ts'
import { readXlsx } from '../../operators/read/xlsx/operator.ts'
import { salvageXlsx } from '../../operators/read/xlsx/salvage.ts'
import { shapeWorkbook } from '../../operators/shape/operator.ts'
import type { Seed } from './corpus.ts'
import { mutateBytes } from './mutate-bytes.ts'
import { mutateText, mutateZip } from './mutate-zip.ts'
import { createRandom } from './random.ts'

/** Small enough that what they do not stop is noticed. */
export const FUZZ_LIMITS = { ...LIMITS, file_bytes: 4 << 20, inflated_bytes: 32 << 20, cells: 200_000 }
const NEVER: (diagnostic: unknown) => void = () => {}
const CSV = { encoding: 'auto', delimiter: 'auto', quote: 'auto' }

/** The file of an execution: the same for the same corpus, seed and number. */
export function inputOf(corpus: readonly Seed[], seed: number, number: number): { readonly name: string; readonly bytes: Uint8Array } {
  const random = createRandom(seed, number)
  const { name, bytes, parts } = random.pick(corpus)
  const other = random.pick(corpus).bytes
  const structured = parts !== null && parts.length > 0
  if (structured && !random.oneIn(5)) return { name, bytes: mutateZip(parts, random, other) }
  if (!structured && /\.(csv|tsv)$/i.test(name) && random.oneIn(2)) return { name, bytes: mutateText(bytes, random, other) }
  return { name, bytes: mutateBytes(bytes, random, other) }
}

/** A workbook through windows of a size that a small part does not fit into, which no small file would be read through otherwise. */
function throughWindows(name: string, bytes: Uint8Array): Uint8Array | null {
  try {
    return encodeFrame(readXlsx(name, bytes, FUZZ_LIMITS, undefined, 64 + ((bytes.length * 7919) % 2048)))
  } catch (error) {
    if (error instanceof HotpassError) return null
    throw error
  }
}

/** Reads a file as a run would. `refused` is the code of the error. Throws what no reader may throw. */
export function attempt(name: string, bytes: Uint8Array): { readonly refused: string | null } {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  const isXlsx = ending === 'xlsx' || ending === 'xlsm'
  const windowed = isXlsx ? throughWindows(name, bytes) : null
  let workbook
  try {
    if (ending === 'csv' || ending === 'tsv') workbook = readCsv(name, bytes, CSV, FUZZ_LIMITS)
    else if (isXlsx) workbook = readXlsx(name, bytes, FUZZ_LIMITS)
    else workbook = readLegacy(name, bytes, FUZZ_LIMITS)
  } catch (error) {
    if (!(error instanceof HotpassError)) throw error
    if (error.code === 'E_INTERNAL' || error.place.file !== name || error.hint === '') throw new Error(`an error without file, hint or meaning: ${error.code} ${error.message}`, { cause: error })
    if (windowed !== null) throw new Error(`read through windows, and refused as a whole: ${error.message}`, { cause: error })
    // In best-effort what can be trusted is read all the same.
    const rest = isXlsx ? salvageXlsx('read.xlsx', name, bytes, error, FUZZ_LIMITS) : null
    for (const table of rest?.tables ?? []) assertTable(table)
    if (rest !== null) encodeFrame(rest)
    return { refused: rest === null ? error.code : `${error.code}, salvaged` }
  }
  for (const table of workbook.tables) assertTable(table)
  const encoded = encodeFrame(workbook)
  encodeFrame(decodeFrame(encoded))
  if (isXlsx && (windowed === null || Buffer.compare(windowed, encoded) !== 0)) throw new Error(`through windows it is ${windowed === null ? 'refused' : 'another table'}`)
  const shaped = shapeWorkbook(workbook, { ingest: { sources: [], hidden_sheets: 'include' } } as never, { diagnose: NEVER })
  encodeFrame(shaped)
  if (Object.keys(Object.prototype).length > 0) throw new Error('Object.prototype was changed')
  return { refused: null }
}
