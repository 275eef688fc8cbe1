/** Tables of examples for every semantic type, and the completeness of the tables behind them. */
import t from 'tap'
import fc from 'fast-check'
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max'
import { ITEM_SEPARATOR, KIND, type Kind } from '../../kernel/artifact/table.ts'
import type { Field, SemanticType } from '../../schemas/generated/profile.ts'
import { countryName } from './country.ts'
import { nationalPlan } from './numbering-plan.ts'
import { optionsFor, withEvidence, type NormaliseConfig } from './options.ts'
import { countryOfRegion } from './region.ts'
import { normaliseValue } from './registry.ts'
import { REASONS, RULES } from './rules.ts'
import { COUNTRIES } from './tables/countries.ts'
import { REGIONS } from './tables/regions.ts'

type Settings = Partial<NormaliseConfig['refine']['normalise']> & { country?: string; field?: Partial<Field>; kind?: Kind }

function outcomeOf(type: SemanticType, raw: string, { country = 'ZA', field = {}, kind = KIND.text, ...normalise }: Settings = {}) {
  const config: NormaliseConfig = { country, refine: { normalise: { decimal: 'auto', null_tokens: [], keep_tokens: [], ...normalise } } }
  return normaliseValue(type, raw, kind, optionsFor({ name: 'value', type, ...field }, config))
}

/** Raw text, the items joined by ` | `, and the reasons of issues joined by a space. */
type Example = readonly [raw: string, items: string, reasons?: string]

const EXAMPLES: Readonly<Record<SemanticType, readonly Example[]>> = {
  text: [
    ['plain', 'plain'], ['a\u00a0b', 'a b'], ['  a \t b ', 'a b'], ['line one\r\nline two', 'line one line two'], ['a_x000D_\nb', 'a b'], ['\u200bfoo\u0007', 'foo'], ['\ufefffoo', 'foo'], ['soft\u00adhyphen', 'softhyphen'],
    ['e\u0301', 'é'], ['—', ''], ['-', ''], ['N/A', ''], ['none', ''], ['Unknown', ''], ['TBC', ''], ['#N/A', ''], ['?', ''], ['None of it', 'None of it'], ['0', '0'], ["'=SUM(A1)", '=SUM(A1)'], ["'tis", "'tis"],
    ['می\u200cخواهم', 'می\u200cخواهم'], ['a\u200cb', 'ab'], ['\u3000全角\u3000', '全角'], ['\ud800x', '\ufffdx'], ['   ', ''], ['', '']
  ],
  'organisation-name': [
    ['Umoya Air', 'Umoya Air'], ['Umoya  Air\u00a0', 'Umoya Air'], ['Umoya\nAir (Pty) Ltd', 'Umoya Air (Pty) Ltd'], ['UMOYA AIR CC', 'UMOYA AIR CC'], ['Umoya Air t/a Sky School', 'Umoya Air t/a Sky School'], ['"Umoya Air"', 'Umoya Air'],
    ['“Umoya” Air', '“Umoya” Air'], ['Umoya ( Pty ) Ltd', 'Umoya (Pty) Ltd'], ['Umoya Air, ', 'Umoya Air'], ['0', ''], ['Unknown', ''], ['n/a', ''], ['!!!', '', 'ORGANISATION_NAME_INVALID'], ['3663', '3663'], ['北京航空', '北京航空'], ['Nil Aviation', 'Nil Aviation'], ['Umoya & Sons', 'Umoya & Sons'], ['—', '']
  ],
  'person-name': [
    ['Thandi Quill', 'Thandi Quill'], ['Dr Thandi Quill', 'Thandi Quill'], ['Mr. T. Quill', 'T. Quill'], ['Prof Dr Ada Brandt-Weiß', 'Ada Brandt-Weiß'], ['QUILL, THANDI', 'Thandi Quill'], ['van der Merle, Jan', 'Jan van der Merle'], ['JAN VAN DER MERLE', 'Jan van der Merle'],
    ['Quill, John Jr.', 'John Quill Jr'], ['MCDONAL, IAN', 'Ian McDonal'], ["o'brienne", "O'Brienne"], ['Capt. JP QUILL', 'JP Quill'], ['Thandi Quill; Piet Brand', 'Thandi Quill | Piet Brand'], ['Jan & Marie Quill', 'Jan Quill | Marie Quill'], ['Mr & Mrs Quill', 'Quill'],
    ['Thandi Quill, Piet Brand', 'Thandi Quill | Piet Brand'], ['Thandi Quill\nPiet Brand', 'Thandi Quill | Piet Brand'], ['Thandi\nQuill', 'Thandi Quill'], ['Thandi Quill - HoT', 'Thandi Quill'], ['HoT: Thandi Quill', 'Thandi Quill'], ['Thandi Quill - Responsible Person', 'Thandi Quill'], ['Johannes (Hannes) van Wyk', 'Johannes (Hannes) van Wyk'], ['Thandi Quill, PhD', 'Thandi Quill'],
    ['none', ''], ['Null', 'Null'], ['—', ''], ['12345', '', 'PERSON_NAME_INVALID'], ['李明', '李明'], ['Thandi Quill / Piet Brand (Owner)', 'Thandi Quill | Piet Brand', 'ROLE_SET_ASIDE']
  ],
  email: [
    ['jan@umoya.example', 'jan@umoya.example'], ['Jan@Umoya.EXAMPLE', 'jan@umoya.example'], ['jan@umoya.example.', 'jan@umoya.example'], ['\u00a0jan@umoya.example\u00a0', 'jan@umoya.example'], ['a@x.example; b@x.example', 'a@x.example | b@x.example'], ['a@x.example b@x.example', 'a@x.example | b@x.example'],
    ['a@x.example,\nb@x.example', 'a@x.example | b@x.example'], ['a@x.example/b@x.example', 'a@x.example | b@x.example'], ['a@x.example and b@x.example', 'a@x.example | b@x.example'], ['A@x.example; a@x.example', 'a@x.example'], ['Jan Quill <jan@umoya.example>', 'jan@umoya.example'],
    ['mailto:jan@umoya.example?subject=x', 'jan@umoya.example'], ['jan @ umoya.example', 'jan@umoya.example'], ['jan (at) umoya.example', 'jan@umoya.example'], ["'jan@umoya.example'", 'jan@umoya.example'], ['E-mail: jan@umoya.example', 'jan@umoya.example'], ['Thandi Quill, jan@umoya.example, tel 011 555 0123', 'jan@umoya.example', 'TEXT_BESIDE_VALUE'], ['Front Office <jan@umoya.example>', 'jan@umoya.example', 'TEXT_BESIDE_VALUE'], ['José@müller.example', 'josé@müller.example'],
    ['x@@umoya.example', '', 'EMAIL_INVALID'], ['jan@umoya', '', 'EMAIL_INVALID'], ['@umoya.example', '', 'EMAIL_INVALID'], ['jan', '', 'EMAIL_INVALID'], ['a..b@umoya.example', '', 'EMAIL_INVALID'], ['a@x.example, wrong@', 'a@x.example', 'EMAIL_INVALID'], ['jan@umoya.example accounts', 'jan@umoya.example', 'TEXT_BESIDE_VALUE'],
    ['www.umoya.example', ''], ['no email', ''], ['0', '']
  ],
  phone: [
    ['+27821234567', '+27821234567'], ['082 123 4567', '+27821234567'], ['821234567', '+27821234567'], ['27821234567', '+27821234567'], ['27821234567.0', '+27821234567'], ['27821234567.0 / 27831234567.0', '+27821234567 | +27831234567'], ['0027821234567', '+27821234567'], ['+27 (0)82 123 4567', '+27821234567'], ['+27 082 123 4567', '+27821234567'],
    ['+27\u00a082\u00a0123\u00a04567', '+27821234567'], ['082-123-4567', '+27821234567'], ['(011) 555-1234', '+27115551234'], ['011/555 1234', '+27115551234'], ['082 123 4567 / 083 123 4567', '+27821234567 | +27831234567'], ['082 123 4567;083 123 4567', '+27821234567 | +27831234567'],
    ['082 123 4567 or 083 123 4567', '+27821234567 | +27831234567'], ['0821234567 0831234567', '+27821234567 | +27831234567'], ['011 555 1234/5', '+27115551234 | +27115551235'], ['011 555 1234 / 018/200 0296', '+27115551234 | +27182000296'], ['011 555 1234 ext 12', '+27115551234 ext 12'], ['+27 11 555 1234;ext=7', '+27115551234 ext 7'], ['(011) 555-1234 x12', '+27115551234 ext 12'],
    ['Tel: 082 123 4567 (w)', '+27821234567'], ['+44 20 7183 8750', '+442071838750'], ['442071838750', '+442071838750'], ['2.7821234567E+10', '+27821234567'], ['2.78E+10', '', 'PHONE_DIGITS_LOST'], ["'0821234567", '+27821234567'], ['０８２ １２３ ４５６７', '+27821234567'],
    ['12345', '', 'PHONE_INVALID'], ['08', '', 'PHONE_TOO_SHORT'], ['0821234567890123456', '', 'PHONE_TOO_LONG'], ['+0821234567', '+27821234567'], ['call Jan', '', 'PHONE_INVALID'], ['082 123 4567 ask for Jan', '+27821234567', 'TEXT_BESIDE_VALUE'], ['082 123 4567 / 12', '+27821234567 | +27821234512'], ['—', ''], ['0', ''], ['jan@umoya.example', ''], ['jan @umoya.example', ''], ['jan(at)umoya.example', ''], ['mailto:jan@umoya.example?subject=x', ''], ["'jan@umoya.example' / 082 123 4567", '+27821234567']
  ],
  url: [
    ['https://umoya.example', 'https://umoya.example'], ['WWW.Umoya.example/', 'https://umoya.example'], ['http://www.Umoya.example/About/?a=1#x', 'https://umoya.example/About?a=1'], ['https:// umoya.example', 'https://umoya.example'], ['HTTP://WWW.umoya.example/?utm_source=x', 'https://umoya.example'],
    ['umoya.example/p?id=7&utm_medium=2&fbclid=1', 'https://umoya.example/p?id=7'], ['http:/umoya.example', 'https://umoya.example'], ['http//umoya.example', 'https://umoya.example'], ['http://https://umoya.example', 'https://umoya.example'], ['umoya.example:8080/a', 'https://umoya.example:8080/a'], ['https://umoya.example:443', 'https://umoya.example'],
    ['https://user:pw@www.umoya.example', 'https://umoya.example'], ['https://umoya.example/a b', 'https://umoya.example/a%20b'], ['https://umoya.example/#/shop', 'https://umoya.example/#/shop'], ['https://umoya.example/index.html', 'https://umoya.example'], ['www.umoya.example; www.kestrel.example', 'https://umoya.example | https://kestrel.example'],
    ['müller.example', 'https://müller.example'], ['see umoya.example', 'https://umoya.example', 'TEXT_BESIDE_VALUE'], ['ftp://umoya.example', '', 'URL_SCHEME'], ['javascript:alert(1)', '', 'URL_SCHEME'], ['not a url', '', 'URL_INVALID'], ['localhost', '', 'URL_INVALID'], ['https://umoya.example:99999', '', 'URL_INVALID'], ['N/A', ''], ['jan@umoya.example', '']
  ],
  region: [
    ['Gauteng', 'Gauteng'], ['GP', 'Gauteng'], ['gauteng ', 'Gauteng'], ['Gauteng Province', 'Gauteng'], ['Gauteng, South Africa', 'Gauteng'], ['KZN', 'KwaZulu-Natal'], ['Kwa-Zulu Natal', 'KwaZulu-Natal'], ['Kwazulu-Natal', 'KwaZulu-Natal'], ['W Cape', 'Western Cape'], ['Western-Cape', 'Western Cape'], ['Wes-Kaap', 'Western Cape'],
    ['Free State', 'Free State'], ['Freestate', 'Free State'], ['North-West', 'North West'], ['N. Cape', 'Northern Cape'], ['Limpopo Prov.', 'Limpopo'], ['MP', 'Mpumalanga'], ['Northern Province', 'Limpopo'], ['ZA-EC', 'Eastern Cape'], ['Unknown', ''], ['California', 'California'], ['Bavaria', 'Bayern'], ['Gauteng/Limpopo', 'Gauteng | Limpopo'], ['Sandton', 'Sandton']
  ],
  country: [
    ['South Africa', 'South Africa'], ['za', 'South Africa'], ['RSA', 'South Africa'], ['R.S.A.', 'South Africa'], ['SA', 'South Africa'], ['Suid-Afrika', 'South Africa'], ['South Africa (ZA)', 'South Africa'], ['U.K.', 'United Kingdom'], ['Great Britain', 'United Kingdom'], ['USA', 'United States'], ['Deutschland', 'Germany'], ['The Netherlands', 'Netherlands'],
    ['Türkei', 'Türkiye'], ["Cote d'Ivoire", "Côte d'Ivoire"], ['NA', 'Namibia'], ['Swaziland', 'Eswatini'], ['DRC', 'Democratic Republic of the Congo'], ['Guinea Bissau', 'Guinea-Bissau'], ['Atlantis', '', 'COUNTRY_UNKNOWN'], ['Unknown', ''], ['—', '']
  ],
  date: [
    ['2025-03-04', '2025-03-04'], ['2025-03-04T00:00:00', '2025-03-04'], ['2025-03-04 10:30', '2025-03-04T10:30:00'], ['2025-03-04T10:00:00Z', '2025-03-04T10:00:00Z'], ['2025-03-04T10:00:00.500+0200', '2025-03-04T10:00:00.5+02:00'], ['2025/3/4', '2025-03-04'], ['20250304', '2025-03-04'], ['25/03/2025', '2025-03-25'], ['03/25/2025', '2025-03-25'],
    ['5/5/2025', '2025-05-05'], ['03/04/2025', '', 'DATE_AMBIGUOUS'], ['04.03.2025 14:05', '2025-03-04T14:05:00'], ['04/03/2025 14:05', '', 'DATE_AMBIGUOUS'], ['25/03/04', '', 'DATE_AMBIGUOUS'], ['4 March 2025', '2025-03-04'], ['March 10, 2025', '2025-03-10'], ['4-Mar-25', '2025-03-04'], ['4-Mar-75', '1975-03-04'], ['Tuesday, 4th March 2025', '2025-03-04'], ['4 Desember 2024', '2024-12-04'],
    ['4. März 2024', '2024-03-04'], ['1er août 2023', '2023-08-01'], ['3 mei 2023', '2023-05-03'], ['10:30 PM 4 Mar 2025', '2025-03-04T22:30:00'], ['45321', '2024-01-30'], ['45321.5', '2024-01-30T12:00:00'], ['123', '', 'DATE_INVALID'], ['31/02/2025', '', 'DATE_INVALID'], ['29/02/2023', '', 'DATE_INVALID'], ['2025-03-04T25:00:00', '', 'DATE_INVALID'],
    ['2021', '', 'DATE_INCOMPLETE'], ['March 2021', '', 'DATE_INCOMPLETE'], ['yesterday', '', 'DATE_INVALID'], ['0000-00-00', ''], ['TBC', '']
  ],
  address: [
    ['12 Hangar Road, Lanseria', '12 Hangar Road, Lanseria'], ['12 Hangar Road\nLanseria\n2000', '12 Hangar Road, Lanseria, 2000'], ['12 Hangar Road ,Lanseria', '12 Hangar Road, Lanseria'], ['Unit 1, , Park,', 'Unit 1, Park'], ['12 Hangar Road,\r\nLanseria', '12 Hangar Road, Lanseria'], ['12  Hangar\u00a0Road', '12 Hangar Road'],
    ['PO Box 5, Town, 2000.0', 'PO Box 5, Town, 2000'], ['Plot 1,234', 'Plot 1,234'], ['12 Hangar Road | Lanseria', '12 Hangar Road, Lanseria'], ['12 Hangar Road; Lanseria', '12 Hangar Road, Lanseria'], [', Lanseria', 'Lanseria'], ['—', ''], ['n/a', ''], ['0', ''], ['Unknown', ''], ['St John Street', 'St John Street'], ['n/a, Lanseria', 'n/a, Lanseria']
  ],
  category: [
    ['Flight School', 'Flight School'], [' flight  school', 'Flight School'], ['FLIGHT-SCHOOL', 'Flight School'], ['FS', 'Flight School'], ['fs', 'Flight School'], ['flying school', 'Flight School'], ['Charter', 'Charter'], ['charter\u00a0', 'Charter'], ['CHARTER', 'Charter'], ['Café', 'Café'], ['cafe', 'Café'], ['Gliding', 'Gliding'],
    ['Unknown', 'Unknown'], ['unknown', 'Unknown'], ['n/a', ''], ['—', ''], ['flight\nschool', 'Flight School']
  ],
  number: [
    ['1234.5', '1234.5'], ['1 234,50', '1234.5'], ['1,234.50', '1234.5'], ['1.234,5', '1234.5'], ["1'234.5", '1234.5'], ['1\u00a0234', '1234'], ['1.234.567', '1234567'], ['12,34,567.89', '1234567.89'], ['(12)', '-12'], ['12-', '-12'], ['−5', '-5'], ['12.5%', '0.125'], ['R 1 234', '1234'], ['$5', '5'], ['1e5', '100000'], ['1.5E-3', '0.0015'], ['1,5', '1.5'], ['1.234', '', 'NUMBER_AMBIGUOUS'],
    ['1,234', '', 'NUMBER_AMBIGUOUS'], ['0,125', '0.125'], ['007', '7'], ['0.10', '0.1'], ['-0', '0'], ['.5', '0.5'], ['12345678901234567890.10', '12345678901234567890.1'], ['abc', '', 'NUMBER_INVALID'], ['1,2,3', '', 'NUMBER_INVALID'], ['1e999', '', 'NUMBER_INVALID'], ['-', ''], ['nil', '']
  ],
  currency: [
    ['ZAR 1234.50', 'ZAR 1234.50'], ['R 1 234,50', 'ZAR 1234.50'], ['R1,234.50', 'ZAR 1234.50'], ['R1234.5', 'ZAR 1234.50'], ['R1,234', '', 'CURRENCY_AMBIGUOUS'], ['R1.234', '', 'CURRENCY_AMBIGUOUS'], ['USD 3.459', '', 'CURRENCY_AMBIGUOUS'], ['-$3.459', '', 'CURRENCY_AMBIGUOUS'], ['JPY 1,234', 'JPY 1234'], ['KWD 1,234', '', 'CURRENCY_AMBIGUOUS'], ['(R500)', 'ZAR -500.00'], ['-R500', 'ZAR -500.00'], ['R 500.-', 'ZAR 500.00'], ['$5', 'USD 5.00'], ['US$ 5', 'USD 5.00'], ['5 EUR', 'EUR 5.00'], ['€5,00', 'EUR 5.00'], ['£12', 'GBP 12.00'],
    ['JPY 500', 'JPY 500'], ['KWD 1.234', 'KWD 1.234'], ['1234.5', '1234.5'], ['1,234', '', 'CURRENCY_AMBIGUOUS'], ['£1m', '', 'CURRENCY_INVALID'], ['R', '', 'CURRENCY_INVALID'], ['EUR 5 USD', '', 'CURRENCY_INVALID'], ['TBC', '']
  ],
  boolean: [
    ['true', 'true'], ['Yes', 'true'], ['y', 'true'], ['JA', 'true'], ['oui', 'true'], ['1', 'true'], ['1.0', 'true'], ['x', 'true'], ['✓', 'true'], ['false', 'false'], ['No', 'false'], ['nee', 'false'], ['NEIN', 'false'], ['0', 'false'], ['✗', 'false'], ['maybe', '', 'BOOLEAN_INVALID'], ['2', '', 'BOOLEAN_INVALID'], ['—', '']
  ],
  identifier: [
    ['00123', '00123'], [' 00123 ', '00123'], ["'00123", '00123'], ['27821234567.0', '27821234567'], ['12345.00', '12345'], ['1.0', '1.0'], ['A-1 2', 'A-1 2'], ['AB\u00a012', 'AB 12'], ['a1', 'a1'], ['0', '0'], ['000', '000'], ['None', 'None'], ['Unknown', 'Unknown'], ['N/A', ''], ['null', ''], ['—', ''], ['1.23E+10', '1.23E+10', 'IDENTIFIER_DIGITS_LOST']
  ]
}

const FIELDS: Partial<Record<SemanticType, Partial<Field>>> = { category: { values: { 'Flight School': ['FS', 'Flying School'], Charter: [], Café: [], Unknown: [] } } }

for (const [type, examples] of Object.entries(EXAMPLES) as [SemanticType, readonly Example[]][]) {
  t.test(type, t => {
    t.ok(examples.length >= 15, 'enough examples')
    for (const [raw, items, reasons = ''] of examples) {
      const outcome = outcomeOf(type, raw, { field: FIELDS[type] ?? {} })
      t.same([outcome.items.join(' | '), outcome.issues.map(issue => issue.reason).join(' ')], [items, reasons], JSON.stringify(raw))
      for (const rule of outcome.rules) t.ok(Object.hasOwn(RULES, rule), rule)
      for (const issue of outcome.issues) t.ok(Object.hasOwn(REASONS, issue.reason), issue.reason)
    }
    t.end()
  })
}

t.test('what the profile says', t => {
  const date = (raw: string, date_order: 'day-first' | 'month-first' | 'year-first') => outcomeOf('date', raw, { date_order }).items[0]
  t.equal(date('03/04/2025', 'day-first'), '2025-04-03')
  t.equal(date('03/04/2025', 'month-first'), '2025-03-04')
  t.equal(date('25/03/04', 'year-first'), '2025-03-04')
  t.equal(date('25/03/04', 'day-first'), '2004-03-25')
  t.same(outcomeOf('date', '03.04.2025').rules, ['DATE_ORDER_BY_DOTS', 'DATE_FORMAT'])
  t.same(outcomeOf('date', '03.04.2025', { country: 'US' }).issues[0]!.reason, 'DATE_AMBIGUOUS')
  t.same(outcomeOf('date', '03.04.2025', { date_order: 'month-first' }).items, ['2025-03-04'])
  t.same(outcomeOf('date', '03/04/2025', { date_order: 'day-first' }).rules, ['DATE_ORDER_BY_PROFILE', 'DATE_FORMAT'])
  t.equal(outcomeOf('date', '03/04/2025', { date_order: 'day-first', field: { date_order: 'month-first' } }).items[0], '2025-03-04', 'the field beats the profile')
  t.equal(outcomeOf('number', '1,234', { decimal: 'point' }).items[0], '1234')
  t.equal(outcomeOf('number', '1,234', { decimal: 'comma' }).items[0], '1.2340', 'written so that it reads the same in its own column')
  t.equal(outcomeOf('number', '1.234', { decimal: 'comma' }).items[0], '1234')
  t.equal(outcomeOf('number', '1.234', { kind: KIND.number }).items[0], '1.234')
  for (const [raw, decimal, value] of [['$3.459', 'point', 'USD 3.4590'], ['$3.459', 'comma', 'USD 3459.00'], ['€ 1,459', 'comma', 'EUR 1.4590'], ['€ 1,459', 'point', 'EUR 1459.00'], ['$1,234.567', 'point', 'USD 1234.567']] as const) {
    t.equal(outcomeOf('currency', raw, { decimal }).items[0], value, `${raw} with a decimal ${decimal}`)
  }
  t.same(outcomeOf('text', 'pending', { null_tokens: ['Pending'] }).items, [])
  t.same(outcomeOf('text', 'None', { keep_tokens: ['none'] }).items, ['None'])
  t.same(outcomeOf('category', 'unknown', { field: { enum: ['Unknown', 'Known'] } }).items, ['Unknown'], 'a word that the enum lists is a value')
  t.same(outcomeOf('category', 'Gliding', { field: FIELDS.category! }).extra, { unknown: ['Gliding'] })
  t.equal(outcomeOf('phone', '020 7183 8750', { country: 'GB' }).items[0], '+442071838750')
  t.equal(outcomeOf('phone', '(202) 555-0143', { field: { country: 'US' } }).items[0], '+12025550143', 'the field’s country beats the profile’s')
  t.equal(outcomeOf('region', 'NW', { country: 'DE' }).items[0], 'Nordrhein-Westfalen')
  t.equal(outcomeOf('address', '1 Mill Lane, Leeds LS11AA', { country: 'GB' }).items[0], '1 Mill Lane, Leeds LS1 1AA')
  t.equal(outcomeOf('address', 'Dorpsstraat 1, 1234AB Utrecht', { country: 'NL' }).items[0], 'Dorpsstraat 1, 1234 AB Utrecht')
  t.equal(outcomeOf('currency', '$5', { country: 'AU' }).items[0], 'AUD 5.00')
  t.same(outcomeOf('boolean', 'Invalid', { field: { name: 'invalid' } }).items, ['true'], 'the column’s own name means yes')
  t.same(outcomeOf('boolean', 'valid', { field: { name: 'invalid' } }).items, ['false'])
  t.same(outcomeOf('country', 'SA', { country: 'US' }).items, ['Saudi Arabia'])
  t.end()
})

t.test('what the spreadsheet says', t => {
  t.same(outcomeOf('text', '#REF!', { kind: KIND.error }), { items: [], rules: ['CELL_ERROR'], issues: [{ reason: 'CELL_ERROR', severity: 'info', value: '#REF!', detail: REASONS.CELL_ERROR }], extra: null })
  t.same(outcomeOf('text', '#N/A', { kind: KIND.error }).issues, [])
  t.equal(outcomeOf('date', '2024-01-30T00:00:00', { kind: KIND.date }).items[0], '2024-01-30')
  t.equal(outcomeOf('identifier', '123.0', { kind: KIND.number }).items[0], '123')
  t.equal(outcomeOf('boolean', 'true', { kind: KIND.boolean }).items[0], 'true')
  const options = { ...optionsFor({ name: 'd', type: 'date' }, { country: 'ZA', refine: { normalise: { decimal: 'auto', null_tokens: [], keep_tokens: [] } } }), date_system: 1904 as const }
  t.equal(normaliseValue('date', '43859', KIND.number, options).items[0], '2024-01-30', 'the 1904 system')
  const evidence = (...values: string[]) => withEvidence('number', { each: visit => values.forEach(visit) }, null, options).decimal
  t.equal(evidence('1,234', '12,5'), 'comma')
  t.equal(evidence('1,234', '12.5'), 'point')
  t.equal(evidence('1,234', '12.5', '3,75'), 'auto', 'a column that contradicts itself says nothing')
  t.end()
})

t.test('hostile cells cost little', t => {
  for (const type of Object.keys(EXAMPLES) as SemanticType[]) {
    for (const raw of ['\u200d'.repeat(1_000_000) + 'x', ','.repeat(1_000_000) + 'x', 'a@'.repeat(500_000), '1 '.repeat(500_000) + 'x', 'x'.repeat(3999), ','.repeat(3990) + 'x', '(a '.repeat(1300), '1/'.repeat(1990), 'a@b.'.repeat(990), "'".repeat(3990) + 'x', 'a & '.repeat(990)]) {
      const outcome = outcomeOf(type, raw, { field: { multiple: true } })
      t.ok(outcome.items.length + outcome.issues.length + outcome.rules.length > 0, `${type} answers`)
    }
  }
  t.same(outcomeOf('email', 'a'.repeat(5000)).issues.map(issue => issue.reason), ['VALUE_TOO_LONG'])
  t.end()
})

t.test('several values, roles, misplaced values', t => {
  const many = (type: SemanticType, raw: string) => outcomeOf(type, raw, { field: { multiple: true } }).items
  t.same(many('text', 'PA-28; C152; PA-28'), ['PA-28', 'C152'])
  t.same(outcomeOf('text', 'PA-28; C152').items, ['PA-28; C152'], 'only a multiple field splits prose')
  t.same(many('phone', ['082 123 4567', '+27821234567', '0831234567'].join(ITEM_SEPARATOR)), ['+27821234567', '+27831234567'])
  t.same(outcomeOf('person-name', 'Thandi Quill (Owner & CEO)').extra, { role: 'Owner & CEO' })
  t.same(outcomeOf('person-name', 'Thandi Quill - Chief Flying Instructor').extra, { role: 'Chief Flying Instructor' })
  t.same(outcomeOf('person-name', 'Thandi Quill\nDirector').extra, { role: 'Director' })
  t.same(outcomeOf('person-name', 'Director').extra, { role: 'Director' }, 'a role alone names nobody')
  t.same(outcomeOf('person-name', 'Director').items, [])
  t.same(outcomeOf('person-name', 'Thandi Quill <t@umoya.example> 082 123 4567').extra, { misplaced: [{ type: 'email', value: 't@umoya.example', reason: 'EMAIL_IN_NAME' }, { type: 'phone', value: '082 123 4567', reason: 'PHONE_IN_NAME' }] })
  t.same(outcomeOf('email', 'www.umoya.example').extra, { misplaced: [{ type: 'url', value: 'www.umoya.example', reason: 'URL_IN_EMAIL' }] })
  t.same(outcomeOf('email', '"Quill, Thandi" <t@umoya.example>').extra, { misplaced: [{ type: 'person-name', value: 'Quill, Thandi', reason: 'NAME_IN_EMAIL' }] })
  t.same(outcomeOf('email', 't@umoya.example 082 123 4567').extra, { misplaced: [{ type: 'phone', value: '082 123 4567', reason: 'PHONE_IN_EMAIL' }] })
  t.same(outcomeOf('url', 'T@umoya.example').extra, { misplaced: [{ type: 'email', value: 't@umoya.example', reason: 'EMAIL_IN_URL' }] })
  t.same(outcomeOf('url', 'https://www.facebook.com/umoya').rules.includes('SOCIAL_PAGE'), true)
  t.same(outcomeOf('url', 'https://maps.app.goo.gl/x').rules, ['AGGREGATOR_PAGE'])
  t.end()
})

t.test('tables are complete and consistent', t => {
  t.equal(COUNTRIES.length, 250, 'the 249 entries of ISO 3166-1, and Kosovo')
  t.equal(new Set(COUNTRIES.map(country => country.alpha2)).size, COUNTRIES.length)
  t.equal(new Set(COUNTRIES.map(country => country.alpha3)).size, COUNTRIES.length)
  t.equal(new Set(COUNTRIES.map(country => country.name)).size, COUNTRIES.length)
  for (const { alpha2, alpha3, name, aliases } of COUNTRIES) {
    t.equal(countryName(alpha2), name)
    for (const spelling of [name, alpha3, alpha2, ...aliases]) {
      const found = outcomeOf('country', spelling, { country: 'US' }).items[0]
      if (found !== name) t.fail(`${spelling} is ${name}, not ${found}`)
    }
  }
  t.equal(REGIONS.filter(region => region.country === 'ZA').length, 9)
  for (const region of REGIONS) {
    for (const spelling of [region.name, region.code, `${region.country}-${region.code}`, ...region.aliases, region.name.toUpperCase()]) {
      const found = outcomeOf('region', spelling, { country: region.country }).items[0]
      if (found !== region.name) t.fail(`${spelling} is ${region.name}, not ${found}`)
    }
    for (const country of ['ZA', 'GB', 'US', 'DE', 'NL', 'FR', 'AU', 'CA', 'IT']) if (outcomeOf('region', region.name, { country }).items[0] !== region.name) t.fail(`${region.name} in ${country}`)
    t.equal(countryOfRegion(region.name, region.country), region.country)
  }
  t.equal(countryOfRegion('KZN', 'ZA'), 'ZA')
  t.equal(countryOfRegion('Sandton', 'ZA'), null)
  t.end()
})

t.test('the quick path agrees with libphonenumber', t => {
  const countries = ['ZA', 'DE', 'NL', 'FR', 'ES', 'IE', 'CH', 'AT', 'BE', 'SE', 'IN', 'JP', 'KE', 'NG', 'BR', 'NA', 'BW', 'PL', 'PT'] as CountryCode[]
  let quick = 0
  fc.assert(
    fc.property(fc.constantFrom(...countries), fc.boolean(), fc.constantFrom('', '0', '00', 'code', 'code0'), fc.oneof({ weight: 1, arbitrary: fc.stringMatching(/^\d{4,12}$/) }, { weight: 3, arbitrary: fc.stringMatching(/^[1-9]\d{7,9}$/) }), (country, international, lead, rest) => {
      const plan = nationalPlan(country)
      if (plan === null) return
      const code = parsePhoneNumberFromString('12345678', country)!.countryCallingCode
      const digits = lead.replace('code', code) + rest
      const found = plan.read(digits, international)
      if (found === null) return
      quick++
      const parsed = international ? parsePhoneNumberFromString(`+${digits}`) : parsePhoneNumberFromString(digits, country)
      if (parsed?.number !== found.number || !parsed.isValid()) throw new Error(`${country} ${digits}: ${found.number}, libphonenumber ${parsed?.number}`)
      if (!plan.accepts(found.number)) throw new Error(`${found.number} is not accepted again`)
    }),
    { seed: 20_250_304, numRuns: 20_000 }
  )
  t.ok(quick > 1000, `${quick} numbers compared`)
  t.equal(nationalPlan('US'), null, 'shares its calling code')
  t.equal(nationalPlan('constructor'), null)
  t.end()
})
