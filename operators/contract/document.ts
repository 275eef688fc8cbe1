/** What a dialect is written as, and what it has no words for. */
import type { JsonObject } from '../../kernel/types.ts'
import { infixOf } from '../export/dataset.ts'
import type { Expectation } from '../../schemas/generated/profile.ts'
import type { ContractField, ContractTable, Unmapped } from '../model/contract.ts'

export interface Document {
  readonly value: JsonObject
  /** Promises of the contract that a reader of this document is not told. */
  readonly unmapped: readonly Unmapped[]
}

/** An object without the properties that say nothing: undefined, '' and empty lists. */
export function compact(values: { readonly [key: string]: unknown }): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0))) as JsonObject
}

/** How an expectation is named to people: `email: not-null`. */
export function tellExpectation(table: ContractTable, expectation: Expectation): string {
  const { expect, severity: _severity, description: _description, id: _id, ...rest } = expectation
  const parts = Object.entries(rest).map(([key, value]) => `${key} ${Array.isArray(value) ? value.slice(0, 5).join(', ') + (value.length > 5 ? ', …' : '') : String(value)}`)
  return `${table.group === '' ? '' : `${table.group}: `}${expect}${parts.length === 0 ? '' : ` (${parts.join('; ')})`}`
}

/** The name that people see above the column. */
export function headingOf({ name, title }: ContractField): string {
  return title === '' ? name : title
}

/** The CSV file that a table is exported to. `base` is the name of the output without its ending. */
export function fileOf(table: ContractTable, base: string): string {
  return table.group === '' ? `${base}.csv` : `${base}${infixOf({ role: 'group', name: table.group })}.csv`
}
