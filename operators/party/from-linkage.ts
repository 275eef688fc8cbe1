/** The party store of a linkage: each cluster is a party, under the names that its records give it. */
import { columnOf, integersOf, itemsOf, tableOf, textAt, type Frame } from '../../kernel/artifact/table.ts'
import type { LinkClustersMeta, LinkRecordsMeta, LinkType } from '../linkage/stages.ts'
import { organisationKey } from '../model/name-key.ts'
import { createPartyCollector, type PartyStore, type Row } from './collect.ts'

const METHODS: { readonly [type in LinkType | 'ignored']?: 'email' | 'phone' | 'website' | 'physical_address' } = { email: 'email', phone: 'phone', url: 'website', address: 'physical_address' }
const PERSON: ReadonlySet<string> = new Set(['given-name', 'family-name', 'person-name'])

/** `ids` are the ids of the clusters, by number less one; null where no registry is kept. `file` is the input, as it was named. */
export function partiesOfLinkage(records: Frame<LinkRecordsMeta>, clusters: Frame<LinkClustersMeta>, ids: readonly string[] | null, file: string): PartyStore {
  const table = tableOf(records, 'records')
  const collector = createPartyCollector()
  const { fields } = records.meta
  const organisation = fields.find(({ type }) => type === 'organisation-name')
  const names = organisation === undefined ? fields.filter(({ type }) => PERSON.has(type)) : [organisation]
  // Where no column is a name, the first that is compared says what the party is.
  const naming = names.length > 0 ? names : fields.filter(({ type }) => type !== 'ignored').slice(0, 1)
  const kind = organisation === undefined && names.length > 0 ? ('person' as const) : ('organisation' as const)
  const ordered = [...naming].sort((a, b) => (a.type === 'family-name' ? 1 : 0) - (b.type === 'family-name' ? 1 : 0))
  const [idColumn, sourceColumn, rows] = [columnOf(table, '#id')!, columnOf(table, '#source'), integersOf(table, 'row')]
  const nameOf = (record: number): string => ordered.map(({ name }) => textAt(columnOf(table, name)!, record) ?? '').filter(text => text !== '').join(' ')
  const keyOf = (name: string): string => (kind === 'organisation' ? organisationKey(name) : name.replace(/\s+/g, ' ').trim().toLowerCase())
  const rowOf = (record: number): Row => ({ source: (sourceColumn === undefined ? null : textAt(sourceColumn, record)) ?? '', file, sheet: '', row: rows[record]!, record_id: textAt(idColumn, record) ?? '' })

  const methods = fields.flatMap(({ name, type }) => (METHODS[type] === undefined ? [] : [{ column: columnOf(table, name)!, method: METHODS[type] }]))
  const members: number[][] = []
  integersOf(tableOf(clusters, 'clusters'), 'cluster').forEach((cluster, record) => void (members[cluster - 1] ??= []).push(record))
  members.forEach((own, cluster) => {
    const written = own.map(nameOf)
    const display = mostFrequent(written.filter(name => name !== ''))
    const normalized = keyOf(display)
    const party = collector.party({ kind, identity: [normalized, ...own.map(record => textAt(idColumn, record) ?? '').sort()], display_name: display, normalized_name: normalized, country_code: null, entity_id: ids?.[cluster] ?? null }, own.map(rowOf))
    const best = new Map(methods.map(({ column, method }) => [method, mostFrequent(own.flatMap(record => itemsOf(textAt(column, record))))]))
    own.forEach((record, at) => {
      if (written[at] !== '') collector.alias(party, written[at]!, keyOf(written[at]!) === normalized ? 'legal' : 'historic', [rowOf(record)])
      for (const { column, method } of methods) for (const item of itemsOf(textAt(column, record))) collector.contact(party, method, item, best.get(method) === item, [rowOf(record)])
    })
  })
  return collector.finish()
}

/** The text that stands most often; of several the longest, then the first by code unit. */
function mostFrequent(texts: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].sort(([a, x], [b, y]) => y - x || b.length - a.length || (a < b ? -1 : 1))[0]?.[0] ?? ''
}
