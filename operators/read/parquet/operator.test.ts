import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../../../cli/package-root.ts'
import { columnFrom } from '../../../kernel/artifact/builder.ts'
import { textAt } from '../../../kernel/artifact/table.ts'
import { HotpassError } from '../../../kernel/error.ts'
import { writeParquet } from '../../export/parquet/operator.ts'
import { LIMITS, assertTable, cellsOf, lossOf } from '../testing/cells-of.ts'
import { operator, readParquet } from './operator.ts'

/** Copied, because a slice of a Buffer is the Buffer itself. */
const fixture = (name: string): Uint8Array => Uint8Array.from(readFileSync(join(packageRoot(), `fixtures/parquet/${name}.parquet`)))
const read = (bytes: Uint8Array, limits = LIMITS) => {
  const frame = readParquet('folder/list.parquet', bytes, limits)
  assertTable(frame.tables[0]!)
  return frame
}
const refused = (bytes: Uint8Array, limits = LIMITS): string => {
  try {
    read(bytes, limits)
  } catch (error) {
    if (!(error instanceof HotpassError)) throw error
    if (!/^folder\/list\.parquet[:,] [^\n]+$/.test(error.message)) throw new Error(`not one line that names the file: ${error.message}`, { cause: error })
    return error.code
  }
  return 'read'
}
const exported = (columns: readonly { readonly name: string; readonly type: 'text' | 'number' | 'date' | 'boolean'; readonly values: readonly (string | null)[] }[]): Uint8Array => {
  const rows = columns[0]!.values.length
  return writeParquet({ name: 'data', role: 'data', rows, entity: new Uint32Array(rows), columns: columns.map(({ name, type, values }) => ({ name, type, multiple: false, column: columnFrom(name, [...values]) })) } as never, '; ').bytes
}

t.test('every type of another writer, to the last digit and without a time zone', async t => {
  const frame = read(fixture('types-snappy'))
  t.same(cellsOf(frame.tables[0]!), [
    'A1 text id', 'B1 text i8', 'C1 text u32', 'D1 text i64', 'E1 text u64', 'F1 text f32', 'G1 text f64', 'H1 text ok', 'I1 text day', 'J1 text ms', 'K1 text us', 'L1 text ns', 'M1 text time', 'N1 text dec', 'O1 text bin', 'P1 text cat', 'Q1 text tags', 'R1 text nums', 'S1 text at.town', 'T1 text at.geo.lat', 'U1 text people', 'V1 text map',
    'A2 text 007', 'B2 number -1', 'C2 number 4294967295', 'D2 number 9007199254740993', 'E2 number 18446744073709551615', 'F2 number 0.1', 'G2 number 0.1', 'H2 boolean true', 'I2 date 2024-02-29', 'J2 date 2024-02-29T23:59:59', 'K2 date 2024-02-29T23:59:59.123456', 'L2 date 2024-02-29T23:59:59.123456789', 'M2 time 01:02:03', 'N2 number 1.5', 'O2 text plain', 'P2 text a', 'Q2 text x; y', 'R2 text 1; 2', 'S2 text Paarl', 'T2 number 1.5', 'U2 text [{"n":"A"}]', 'V2 text {"k":1}',
    'A3 text 0042', 'B3 number 2', 'C3 number 1', 'D3 number -9223372036854775808', 'E3 number 1', 'F3 number -2.5', 'G3 number 0.0000001', 'H3 boolean false', 'I3 date 0001-01-01', 'J3 date 1969-12-31T23:59:59.500', 'N3 number -12345678901234567890.12', 'O3 text \ufffd', 'P3 text b', 'Q3 text z', 'R3 text 9007199254740993', 'V3 text {}',
    'A5 text ', 'B5 number 4', 'C5 number 0', 'D5 number 1234567890123450', 'E5 number 0', 'F5 error #N/A', 'G5 error #N/A', 'H5 boolean true', 'I5 date 9999-12-31', 'J5 date 2024-01-01', 'K5 date 2024-01-01', 'L5 date 1969-12-31T23:59:59.999999999', 'M5 time 23:59:59.500', 'N5 number 0', 'O5 text ', 'P5 text a', 'S5 text ',
    'A6 text x', 'B6 number 5', 'C6 number 7', 'D6 number 5', 'E6 number 7', 'F6 error #NUM!', 'G6 number 0', 'H6 boolean true', 'I6 date 1969-12-31', 'J6 date 1900-01-01T00:00:01', 'L6 date 1970-01-01', 'N6 number -0.05', 'O6 text z', 'P6 text a', 'Q6 text ["a",null]', 'R6 text 3', 'S6 text q', 'T6 number -2', 'U6 text [{"n":"B"},{"n":null}]', 'V6 text {"a":2,"b":3}'
  ])
  t.same(lossOf(frame).map(line => line.replace('list!', '')), ['CELL_ERROR F 2 F5,F6', 'CELL_ERROR G 1 G5', 'TEXT_INVALID O 1 O3', 'RECORDS_EMPTY  1 A4', 'LIST_JOINED Q 1 Q2', 'LIST_JOINED R 1 R2', 'VALUE_NESTED Q 1 Q6', 'VALUE_NESTED U 2 U2,U6', 'VALUE_NESTED V 3 V2,V3,V6'])
  t.same(frame.meta.sheets[0]!.list_objects, [{ name: 'list', range: 'A1:V6', header_rows: 1, totals_rows: 0 }])
  t.same(read(fixture('types-v2')), frame, 'pages of version 2, plain, in groups of two rows')
  t.same(cellsOf(read(fixture('int96')).tables[0]!), ['A1 text when', 'B1 text n', 'A2 date 2024-02-29T23:59:59', 'B2 number 1', 'A3 date 1970-01-01', 'B3 number 2', 'B4 number 3'])
  t.same(cellsOf(read(fixture('delta')).tables[0]!).slice(-10), ['A197 number 1', 'B197 text abc', 'A198 number 5', 'B198 text abd', 'A199 number 9', 'B199 text abde', 'A200 number 1000000', 'B200 text x', 'A201 number -7', 'B201 text '])
})

t.test('a row of nothing but nulls is told', async t => {
  const frame = read(exported([{ name: 'a', type: 'text', values: ['x', null, ' ', 'y', null] }, { name: 'n', type: 'number', values: ['1', null, null, null, null] }]))
  t.same(lossOf(frame).map(line => line.replace('list!', '')), ['RECORDS_EMPTY  3 A3,A4,A6'])
})

t.test('what is written is what is read', async t => {
  const cell = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<string | null> => fc.option(value.map(String), { nil: null })
  const record = fc.record({
    text: cell(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).map(text => text.toWellFormed())),
    number: cell(fc.integer()),
    date: cell(fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true }).map(date => date.toISOString().slice(0, 10))),
    boolean: cell(fc.boolean())
  })
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 20 }), records => {
      const types = ['text', 'number', 'date', 'boolean'] as const
      const table = read(exported(types.map(type => ({ name: type, type, values: records.map(one => one[type]) })))).tables[0]!
      types.forEach((type, at) => {
        const column = table.columns.find(({ name }) => name === 'ABCD'[at])!
        records.forEach((one, index) => {
          const row = table.integers[0]!.data.indexOf(index + 2)
          const found = row === -1 ? null : textAt(column, row)
          if (found !== one[type]) throw new Error(`${type} ${JSON.stringify(one[type])} is read as ${JSON.stringify(found)}`)
        })
      })
    }),
    { seed: 3, numRuns: 100 }
  )
  const long = Array.from({ length: 60_000 }, (_, at) => (at % 7 === 0 ? null : String(at % 1000)))
  const frame = read(exported(['a', 'b', 'c', 'd'].map(name => ({ name, type: 'text', values: long }))))
  t.equal(frame.tables[0]!.rows, 1 + long.filter(text => text !== null).length, 'compressed, with dictionaries')
  t.match(frame.meta.properties['hotpass.schema'], /^urn:hotpass:dataset-parquet:1#data$/)
})

t.test('every compression gives the same table', async t => {
  const { meta: _, tables } = read(fixture('codec-none'))
  t.equal(tables[0]!.rows, 401)
  for (const codec of ['gzip', 'brotli', 'zstd', 'lz4']) t.same(read(fixture(`codec-${codec}`)).tables, tables, codec)
})

t.test('a table of no rows has its header', async t => {
  const frame = read(fixture('no-rows'))
  t.same(cellsOf(frame.tables[0]!), ['A1 text a'])
  t.match(frame.meta.sheets[0]!.list_objects, [{ range: 'A1:A1' }])
})

/** The same file, whose columns say LZO (3) instead of Zstandard (6); the compact protocol writes twice the number, after the head of the field. */
function otherCodec(bytes: Uint8Array): Uint8Array {
  const changed = bytes.slice()
  for (let at = 0; at < changed.length - 1; at++) if (changed[at] === 0x15 && changed[at + 1] === 0x0c) changed[at + 1] = 0x06
  return changed
}

t.test('bad files get one error', async t => {
  const whole = fixture('types-snappy')
  t.equal(refused(new Uint8Array(0)), 'E_INPUT_EMPTY')
  t.equal(refused(new TextEncoder().encode('a,b\n1,2\n')), 'E_INPUT_TYPE')
  t.equal(refused(new TextEncoder().encode('PAR1')), 'E_INPUT_TRUNCATED')
  t.equal(refused(new TextEncoder().encode('PARE....PARE')), 'E_INPUT_ENCRYPTED')
  t.equal(refused(otherCodec(fixture('codec-zstd'))), 'E_INPUT_UNREADABLE', 'a compression that is not read')
  for (let cut = 4; cut < whole.length; cut += 97) t.equal(refused(whole.subarray(0, cut)), 'E_INPUT_TRUNCATED')
  t.equal(refused(whole, { ...LIMITS, columns: 10 }), 'E_INPUT_LIMIT')
  t.equal(refused(whole, { ...LIMITS, cells: 60 }), 'E_INPUT_LIMIT')
  t.equal(refused(whole, { ...LIMITS, inflated_bytes: 500 }), 'E_INPUT_LIMIT')
  t.equal(refused(whole, { ...LIMITS, cell_characters: 5 }), 'E_INPUT_LIMIT')
  t.equal(operator.isolation, 'process', 'a foreign parser sees untrusted bytes')
})

t.test('bytes that are changed give a table or one error', async t => {
  // Not types-v2: a changed run length of its levels keeps hyparquet busy for minutes, which the clock of the process ends (ingest.limits.seconds).
  for (const name of ['types-snappy', 'delta', 'codec-gzip', 'codec-brotli', 'codec-zstd', 'codec-lz4']) {
    const whole = fixture(name)
    const seen = new Map<string, number>()
    for (let at = 4, state = 7; at < whole.length - 4; at += name.startsWith('codec') ? 61 : 11) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      const changed = Uint8Array.from(whole)
      changed[at] = (state >>> 16) & 0x7f
      const outcome = refused(changed, { ...LIMITS, cells: 100_000, inflated_bytes: 1 << 20 })
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
    }
    t.ok((seen.get('E_INPUT_UNREADABLE') ?? 0) > 8, `${name}: ${JSON.stringify([...seen])}`)
  }
})
