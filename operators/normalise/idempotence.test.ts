/** Every normaliser: f(f(x)) = f(x) on realistic mess, and what every outcome promises. */
import t from 'tap'
import fc from 'fast-check'
import { ITEM_SEPARATOR, KIND } from '../../kernel/artifact/table.ts'
import type { Field, SemanticType } from '../../schemas/generated/profile.ts'
import { optionsFor, type NormaliseConfig } from './options.ts'
import { NORMALISERS, normaliseValue } from './registry.ts'

const SPACES = [' ', '  ', '\u00a0', '\t', '\n', '\r\n', '\u2009', '\u200b', '']
const JOINERS = ['; ', ', ', ' / ', '/', ' & ', ' and ', ' or ', '\n', ' | ', ' ', ' - ', ': ']
const AROUND = ['', '', '', '(', ')', '"', "'", '<', '>', '.', ',', ';', '[', ']', '-', '—', '*', ':', '’']

const FRAGMENTS: Readonly<Record<SemanticType, readonly string[]>> = {
  text: ['Wants a demo', 'None', 'n/a', '=SUM(A1)', "'-", 'Café', 'e\u0301', '\u202e', '漢字', 'می\u200cخواهم', '_x000D_', '😀', '\ud800'],
  'organisation-name': ['Umoya Air', '(Pty) Ltd', 't/a', 'CC', 'GmbH & Co. KG', '0', 'SKY', 'Été', '漢字', '!!!', '3663', '“Blue', 'Falcon”', 'The'],
  'person-name': ['Jan', 'SMIT', 'van der', 'Merwe', 'Dr', 'Mr.', 'Mrs', 'Prof', '(Director)', '(Hannes)', 'Owner', 'CFI', 'Jr.', 'PhD', "O'BRIEN", 'j.p.', 'JP', 'José', '李明', 'jan@umoya.example', '082 123 4567', 'Head of Training', 'MCDONALD', 'née', 'Brandt-Weiß', 'None', '12', 'II', 'VAN', 'Capt', 'Manager', '(', ')', 'Ζωή', 'ǅ', 'ß', 'İ'],
  email: ['jan@umoya.example', 'Info@Kestrel.EXAMPLE', 'Jan Smit', '<jan@umoya.example>', 'mailto:', 'a@b', '@', 'www.umoya.example', 'https://umoya.example/@jan', '082 123 4567', 'E-mail:', 'josé@müller.example', '(at)', '[dot]', 'a..b@c.example', "o'neil@x.example", 'x@@y.example', '.', 'K@x.example', '?subject=x', 'İ@x.example'],
  phone: ['082 123 4567', '+27 11 555 1234', '27821234567', '0027821234567', '.0', '(0)', 'ext 12', 'x7', '011', '555', '1234', '/5', '+44 20 7183 8750', 'Tel:', '(w)', '2.78E+10', '2.7821234567E+10', '00', '+', 'Jan', 'jan@umoya.example', '＋２７', '٠٨٢', '+1 202 555 0143', '0860 123 456', '#3', ';ext=9', '12345', '+270', '999'],
  url: ['https://umoya.example', 'www.', 'HTTP://', 'umoya.example', '/About/', '?id=7&utm_source=x', '#/shop', '#top', ':8080', ':443', 'jan@umoya.example', 'facebook.com/umoya', ' ', 'index.html', '%2f', '%', 'ftp://', '//', 'see', 'user:pw@', 'müller.example', 'ÄÖ.example', '/a b', '"', '192.168.0.1', '\\', 'http:/', 'İ.example', '%20', '/index.php/'],
  region: ['KZN', 'Gauteng', 'Province', 'W Cape', 'W', 'Cape', 'Free', 'State', 'Bavaria', 'ZA-WC', 'California', 'CA', 'Limburg', 'South Africa', 'Sandton', 'Northern', 'Western', 'Australia', '(GP)', 'Île-de-France'],
  country: ['ZA', 'South Africa', 'U.K.', 'Republic of', 'Congo', 'Deutschland', 'The', 'Netherlands', '(NL)', 'Côte d’Ivoire', 'Guinea', 'Bissau', 'Korea', 'SA', 'Åland', 'St. Lucia', 'US'],
  date: ['2025-03-04', '03/04/2025', '25.12.99', '4', 'March', 'Okt', 'août', '2025', '45321', '45321.75', 'T10:30', '10:30 pm', '00:00', 'Z', '+02:00', 'Tuesday', '4th', '20250304', '31/02/2025', 'at', '00:00:00', '12/31/2024', "'24", 'févr.', '29.2.2024'],
  address: ['12 Hangar Road', 'Lanseria', '2000', '2000.0', 'PO Box 5', ',', ' ,', ',,', 'SW1A1AA', '1234AB', 'K1A0B1', '|', ';', 'Unit 1,000', 'n/a', '-', 'sw1a 1aa'],
  category: ['Flight School', 'flight  school', 'FLIGHT-SCHOOL', 'Charter', 'Unknown', 'other', 'Café', 'İ', ';'],
  number: ['1', '12', '123', '1234', ',', '.', ' ', "'", '-', '−', '(', ')', '%', 'R', '€', '0', '00', 'e5', 'E-3', '+', '567', '50', '０', '½', '‰', 'e400'],
  currency: ['R', 'ZAR', '$', 'US$', '€', 'EUR', '£', 'JPY', 'KWD', '1', '12', '234', '1 234', '50', ',', '.', '-', '(', ')', '.-', '0', 'CHF', '567', 'rand', 'm', '5000'],
  boolean: ['yes', 'No', 'x', '✓', '1', '0', 'ja', 'Invalid', 'not', 'valid', 'true', 'maybe', '1.0'],
  identifier: ['00123', '.0', '123456', 'A-1', "'", 'N/A', 'null', '1.23E+10', '#', 'é', '\ud800', '00']
}

/** Cells of a type: fragments in any order with separators, spaces and signs around them, and now and then any text at all. */
function messOf(type: SemanticType): fc.Arbitrary<string> {
  const fragment = fc.constantFrom(...FRAGMENTS[type])
  const glue = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...SPACES) }, { weight: 2, arbitrary: fc.constantFrom(...JOINERS) })
  const piece = fc.tuple(fc.constantFrom(...AROUND), fragment, fc.constantFrom(...AROUND), glue).map(parts => parts.join(''))
  const built = fc.array(piece, { minLength: 1, maxLength: 6 }).map(pieces => pieces.join(''))
  const bare = fc.array(fragment, { minLength: 1, maxLength: 6 }).map(pieces => pieces.join(''))
  return fc.oneof({ weight: 5, arbitrary: built }, { weight: 3, arbitrary: bare }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) }, { weight: 1, arbitrary: fc.string({ maxLength: 30 }) })
}

const settings = fc.record({
  country: fc.constantFrom('ZA', 'ZA', 'ZA', 'GB', 'US', 'DE', 'NL', 'CA'),
  order: fc.constantFrom(null, 'day-first' as const, 'month-first' as const, 'year-first' as const),
  decimal: fc.constantFrom('auto' as const, 'point' as const, 'comma' as const),
  multiple: fc.boolean()
})
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/
const RUNS = 2500

for (const type of NORMALISERS.keys()) {
  t.test(`${type} is idempotent`, t => {
    const values: Partial<Field> = type === 'category' ? { values: { 'Flight School': ['FS', 'Flying School'], Charter: [] } } : {}
    fc.assert(
      fc.property(messOf(type), settings, (raw, { country, order, decimal, multiple }) => {
        const config: NormaliseConfig = { country, refine: { normalise: { decimal, null_tokens: [], keep_tokens: [], ...(order === null ? {} : { date_order: order }) } } }
        const options = optionsFor({ name: 'invalid', type, multiple, ...values }, config)
        const first = normaliseValue(type, raw, KIND.text, options)
        for (const item of first.items) {
          const again = normaliseValue(type, item, KIND.text, options)
          if (again.items.length !== 1 || again.items[0] !== item) throw new Error(`not idempotent: ${JSON.stringify([raw, first.items, again.items])}`)
          if (again.rules.some(rule => !rule.endsWith('_PAGE')) || again.issues.some(issue => issue.reason !== 'IDENTIFIER_DIGITS_LOST')) throw new Error(`a finished value has rules or issues: ${JSON.stringify([raw, item, again])}`)
          if (item === '' || item !== item.trim() || CONTROL.test(item) || !item.isWellFormed()) throw new Error(`not clean: ${JSON.stringify([raw, item])}`)
        }
        if (new Set(first.items).size !== first.items.length) throw new Error(`an item twice: ${JSON.stringify([raw, first.items])}`)
        if (first.items.length > 0) {
          const whole = normaliseValue(type, first.items.join(ITEM_SEPARATOR), KIND.text, options)
          if (whole.items.join(ITEM_SEPARATOR) !== first.items.join(ITEM_SEPARATOR)) throw new Error(`the list is not idempotent: ${JSON.stringify([raw, first.items, whole.items])}`)
          if (first.items[0] !== raw && first.rules.length === 0) throw new Error(`changed without a rule: ${JSON.stringify([raw, first.items])}`)
        } else if (raw !== '' && first.rules.length === 0 && first.issues.length === 0) throw new Error(`lost without a trace: ${JSON.stringify(raw)}`)
      }),
      { seed: 20_250_304, numRuns: RUNS }
    )
    t.pass('held')
    t.end()
  })
}
