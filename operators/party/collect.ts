/** Gathers a party store: every thing once, with all the rows that say so, in an order that depends on content alone. */
import { digestBytes } from '../../kernel/hash.ts'
import { canonicalJson } from '../../kernel/json.ts'
import type { Json } from '../../kernel/types.ts'
import { schema, type Alias, type ContactMethod, type Party, type PartyStore, type Provenance, type Role } from '../../schemas/generated/party-store.ts'

export type Row = Provenance[number]
export type { PartyStore }

export interface PartyDraft {
  readonly kind: Party['kind']
  /** What it is told apart by: the same identity is the same party. */
  readonly identity: readonly string[]
  readonly display_name: string
  readonly normalized_name: string
  readonly country_code: string | null
  readonly entity_id: string | null
}

export interface PartyCollector {
  /** Adds a party, or rows to one that is there, and gives its id. */
  party(draft: PartyDraft, rows: readonly Row[]): string
  alias(partyId: string, alias: string, type: Alias['alias_type'], rows: readonly Row[]): void
  role(subject: string, object: string, name: string, primary: boolean, rows: readonly Row[]): void
  contact(partyId: string, type: ContactMethod['method_type'], value: string, primary: boolean, rows: readonly Row[]): void
  finish(): PartyStore
}

interface Kept<T> { value: T; readonly rows: Map<string, Row> }

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const rowOrder = (a: Row, b: Row): number => compare(a.file, b.file) || compare(a.sheet, b.sheet) || a.row - b.row || compare(a.record_id, b.record_id)

export function createPartyCollector(): PartyCollector {
  const parties = new Map<string, Kept<Omit<Party, 'provenance'>>>()
  const aliases = new Map<string, Kept<Omit<Alias, 'provenance'>>>()
  const roles = new Map<string, Kept<Omit<Role, 'provenance'>>>()
  const contacts = new Map<string, Kept<Omit<ContactMethod, 'provenance'>>>()
  const idOf = (prefix: string, content: readonly string[]): string => `${prefix}-${digestBytes([prefix, ...content].join('\u0000')).slice(0, 20)}`

  function keep<T>(into: Map<string, Kept<T>>, id: string, value: T, rows: readonly Row[]): Kept<T> {
    let kept = into.get(id)
    if (kept === undefined) into.set(id, (kept = { value, rows: new Map() }))
    for (const row of rows) kept.rows.set(`${row.file}\u0000${row.sheet}\u0000${row.row}\u0000${row.record_id}`, row)
    return kept
  }
  function finished<T>(from: Map<string, Kept<T>>): (T & { provenance: Provenance })[] {
    return [...from].filter(([, { rows }]) => rows.size > 0).sort(([a], [b]) => compare(a, b)).map(([, { value, rows }]) => ({ ...value, provenance: [...rows.values()].sort(rowOrder) as Provenance }))
  }
  return {
    party({ kind, identity, ...rest }, rows) {
      const party_id = idOf('party', [kind, ...identity])
      keep(parties, party_id, { party_id, kind, ...rest }, rows)
      return party_id
    },
    alias(party_id, alias, alias_type, rows) {
      const alias_id = idOf('alias', [party_id, alias_type, alias])
      keep(aliases, alias_id, { alias_id, party_id, alias, alias_type }, rows)
    },
    role(subject, object, role_name, is_primary, rows) {
      const role_id = idOf('role', [subject, object, role_name])
      const kept = keep(roles, role_id, { role_id, subject_party_id: subject, object_party_id: object, role_name, is_primary }, rows)
      if (is_primary) kept.value = { ...kept.value, is_primary }
    },
    contact(party_id, method_type, value, is_primary, rows) {
      const contact_method_id = idOf('contact', [party_id, method_type, value])
      const kept = keep(contacts, contact_method_id, { contact_method_id, party_id, method_type, value, is_primary }, rows)
      if (is_primary) kept.value = { ...kept.value, is_primary }
    },
    finish: () => ({ schema: schema.$id, party: finished(parties), party_alias: finished(aliases), party_role: finished(roles), contact_method: finished(contacts) })
  }
}

/** The store as text: canonical JSON, one party, name, role or contact method a line. */
export function partyStoreText(store: PartyStore): string {
  const list = (name: string, items: readonly unknown[]): string => `"${name}":[${items.length === 0 ? '' : `\n${items.map(item => canonicalJson(item as Json)).join(',\n')}\n`}]`
  return `{"schema":"${store.schema}",\n${list('party', store.party)},\n${list('party_alias', store.party_alias)},\n${list('party_role', store.party_role)},\n${list('contact_method', store.contact_method)}\n}\n`
}
