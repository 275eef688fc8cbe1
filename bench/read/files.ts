/** The files that the reading bench reads: the same seeded rows as delimited text and as a workbook with typed cells, written row by row. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib'
import { serialOf } from '../../fixtures/generate/workbook.ts'
import { COLUMNS, csvLine, eachRow } from '../generate.ts'

const PIECE = 1 << 18

/** Writes `rows` records with a header as UTF-8. */
export function writeCsv(path: string, rows: number): void {
  const file = openSync(path, 'w')
  let piece = csvLine(COLUMNS)
  for (const row of eachRow(rows)) {
    piece += csvLine(row)
    if (piece.length < PIECE) continue
    writeSync(file, piece)
    piece = ''
  }
  writeSync(file, piece)
  closeSync(file)
}

const NUMBERS = new Set(['customer_id', 'orders', 'turnover'])
const DATES = new Set(['created', 'last_order'])
const LETTERS = COLUMNS.map((_, at) => String.fromCharCode(65 + at))
const escaped = (text: string): string => text.replace(/[&<>]/g, character => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'))

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const SMALL_PARTS: readonly (readonly [name: string, xml: string])[] = [
  ['[Content_Types].xml', `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${TYPES}.sharedStrings+xml"/></Types>`],
  ['_rels/.rels', `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
  ['xl/workbook.xml', `<workbook ${MAIN} xmlns:r="${RELATIONS}"><sheets><sheet name="Customers" sheetId="1" r:id="rId1"/></sheets></workbook>`],
  ['xl/_rels/workbook.xml.rels', `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="${RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`],
  ['xl/styles.xml', `<styleSheet ${MAIN}><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`]
]

/** Packed data of one part, from XML that comes in pieces. */
async function packed(pieces: Iterable<string>): Promise<{ readonly data: Buffer; readonly size: number; readonly crc: number }> {
  const deflate = createDeflateRaw({ level: 6 })
  const chunks: Buffer[] = []
  deflate.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise((resolve, reject) => deflate.on('end', resolve).on('error', reject))
  let size = 0
  let crc = 0
  for (const piece of pieces) {
    const bytes = Buffer.from(piece)
    size += bytes.length
    crc = crc32(bytes, crc)
    if (!deflate.write(bytes)) await new Promise(resolve => deflate.once('drain', resolve))
  }
  deflate.end()
  await ended
  return { data: Buffer.concat(chunks), size, crc }
}

/** Writes a workbook as Excel writes one: shared strings, numbers, dates as serials with a style. */
export async function writeWorkbook(path: string, rows: number): Promise<void> {
  const ids = new Map<string, number>()
  let uses = 0
  const shared = (text: string): number => {
    uses++
    let id = ids.get(text)
    if (id === undefined) ids.set(text, (id = ids.size))
    return id
  }
  function* sheet(): Generator<string> {
    yield `${HEAD}<worksheet ${MAIN}><dimension ref="A1:T${rows + 1}"/><sheetData><row r="1" spans="1:20">${COLUMNS.map((name, at) => `<c r="${LETTERS[at]!}1" t="s"><v>${shared(name)}</v></c>`).join('')}</row>`
    let piece = ''
    let number = 1
    for (const row of eachRow(rows)) {
      number++
      piece += `<row r="${number}" spans="1:20">`
      for (let at = 0; at < row.length; at++) {
        const text = row[at]!
        if (text === '') continue
        const name = COLUMNS[at]!
        if (NUMBERS.has(name)) piece += `<c r="${LETTERS[at]!}${number}"><v>${Number(text)}</v></c>`
        else if (DATES.has(name)) piece += `<c r="${LETTERS[at]!}${number}" s="1"><v>${serialOf(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8)))}</v></c>`
        else piece += `<c r="${LETTERS[at]!}${number}" t="s"><v>${shared(text)}</v></c>`
      }
      piece += '</row>'
      if (piece.length < PIECE) continue
      yield piece
      piece = ''
    }
    yield `${piece}</sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>`
  }
  function* strings(): Generator<string> {
    yield `${HEAD}<sst ${MAIN} count="${uses}" uniqueCount="${ids.size}">`
    for (const text of ids.keys()) yield `<si><t>${escaped(text)}</t></si>`
    yield '</sst>'
  }
  const parts = [
    ...SMALL_PARTS.map(([name, xml]) => {
      const bytes = Buffer.from(HEAD + xml)
      return { name, data: deflateRawSync(bytes), size: bytes.length, crc: crc32(bytes) }
    }),
    { name: 'xl/worksheets/sheet1.xml', ...(await packed(sheet())) },
    { name: 'xl/sharedStrings.xml', ...(await packed(strings())) }
  ]
  const file = openSync(path, 'w')
  let offset = 0
  const directory: Buffer[] = []
  for (const { name, data, size, crc } of parts) {
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(8, 8)
    head.writeUInt16LE(0x21, 12)
    head.writeUInt32LE(crc, 14)
    head.writeUInt32LE(data.length, 18)
    head.writeUInt32LE(size, 22)
    head.writeUInt16LE(name.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(20, 4)
    head.copy(central, 6, 4, 30)
    central.writeUInt32LE(offset, 42)
    directory.push(central, Buffer.from(name))
    for (const bytes of [head, Buffer.from(name), data]) {
      writeSync(file, bytes)
      offset += bytes.length
    }
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  writeSync(file, listing)
  writeSync(file, end)
  closeSync(file)
}
