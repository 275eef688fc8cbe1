/** The built-in defaults: the lowest configuration layer. */
import type { Profile } from '../../schemas/generated/profile.ts'

export const DEFAULTS = {
  country: 'ZA',
  ingest: {
    include: ['**/*.{xlsx,xlsm,xls,xlsb,ods,csv,tsv,jsonl,ndjson,parquet}'],
    exclude: ['**/~$*', '**/.*/**'],
    hidden_sheets: 'include',
    second_reader: false,
    sources: [],
    csv: { encoding: 'auto', delimiter: 'auto', quote: 'auto', escape: 'auto', comment: 'auto' },
    limits: {
      file_bytes: 1_073_741_824,
      inflated_bytes: 1_073_741_824,
      ratio: 200,
      parts: 4096,
      sheets: 256,
      shared_strings: 20_000_000,
      columns: 16_384,
      cells: 40_000_000,
      cell_characters: 1_048_576,
      characters: 2_000_000_000,
      seconds: 60,
      memory_mb: 2048
    }
  },
  refine: {
    entity: 'record',
    key: { synonyms: [] },
    groups: {},
    orphans: 'quarantine',
    normalise: { decimal: 'auto', null_tokens: [], keep_tokens: [] },
    merge: { keys: [], rank: ['priority', 'validity', 'completeness', 'recency'] },
    linkage: { match: 0.9, review: 0.7, floor: 0.05, cardinality: 'one-to-one', types: {}, ignore: [] },
    score: { weights: {} },
    budgets: { quarantined_rows: 0.1, quarantined_cells: 0.1, orphans: 0.25, set_aside_rows: 0.8 }
  },
  compliance: { pii_fields: [] },
  report: { title: 'Data quality report', formats: ['json', 'markdown', 'html'], examples: 20 },
  export: { formats: ['xlsx', 'csv'], list_separator: '; ' }
} as const satisfies Omit<Mutable<Profile>, 'name'> | object

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
