import fc from 'fast-check'
import t from 'tap'
import { HotpassError } from '../../../kernel/error.ts'
import type { Table } from '../../../kernel/artifact/table.ts'
import { finishGrid, overflowOf } from '../grid-table.ts'
import { LossLedger } from '../loss/ledger.ts'
import { LIMITS, assertTable, cellsOf } from '../testing/cells-of.ts'
import type { Dialect } from './dialect.ts'
import { DelimitedScanner } from './scan.ts'

/** What the scanner makes of chunks: cells, losses and line ends, or the error. */
function outcome(chunks: readonly Uint8Array[], dialect: Dialect): string {
  const limits = { ...LIMITS, cell_characters: 6, columns: 5 }
  const ledger = new LossLedger('a.csv')
  ledger.startSheet('a')
  const scanner = new DelimitedScanner({ file: 'a.csv', dialect, limits, ledger, overflow: overflowOf('a.csv', 'a', limits) })
  let table: Table
  let ending: string
  try {
    for (const chunk of chunks.slice(0, -1)) scanner.push(chunk)
    ending = scanner.end(chunks.at(-1)!).line_ending
    table = finishGrid(scanner.grid, 'a', 'a.csv', 'a', limits, false, ledger)
  } catch (error) {
    if (error instanceof HotpassError) return `${error.code} ${error.message}`
    throw error
  }
  assertTable(table)
  return JSON.stringify([ending, cellsOf(table), ledger.entries()])
}

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [0, ...places.map(place => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return sorted.slice(1).map((to, at) => bytes.slice(sorted[at], to))
}

t.test('any split of the text into chunks gives the same table', async t => {
  const piece = fc.oneof(fc.constantFrom('#', ',', ', ', '||', '"', '""', '","', '\n', '\r\n', '\r', ' ', '\\"', '"a"', 'é', '\u{1f600}', 'x', 'y;z', '"\n', ',"'), fc.string({ maxLength: 4 }))
  const dialect = fc.constantFrom(
    { delimiter: ',', quote: '"', escape: '', comment: '', fields: 3, confidence: 1 },
    { delimiter: ', ', quote: '"', escape: '', comment: '', fields: 3, confidence: 1 },
    { delimiter: ',', quote: '"', escape: '\\', comment: '#', fields: 2, confidence: 1 },
    { delimiter: '||', quote: "'", escape: '', comment: '', fields: 3, confidence: 1 },
    { delimiter: ' ', quote: 'none', escape: '', comment: '', fields: 3, confidence: 1 }
  )
  const kinds = new Set<string>()
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), dialect, fc.array(fc.nat(), { maxLength: 8 }), (pieces, dialect, places) => {
      const bytes = new TextEncoder().encode(pieces.join('').toWellFormed())
      const whole = outcome([bytes], dialect)
      kinds.add(/^E_\w+/.exec(whole)?.[0] ?? 'read')
      const chunks = cut(bytes, places)
      if (outcome(chunks, dialect) !== whole) throw new Error(`${JSON.stringify(chunks.map(chunk => Buffer.from(chunk).toString()))} gives ${outcome(chunks, dialect)}, whole ${whole}`)
      if (bytes.length < 40 && outcome([...bytes].map(byte => Uint8Array.of(byte)).concat([new Uint8Array(0)]), dialect) !== whole) throw new Error('byte by byte')
    }),
    { seed: 5, numRuns: 1500 }
  )
  t.same([...kinds].sort(), ['E_INPUT_LIMIT', 'E_INPUT_UNREADABLE', 'read'])
})

t.test('a block of rows that fills up goes on in the next', async t => {
  const encoder = new TextEncoder()
  const lines = Array.from({ length: 9000 }, (_, at) => (at % 97 === 0 ? 'a,"b ""c""",d,e' : `${at},${at % 7},"q,""${at % 11}"""`))
  const dialect = { delimiter: ',', quote: '"', escape: '', comment: '', fields: 3, confidence: 1 }
  const bytes = encoder.encode(lines.join('\n'))
  const whole = outcome([bytes], dialect)
  t.equal(JSON.parse(whole)[1].length, 9000 * 3 + Math.ceil(9000 / 97))
  t.equal(outcome(cut(bytes, [1000, 5000, 70_000, 70_001]), dialect), whole)
})
