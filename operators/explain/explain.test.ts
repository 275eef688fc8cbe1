import t from 'tap'
import { tableOf } from '../../kernel/artifact/table.ts'
import { linkClusters, linkRecords, linkScores } from '../review/review.case.ts'
import { explainClusters } from './cluster.ts'
import { graphJson, graphMl, linkGraph } from './graph.ts'
import { createShow, REVEALED } from './mask.ts'
import { pairExplainer } from './pair.ts'
import { waterfallSvg } from './pair-svg.ts'
import { waterfallText } from './pair-text.ts'

const linkage = { records: linkRecords(), scores: linkScores(), clusters: linkClusters() }

t.test('a waterfall goes from the prior to the weight of the pair', t => {
  const pair = pairExplainer(linkage, REVEALED)(2, 0)!
  t.same([pair.a.id, pair.b.id, pair.weight, pair.probability, pair.role, pair.found_by], ['r1', 'r3', 1.5, 0.7388, 'review', 'email'])
  t.same(pair.steps.map(({ name, weight, sum }) => [name, weight, sum]), [['prior', -3.17, -3.17], ['name', 3.907, 0.737], ['email', -3.319, -2.582], ['town', 1.663, -0.919], ['email and town', -0.3, -1.219], ['rarity', 2.719, 1.5]])
  t.match(pair.verdict, /for a person to decide, between 70% and 90%/)
  t.equal(pairExplainer(linkage, REVEALED)(0, 5), undefined, 'what blocking left out has no waterfall')
  const text = waterfallText(pair, 100)
  t.match(text, /name +\+3\.9 .*similar/)
  t.ok(text.split('\n').every(line => line.length <= 110))
  const image = waterfallSvg('w1', pair)
  t.match(image, /^<svg .*73\.9% likely the same.*<\/svg>$/s)
  t.end()
})

t.test('values are masked unless they are revealed', t => {
  const show = createShow(linkage.records, tableOf(linkage.records, 'records'), [0, 1, 2, 3, 4, 5], [])
  const told = JSON.stringify([0, 1, 2, 3, 4].flatMap(x => [1, 2, 4].map(y => pairExplainer(linkage, show)(x, y))))
  t.notMatch(told, /Thandi|Mokoena|Sipho|Dube|heron|stilt/)
  t.match(told, /T••• M•••/)
  t.end()
})

t.test('a cluster tells what holds it and what would part it', t => {
  const [cluster] = explainClusters(linkClusters([1, 1, 1, 2, 3, 4]), [1])
  t.match(cluster, { records: [0, 1, 2], links: 1, holds_until: 0.9981, equal: 1, bridges: [{ a: 0, b: 1, sides: [2, 1] }], doubts: [{ role: 'review' }, { role: 'review' }] })
  t.end()
})

t.test('the graph is GraphML and JSON', t => {
  const graph = linkGraph(linkage, ['ent-1', 'ent-2', 'ent-3', 'ent-4', 'ent-5'])
  const text = graphMl({ nodes: [{ id: 'a<&"\u0001\n', source: '', cluster: 'x' }], edges: [] })
  t.match(text, /<data key="record">a&lt;&amp;&quot;\ufffd&#10;<\/data>/)
  t.equal(graphMl(graph).match(/<edge /g)!.length, 5)
  const json = JSON.parse(graphJson(graph)) as { nodes: { cluster: string }[]; edges: { a: string; role: string }[] }
  t.same([json.nodes.length, json.nodes[1]!.cluster, json.edges[0]!.a, json.edges[0]!.role], [6, 'ent-1', 'r1', 'match'])
  t.end()
})
