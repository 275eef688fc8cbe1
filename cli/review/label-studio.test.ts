import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { CommandHost } from '../../kernel/registry/command.ts'
import { reviewQueue } from '../../operators/review/queue.ts'
import { linkClusters, linkRecords, linkScores } from '../../operators/review/review.case.ts'
import { resolveRequest } from '../config/request.ts'
import { makeWorkspace, say } from '../workspace.case.ts'
import { annotate, LEGACY, PERSONAL, startStudio } from './label-studio.case.ts'
import { pushQueue } from './label-studio.ts'

const queue = reviewQueue({ records: linkRecords(), scores: linkScores(), clusters: linkClusters(), decisions: [] }, 100)

t.test('pairs go to a project, and answers come back as decisions', async t => {
  const studio = await startStudio()
  t.teardown(() => studio.close())
  const cwd = makeWorkspace()
  const host: CommandHost = { cwd, env: {}, signal: new AbortController().signal, tell: () => {} }
  const flags = { label_studio_url: `${studio.url}/`, label_studio_project: 7, label_studio_token: LEGACY, allow_network: true }
  const push = async (more: object = {}) => {
    const input = { ...flags, ...more }
    return pushQueue(queue, input as never, host, await resolveRequest(input as never, host))
  }

  await t.rejects(push({ allow_network: false }), { code: 'E_NETWORK', exitCode: 5 })
  t.same(studio.seen, [], 'nothing left the machine')
  t.match(await push(), { sent: 4, known: 0, project: 7 })
  t.match(studio.labelConfig, /\$pair_html/, 'an empty project gets its interface')
  t.match(await push({ label_studio_token: PERSONAL }), { sent: 0, known: 4 }, 'a second push sends nothing, with a personal token too')
  t.ok(studio.seen.some(line => line.endsWith(' Bearer')))
  await t.rejects(push({ label_studio_token: 'b'.repeat(40) }), { code: 'E_REMOTE', hint: /token/ })
  await t.rejects(push({ label_studio_project: 8 }), { code: 'E_REMOTE', message: /404/ })
  studio.redirectNext = true
  await t.rejects(push(), { code: 'E_REMOTE', message: /redirect/ }, 'a token follows no redirect')
  studio.failNext = 200
  await t.rejects(push(), { code: 'E_REMOTE', message: /not JSON/ })
  const config = studio.labelConfig
  studio.labelConfig = '<View><Image/></View>'
  await t.rejects(push(), { code: 'E_REMOTE', message: /tasks of another kind/ })
  studio.labelConfig = config

  annotate(studio.tasks[0]!, 'same', 'one mailbox', 3)
  annotate(studio.tasks[1]!, 'different', '', 3)
  const pull = ['resolve', 'review', 'pull', '--label-studio-url', studio.url, '--label-studio-project', '7', '--json']
  const env = { HOTPASS_LABEL_STUDIO_TOKEN: LEGACY }
  t.equal((await say(cwd, pull, { env })).exit, 5, 'closed unless it is opened')
  t.equal((await say(cwd, [...pull, '--allow-network'])).exit, 2, 'a token is needed')
  const told = await say(cwd, [...pull, '--allow-network'], { env })
  t.match(told.json, { same: 1, different: 1, faults_total: 0, decisions: 'decisions.jsonl' })
  const lines = readFileSync(join(cwd, 'decisions.jsonl'), 'utf8').trimEnd().split('\n').map(line => JSON.parse(line))
  t.match(lines, [{ decision: 'must-link', a: 'r2', b: 'r3', by: 'label-studio user 3', at: '2026-01-30T10:00:00Z', why: 'one mailbox', seen: { from: 'label-studio' } }, { decision: 'cannot-link' }])
  t.notMatch(told.err + told.out, LEGACY, 'the token is never told')
  t.match((await say(cwd, [...pull, '--allow-network'], { env })).json, { same: 0, different: 0, known: 2 }, 'again changes nothing')

  annotate(studio.tasks[1]!, 'same', '', 4)
  annotate(studio.tasks[2]!, 'same', '', 4)
  const against = await say(cwd, [...pull, '--allow-network'], { env })
  t.match(against, { exit: 2, json: { same: 0, faults: [{ message: /disagree/ }] } }, 'nothing is taken over where people disagree')
  t.match((await say(cwd, [...pull, '--allow-network', '--partial'], { env })).json, { same: 1, faults_total: 1 })
})

t.test('an answer that never ends, or never comes, is cut off', async t => {
  const { createServer } = await import('node:http')
  const { openNetwork } = await import('../../kernel/host/network.ts')
  const server = createServer((request, response) => {
    if (request.url === '/silent') return
    const more = (): void => void (response.write(Buffer.alloc(65_536)) ? setImmediate(more) : response.once('drain', more))
    more()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  const network = openNetwork(true, 'a test', new AbortController().signal, { seconds: 1, bytes: 1_000_000 })
  await t.rejects(network.request({ method: 'GET', url: `${url}/endless` }), { code: 'E_REMOTE', message: /more than/ })
  await t.rejects(network.request({ method: 'GET', url: `${url}/silent` }), { code: 'E_REMOTE', message: /did not answer within 1 seconds/ })
})
