import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { validatorFor } from '../../kernel/schema.ts'
import { schema as evidenceSchema } from '../../schemas/generated/compliance-evidence.ts'
import { makeWorkspace, say } from '../workspace.case.ts'

const profile = (compliance: string): string => `name: clubs
title: Clubs
country: ZA
refine:
  entity: club
  fields:
    - { name: club, type: organisation-name, synonyms: [Club], required: true }
    - { name: email, type: email, synonyms: [E-mail], min: a }
    - { name: owner, type: person-name, synonyms: [Owner] }
    - { name: agreed, type: boolean, synonyms: [Agreed] }
    - { name: seen, type: date, synonyms: [Seen], date_order: year-first }
  merge: { keys: [club] }
compliance: ${compliance}
`.replace(', min: a', '')
const DATA = 'Club,E-mail,Owner,Agreed,Seen\nLapwing Gliding,info@lapwing.example,Zola Ndaba,yes,2026-01-10\nHeron Flyers,hello@heron.example,Ayla Kruse,no,2023-05-01\nStilt Air,ops@stilt.example,Ben Dlamini,,\n'
const workspace = (compliance: string): string => makeWorkspace({ 'config/profiles/clubs.yaml': profile(compliance), 'data/clubs.csv': DATA })
const FULL = '{ policy: [popia, gdpr], purpose: Membership, responsible: Information Officer, lawful_basis: { email: legitimate-interests, owner: consent }, consent_field: agreed, retention_days: 365, retention_field: seen }'

t.test('without a lawful basis or a purpose a strict run fails, and says what to do', async t => {
  const { exit, json, err } = await say(workspace('{ policy: [popia], lawful_basis: { email: contract } }'), ['run', '--json'])
  t.equal(exit, 3, err)
  t.match(json.errors, [{ code: 'LAWFUL_BASIS_BREACHED', details: { field: 'owner' } }, { code: 'PURPOSE_BREACHED' }])
  t.match(json.warnings, [{ code: 'RETENTION_UNSET' }])
  t.equal((await say(workspace('{ policy: [popia], lawful_basis: { "*": contract }, purpose: Membership, retention_days: 9999, retention_field: seen }'), ['run', '--as-of', '2026-02-01'])).exit, 0)
  t.equal((await say(workspace('{}'), ['run'])).exit, 0, 'who names no policy is asked nothing')
})

t.test('consent gates what leaves, in every export and question', async t => {
  const ws = workspace(FULL)
  const { exit, json, err } = await say(ws, ['run', '--as-of', '2026-02-01', '--format', 'csv,jsonl,xlsx', '--json'])
  t.equal(exit, 0, err)
  t.equal(readFileSync(join(ws, 'dist/refined.csv'), 'utf8').replaceAll('\r\n', '\n'), 'club,email,owner,agreed,seen\nHeron Flyers,hello@heron.example,,false,2023-05-01\nLapwing Gliding,info@lapwing.example,Zola Ndaba,true,2026-01-10\nStilt Air,ops@stilt.example,,,\n')
  for (const file of ['refined.jsonl', 'refined.xlsx', 'refined.csv']) t.notMatch(readFileSync(join(ws, 'dist', file), 'latin1'), /Ayla|Dlamini/)
  t.notMatch((await say(ws, ['query', 'select * from data'])).out, /Ayla|Dlamini/)
  t.match(json.warnings.find(({ code }: any) => code === 'CONSENT_MISSING'), { details: { rows: 2, of: 3, columns: ['owner'] } })
  t.match(json.warnings.find(({ code }: any) => code === 'RETENTION_EXCEEDED'), { details: { count: 1, checked: 2, file: 'clubs.csv', cells: ['E3'] } })
  t.match(json.warnings.find(({ code }: any) => code === 'RETENTION_UNKNOWN'), { details: { count: 1 } })
  t.equal((await say(ws, ['replay', 'latest'])).exit, 0)

  const said = await say(ws, ['compliance', 'report', '--json', '-o', 'out/evidence.json'])
  t.equal(said.exit, 0, said.err)
  const evidence = JSON.parse(readFileSync(join(ws, 'out/evidence.json'), 'utf8'))
  t.same(validatorFor(evidenceSchema)(evidence), [])
  t.match(evidence, {
    policy: ['popia', 'gdpr'], purpose: 'Membership', responsible: 'Information Officer', gaps: [{ code: 'RETENTION_EXCEEDED' }],
    retention: { days: 365, field: 'seen', rows: 3, dated: 2, beyond: 1 }, consent: { field: 'agreed', given: 1, withheld: 2 },
    columns: [{ column: 'email', lawful_basis: 'legitimate-interests', withheld_without_consent: false, rows_filled: 3, sources: [{ file: 'clubs.csv', column: 'B', header: 'E-mail' }] }, { column: 'owner', lawful_basis: 'consent', withheld_without_consent: true, rows_filled: 3 }]
  })
  t.match(evidence.decisions.find(({ key }: any) => key === 'compliance.purpose'), { value: 'Membership', set_by: /clubs\.yaml:13$/ }, 'who decided')
  t.ok(evidence.laws.some(({ law, provision }: any) => law === 'gdpr' && provision === 'article 30(1)'))
  const page = readFileSync(join(ws, 'out/evidence.html'), 'utf8')
  t.notMatch(JSON.stringify(evidence) + page + said.out + said.err, /Zola|Ayla|Dlamini|@\w+\.example/, 'no value of a person')
  t.match(page, /legitimate-interests/)
})

t.test('what cannot be is refused, and the clock has to be pinned', async t => {
  const strict = await say(workspace(FULL), ['run'])
  t.equal(strict.exit, 5)
  t.match(strict.err, /retention@1\.1\.0 needs the time.*\n.*--as-of/)
  for (const [compliance, says] of [
    ['{ consent_field: agred }', /compliance\.consent_field: agred is not a field; did you mean agreed/],
    ['{ consent_field: email }', /email is of type email; it must be of type boolean/],
    ['{ retention_days: 30 }', /compliance\.retention_days: counts from a date/],
    ['{ lawful_basis: { ownr: consent } }', /ownr is not a field; did you mean owner/],
    ['{ lawful_basis: { owner: because } }', /must be one of consent/],
    ['{ policy: [hipaa] }', /must be one of popia, gdpr/],
    ['{ retention: 3 }', /unknown key/]
  ] as const) {
    const { exit, err } = await say(workspace(compliance), ['run'])
    t.equal(exit, 2, compliance)
    t.match(err, says)
  }
})
