import fc from 'fast-check'
import t from 'tap'
import { KIND, type Kind, type Table } from '../../../kernel/artifact/table.ts'
import { collidingNumbers, collidingTexts, numberHash, textHash } from '../../../fixtures/hostile/collide.ts'
import { columnLetters } from '../address.ts'
import { PLAIN, type NumberStyle } from '../cells/number-format.ts'
import { plainDecimal } from '../cells/number-text.ts'
import { gridSources, renderNumber } from '../cells/rendered.ts'
import { engineFor } from '../grid-table.ts'
import { buildXlsx } from '../testing/build-xlsx.ts'
import { LIMITS, assertTable, cellsOf } from '../testing/cells-of.ts'
import { readXlsx } from '../xlsx/operator.ts'
import { SheetGrid } from './sheet-grid.ts'

const RUNS = { seed: 20_240_101, numRuns: 300 }
const STYLES: readonly NumberStyle[] = [PLAIN, { what: 'date', pattern: '' }, { what: 'padded', pattern: '\u0000\u0000\u0000\u0000' }]
const overflow = (what: string): Error => new RangeError(what)

/** Puts a value into a grid, and says what its cell is to hold. */
interface Put {
  into(grid: SheetGrid, column: number): void
  readonly kind: Kind
  readonly text: string
}

const texts = fc.oneof(fc.constantFrom('', 'a', 'é', '\u{1f600}', 'true', '7', '00007'), fc.string({ unit: 'grapheme', maxLength: 20 })).map(text => text.toWellFormed())
const numbers = fc.oneof(fc.integer({ min: -9, max: 60 }), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.tuple(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 12 })).map(([digits, decimals]) => Number(`${digits}e-${decimals}`)))
const puts: fc.Arbitrary<Put> = fc.oneof(
  texts.map((text): Put => ({ into: (grid, column) => grid.putText(column, text), kind: KIND.text, text })),
  fc.tuple(numbers, fc.nat(STYLES.length - 1)).map(([value, style]): Put => ({ into: (grid, column) => grid.putNumber(column, value, style), ...renderNumber(value + 0, STYLES[style]!, 1900) })),
  fc.tuple(texts, fc.constantFrom(KIND.boolean, KIND.error, KIND.date, KIND.text, KIND.number)).map(([text, kind]): Put => ({ into: (grid, column) => grid.putLiteral(column, text, kind), kind, text }))
)
const NAMES = new Map<number, string>(Object.entries(KIND).map(([name, kind]) => [kind, name]))

t.test('a grid holds what a map of cells would hold', async t => {
  // One engine for many sheets, one after the other: nothing of one may be seen in the next.
  const sources = gridSources(engineFor('a.xlsx'), STYLES, 1900)
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.constantFrom(0, 1, 2, 3, 40, 700), fc.option(puts, { freq: 6 })), { maxLength: 120 }), cells => {
      const repeats: string[] = []
      const grid = new SheetGrid(sources, 1000, 1e6, overflow, (column, row) => repeats.push(columnLetters(column) + row))
      const expected = new Map<number, Map<number, Put>>()
      const last = new Map<number, Put>()
      const expectedRepeats: string[] = []
      for (const [row, column, fresh] of cells) {
        const put = fresh ?? last.get(column)
        if (put === undefined) continue
        grid.startRow(row)
        if (fresh === null) grid.putAgain(column)
        else put.into(grid, column)
        last.set(column, put)
        const known = expected.get(row) ?? new Map<number, Put>()
        if (known.has(column)) expectedRepeats.push(columnLetters(column) + row)
        expected.set(row, known.set(column, put))
      }
      t.same(repeats, expectedRepeats)
      t.equal(grid.rows, expected.size)
      const table = grid.finish('S', () => undefined, () => undefined)
      assertTable(table)
      t.same([...table.integers[0]!.data], [...expected.keys()].sort((a, b) => a - b))
      t.same(cellsOf(table), [...expected].sort(([a], [b]) => a - b).flatMap(([row, puts]) => [...puts].sort(([a], [b]) => a - b).map(([column, { kind, text }]) => `${columnLetters(column)}${row} ${NAMES.get(kind)} ${text}`)))
    }),
    RUNS
  )
})

/** The numbers of a sheet as they are read from these texts. */
function numbersOf(stored: readonly string[]): string[] {
  const bytes = buildXlsx({ sheets: [{ name: 'S', rows: stored.map((text, at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>${text}</v></c></row>`).join('') }] })
  return cellsOf(readXlsx('a.xlsx', bytes, LIMITS).tables[0]!)
}

t.test('a number as a file writes it is the double nearest to it, and its text the shortest that means it', async t => {
  const stored = ['0', '-0', '0.0', '1', '007', '0.1', '0.30000000000000004', '4.35', '1E-3', '1.5E+3', '12E2', '0.1499999999999999', '9007199254740991', '8999999999999999.5', '123456789012345678', '9.999999999999999', '2.2250738585072014E-308', '1E22', '1E-7', '0.000001', '999999999999999', '0.9999999999999999999', '1234567.8901234567']
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -8e15, max: 8e15 }), value => void stored.push(String(value).replace('e', 'E'))), { seed: 5, numRuns: 2000 })
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 19n - 1n }), fc.integer({ min: 0, max: 20 }), (digits, decimals) => {
    const text = String(digits).padStart(decimals + 1, '0')
    const value = decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`
    if (Number(value) < 8e15) stored.push(value)
  }), { seed: 6, numRuns: 3000 })
  // Halfway between two doubles, and right beside it.
  for (let low = 0; low < 200; low++) stored.push(`${4503599627370496 + low}.5`, `${4503599627370496 + low}.499`, `${4503599627370496 + low}.501`)
  fc.assert(fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 30 }), (digits, power) => void stored.push(`${digits}E-${power}`)), { seed: 7, numRuns: 500 })
  const expected = stored.map((text, at) => `A${at + 1} number ${text === '123456789012345678' ? text : plainDecimal(Number(text) + 0)}`)
  t.same(numbersOf(stored), expected)
})

t.test('values that collide on purpose cost no more than others', async t => {
  const texts = collidingTexts(12)
  t.equal(new Set(texts.map(textHash)).size, 1, 'the texts do collide')
  const doubles = collidingNumbers(20_000)
  t.equal(new Set(doubles.map(numberHash)).size, 1, 'and so do the numbers')
  const grid = new SheetGrid(gridSources(engineFor('a.xlsx'), STYLES, 1900), 10, 1e6, overflow, () => undefined)
  const started = process.hrtime.bigint()
  doubles.forEach((value, at) => {
    grid.startRow(at + 1)
    grid.putNumber(0, value, 0)
    grid.putText(1, texts[at % texts.length]!)
  })
  const table: Table = grid.finish('S', () => undefined, () => undefined)
  t.ok(Number(process.hrtime.bigint() - started) < 10e9, 'rather than the square of their number')
  assertTable(table)
  t.same(table.columns[1]!.values, texts)
  t.same(table.columns[0]!.values, doubles.map(plainDecimal))
})

t.test('an engine without memory left says so', async t => {
  const engine = engineFor('a.xlsx')
  t.throws(() => {
    for (let index = 0; index < 10; index++) engine.calls.take(2 ** 30)
  }, { code: 'E_INPUT_LIMIT', message: /more memory than there is/ })
})
