/**
 * The operator `match`: which records are one entity. Deterministic keys only: two records are one when a key that
 * the profile lists is equal. Nothing is merged on a guess, and a key never overrules two identifiers that differ.
 */
import { integersOf, tableOf, type Frame } from '../../kernel/artifact/table.ts'
import type { Operator } from '../../kernel/types.ts'
import type { ValidMeta } from '../model/stages.ts'
import { createClusters, type Clusters } from './clusters.ts'
import type { LinkDecisions } from '../linkage/stages.ts'
import { decidedPairs } from './decided.ts'
import { framed, type Link } from './framed.ts'
import { aliasGroups, equalGroups, keyColumn, keyGroups, type AliasGroup, type KeyGroup } from './keys.ts'
import { strongIdentifiers } from './strong.ts'

/** Takes up groups and joins what may be joined. */
interface Joiner {
  group(group: KeyGroup, rule: string): void
  alias(group: AliasGroup, rule: string): void
}

function createJoiner(clusters: Clusters, identifiers: readonly unknown[], links: Link[], contradicted: (rule: string, records: readonly number[]) => void): Joiner {
  function chain(records: readonly number[], rule: string, value: string): void {
    // Where people keep some of them apart, each joins the first part that it may.
    const parts = [records[0]!]
    for (let at = 1; at < records.length; at++) {
      const record = records[at]!
      const part = parts.find(first => !clusters.apart(first, record))
      if (part === undefined) parts.push(record)
      else if (clusters.join(part, record)) links.push({ a: part + 1, b: record + 1, rule, value })
    }
  }
  function agrees(records: readonly number[]): boolean {
    return identifiers.every((_, field) => new Set(records.map(record => clusters.identifier(field, record)).filter(code => code !== 0)).size <= 1)
  }
  return {
    group({ value, records }, rule) {
      if (agrees(records)) return chain(records, rule, value)
      contradicted(rule, records)
      // Only those whose identifiers are the same go together; those without any are apart from all that have one.
      const parts = new Map<string, number[]>()
      for (const record of records) {
        const bears = identifiers.map((_, field) => clusters.identifier(field, record)).join(' ')
        const part = parts.get(bears)
        if (part === undefined) parts.set(bears, [record])
        else part.push(record)
      }
      for (const part of parts.values()) chain(part, rule, value)
    },
    alias({ value, legals, tradings }, rule) {
      const whole = (records: readonly number[]): boolean => records.every(record => clusters.find(record) === clusters.find(records[0]!))
      if (!whole(legals) || !whole(tradings)) return
      if (!clusters.compatible(legals[0]!, tradings[0]!)) return contradicted(rule, [...legals, ...tradings])
      const [a, b] = legals[0]! < tradings[0]! ? [legals[0]!, tradings[0]!] : [tradings[0]!, legals[0]!]
      chain([a, b], rule, value)
    }
  }
}

export const operator: Operator = {
  id: 'match',
  version: '1.0.0',
  summary: 'Finds the records that are one entity, by the keys that the profile lists',
  inputs: { valid: { kind: 'valid' }, decisions: { kind: 'link-decisions', optional: true } },
  outputs: { clusters: { kind: 'clusters' } },
  config: ['refine.merge'],
  entropy: ['none'],
  run(inputs, config, context) {
    const valid = inputs['valid']![0]!.value as Frame<ValidMeta>
    const { schema } = valid.meta
    const records = tableOf(valid, 'records')
    const ok = integersOf(records, 'ok')
    const listed = config.refine.merge.keys as readonly string[]
    const keys = listed.length > 0 ? listed : schema.merge_keys
    const identifiers = strongIdentifiers(valid)
    const decided = decidedPairs(inputs['decisions']?.[0]?.value as LinkDecisions | undefined, valid, context)
    const clusters = createClusters(records.rows, identifiers, decided.cannotLink)
    const links: Link[] = []
    // What people say goes before every key, and beats identifiers that differ.
    for (const [a, b] of decided.mustLink) if (ok[a] === 1 && ok[b] === 1 && clusters.join(a, b)) links.push({ a: a + 1, b: b + 1, rule: 'decision', value: '' })
    const against = new Map<string, { groups: number; records: number; cells: string[] }>()
    const sources = integersOf(records, 'source')
    const rows = integersOf(records, 'row')
    const joiner = createJoiner(clusters, identifiers, links, (rule, group) => {
      const found = against.get(rule) ?? { groups: 0, records: 0, cells: [] }
      found.groups++
      found.records += group.length
      for (const record of group) if (found.cells.length < 20) found.cells.push(`${valid.meta.sources[sources[record]! - 1]?.table ?? ''}!${rows[record]}`)
      against.set(rule, found)
    })
    const aliasFields = (key: string): readonly string[] => schema.fields.filter(({ derive }) => derive !== undefined && 'alias_of' in derive && derive.alias_of === key).map(({ name }) => name)
    for (const key of keys) {
      if (key === '*') for (const group of equalGroups(records, schema.fields, ok)) joiner.group(group, '*')
      else for (const group of keyGroups(records, key, ok)) joiner.group(group, key)
    }
    for (const key of keys) {
      if (keyColumn(records, key)?.name !== `${key}#key`) continue
      for (const group of aliasGroups(records, key, aliasFields(key), ok)) joiner.alias(group, `${key}#alias`)
    }
    for (const [rule, { groups, records: count, cells }] of against) {
      context.diagnose({ code: 'MATCH_CONTRADICTED', severity: 'warning', message: `${groups} group(s) of records share ${rule} but differ in an identifier, and stay apart`, details: { rule, groups, records: count, rows: cells } })
    }
    return { clusters: framed(records.rows, ok, clusters, links) }
  }
}
