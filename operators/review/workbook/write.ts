/**
 * The review queue as a workbook that a steward fills in and hands back. On the first sheet two rows stand for a pair,
 * one record above the other, coloured by agreement, without the model's score; the second sheet tells the evidence.
 */
import { contentTypesXml, coreXml, customXml, PACKAGE_RELATIONSHIPS_XML, workbookRelationshipsXml, workbookXml } from '../../export/xlsx/parts.ts'
import { createSharedStrings } from '../../export/xlsx/strings.ts'
import { createZip } from '../../export/zip/zip.ts'
import { ANSWERS } from '../answer.ts'
import type { Evidence, QueuedPair, ReviewQueue } from '../queue.ts'
import { filterRange, sheetXml, type Cell, type Sheet, type SheetColumn } from './sheet.ts'
import { stampOf } from './stamp.ts'
import { REVIEW_STYLES_XML, type CellKind } from './styles.ts'

/** Value of the custom property `hotpass.schema`. */
export const REVIEW_WORKBOOK = 'urn:hotpass:review-workbook:1'
export const REVIEW_SHEET = 'Review'

const encoder = new TextEncoder()
const WIDEST = 42

function agreement(evidence: readonly Evidence[], field: string): CellKind {
  const own = evidence.filter(({ fields }) => fields.includes(field))
  // A field that several comparisons use is as good as the one that looks at the fewest fields.
  const [best] = [...own].sort((a, b) => a.fields.length - b.fields.length)
  if (best === undefined || best.rank === 0) return 'plain'
  return best.rank === 1 ? 'agree' : best.rank === best.levels ? 'differ' : 'similar'
}

function reviewSheet({ fields, pairs }: ReviewQueue): Sheet {
  const sources = pairs.some(({ a, b }) => a.source !== '' || b.source !== '')
  const widthOf = (at: number, name: string): number => pairs.reduce((width, { a, b }) => Math.min(WIDEST, Math.max(width, (a.values[at]?.length ?? 0) + 2, (b.values[at]?.length ?? 0) + 2)), Math.max(10, name.length + 3))
  const columns: SheetColumn[] = [
    { heading: '#', width: 6 },
    { heading: 'decision', width: 12, choices: { values: [...ANSWERS.keys()], title: 'Is it the same?', prompt: 'same: one and the same. different: two that only look alike. unsure: cannot be told from this.' } },
    { heading: 'why', width: 26 },
    { heading: 'by', width: 14 },
    { heading: 'record', width: 16 },
    ...(sources ? [{ heading: 'source', width: 14 }] : []),
    ...fields.map((name, at) => ({ heading: name, width: widthOf(at, name) })),
    { heading: 'pair', width: 20, hidden: true },
    { heading: 'seen', width: 20, hidden: true },
    { heading: 'shown', width: 20, hidden: true }
  ]
  const rows = pairs.flatMap((pair): Cell[][] => [pair.a, pair.b].map((record, side) => {
    const first = side === 0
    const cell = (value: string | number, kind: CellKind): Cell => ({ value, kind, first })
    return [
      cell(first ? pair.rank : '', 'quiet'),
      cell('', first ? 'input' : 'closed'),
      cell('', first ? 'input' : 'closed'),
      cell('', first ? 'input' : 'closed'),
      cell(record.id, 'quiet'),
      ...(sources ? [cell(record.source, 'quiet')] : []),
      ...fields.map((name, at) => cell(record.values[at] ?? '', agreement(pair.evidence, name))),
      cell(pair.pair_id, 'quiet'),
      cell(record.seen, 'quiet'),
      cell(stampOf(fields, record.values, record.seen), 'quiet')
    ]
  }))
  return { name: REVIEW_SHEET, columns, rows, frozen: 2 }
}

function evidenceSheet({ pairs }: ReviewQueue): Sheet {
  const comparisons = pairs[0]?.evidence.map(({ comparison }) => comparison) ?? []
  const columns: SheetColumn[] = [
    { heading: '#', width: 6 },
    { heading: 'probability', width: 12 },
    { heading: 'weight (bits)', width: 14 },
    { heading: 'settles', width: 10 },
    ...comparisons.flatMap(name => [{ heading: name, width: 26 }, { heading: `${name} (bits)`, width: 12 }])
  ]
  const level = ({ rank, levels }: Evidence): CellKind => (rank === 0 ? 'quiet' : rank === 1 ? 'agree' : rank === levels ? 'differ' : 'similar')
  const rows = pairs.map(({ rank, probability, weight, gain, evidence }: QueuedPair): Cell[] => [
    { value: rank, kind: 'quiet' },
    { value: probability, kind: 'percent' },
    { value: weight, kind: 'bits' },
    { value: gain, kind: 'bits' },
    ...evidence.flatMap(own => [{ value: own.level, kind: level(own) }, { value: own.weight, kind: 'bits' as const }])
  ])
  return { name: 'Evidence', columns, rows, frozen: 1 }
}

function guideSheet({ pairs }: ReviewQueue): Sheet {
  const lines: readonly (readonly [string, CellKind])[] = [
    ['Which of these are the same?', 'title'],
    ['', 'plain'],
    [`The sheet Review holds ${pairs.length} ${pairs.length === 1 ? 'pair' : 'pairs'} of records, two rows each, the most telling first.`, 'plain'],
    ['In the yellow cells: choose same, different or unsure; say why, if it helps the next person; and your name.', 'plain'],
    ['Green cells agree, yellow ones are alike, red ones differ. What is empty on one side tells nothing.', 'plain'],
    ['What the model thinks is on the sheet Evidence. Decide first, and look there after.', 'plain'],
    ['Leave a decision empty to be asked again. Rows may be sorted and filtered; the grey and hidden columns must stay.', 'plain'],
    ['Hand it back with: hotpass resolve review import <this file>', 'plain'],
    ['', 'plain'],
    ['This workbook holds values of the records as they are, personal data included. Keep it as you keep the data itself.', 'differ']
  ]
  return { name: 'Read me', columns: [{ heading: '', width: 120 }], rows: lines.map(([value, kind]) => [{ value, kind }]), frozen: 0, plain: true }
}

/** The workbook's bytes. Deterministic: they follow from the queue alone. */
export function reviewWorkbook(queue: ReviewQueue): Uint8Array {
  const sheets = [reviewSheet(queue), evidenceSheet(queue), guideSheet(queue)]
  const zip = createZip()
  const text = (name: string, xml: string): void => zip.add(name, deflater => deflater.write(encoder.encode(xml)))
  text('[Content_Types].xml', contentTypesXml(sheets.length))
  text('_rels/.rels', PACKAGE_RELATIONSHIPS_XML)
  text('docProps/core.xml', coreXml('Review'))
  text('docProps/custom.xml', customXml([['hotpass.schema', REVIEW_WORKBOOK]]))
  text('xl/workbook.xml', workbookXml(sheets.map(sheet => ({ name: sheet.name, range: filterRange(sheet) }))))
  text('xl/_rels/workbook.xml.rels', workbookRelationshipsXml(sheets.length))
  text('xl/styles.xml', REVIEW_STYLES_XML)
  sheets.forEach((sheet, index) => text(`xl/worksheets/sheet${index + 1}.xml`, sheetXml(sheet, index === 0)))
  zip.add('xl/sharedStrings.xml', deflater => createSharedStrings().write(deflater))
  return zip.finish().bytes
}
