import t from 'tap'
import type { NumberedDecision } from '../decisions/decision.ts'
import type { Grouped } from './assign.ts'
import { historyOf } from './history.ts'
import { keepRegistry } from './ledger.ts'
import { EMPTY_REGISTRY, readRegistry, registryCodec, type EntityRegistry } from './registry.ts'

const run = (number: number): { run_id: string; as_of: null } => ({ run_id: `run-${String(number).padStart(32, '0')}`, as_of: null })
const groups = (...lists: string[]): Grouped[] => lists.map(list => ({ records: list.split(' '), anchors: [] }))
const decided = (decision: 'must-link' | 'cannot-link', a: string, b: string): NumberedDecision => ({ decision, a, b, by: 'Thandi', at: '2026-01-31T09:00:00Z', why: 'different phone', line: 1 })

/** Runs one after the other; gives the ids of every run, and the last registry. */
function runs(...steps: (Grouped[] | [Grouped[], NumberedDecision[]])[]): { ids: string[][]; registry: EntityRegistry } {
  let registry = EMPTY_REGISTRY
  const ids = steps.map((step, at) => {
    const [list, decisions] = Array.isArray(step[0]) ? (step as [Grouped[], NumberedDecision[]]) : [step as Grouped[], []]
    const kept = keepRegistry(registry, list, decisions, run(at + 1))
    // What is kept is what a file would hold.
    registry = readRegistry(registryCodec.encode(kept.registry), 'entities.jsonl')
    return [...kept.ids]
  })
  return { ids, registry }
}

t.test('ids stay, whatever the order and however the records change', t => {
  const { ids, registry } = runs(groups('a b', 'c', 'd e'), groups('e d', 'c f', 'b a g'))
  t.same(ids[1], [ids[0]![2], ids[0]![1], ids[0]![0]])
  t.match(ids[0]![0], /^ent-[0-9a-f]{16}$/)
  t.equal(registry.generation, 2)
  t.same(registry.events, [])
  t.end()
})

t.test('where nothing changed the registry is the same to the byte', t => {
  const first = runs(groups('a b', 'c')).registry
  const again = keepRegistry(first, groups('c', 'b a'), [], run(9))
  t.same(registryCodec.encode(again.registry), registryCodec.encode(first))
  t.end()
})

t.test('a merge, and the one decision that undoes it', t => {
  const { ids, registry } = runs(groups('a b', 'c d e'), groups('a b c d e'), [groups('a b', 'c d e'), [decided('cannot-link', 'a', 'c')]])
  const [small, large] = ids[0]!
  t.same(ids[1], [large], 'the larger part gives the id')
  t.same(ids[2], [small, large], 'and both have their own ids back')
  const history = historyOf(registry, small!)!
  t.same(history.entries.map(({ what, other, count }) => [what, other, count]), [['appeared', null, 0], ['merged', large, 2], ['restored', large, 2]])
  t.match(history.entries[2]!.because, { decision: 'cannot-link', by: 'Thandi', why: 'different phone' })
  t.match(history.entries[2]!.run_id, /^run-0+3$/)
  t.same(historyOf(registry, large!)!.entries.map(({ what }) => what), ['appeared', 'took-in', 'gave-up'])
  t.equal(history.now, small)
  t.end()
})

t.test('the part that comes back does not take the other id by being larger', t => {
  const { ids } = runs(groups('a b', 'c d e'), groups('a b c d e'), groups('a b x y', 'c'))
  t.same(ids[2], ids[0])
  t.end()
})

t.test('a chain of merges comes apart again', t => {
  const { ids, registry } = runs(groups('a', 'b c', 'd e f'), groups('a b c', 'd e f'), groups('a b c d e f'), groups('a', 'b c', 'd e f'))
  t.same(ids[3], ids[0])
  t.equal(historyOf(registry, ids[0]![0]!)!.now, ids[0]![0])
  t.end()
})

t.test('splits, retirements, and ids that are never given twice', t => {
  const { ids, registry } = runs(groups('a b c'), groups('a', 'b c'), groups('b c'), groups('a', 'b c'))
  const [whole] = ids[0]!
  t.equal(ids[1]![1], whole, 'the larger part keeps the id')
  t.not(ids[1]![0], whole, 'although the new id comes from the record that the first id came from')
  t.equal(new Set(registry.entities.map(({ entity_id }) => entity_id)).size, registry.entities.length)
  t.same(registry.events.map(({ event, entity_id }) => [event, entity_id]), [['split', ids[1]![0]], ['retired', ids[1]![0]], ['restored', ids[1]![0]]])
  t.equal(ids[3]![0], ids[1]![0], 'a record that comes back has its entity back')
  t.end()
})

t.test('an entity whose records were all edited is known by what identifies it', t => {
  const anchored = (records: string, ...anchors: string[]): Grouped => ({ records: records.split(' '), anchors: anchors.map(anchor => anchor.repeat(12)) })
  const { ids, registry } = runs([anchored('a', '1', '2'), anchored('b', '3')], [anchored('a2', '1', '4'), anchored('b2', '5')])
  t.equal(ids[1]![0], ids[0]![0])
  t.not(ids[1]![1], ids[0]![1])
  t.same(registry.events.map(({ event }) => event).sort(), ['recognised', 'retired'])
  const twins = runs([anchored('a', '1')], [anchored('x', '1'), anchored('y', '1')])
  t.notOk(twins.ids[1]!.includes(twins.ids[0]![0]!), 'two bearers of one value are no proof')
  t.end()
})

t.test('a damaged registry is refused with its line', t => {
  const text = new TextDecoder().decode(registryCodec.encode(runs(groups('a')).registry))
  const bad: [string, RegExp][] = [['', /line 1 is missing/], [`${text}{`, /line 4 is not JSON/], [text.split('\n').slice(1).join('\n'), /line 1 is not the head/], [`${text}{"line":"entity"}\n`, /line 4 is no line/], [text + text.split('\n')[2], /line 4 names an entity twice/]]
  for (const [given, message] of bad) t.throws(() => readRegistry(new TextEncoder().encode(given), 'entities.jsonl'), { code: 'E_INPUT_UNREADABLE', message })
  t.end()
})
