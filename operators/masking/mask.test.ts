import t from 'tap'
import fc from 'fast-check'
import { ITEM_SEPARATOR } from '../../kernel/artifact/table.ts'
import { datasetOf, tableFrom } from '../export/dataset.case.ts'
import { maskPatterns, maskValue, maskWords } from './mask.ts'
import { createMasker } from './masker.ts'

const SEED = { seed: 20_260_101, numRuns: 300 }

t.test('values of personal types', async t => {
  const cases: [Parameters<typeof maskValue>[1], string, string][] = [
    ['email', 'anna@example.com', 'a•••@e•••.com'],
    ['email', 'a@b', 'a•••@b•••'],
    ['email', 'x@y.example; zed@y.example', 'x•••@y•••.example; z•••@y•••.example'],
    ['email', 'Thandi Nkosithi <thandi@nkosi.example>', 'T••• N••• <t•••@n•••.example>'],
    ['email', 'anna at example dot com', 'a••• a••• e••• d••• c•••'],
    ['phone', '+27821234567', '+27•••67'],
    ['phone', '082 123-4567', '08•••67'],
    ['phone', '+27115550123 ext 12', '+27•••23 e••• 1•••'],
    ['phone', 'ask Thandeka', 'a••• T•••'],
    ['person-name', 'Thandeka Vilakazi', 'T••• V•••'],
    ['person-name', "Dr José O'Brien-Nel", "D••• J••• O•••'B•••-N•••"],
    ['person-name', '王小明', '王•••'],
    ['person-name', '😀 Nel', '😀••• N•••'],
    ['address', '12 Kestrel Road, Lanseria\n1748', '1•••, L•••, 1•••'],
    ['text', 'call 082 123 4567 or anna@example.com before 2025-03-04', 'call 08•••67 or a•••@e•••.com before 2025-03-04'],
    ['text', 'Xolani, xolani.brm (at) odd.example, x [at] y [dot] example or anna(AT)b.example; 3 (at) most', 'Xolani, x•••@o•••.example, x•••@y•••.example or a•••@b•••.example; 3•••@m•••'],
    ['email', 'x.brm (at) odd.example', 'x•••@o•••.example'],
    ['url', 'https://a.example/?id=77', 'https://a.example/?id=77'],
    ['number', '1234.5', '1234.5'],
    [undefined, '', '']
  ]
  for (const [type, text, masked] of cases) t.equal(maskValue(text, type), masked, `${type}: ${JSON.stringify(text)}`)
})

t.test('patterns in other text', async t => {
  for (const text of ['31/12/2024', '2024-12-31 23:59', '2019-12-31T23:59:59', 'rows 14:16', 'A1:C2', '12 of 345', 'B737-800', '03.04.2025']) t.equal(maskPatterns(text), text, `${text} stays`)
  for (const text of ['27821234567', '(082) 123 4567', '0027 82 123 4567', '082.123.4567', '8001015009087', 'tel:+27821234567']) t.notMatch(maskPatterns(text).replace(/•/g, ''), /\d{5}/, `${text} is masked`)
})

t.test('a mask is the same every time and holds no word of the text', async t => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), text => {
      const masked = maskWords(text)
      return masked === maskWords(text) && (text.match(/[A-Za-z0-9\u00c0-\u024f]{2,}/g) ?? []).every(word => !masked.includes(word))
    }),
    SEED
  )
  t.equal(maskWords('same'), maskWords('same'))
  fc.assert(fc.property(fc.emailAddress(), address => !maskPatterns(`write to ${address} today`).includes(address) && !maskValue(address, 'email').includes(address)), SEED)
})

t.test('fields', async t => {
  const dataset = datasetOf()
  const tables = dataset.tables.slice(0, 2)
  const masker = createMasker(dataset.meta.schema, ['column D', 'role'], tables)
  t.equal(masker.value('Thandeka Vilakazi', 'contact.name'), 'T••• V•••')
  t.equal(masker.value(`+27821234567${ITEM_SEPARATOR}+27831234567`, 'contact.phone'), '+27•••67, +27•••67')
  t.equal(masker.value('Owner of all', 'contact.role'), 'O••• o••• a•••', 'named in the profile, with or without its group')
  t.equal(masker.value('x, y', 'column D'), 'x•••, y•••', 'an extra that is named in the profile')
  t.equal(masker.value('thandeka@bluecrane.example', 'contact_primary_email'), 't•••@b•••.example', 'a field that picks from a group')
  t.equal(masker.value('https://bluecrane.example', 'website'), 'https://bluecrane.example')
  t.equal(masker.value('Spoke to Thandeka Vilakazi, about hangar 7', 'notes'), 'Spoke to T••• V•••, about hangar 7', 'a known person in another field')
  t.equal(masker.text("QUINTUS ADENDORFF's aircraft; quintus adendorff."), "Q••• A•••'s aircraft; q••• a•••.")
  t.equal(masker.unknown('Ludo, 3rd'), 'L•••, 3•••')
  t.same([masker.compared('Ludo, 3rd', 'column E'), masker.compared('https://a.example/team/ludo-engelbrecht', 'website'), masker.compared('Hangar 7', 'notes')], ['L•••, 3•••', 'https://a.example/t•••/l•••-e•••', 'Hangar 7'], 'values that lost')
  t.ok(masker.text('x'.repeat(10_000)).length <= 600, 'a text is judged as far as it is shown')

  const people = createMasker(
    { ...dataset.meta.schema, fields: [{ name: 'full', type: 'person-name' }, { name: 'slug', type: 'identifier', derive: { slug: 'full' } }, { name: 'loop', derive: { slug: 'loop' } }], groups: {} },
    [],
    [tableFrom('data', { full: ['Ludo Engelbrecht'], slug: ['ludo-engelbrecht'], loop: ['x'] })]
  )
  t.ok(people.isPersonal('slug'), 'what is derived from a name is personal')
  t.equal(people.value('ludo-engelbrecht', 'slug'), 'l•••-e•••')
  t.notOk(people.isPersonal('loop'))
})
