/** A contract: what a dataset promises its readers, whatever the dialect that it is written in. */
import type { Expectation, SemanticType } from '../../schemas/generated/profile.ts'

/** One column of a table and the rules that its values keep. */
export interface ContractField {
  readonly name: string
  /** Another heading under which the column may stand; '' for none. */
  readonly title: string
  /** Headings under which it may stand besides. */
  readonly aliases?: readonly string[]
  readonly description: string
  readonly type: SemanticType
  /** No cell is empty. */
  readonly required: boolean
  readonly unique: boolean
  /** A cell holds a list. */
  readonly multiple: boolean
  /** The column may be missing altogether. */
  readonly optional: boolean
  /** Holds personal data, by its type or by what the profile says. */
  readonly personal: boolean
  /** Regular expression that a whole value matches. */
  readonly pattern?: string
  readonly enum?: readonly string[]
  readonly min?: number | string
  readonly max?: number | string
  /** Texts that stand for an empty cell. */
  readonly missing?: readonly string[]
  /** How a file writes numbers or truth values, where it is not as machines do. */
  readonly spelling?: Spelling
}

export interface Spelling {
  /** The decimal mark; '' for a point. */
  readonly decimal: string
  /** What stands between groups of digits; '' for nothing. */
  readonly group: string
  readonly yes: readonly string[]
  readonly no: readonly string[]
}

export interface ContractTable {
  /** '' for the main table, else the name of the group. */
  readonly group: string
  /** For people and for dialects: `organisation`, `contact`. */
  readonly name: string
  readonly description: string
  readonly fields: readonly ContractField[]
  /** Beside the rules of the fields. Fields are named as in this table, without the group. */
  readonly expectations: readonly Expectation[]
}

export interface Contract {
  /** `^[a-z][a-z0-9-]*$` */
  readonly name: string
  readonly title: string
  readonly description: string
  readonly version: string
  readonly status: string
  /** '' where nobody says. */
  readonly owner: string
  readonly domain: string
  readonly purpose: string
  readonly limitations: string
  /** Joins the items of a list in one cell of a file. */
  readonly list_separator: string
  /** The main table first. */
  readonly tables: readonly ContractTable[]
}

/** Something in a contract of another dialect that has no counterpart here. */
export interface Unmapped {
  /** Where it stands, for people: `schema[0].properties[2].quality[1]`. */
  readonly where: string
  readonly what: string
}

export interface ReadContract {
  readonly contract: Contract
  readonly unmapped: readonly Unmapped[]
  /** Where an expectation stands in the document, where that is told: `expectations[3]`. */
  readonly origins?: ReadonlyMap<Expectation, string>
}
