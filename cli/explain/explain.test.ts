import t from 'tap'
import { makeFolder, say } from '../workspace.case.ts'

const PROFILE = `name: clubs
refine:
  entity: club
  fields:
    - { name: club, type: organisation-name, required: true }
    - { name: role, derive: { group: person, field: role, pick: primary } }
    - { name: site, type: url }
  groups:
    person:
      fields:
        - { name: name, type: person-name }
        - { name: role, type: text }
      prefer: { role: role }
  merge: { keys: [club] }
`

t.test('a value that stood in a cell of another field leads back to that cell', async t => {
  const ws = makeFolder({
    'hotpass.yaml': 'profile: clubs\n',
    'config/profiles/clubs.yaml': PROFILE,
    'data/clubs.csv': 'Club,Name,Role,Site\nHeron Flyers,Zola Ndaba (Treasurer),,heron.example\nStilt Air,Ayla Kruse,Owner,https://stilt.example/ayla\nStilt Air,Ayla Kruse,Owner,https://stilt.example/kruse\n'
  })
  const { exit, err } = await say(ws, ['run'])
  t.equal(exit, 0, err)
  const explain = async (row: string, column: string, ...more: string[]) => (await say(ws, ['explain', '--row', row, '--column', column, '--json', ...more])).json.cells[0]
  t.match(await explain('1', 'role', '--reveal'), { value: 'Treasurer', how: 'taken', from: [{ file: 'clubs.csv', cell: 'B2', header: 'Name', raw: 'Zola Ndaba (Treasurer)', normalised: 'Treasurer' }] })
  t.same((await explain('1', 'role')).from[0].rules.at(-1), 'MOVED_IN')
  t.notMatch((await explain('1', 'role')).from[0].raw, /Zola|Ndaba/, 'masked as the name that it is')
  t.match(await explain('2', 'role', '--reveal'), { value: 'Owner', from: [{ cell: 'C3', raw: 'Owner' }] }, 'a cell of its own comes first')
  t.match((await explain('2', 'site')).lost[0].value, /^https:\/\/stilt\.example\/[ak]•••$/, 'what lost may name somebody')
})

t.test('an empty cell tells which word was taken for no value, and what keeps it', async t => {
  const ws = makeFolder({ 'data/a.csv': 'item;land;qty;price;note\nKite;NA;1.000;12,50;NA\nRope;DE;2.500;3,00;fine\n' })
  const { exit, err } = await say(ws, ['run'])
  t.equal(exit, 0, err)
  const explain = async (column: string) => (await say(ws, ['explain', '--row', '1', '--column', column, '--json'])).json.cells[0]
  const note = await explain('note')
  t.match(note, { how: 'empty', from: [{ cell: 'E2', raw: 'NA', rules: ['NULL_TOKEN'] }] })
  t.match(note.reason, /"NA" in a\.csv › a › E2 .*NULL_TOKEN.*refine\.normalise\.keep_tokens/)
  t.match(await explain('land'), { value: 'NA', how: 'taken' })
  t.match(await explain('qty'), { value: '1000', from: [{ raw: '1.000', rules: ['NUMBER_FORMAT'] }] }, 'read with the sign that the prices show')
})
