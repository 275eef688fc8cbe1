/** Maps the columns of one table, before it is known what the table is. */
import type { Column, Table } from '../../kernel/artifact/table.ts'
import type { Sheet } from '../../schemas/generated/profile.ts'
import { evidenceOf } from '../model/evidence.ts'
import { headerKey } from '../model/header.ts'
import type { TableShape } from '../model/stages.ts'
import { assign, type Assignment } from './assign.ts'
import { headerCandidates, kinshipCandidates, poolKey, valueCandidates, type Candidate, type Subject, type ValuePool } from './candidates.ts'
import { OWN_NAME, type Target, type Targets } from './targets.ts'
import { regionShare } from './region.ts'
import type { Written } from './written.ts'

/** A table under study, with what its columns mean so far. */
export interface Study {
  readonly file: string
  readonly shape: TableShape
  readonly table: Table
  readonly pins: Sheet | undefined
  readonly written: Written
  readonly subjects: readonly Subject[]
  columns: Assignment[]
  /** Index of the column that holds the key, or -1. */
  key: number
}

/** The study of a table. Columns that hold nothing are studied too: their header may still name a field. */
export function studyOf(file: string, shape: TableShape, table: Table, pins: Sheet | undefined, written: Written): Study {
  const subjects = shape.columns.map(({ letter, header }, index): Subject => {
    const column: Column = table.columns[index]!
    return { letter, header, column, evidence: evidenceOf(column) }
  })
  return { file, shape, table, pins, written, subjects, columns: [], key: -1 }
}

/** What the profile pins: header, or `[letter]`, to target. */
function pinned(study: Study, targets: Targets): Map<number, Assignment | 'key'> {
  const out = new Map<number, Assignment | 'key'>()
  const pins = study.pins?.columns
  if (pins === undefined) return out
  const byHeader = new Map(Object.keys(pins).map(name => [headerKey(name), pins[name]!]))
  study.subjects.forEach((subject, index) => {
    const letter = `[${subject.letter}]`
    const found = Object.hasOwn(pins, letter) ? pins[letter] : subject.header === '' ? undefined : Object.hasOwn(pins, subject.header) ? pins[subject.header] : byHeader.get(headerKey(subject.header))
    if (found === undefined) return
    if (found === null) out.set(index, { target: null, confidence: 1, reason: 'the profile keeps this column as an extra' })
    else if (found === 'key') out.set(index, 'key')
    else {
      const target = targets.all.find(each => each.id === found) ?? partOf(targets, found)
      out.set(index, target === undefined ? { target: null, confidence: 0, reason: `the profile names ${found}, which is no field` } : { target, confidence: 1, reason: 'the profile says so' })
    }
  })
  return out
}

function partOf(targets: Targets, id: string): Target | undefined {
  const slash = id.indexOf('/')
  const base = slash < 0 ? undefined : targets.all.find(each => each.id === id.slice(0, slash))
  return base === undefined ? undefined : { ...base, id, several: true }
}

/** First pass: pins, names, synonyms, similarity and values. Columns without a header wait for the second, unless their values speak for themselves. */
export function mapByHeader(study: Study, targets: Targets, country: string): void {
  const { subjects, written } = study
  const taken = new Map<number, Assignment>()
  for (const [index, found] of pinned(study, targets)) {
    if (found === 'key') {
      study.key = index
      taken.set(index, { target: null, confidence: 1, reason: 'the profile says that this is the key' })
    } else taken.set(index, found)
  }
  if (study.key < 0 && written === null) study.key = findKey(study, targets, taken)
  if (study.key >= 0 && !taken.has(study.key)) taken.set(study.key, { target: null, confidence: 0.95, reason: 'the header is a known name of the key' })
  const candidates = subjects.map((subject, index): readonly Candidate[] => {
    if (taken.has(index)) return []
    if (written !== null) return ownCandidates(subject, targets, written)
    const byHeader = headerCandidates(subject, targets)
    const best = byHeader.reduce((most, each) => Math.max(most, each.confidence), 0)
    return best >= 0.6 ? byHeader : [...byHeader, ...valueCandidates(subject, targets)]
  })
  study.columns = assign(subjects, candidates, taken)
  if (written === null) mapRegions(study, targets, country, taken)
}

/** A column of free text whose values are provinces or states holds the region, whatever it is called, unless another column does. */
function mapRegions(study: Study, targets: Targets, country: string, taken: ReadonlyMap<number, Assignment>): void {
  const target = targets.all.find(each => each.group === '' && each.field.type === 'region')
  if (target === undefined || study.columns.some(column => column.target === target)) return
  let best = -1
  let most = 0.6
  study.columns.forEach((column, index) => {
    if (taken.has(index) || (column.target !== null && (column.target.group !== '' || (column.target.field.type ?? 'text') !== 'text'))) return
    const share = regionShare(study.subjects[index]!.evidence, country)
    if (share < most || (share === most && best >= 0)) return
    best = index
    most = share
  })
  if (best >= 0) study.columns[best] = { target, confidence: 0.5 + 0.35 * most, reason: `${Math.round(most * 100)} % of the values are names or codes of regions` }
}

/** In what Hotpass wrote, a column means what its name says and nothing else. */
function ownCandidates(subject: Subject, targets: Targets, written: Written): Candidate[] {
  const key = headerKey(subject.header)
  const out: Candidate[] = []
  for (const target of targets.all) {
    const confidence = target.names.get(key) ?? 0
    const isMember = written?.kind === 'group' && target.group === written.group && !target.id.includes('/') && headerKey(target.field.name) === key
    const isField = confidence === OWN_NAME && target.group === ''
    if (isMember || isField) out.push({ target, confidence: 1, reason: isMember ? 'the header is the name of a field of the group' : "the header is the field's name" })
  }
  return out
}

function findKey(study: Study, targets: Targets, taken: ReadonlyMap<number, Assignment>): number {
  let best = -1
  study.subjects.forEach((subject, index) => {
    if (taken.has(index) || subject.header === '' || !targets.key.has(headerKey(subject.header))) return
    // A field of that very name is what the profile wants the column to be.
    if (targets.all.some(target => target.group === '' && target.names.get(headerKey(subject.header)) === OWN_NAME)) return
    if (best < 0 || subject.evidence.filled > study.subjects[best]!.evidence.filled) best = index
  })
  return best
}

/** The values that columns with a telling header hold, per target whose values are told by kinship. */
export function poolsOf(studies: readonly Study[]): ValuePool[] {
  const pools = new Map<string, ValuePool>()
  for (const study of studies) {
    study.columns.forEach(({ target, confidence }, index) => {
      if (target === null || confidence < 0.8 || target.picks || study.subjects[index]!.header === '') return
      const { type, multiple } = target.field
      if (multiple === true || (type !== 'organisation-name' && type !== 'region' && type !== 'country' && type !== 'category' && type !== 'person-name')) return
      if (target.id.includes('/')) return
      const pool = pools.get(target.id) ?? { target, values: new Set<string>() }
      pools.set(target.id, pool)
      for (const value of study.subjects[index]!.column.values) {
        if (pool.values.size >= 50_000) break
        const key = poolKey(target, value)
        if (key.length > 1) pool.values.add(key)
      }
    })
  }
  return [...pools.values()]
}

/** Second pass: columns without a header, by the company that their values keep. */
export function mapByValues(study: Study, targets: Targets, pools: readonly ValuePool[]): void {
  if (study.written !== null || study.subjects.every(subject => subject.header !== '')) return
  const headerless = study.shape.header_rows.length === 0
  const taken = new Map<number, Assignment>()
  study.columns.forEach((column, index) => {
    if (column.target !== null || study.subjects[index]!.header !== '' || index === study.key) taken.set(index, column)
  })
  const candidates = study.subjects.map((subject, index): readonly Candidate[] => {
    if (taken.has(index)) return []
    const before = study.subjects[index - 1]
    const neighbour = study.columns[index - 1]?.target ?? null
    if (!headerless) return before === undefined || neighbour === null ? [] : continuation(subject, before, neighbour)
    return kinshipCandidates(subject, targets, pools)
  })
  study.columns = assign(study.subjects, candidates, taken)
}

/** A nameless column right of an address, filled only where the address is, is more of the address. */
function continuation(subject: Subject, before: Subject, neighbour: Target): Candidate[] {
  if (neighbour.field.type !== 'address' || !neighbour.several || subject.evidence.share.text < 0.8) return []
  let together = 0
  let filled = 0
  for (let row = 0; row < subject.column.codes.length; row++) {
    if (subject.column.codes[row] === 0) continue
    filled++
    if (before.column.codes[row] !== 0) together++
  }
  return filled > 0 && together / filled >= 0.7 ? [{ target: neighbour, confidence: 0.6, reason: 'has no name, and continues the address on its left' }] : []
}
