/** Fields of which a value of the entity had to be refused. */
import { integersOf, tableOf, textAt, type Frame } from '../../kernel/artifact/table.ts'
import type { EntitiesMeta, ValidMeta } from '../model/stages.ts'

const FLAG = 'invalid_'

/**
 * Tells whether a value of `target` was refused in a row of the entity (from 0). Known from the quarantine, and from
 * the flags that a refined dataset brought with it.
 */
export function refusedOf(valid: Frame<ValidMeta>, entities: Frame<EntitiesMeta>): (entity: number, target: string) => boolean {
  const { schema, group_order } = valid.meta
  const found = new Map<string, Set<number>>()
  const note = (target: string, entity: number): void => {
    const set = found.get(target)
    if (set === undefined) found.set(target, new Set([entity]))
    else set.add(entity)
  }
  const records = tableOf(valid, 'records')
  const entityOf = new Uint32Array(records.rows)
  const members = tableOf(entities, 'members')
  const memberEntities = integersOf(members, 'entity')
  const memberRecords = integersOf(members, 'record')
  for (let at = 0; at < members.rows; at++) entityOf[memberRecords[at]! - 1] = memberEntities[at]!

  const bad = refusedCells(valid)
  if (bad.size > 0) {
    for (const name of ['records', ...group_order]) {
      const table = tableOf(valid, name)
      const sources = integersOf(table, 'source')
      const rows = integersOf(table, 'row')
      const references = name === 'records' ? null : integersOf(table, 'record')
      for (let index = 0; index < table.rows; index++) {
        const targets = bad.get(sources[index]! * 0x1_0000_0000 + rows[index]!)
        const record = references === null ? index : references[index]! - 1
        if (targets === undefined || record < 0 || entityOf[record] === 0) continue
        for (const target of targets) note(target, entityOf[record]! - 1)
      }
    }
  }
  const flags = schema.fields.find(({ derive }) => derive !== undefined && 'score' in derive && derive.score === 'flags')
  const brought = flags === undefined ? undefined : records.columns.find(({ name }) => name === flags.name)
  if (brought !== undefined) {
    const refused = brought.values.map(value => value.split(/[;\u001f]/).map(flag => flag.trim()).filter(flag => flag.startsWith(FLAG)).map(flag => flag.slice(FLAG.length)))
    for (let record = 0; record < records.rows; record++) {
      const code = brought.codes[record]!
      if (code !== 0 && entityOf[record] !== 0) for (const target of refused[code - 1]!) note(target, entityOf[record]! - 1)
    }
  }
  return (entity, target) => found.get(target)?.has(entity) === true
}

function refusedCells(valid: Frame<ValidMeta>): ReadonlyMap<number, readonly string[]> {
  const quarantine = tableOf(valid, 'quarantine')
  const [level, field, severity] = ['level', 'field', 'severity'].map(name => quarantine.columns.find(column => column.name === name))
  const cells = new Map<number, string[]>()
  if (level === undefined || field === undefined || severity === undefined) return cells
  const sources = integersOf(quarantine, 'source')
  const rows = integersOf(quarantine, 'row')
  for (let at = 0; at < quarantine.rows; at++) {
    const target = textAt(field, at)
    if (textAt(level, at) !== 'cell' || textAt(severity, at) !== 'error' || target === null) continue
    const key = sources[at]! * 0x1_0000_0000 + rows[at]!
    const list = cells.get(key)
    if (list === undefined) cells.set(key, [target])
    else list.push(target)
  }
  return cells
}
