import fc from 'fast-check'
import t from 'tap'
import { KIND, columnOf, kindAt, textAt } from '../../../kernel/artifact/table.ts'
import { HotpassError } from '../../../kernel/error.ts'
import { writeJsonl } from '../../export/jsonl/operator.ts'
import { columnFrom } from '../../../kernel/artifact/builder.ts'
import { LIMITS, assertTable, cellsOf, lossOf } from '../testing/cells-of.ts'
import { readJsonl } from './operator.ts'

const encoder = new TextEncoder()
const read = (text: string | Uint8Array, limits = LIMITS) => {
  const frame = readJsonl('folder/list.jsonl', typeof text === 'string' ? encoder.encode(text) : text, limits)
  assertTable(frame.tables[0]!)
  return frame
}
const refused = (text: string | Uint8Array, limits = LIMITS): string => {
  try {
    read(text, limits)
  } catch (error) {
    if (error instanceof HotpassError) return `${error.code} ${error.place.line ?? ''}`.trimEnd()
    throw error
  }
  return 'read'
}

t.test('a record per line, a column per key, types as they are', async t => {
  const frame = read('{"id":"007","n":1.50,"ok":true,"none":null}\r\n\n{"n":-2e3,"id":"","late":"x"}\n')
  t.same(cellsOf(frame.tables[0]!), ['A1 text id', 'B1 text n', 'C1 text ok', 'D1 text none', 'E1 text late', 'A2 text 007', 'B2 number 1.5', 'C2 boolean true', 'A4 text ', 'B4 number -2000', 'E4 text x'])
  t.same(frame.meta.sheets[0]!.list_objects, [{ name: 'list', range: 'A1:E4', header_rows: 1, totals_rows: 0 }])
  t.equal(frame.meta.format, 'jsonl')
})

t.test('what is nested is flattened, joined or kept as JSON, and told', async t => {
  const frame = read('{"a":{"b":{"c":1}},"tags":["x","y"],"one":["z"],"none":[],"people":[{"n":"A"}],"e":{}}\n{"id":12345678901234567890,"s":"\\ud800"}')
  t.same(cellsOf(frame.tables[0]!), ['A1 text a.b.c', 'B1 text tags', 'C1 text one', 'D1 text none', 'E1 text people', 'F1 text e', 'G1 text id', 'H1 text s', 'A2 number 1', 'B2 text x; y', 'C2 text z', 'E2 text [{"n":"A"}]', 'F2 text {}', 'G3 number 12345678901234567890', 'H3 text \ufffd'])
  t.same(lossOf(frame).map(line => line.replace(/list!/, '')), ['TEXT_INVALID H 1 H3', 'LIST_JOINED B 1 B2', 'VALUE_NESTED E 1 E2', 'VALUE_NESTED F 1 F2'])
})

t.test('numbers keep every digit', t => {
  const frame = read('{"id":12345678901234567}\n{"id":12345678901234568}\n{"id":1e400}\n{"id":-0.10000000000000000001}\n{"id":1.50e2,"s":"12345678901234567890 \\" 1e5"}\n{"id":-1E-400}\n{"id":[1e400,2],"s":{"b":[{"n":12345678901234567}],"__proto__":1e5}}\n{"id":0.0e9}\n{"id":9007199254740993e-1}\n{"id":1e99999999999999999999}')
  t.same(cellsOf(frame.tables[0]!).filter(cell => !/^.1 /.test(cell)), ['A2 number 12345678901234567', 'A3 number 12345678901234568', 'A4 text 1e400', 'A5 number -0.10000000000000000001', 'A6 number 150', 'B6 text 12345678901234567890 " 1e5', 'A7 text -1e-400', 'A8 text 1e400; 2', 'C8 text [{"n":12345678901234567}]', 'D8 number 100000', 'A9 number 0', 'A10 number 900719925474099.3', 'A11 text 1e99999999999999999999'])
  t.same(lossOf(frame).map(line => line.replace(/list!/, '')), ['NUMBER_OUT_OF_RANGE A 3 A4,A7,A11', 'LIST_JOINED A 1 A8', 'VALUE_NESTED C 1 C8'])
  t.equal(refused(`{"n":1e5,"a":${'['.repeat(100_000)}1${']'.repeat(100_000)}}`), 'E_INPUT_LIMIT 1')
  t.end()
})

t.test('a key with a point is another column than a key within a key', t => {
  const frame = read('{"a":{"b":1},"a.b":2,"a.b (2)":3}\n{"a.b":4}\n{"a":{"b":5}}')
  t.same(cellsOf(frame.tables[0]!), ['A1 text a.b', 'B1 text a.b (2)', 'C1 text a.b (2) (2)', 'A2 number 1', 'B2 number 2', 'C2 number 3', 'B3 number 4', 'A4 number 5'])
  t.same(lossOf(frame), [])
  t.end()
})

t.test('a key that an object bears twice is told, at the column of what is kept', t => {
  const frame = read('{"id":1,"id":2,"a":{"x":1,"x":2}}\n{"id" :3,"t":"\\":\\":","u":":"}\n{"l":[{"n":1,"n":2},3],"a.b":1,"a.b":2,"a":{"y":1},"a":{"y":2,"y":3}}\n{"id":12345678901234567,"\\u0069d":12345678901234568}\n{"deep":{"b":{"c":{"d":{"e":1,"e":2}}}},"":1,"":2}')
  t.same(lossOf(frame).filter(line => line.startsWith('CELL')).map(line => line.replace(/list!/, '')), ['CELL_REPEATED A 2 A2,A5', 'CELL_REPEATED B 2 B2,B4', 'CELL_REPEATED E 1 E4', 'CELL_REPEATED F 1 F4', 'CELL_REPEATED G 1 G4', 'CELL_REPEATED H 1 H6', 'CELL_REPEATED I 1 I6'])
  t.same(cellsOf(frame.tables[0]!).filter(cell => /^A\d /.test(cell)), ['A1 text id', 'A2 number 2', 'A3 number 3', 'A5 number 12345678901234568'])
  t.end()
})

t.test('a record without a value is told', t => {
  const frame = read('{}\n{"a":1}\n{"a":null}\n\n{"a":" "}\n{"a":2}\n{"a":[]}\n')
  t.same(lossOf(frame).map(line => line.replace(/list!/, '')), ['RECORDS_EMPTY  4 A2,A4,A6,A8'])
  t.same(lossOf(read('{"a":null}')).length, 1)
  t.end()
})

t.test('bad files get one error, with the line', async t => {
  t.equal(refused(''), 'E_INPUT_EMPTY')
  t.equal(refused('\n \n'), 'E_INPUT_EMPTY')
  t.equal(refused('{}\n{}'), 'E_INPUT_EMPTY')
  t.equal(refused('{"a":1}\n{"a":'), 'E_INPUT_UNREADABLE 2')
  t.equal(refused('[{"a":1}]'), 'E_INPUT_UNREADABLE 1')
  t.equal(refused(`${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`).slice(0, 6), 'E_INPU', 'nesting without end')
  t.equal(refused(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)), 'E_INPUT_TYPE')
  t.equal(refused('{"a":1,"b":2,"c":3}', { ...LIMITS, columns: 2 }), 'E_INPUT_LIMIT')
  t.equal(refused(`{"a":"${'x'.repeat(100)}"}`, { ...LIMITS, cell_characters: 20 }), 'E_INPUT_LIMIT')
  t.same(cellsOf(read('{"__proto__":"p","constructor":"c"}').tables[0]!), ['A1 text __proto__', 'B1 text constructor', 'A2 text p', 'B2 text c'])
})

t.test('what is written is what is read', async t => {
  const value = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).map(text => text.toWellFormed()), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null))
  fc.assert(
    fc.property(fc.array(fc.record({ one: value, two: value, three: value }), { minLength: 1, maxLength: 20 }), records => {
      const table = read(records.map(record => JSON.stringify(record)).join('\n')).tables[0]!
      records.forEach((record, at) => {
        const row = table.integers[0]!.data.indexOf(at + 2)
        Object.entries(record).forEach(([, wanted], index) => {
          const column = columnOf(table, 'ABC'[index]!)!
          const text = row === -1 ? null : textAt(column, row)
          const kind = row === -1 ? KIND.text : kindAt(column, row)
          const found = text === null ? null : kind === KIND.number ? Number(text) : kind === KIND.boolean ? text === 'true' : text
          if (found !== (typeof wanted === 'number' ? wanted + 0 : wanted)) throw new Error(`${JSON.stringify(wanted)} is read as ${JSON.stringify(found)}`)
        })
      })
    }),
    { seed: 3, numRuns: 150 }
  )
  const written = writeJsonl({ name: 'data', role: 'data', rows: 3, entity: new Uint32Array(3), columns: [{ name: 'name', type: 'text', multiple: false, column: columnFrom('name', ['A "b"', null, '\u{1f600}']) }, { name: 'n', type: 'number', multiple: false, column: columnFrom('n', ['1.5', '2', null]) }] } as never, [])
  t.same(cellsOf(read(written).tables[0]!), ['A1 text name', 'B1 text n', 'A2 text A "b"', 'B2 number 1.5', 'B3 number 2', 'A4 text \u{1f600}'], 'our own export')
})
