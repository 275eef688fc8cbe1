/** `resolve explain`: why two records match or do not, or why a record's cluster is together and what would part it. */
import { extname, resolve } from 'node:path'
import { EXIT, HotpassError } from '../../kernel/error.ts'
import { columnOf, integersOf, tableOf, textAt } from '../../kernel/artifact/table.ts'
import { writeOutput } from '../../kernel/host/publish.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'
import { explainClusters, type ClusterLink } from '../../operators/explain/cluster.ts'
import { linkageReport } from '../../operators/explain/content.ts'
import { createShow, REVEALED } from '../../operators/explain/mask.ts'
import { pairExplainer, type Linkage, type PairExplanation } from '../../operators/explain/pair.ts'
import { waterfallSvg } from '../../operators/explain/pair-svg.ts'
import { linkagePage } from '../../operators/explain/page/page.ts'
import { STANDALONE_STYLE } from '../../operators/explain/page/style.ts'
import type { Identities } from '../../operators/identity/operator.ts'
import { shownPath } from '../config/workspace.ts'
import { didYouMean } from '../did-you-mean.ts'
import { configOf, piiFieldsOf } from '../pipeline/store.ts'
import { loadDecisions } from './decisions-file.ts'
import { artifactOfKind, decisionsPath, openLinkage, type LinkageSource } from './source.ts'

const MOST_SHOWN = 200

interface Opened extends LinkageSource {
  readonly piiFields: readonly string[]
  readonly identities: readonly string[] | null
}

async function open(input: JsonObject, host: CommandHost): Promise<Opened> {
  const source = await openLinkage(input, host)
  try {
    return { ...source, piiFields: piiFieldsOf(configOf(source.store, source.recorded.run)), identities: artifactOfKind<Identities>(source.store, source.recorded, 'identities')?.ids ?? null }
  } finally {
    source.store.close()
  }
}

/** Positions of records by id, from 0. Throws E_UNKNOWN_NAME. */
function recordsOf({ records }: Linkage, wanted: readonly string[]): readonly number[] {
  const table = tableOf(records, 'records')
  const { values, codes } = columnOf(table, '#id')!
  return wanted.map(id => {
    const code = values.indexOf(id) + 1
    const at = code === 0 ? -1 : codes.indexOf(code)
    if (at === -1) throw new HotpassError('E_UNKNOWN_NAME', `the linkage has no record ${id}`, { hint: didYouMean(id, new Set(values.slice(0, 20_000)), 'ids stand in the list of clusters') })
    return at
  })
}

/** Writes the waterfall as an SVG file of its own. */
async function drawing(input: JsonObject, host: CommandHost, pair: PairExplanation): Promise<string | null> {
  const wanted = input['svg'] as string | undefined
  if (wanted === undefined) return null
  if (extname(wanted).toLowerCase() !== '.svg') throw new HotpassError('E_USAGE', `--svg ${wanted} does not end in .svg`, { hint: 'give a name such as pair.svg' })
  const path = resolve(host.cwd, wanted)
  const shown = shownPath(path, host.cwd)
  const image = waterfallSvg('pair', pair).replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ').replace(/(<desc)/, `<style>${STANDALONE_STYLE}</style>$1`)
  await writeOutput({ path, shown }, new TextEncoder().encode(`${image}\n`))
  return shown
}

/** Throws E_UNKNOWN_NAME, E_USAGE, and what opening the linkage throws. */
export async function explainLinkage(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const { linkage, recorded, piiFields, identities } = await open(input, host)
  const [a, b] = [input['a'] as string, input['b'] as string | undefined]
  const base = { schema, run_id: recorded.run.identity.run_id, revealed: input['reveal'] === true }
  const table = tableOf(linkage.records, 'records')
  const ids = columnOf(table, '#id')!
  const idOf = (record: number): string => textAt(ids, record) ?? ''
  if (b !== undefined) {
    const [x, y] = recordsOf(linkage, [a, b]) as [number, number]
    if (x === y) throw new HotpassError('E_USAGE', 'both are the same record', { hint: 'give two records, or one to see its cluster' })
    const show = input['reveal'] === true ? REVEALED : createShow(linkage.records, table, [x, y], piiFields)
    const pair = pairExplainer(linkage, show)(x, y)
    const clusterOf = integersOf(tableOf(linkage.clusters, 'clusters'), 'cluster')
    const together = clusterOf[x] === clusterOf[y]
    const unseen = `no blocking rule brought these two together, or they weigh less than what is kept${together ? '; they are together through other records' : ''}`
    return { exit: EXIT.ok, result: { ...base, pair: (pair ?? null) as unknown as Json, cluster: null, note: pair === undefined ? unseen : '', svg: pair === undefined ? null : await drawing(input, host, pair) } }
  }
  const [record] = recordsOf(linkage, [a]) as [number]
  const number = integersOf(tableOf(linkage.clusters, 'clusters'), 'cluster')[record]!
  const [cluster] = explainClusters(linkage.clusters, [number]) as [ReturnType<typeof explainClusters>[number]]
  const link = ({ a: x, b: y, probability, weight, role }: ClusterLink): JsonObject => ({ a: idOf(x), b: idOf(y), probability, weight, role })
  const [first] = cluster.chain
  const rows = [...cluster.records.slice(0, MOST_SHOWN), ...(first === undefined ? [] : [first.a, first.b])]
  const show = input['reveal'] === true ? REVEALED : createShow(linkage.records, table, rows, piiFields)
  const weakest = first === undefined ? undefined : pairExplainer(linkage, show)(first.a, first.b)
  return {
    exit: EXIT.ok,
    result: {
      ...base,
      pair: null,
      cluster: {
        entity: identities?.[number - 1] ?? `cluster ${number}`,
        records: cluster.records.slice(0, MOST_SHOWN).map(idOf),
        size: cluster.records.length,
        links: cluster.links,
        equal: cluster.equal,
        holds_until: cluster.holds_until,
        chain: cluster.chain.slice(0, MOST_SHOWN).map(link),
        bridges: cluster.bridges.slice(0, MOST_SHOWN).map(bridge => ({ ...link(bridge), sides: [...bridge.sides] })),
        doubts: cluster.doubts.slice(0, MOST_SHOWN).map(link),
        weakest: (weakest ?? null) as unknown as Json
      },
      note: '',
      svg: weakest === undefined ? null : await drawing(input, host, weakest)
    }
  }
}

/** `resolve report`: the page of a linkage anew, with what was decided since, and with values as they are when asked. */
export async function reportLinkage(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const { linkage, recorded, request, piiFields, identities } = await open(input, host)
  const wanted = (input['to'] as string | undefined) ?? 'linkage.html'
  const ending = extname(wanted).toLowerCase()
  if (ending !== '.html' && ending !== '.json') throw new HotpassError('E_USAGE', `--to ${wanted} is neither a page nor JSON`, { hint: 'end it in .html or .json' })
  const reveal = input['reveal'] === true
  const { standing } = loadDecisions(decisionsPath(request, host))
  const runId = recorded.run.identity.run_id
  const { title } = (request.config.identity['report'] ?? {}) as { readonly title?: string }
  const report = linkageReport({ ...linkage, decisions: standing, entities: identities, title: title === undefined || title === 'Data quality report' ? 'Who is who' : title, runId, piiFields, reveal })
  const path = resolve(host.cwd, wanted)
  const shown = shownPath(path, host.cwd)
  const text = ending === '.html' ? linkagePage(report) : `${JSON.stringify(report, null, 1)}\n`
  await writeOutput({ path, shown }, new TextEncoder().encode(text), reveal ? { mode: 0o600 } : {})
  if (reveal) host.tell({ event: 'report.values', level: 'warning', message: `${shown} shows personal values as they are; only you can read it` })
  return { exit: EXIT.ok, result: { schema, run_id: runId, path: shown, revealed: reveal, records: report.records, entities: report.entities, review_open: report.review_open } }
}
