import t from 'tap'
import type { JsonObject } from '../../kernel/types.ts'
import { lintProfile } from './lint.ts'

t.test('references that lead nowhere are named', t => {
  const notes = lintProfile({
    ingest: { sources: [{ match: 'a.csv', sheets: [{ match: '*', group: 'people', columns: { A: 'nme', B: 'contact.email', C: null, D: 'key', E: 'contact.name/given' } }] }] },
    refine: {
      fields: [
        { name: 'name', synonyms: ['Company', 'Club'], rest: 'others' },
        { name: 'site', synonyms: ['company'], derive: { slug: 'nam' } },
        { name: 'email', derive: { group: 'contact', field: 'mail', pick: 'primary' } },
        { name: 'email' }
      ],
      groups: { contact: { fields: [{ name: 'name' }, { name: 'email' }], identity: ['phone'], prefer: { role: 'job' } } },
      merge: { keys: ['name', '*', 'vat'], recency: 'updated' },
      score: { weights: { web: 1 } }
    },
    compliance: { pii_fields: ['contact.phone', 'name'] }
  } as unknown as JsonObject)
  const expected = [/field email twice/, /"company" stands for both name and site/, /identity names phone/, /prefer\.role names job/, /merge\.keys names vat/, /recency names updated/, /weights names web/, /pii_fields names contact\.phone/, /name\.rest names others/, /slug names nam.*did you mean "name"/, /derive names contact\.mail/, /the group people/, /a\.csv names nme/]
  for (const says of expected) t.ok(notes.some(note => says.test(note)), String(says), { notes })
  t.equal(notes.length, expected.length)
  t.same(lintProfile({ refine: { merge: { keys: ['anything'] } } }), [], 'inferred fields cannot be known beforehand')
  t.end()
})
