import { join } from 'node:path'
import t from 'tap'
import { makeFolder, PROFILE, say } from '../workspace.case.ts'
import { findProfile, findWorkspace, listProfiles, shownPath } from './workspace.ts'

t.test('a workspace is found by walking up', t => {
  const root = makeFolder({ 'hotpass.toml': 'profile = "clubs"\n', 'a/b/x.csv': '', 'two/hotpass.yaml': '', 'two/hotpass.json': '{}' })
  t.same(findWorkspace(join(root, 'a/b')), { root, file: join(root, 'hotpass.toml') })
  t.throws(() => findWorkspace(join(root, 'two')), { code: 'E_CONFIG', message: /two configuration files/ })
  const bare = makeFolder({})
  t.same(findWorkspace(bare), { root: bare, file: undefined })
  t.equal(shownPath(join(root, 'a/b'), root), 'a/b')
  t.equal(shownPath(root, join(root, 'a')), root)
  t.equal(shownPath(root, root), '.')
  t.end()
})

t.test('profiles: search path, workspace, bundled', t => {
  const root = makeFolder({ 'config/profiles/clubs.yaml': PROFILE, 'profiles/clubs.toml': '', 'profiles/generic.json': '{}', 'mine/clubs.yaml': PROFILE, 'mine/notes.txt': '' })
  const workspace = { root, file: undefined }
  const find = (name: string, ...search: string[]): string => findProfile(name, root, workspace, search).path
  t.equal(find('clubs'), join(root, 'config/profiles/clubs.yaml'), 'the nearest wins')
  t.equal(find('clubs', join(root, 'mine')), join(root, 'mine/clubs.yaml'))
  t.equal(find('./mine/clubs.yaml'), join(root, 'mine/clubs.yaml'))
  t.equal(find('generic'), join(root, 'profiles/generic.json'), 'the workspace may replace a bundled one')
  t.match(find('aviation'), /profiles.aviation\.yaml$/)
  t.throws(() => find('clubz'), { code: 'E_UNKNOWN_NAME', hint: 'did you mean "clubs"?' })
  t.throws(() => find('../clubs'), { code: 'E_PROFILE' })
  t.equal(listProfiles(workspace, []).filter(({ name }) => name === 'clubs').length, 1)
  t.end()
})

t.test('config validate lists every fault of every file', async t => {
  const root = makeFolder({ 'hotpass.yaml': 'profile: clubs\nreport:\n  titel: x\npipeline:\n  workers: none\n', 'profiles/clubs.yaml': PROFILE.replace('title: Clubs', 'titel: Clubs').replace('type: email,', 'type: mail,') })
  const { exit, json, out } = await say(root, ['config', 'validate', '--json'])
  t.equal(exit, 2, out)
  t.same(json.problems.map((problem: any) => [problem.file, problem.line, problem.suggestion]), [['profiles/clubs.yaml', 2, 'title'], ['profiles/clubs.yaml', 8, 'email'], ['hotpass.yaml', 3, 'title'], ['hotpass.yaml', 5, null]])
  t.match((await say(root, ['config', 'validate'])).out, /hotpass\.yaml:3: report\.titel: unknown key; did you mean title\?/)
  t.end()
})
