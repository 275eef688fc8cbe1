import t from 'tap'
import fc from 'fast-check'
import { foldWords, looseOrganisationKey, organisationKey, tradingNames } from './name-key.ts'

t.test('spellings of one name have one key', async t => {
  const groups: readonly (readonly string[])[] = [
    ['Blue Crane Aviation', 'BLUE CRANE AVIATION (PTY) LTD', 'Blue Crane  Aviation Pty. Ltd.', 'Blue\nCrane Aviation (Pty) Limited', 'Blue-Crane Aviation (Proprietary) Limited',
      'The Blue Crane Aviation CC', 'Blue Crane Aviation (Edms) Bpk', 'Blue Crane Aviation (Pty) Ltd t/a Sky Kids', 'Blue Crane Aviation (t/a Sky Kids)',
      'Blue Crane Aviation trading as Sky Kids', 'Blue Crane Aviation (BCA)', 'Blue Crane Aviation P/L', 'Blue Crane Aviation (formerly Red Crane)', 'Blue\u00a0Crane Aviation PLC', 'Blue Crane Aviation, Inc.'],
    ['Café Müller', 'CAFE MULLER GmbH', 'Café Muller GmbH & Co. KG', 'Cafe Müller UG (haftungsbeschränkt)', 'Cafe\u0301 Mu\u0308ller e.V.'],
    ['Smith & Sons', 'Smith and Sons Ltd', 'SMITH + SONS LLP'],
    ['O’Brien Air', "O'Brien Air", 'OBrien Air B.V.', 'Obrien Air n. v.', 'O`Brien Air S.A.R.L.', 'obrien air L.L.C.'],
    ['Łódź Ærø', 'Lodz AEro Co']
  ]
  const seen = new Set<string>()
  for (const group of groups) {
    const [first, ...others] = group
    const key = organisationKey(first!)
    t.not(key, '')
    t.notOk(seen.has(key))
    seen.add(key)
    for (const other of others) t.equal(organisationKey(other), key, JSON.stringify(other))
  }
})

t.test('names that differ keep keys that differ', async t => {
  const names = ['Blue Crane Aviation (George)', 'Blue Crane Aviation (Durban)', 'Blue Crane Aviation', 'Incline Air', 'Coastal Air', 'Air', '東京航空', '大阪航空', 'Авиация', 'Авиаций', '!!!', '???', 'दिल्ली', 'दल्ली', 'Limited', 'Ltd', 'SA CC']
  t.equal(new Set(names.map(organisationKey)).size, names.length)
  for (const name of names) t.not(organisationKey(name), '')
  t.equal(organisationKey(' \u00a0\n'), '')
  t.equal(organisationKey('Incline'), 'incline', 'a legal form inside a word stays')
  t.equal(looseOrganisationKey('Blue Crane Aviation (George) (Pty) Ltd'), 'blue crane aviation')
  t.equal(organisationKey('Blue Crane (Pty) Ltd (George)'), 'blue crane george')
  t.equal(organisationKey('(Pty) Ltd'), 'pty ltd')
  t.equal(organisationKey('(George Air'), 'george air')
})

t.test('trading names', async t => {
  t.same(tradingNames('Northwind (Pty) Ltd t/a Sky School'), { name: 'Northwind (Pty) Ltd', aliases: ['Sky School'] })
  t.same(tradingNames('Northwind CC T / A: Sky School T/A Other'), { name: 'Northwind CC', aliases: ['Sky School', 'Other'] })
  t.same(tradingNames('Northwind (trading as Sky School)'), { name: 'Northwind', aliases: ['Sky School'] })
  t.same(tradingNames('t/a Sky School'), { name: 'Sky School', aliases: [] })
  t.same(tradingNames('Data Air/Aero A'), { name: 'Data Air/Aero A', aliases: [] })
  t.same(tradingNames('Northwind LLC d/b/a Sky'), { name: 'Northwind LLC', aliases: ['Sky'] })
  t.same(tradingNames('Northwind GmbH firmierend als Sky'), { name: 'Northwind GmbH', aliases: ['Sky'] })
})

t.test('properties', async t => {
  const word = fc.constantFrom('Air', 'Ltd', '(Pty)', 'É', '&', 'the', '(Cape', 'Town)', 't/a', '東京', 'B.V.', '—', 'co', '\u00a0', "O'x")
  t.doesNotThrow(() => fc.assert(fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.array(word, { maxLength: 8 }).map(words => words.join(' '))), text => {
    const key = organisationKey(text)
    // Only text without any letter, digit or sign may have no key.
    return (key !== '' || text.trim() === '' || !/[\p{L}\p{N}\p{S}\p{P}]/u.test(text)) && key === key.trim() && organisationKey(` ${text}\u00a0`) === key
  }), { seed: 7, numRuns: 2000 }))
  t.doesNotThrow(() => fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => foldWords(foldWords(text)) === foldWords(text)), { seed: 7, numRuns: 500 }))
})
