/** Decides what the rows of each table are: entities, satellites of one, or neither. */
import type { Field } from '../../schemas/generated/profile.ts'
import { headerWords } from '../model/header.ts'
import { organisationKey } from '../model/name-key.ts'
import type { Source } from '../model/stages.ts'
import type { Targets } from './targets.ts'
import type { Study } from './table.ts'

export interface Role {
  readonly role: Source['role']
  readonly group: string
  readonly reason: string
  /** For a table that is set aside: it was recognised as something other than a list of entities. */
  readonly recognised?: boolean
}

/** What a table's columns add up to. */
interface Summary {
  readonly study: Study
  readonly name: boolean
  readonly nameRepeats: boolean
  readonly key: boolean
  readonly slug: boolean
  /** Mapped columns per group. */
  readonly groups: ReadonlyMap<string, number>
  readonly groupColumns: number
  /** Mapped columns that feed the entity, besides its name. */
  readonly ownColumns: number
  readonly unmapped: number
  /** Every row has a key of its own; a zero is what a broken lookup leaves. */
  readonly numbers: boolean
  /** Words in headers and in the sheet's name say that it lists orders, payments or issues. */
  readonly ledger: boolean
}

const LEDGER_WORDS = new Set(
  'order orders invoice invoices amount qty quantity total payment payments transaction transactions price debit credit balance paid severity issue issues bestellung rechnung betrag menge facture montant commande factuur bestelling bedrag'.split(' ')
)

function profileOf(study: Study, identity: Field | null, slug: Field | null): Summary {
  const groups = new Map<string, number>()
  const own = new Set<string>()
  let unmapped = 0
  let name = false
  let nameRepeats = false
  let hasSlug = false
  let words = 0
  study.columns.forEach(({ target }, index) => {
    const { evidence, header } = study.subjects[index]!
    if (headerWords(header).some(word => LEDGER_WORDS.has(word))) words++
    if (evidence.filled === 0 || index === study.key) return
    if (target === null) unmapped++
    else if (target.group !== '') groups.set(target.group, (groups.get(target.group) ?? 0) + 1)
    else if (target.field === identity) {
      name = true
      nameRepeats = evidence.distinct < evidence.filled * 0.7
    } else if (target.field === slug) hasSlug = true
    else if (!target.recomputed) own.add(target.id)
  })
  // A sheet is named after what it lists.
  if (headerWords(study.shape.sheet).some(word => LEDGER_WORDS.has(word))) words += 2
  const groupColumns = [...groups.values()].reduce((sum, count) => sum + count, 0)
  const key = study.key < 0 ? null : study.subjects[study.key]!.evidence
  const numbers = key !== null && key.filled >= study.table.rows * 0.9 && key.distinct >= key.filled * 0.95 && key.share.error === 0 && !key.sample.includes('0')
  return { study, name, nameRepeats, key: key !== null && key.filled > 0, slug: hasSlug, groups, groupColumns, ownColumns: own.size, unmapped, numbers, ledger: words >= 2 }
}

function mainGroup({ groups }: Summary): string {
  let best = ''
  let most = 0
  for (const [group, count] of groups) {
    if (count <= most) continue
    best = group
    most = count
  }
  return best
}

const LEDGER = 'a list of orders, payments or issues, not of entities'
const aside = (reason: string): Role => ({ role: 'set-aside', group: '', reason })
const recognised = (reason: string): Role => ({ ...aside(reason), recognised: true })

/** Most columns and rows of a list of codes, and most characters of a code. */
const CODES = { columns: 3, rows: 1000, characters: 12 }

/** Whether a table says what codes mean: short, narrow, and one of its columns holds short values that never repeat. */
function isCodeList({ table, subjects }: Study): boolean {
  const filled = subjects.filter(({ evidence }) => evidence.filled > 0)
  if (filled.length < 2 || filled.length > CODES.columns || table.rows > CODES.rows) return false
  if (filled.some(({ evidence: { share } }) => share.email + share.url + share.phone > 0.2)) return false
  return filled.some(({ evidence: { filled: cells, distinct, sample } }) => cells === table.rows && distinct === cells && sample.every(text => text.length <= CODES.characters && !text.includes(' ')))
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`
}

/** Most names of the primary table that are compared. */
const NAMES_COMPARED = 20_000

/** Whether most of a table's names are names of the primary table too. */
function knowsNames(table: Summary, primary: Summary, identity: Field | null): boolean {
  const names = (of: Summary) => of.study.subjects[of.study.columns.findIndex(({ target }) => target !== null && target.group === '' && target.field === identity)]
  const own = names(table)
  const theirs = names(primary)
  if (own === undefined || theirs === undefined) return false
  const known = new Set(theirs.column.values.slice(0, NAMES_COMPARED).map(organisationKey))
  const found = own.evidence.sample.filter(text => known.has(organisationKey(text))).length
  return found * 2 >= own.evidence.sample.length
}

/** What can be said of a table by itself; null when it takes the others to tell. */
function alone(table: Summary, entity: string): Role | null {
  const { study } = table
  if (study.written?.kind === 'other') return recognised('written by Hotpass: not a source of data')
  const pin = study.pins?.role
  if (pin === 'ignore') return recognised('the profile says so')
  if (study.table.rows === 0) return recognised('has no rows of data')
  if (pin === 'entity') return { role: 'entity', group: '', reason: 'the profile says so' }
  if (pin === 'satellite' || (study.pins?.group !== undefined && pin !== 'auto')) return { role: 'satellite', group: study.pins?.group ?? mainGroup(table), reason: 'the profile says so' }
  if (study.written?.kind === 'data') return { role: 'entity', group: '', reason: 'a dataset that Hotpass wrote' }
  if (study.written?.kind === 'group') return { role: 'satellite', group: study.written.group, reason: 'a group of a dataset that Hotpass wrote' }
  if (table.ownColumns + table.groupColumns === 0 && !table.name && !table.slug && isCodeList(study)) return recognised('a list of codes and what they mean')
  if (table.ledger && table.groupColumns === 0 && table.ownColumns === 0 && !table.slug) return recognised(LEDGER)
  if (table.ownColumns + table.groupColumns === 0 && !table.name) return aside(`none of its columns is a field of ${withArticle(entity)}`)
  if (!table.name && !table.key && !table.slug) return aside(`nothing in it names ${withArticle(entity)}`)
  if (table.ledger && table.groupColumns === 0 && table.ownColumns <= 1) return recognised(LEDGER)
  if (table.name && table.nameRepeats && table.ownColumns + table.groupColumns === 0 && table.unmapped > 0) return recognised('names repeat, and nothing else in it is known: a history, not a list of entities')
  if (!table.name && table.groupColumns === 0 && table.ownColumns === 0) return aside('has a key, but no column of a field')
  return null
}

/** The role of every table, in order. `entity` is the profile's word for what a row of the dataset is. */
export function rolesOf(studies: readonly Study[], targets: Targets, entity: string): Role[] {
  const tables = studies.map(study => profileOf(study, targets.identity, targets.slug))
  const roles = tables.map(table => alone(table, entity))
  const files = new Map<string, number[]>()
  studies.forEach((study, index) => files.set(study.file, [...(files.get(study.file) ?? []), index]))
  for (const indices of files.values()) {
    const open = indices.filter(index => roles[index] === null)
    // The table that says most about entities themselves is the one that the others belong to.
    let primary = -1
    for (const index of indices) {
      const table = tables[index]!
      if (roles[index]?.role === 'entity') {
        primary = index
        break
      }
      if (roles[index] !== null || !table.name || table.groupColumns > table.ownColumns) continue
      if (primary < 0 || rank(table) > rank(tables[primary]!)) primary = index
    }
    for (const index of open) roles[index] = index === primary ? { role: 'entity', group: '', reason: reasonFor(tables[index]!, entity) } : among(tables[index]!, primary < 0 ? null : tables[primary]!, entity, targets.identity)
  }
  return roles.map(role => role!)
}

function rank(table: Summary): number {
  // Who numbers its rows is looked up by the others.
  return table.ownColumns * 2 + (table.numbers ? 10 : 0) + (table.nameRepeats ? 0 : 2) + (table.study.table.rows > 50 ? 1 : 0)
}

function reasonFor(table: Summary, entity: string): string {
  return `names ${withArticle(entity)} and has ${table.ownColumns} ${table.ownColumns === 1 ? 'field' : 'fields'} of it`
}

function among(table: Summary, primary: Summary | null, entity: string, identity: Field | null): Role {
  const group = mainGroup(table)
  const sheet = primary?.study.shape.sheet ?? ''
  if (table.groupColumns > table.ownColumns) {
    // Without a key only the names tie it to the other table.
    if (primary !== null && (table.key || !table.name || knowsNames(table, primary, identity))) return { role: 'satellite', group, reason: `${table.groupColumns} of its columns are ${group} fields, and ${sheet} lists each ${entity}` }
    if (table.name) return { role: 'entity', group: '', reason: `names ${withArticle(entity)}, and no other table of its file lists most of them` }
    return { role: 'satellite', group, reason: `${table.groupColumns} of its columns are ${group} fields; it only has a key` }
  }
  if (primary !== null && (table.key || !table.name)) {
    const lesser = !table.name || table.nameRepeats || (!table.numbers && primary.numbers) || table.ownColumns < primary.ownColumns
    if (lesser && primary.key) return { role: 'satellite', group: '', reason: `has the key of ${sheet}, and fewer fields` }
  }
  if (!table.name) return { role: 'satellite', group, reason: 'only has a key, so its rows belong to another table' }
  return { role: 'entity', group: '', reason: reasonFor(table, entity) }
}
