import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { parse } from 'yaml'
import { packageRoot } from '../../cli/package-root.ts'
import { KIND } from '../../kernel/artifact/table.ts'
import { canonicalJson } from '../../kernel/json.ts'
import type { Diagnostic, Json } from '../../kernel/types.ts'
import type { Profile } from '../../schemas/generated/profile.ts'
import { DEFAULTS } from '../model/defaults.ts'
import { workbookOf, type Cell, type SheetSketch } from '../model/sheet-fixture.ts'
import type { ColumnMapping, Mapping, Source } from '../model/stages.ts'
import { shapeWorkbook } from '../shape/operator.ts'
import { inferType, snakeCase } from './infer.ts'
import { mapTables, operator } from './operator.ts'
import { classify, evidenceOf } from '../model/evidence.ts'
import { columnFrom } from '../../kernel/artifact/builder.ts'

const profileOf = (name: string): Profile => parse(readFileSync(join(packageRoot(), `profiles/${name}.yaml`), 'utf8')) as Profile
const AVIATION = profileOf('aviation')

interface FileSketch { readonly file: string; readonly sheets: readonly SheetSketch[]; readonly properties?: { readonly [name: string]: string } }
function map(files: readonly FileSketch[], profile: Partial<Profile> = AVIATION): { mapping: Mapping; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const context = { diagnose: (one: Diagnostic) => void diagnostics.push(one) }
  const sources = profile.ingest?.sources ?? []
  const frames = files.map(({ file, sheets, properties }) => shapeWorkbook(workbookOf(file, sheets, properties), { ingest: { sources, hidden_sheets: 'include' } }, context))
  const mapping = mapTables(frames, { country: profile.country ?? 'ZA', ingest: { sources }, refine: { ...DEFAULTS.refine, ...profile.refine } as Profile['refine'] & object }, context)
  canonicalJson(mapping as unknown as Json)
  return { mapping, diagnostics }
}
function sheet(name: string, rows: readonly (readonly Cell[])[], more: Partial<SheetSketch> = {}): SheetSketch {
  return { name, rows, ...more }
}
function targets(source: Source): Record<string, string | null> {
  return Object.fromEntries(source.columns.map(column => [column.header === '' ? `[${column.letter}]` : column.header, column.target]))
}
const column = (source: Source, header: string): ColumnMapping => source.columns.find(each => each.header === header || `[${each.letter}]` === header)!
const NAMES = ['Blue Crane Aviation', 'Karoo Wings', 'Coastal Rotor School', 'Delta Flight Academy', 'Highveld Gliders', 'Umgeni Air']
const mail = (index: number): string => `p${index}@air${index}.example`
const phone = (index: number): string => `082 555 01${String(index).padStart(2, '0')}`

t.test('every declared field is mapped by its own name and title, with confidence 1', async t => {
  const fields = AVIATION.refine!.fields!
  const { mapping } = map([{ file: 'a.csv', sheets: [sheet('a', [fields.map(field => field.name), fields.map(() => 'Blue Crane'), fields.map(() => 'Karoo')])] }])
  const source = mapping.sources[0]!
  t.equal(source.role, 'entity')
  for (const field of fields) {
    const found = column(source, field.name)
    const score = field.derive !== undefined && 'score' in field.derive && field.derive.score === 'quality'
    t.equal(found.target, score ? null : field.name, field.name)
    t.equal(found.extra, null)
    t.equal(found.confidence, 1)
  }
  t.equal(fields.length, 44)
  t.same(mapping.schema.merge_keys, ['organization_name'])
})

t.test('headers, synonyms and values', async t => {
  const header = ['ID', 'Name of Organisation', 'E-Mail address', 'Contact Person (role)', 'Mobile No', 'WhatsApp', 'Web Site', 'Address', 'Town', 'Kind of thing', 'Billing box', 'Empty one', '__proto__', 'constructor']
  const rows = NAMES.map((name, index): Cell[] => [index + 1, name, mail(index), 'Ann Example (CEO)', phone(index), Number(`2782555010${index}`), `www.air${index}.example`, `${index} Hangar Road`, 'George', 'x', `bill@air${index}.example`, null, 'p', 'c'])
  const { mapping, diagnostics } = map([{ file: 'list.xlsx', sheets: [sheet('List', [header, ...rows])] }])
  const source = mapping.sources[0]!
  t.match(targets(source), {
    ID: 'key', 'Name of Organisation': 'organization_name', 'E-Mail address': 'contact.email', 'Contact Person (role)': 'contact.name', 'Mobile No': 'contact.phone', WhatsApp: 'contact.phone',
    'Web Site': 'website', Address: 'address_primary', Town: 'area', 'Billing box': 'contact.email', constructor: null
  })
  t.equal(column(source, '__proto__').extra, '__proto__')
  t.same(mapping.schema.extras, ['Kind of thing', '__proto__', 'constructor'])
  t.match(column(source, 'Billing box').reason, /100 % of the values look like e-mail/)
  t.match(column(source, 'WhatsApp').reason, /so does column/)
  t.match(column(source, 'Empty one'), { target: null, extra: null, reason: 'has no values' })
  t.ok(source.columns.every(each => each.reason !== '' && each.confidence >= 0 && each.confidence <= 1))
  t.same(diagnostics, [])
})

t.test('no two columns land on one single field', async t => {
  const header = ['Organisation', 'Website', 'Web', 'Province', 'Region', 'Notes', 'Comments', 'Address', 'Postal address']
  const rows = NAMES.map((name, index): Cell[] => [name, `a${index}.co.za`, `b${index}.co.za`, 'Gauteng', 'North', 'n', 'c', 'x road', 'po box'])
  const { mapping } = map([{ file: 'a.csv', sheets: [sheet('a', [header, ...rows])] }])
  const source = mapping.sources[0]!
  const single = source.columns.filter(each => each.target !== null && !['notes', 'address_primary'].includes(each.target)).map(each => each.target)
  t.equal(new Set(single).size, single.length)
  t.match(column(source, 'Web'), { target: null, extra: 'Web', reason: /website went to column B/ })
  t.match(column(source, 'Region'), { target: null, extra: 'Region', reason: /province went to column D/ })
  t.equal(column(source, 'Comments').target, 'notes')
  t.equal(column(source, 'Postal address').target, 'address_primary')
})

t.test('values overrule a header that they contradict, and tell where there is none', async t => {
  const register = sheet('Register', [['Organisation', 'Province', 'Contact'], ...NAMES.map((name, index): Cell[] => [name, ['Gauteng', 'Limpopo', 'Free State'][index % 3]!, mail(index)])])
  const bare = sheet('Bare', NAMES.slice(0, 5).map((name, index): Cell[] => [`${name} (Pty) Ltd`, phone(index), mail(index), `www.air${index}.example`, ['Gauteng', 'Limpopo', 'Gauteng'][index % 3]!]))
  const areas = sheet('Areas', [['School', 'Area', 'Tel'], ...NAMES.map((name, index): Cell[] => [name, ['KZN', 'Kwa-Zulu Natal', 'W Cape'][index % 3]!, phone(index)])])
  const { mapping } = map([{ file: 'a.xlsx', sheets: [register] }, { file: 'b.xlsx', sheets: [bare] }, { file: 'c.xlsx', sheets: [areas] }])
  t.equal(column(mapping.sources[0]!, 'Contact').target, 'contact.email')
  t.same(targets(mapping.sources[1]!), { '[A]': 'organization_name', '[B]': 'contact.phone', '[C]': 'contact.email', '[D]': 'website', '[E]': 'province' })
  t.equal(column(mapping.sources[2]!, 'Area').target, 'province', 'provinces under another header')
})

t.test('roles', async t => {
  const main = sheet('Main', [['C_ID', 'Company', 'Website', 'Category', 'Status'], ...NAMES.map((name, index): Cell[] => [index + 1, name, `a${index}.co.za`, 'Charter', 'Active'])])
  const people = sheet('People', [['C_ID', 'Company', 'Status', 'FirstName', 'Surname', 'Cell', null], ...NAMES.map((name, index): Cell[] => [0, name, 0, 'Ann', 'Example', phone(index), index === 1 ? 'odd' : null])])
  const places = sheet('Places', [['C_ID', 'Type', 'Airport', null], [1, 'Head office', 'Lanseria', 'Hangar 1'], [2, 'Satelite', 'George', null]])
  const orders = sheet('Orders', [['Order No', 'Company', 'Order Date', 'Amount'], ...NAMES.map((name, index): Cell[] => [`S-${index}`, name, { date: '2025-01-01' }, 10 * index])])
  const codes = sheet('Codes', [['Code', 'Meaning'], ['A', 'alpha'], ['B', 'beta']])
  const empty = sheet('Later', [['Company', 'Email', 'Phone']])
  const { mapping, diagnostics } = map([{ file: 'db.xlsx', sheets: [main, people, places, orders, codes, empty] }])
  t.same(mapping.sources.map(source => [source.sheet, source.role, source.group]), [['Main', 'entity', ''], ['People', 'satellite', 'contact'], ['Places', 'satellite', ''], ['Orders', 'set-aside', ''], ['Codes', 'set-aside', ''], ['Later', 'set-aside', '']])
  t.ok(mapping.sources.every(source => source.role_reason !== ''))
  t.match(targets(mapping.sources[1]!), { C_ID: 'key', FirstName: 'contact.name/given', Surname: 'contact.name/family', Status: null })
  t.same(mapping.schema.extras, ['People Status', 'column_g (db, People)', 'Places Type'])
  t.equal(column(mapping.sources[2]!, '[D]').target, 'address_primary', 'a nameless column continues the address')
  t.equal(diagnostics.filter(one => one.code === 'TABLE_SET_ASIDE').length, 2)

  const alone = map([{ file: 'guests.csv', sheets: [sheet('guests', [['Organisation', 'Name', 'Email'], ...NAMES.map((name, index): Cell[] => [name, 'Ann Example', mail(index)])])] }])
  t.equal(alone.mapping.sources[0]!.role, 'entity', 'contacts that name their organisation, with no list of organisations beside them')
  t.same(targets(alone.mapping.sources[0]!), { Organisation: 'organization_name', Name: 'contact.name', Email: 'contact.email' })
  t.equal(map([{ file: 'codes.csv', sheets: [codes] }]).diagnostics.at(-1)!.code, 'ENTITY_TABLE_MISSING')
})

t.test('what the profile pins', async t => {
  const pinned: Profile = { ...AVIATION, ingest: { sources: [{ match: '*.xlsx', name: 'The list', priority: 7, sheets: [
    { match: 'A*', columns: { Alpha: 'organization_name', '[B]': 'contact.name/given', Gamma: null, Delta: 'key' } }, { match: 'B', role: 'ignore' }, { match: 'C', role: 'satellite', group: 'contact' }] }] } }
  const rows: Cell[][] = [['Alpha', 'Beta', 'Gamma', 'Delta'], ['x', 'y', 'a@b.example', 'k']]
  const { mapping } = map([{ file: 'p.xlsx', sheets: [sheet('A1', rows), sheet('B', rows), sheet('C', [['Company', 'Email'], ['x', 'c@d.example']])] }], pinned)
  t.same(targets(mapping.sources[0]!), { Alpha: 'organization_name', Beta: 'contact.name/given', Gamma: null, Delta: 'key' })
  t.equal(column(mapping.sources[0]!, 'Gamma').extra, 'Gamma')
  t.match(mapping.sources[0], { name: 'The list', priority: 7 })
  t.match(mapping.sources[1], { role: 'set-aside', role_reason: 'the profile says so' })
  t.match(mapping.sources[2], { role: 'satellite', group: 'contact' })
})

t.test('people of one row are told apart', async t => {
  const members = (header: readonly string[]): (number | undefined)[] => {
    const { mapping } = map([{ file: 'm.csv', sheets: [sheet('m', [['Company', ...header], ...NAMES.map((name, index): Cell[] => [name, ...header.map(text => (/mail/i.test(text) ? mail(index) : /phone|cell/i.test(text) ? phone(index) : 'Ann Example'))])])] }])
    return mapping.sources[0]!.columns.slice(1).map(each => each.member)
  }
  t.same(members(['Contact 1 Name', 'Contact 1 Email', 'Contact 2 Name', 'Contact 2 Email', 'Contact 2 Phone']), [1, 1, 2, 2, 2])
  t.same(members(['Contact person', 'Email', 'Email 2', 'Phone', 'Cell']), [1, 1, 1, 1, 1], 'a second address is no second person')
  t.same(members(['Name', 'Email', 'Phone', 'Email 2', 'Phone 2']), [1, 1, 1, 2, 2])
  t.same(members(['Owner name', 'Owner email', 'Accountable manager', 'Manager email']), [1, 1, 2, 2])
  t.same(members(['First name', 'Surname', 'Email']), [1, 1, 1])
})

t.test('what Hotpass wrote', async t => {
  const fields = AVIATION.refine!.fields!.map(field => field.name)
  const properties = { 'hotpass.run_id': 'r' }
  const data = sheet('Data', [[...fields, 'Email verified'], [...fields.map(() => 'Blue Crane'), 'yes']])
  const contact: Cell[][] = [['organization_slug', 'name', 'role', 'email', 'phone', 'invalid', 'primary'], ['blue-crane', 'Ann Example', 'CEO', 'a@b.example', '+27825550101', null, 'yes']]
  const quarantine: Cell[][] = [['file', 'sheet', 'row', 'level', 'column', 'header', 'field', 'value', 'reason', 'detail', 'severity'], ['a.xlsx', 's', 3, 'row', '', '', '', '{}', 'ORPHAN', 'x', 'error']]
  const book = map([{ file: 'r.xlsx', properties, sheets: [data, sheet('Contact', contact), sheet('quarantine', quarantine), sheet('Summary', [['Rows', 'in'], ['a', 1]])] }])
  const files = map([{ file: 'r.contact.csv', sheets: [sheet('r.contact', contact)] }, { file: 'r.csv', sheets: [data] }, { file: 'r.quarantine.csv', sheets: [sheet('r.quarantine', quarantine)] }])
  t.same(book.mapping.sources.map(source => [source.sheet, source.role, source.group]), [['Data', 'entity', ''], ['Contact', 'satellite', 'contact'], ['quarantine', 'set-aside', ''], ['Summary', 'set-aside', '']])
  t.same(files.mapping.sources.map(source => [source.sheet, source.role, source.group]), [['r.contact', 'satellite', 'contact'], ['Data', 'entity', ''], ['r.quarantine', 'set-aside', '']])
  for (const { mapping } of [book, files]) {
    t.same(mapping.schema.extras, ['Email verified'], 'an extra stays an extra, and the score columns are none')
    const group = mapping.sources.find(source => source.group === 'contact')!
    t.same(targets(group), { organization_slug: 'organization_slug', name: 'contact.name', role: 'contact.role', email: 'contact.email', phone: 'contact.phone', invalid: 'contact.invalid', primary: null })
    t.notOk(group.columns.some(each => each.extra !== null))
  }
  t.match(book.mapping.sources[3]!.role_reason, /written by Hotpass/)
})

t.test('fields are inferred when none are declared', async t => {
  const generic = profileOf('generic')
  const products: Cell[][] = [['SKU', 'List Price (EUR)', 'Lieferant', 'EAN', 'E-Mail', 'Tel', 'Seen', 'In stock', '定価', '__proto__', 'Name', 'Name', null]]
  for (let index = 0; index < 24; index++) products.push([String(index).padStart(5, '0'), `${index},50`, ['Brunn GmbH', 'Van Laan BV'][index % 2]!, `0${400000000000 + index}`, mail(index), phone(index), `${1 + index}.04.2025`, index % 2 === 0, 'a b', 'p', `n ${index}`, `m ${index}`, 'x'])
  const { mapping } = map([{ file: 'a.csv', sheets: [sheet('a', products)] }, { file: 'b.csv', sheets: [sheet('b', [['sku', 'Colour'], ['00001', 'red'], ['00002', 'blue']])] }], generic)
  const types = Object.fromEntries(mapping.schema.fields.map(field => [field.name, field.type]))
  t.match(types, { sku: 'identifier', list_price_eur: 'number', lieferant: 'category', ean: 'identifier', e_mail: 'email', tel: 'phone', seen: 'date', in_stock: 'boolean', proto: 'category', name: 'text', name_2: 'text', colour: 'text', a_column_m: 'category' })
  t.equal(mapping.schema.fields.find(field => field.name === 'seen')!.date_order, 'day-first')
  t.ok(mapping.schema.fields.every(field => /^[a-z][a-z0-9_]*$/.test(field.name)))
  t.equal(new Set(mapping.schema.fields.map(field => field.name)).size, mapping.schema.fields.length)
  t.same(mapping.schema.merge_keys, ['*'])
  t.equal(mapping.schema.inferred, true)
  t.ok(mapping.sources.every(source => source.role === 'entity' && source.columns.every(each => each.target !== null && each.reason !== '')))
  const names = mapping.schema.fields.map(field => field.name)
  t.same(map([{ file: 'c.csv', sheets: [sheet('c', [names, ...products.slice(1, 4).map(row => [...row.slice(0, 13), 'red'])])] }], generic).mapping.schema.fields.map(field => field.name), names, 'names of inferred fields lead back to themselves')
  t.equal(snakeCase('2024 Umsätze (€)'), 'n_2024_umsatze')
  t.equal(inferType('Amount', evidenceOf(columnFrom('x', ['0821234567', '0831234567']))).type, 'identifier')
  t.same([['y', null, 'y'], ['y', 'n'], ['Yes', 'maybe'], ['TRUE'], ['0', '1']].map(words => inferType('Seen', evidenceOf(columnFrom('x', words))).type), ['text', 'boolean', 'text', 'boolean', 'number'])
  const clubs = Array.from({ length: 12 }, (_, at) => [`Club ${String.fromCharCode(65 + at)}`])
  t.equal(map(['a', 'b', 'c', 'd', 'e'].map(name => ({ file: `${name}.csv`, sheets: [sheet(name, [['Company'], ...clubs])] })), profileOf('generic')).mapping.schema.fields[0]!.type, 'text', 'the same names in five files are no category')
})

t.test('a phone number among words is one, a number after another word is not', async t => {
  for (const text of ['Tel: 013 200 7104', '072 201 3875 after hours', '071 201 6761 (w)', '+ 27 76 201 4763', '\u202a+27832014615\u202c', 'tel:+27761234567']) t.equal(classify(text, KIND.text), 'phone', text)
  for (const text of ['Serial 0123456789', 'Invoice 123456789', 'PO Box 12345', '12 January 2024 at 10']) t.equal(classify(text, KIND.text), 'text', text)
})

t.test('a type that is guessed costs no values', async t => {
  const day = (index: number): string => `0${1 + (index % 9)}/1${index % 3}/2024`
  const rows: Cell[][] = [['When', 'Phone', 'Address', 'Units', 'Version', 'Total', 'Link', 'Day'], ...Array.from({ length: 12 }, (_, index): Cell[] => [
    day(index), `555-01${index + 10}`, `10.0.0.${index}`, `1,23${index % 10}`, `1.${index}0`, index % 2 === 0 ? `$${index}` : `€${index}`, index % 3 === 0 ? 'n.a.' : `http://x.example/${index}`, `${13 + index}/01/2024`
  ])]
  const { mapping } = map([{ file: 'a.csv', sheets: [sheet('a', rows)] }], profileOf('generic'))
  t.same(mapping.schema.fields.map(({ name, type }) => [name, type]), [['when', 'text'], ['phone', 'text'], ['address', 'text'], ['units', 'text'], ['version', 'identifier'], ['total', 'currency'], ['link', 'url'], ['day', 'date']])
  t.match(mapping.sources[0]!.columns[0]!.reason, /kept as text: .* cannot be read as date for sure/)
})

t.test('the key of a workbook is found without being named', async t => {
  const profile: Profile = { name: 'x', refine: { entity: 'member', fields: [{ name: 'club', type: 'organisation-name', synonyms: ['Club name'] }, { name: 'city' }, { name: 'notes', multiple: true }] } }
  const { mapping } = map([{ file: 'k.xlsx', sheets: [sheet('Clubs', [['Club no', 'Club name', 'City'], [1, 'Blue', 'George'], [2, 'Red', 'Ceres']]), sheet('Remarks', [['Club no', 'Notes'], [1, 'a'], [1, 'b']])] }], profile)
  t.same(mapping.sources.map(source => [source.role, source.columns[0]!.target]), [['entity', 'key'], ['satellite', 'key']])
})

t.test('the order of files does not matter, and the operator is declared as it runs', async t => {
  const a: FileSketch = { file: 'a.csv', sheets: [sheet('a', [['Company', 'Email'], ['Blue', 'a@b.example']])] }
  const b: FileSketch = { file: 'b.csv', sheets: [sheet('b', [['Organisation', 'Tel'], ['Red', phone(1)]])] }
  t.same(map([a, b]).mapping, map([b, a]).mapping)
  t.same(Object.keys(operator.outputs), ['mapping'])
  for (const name of ['generic', 'quickstart']) t.ok(map([a, b], profileOf(name)).mapping.sources.every(source => source.role === 'entity'), name)
})

t.test('reading losses are findings, one per file and code', t => {
  const frame = shapeWorkbook(workbookOf('a.xlsx', [sheet('S', [['Organisation'], ['Blue']])]), { ingest: { sources: [], hidden_sheets: 'include' } }, { diagnose: () => undefined })
  const loss = (code: string, sheetName: string, count: number, cells: readonly string[]) => ({ code, file: 'a.xlsx', sheet: sheetName, column: 'A', count, cells, note: 'the note' })
  const diagnostics: Diagnostic[] = []
  const lossy = { ...frame, meta: { ...frame.meta, loss: [loss('FORMULA_NO_VALUE', 'S', 2, ['A3', 'A4']), loss('CELLS_MERGED', 'S', 1, ['A9']), loss('FORMULA_NO_VALUE', 'T', 1, ['A1'])] } }
  mapTables([lossy], { country: 'ZA', ingest: { sources: [] }, refine: { ...DEFAULTS.refine, ...AVIATION.refine } as Profile['refine'] & object }, { diagnose: one => void diagnostics.push(one) })
  t.same(diagnostics.filter(({ message }) => message.includes('note')), [
    { code: 'FORMULA_NO_VALUE', severity: 'warning', message: 'a.xlsx: the note (3 times, in 2 sheets)', details: { file: 'a.xlsx', count: 3, sheets: ['S', 'T'], cells: ['S!A3', 'S!A4', 'T!A1'] } },
    { code: 'CELLS_MERGED', severity: 'info', message: 'a.xlsx: the note (1 time, in sheet S)', details: { file: 'a.xlsx', count: 1, sheets: ['S'], cells: ['S!A9'] } }
  ])
  t.end()
})

t.test('files that bring no row are told, and refused when there is nothing else', async t => {
  const full = { file: 'full.csv', sheets: [sheet('full', [['Organisation', 'E-mail'], ...NAMES.map((name, at) => [name, mail(at)])])] }
  const header = { file: 'header.csv', sheets: [sheet('header', [['Organisation', 'E-mail']])] }
  const empty = { file: 'empty.xlsx', sheets: [sheet('One', []), sheet('Two', [])] }
  const said = map([full, header, empty]).diagnostics.filter(({ code }) => code === 'FILE_WITHOUT_ROWS')
  t.same(said.map(({ severity, message }) => [severity, message]), [
    ['warning', 'empty.xlsx, sheet "One": the sheet is empty, and no other sheet holds a row of data'],
    ['warning', 'header.csv, sheet "header": there is a header, but no row of data below it']
  ])
  for (const profile of [AVIATION, {}]) {
    t.throws(() => map([empty], profile), { code: 'E_INPUT_EMPTY', message: 'empty.xlsx, sheet "One": the sheet is empty, and no other sheet holds a row of data', place: { file: 'empty.xlsx', sheet: 'One' } })
    t.throws(() => map([header, empty], profile), { code: 'E_INPUT_EMPTY', message: /^empty\.xlsx, .* \(nor is there one in the other file\)$/ })
  }
})

t.test('the shape of a short date alone makes no date', t => {
  const read = (header: string, values: readonly string[]) => {
    const { mapping, diagnostics } = map([{ file: 'a.csv', sheets: [sheet('a', [['item', header], ...values.map((value, at) => [NAMES[at]!, value])])] }], {})
    return [mapping.schema.fields[1]!.type, diagnostics.filter(({ code }) => code === 'DATE_UNCERTAIN').map(({ message }) => /such as ([^,]+),/.exec(message)![1])]
  }
  t.same(read('batch', ['1.2.20', '3.4.21', '12.10.22']), ['text', ['1.2.20']], 'kept, and told with an example')
  t.same(read('odds', ['1/2/20', '13/4/21', '5/2/22']), ['text', ['1/2/20']])
  t.same(read('part_no', ['1.2.20', '3.4.21', '12.10.22']), ['identifier', []], 'a name that says what it is')
  t.same(read('version', ['1.2.20', '3.4.21', '1.10.22']), ['identifier', []])
  t.same(read('invoice date', ['1.2.20', '3.4.21', '13.10.22']), ['date', []], 'the name says so')
  t.same(read('Rechnungsdatum', ['1.2.20', '3.4.21', '13.10.22']), ['date', []])
  t.same(read('batch', ['1.2.2020', '3.4.21', '13.10.22']), ['date', []], 'one of them is a date for sure')
  t.same(read('batch', ['01.02.20', '13.04.21', '12.10.22']), ['date', []], 'digits are padded as for dates')
  t.same(read('batch', ['1/2/20', '3/14/21', '12/10/22', '5/6/22', '7/28/22']), ['date', []], 'slashes, and days beyond twelve')
  t.end()
})

t.test('texts that become one number are told', t => {
  const read = (header: string, values: readonly string[]) => {
    const { mapping, diagnostics } = map([{ file: 'a.csv', sheets: [sheet('a', [['item', header], ...values.map((value, at) => [NAMES[at]!, value])])] }], {})
    return [mapping.schema.fields[1]!.type, diagnostics.filter(({ code }) => code === 'NUMBER_TRAILING_ZEROS').length]
  }
  t.same(read('build', ['1.1', '1.10', '1.100']), ['number', 1])
  t.same(read('build', ['1.10', '2.50', '2.0', '2.00', '3']), ['number', 0])
  t.same(read('price', ['5.5', '5.50', '7']), ['number', 0], 'money is an amount for sure')
  t.same(read('ver', ['1.1', '1.10', '1.100']), ['identifier', 0])
  t.end()
})

t.test('columns of one table share the evidence of the decimal sign', async t => {
  const read = (rows: readonly (readonly string[])[], more: readonly SheetSketch[] = []) => {
    const { mapping, diagnostics } = map([{ file: 'a.csv', sheets: [sheet('a', rows), ...more] }], {})
    const source = mapping.sources[0]!
    return { qty: column(source, 'qty'), type: mapping.schema.fields.find(({ name }) => name === 'qty')!.type, findings: diagnostics.filter(({ code }) => code === 'NUMBER_AMBIGUOUS').map(({ details }) => details['column']) }
  }
  const table = (quantities: readonly string[], prices: readonly string[]): string[][] => [['item', 'qty', 'price'], ...quantities.map((qty, at) => [NAMES[at]!, qty, prices[at]!])]
  const comma = read(table(['1.000', '2.500', '3.125'], ['12,50', '3,00', '4,99']))
  t.same([comma.type, comma.qty.decimal, comma.findings], ['number', 'comma', []])
  t.match(comma.qty.reason, /column C shows that the comma is the decimal sign/)
  const point = read(table(['1,000', '2,500', '3,125'], ['12.50', '3.00', '4.99']))
  t.same([point.type, point.qty.decimal, point.findings], ['number', 'point', []])
  for (const quantities of [['1.000', '2.500', '3.125'], ['1,000', '2,500', '3,125']]) {
    const neither = read(table(quantities, ['12', '3', '4']))
    t.same([neither.type, neither.qty.decimal, neither.findings], ['text', undefined, ['B']], 'nothing shows which: kept as text, and told')
    t.equal(read(table(quantities, ['12.50', '3,00', '4'])).type, 'text', 'columns that contradict each other show nothing')
  }
  const other = read(table(['1.000', '2.500', '3.125'], ['12', '3', '4']), [sheet('b', [['code', 'cost'], ['x', '1,5'], ['y', '2,5']])])
  t.same([other.qty.decimal, other.type], ['comma', 'number'])
  t.match(other.qty.reason, /column B of sheet b/)
  const money = read(table(['$3.459', '$3.259', '$3.199'], ['12', '3', '4']))
  t.same([money.type, money.findings], ['text', ['B']], 'money is no more certain than a number')
  t.equal(read(table(['$3.459', '$3.25', '$3.199'], ['12', '3', '4'])).type, 'currency')
  const version = read([['item', 'version', 'qty'], ['a', '1.2', '1,000'], ['b', '1.3', '2,000'], ['c', '1.4', '3,000']])
  t.equal(version.type, 'text', 'a version is no number')
})

t.test('NA among codes of countries and None among surnames are values', async t => {
  const keep = (header: string, values: readonly string[]) => column(map([{ file: 'a.csv', sheets: [sheet('a', [['row', header], ...values.map((value, at) => [`r${at}`, value])])] }], {}).mapping.sources[0]!, header)
  t.same(keep('country', ['NA', 'ZA', 'DE']).keep, ['na'])
  t.match(keep('iso', ['NA', 'ZA']).reason, /NA is Namibia/)
  t.same(keep('branch', ['NA', 'ZA', 'DE', 'GB']).keep, ['na'], 'the other values say so')
  t.equal(keep('branch', ['NA', 'ZA', 'north']).keep, undefined)
  t.equal(keep('country', ['NA', 'Germany', 'Namibia']).keep, undefined, 'among names it is no name')
  t.same(keep('Last name', ['None', 'Quill', 'Null']).keep, undefined, 'more than one in a few rows is what a program wrote')
  t.same(keep('surname', ['None', 'Quill', 'Brand']).keep, ['none'])
  t.equal(keep('surname', ['none', 'NONE', 'Brand']).keep, undefined, 'a name is written as one')
  t.equal(keep('contact', ['None', 'Ada Quill', 'Jo Brand']).keep, undefined)
})
