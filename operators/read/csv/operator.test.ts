import fc from 'fast-check'
import t from 'tap'
import { decodeFrame, encodeFrame } from '../../../kernel/artifact/frame.ts'
import { HotpassError } from '../../../kernel/error.ts'
import type { Frame } from '../../../kernel/artifact/table.ts'
import type { WorkbookMeta } from '../../model/stages.ts'
import { DEFAULTS } from '../../model/defaults.ts'
import { UPPER_HALF } from '../text/single-byte.ts'
import { LIMITS, assertTable, cellsOf, lossOf } from '../testing/cells-of.ts'
import { restoreFormula } from '../../model/formula.ts'
import { csvSettingsFor, operator, readCsv } from './operator.ts'

const AUTO = DEFAULTS.ingest.csv
const read = (text: string | Uint8Array, settings: Partial<Record<keyof typeof AUTO, string>> = {}, file = 'folder/list.v2.csv', limits = LIMITS) => {
  const frame = readCsv(file, typeof text === 'string' ? Buffer.from(text) : text, { ...AUTO, ...settings }, limits)
  assertTable(frame.tables[0]!)
  return frame
}
const grid = (text: string | Uint8Array, settings = {}): string[] => cellsOf(read(text, settings).tables[0]!).map(cell => cell.replace(' text', ''))
const refused = (text: string | Uint8Array, settings = {}, limits = LIMITS): string => {
  try {
    read(text, settings, 'x.csv', limits)
  } catch (error) {
    if (error instanceof HotpassError) return `${error.code} ${error.place.line ?? ''}`.trimEnd()
    throw error
  }
  return 'read'
}

t.test('cells stay what they are', async t => {
  const frame = read('id,code\r\n1,00123\r\n2,1e5\r\n\r\n3,\r\n,, x \r\n')
  t.same(cellsOf(frame.tables[0]!), ['A1 text id', 'B1 text code', 'A2 text 1', 'B2 text 00123', 'A3 text 2', 'B3 text 1e5', 'A5 text 3', 'C6 text  x '])
  t.same([frame.tables[0]!.name, frame.meta.sheets[0]!.name, frame.meta.format], ['list.v2', 'list.v2', 'csv'])
  t.same(frame.meta.dialect, { encoding: 'utf-8', delimiter: ',', quote: '"', escape: '', comment: '', fields: 2, line_ending: 'CRLF', confidence: 0.98 })
  t.same(lossOf(frame), ['ROWS_RAGGED list.v2! 1 A6'])
  t.same(decodeFrame(encodeFrame(frame)), frame)
  t.equal(read('a\tb\n1\t2\n', {}, 'x.TSV').meta.format, 'tsv')
})

t.test('dialects by evidence', async t => {
  const dialect = (text: string): unknown[] => {
    const { delimiter, quote, line_ending } = read(text).meta.dialect!
    return [delimiter, quote, line_ending]
  }
  t.same(dialect('a;b\n"x;y";1,5\nz;2,5\n'), [';', '"', 'LF'])
  t.same(dialect('a\tb\r1\t2\r'), ['\t', '"', 'CR'])
  t.same(dialect('name|town\nA, B|C\nD|E, F\n'), ['|', '"', 'LF'])
  t.same(dialect("a,b\n'x, y',1\n'z',2\n"), [',', "'", 'LF'])
  t.same(dialect('a, b, c\n1, "x, y", 3\n'), [', ', '"', 'LF'])
  t.same(dialect(`day who said\n${'mon "Ann Lee" "well, yes, no"\n'.repeat(5)}`), [' ', '"', 'LF'], 'marks stand at the bounds of fields')
  t.same(dialect('sep=;\r\na;b,c\r\n'), [';', '"', 'CRLF'])
  t.same(dialect('one\ntwo\n'), [',', '"', 'LF'])
  t.same(dialect('x'), [',', '"', 'none'])
  t.same(grid('sep=;\r\na;b,c\r\n'), ['A1 a', 'B1 b,c'], 'the line is none of the sheet')
  t.same(grid('a, b, c\n1, "x, y", 3\n'), ['A1 a', 'B1 b', 'C1 c', 'A2 1', 'B2 x, y', 'C2 3'])
  t.same(grid('a||b\n1|2||3\n', { delimiter: '||' }), ['A1 a', 'B1 b', 'A2 1|2', 'B2 3'])
  t.same(grid('a;b\n"1";2\n', { delimiter: ',', quote: 'none' }), ['A1 a;b', 'A2 "1";2'], 'what the profile says is not doubted')
  t.same(lossOf(read('a,b\r\n1,2\n3,4\r\n')), ['LINE_ENDINGS_MIXED list.v2! 1'])
})

t.test('a single mark that quotes one field', async t => {
  t.same(grid("a;b\n1;2\n'P.O. Box 1; Paarl';3\n"), ['A1 a', 'B1 b', 'A2 1', 'B2 2', 'A3 P.O. Box 1; Paarl', 'B3 3'], 'the rows are alike only so')
  t.same(grid("a,b\n'O''Neil',2\nx,3\n"), ['A1 a', 'B1 b', "A2 O'Neil", 'B2 2', 'A3 x', 'B3 3'], 'a doubled one within a pair')
  t.same(grid("a,b\n'n roll',2\nrock',3\n"), ['A1 a', 'B1 b', "A2 'n roll'", 'B2 2', "A3 rock'", 'B3 3'], 'apostrophes')
})

t.test('best-effort keeps a file whose last field is never closed', async t => {
  const bytes = Buffer.from('a,b\n1,2\n3,"one, and ""more"" words\ntwo\nthree\n')
  const config = { ingest: { limits: LIMITS, csv: { encoding: 'auto', delimiter: 'auto', quote: 'auto' } } }
  const instead = (code: string, settings = config): Frame<WorkbookMeta> => (operator.refused!.instead as (...of: unknown[]) => { workbook: Frame<WorkbookMeta> })('cut.csv', { code, message: 'cut.csv, line 3: never closed' }, { file: [{ value: bytes }] }, settings).workbook
  const kept = instead('E_INPUT_UNREADABLE')
  t.same([cellsOf(kept.tables[0]!), lossOf(kept)], [['A1 text a', 'B1 text b', 'A2 text 1', 'B2 text 2', 'A3 text 3', 'B3 text one, and "more" words\ntwo\nthree\n'], ['QUOTE_UNCLOSED cut!B 1 B3']])
  t.equal(instead('E_INPUT_LIMIT').meta.sheets.length, 0, 'refused for something else')
  t.equal(instead('E_INPUT_UNREADABLE', { ingest: { ...config.ingest, limits: { ...LIMITS, cell_characters: 10 } } }).meta.sheets.length, 0, 'longer than a cell may be')
})

t.test('quotes', async t => {
  t.same(grid('a,b\n"1\r\n2","say ""hi"""\n"",x\n'), ['A1 a', 'B1 b', 'A2 1\r\n2', 'B2 say "hi"', 'B3 x'])
  t.same(grid('a,b\n5" pipe,x"y"\n'), ['A1 a', 'B1 b', 'A2 5" pipe', 'B2 x"y"'], 'inside of an unquoted field')
  t.same(grid('a,b\n"he said "no" twice",2\n'), ['A1 a', 'B1 b', 'A2 he said "no" twice', 'B2 2'], 'not doubled')
  t.same(grid('a,b\n"1,"two"\n3,4\n'), ['A1 a', 'B1 b', 'A2 "1', 'B2 two', 'A3 3', 'B3 4'], 'a stray one in front')
  t.same(grid('a,b\n"one"",2\n"x",3\n'), ['A1 a', 'B1 b', 'A2 one"', 'B2 2', 'A3 x', 'B3 3'], 'one too many behind')
  t.same(grid('a,b\n"x\\"y",2\n'), ['A1 a', 'B1 b', 'A2 x"y', 'B2 2'], 'escaped by a backslash')
  t.same(lossOf(read('a,b\n"1,"two"\n3,4\n')), ['QUOTE_STRAY list.v2!A 1 A2'])
  t.same(grid('a,b\n1,2\n3,"4\n5,6\n7,8\n'), ['A1 a', 'B1 b', 'A2 1', 'B2 2', 'A3 3', 'B3 "4', 'A4 5', 'B4 6', 'A5 7', 'B5 8'], 'never closed, and records follow: the mark is text')
  t.same(lossOf(read('a,b,c\n1,2,3\n4,"5,6\n7,8,9\n\n10,11\n12,13,14\n')), ['QUOTE_STRAY list.v2!B 1 B3', 'ROWS_RAGGED list.v2! 1 A6'], 'most lines are records')
  t.same(grid('"a\nb\nc\n'), ['A1 "a', 'A2 b', 'A3 c'], 'of one column every line is a record')
  t.equal(refused('a,b\n1,2\n3,"one\ntwo\nthree, four\n'), 'E_INPUT_UNREADABLE 3', 'never closed, and no records follow: the line where it opens')
  t.equal(refused(`a,b\n1,"${'x'.repeat(9000)}"\n`, {}, { ...LIMITS, cell_characters: 2000 }), 'E_INPUT_LIMIT 2')
  const many = `"${'a"b"'.repeat(200_000)}\nx,y\n`
  const started = process.hrtime.bigint()
  t.equal(refused(many, { delimiter: ',' }), 'read')
  t.ok(Number(process.hrtime.bigint() - started) < 3e9, 'many stray ones take no longer than their number')
})

t.test('a field that would swallow records was opened by a stray mark', async t => {
  const rows = 'a,b,c\n1,"x,9\n2,y,8\n3,z,7\n4,"w",6\n5,v",5\n'
  t.same(grid(rows).filter(cell => /^[AC]/.test(cell)), ['A1 a', 'C1 c', 'A2 1', 'C2 9', 'A3 2', 'C3 8', 'A4 3', 'C4 7', 'A5 4', 'C5 6', 'A6 5', 'C6 5'])
  t.same(grid('a,b,c\n1,"one\ntwo, too\nthree, as well\nfour",2\n').at(-2), 'B2 one\ntwo, too\nthree, as well\nfour', 'text of several lines is text')
})

t.test('remarks', async t => {
  const log = '# made by a tool; version 2, build 7\n# 3 rows, more or less\nid;name;city\n1;a;x\n# half way, they say\n2;b;y\n3;c;z\n'
  const { meta, tables } = read(log)
  t.match(meta.dialect, { delimiter: ';', comment: '#' })
  t.same(cellsOf(tables[0]!).filter(cell => cell.includes('#')), ['A1 text # made by a tool; version 2, build 7', 'A2 text # 3 rows, more or less', 'A5 text # half way, they say'], 'each is one cell')
  t.equal(read('#,name,city\n1,a,x\n2,b,y\n').meta.dialect!.comment, '', 'a column may be called #')
  const above = '# one\n# two, with, commas\nid,name,qty\n1,Alice,3\n# within\n2,Bob,4\n'
  t.equal(read(above).meta.dialect!.comment, '#', 'a remark above the header may have as many commas')
  t.equal(read('# id,name,qty\n1,Alice,3\n2,Bob,4\n').meta.dialect!.comment, '', 'the header itself')
  t.equal(read('# id,name\nAlice,Rome\nBob,Bari\n').meta.dialect!.comment, '', 'nothing tells')
  t.equal(read('tag,n\n#red,1\n#blue,2\n').meta.dialect!.comment, '', 'values may begin with it')
  t.equal(read(log, { comment: 'none' }).meta.dialect!.comment, '')
  t.same(grid('!x,y\na,b\n', { comment: '!' }), ['A1 !x,y', 'A2 a', 'B2 b'], 'what the profile says is not doubted')
})

t.test('escapes, and what one source says of itself', async t => {
  t.same([read('a,b\n"x\\"y",2\n').meta.dialect!.escape, read('a,b\n1,2\n').meta.dialect!.escape], ['\\', ''])
  t.same(grid('a,b\n"x\\"y",2\n', { escape: 'none' }).slice(2), ['A2 x\\"y', 'B2 2'])
  t.same(grid('a,b\n"x^"y",2\n', { escape: '^' }).slice(2), ['A2 x"y', 'B2 2'])
  const config = { ingest: { csv: AUTO, limits: LIMITS, sources: [{ match: 'old/*.csv', csv: { delimiter: '|', encoding: 'latin-1' } }] } } as const
  t.same([csvSettingsFor(config, 'old/a.csv'), csvSettingsFor(config, 'new/a.csv')], [{ ...AUTO, delimiter: '|', encoding: 'latin-1' }, AUTO])
})

t.test('encodings', async t => {
  const words = ['Łódź €9', 'naïve café', 'Größe “quoted” – dash', 'Ærø Å']
  const text = words.map(word => `${word},${word}\r\n`).join('')
  const expected = words.flatMap((word, index) => [`A${index + 1} ${word}`, `B${index + 1} ${word}`])
  const wide = Buffer.from(text, 'utf16le')
  const big = Buffer.from(wide).swap16()
  const found = (bytes: Uint8Array): unknown[] => [read(bytes).meta.dialect!.encoding, grid(bytes)]
  t.same(found(Buffer.from(text)), ['utf-8', expected])
  t.same(found(Buffer.from(`\ufeff${text}`)), ['utf-8', expected])
  t.same(found(Buffer.concat([Buffer.of(0xff, 0xfe), wide])), ['utf-16le', expected])
  t.same(found(Buffer.concat([Buffer.of(0xfe, 0xff), big])), ['utf-16be', expected])
  t.same(found(wide), ['utf-16le', expected])
  t.same(found(big), ['utf-16be', expected])
  const narrow = words.slice(1)
  const single = (encoding: keyof typeof UPPER_HALF, list: readonly string[]): Uint8Array =>
    Uint8Array.from([...list.map(word => `${word},${word}\r\n`).join('')].map(char => (char < '\u0080' ? char.charCodeAt(0) : 0x80 + UPPER_HALF[encoding].indexOf(char))))
  const shorter = narrow.flatMap((word, index) => [`A${index + 1} ${word}`, `B${index + 1} ${word}`])
  t.same(found(single('windows-1252', narrow)), ['windows-1252', shorter])
  t.same(found(single('mac-roman', narrow)), ['mac-roman', shorter])
  t.same(found(single('latin-1', ['Größe', 'café'])), ['windows-1252', ['A1 Größe', 'B1 Größe', 'A2 café', 'B2 café']], 'the same bytes')
  t.same(grid(single('mac-roman', ['é']), { encoding: 'latin-1' }), ['A1 \u008e', 'B1 \u008e'], 'what the profile says is not doubted')
  const broken = Buffer.concat([Buffer.from(text.repeat(3)), Buffer.of(0x41, 0xff, 0x0a)])
  t.same([read(broken).meta.dialect!.encoding, lossOf(read(broken)).filter(loss => loss.startsWith('TEXT'))], ['utf-8', ['TEXT_INVALID list.v2!A 1 A13']])
  t.equal(refused(broken, { encoding: 'utf-8' }), 'E_INPUT_ENCODING 13')
  t.equal(refused(Buffer.of(0xff, 0xfe, 0x41)), 'E_INPUT_ENCODING', 'half a character')
  t.equal(refused(Buffer.of(0xff, 0xfe, 0, 0, 0x41, 0, 0, 0)), 'E_INPUT_ENCODING', 'UTF-32')
  t.same(lossOf(read('a,b\nx\u0000y,2\n')), ['NUL_CHARACTERS list.v2!A 1 A2'])
})

t.test('encodings of two bytes per character, and those that only a person knows', async t => {
  /** Text in an encoding of one or two bytes, by its decoder turned round. */
  function encode(label: string, text: string): Uint8Array {
    const decoder = new TextDecoder(label)
    const codes = new Map<string, readonly number[]>()
    for (let byte = 0; byte < 256; byte++) codes.set(decoder.decode(Uint8Array.of(byte)), [byte])
    for (let lead = 0x81; lead < 0xff; lead++) {
      for (let trail = 0x40; trail < 0xff; trail++) {
        const char = decoder.decode(Uint8Array.of(lead, trail))
        if ([...char].length === 1 && !codes.has(char)) codes.set(char, [lead, trail])
      }
    }
    return Uint8Array.from([...text].flatMap(char => codes.get(char)!))
  }
  const findings: string[] = []
  const decoded = (bytes: Uint8Array, encoding = 'auto') => {
    const frame = readCsv('a.csv', bytes, { ...AUTO, encoding }, LIMITS, { diagnose: ({ code, severity, details }) => void findings.push(`${code} ${severity} ${details['encoding']}`) })
    return [frame.meta.dialect!.encoding, cellsOf(frame.tables[0]!)[2]?.replace('A2 text ', '')]
  }
  const rows = (line: string): string => `名,N\n${`${line},1\n`.repeat(9)}`
  const texts: [string, string][] = [['shift_jis', '東京の山田製作所はこちら'], ['euc-jp', '東京の山田製作所はこちら'], ['gb18030', '华北贸易有限公司上海分公司'], ['big5', '台灣貿易有限公司高雄分公司'], ['euc-kr', '한국무역 주식회사 부산 지점']]
  for (const [label, line] of texts) {
    t.same(decoded(encode(label, rows(line).replace('名', label === 'euc-kr' ? '한' : '名'))), [label, line], label)
  }
  t.same(findings, [], 'they are sure')
  for (const [label, line] of [['windows-1251', 'Москва'], ['koi8-r', 'Москва'], ['windows-1250', 'Łódź'], ['iso-8859-7', 'Αθήνα'], ['gb18030', '华'], ['shift_jis', '東']] as const) {
    const bytes = encode(label, `a,b\n${line},1\n`)
    t.same(decoded(bytes, label), [label, line], 'what the profile says')
    if (line !== 'Москва') t.not(decoded(bytes)[1], line)
    else t.same(decoded(bytes), [label, line], 'Russian is told, and not sure')
  }
  t.same(findings.length, 6, 'a guess is told')
  t.match(findings[0], /^ENCODING_UNCERTAIN warning windows-1251$/)
  t.equal(refused(encode('gb18030', rows('华北贸易')), { encoding: 'euc-jp' }), 'read')
  t.equal(refused(Buffer.from(`a\n${'Größe é\n'.repeat(9)}`, 'latin1'), { encoding: 'shift_jis' }), 'E_INPUT_ENCODING', 'not in the encoding that it is said to be in')
  const cyrillic = 'Имя,Город\nПривет,Москва\nАнна Иванова,Санкт-Петербург\nОльга,КАЗАНЬ\nСергей Кузнецов,Нижний Новгород\n'
  const few: [string, string, number][] = [['windows-1251', cyrillic, 0], ['koi8-r', cyrillic, 0], ['iso-8859-5', cyrillic, 0], ['windows-1251', 'name,town\nПривет,Москва\nиван,казань\n', 1], ['koi8-r', 'name,town\nПривет,Москва\nиван,казань\n', 1]]
  few.push(['shift_jis', '名前,町\n田中,東京\n鈴木,大阪\n佐藤,京都\n', 1], ['windows-1250', 'imię,miasto\nMałgorzata,Łódź\nPaweł Wałęsa,Białystok\nBożena,Częstochowa\n', 1], ['iso-8859-2', 'imię,miasto\nMałgorzata,Łódź\nJaśmina Wałęsa,Białystok\nBożena,Częstochowa\nKąty,Mąka\n', 1])
  for (const [label, text, uncertain] of few) {
    findings.length = 0
    const frame = readCsv('a.csv', encode(label, text), AUTO, LIMITS, { diagnose: ({ code, message }) => void findings.push(`${code} ${message}`) })
    t.equal(frame.meta.dialect!.encoding, label)
    t.same(cellsOf(frame.tables[0]!).map(cell => cell.replace(/^\S+ text /, '')), text.trim().split(/[,\n]/), label)
    t.equal(findings.length, uncertain, `${label} ${findings.join()}`)
    if (uncertain === 1) t.match(findings[0], /^ENCODING_UNCERTAIN a\.csv: .*ingest\.csv\.encoding.*csv of the source in ingest\.sources/)
  }
  for (const text of ['nombre\nNº 5\n¿Qué tal?\n25 m² y 3 m³\nEspaña\n', 'Größe\nÄÖÜ\nSTRASSE ÄÖÜ\nfür 5 µg\n', 'Ærø\nÅÅÅ\nÆØÅ\nsmørrebrød\n', 'Créée\nnaïve\n1ª e 2º\nação\n', 'Þórður\nÆvarsdóttir\nÍsafjörður\n']) {
    t.equal(decoded(Buffer.from(text.replace('\n', ',b\n').replaceAll(/\n(?=.)/g, ',1\n'), 'latin1'))[0], 'windows-1252', text)
  }
  findings.length = 0
  const others = [['iso-8859-7', 'Αθήνα\nΘεσσαλονίκη\nΓιώργος Παπαδόπουλος\nΜαρία'], ['windows-1255', 'ירושלים\nתל אביב\nשלום עליכם\nמשה כהן']] as const
  for (const [label, text] of others) decoded(encode(label, text))
  t.match(findings, [/^ENCODING_UNCERTAIN/, /^ENCODING_UNCERTAIN/], 'other scripts are never taken for certain')
  findings.length = 0
  decoded(Buffer.concat([Buffer.from('a,b\n'), Buffer.from('café,1\n'.repeat(5)), Buffer.from('café,1\n'.repeat(5), 'latin1')]))
  t.match(findings, ['ENCODING_UNCERTAIN warning windows-1252'], 'two encodings in one file')
  t.same(decoded(Buffer.from('a,b\ndon\x92t \x93go\x94,1\n', 'latin1')), ['windows-1252', 'don’t “go”'], 'quotation marks are no letters')
})

t.test('a small limit of cells is told as such', t => {
  t.throws(() => readCsv('a.csv', new TextEncoder().encode('a,b,c,d,e\n1,2,3,4,5\n'.repeat(3)), AUTO, { ...LIMITS, cells: 3 }), { code: 'E_INPUT_LIMIT', message: /more than 3 cells \(ingest\.limits\.cells\)/ })
  t.end()
})

t.test('what is no delimited text, or too much of it', async t => {
  t.equal(refused(''), 'E_INPUT_EMPTY')
  t.equal(refused('\ufeff'), 'E_INPUT_EMPTY')
  t.equal(refused(Buffer.from('PK\u0003\u0004xxxx')), 'E_INPUT_TYPE')
  t.equal(refused(Uint8Array.from({ length: 500 }, (_, at) => (Math.imul(at + 3, 2654435761) >>> 13) & 255)), 'E_INPUT_TYPE', 'binary data')
  t.same(grid('a\u001fb\n1\u001f2\n'.repeat(9)).length, 36, 'fields that control characters part are text')
  t.equal(refused('%PDF-1.7'), 'E_INPUT_TYPE')
  t.equal(refused('{"id":1,"n":"a"}\r\n\n{"id":2,"n":"b"}'), 'E_INPUT_TYPE')
  t.equal(refused('{"id":1,"n":"a"}\n', { delimiter: ',' }), 'read')
  t.equal(refused('{"id":1},a\n{"id":2},b\n'), 'read')
  t.equal(refused(','.repeat(20_000)), 'E_INPUT_LIMIT 1')
  t.equal(refused('a\n'.repeat(50), {}, { ...LIMITS, cells: 20 }), 'E_INPUT_LIMIT')
  t.equal(refused('abc,def\n', {}, { ...LIMITS, file_bytes: 4 }), 'E_INPUT_LIMIT')
  t.same(grid('ID;B\nX99999999;__proto__\n'), ['A1 ID', 'B1 B', 'A2 X99999999', 'B2 __proto__'], 'text, whatever else it may look like')
  t.same(grid('<table><tr><td>1</td></tr></table>\n', { delimiter: ',' }), ['A1 <table><tr><td>1</td></tr></table>'])
})

t.test('losses that columns of text show', async t => {
  const phones = ['phone', '0215550001', '0215550002', '0215550003', '215550004', '1.23457E+11']
  t.same(lossOf(read('card,n\n4556737586890000,1\n4024007134500000,2\n12,3\n')), ['NUMBER_ROUNDED list.v2!A 2 A2,A3'], 'digits that a spreadsheet dropped before it wrote the text')
  t.same(lossOf(read('card,n\n4556737586890000,1\n4024007134564842,2\n12,3\n')), [], 'one that ends in zeros by chance')
  t.same(lossOf(read(phones.map(phone => `${phone},x\n`).join(''))), ['LEADING_ZEROS_LOST list.v2!A 1 A5', 'SCIENTIFIC_IDENTIFIER list.v2!A 1 A6'])
})

t.test('what is written is what is read', async t => {
  const field = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', "'", '\\'), maxLength: 6 }))
  fc.assert(
    fc.property(fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 }), fc.constantFrom(',', ';', '\t', '|'), fc.constantFrom('\n', '\r\n'), (rows, delimiter, ending) => {
      const texts = rows.map(row => row.map(cell => cell.toWellFormed().replaceAll('\u0000', '')))
      // The setting names the delimiter, but an escape character is still looked for.
      const written = texts.map(row => row.map(cell => `"${cell.replaceAll('\\', '/').replaceAll('"', '""')}"`).join(delimiter)).join(ending) + ending
      const frame = read(written, { delimiter, quote: '"', encoding: 'utf-8' })
      const expected = texts.flatMap((row, y) => row.map((cell, x) => [`${'ABCD'[x]}${y + 1} text ${restoreFormula(cell).replaceAll('\\', '/')}`, cell] as const).filter(([, cell]) => cell !== '').map(([line]) => line))
      const actual = cellsOf(frame.tables[0]!)
      if (JSON.stringify(actual) !== JSON.stringify(expected)) throw new Error(`${JSON.stringify(actual)} for ${JSON.stringify(written)}`)
    }),
    { seed: 11, numRuns: 300 }
  )
  t.pass('300 files')
})

t.test('the operator gives the same as the function', async t => {
  const context = { pins: { as_of: null, seed: '' }, diagnose() {}, progress() {}, random: () => 0 }
  const value = Buffer.from('a,b\n1,2\n')
  const out = operator.run({ file: [{ id: 'x.csv', kind: 'bytes', hash: '', value }] }, { ingest: { csv: AUTO, limits: LIMITS } }, context)
  t.same(out['workbook'], readCsv('x.csv', value, AUTO, LIMITS))
})

t.test('text aligned with spaces is read by where its cells stand', async t => {
  const read = (text: string, delimiter = 'auto') => {
    const findings: string[] = []
    const { meta, tables } = readCsv('a.csv', Buffer.from(text), { ...AUTO, delimiter }, LIMITS, { diagnose: ({ code }) => void findings.push(code) })
    const rows = cellsOf(tables[0]!).map(cell => cell.replace(' text ', '='))
    return { rows, findings, delimiter: meta.dialect!.delimiter, confidence: meta.dialect!.confidence }
  }
  const aligned = read('name     town      amount\nAnn      Paarl     1\nBob      George    2\n\nCy Poe   Ceres     3\n')
  t.same(aligned.rows, ['A1=name', 'B1=town', 'C1=amount', 'A2=Ann', 'B2=Paarl', 'C2=1', 'A3=Bob', 'B3=George', 'C3=2', 'A5=Cy Poe', 'B5=Ceres', 'C5=3'])
  t.same([aligned.delimiter, aligned.confidence, aligned.findings], ['aligned', 0.9, []])
  t.same(read('town           n  note\r\nSt. Étienne    1\r\nCape  Town    22  x y\r\nÉze            3  z\r\n').rows, ['A1=town', 'B1=n', 'C1=note', 'A2=St. Étienne', 'B2=1', 'A3=Cape  Town', 'B3=22', 'C3=x y', 'A4=Éze', 'B4=3', 'C4=z'], 'numbers on the right, spaces in a cell, an empty cell')
  const ragged = read('name  town  amount\nAnn  Paarl  1\nRoberta  George  2\nCy  Ceres  3\n')
  t.same([ragged.delimiter, ragged.findings], [' ', ['DELIMITER_UNCERTAIN']])
  t.ok(ragged.confidence <= 0.3)
  t.same(read('a b c\n1 2 3\n4 5 6\n').findings, [], 'single spaces are a delimiter like any other')
  t.same(read('name  town\nAnn   Paarl\nBob   George\n', ' ').delimiter, ' ', 'what is set stands')
})
