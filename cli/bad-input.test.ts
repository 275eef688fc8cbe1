/** Bad inputs and bad profiles, through the whole command line: each refused with one clear line, or read with nothing lost. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { buildCompound } from '../operators/read/testing/build-compound.ts'
import { buildXlsx } from '../operators/read/testing/build-xlsx.ts'
import { buildZip } from '../operators/read/testing/build-zip.ts'
import { assertRefusal, filesBelow, GOOD } from './refusal.case.ts'
import { makeFolder, say, type Said } from './workspace.case.ts'

const RUN = ['run', '--strict', '--input-dir', 'in', '--output-path', 'out/x.xlsx', '--store-dir', 'store'] as const

interface Tried extends Said {
  readonly folder: string
  readonly ms: number
}

type Files = { readonly [path: string]: string | Uint8Array }
async function run(files: Files, more: readonly string[] = [], prepare: (input: string) => void = () => {}): Promise<Tried> {
  const folder = makeFolder(Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path.startsWith('/') ? path.slice(1) : `in/${path}`, bytes])))
  mkdirSync(join(folder, 'in'), { recursive: true })
  prepare(join(folder, 'in'))
  const before = performance.now()
  const said = await say(folder, [...RUN, ...more])
  return { ...said, folder, ms: performance.now() - before }
}

const letters = (index: number): string => (index < 26 ? String.fromCharCode(65 + index) : letters(Math.floor(index / 26) - 1) + letters(index % 26))
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const rowsOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((row, at) => `<row r="${at + 1}">${row.map((value, column) => `<c r="${letters(column)}${at + 1}" t="inlineStr"><is><t xml:space="preserve">${escape(value)}</t></is></c>`).join('')}</row>`).join('')
const workbook = (...sheets: readonly (readonly [name: string, rows: readonly (readonly string[])[]])[]): Uint8Array => buildXlsx({ sheets: sheets.map(([name, rows]) => ({ name, rows: rowsOf(rows) })) })
const TABLE = GOOD.trim().split('\n').map(line => line.split(','))
const book = workbook(['Members', TABLE])
const page = '<html><table><tr><td>1</td></tr></table></html>'
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const noise = Uint8Array.from({ length: 4000 }, (_, at) => (Math.imul(at + 3, 2654435761) >>> 13) & 255)
const fault = (cell: string): Uint8Array => buildXlsx({ sheets: [{ name: 'Fine', rows: rowsOf(TABLE) }, { name: '../../x\u001b[31m', rows: `<row r="7">${cell}</row>` }] })

const INPUTS: readonly (readonly [name: string, files: Files, exit: number, says: RegExp, prepare?: (input: string) => void])[] = [
  ['an empty folder', {}, 1, /^E_INPUT_EMPTY in holds no file/],
  ['no readable type', { 'a.pdf': 'x', 'b.docx': 'y', '.hidden.csv': GOOD, '~$a.xlsx': 'x' }, 1, /^E_INPUT_EMPTY in holds no file that .*xlsx/],
  ['an empty sheet', { 'a.xlsx': workbook(['Blank', []]) }, 1, /^E_INPUT_EMPTY a\.xlsx, sheet "Blank": the sheet is empty\n/],
  ['two empty sheets and a header', { 'a.xlsx': workbook(['Blank', []], ['Head', [TABLE[0]!]]) }, 1, /^E_INPUT_EMPTY a\.xlsx, sheet "Head": there is a header, but no row of data below it, and no other sheet/],
  ['a header alone', { 'a.csv': `${TABLE[0]!.join(',')}\n` }, 1, /^E_INPUT_EMPTY a\.csv, sheet "a": there is a header, but no row/],
  ['line ends alone', { 'a.csv': '\n\r\n\n' }, 1, /^E_INPUT_EMPTY a\.csv, sheet "a": the sheet is empty/],
  ['commas alone', { 'a.csv': ',,,\n,,,\n' }, 1, /^E_INPUT_EMPTY a\.csv/],
  ['a byte order mark alone', { 'a.csv': '\ufeff' }, 1, /^E_INPUT_EMPTY a\.csv: the file holds no text/],
  ...['csv', 'xlsx', 'xls', 'ods'].map(ending => [`an empty .${ending}`, { [`a.${ending}`]: '' }, 1, new RegExp(`^E_INPUT_EMPTY a\\.${ending}: the file is empty\n`)] as const),
  ['a protected .xlsx', { 'a.xlsx': buildCompound(['Root Entry', 'EncryptionInfo', 'EncryptedPackage']) }, 1, /^E_INPUT_ENCRYPTED a\.xlsx: the workbook is password-protected\n {2}hint: .*without one/],
  ['a protected .ods', { 'a.ods': buildZip([{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', stored: true }, { name: 'content.xml', data: '<x/>' }, { name: 'META-INF/manifest.xml', data: '<m:manifest><m:file-entry><m:encryption-data m:checksum="x"/></m:file-entry></m:manifest>' }]) }, 1, /^E_INPUT_ENCRYPTED a\.ods/],
  ...[3, 30, 100, book.length >> 1, book.length - 40, book.length - 1].map(length => [`the first ${length} bytes of a workbook`, { 'a.xlsx': book.slice(0, length) }, 1, /^E_INPUT_TRUNCATED a\.xlsx: the file ends/] as const),
  ['a .xlsx that is text', { 'a.xlsx': GOOD }, 1, /^E_INPUT_TYPE a\.xlsx: .*plain text/],
  ['a .xlsx that is a web page', { 'a.xlsx': page }, 1, /^E_INPUT_TYPE a\.xlsx: .*HTML/],
  ['a .xlsx that is an image', { 'a.xlsx': png }, 1, /^E_INPUT_TYPE a\.xlsx: .*image/],
  ['a .xlsx that is an .xls', { 'a.xlsx': buildCompound(['Root Entry', 'Workbook']) }, 1, /^E_INPUT_TYPE a\.xlsx: .*old Office/],
  ['an .xls that is an .xlsx', { 'a.xls': book }, 1, /^E_INPUT_TYPE a\.xls: .*newer workbook/],
  ['an .xls that is a web page', { 'a.xls': page }, 1, /^E_INPUT_TYPE a\.xls: .*HTML/],
  ['an .ods that is an .xlsx', { 'a.ods': book }, 1, /^E_INPUT_TYPE a\.ods: .*no OpenDocument/],
  ['a .csv that is an .xlsx', { 'a.csv': book }, 1, /^E_INPUT_TYPE a\.csv: .*zip/],
  ['a .csv that is noise', { 'a.csv': noise }, 1, /^E_INPUT_TYPE a\.csv: .*binary/],
  ['half a character', { 'a.csv': Buffer.from(`\ufeff${GOOD}`, 'utf16le').subarray(0, -1) }, 1, /^E_INPUT_ENCODING a\.csv: .*cut in half/],
  ['a quote that never closes', { 'a.csv': `${GOOD}Plover,"Petronella\nx\n` }, 1, /^E_INPUT_UNREADABLE a\.csv, line 4: a quoted field opens here and is never closed\n/],
  ['such a quote and 20 MB', { 'a.csv': `Company,Note\nPlover,"${'kanarie\n'.repeat(2_600_000)}` }, 1, /^E_INPUT_UNREADABLE a\.csv, line 2: a quoted field/],
  ['a cell of 2 MB', { 'a.csv': `Company,Note\nPlover,${'x'.repeat(2_000_000)}\n` }, 1, /^E_INPUT_LIMIT a\.csv, sheet "a", cell B2: the text is longer than/],
  ['a million columns', { 'a.csv': 'a,'.repeat(1_000_000) }, 1, /^E_INPUT_LIMIT a\.csv, line 1: a line has more than 16384 fields/],
  ['a cell that refers to nothing', { 'a.xlsx': fault('<c r="C7" t="s"><v>5</v></c>') }, 1, /^E_INPUT_UNREADABLE a\.xlsx, sheet "\.\.\/\.\.\/x.{0,7}\[31m", cell C7: [^\n(]+\n/],
  ['one truncated file among good ones', { 'a.csv': GOOD, 'b.xlsx': book.slice(0, 700), 'c.xlsx': book }, 1, /^E_INPUT_TRUNCATED b\.xlsx/],
  ['a folder named x.xlsx', { 'a.csv': GOOD }, 1, /^E_INPUT_TYPE x\.xlsx is a folder, not a file/, input => mkdirSync(join(input, 'x.xlsx'))],
  ['a named pipe', { 'a.csv': GOOD }, 1, /^E_INPUT_TYPE p\.csv is a named pipe/, input => void execFileSync('mkfifo', [join(input, 'p.csv')])],
  ['links in a circle', { 'c.csv': GOOD }, 1, /^E_INPUT_UNREADABLE a\.csv is a symbolic link that leads in a circle\n {2}hint: /, input => { symlinkSync('b.csv', join(input, 'a.csv')); symlinkSync('a.csv', join(input, 'b.csv')) }],
  ['a link to nowhere', { 'c.csv': GOOD }, 1, /^E_INPUT_MISSING a\.csv is a link that leads nowhere/, input => symlinkSync('gone.csv', join(input, 'a.csv'))],
  ['a link out of the folder', { 'c.csv': GOOD, '/secret.csv': GOOD }, 5, /^E_PATH_ESCAPE a\.csv is a link that leads out of the input folder/, input => symlinkSync('../secret.csv', join(input, 'a.csv'))],
  ['a name that is not UTF-8', { 'c.csv': GOOD }, 1, /^E_INPUT_ENCODING caf.\.csv has a name that is not UTF-8/, input => writeFileSync(Buffer.concat([Buffer.from(`${input}/caf`), Buffer.of(0xe9), Buffer.from('.csv')]), GOOD)],
  ['a name of two lines', { 'a\nb.csv': GOOD }, 1, /^E_INPUT_ENCODING a⏎b\.csv has a line end in its name\n/],
  ['a folder with such a name', { 'c.csv': GOOD }, 1, /^E_INPUT_ENCODING caf. has a name/, input => { const folder = Buffer.concat([Buffer.from(`${input}/caf`), Buffer.of(0xe9)]); mkdirSync(folder); writeFileSync(Buffer.concat([folder, Buffer.from('/a.csv')]), GOOD) }]
]

t.test('inputs that are refused', async t => {
  for (const [name, files, exit, says, prepare] of INPUTS) {
    const said = await run(files, [], prepare)
    assertRefusal(t, name, said, { exit, says, ms: said.ms })
    t.same(filesBelow(join(said.folder, 'out')), [], `${name}: no output`)
    // Node cannot remove names that are not UTF-8.
    execFileSync('rm', ['-rf', said.folder])
  }
  for (const [name, folder, says] of [['no folder', 'gone', /^E_INPUT_MISSING there is no folder gone\n/], ['a file', 'a.csv', /^E_INPUT_MISSING a\.csv is a file, not a folder\n/], ['a name with signs', 'a\nb\u001b[31m', /^E_INPUT_MISSING there is no folder a⏎b.\[31m\n/], ['an endless name', 'x'.repeat(100_000), /^E_INPUT_UNREADABLE x{1900,2000}… *\n?/]] as const) {
    const root = makeFolder({ 'a.csv': GOOD })
    assertRefusal(t, name, await say(root, ['run', '--strict', '--input-dir', folder]), { exit: 1, says })
    t.same(readdirSync(root), ['a.csv'], `${name}: not even a store`)
  }
  const several = await run({ 'a.csv': GOOD, 'b.xlsx': 'x', 'c.csv': '' }, ['--json'])
  t.same(several.json.errors.map((error: any) => error.message.slice(0, 6)), ['b.xlsx', 'c.csv:'], 'each of several bad files is in the record')
})

const ODD: readonly (readonly [name: string, files: Files, rows: number, data: RegExp, more?: readonly string[], prepare?: (input: string) => void])[] = [
  ['headers of objects', { 'a.csv': '__proto__,constructor,toString,hasOwnProperty,Company\n1,2,3,4,Plover\n5,6,7,8,Stilt\n' }, 2, /^proto,constructor,to_string,has_own_property,company\r\n1,2,3,4,Plover\r\n5,6,7,8,Stilt\r\n$/],
  ['sheets of objects and paths', { 'a.xlsx': workbook(['__proto__', [['Company', '__proto__'], ['Plover', '1']]], ['../../x', [['Company', '__proto__'], ['Stilt', '2']]], ['/etc/x', [['Company', '__proto__'], ['Avocet', '3']]]) }, 3, /^company,proto\r\nAvocet,3\r\nPlover,1\r\nStilt,2\r\n$/],
  ['files and values of objects', { '__proto__.csv': 'Company\nconstructor\n', 'constructor.csv': 'Company\n__proto__\n' }, 2, /^company\r\n__proto__\r\nconstructor\r\n$/],
  ['fields of objects', { 'a.csv': 'Organisation,constructor,E-mail\nconstructor,a,x@y.example\n__proto__,b,z@y.example\n' }, 2, /constructor,constructor,/, ['--profile', 'aviation']],
  ['signs that control, turn or compute', { 'a.csv': 'Company,Note\n"=cmd|\'/c calc\'!A1","\u001b[31mred\u0007"\n"+1+1","\u202eevil\u202c"\n"@SUM(A1)","\u0085\u2028"\n' }, 3, /^company,note\r\n'\+1\+1,evil\r\n'=cmd\|'\/c calc'!A1,\[31mred\r\n'@SUM\(A1\),\r\n$/],
  ['headers that recur', { 'a.csv': 'Company,E-mail,E-mail,\nPlover,a@b.example,c@d.example,x\nStilt,e@f.example,,z\n' }, 2, /^company,e_mail,e_mail_2,a_column_d\r\nPlover,a@b\.example,c@d\.example,x\r\n/],
  ['names that differ in case, or in composition', { 'a.csv': 'Company\nPlover\n', 'A.csv': 'Company\nStilt\n', 'caf\u00e9.csv': 'Company\nAvocet\n', 'cafe\u0301.csv': 'Company\nGodwit\n' }, 4, /^company\r\nAvocet\r\nGodwit\r\nPlover\r\nStilt\r\n$/],
  ['odd and long names', { ['n'.repeat(240) + '.CSV']: 'Company\nPlover\n', 'b "q" \u001b[31m \u202e \'$(x)`.csv': 'Company\nStilt\n', 'a\\b.csv': 'Company\nAvocet\n' }, 3, /Plover/],
  ['a very deep folder', { [`${Array(12).fill('d'.repeat(200)).join('/')}/a.csv`]: 'Company\nPlover\n' }, 1, /Plover/],
  ['text that begins like SYLK', { 'a.csv': 'ID;PWXL;N;E\nC;Y1;X99999999;K"x"\nE;1;2;3\n' }, 2, /X99999999/],
  ['UTF-16', { 'a.csv': Buffer.from('\ufeffCompany\nPlövér\n', 'utf16le') }, 1, /Plövér/],
  ['a file without rows beside others', { 'a.csv': 'Company\nPlover\n', 'b.xlsx': workbook(['Blank', []]) }, 1, /Plover/],
  ['a link to a folder', { 'a.csv': 'Company\nPlover\n', '/other/b.csv': GOOD }, 1, /^company\r\nPlover\r\n$/, [], input => symlinkSync('../other', join(input, 'more'))],
  ['a link within the folder', { 'a.csv': 'Company\nPlover\n' }, 2, /Plover/, [], input => symlinkSync('a.csv', join(input, 'b.csv'))]
]

t.test('inputs that are odd, and read whole', async t => {
  const prototype = Object.getOwnPropertyNames(Object.prototype).join()
  for (const [name, files, rows, data, more = [], prepare] of ODD) {
    const { json, exit, err, folder, ms } = await run(files, [...more, '--json'], prepare)
    t.equal(exit, 0, `${name}: is read`, { err })
    if (exit !== 0) continue
    t.equal(json.counts.rows_in, rows, `${name}: every row`)
    t.equal(json.counts.used + json.counts.merged + json.counts.quarantined, rows, `${name}: and where it went`)
    t.match(readFileSync(join(folder, 'out/x.csv'), 'utf8'), data, `${name}: the data`)
    t.same(readdirSync(folder).filter(entry => !['in', 'out', 'store', 'other'].includes(entry)), [], `${name}: nothing is written elsewhere`)
    // oxlint-disable-next-line no-control-regex
    t.notMatch(err, /[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/, `${name}: no control characters`)
    t.ok(ms < 60_000, `${name}: ${Math.round(ms)} ms`)
    if (name === 'a link to a folder') t.match(err, /more is passed over: a link to a folder/, 'what is not entered is said')
    if (name === 'a file without rows beside others') t.match(json.warnings[0], { code: 'FILE_WITHOUT_ROWS', message: 'b.xlsx, sheet "Blank": the sheet is empty' })
  }
  t.equal(Object.getOwnPropertyNames(Object.prototype).join(), prototype, 'no prototype was touched')
})

t.test('wide sheets', async t => {
  const wide = Array.from({ length: 5_000 }, (_, at) => `H${at}`)
  for (const [name, header] of [['own headers', wide.join(',')], ['one header', Array(5_000).fill('E-mail').join(',')]] as const) {
    const { exit, json, err, ms } = await run({ 'a.csv': `${header}\n${wide.join('a,')}\n${wide.join('b,')}\n` }, ['--json'])
    t.equal(exit, 0, name, { err })
    t.equal(json?.counts.rows_in, 2)
    t.ok(ms < 60_000, `${name}: ${Math.round(ms)} ms`)
  }
})

const PROFILE = `name: clubs
refine:
  entity: club
  fields:
    - { name: club, type: organisation-name, synonyms: [Company], required: true }
    - { name: email, type: email, synonyms: [E-mail] }
    - { name: phone, type: phone }
  merge: { keys: [club] }
`
const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi'].map((name, at) => `${name}: &${name} [${`*${'abcdefgh'[at]},`.repeat(9).slice(0, -1)}]`).join('\n')}\n`

const PROFILES: readonly (readonly [name: string, text: string | Uint8Array, says: RegExp, ending?: string])[] = [
  ['an unknown key', `${PROFILE}refin: {}\n`, /^E_PROFILE p\.yaml:9: refin: unknown key; did you mean refine\?\n/],
  ['an unknown key below', PROFILE.replace('E-mail]', 'E-mail], requird: true'), /^E_PROFILE p\.yaml:6: refine\.fields\[1\]\.requird: unknown key; did you mean required\?\n/],
  ['an unknown key in JSON', '{\n "name": "clubs",\n "refine": {\n  "feilds": []\n }\n}', /^E_PROFILE p\.json:4: refine\.feilds: unknown key; did you mean fields\?\n/, 'json'],
  ['an unknown key in TOML', 'name = "clubs"\n[refine]\nentitty = "x"\n', /^E_PROFILE p\.toml: refine\.entitty: unknown key; did you mean entity\?\n/, 'toml'],
  ['a wrong type', PROFILE.replace('required: true', 'required: "yes"'), /^E_PROFILE p\.yaml:5: refine\.fields\[0\]\.required: must be true or false\n/],
  ['a word that is none', PROFILE.replace('type: email', 'type: emial'), /^E_PROFILE p\.yaml:6: .* did you mean email\?\n/],
  ['a field twice', PROFILE.replace('name: phone', 'name: email'), /^E_PROFILE p\.yaml:7: refine\.fields\[2\]\.name: there is another field email\n/],
  ['a key that is no field', PROFILE.replace('[club]', '[clubb]'), /^E_PROFILE p\.yaml:8: refine\.merge\.keys\[0\]: clubb is not a field; did you mean club\?\n/],
  ['a pattern that is none', PROFILE.replace('type: phone', "type: text, pattern: '(['"), /^E_PROFILE p\.yaml:7: refine\.fields\[2\]\.pattern: .*is not closed/],
  ['a bound that is none', PROFILE.replace('type: phone', 'type: number, min: few'), /^E_PROFILE p\.yaml:7: refine\.fields\[2\]\.min: must be a number/],
  ['a field named __proto__', PROFILE.replace('name: email', 'name: __proto__'), /^E_PROFILE p\.yaml:6: refine\.fields\[1\]\.name: /],
  ['a key named __proto__', '{"name": "a", "__proto__": {"x": 1}}', /^E_PROFILE p\.json: the key __proto__ is not accepted/, 'json'],
  ['a key twice', `${PROFILE}name: again\n`, /^E_PROFILE p\.yaml: a key is given twice \(line 9\)\n/],
  ['a key twice in JSON', '{"name": "a", "name": "b"}', /^E_PROFILE p\.json: a key is given twice/, 'json'],
  ['a key twice in TOML', 'name = "a"\nname = "b"\n', /^E_PROFILE p\.toml: is not valid TOML \(line 2\)/, 'toml'],
  ['aliases that grow', PROFILE + bomb, /^E_PROFILE p\.yaml: anchors .* are not accepted \(line 9\)\n/],
  ['a tag', `${PROFILE}x: !!js/function "x"\n`, /^E_PROFILE p\.yaml: tags .* are not accepted \(line 9\)/],
  ['deep nesting', `${PROFILE}x: ${'['.repeat(100_000)}`, /^E_PROFILE p\.yaml: is nested deeper than 64/],
  ['2 MB', `${PROFILE}# ${'x'.repeat(2_000_000)}\n`, /^E_PROFILE p\.yaml is larger than 1 MiB\n/],
  ['forty thousand unknown keys', `name: p\n${Array.from({ length: 40_000 }, (_, at) => `k${at}: ${at}`).join('\n')}`, /^E_PROFILE p\.yaml:\d+: k\d+: unknown key.* \(and 39999 more\)\n/],
  ['nothing', '', /^E_PROFILE p\.yaml: name is missing/],
  ['bytes', Uint8Array.of(0, 1, 2, 255, 254), /^E_PROFILE p\.yaml is not UTF-8 text/],
  ['half a JSON', '{"name": ', /^E_PROFILE p\.json: is not valid JSON/, 'json'],
  ['a stage that is not built', `${PROFILE}enrich: { crawl: true }\n`, /^E_NOT_BUILT p\.yaml:9: enrich is not built yet/],
  ['a country that is none', `${PROFILE}country: XX\n`, /^E_PROFILE p\.yaml:9: country: there is no country XX/],
  ['globs that lead out', `${PROFILE}ingest: { include: ["../**/*.csv"] }\n`, /^E_PATH_ESCAPE ingest\.include holds \.\.\/\*\*\/\*\.csv, which leads out/],
  ['a glob that is absolute', `${PROFILE}ingest: { include: ["/etc/*"] }\n`, /^E_PATH_ESCAPE ingest\.include holds \/etc\/\*/],
  ['globs that multiply', `${PROFILE}ingest: { include: ["${'{a,b}'.repeat(40)}.csv", "${'*a'.repeat(60)}.csv", "${'+('.repeat(30)}a${')'.repeat(30)}.csv"] }\n`, /^E_INPUT_EMPTY in holds no file/],
  ['another ending', PROFILE, /^E_PROFILE p\.txt is not a profile file/, 'txt']
]

t.test('profiles that are refused', async t => {
  for (const [name, text, says, ending = 'yaml'] of PROFILES) {
    const said = await run({ 'a.csv': GOOD, [`/p.${ending}`]: text }, ['--profile', `./p.${ending}`])
    const code = /\^(E_[A-Z_]+)/.exec(says.source)![1]
    assertRefusal(t, name, said, { exit: code === 'E_PATH_ESCAPE' ? 5 : code === 'E_INPUT_EMPTY' ? 1 : 2, says, ms: said.ms })
    t.same(filesBelow(said.folder).filter(path => !path.startsWith('in/') && path !== `p.${ending}`), [], `${name}: nothing is written`)
  }
  for (const [name, profile, says] of [['a name that is none', '__proto__', /^E_UNKNOWN_NAME there is no profile named "__proto__"\n {2}hint: known profiles: /], ['a name that is near', 'aviaton', /^E_UNKNOWN_NAME .*\n {2}hint: did you mean "aviation"\?/], ['a folder', './dir.yaml', /^E_PROFILE dir\.yaml is not a file/], ['a device', './zero.yaml', /^E_PROFILE zero\.yaml is not a file/], ['a circle', './loop.yaml', /^E_PROFILE there is no profile at/]] as const) {
    const said = await run({ 'a.csv': GOOD }, ['--profile', profile], input => {
      mkdirSync(join(input, '../dir.yaml'))
      symlinkSync('/dev/zero', join(input, '../zero.yaml'))
      symlinkSync('loop.yaml', join(input, '../loop.yaml'))
    })
    assertRefusal(t, name, said, { exit: 2, says, ms: said.ms })
  }
})

t.test('values that patterns and masks could choke on', async t => {
  const pattern = PROFILE.replace('type: phone', "type: text, synonyms: [Note], pattern: '(a+)+'")
  const long = 'a'.repeat(30_000)
  const said = await run({ 'a.csv': `Company,Note,E-mail\nPlover,${long}!,${long}\nStilt,${long},${long}@\n`, [`${'b'.repeat(200)}.csv`]: `Company,Note\n${long},x\n`, 'c.xlsx': workbook(['s'.repeat(60_000), [['Company'], ['Avocet']]]), '/p.yaml': `${pattern}  budgets: { quarantined_cells: 1, quarantined_rows: 1 }\n` }, ['--profile', './p.yaml', '--json'])
  t.equal(said.exit, 0, said.err)
  t.equal(said.json?.counts.rows_in, 4)
  t.ok(said.ms < 60_000, `${Math.round(said.ms)} ms`)
})
