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
  const expected = [/fields\[3\]\.name: there is another field email/, /"company" stands for both name and site/, /identity\[0\]: phone is not a field/, /prefer\.role: job is not/, /merge\.keys\[2\]: vat/, /recency: updated/, /weights\.web: web/, /pii_fields\[0\]: contact\.phone/, /fields\[0\]\.rest: others/, /slug: nam is not a field; did you mean name\?/, /derive\.group: contact\.mail/, /group: people is not a group/, /columns\.A: nme is not a field; did you mean name\?/]
  for (const says of expected) t.ok(notes.some(note => says.test(note)), String(says), { notes })
  t.equal(notes.length, expected.length)
  t.same(lintProfile({ refine: { merge: { keys: ['anything'] } } }), [], 'inferred fields cannot be known beforehand')
  t.end()
})
