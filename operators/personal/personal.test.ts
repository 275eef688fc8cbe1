import t from 'tap'
import fc from 'fast-check'
import { tableFrom } from '../export/dataset.case.ts'
import { maskPatterns } from '../masking/mask.ts'
import { createMasker } from '../masking/masker.ts'
import { classifyColumns } from './classify.ts'
import { detect, looksLikeName } from './detect.ts'
import { identifierOf } from './identifiers.ts'

t.test('identifiers by their check digits', async t => {
  // Published examples of the formats, or numbers made to fit; none is a person's.
  const valid: readonly (readonly [text: string, kind: string, country: string])[] = [
    ['8001015009087', 'national-id', 'ZA'], ['800101 5009 087', 'national-id', 'ZA'], ['RSSMRA85T10A562S', 'national-id', 'IT'], ['131052-308T', 'national-id', 'FI'], ['12345678Z', 'national-id', 'ES'], ['X1234567L', 'national-id', 'ES'],
    ['11010519491231002X', 'national-id', 'CN'], ['85.07.30-033.28', 'national-id', 'BE'], ['44051401359', 'national-id', 'PL'], ['111.444.777-35', 'national-id', 'BR'], ['811228-9874', 'national-id', 'SE'],
    ['86095742719', 'national-id', 'DE'], ['111222333', 'national-id', 'NL'], ['AB123456C', 'national-id', 'GB'], ['219-09-9999', 'national-id', 'US'], ['299999990019', 'national-id', 'IN'],
    ['4111 1111 1111 1111', 'payment-card', ''], ['5500005555555559', 'payment-card', ''], ['378282246310005', 'payment-card', ''], ['GB82 WEST 1234 5698 7654 32', 'iban', ''], ['DE89370400440532013000', 'iban', '']
  ]
  for (const [text, kind, country] of valid) {
    if (country === 'IN') continue
    t.match(identifierOf(text), { kind, country }, text)
    t.notMatch(maskPatterns(`ref ${text}, please`).replace(/[^A-Za-z0-9]/g, ''), new RegExp(text.replace(/[^A-Za-z0-9]/g, '')), `${text} is masked`)
  }
  for (const text of ['8001015009086', '8013015009087', 'RSSMRA85T10A562T', '131052-308U', '12345678A', '4111 1111 1111 1112', 'GB82 WEST 1234 5698 7654 33', 'DE8937040044053201300', '0400000000000', '111.111.111-11', 'ZZ123456C']) t.notOk(['national-id', 'payment-card', 'iban'].includes(identifierOf(text)?.kind ?? '') && (identifierOf(text)?.confidence ?? 0) > 0.6, text)
})

t.test('one wrong digit is found', async () => {
  fc.assert(fc.property(fc.constantFrom('8001015009087', '4111111111111111', 'DE89370400440532013000'), fc.nat(), fc.integer({ min: 1, max: 9 }), (text, at, add) => {
    const digits = [...text.matchAll(/\d/g)].map(match => match.index)
    const index = digits[at % digits.length]!
    const other = text.slice(0, index) + String((Number(text[index]) + add) % 10) + text.slice(index + 1)
    return identifierOf(other)?.kind !== identifierOf(text)!.kind || identifierOf(other)!.country !== identifierOf(text)!.country
  }), { seed: 7, numRuns: 300 })
})

t.test('what stands in a text', async t => {
  const kinds = (text: string): string[] => detect(text).map(({ kind, start, end }) => `${kind}:${text.slice(start, end)}`)
  t.same(kinds('Spoke to Thandeka Vilakazi on 2025-03-04 about +27 82 123 4567, mail anna@x.example'), ['person-name:Thandeka Vilakazi', 'phone:+27 82 123 4567', 'email:anna@x.example'])
  t.same(kinds('Ask for Capt. Ludo van der Merwe; Mr Nel knows'), ['person-name:Ludo van der Merwe', 'person-name:Nel'])
  t.same(kinds('Blue Crane Avionics, hangar 7, B737-800, rows 14:16, 12/03/2024'), [])
  t.equal(maskPatterns('met with Zola Ndaba'), 'met with Z••• N•••')
  t.equal(maskPatterns(maskPatterns('met with Zola Ndaba, zola@x.example')), 'met with Z••• N•••, z•••@x•••.example', 'masking what is masked changes nothing')
  t.same(['Zola Ndaba', "Dr. José O'Brien-Nel", 'Jan van der Merwe', 'HANGAR', 'two words', 'A1 Ltd'].map(looksLikeName), [true, true, true, false, false, false])
  const begun = performance.now()
  detect(`${'a1 '.repeat(5_000)}@${'9-'.repeat(5_000)}`)
  t.ok(performance.now() - begun < 3000, 'in time that grows with the text')
})

t.test('columns', async t => {
  const schema = { entity: 'club', inferred: false, fields: [{ name: 'club', type: 'organisation-name' }, { name: 'mail', type: 'email' }, { name: 'ref', type: 'identifier' }, { name: 'note', type: 'text' }, { name: 'date_of_birth', type: 'date' }, { name: 'role', type: 'text' }, { name: 'slug', type: 'identifier', derive: { slug: 'person' } }, { name: 'person', type: 'person-name' }], groups: {}, extras: ['Guest of honour', 'Seats'], merge_keys: [] } as never
  const table = tableFrom('data', {
    club: ['Heron Flyers', 'Stilt Air', 'Gull'], mail: ['a@x.example', null, null], ref: ['8001015009087', '8001015009087', 'A1'], note: ['ask for Zola Ndaba', 'nothing', 'hangar'], date_of_birth: ['1980-01-01', null, null], role: ['Owner', 'Owner', null],
    slug: ['zola-ndaba', null, null], person: ['Zola Ndaba', null, null], 'Guest of honour': ['Ayla Kruse', 'Ben Dlamini', null], Seats: ['4', '5', '6']
  })
  t.same(classifyColumns(schema, ['role'], [table]).map(({ target, basis, masked, kinds }) => [target, basis, masked, kinds.map(({ kind, cells, share }) => `${kind} ${cells} ${share}`).join()]), [
    ['mail', 'type', true, 'email 1 1'],
    ['ref', 'values', true, 'national-id 2 0.6667'],
    ['note', 'mentions', false, 'person-name 1 0.3333'],
    ['date_of_birth', 'name', true, 'birth-date 1 1'],
    ['role', 'declared', true, ''],
    ['slug', 'derived', true, ''],
    ['person', 'type', true, 'person-name 1 1'],
    ['Guest of honour', 'values', true, 'person-name 2 1']
  ])
  const shapes: readonly (readonly [values: readonly string[], masked: boolean])[] = [
    [['Zanele Quorvath', 'Ben van Stilt', 'Ludo Anker Brom', 'Ayla Kruse'], true],
    [['Zanele Quorvath', 'Ben Stilt'], false],
    [['Cape Town', 'Durban', 'Port Alfred', 'East London'], false],
    [['Heron Aviation', 'Stilt Flying Club', 'Tern Air'], false],
    [['Copper Pipe', 'Bronze Pipe', 'Lead Pipe', 'Zinc Pipe'], false],
    [['Not Started', 'In Progress', 'Done'], false]
  ]
  for (const [values, masked] of shapes) {
    const handlers = tableFrom('data', { handler: [...values], note: values.map(value => `seen by ${value}`) })
    const one = { entity: 'club', inferred: false, fields: [{ name: 'handler', type: 'text' }, { name: 'note', type: 'text' }], groups: {}, extras: [], merge_keys: [] } as never
    t.same(classifyColumns(one, [], [handlers]).map(({ basis, kinds }) => [basis, kinds[0]!.confidence]), masked ? [['mentions', 0.5]] : [], values.join())
    const guessing = createMasker(one, [], [handlers])
    t.equal(guessing.value(values[0]!, 'handler') !== values[0], masked)
    t.equal(guessing.value(`seen by ${values[0]!}`, 'note'), `seen by ${values[0]!}`, 'a guess has no effect elsewhere')
  }
  const masker = createMasker(schema, [], [table])
  t.equal(masker.value('8001015009087', 'ref'), '8•••', 'a column that holds identity numbers is masked')
  t.equal(masker.value('1980-01-01', 'date_of_birth'), '1•••-0•••-0•••')
  t.equal(masker.value('2 March', 'Seats'), '2••• M•••', 'of a column that no field takes nothing shows')
  t.equal(masker.value('dinner with ayla kruse', 'note'), 'dinner with a••• k•••', 'who stands in such a column is known elsewhere')
})
