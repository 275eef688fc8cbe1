/** Fields that are computed when no column gives them: trading names, country, status, constants, slugs, lineage. */
import { createColumnBuilder } from '../../kernel/artifact/builder.ts'
import { columnOf, integersOf, ITEM_SEPARATOR, tableOf, textAt, type Column } from '../../kernel/artifact/table.ts'
import type { Field } from '../../schemas/generated/profile.ts'
import { organisationKey } from '../model/name-key.ts'
import { derivationOf, type Merged, type Merging } from './fields.ts'
import { lineageOf, unionOf } from './lineage.ts'
import { provenanceWriter } from './provenance.ts'
import { uniqueSlugs } from './slug.ts'

/** The column with its empty cells filled by `text`, which gets the entity (from 0) and may leave it empty. */
function fillEmpty(column: Column, text: (entity: number) => string | null): Column {
  const builder = createColumnBuilder(column.name, column.codes.length)
  for (let entity = 0; entity < column.codes.length; entity++) builder.push(textAt(column, entity) ?? text(entity))
  return builder.finish()
}

/** Trading names from the names of all records of the entity, each once and never the name itself. */
function aliasColumn(field: Field, of: string, merged: ReadonlyMap<string, Merged>, { valid, roster }: Merging): Column {
  const aliases = columnOf(tableOf(valid, 'records'), `${of}#alias`)
  const given = merged.get(field.name)!.column
  if (aliases === undefined) return given
  const names = merged.get(of)?.column
  const builder = createColumnBuilder(field.name, roster.entities)
  const keys = new Map<string, string>()
  const keyOf = (text: string): string => {
    let key = keys.get(text)
    if (key === undefined) keys.set(text, (key = organisationKey(text)))
    return key
  }
  for (let entity = 0; entity < roster.entities; entity++) {
    const before = textAt(given, entity)
    const items = before === null ? [] : before.split(ITEM_SEPARATOR)
    const name = names === undefined ? null : textAt(names, entity)
    let known: Set<string> | null = null
    for (let at = roster.offsets[entity]!; at < roster.offsets[entity + 1]!; at++) {
      const text = textAt(aliases, roster.records[at]!)
      if (text === null || (field.multiple !== true && items.length > 0)) continue
      known ??= new Set([...items, ...(name === null ? [] : [name])].map(keyOf))
      for (const alias of text.split(ITEM_SEPARATOR)) {
        if (known.has(keyOf(alias)) || (field.multiple !== true && items.length > 0)) continue
        known.add(keyOf(alias))
        items.push(alias)
      }
    }
    builder.push(items.length === 0 ? null : items.join(ITEM_SEPARATOR))
  }
  return builder.finish()
}

/** Computes what needs no order: trading names, countries, constants, then the statuses of finished fields. */
export function deriveValues(merged: Map<string, Merged>, merging: Merging, countryOf: (region: string, home: string | undefined) => string | null): void {
  const { schema } = merging.valid.meta
  const replace = (field: Field, column: Column): void => void merged.set(field.name, { ...merged.get(field.name)!, column })
  for (const field of schema.fields) {
    const alias = derivationOf(field, 'alias_of')
    const country = derivationOf(field, 'country_of')
    if (alias !== undefined) replace(field, aliasColumn(field, alias.alias_of, merged, merging))
    if (country !== undefined) {
      const regions = merged.get(country.country_of)?.column
      if (regions !== undefined) {
        const home = schema.fields.find(({ name }) => name === country.country_of)?.country
        const countries = regions.values.map(value => countryOf(value.split(ITEM_SEPARATOR, 1)[0]!, home))
        replace(field, fillEmpty(merged.get(field.name)!.column, entity => (regions.codes[entity] === 0 ? null : countries[regions.codes[entity]! - 1]!)))
      }
    }
    if (field.constant !== undefined) replace(field, fillEmpty(merged.get(field.name)!.column, () => field.constant!))
  }
  for (const field of schema.fields) {
    const status = derivationOf(field, 'status_of')
    if (status === undefined) continue
    const of = merged.get(status.status_of)?.column
    replace(field, fillEmpty(merged.get(field.name)!.column, entity => (of === undefined || of.codes[entity] === 0 ? null : 'unknown')))
  }
}

/** Slugs of the entities in their final order; what the input brought is kept. */
export function deriveSlugs(merged: Map<string, Merged>, merging: Merging, order: Uint32Array): void {
  const { schema } = merging.valid.meta
  for (const field of schema.fields) {
    const slug = derivationOf(field, 'slug')
    if (slug === undefined) continue
    const given = merged.get(field.name)!
    const names = merged.get(slug.slug)?.column
    const slugs = uniqueSlugs(Array.from(order, entity => textAt(given.column, entity)), Array.from(order, entity => (names === undefined ? null : textAt(names, entity))), schema.entity)
    const byEntity = new Array<string>(order.length)
    order.forEach((entity, at) => {
      byEntity[entity] = slugs[at]!
    })
    const builder = createColumnBuilder(field.name, order.length)
    for (const text of byEntity) builder.push(text)
    merged.set(field.name, { column: builder.finish(), winners: given.winners })
  }
}

/** Names of sources beyond those of an entity's records: of satellite rows that joined from elsewhere. */
function satelliteSources({ valid, roster }: Merging, brought: Column | undefined): ReadonlyMap<number, ReadonlySet<string>> {
  const records = tableOf(valid, 'records')
  const recordSources = integersOf(records, 'source')
  const found = new Map<number, Set<string>>()
  const { sources } = valid.meta
  for (const name of valid.meta.group_order) {
    const table = tableOf(valid, name)
    const ok = integersOf(table, 'ok')
    const references = integersOf(table, 'record')
    const memberSources = integersOf(table, 'source')
    for (let at = 0; at < table.rows; at++) {
      const record = references[at]! - 1
      if (ok[at] === 0 || record < 0 || roster.entityOf[record] === 0 || memberSources[at] === recordSources[record]) continue
      if (brought !== undefined && brought.codes[record] !== 0) continue
      const label = sources[memberSources[at]! - 1]!.name
      if (label === sources[recordSources[record]! - 1]!.name) continue
      const entity = roster.entityOf[record]! - 1
      found.set(entity, (found.get(entity) ?? new Set<string>()).add(label))
    }
  }
  return found
}

/** Sources, ids and provenance. Lineage that a refined dataset brought takes the place of the dataset's own rows. */
export function deriveLineage(merged: Map<string, Merged>, merging: Merging): void {
  const { valid, roster } = merging
  const { schema, sources } = valid.meta
  const records = tableOf(valid, 'records')
  const lineage = lineageOf(records, sources)
  for (const field of schema.fields) {
    const kind = derivationOf(field, 'lineage')?.lineage
    if (kind === undefined) continue
    const brought = columnOf(records, field.name)
    const bring = (record: number): string | null => (brought === undefined ? null : textAt(brought, record))
    const builder = createColumnBuilder(field.name, roster.entities)
    const satellites = kind === 'datasets' ? satelliteSources(merging, brought) : new Map<number, ReadonlySet<string>>()
    const provenance = kind === 'provenance' ? provenanceWriter(merged, merging, lineage, bring) : null
    for (let entity = 0; entity < roster.entities; entity++) {
      if (provenance !== null) {
        builder.push(provenance(entity))
        continue
      }
      const from = roster.offsets[entity]!
      const own = kind === 'datasets' ? lineage.sourceOf : lineage.idOf
      const more = satellites.get(entity)
      if (roster.offsets[entity + 1]! - from === 1 && more === undefined) builder.push(bring(roster.records[from]!) ?? own(roster.records[from]!))
      else {
        const text = unionOf(roster.records.subarray(from, roster.offsets[entity + 1]), bring, own)
        builder.push(more === undefined ? text : [...new Set([...text.split(ITEM_SEPARATOR), ...more])].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join(ITEM_SEPARATOR))
      }
    }
    merged.set(field.name, { column: builder.finish(), winners: new Uint32Array(roster.entities) })
  }
}
