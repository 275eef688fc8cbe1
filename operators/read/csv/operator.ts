/** `read.csv`: delimited text into one table of texts. Nothing is guessed about what a cell means. */
import type { Frame } from '../../../kernel/artifact/table.ts'
import { HotpassError } from '../../../kernel/error.ts'
import type { Context, Operator, Refusal } from '../../../kernel/types.ts'
import { sourceSettings } from '../../model/settings.ts'
import type { WorkbookMeta } from '../../model/stages.ts'
import type { CsvReadConfig, CsvSettings, Limits } from '../config.ts'
import { describe, likenessOf, seemsJsonLines } from '../container/sniff.ts'
import { finishGrid, overflowOf } from '../grid-table.ts'
import { LossLedger } from '../loss/ledger.ts'
import { refusal } from '../refusal.ts'
import { refusedWorkbook } from '../refused.ts'
import { BARE } from '../sheet-facts.ts'
import { checkSize, endingOf } from '../workbook-type.ts'
import { ALIGNED, ALIGNED_CONFIDENCE, alignedText, BETWEEN, DISAGREEING_CONFIDENCE, seemsAligned } from './aligned.ts'
import { findDialect, type Dialect } from './dialect.ts'
import { decodeText } from './encoding.ts'
import { restoreFormulas } from './restore.ts'
import { DelimitedScanner } from './scan.ts'

const VERSION = '1.8.0'
const READER = `read.csv@${VERSION}`
/** Less sure of an encoding than this, a person should look. */
const SURE = 0.8
const NEVER_TEXT = new Set(['zip', 'compound', 'pdf', 'gzip', 'image'])

/** The name of the only sheet: the file's, without folder and ending. */
export function stemOf(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return (dot > 0 ? name.slice(0, dot) : name).toWellFormed()
}

/** The delimiter that a first line such as `sep=;` gives, as spreadsheet programs write it, and where the text goes on. */
function separatorLine(bytes: Uint8Array): { delimiter: string; from: number } | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 16))
  const match = /^"?sep=([\x09\x20-\x7e])"?(\r\n|\r|\n)/i.exec(head)
  return match === null ? null : { delimiter: match[1]!, from: match[0]!.length }
}

/** Bytes that are looked at, and the number and share of control characters in them from which nobody wrote them as text. */
const SAMPLE = 1 << 16
const FEWEST_ODD = 8
const BINARY = 0.05

/** Whether decoded text is no text: control characters all over it, other than those that its lines and fields end with. */
function isBinary(bytes: Uint8Array, delimiter: string): boolean {
  const end = Math.min(bytes.length, SAMPLE)
  const allowed = new Set([9, 10, 12, 13, delimiter.charCodeAt(0)])
  let odd = 0
  for (let at = 0; at < end; at++) if (bytes[at]! < 0x20 && !allowed.has(bytes[at]!)) odd++
  return odd >= FEWEST_ODD && odd > end * BINARY
}

/** Whether the cells may be told by where they stand: nothing but spaces, or nothing at all, was found between them. */
function mayBeAligned({ delimiter, fields, comment }: Dialect, settings: CsvSettings): boolean {
  return settings.delimiter === 'auto' && comment === '' && (delimiter === ' ' || fields < 2)
}

/** The dialect, less sure and told to people, where single spaces were found in text that seems aligned with spaces. */
function doubted(file: string, dialect: Dialect, bytes: Uint8Array, settings: CsvSettings, context: Pick<Context, 'diagnose'>): Dialect {
  if (dialect.delimiter !== ' ' || settings.delimiter !== 'auto' || !seemsAligned(bytes)) return dialect
  const confidence = Math.min(dialect.confidence, DISAGREEING_CONFIDENCE)
  const message = `${file}: it seems to be aligned with spaces, but its rows do not agree on where columns begin; every space was read as a delimiter, so values may stand in wrong columns: save it with another delimiter, or set ingest.csv.delimiter, or delimiter under csv of the source in ingest.sources`
  context.diagnose({ code: 'DELIMITER_UNCERTAIN', severity: 'warning', message, details: { file, delimiter: dialect.delimiter, confidence } })
  return { ...dialect, confidence }
}

/**
 * Reads delimited text; an encoding that is not certain is a finding. `keepsUnclosed`: a quoted field that nothing closes goes
 * to the end of the text, and is told. Throws HotpassError, naming the file and, where known, the line.
 */
export function readCsv(file: string, bytes: Uint8Array, settings: CsvSettings, limits: Limits, context: Pick<Context, 'diagnose'> = { diagnose: () => undefined }, keepsUnclosed = false): Frame<WorkbookMeta> {
  checkSize(file, bytes, limits)
  const likeness = likenessOf(bytes)
  if (NEVER_TEXT.has(likeness)) throw refusal(file, 'E_INPUT_TYPE', `it is not delimited text: it looks like ${describe(likeness)}`)
  const text = decodeText(file, bytes, settings.encoding)
  if (text.confidence < SURE) {
    const message = `${file}: its encoding is not certain; it was read as ${text.encoding} (confidence ${text.confidence}): if letters are wrong, set ingest.csv.encoding, or encoding under csv of the source in ingest.sources`
    context.diagnose({ code: 'ENCODING_UNCERTAIN', severity: 'warning', message, details: { file, encoding: text.encoding, confidence: text.confidence } })
  }
  if (text.bytes.length === 0) throw refusal(file, 'E_INPUT_EMPTY', 'the file holds no text')
  if (settings.delimiter === 'auto' && seemsJsonLines(text.bytes)) throw refusal(file, 'E_INPUT_TYPE', 'it is not delimited text: it looks like JSON Lines', {}, 'let its name end in .jsonl, or set delimiter under csv of the source in ingest.sources if it is delimited all the same')
  const separator = separatorLine(text.bytes)
  const from = separator?.from ?? 0
  const tabbed = endingOf(file) === 'tsv'
  const found = findDialect(text.bytes, from, settings, separator?.delimiter ?? (tabbed ? '\t' : ''), separator !== null)
  const aligned = mayBeAligned(found, settings) ? alignedText(text.bytes.subarray(from)) : null
  const dialect = aligned === null ? doubted(file, found, text.bytes.subarray(from), settings, context) : { ...found, delimiter: BETWEEN, quote: 'none', escape: '', fields: aligned.fields, confidence: ALIGNED_CONFIDENCE }
  if (isBinary(text.bytes, dialect.delimiter)) throw refusal(file, 'E_INPUT_TYPE', `it is not delimited text: it looks like ${describe('binary')}`)
  const sheet = stemOf(file)
  const ledger = new LossLedger(file)
  ledger.startSheet(sheet)
  const scanner = new DelimitedScanner({ file, dialect, limits, ledger, overflow: overflowOf(file, sheet, limits), keepsUnclosed })
  const { line_ending } = scanner.end(aligned?.bytes ?? text.bytes, aligned === null ? from : 0)
  const marked = scanner.grid.holdsApostrophes
  const read = finishGrid(scanner.grid, sheet, file, sheet, limits, false, ledger)
  const table = marked ? restoreFormulas(read, ledger) : read
  return {
    meta: {
      file,
      format: tabbed ? 'tsv' : 'csv',
      reader: READER,
      date_system: 1900,
      dialect: {
        encoding: text.encoding,
        delimiter: aligned === null ? dialect.delimiter : ALIGNED,
        quote: dialect.quote,
        escape: dialect.escape,
        comment: dialect.comment,
        fields: dialect.fields,
        line_ending,
        confidence: Math.min(text.confidence, dialect.confidence)
      },
      properties: {},
      sheets: [{ ...BARE, name: sheet }],
      loss: ledger.entries()
    },
    tables: [table]
  }
}

/** What the profile says of the delimited text of a file: of its source, else of all. */
export function csvSettingsFor({ ingest: { csv, sources } }: CsvReadConfig, file: string): CsvSettings {
  return { ...csv, ...sourceSettings(sources ?? [], file)?.csv }
}

export const operator: Operator = {
  id: 'read.csv',
  version: VERSION,
  summary: 'Reads delimited text (.csv, .tsv)',
  inputs: { file: { kind: 'bytes' } },
  outputs: { workbook: { kind: 'workbook' } },
  config: ['ingest.csv', 'ingest.limits', 'ingest.sources'],
  entropy: ['none'],
  isolation: 'inline',
  run(inputs, config: CsvReadConfig, context) {
    const { id, value } = inputs['file']![0]!
    return { workbook: readCsv(id, value, csvSettingsFor(config, id), config.ingest.limits, context) }
  },
  refused: {
    when: 'best-effort',
    instead: (file, why, inputs, config: CsvReadConfig) => ({ workbook: unclosedCsv(file, inputs['file']![0]!.value, why, config) ?? refusedWorkbook(READER, file, why) })
  }
}

/** The file with its last field open to the end, which is told as such; null when it was refused for another reason, or for its size. Never throws on data. */
function unclosedCsv(file: string, bytes: Uint8Array, why: Refusal, config: CsvReadConfig): Frame<WorkbookMeta> | null {
  if (why.code !== 'E_INPUT_UNREADABLE') return null
  try {
    return readCsv(file, bytes, csvSettingsFor(config, file), config.ingest.limits, undefined, true)
  } catch (error) {
    if (error instanceof HotpassError) return null
    throw error
  }
}
