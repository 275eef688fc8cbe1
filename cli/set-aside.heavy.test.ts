/** Files that cannot be read, or that two readers see differently, in a run that goes on. */
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { buildXlsx } from '../operators/read/testing/build-xlsx.ts'
import { assertRefusal, GOOD } from './refusal.case.ts'
import { makeFolder, say, type Said } from './workspace.case.ts'

const RUN = ['run', '--strict', '--input-dir', 'in', '--output-path', 'out/x.xlsx', '--store-dir', 'store'] as const
const BEST = [...RUN.filter(word => word !== '--strict'), '--mode', 'best-effort', '--json']

async function run(files: { readonly [name: string]: string | Uint8Array }, more: readonly string[] = [], prepare: (input: string) => void = () => {}): Promise<Said & { readonly folder: string }> {
  const folder = makeFolder(Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`in/${name}`, bytes])))
  prepare(join(folder, 'in'))
  return { ...(await say(folder, [...RUN, ...more])), folder }
}

t.test('best-effort sets a file aside that cannot be read, and names it', async t => {
  const { folder } = await run({ 'a.csv': GOOD, 'b.xlsx': 'x', 'c.csv': '', 'd.xls': 'x' })
  const first = await say(folder, BEST)
  t.same([first.exit, first.json.verdict], [0, 'degraded'])
  t.same(first.json.errors.map((error: any) => [error.code, error.details.file]), [['E_INPUT_TYPE', 'b.xlsx'], ['E_INPUT_EMPTY', 'c.csv'], ['E_INPUT_TYPE', 'd.xls']], 'also what a process of its own refuses')
  t.same(first.json.warnings.filter((warning: any) => warning.code === 'FILE_SET_ASIDE').map((warning: any) => warning.details.file), ['b.xlsx', 'c.csv', 'd.xls'])
  const { rows_in, used, merged, quarantined } = first.json.counts
  t.same([rows_in > 0, rows_in], [true, used + merged + quarantined])
  t.match(readFileSync(join(folder, 'out/x.report.md'), 'utf8'), /FILE\\_SET\\_ASIDE \| b\.xlsx.*\| the file was not read: it is not the workbook/)
  const again = await say(folder, BEST)
  t.same([again.json.record_hash, again.json.outputs], [first.json.record_hash, first.json.outputs], 'the same again')
  t.equal((await say(folder, ['replay', first.json.run_id, '--store-dir', 'store'])).exit, 0, 'and replayed')
  const sheets = ['One', 'Two'].map(name => ({ name, rows: `<row r="1"><c r="A1" t="inlineStr"><is><t>Company</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>${name} Gliding</t></is></c></row>` }))
  const whole = buildXlsx({ sheets })
  const cut = await run({ 'a.csv': GOOD, 'b.xlsx': whole.slice(0, Buffer.from(whole).indexOf('xl/worksheets/sheet2.xml') + 60) })
  assertRefusal(t, 'strict refuses what is cut short', cut, { exit: 1, says: /^E_INPUT_TRUNCATED b\.xlsx: / })
  const part = await say(cut.folder, BEST)
  t.same([part.exit, part.json.verdict, part.json.counts.rows_in], [0, 'degraded', 3], 'the whole sheet goes in')
  t.same(part.json.warnings.filter((warning: any) => /DAMAGED|LOST|EMPTY/.test(warning.code)).map((warning: any) => [warning.code, warning.details.sheets]), [['FILE_DAMAGED', []], ['SHEET_LOST', ['Two']]])
  t.equal((await say(cut.folder, ['replay', part.json.run_id, '--store-dir', 'store'])).exit, 0)
  const before = await run({ 'a.csv': GOOD, 'big.csv': GOOD.repeat(50) }, ['--config', 'small.yaml'], input => {
    writeFileSync(join(input, '../small.yaml'), 'ingest: { limits: { file_bytes: 1000 } }\n')
    symlinkSync('nowhere', join(input, 'link.csv'))
    writeFileSync(join(input, '../secret.csv'), 'Company\nKestrel Secrets\n')
    symlinkSync('../secret.csv', join(input, 'out.csv'))
  })
  assertRefusal(t, 'strict refuses what is not even opened', before, { exit: 1, says: /^E_INPUT_LIMIT big\.csv has \d+ bytes/ })
  const without = await say(before.folder, [...BEST, '--config', 'small.yaml'])
  t.same([without.exit, without.json.verdict, without.json.inputs.map((input: any) => input.id)], [0, 'degraded', ['a.csv']])
  t.same(without.json.errors.map((error: any) => [error.code, error.details.file]), [['E_INPUT_LIMIT', 'big.csv'], ['E_INPUT_MISSING', 'link.csv'], ['E_PATH_ESCAPE', 'out.csv']], 'a link out of the folder is named, and not followed')
  t.notMatch(readFileSync(join(before.folder, 'out/x.report.md'), 'utf8'), /Kestrel/)
  const none = await run({ 'b.xlsx': 'x', 'c.csv': '' })
  assertRefusal(t, 'nothing that can be read', await say(none.folder, BEST.filter(word => word !== '--json')), { exit: 1, says: /^E_INPUT_TYPE none of the 2 files can be read; the first is b\.xlsx: / })
})

t.test('a second reader: what it sees differently is in the ledger, and its failure is a finding', async t => {
  const rows = (cells: string): string => `<row r="1"><c r="A1" t="inlineStr"><is><t>Company</t></is></c></row><row r="2">${cells}</row>`
  const differs = buildXlsx({ sheets: [{ name: 'S', rows: rows('<c r="A2" t="inlineStr"><is><t>Plover_x000D__x000A_Club</t></is></c>') }] })
  // Without its list of content types the other reader opens nothing.
  const refused = buildXlsx({ sheets: [{ name: 'S', rows: rows('<c r="A2" t="inlineStr"><is><t>Stilt</t></is></c>') }], replace: { '[Content_Types].xml': '<Types/>' } })
  const said = await run({ 'a.xlsx': differs, 'b.xlsx': refused, 'c.csv': 'Company\nAvocet\n' }, ['--json', '--config', 'second.yaml'], input => writeFileSync(join(input, '../second.yaml'), 'ingest: { second_reader: true }\n'))
  t.same([said.exit, said.json?.counts.rows_in], [0, 3], said.err)
  t.same(said.json.warnings.map((warning: any) => [warning.code, warning.details.file, warning.details.cells]), [['READERS_DIFFER', 'a.xlsx', ['S!A2']], ['READER_SECOND_FAILED', 'b.xlsx', []]])
})
