/** Changes to the text of an XML part: its tags, attributes and values, so that it stays near to what a reader expects. */
import type { Random } from './random.ts'

/** Values that readers have been known to stumble over. */
export const ODD_VALUES: readonly string[] = [
  '', '0', '-1', '1', '00', '007', '1e999', '-1e999', '1e-400', 'NaN', 'INF', '0x10', '1,5', '9007199254740993', '99999999999999999999999999', '2147483647', '4294967295', '4294967296', '1.7976931348623157e308',
  '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'A1', 'a1', '$A$1', 'A0', 'A1048577', 'XFD1048576', 'XFE1', 'ZZZZ1', 'A1:XFD1048576', 'B2:A1', 'A:A', '1:1', '#REF!',
  's', 'n', 'b', 'e', 'd', 'str', 'inlineStr', 'true', 'false', 'on', '2024-02-30', '2024-02-29T25:61:61', '-2958466', '2958466', '60', '0.999999999', '1e10',
  '../../../etc/passwd', '/xl/workbook.xml', 'xl\\worksheets\\sheet1.xml', 'http://example.com/x', 'file:///etc/passwd', 'External', 'rId1', 'hidden', 'veryHidden',
  '_x000D_', '_x0000_', '_xD800_', '_x005F_x0041_', '&#0;', '&#xD800;', '&#x110000;', '&#xFFFFFFFF;', '&lol;', '&amp;', '&', '<', ']]>', '\u0000', '\ufeff', '\ufffe', '\u2028', '"', "'",
  '[h]:mm', '[$-409]d/m/yy', '[$-F800]', '"unclosed', '\\', '[', '????/????', '0'.repeat(300), ';'.repeat(100), 'yyyy'.repeat(300), 'x'.repeat(40_000), '1'.repeat(1000)
]
const PIECES: readonly string[] = [
  '<!DOCTYPE a [<!ENTITY b "c">]>', '<!-- -->', '<!-- -- -->', '<![CDATA[x]]>', '<![CDATA[', '<?pi?>', '<?xml version="1.0" encoding="UTF-16"?>', '<a/>', '</a>', '<a>', '<a b="c">', '<', '>', '</', '/>', '<x:c/>', '<c/>', '<c r="A1"><v>1</v></c>', '<row/>',
  '<row r="1048576"><c><v>1</v></c></row>', '<v>1</v>', '<is><t>x</t></is>', '<si/>', '<si><r><t>x</t></r><rPh><t>y</t></rPh></si>', '<f/>', '<mergeCell ref="A1:B2"/>', '<sheetData>', '</sheetData>', '<sheetData/>', '<c r="XFD1"/>', '<xf numFmtId="14"/>', '<numFmt numFmtId="164" formatCode="[s].000"/>',
  '<table:table-row table:number-rows-repeated="1048576"/>', '<table:table-cell table:number-columns-repeated="16384"/>', '<text:s text:c="2000000000"/>', '<text:p>x</text:p>'
]

const TAG = /<[^<>]{0,400}>/g
const ATTRIBUTE = /\b[\w:]{1,60}="[^"<>]{0,400}"/g

function matches(text: string, pattern: RegExp): RegExpMatchArray[] {
  return [...text.matchAll(pattern)]
}

function replaceAt(text: string, from: number, length: number, by: string): string {
  return text.slice(0, from) + by + text.slice(from + length)
}

/** Where an element that begins at this tag ends; undefined when that cannot be told. */
function elementEnd(text: string, from: number): number | undefined {
  const name = /^<([\w:.-]+)/.exec(text.slice(from, from + 80))?.[1]
  if (name === undefined) return undefined
  const open = text.indexOf('>', from)
  if (open === -1) return undefined
  if (text[open - 1] === '/') return open + 1
  const close = text.indexOf(`</${name}>`, open)
  return close === -1 ? undefined : close + name.length + 3
}

type Change = (text: string, random: Random) => string

const CHANGES: readonly Change[] = [
  (text, random) => {
    const found = matches(text, ATTRIBUTE)
    if (found.length === 0) return text
    const { 0: whole, index } = random.pick(found)
    const equals = whole.indexOf('=')
    return replaceAt(text, index! + equals + 2, whole.length - equals - 3, random.pick(ODD_VALUES).replaceAll('"', '&quot;'))
  },
  (text, random) => {
    const found = matches(text, ATTRIBUTE)
    if (found.length === 0) return text
    const { 0: whole, index } = random.pick(found)
    return random.oneIn(2) ? replaceAt(text, index!, whole.length, '') : replaceAt(text, index!, 0, `${whole} `)
  },
  (text, random) => {
    const found = matches(text, />[^<>]{1,400}</g)
    if (found.length === 0) return text
    const { 0: whole, index } = random.pick(found)
    return replaceAt(text, index! + 1, whole.length - 2, random.pick(ODD_VALUES))
  },
  (text, random) => {
    const found = matches(text, TAG)
    if (found.length === 0) return text
    const { 0: whole, index } = random.pick(found)
    return random.oneIn(2) ? replaceAt(text, index!, whole.length, '') : replaceAt(text, index!, 0, whole)
  },
  (text, random) => {
    const found = matches(text, TAG)
    if (found.length === 0) return text
    const from = random.pick(found).index!
    const end = elementEnd(text, from)
    if (end === undefined || end - from > 20_000) return text
    const element = text.slice(from, end)
    if (random.oneIn(3)) return replaceAt(text, from, element.length, '')
    if (random.oneIn(2)) return replaceAt(text, from, 0, element.repeat(1 + random.below(random.oneIn(8) ? 300 : 4)))
    return replaceAt(text, random.pick(found).index!, 0, element)
  },
  (text, random) => replaceAt(text, random.pick(matches(text, TAG).map(({ index }) => index!).concat(0)), 0, random.pick(PIECES)),
  (text, random) => {
    const found = matches(text, TAG)
    if (found.length < 2) return text
    const [a, b] = [random.pick(found), random.pick(found)].sort((x, y) => x.index! - y.index!) as [RegExpMatchArray, RegExpMatchArray]
    if (a.index! + a[0].length > b.index!) return text
    return text.slice(0, a.index) + b[0] + text.slice(a.index! + a[0].length, b.index) + a[0] + text.slice(b.index! + b[0].length)
  },
  (text, random) => text.replaceAll(/<(\/?)(?=[a-z])/g, `<$1${random.pick(['x:', 'ss:', ''])}`),
  (text, random) => text.slice(0, random.below(text.length + 1))
]

/** One to three changes. */
export function mutateXml(text: string, random: Random): string {
  let out = text
  for (let times = 1 + random.below(3); times > 0; times--) out = random.pick(CHANGES)(out, random)
  return out
}
