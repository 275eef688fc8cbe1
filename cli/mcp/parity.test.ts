/**
 * The command line and the tool are one product: for every registered command both give the same result and the same
 * record_hash. A command without an entry here fails the test, so that none is left out.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { JsonObject } from '../../kernel/types.ts'
import type { Command } from '../../kernel/registry/command.ts'
import { createRegistry, nameOf } from '../../kernel/registry/registry.ts'
import { registry } from '../commands/index.ts'
import { inputOf, outputOf, TEXT } from '../commands/properties.ts'
import { flagOf } from '../options.ts'
import { makeFolder, PROFILE, CLUBS, say } from '../workspace.case.ts'
import { openService, type OpenService } from './service.case.ts'
import { listingOf, toolsOf } from './tools.ts'

const CONFIG = "profile: clubs\nmcp: { policy: { tools: ['*'], read: [., data, golden], write: [., dist, golden], unmask: allow, replace: allow, match: allow, limits: { rows: 10000, bytes: 4194304 } } }\n"

/** Arguments for each command; several where one call does not say much. In this order, because later ones need the run. */
const CALLS: readonly (readonly [command: string, input: JsonObject])[] = [
  ['overview', {}],
  ['config show', {}],
  ['config explain', { key: 'report.title' }],
  ['config validate', {}],
  ['inspect', { files: ['data'], profile: 'clubs' }],
  ['run', { format: ['csv'] }],
  ['run', { format: ['csv', 'jsonl'], mode: 'best-effort', as_of: '2026-01-31' }],
  ['run', { input_dir: 'nowhere' }],
  ['runs list', { limit: 5 }],
  ['runs show', { run: 'latest' }],
  ['explain', { run: 'latest', row: '1' }],
  ['explain', { run: 'latest', row: '1', column: ['email'], reveal: true }],
  ['diff', { from: 'latest~1', to: 'latest' }],
  ['query', { sql: 'select * from data' }],
  ['query', { sql: 'selec' }],
  ['replay', { run: 'latest' }],
  ['doctor', { full: true }],
  ['bundle', { run: 'latest', output_path: 'dist/run.hotpass' }],
  ['init', { path: 'dist/new' }],
  ['contracts emit', { format: 'odcs' }],
  ['contracts validate', { data: 'data/clubs.csv', contract: 'clubs' }],
  ['entities list', {}],
  ['entities show', { entity: 'ent-0' }],
  ['entities history', { entity: 'ent-0' }],
  ['resolve review export', { to: 'dist/review.jsonl' }],
  ['resolve review import', { file: 'dist/none.xlsx' }],
  ['resolve review push', {}],
  ['resolve review pull', {}],
  ['qa', { target: 'profiles', dist_dir: 'dist/qa' }],
  ['golden check', { golden_dir: 'golden' }],
  ['golden update', { golden_dir: 'golden', cases: ['no-such'] }]
]

/** What differs between two executions of one thing: times, places of temporary folders, and the counters that grow. */
const OBSERVED: ReadonlySet<string> = new Set(['duration_ms', 'started_at', 'ended_at', 'observed', 'cpu_ms', 'memory_bytes', 'cost', 'ledger_head', 'details', 'seconds', 'store_exists'])

function settled(value: unknown, root: string): unknown {
  if (typeof value === 'string') return value.replaceAll(root, '<workspace>').replace(/^\d+ MB are free$/, '<n> MB are free').replace(/^\d+ lines?, one unbroken chain$/, '<n> lines, one unbroken chain')
  if (Array.isArray(value)) return value.map(item => settled(item, root))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([key]) => !OBSERVED.has(key)).map(([key, inner]) => [key, settled(inner, root)]))
}

/** As typed: what the arguments of the tool are on the command line. */
function typed(command: Command, input: JsonObject): string[] {
  const flags = Object.entries(input).filter(([property]) => !command.positionals.includes(property)).flatMap(([property, value]) => (typeof value === 'boolean' ? [`--${value ? '' : 'no-'}${flagOf(property)}`] : (Array.isArray(value) ? value : [value]).flatMap(item => [`--${flagOf(property)}`, String(item)])))
  const positionals = command.positionals.flatMap(property => (input[property] === undefined ? [] : Array.isArray(input[property]) ? input[property] : [input[property]]).map(String))
  return [...command.path, ...flags, ...positionals, '--json']
}

t.test('the command line and the tool give the same', { timeout: 300_000 }, async t => {
  const files = { 'hotpass.yaml': CONFIG, 'config/profiles/clubs.yaml': PROFILE, 'data/clubs.csv': CLUBS, 'golden/clubs/case.yaml': 'x: 1\n' }
  const [typedIn, calledIn] = [makeFolder(files), makeFolder(files)]
  // Both have a log of agents' calls, so that it can be asked for in both.
  const other = await openService(typedIn)
  await other.call('hotpass.runs.list')
  await other.close()
  const service: OpenService = await openService(calledIn)
  t.teardown(() => service.close())
  for (const [name, input] of CALLS) {
    const command = registry.find(name.split(' '))!
    const cli = await say(typedIn, typed(command, input))
    const tool = await service.call(`hotpass.${name.replaceAll(' ', '.')}`, input)
    const called = (tool.structuredContent ?? JSON.parse((tool.content[0] as { text: string }).text)) as JsonObject
    const [a, b] = [settled(called, calledIn), settled(cli.json, typedIn)] as JsonObject[]
    // The records of two executions tell other times, and the file of a bundle holds the records.
    if (name === 'bundle') for (const result of [a!, b!]) for (const key of ['bytes', 'hash']) delete (result as Record<string, unknown>)[key]
    t.same(a, b, `${name} ${JSON.stringify(input)}`)
    t.equal(tool.isError === true, cli.exit !== 0, 'both succeed or fail')
    if (cli.json?.record_hash !== undefined) t.equal(called['record_hash'], cli.json.record_hash, `${name}: record_hash`)
  }
  const tried = new Set(CALLS.map(([name]) => name))
  const rest = registry.commands.filter(command => command.effects.only_for === undefined && !tried.has(nameOf(command)))
  // A command that was added since is held to the same by a call without arguments: a result, or the same fault.
  for (const command of rest) {
    const cli = await say(typedIn, [...command.path, '--json'])
    const tool = await service.call(`hotpass.${command.path.map(word => word.replaceAll('-', '_')).join('.')}`, {})
    const called = (tool.structuredContent ?? JSON.parse((tool.content[0] as { text: string }).text)) as JsonObject
    const [a, b] = [settled(called, calledIn), settled(cli.json, typedIn)] as JsonObject[]
    if (tool.structuredContent === undefined) t.equal((a!['error'] as JsonObject)['exit'], cli.exit, `${nameOf(command)}: both refuse`)
    else t.equal(b!['schema'], a!['schema'], `${nameOf(command)}: both give a result`)
  }
  const outputs = (root: string): string[] => readdirSync(join(root, 'dist')).filter(name => statSync(join(root, 'dist', name)).isFile() && !name.endsWith('.hotpass')).sort()
  t.same(outputs(calledIn), outputs(typedIn))
  for (const name of outputs(typedIn)) t.ok(readFileSync(join(calledIn, 'dist', name)).equals(readFileSync(join(typedIn, 'dist', name))), `${name}: the same bytes`)
})

t.test('adding a command adds the tool, its schema and its words', t => {
  const added: Command = {
    path: ['flock', 'count'],
    aliases: [],
    summary: 'Count a flock',
    description: 'Every bird once.',
    input: inputOf({ bird: { type: 'string', enum: ['heron', 'stilt'], description: 'Which bird.', default: 'heron' } }),
    output: outputOf('flock-count-result', 1, { bird: TEXT }),
    effects: { reads: [], writes: ['outputs'], network: true, destructive: true },
    positionals: [],
    letters: {},
    examples: [],
    run: async () => ({ exit: 0, result: {} })
  }
  const tool = toolsOf(createRegistry([...registry.commands, added])).get('hotpass.flock.count')!
  const listing = listingOf(tool) as Record<string, any>
  t.match(listing, { name: 'hotpass.flock.count', title: 'Count a flock', inputSchema: { additionalProperties: false, properties: { bird: { enum: ['heron', 'stilt'], description: 'Which bird. Default: heron.' } } }, outputSchema: { properties: { bird: { type: 'string' } } } })
  t.match(listing['annotations'], { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true })
  t.match(listing['description'], /^Count a flock\. Every bird once\. Effects: .*may use the network, which a person has to approve; may replace files/)
  for (const { command, ...other } of toolsOf(registry).values()) {
    const { annotations } = listingOf({ command, ...other }) as Record<string, any>
    t.equal(annotations.readOnlyHint, command.effects.writes.length === 0 && !command.effects.network, other.name)
    t.equal(annotations.openWorldHint, command.effects.network)
  }
  t.end()
})

