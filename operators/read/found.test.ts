/** What the fuzzer found (`npm run fuzz`), each made small. None may come back. */
import t from 'tap'
import { HotpassError } from '../../kernel/error.ts'
import { readCsv } from './csv/operator.ts'
import { buildXlsx } from './testing/build-xlsx.ts'
import { LIMITS, assertTable, cellsOf } from './testing/cells-of.ts'
import { readXlsx } from './xlsx/operator.ts'

const AUTO = { encoding: 'auto', delimiter: 'auto', quote: 'auto' }
const cell = (at: string, value: number): string => `<c r="${at}"><v>${value}</v></c>`

t.test('cells in each other\'s rows: the values of a column stay in order of first appearance', async t => {
  const { tables } = readXlsx('b.xlsx', buildXlsx({ sheets: [{ name: 'S', rows: `<row r="1">${cell('A1', 1)}${cell('B2', 4)}</row><row r="2">${cell('A2', 3)}${cell('B1', 2)}</row>` }] }), LIMITS)
  assertTable(tables[0]!)
  t.same(cellsOf(tables[0]!), ['A1 number 1', 'B1 number 2', 'A2 number 3', 'B2 number 4'])
})

t.test('a byte order mark and nothing else, wherever in memory it stands', async t => {
  for (const more of ['', 'a', 'ab', 'abc', 'abcd']) {
    const text = new TextEncoder().encode(`\ufeff${more}`)
    for (let offset = 0; offset < 5; offset++) {
      const bytes = new Uint8Array(new ArrayBuffer(offset + text.length), offset)
      bytes.set(text)
      try {
        t.same(cellsOf(readCsv('a.csv', bytes, AUTO, LIMITS).tables[0]!), [`A1 text ${more}`])
      } catch (error) {
        t.ok(error instanceof HotpassError, String(error))
        t.equal(more, '')
      }
    }
  }
})
