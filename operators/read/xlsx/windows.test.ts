import fc from 'fast-check'
import t from 'tap'
import { HotpassError } from '../../../kernel/error.ts'
import { encodeFrame } from '../../../kernel/artifact/frame.ts'
import { buildXlsx } from '../testing/build-xlsx.ts'
import { concat } from '../testing/build-zip.ts'
import { LIMITS, assertTable } from '../testing/cells-of.ts'
import { readXlsx } from './operator.ts'

/** What reading gives: the bytes of the frame, or the error. */
function outcome(bytes: Uint8Array, window: number | undefined): string {
  try {
    const frame = readXlsx('b.xlsx', bytes, LIMITS, undefined, window)
    frame.tables.forEach(assertTable)
    return Buffer.from(encodeFrame(frame)).toString('latin1')
  } catch (error) {
    if (!(error instanceof HotpassError)) throw error
    return `${error.code} ${error.message}`
  }
}

const encoder = new TextEncoder()
const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map(value => value.toWellFormed().replace(/[\u0000-\u001f<&>\ufffe\uffff]/g, ''))
const cells = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -9e9, max: 9e9 }).map(value => `<c><v>${value}</v></c>`) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 11 }).map(id => `<c t="s"><v>${id}</v></c>`) },
  { weight: 2, arbitrary: text.map(value => `<c t="inlineStr"><is><t>${value}</t></is></c>`) },
  { weight: 1, arbitrary: text.map(value => `<c t="str"><f>A1&lt;B1</f><v>${value}</v></c>`) },
  { weight: 1, arbitrary: text.map(value => `<c t="inlineStr"><is><t><![CDATA[<${value}>]]></t></is></c>`) },
  { weight: 1, arbitrary: text.map(value => `<!-- <c><v>1</v></c> ${value.replaceAll('-', '')} -->`) },
  { weight: 1, arbitrary: fc.constantFrom('<x:c xmlns:x="urn:x"><x:v>4</x:v></x:c>', "<c t='b'><v>1</v></c>", '<?p <c> ?>', '<c s="0" q="<>"><v>2.50</v></c>', '<c><v>1e3</v></c>', '<c/>', ' ') }
)
const rows = fc.array(
  fc.tuple(fc.constantFrom('<row>', '<row spans="1:3" x14ac:dyDescent="0.2">', '<row hidden="1">', '<row ht="15" customHeight="1">', '<x:row xmlns:x="urn:x">', "<row spans='1'>"), fc.array(cells, { maxLength: 6 })).map(([open, within]) => `${open}${within.join('')}</${open.includes('x:row') ? 'x:' : ''}row>`),
  { minLength: 4, maxLength: 40 }
)
const strings = fc.array(text, { minLength: 12, maxLength: 30 }).map(values => values.map((value, at) => (at % 3 === 0 ? `<si><r><t>${value}</t></r><rPh><t>x</t></rPh></si>` : `<si><t>${value}</t></si>`)).join(''))

t.test('however a part is cut into windows, the table is the same', async t => {
  let counted = 0
  fc.assert(
    fc.property(rows, strings, fc.integer({ min: 1, max: 700 }), fc.integer({ min: 0, max: 40 }), (content, shared, window, damage) => {
      const xml = encoder.encode(`<?xml version="1.0"?><worksheet>${'<!-- long enough -->'.repeat(12)}<sheetData>${content.join('')}</sheetData></worksheet>`)
      // Now and then the XML ends early, or a byte is none of UTF-8.
      const part = damage === 1 ? xml.slice(0, xml.length * 0.7) : xml
      if (damage === 2) part[(part.length * 0.8) | 0] = 0xff
      const bytes = buildXlsx({ sheets: [{ name: 'S', whole: part }], shared: `<?xml version="1.0" encoding="UTF-8"?><sst>${shared}</sst>` })
      const whole = outcome(bytes, 1e9)
      if (!whole.startsWith('E_')) counted++
      for (const size of [window, undefined]) if (outcome(bytes, size) !== whole) throw new Error(`a window of ${size} gives ${outcome(bytes, size).slice(0, 200)}`)
    }),
    { seed: 11, numRuns: 200 }
  )
  t.ok(counted > 150, `${counted} of the workbooks can be read`)
})

t.test('a part that is damaged behind its first window is told as such', async t => {
  const row = '<row><c><v>1</v></c></row>'
  const sheet = encoder.encode(`<worksheet><sheetData>${row.repeat(400)}</sheetData></worksheet>`)
  const build = (data: Uint8Array, lie: object): string => {
    const bytes = buildXlsx({ sheets: [{ name: 'S', target: 'odd.xml' }], extra: [{ name: 'xl/odd.xml', data, ...lie }] })
    return outcome(bytes, 512)
  }
  t.notMatch(build(sheet, {}), /^E_/)
  t.match(build(sheet, { crc: 1 }), /^E_INPUT_UNREADABLE .*checksum/)
  t.match(build(sheet, { size: sheet.length - 9 }), /^E_INPUT_UNREADABLE .*damaged or larger than it says/)
  t.match(build(sheet, { size: sheet.length + 9 }), /^E_INPUT_UNREADABLE .*smaller than it says/)
  t.match(build(concat([sheet.slice(0, 5000), encoder.encode('</c>'), sheet.slice(5000)]), { crc: 1 }), /checksum/, 'rather than by what its XML looks like')
})
