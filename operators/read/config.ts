/** What the readers see of the configuration. */
import type { Profile, Source } from '../../schemas/generated/profile.ts'

type Ingest = NonNullable<Profile['ingest']>

/** What an input may cost before it is refused; every limit is set, because defaults are applied before. */
export type Limits = { readonly [K in keyof NonNullable<Ingest['limits']>]-?: number }

/** How delimited text is read; `auto` asks for evidence, as does what is left out. */
export interface CsvSettings {
  readonly encoding: string
  readonly delimiter: string
  readonly quote: string
  readonly escape?: string
  readonly comment?: string
}

export interface WorkbookReadConfig {
  readonly ingest: { readonly limits: Limits }
}

export interface CsvReadConfig {
  readonly ingest: { readonly limits: Limits; readonly csv: CsvSettings; readonly sources?: readonly Source[] }
}
