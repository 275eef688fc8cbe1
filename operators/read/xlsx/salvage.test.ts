import { deflateRawSync } from 'node:zlib'
import t from 'tap'
import { HotpassError } from '../../../kernel/error.ts'
import type { Frame } from '../../../kernel/artifact/table.ts'
import { crc32 } from '../../../kernel/inflate.ts'
import type { WorkbookMeta } from '../../model/stages.ts'
import { xlsxParts } from '../testing/build-xlsx.ts'
import { buildZip, concat, type Part } from '../testing/build-zip.ts'
import { LIMITS, cellsOf, lossOf } from '../testing/cells-of.ts'
import { readXlsx } from './operator.ts'
import { salvageXlsx } from './salvage.ts'

const rows = (text: string): string => `<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>${text}</t></is></c></row>`
const SHEETS = [{ name: 'One', rows: rows('a') }, { name: 'Two', rows: rows('b') }, { name: 'Three', rows: rows('c') }]
/** The sheets last, so that a cut takes them first. */
const parts = xlsxParts({ sheets: SHEETS, shared: '<si><t>Name</t></si>', formats: [14] }).sort((a, b) => Number(/sheet\d/.test(a.name)) - Number(/sheet\d/.test(b.name)))

/** What best-effort gets of a file that strict refuses. */
function salvaged(bytes: Uint8Array): { code: string; frame: Frame<WorkbookMeta> | null } {
  try {
    readXlsx('b.xlsx', bytes, LIMITS)
  } catch (error) {
    if (!(error instanceof HotpassError)) throw error
    return { code: error.code, frame: salvageXlsx('read.xlsx@0', 'b.xlsx', bytes, error, LIMITS) }
  }
  throw new Error('the file was read')
}

/** The archive as a writer streams it, with sizes behind each part, cut off before the directory. */
function streamed(list: readonly Part[], signed: boolean): Uint8Array {
  const encoder = new TextEncoder()
  return concat(list.flatMap(({ name, data }) => {
    const content = typeof data === 'string' ? encoder.encode(data) : data
    const packed = deflateRawSync(content)
    const header = Buffer.alloc(30)
    header.writeUInt32LE(0x04034b50, 0)
    header.writeUInt16LE(8, 6)
    header.writeUInt16LE(8, 8)
    header.writeUInt16LE(name.length, 26)
    const behind = Buffer.alloc(signed ? 16 : 12)
    if (signed) behind.writeUInt32LE(0x08074b50, 0)
    behind.writeUInt32LE(crc32(content), behind.length - 12)
    behind.writeUInt32LE(packed.length, behind.length - 8)
    behind.writeUInt32LE(content.length, behind.length - 4)
    return [header, encoder.encode(name), packed, behind]
  }))
}

t.test('a workbook that is cut short: its whole sheets, and what is lost', async t => {
  const whole = buildZip(parts)
  const third = Buffer.from(whole).indexOf('xl/worksheets/sheet3.xml')
  const { code, frame } = salvaged(whole.slice(0, third + 60))
  t.equal(code, 'E_INPUT_TRUNCATED')
  t.same(frame!.tables.map(cellsOf), [['A1 text Name', 'A2 text a'], ['A1 text Name', 'A2 text b'], []])
  t.same(lossOf(frame!), ['FILE_DAMAGED ! 1', 'SHEET_LOST Three! 1'])
  t.match(frame!.meta.loss[0]!.note, /only its whole sheets were read: the file ends early/)
  t.equal(salvaged(whole.slice(0, Buffer.from(whole).indexOf('xl/worksheets/sheet1.xml') + 10)).frame, null, 'no whole sheet')
  const first = buildZip([...parts].sort((a, b) => Number(/shared|styles/.test(a.name)) - Number(/shared|styles/.test(b.name))))
  t.equal(salvaged(first.slice(0, Buffer.from(first).indexOf('xl/sharedStrings.xml') + 40)).frame, null, 'without shared texts no cell can be trusted')
})

t.test('an archive whose sizes stand behind its parts', async t => {
  for (const signed of [true, false]) {
    const bytes = streamed(parts, signed)
    t.same(salvaged(bytes).frame!.tables.map(table => table.rows), [2, 2, 2], 'all parts, and no directory')
    t.same(lossOf(salvaged(bytes.slice(0, bytes.length - 30)).frame!), ['FILE_DAMAGED ! 1', 'SHEET_LOST Three! 1'])
  }
})

t.test('a sheet that is damaged in the middle', async t => {
  const damaged = buildZip(parts.map(part => (/sheet2/.test(part.name) ? { ...part, crc: 1 } : part)))
  const { code, frame } = salvaged(damaged)
  t.equal(code, 'E_INPUT_UNREADABLE')
  t.same(lossOf(frame!), ['FILE_DAMAGED ! 1', 'SHEET_LOST Two! 1'])
})

t.test('every cut gives whole sheets or none, and never more than the file holds', async t => {
  for (const bytes of [buildZip(parts), streamed(parts, true)]) {
    for (let cut = 60; cut < bytes.length; cut += 7) {
      const { frame } = salvaged(bytes.slice(0, cut))
      frame?.tables.forEach((table, at) => {
        if (table.rows !== 0) t.same(cellsOf(table), ['A1 text Name', `A2 text ${'abc'[at]}`])
      })
    }
  }
})
