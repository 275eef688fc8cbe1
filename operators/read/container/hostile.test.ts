import { deflateSync } from 'fflate'
import t from 'tap'
import { HotpassError } from '../../../kernel/error.ts'
import { buildCompound } from '../testing/build-compound.ts'
import { buildXlsx, xlsxParts } from '../testing/build-xlsx.ts'
import { buildZip, concat, type Part } from '../testing/build-zip.ts'
import { LIMITS, cellsOf } from '../testing/cells-of.ts'
import { readXlsx } from '../xlsx/operator.ts'

const encoder = new TextEncoder()
const ROWS = '<row r="1"><c r="A1"><v>1</v></c></row>'
const parts = xlsxParts({ sheets: [{ name: 'S', rows: ROWS }] })
const good = buildZip(parts)
/** Wall time that one refusal may take here, in milliseconds; a cold machine is slow. */
const PATIENCE = 20_000

const sheet = (rows: string, more: object = {}): Uint8Array => buildXlsx({ sheets: [{ name: 'S', rows, ...more }] })
const whole = (xml: string | Uint8Array): Uint8Array => buildXlsx({ sheets: [{ name: 'S', whole: xml }] })
const withParts = (...more: Part[]): Uint8Array => buildZip([...parts, ...more])
const replaced = (name: string, change: Partial<Part>): Uint8Array => buildZip(parts.map(part => (part.name === name ? { ...part, ...change } : part)))
const SHEET = 'xl/worksheets/sheet1.xml'

/** Zeros, deflated: a thousand to one. */
function bomb(megabytes: number): { packed: Uint8Array; data: Uint8Array } {
  const data = new Uint8Array(megabytes << 20)
  return { packed: deflateSync(data, { level: 9 }), data }
}

/** The data of one stored part is another part, which the directory names too: it is inflated once for each. */
function quoted(): Uint8Array {
  const inner = buildZip([{ name: 'b', data: 'x'.repeat(100) }])
  const bytes = buildZip([...parts, { name: 'a', data: inner.subarray(0, inner.length - 22 - 47), stored: true }, { name: 'b', data: 'x'.repeat(100) }])
  const view = new DataView(bytes.buffer)
  const directory = view.getUint32(bytes.length - 6, true)
  const [a, b] = [bytes.length - 22 - 94, bytes.length - 22 - 47]
  if (view.getUint32(b, true) !== 0x02014b50 || directory > a) throw new Error('the archive is not laid out as this test thinks')
  view.setUint32(b + 42, view.getUint32(a + 42, true) + 31, true)
  return bytes
}

const zeros = bomb(24)
const HOSTILE: readonly (readonly [name: string, code: string, bytes: () => Uint8Array, limits?: Partial<typeof LIMITS>, says?: RegExp])[] = [
  ['empty file', 'E_INPUT_EMPTY', () => new Uint8Array(0)],
  ['one byte', 'E_INPUT_TYPE', () => Uint8Array.of(0x41)],
  ['text', 'E_INPUT_TYPE', () => encoder.encode('name,age\nA,1\n'), {}, /plain text/],
  ['web page', 'E_INPUT_TYPE', () => encoder.encode('\n<html><table><tr><td>1'), {}, /HTML/],
  ['old workbook', 'E_INPUT_TYPE', () => buildCompound(['Root Entry', 'Workbook']), {}, /old Office/],
  ['encrypted workbook', 'E_INPUT_ENCRYPTED', () => buildCompound(['Root Entry', 'EncryptionInfo', 'EncryptedPackage']), {}, /password-protected/],
  ['compound file whose directory is a loop', 'E_INPUT_TYPE', () => { const bytes = buildCompound(['x']); new DataView(bytes.buffer).setUint32(512 + 4, 1, true); return bytes }],
  ['random bytes', 'E_INPUT_TYPE', () => Uint8Array.from({ length: 500 }, (_, at) => (Math.imul(at + 3, 2654435761) >>> 13) & 255)],
  ['bytes before the archive', 'E_INPUT_TYPE', () => concat([encoder.encode('#!/bin/sh\n'), good])],
  ['PK alone', 'E_INPUT_TRUNCATED', () => encoder.encode('PK')],
  ['an archive of nothing', 'E_INPUT_EMPTY', () => buildZip([])],
  ['an archive of something else', 'E_INPUT_TYPE', () => buildZip([{ name: 'readme.txt', data: 'hello' }]), {}, /no workbook/],
  ['cut in half', 'E_INPUT_TRUNCATED', () => good.slice(0, good.length >> 1)],
  ['cut in the directory', 'E_INPUT_TRUNCATED', () => good.slice(0, good.length - 30)],
  ['a piece missing in the middle', 'E_INPUT_TRUNCATED', () => concat([good.slice(0, 200), good.slice(260)])],
  ['password on the parts', 'E_INPUT_ENCRYPTED', () => replaced(SHEET, { flags: 1 })],
  ['bomb in the sheet', 'E_INPUT_LIMIT', () => replaced(SHEET, zeros), {}, /ratio/],
  ['bomb in shared strings', 'E_INPUT_LIMIT', () => withParts({ name: 'xl/sharedStrings.xml', ...zeros })],
  ['bomb in a picture', 'E_INPUT_LIMIT', () => withParts({ name: 'xl/media/image1.png', ...zeros })],
  ['more than allowed in all', 'E_INPUT_LIMIT', () => good, { inflated_bytes: 500 }, /inflated_bytes/],
  ['file too large', 'E_INPUT_LIMIT', () => good, { file_bytes: 100 }, /file_bytes/],
  ['size says little, data is a bomb', 'E_INPUT_UNREADABLE', () => replaced(SHEET, { ...zeros, size: 100 }), {}, /larger than it says/],
  ['size says too much', 'E_INPUT_UNREADABLE', () => replaced(SHEET, { size: 100_000 }), {}, /smaller than it says/],
  ['size says four gigabytes', 'E_INPUT_LIMIT', () => replaced(SHEET, { size: 0xfffffffe })],
  ['wrong checksum', 'E_INPUT_UNREADABLE', () => replaced(SHEET, { crc: 1 }), {}, /checksum/],
  ['one name twice', 'E_INPUT_UNREADABLE', () => withParts({ name: SHEET, data: '<a/>' }), {}, /one name/],
  ['one name twice but for case', 'E_INPUT_UNREADABLE', () => withParts({ name: SHEET.toUpperCase(), data: '<a/>' })],
  ['parts on the same bytes', 'E_INPUT_UNREADABLE', () => withParts({ ...parts[0]!, sharedWith: 0 }), {}, /one name|overlap/],
  ['a part inside of another', 'E_INPUT_UNREADABLE', quoted, {}, /overlap/],
  ['names that differ', 'E_INPUT_UNREADABLE', () => replaced(SHEET, { localName: 'xl/worksheets/sheet9.xml' })],
  ['a name that climbs', 'E_INPUT_UNREADABLE', () => withParts({ name: '../../etc/cron.d/x', data: 'x' }), {}, /path out/],
  ['an absolute name', 'E_INPUT_UNREADABLE', () => withParts({ name: '/etc/passwd', data: 'x' })],
  ['a drive in a name', 'E_INPUT_UNREADABLE', () => withParts({ name: 'C:\\x', data: 'x' })],
  ['NUL in a name', 'E_INPUT_UNREADABLE', () => withParts({ name: 'a\u0000b', data: 'x' })],
  ['a name without end', 'E_INPUT_UNREADABLE', () => withParts({ name: 'n'.repeat(5000), data: 'x' })],
  ['five thousand parts', 'E_INPUT_LIMIT', () => buildZip([...parts, ...Array.from({ length: 5000 }, (_, at) => ({ name: `p${at}`, data: '', stored: true }))])],
  ['damaged deflate', 'E_INPUT_UNREADABLE', () => replaced(SHEET, { packed: Uint8Array.of(255, 254, 253, 252) })],
  ['billion laughs', 'E_INPUT_UNREADABLE', () => whole('<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet><sheetData/></worksheet>'), {}, /document type/],
  ['outside entity', 'E_INPUT_UNREADABLE', () => whole('<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>')],
  ['deep nesting', 'E_INPUT_UNREADABLE', () => whole('<a>'.repeat(100_000)), {}, /nested/],
  ['XML that ends', 'E_INPUT_UNREADABLE', () => whole('<worksheet><sheetData><row r="1"><c r="A1"><v>1')],
  ['a tag that ends', 'E_INPUT_UNREADABLE', () => whole('<worksheet><sheetData a="')],
  ['tags that cross', 'E_INPUT_UNREADABLE', () => whole('<worksheet><sheetData></worksheet></sheetData>')],
  ['a comment that ends', 'E_INPUT_UNREADABLE', () => whole('<worksheet><!-- ')],
  ['a cell far outside', 'E_INPUT_UNREADABLE', () => sheet('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>'), {}, /sheet "S"/],
  ['a row far outside', 'E_INPUT_UNREADABLE', () => sheet('<row r="2147483647"><c><v>1</v></c></row>')],
  ['row zero', 'E_INPUT_UNREADABLE', () => sheet('<row r="0"><c r="A0"><v>1</v></c></row>')],
  ['a shared text that is not there', 'E_INPUT_UNREADABLE', () => sheet('<row r="1"><c r="A1" t="s"><v>999999999</v></c></row>'), {}, /cell A1/],
  ['a shared text before the first', 'E_INPUT_UNREADABLE', () => sheet('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>')],
  ['a shared text named __proto__', 'E_INPUT_UNREADABLE', () => sheet('<row r="1"><c r="A1" t="s"><v>__proto__</v></c></row>')],
  ['a sheet outside of the archive', 'E_INPUT_UNREADABLE', () => sheet(ROWS, { target: '../../../../etc/passwd' }), {}, /sheet "S"/],
  ['many sheets', 'E_INPUT_LIMIT', () => buildXlsx({ sheets: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }), { sheets: 2 }],
  ['many columns', 'E_INPUT_LIMIT', () => sheet('<row r="1"><c r="CV1"><v>1</v></c></row>'), { columns: 99 }],
  ['many cells', 'E_INPUT_LIMIT', () => sheet('<row r="1"><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c></row>'), { cells: 2 }],
  ['few cells, much room', 'E_INPUT_LIMIT', () => sheet(Array.from({ length: 600 }, (_, at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>1</v></c></row>`).join('') + `<row r="700">${Array.from({ length: 200 }, () => '<c><v>1</v></c>').join('')}</row>`), { cells: 1000 }, /rows times its columns/],
  ['a long text', 'E_INPUT_LIMIT', () => sheet(`<row r="7"><c r="B7" t="inlineStr"><is><t>${'x'.repeat(2000)}</t></is></c></row>`), { cell_characters: 1000 }, /cell B7/],
  ['an unknown encoding', 'E_INPUT_ENCODING', () => whole('<?xml version="1.0" encoding="EBCDIC-CP-US"?><worksheet/>')]
]

t.test('hostile workbooks are refused, each with its code and in time', async t => {
  for (const [name, code, make, limits = {}, says = /book\.xlsx/] of HOSTILE) {
    const bytes = make()
    const started = process.hrtime.bigint()
    let error: unknown
    try {
      readXlsx('book.xlsx', bytes, { ...LIMITS, ...limits })
    } catch (caught) {
      error = caught
    }
    const took = Number(process.hrtime.bigint() - started) / 1e6
    if (!(error instanceof HotpassError)) {
      t.fail(`${name}: ${error === undefined ? 'was read' : String(error)}`)
      continue
    }
    t.equal(error.code, code, `${name}: ${error.message}`)
    t.match(error.message, says, name)
    t.ok(took < PATIENCE, `${name}: ${took} ms`)
    t.equal(error.place.file, 'book.xlsx')
    t.not(error.hint, '')
  }
})

t.test('odd but honest workbooks are read in time', async t => {
  const started = process.hrtime.bigint()
  const one = ['A1 number 1']
  t.same(cellsOf(readXlsx('b.xlsx', good, LIMITS).tables[0]!), one)
  t.same(cellsOf(readXlsx('b.xlsx', sheet(ROWS, { before: '<dimension ref="A1:XFD1048576"/>' }), LIMITS).tables[0]!), one, 'a dimension that lies')
  t.same(cellsOf(readXlsx('b.xlsx', sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), LIMITS).tables[0]!), ['XFD1048576 number 1'])
  t.same(cellsOf(readXlsx('b.xlsx', sheet(ROWS, { after: '<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>' }), LIMITS).tables[0]!), one)
  const merges = `<mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(20_000)}</mergeCells>`
  t.equal(readXlsx('b.xlsx', sheet(ROWS, { after: merges }), LIMITS).meta.loss[0]!.count, 20_000)
  t.same(cellsOf(readXlsx('b.xlsx', concat([good, new Uint8Array(0)]), LIMITS).tables[0]!), one)
  t.equal(readXlsx('b.xlsx', sheet('<row r="1"><c r="A1" t="inlineStr"><is>' + '<r><t>x</t></r>'.repeat(50_000) + '</is></c></row>'), LIMITS).tables[0]!.columns[0]!.values[0]!.length, 50_000)
  const backslashes = buildZip(parts.map(part => ({ ...part, name: part.name.replaceAll('/', '\\') })))
  t.same(cellsOf(readXlsx('b.xlsx', backslashes, LIMITS).tables[0]!), one, 'names with the other slash')
  t.ok(Number(process.hrtime.bigint() - started) < 5e9)
})

t.test('every cut and every flipped byte gives an answer', async t => {
  const codes = new Set<string>()
  let read = 0
  const attempt = (bytes: Uint8Array): void => {
    try {
      readXlsx('book.xlsx', bytes, LIMITS)
      read++
    } catch (error) {
      if (!(error instanceof HotpassError)) throw error
      codes.add(error.code)
    }
  }
  for (let cut = 0; cut < good.length; cut++) attempt(good.subarray(0, cut))
  t.equal(read, 0, 'a cut workbook is never read as a whole one')
  const stored = buildZip(parts.map(part => ({ ...part, stored: true })))
  for (let at = 0; at < stored.length; at += 3) {
    const flipped = stored.slice()
    flipped[at]! ^= 1 << (at % 8)
    attempt(flipped)
  }
  t.ok(read < stored.length / 6, 'checksums find nearly all; times and unused fields do not matter')
  t.notOk(codes.has('E_INTERNAL'))
})
