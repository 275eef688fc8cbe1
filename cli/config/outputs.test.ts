/** What a request may not ask for, told before anything is read or written. */
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { CLUBS, makeWorkspace, say } from '../workspace.case.ts'
import { isInstant } from './meaning.ts'

t.test('outputs stand apart from the inputs, under a name', async t => {
  const ws = makeWorkspace()
  mkdirSync(join(ws, 'existing'))
  symlinkSync('data', join(ws, 'linked'))
  const refused: readonly (readonly [argv: string, says: RegExp])[] = [
    ['-o data/x.xlsx', /among the inputs, in data/],
    ['-o data/deep/x', /among the inputs, in data\/deep/],
    ['-o linked/x.xlsx', /among the inputs/],
    ['--dist-dir data', /among the inputs/],
    ['-i .  -o x.csv', /among the inputs, in \./],
    ['-o /', /names a folder/],
    ['-o .', /names a folder/],
    ['-o out/', /the output path out names a folder|the output path out\/ names a folder/],
    ['-o existing', /names a folder/],
    ['-o out/.xlsx', /names a folder/]
  ]
  for (const [line, says] of refused) {
    const { exit, err } = await say(ws, ['run', ...line.split(/ +/)])
    t.equal(exit, 2, line)
    t.match(err, new RegExp(`^E_USAGE .*${says.source}`), line)
  }
  t.same(readdirSync(ws).sort(), ['config', 'data', 'existing', 'hotpass.yaml', 'linked'], 'nothing is written')
  t.same(readdirSync(join(ws, 'data')), ['clubs.csv'])
  t.equal((await say(ws, ['run', '-i', '.', '-o', 'dist/all.csv'])).exit, 0, 'a dist folder inside the input folder is left out when inputs are looked for')
  t.equal((await say(ws, ['run', '-i', 'data', '--dist-dir', 'data/dist'])).exit, 0)
  t.equal((await say(ws, ['run', '-o', 'data2/x'])).exit, 0, 'a folder whose name begins the same is another folder')
})

t.test('paths and formats agree', async t => {
  const ws = makeWorkspace({ 'formats.yaml': 'export: { formats: [jsonl] }\n', 'where.yaml': 'pipeline: { output_path: out/w.xlsx }\n' })
  const written = async (...argv: string[]): Promise<string[]> => {
    const { json, err } = await say(ws, ['run', '--json', ...argv])
    t.ok(json?.outputs, err)
    return (json?.outputs ?? []).map((file: any) => file.path).filter((path: string) => !path.includes('.report.') && !/quarantine|conflicts/.test(path))
  }
  t.same(await written('-o', 'out/a.xlsx'), ['out/a.xlsx', 'out/a.csv'], 'an ending of the configured formats changes none')
  t.same(await written('-o', 'out/a.parquet'), ['out/a.xlsx', 'out/a.csv', 'out/a.parquet'], 'another is added')
  t.same(await written('-o', 'out/a.csv', '--config', 'formats.yaml'), ['out/a.csv', 'out/a.jsonl'])
  t.same(await written('-o', 'out/a.csv', '--format', 'csv'), ['out/a.csv'])
  t.same(await written('-o', 'out/a', '--format', 'jsonl'), ['out/a.jsonl'])
  t.same(await written('-o', 'out/v1.2', '--format', 'csv'), ['out/v1.2.csv'], 'a dot in a name is no ending')
  t.same(await written('--config', 'where.yaml', '--format', 'csv'), ['out/w.csv'], 'a flag beats the ending that a file gives')
  const refused: readonly (readonly [argv: string, says: RegExp])[] = [
    ['--format csv -o foo.xlsx', /foo\.xlsx asks for xlsx, and --format for csv\n.*\.csv, or --format xlsx,csv/],
    ['-o x.pdf', /a dataset cannot be written as \.pdf: x\.pdf\n.*ends in \.xlsx, \.csv/],
    ['-o out/x.xls --format csv', /cannot be written as \.xls/],
    ['-o out/x.xlsx.ZIP', /cannot be written as \.ZIP/],
    ['--report-path x.pdf', /a report cannot be written as \.pdf \(x\.pdf\)\n.*\.md/],
    ['--report-path x.html --report-format json', /asks for html, and --report-format for json/]
  ]
  for (const [line, says] of refused) {
    const { exit, err } = await say(ws, ['run', ...line.split(' ')])
    t.equal(exit, 2, line)
    t.match(err, new RegExp(`^E_USAGE .*${says.source}`), line)
  }
  t.ok((await say(ws, ['run', '--report-path', 'note.txt', '--report-format', 'markdown'])).exit === 0 && existsSync(join(ws, 'note.txt')))
})

t.test('modes, days and countries', async t => {
  const ws = makeWorkspace({ 'strict.yaml': 'pipeline: { mode: best-effort }\n', 'late.yaml': 'pipeline:\n  as_of: "2025-02-30T00:00:00Z"\n', 'off.yaml': 'pipeline:\n  as_of: "31.1.2025"\n', 'nowhere.yaml': 'country: XX\n' })
  const mode = async (...argv: string[]): Promise<string> => (await say(ws, ['run', '--json', ...argv])).json?.mode
  t.equal(await mode('--no-strict'), 'best-effort')
  t.equal(await mode('--strict=false'), 'best-effort')
  t.equal(await mode('--strict', '--config', 'strict.yaml'), 'strict')
  t.equal(await mode('--no-strict', '--mode', 'best-effort'), 'best-effort')
  const refused: readonly (readonly [argv: string, says: string])[] = [
    ['--no-strict --mode strict', 'E_USAGE --no-strict and --mode strict exclude each other'],
    ['--strict --mode best-effort', 'E_USAGE --strict and --mode best-effort exclude each other'],
    ['--as-of 2025-02-30', 'E_CONFIG --as-of: there is no such day or time'],
    ['--as-of 2025-13-45', 'E_CONFIG --as-of: there is no such day or time'],
    ['--as-of 2025-01-31T24:00:00Z', 'E_CONFIG --as-of: there is no such day or time'],
    ['--as-of yesterday', 'E_USAGE --as-of is not of the right form'],
    ['--config late.yaml', 'E_CONFIG late.yaml:2: pipeline.as_of: there is no such day or time'],
    ['--config off.yaml', 'E_CONFIG off.yaml:2: pipeline.as_of: is not of the right form: The run\'s clock'],
    ['--country-code XX', 'E_CONFIG --country-code: there is no country XX'],
    ['--country-code za', 'E_USAGE --country-code is not of the right form'],
    ['--config nowhere.yaml', 'E_CONFIG nowhere.yaml:1: country: there is no country XX']
  ]
  for (const [line, says] of refused) {
    const { exit, err } = await say(ws, ['run', ...line.split(' ')])
    t.equal(exit, 2, line)
    t.ok(err.startsWith(says), `${line}: ${says}`, { err })
    t.notMatch(err, /\^\[|\\d/, 'no regular expression')
  }
  for (const text of ['2024-02-29', '2000-02-29', '2025-12-31T23:59:59Z']) t.ok(isInstant(text), text)
  for (const text of ['2025-02-29', '1900-02-29', '2025-04-31', '2025-00-01', '2025-01-00', '2025-01-01T00:60:00Z', '']) t.notOk(isInstant(text), text)
})

t.test('an empty file is told with a way out', async t => {
  const ws = makeWorkspace({ 'data/empty.csv': '', 'data/more.csv': CLUBS })
  const { exit, err } = await say(ws, ['run'])
  t.equal(exit, 1)
  t.match(err, /E_INPUT_EMPTY empty\.csv.*\n.*hint: .*ingest\.exclude/)
})
