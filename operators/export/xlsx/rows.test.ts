import t from 'tap'
import fc from 'fast-check'
import { inflateRawSync } from 'node:zlib'
import { Deflater } from '../zip/deflate.ts'
import { CELL_FORMS, endsText, type CellColumn } from './cells.ts'
import { writeRows } from './rows.ts'
import { lettersOf } from './sheet.ts'

const SEED = { seed: 20_260_101, numRuns: 60 }
const encoder = new TextEncoder()

interface Value { readonly text: string; readonly form: number }

function columnOf(values: readonly Value[], codes: readonly number[]): CellColumn {
  const starts = new Uint32Array(values.length + 1)
  values.forEach(({ text }, index) => (starts[index + 1] = starts[index]! + encoder.encode(text).length))
  const bytes = encoder.encode(values.map(({ text }) => text).join(''))
  return { name: '', codes: Uint32Array.from(codes), values: { bytes, starts }, forms: Uint8Array.from(values.map(({ form }) => form)), width: 10, quality: false, cut: 0 }
}

/** The same rows, put together in the simplest way. */
function rowsXml(columns: readonly (readonly (Value | undefined)[])[], from: number, to: number): string {
  let xml = ''
  for (let row = from; row < to; row++) {
    const cells = columns.map((column, index) => {
      const value = column[row]
      return value === undefined ? '' : `<c r="${lettersOf(index)}${row - from + 2}${CELL_FORMS[value.form]!}${value.text}${endsText(value.form) ? '</t></is></c>' : '</v></c>'}`
    })
    xml += `<row r="${row - from + 2}">${cells.join('')}</row>`
  }
  return xml
}

function written(columns: readonly (readonly Value[])[], codes: readonly (readonly number[])[], from: number, to: number): string {
  const deflater = new Deflater()
  writeRows(columns.map((values, index) => columnOf(values, codes[index]!)), from, to, lettersOf, deflater)
  return inflateRawSync(Buffer.concat(deflater.finish().parts)).toString()
}

const same = (columns: readonly (readonly Value[])[], codes: readonly (readonly number[])[], from: number, to: number): boolean =>
  written(columns, codes, from, to) === rowsXml(columns.map((values, index) => codes[index]!.map(code => values[code - 1])), from, to)

t.test('rows are what they would be without a thought for repeats', async () => {
  const value = fc.record({ text: fc.constantFrom('', '1', '12.5', 'Ndlovu', 'ndlovu@example.com', 'é', 'x'.repeat(300)), form: fc.integer({ min: 0, max: CELL_FORMS.length - 1 }) })
  const shape = fc.record({ columns: fc.array(fc.array(value, { minLength: 1, maxLength: 4 }), { maxLength: 30 }), rows: fc.integer({ min: 0, max: 130 }), from: fc.integer({ min: 0, max: 20 }), step: fc.integer({ min: 1, max: 97 }) })
  fc.assert(
    fc.property(shape, ({ columns, rows, from, step }) => {
      const codes = columns.map((values, index) => Array.from({ length: rows + from }, (_, row) => ((row * step + (index + row) * (index ^ row)) % (values.length + 1))))
      return same(columns, codes, from, rows + from)
    }),
    SEED
  )
})

t.test('row numbers grow, and rows outgrow what can be reached', async t => {
  const number: Value[] = [{ text: '7', form: 0 }]
  const long: Value[] = [{ text: 'a long text '.repeat(3000), form: 6 }, { text: 'y'.repeat(300_000), form: 6 }]
  t.ok(same([number, []], [Array.from({ length: 12_000 }, () => 1), new Array(12_000).fill(0)], 0, 12_000), 'from 2 to 12001')
  t.ok(same([number, long, number], [[1, 1, 1, 1], [1, 2, 1, 1], [1, 1, 0, 1]], 0, 4), 'cells of more than a window')
  const wide = Array.from({ length: 3000 }, () => number)
  t.ok(same(wide, wide.map(() => [1, 1, 1]), 0, 3), 'three thousand columns')
})
