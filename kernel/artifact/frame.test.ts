import fc from 'fast-check'
import t from 'tap'
import { createColumnBuilder, columnFrom, mapColumn, selectRows } from './builder.ts'
import { decodeFrame, encodeFrame } from './frame.ts'
import { columnOf, integersOf, itemsOf, kindAt, KIND, tableOf, textAt, type Frame, type Kind } from './table.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const cell = fc.option(fc.record({ text, kind: fc.constantFrom(...Object.values(KIND)) as fc.Arbitrary<Kind> }), { nil: null })

function frameOf(columns: readonly (readonly ({ text: string; kind: Kind } | null)[])[], rows: number, meta: unknown): Frame {
  return {
    meta,
    tables: [{
      name: 'one',
      rows,
      columns: columns.map((cells, index) => {
        const builder = createColumnBuilder(`column ${index}`)
        for (let row = 0; row < rows; row++) builder.push(cells[row]?.text ?? null, cells[row]?.kind)
        return builder.finish()
      }),
      integers: [{ name: 'row', data: Uint32Array.from({ length: rows }, (_, row) => row * 70_000) }]
    }]
  }
}

t.test('decode(encode(x)) is x, and encode is stable', t => {
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 9, maxLength: 9 }), { maxLength: 5 }), fc.nat(9), fc.dictionary(text, fc.jsonValue({ maxDepth: 2 })), (columns, rows, meta) => {
      const plain = JSON.parse(JSON.stringify(meta)) as unknown
      if (JSON.stringify(plain).includes('\\ud')) return
      const frame = frameOf(columns, rows, plain)
      const bytes = encodeFrame(frame)
      const back = decodeFrame(bytes)
      t.same(encodeFrame(back), bytes)
      t.same(back.tables[0]!.columns.map(({ values }) => values), frame.tables[0]!.columns.map(({ values }) => values))
      for (const [at, column] of back.tables[0]!.columns.entries()) {
        for (let row = 0; row < rows; row++) {
          t.equal(textAt(column, row), columns[at]![row]?.text ?? null)
          if ((columns[at]![row] ?? null) !== null) t.equal(kindAt(column, row), columns[at]![row]!.kind)
        }
      }
      t.same(integersOf(back.tables[0]!, 'row'), integersOf(frame.tables[0]!, 'row'))
    }),
    { seed: 7, numRuns: 60 }
  )
  t.end()
})

t.test('codes widen with the dictionary', t => {
  for (const distinct of [3, 300, 70_000]) {
    const column = columnFrom('c', Array.from({ length: distinct }, (_, at) => `v${at}`))
    const back = decodeFrame(encodeFrame({ meta: null, tables: [{ name: 'x', rows: distinct, columns: [column], integers: [] }] }))
    t.equal(textAt(back.tables[0]!.columns[0]!, distinct - 1), `v${distinct - 1}`)
  }
  t.end()
})

t.test('bytes that are no frame are damage, never a crash', t => {
  const bytes = encodeFrame(frameOf([[{ text: 'a', kind: KIND.number }]], 1, { a: 1 }))
  for (const broken of [new Uint8Array(0), bytes.subarray(0, bytes.length - 1), bytes.map((byte, at) => (at === 0 ? byte ^ 1 : byte)), bytes.map((byte, at) => (at === 14 ? 0xff : byte))]) {
    t.throws(() => decodeFrame(broken), { code: 'E_STORE_DAMAGED' })
  }
  t.throws(() => encodeFrame({ meta: undefined, tables: [] }), TypeError)
  t.throws(() => encodeFrame({ meta: null, tables: [{ name: 'x', rows: 2, columns: [columnFrom('c', ['a'])], integers: [] }] }), /has 1 cells, not 2/)
  t.throws(() => encodeFrame({ meta: null, tables: [{ name: 'x', rows: 1, columns: [columnFrom('c', ['\ud800'])], integers: [] }] }), /lone surrogate/)
  t.throws(() => encodeFrame({ meta: null, tables: [{ name: 'x', rows: 2, columns: [], integers: [{ name: 'i', data: Uint32Array.of(1) }] }] }), /has 1 cells, not 2/)
  t.end()
})

t.test('building, mapping and selecting columns', t => {
  const builder = createColumnBuilder('c', 1)
  builder.push('1')
  builder.push('1', KIND.number)
  builder.push(null)
  builder.push('1')
  builder.pad(6)
  const column = builder.finish()
  t.same([...column.codes], [1, 2, 0, 1, 0, 0], 'the same text of another kind is another value')
  t.same([...column.kinds!], [KIND.text, KIND.number])
  const mapped = mapColumn(column, 'd', value => (value === '1' ? 'one' : null))
  t.same([...mapped.codes], [1, 1, 0, 1, 0, 0], 'results that coincide are joined')
  const chosen = selectRows(column, [1, 2])
  t.same([chosen.values, [...chosen.codes], [...chosen.kinds!]], [['1'], [1, 0], [KIND.number]])
  t.equal(selectRows(column, Uint32Array.of(0)).kinds, null)
  t.same(itemsOf('a\u001fb'), ['a', 'b'])
  t.same(itemsOf(null), [])
  const table = { name: 'x', rows: 6, columns: [column], integers: [] }
  t.equal(columnOf(table, 'c'), column)
  t.equal(columnOf(table, 'z'), undefined)
  t.throws(() => integersOf(table, 'row'), RangeError)
  t.throws(() => tableOf({ meta: null, tables: [table] }, 'y'), RangeError)
  t.equal(tableOf({ meta: null, tables: [table] }, 'x'), table)
  t.equal(kindAt(column, 2), KIND.text)
  t.end()
})

t.test('a frame inside a larger Buffer decodes like any other', t => {
  const frame = { meta: {}, tables: [{ name: 't', rows: 3, columns: [columnFrom('c', ['x', 'yy', 'zzz'])], integers: [{ name: 'row', data: Uint32Array.of(70_000, 1, 2) }] }] }
  const bytes = encodeFrame(frame)
  const pool = Buffer.alloc(bytes.length + 16)
  pool.set(bytes, 8)
  t.same(decodeFrame(pool.subarray(8, 8 + bytes.length)), decodeFrame(bytes))
  t.end()
})
