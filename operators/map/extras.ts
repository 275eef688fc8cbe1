/** Names for columns that no field takes. */
import { cleanHeader, headerKey } from '../model/header.ts'
import { fileStem } from '../model/settings.ts'
import type { Role } from './role.ts'
import type { Study } from './table.ts'

/** Hands out names of extra columns: the header's own text, qualified where that is needed to keep it unique and stable. */
export interface ExtraNames {
  readonly names: readonly string[]
  /** The name for a column of a table. Equal headers of several tables share a column. */
  nameFor(study: Study, index: number, role: Role): string
}

/** Longest name of an extra column, in UTF-16 code units. */
const LONGEST = 120

/** Creates the naming for a dataset whose fields have these names. */
export function createExtraNames(fields: readonly string[]): ExtraNames {
  const taken = new Set(fields.map(headerKey))
  const known = new Map<string, string>()
  const names: string[] = []
  const perTable = new Map<string, Set<string>>()

  function register(key: string, text: string): string {
    const found = known.get(key)
    if (found !== undefined) return found
    known.set(key, text)
    names.push(text)
    return text
  }

  return {
    names,
    nameFor(study, index, role) {
      const { header, letter } = study.subjects[index]!
      const stem = fileStem(study.file)
      const place = stem === study.shape.sheet ? stem : `${stem}, ${study.shape.sheet}`
      const table = study.shape.id.slice(study.shape.id.lastIndexOf('#') + 1)
      const used = perTable.get(study.shape.id) ?? new Set<string>()
      perTable.set(study.shape.id, used)
      let text = cleanHeader(header).slice(0, LONGEST).toWellFormed()
      if (text === '') text = `column_${letter.toLowerCase()} (${place}${table === '1' ? '' : `, table ${table}`})`
      else if (role.role === 'satellite' && study.written === null && headerKey(text).length <= 12) text = `${study.shape.sheet} ${text}`
      else if (taken.has(headerKey(text))) text = `${text} (${place})`
      let key = headerKey(text)
      for (let number = 2; used.has(key) || taken.has(key); number++) {
        const next = `${text} ${number}`
        key = headerKey(next)
        if (!used.has(key) && !taken.has(key)) text = next
      }
      used.add(key)
      return register(key, text)
    }
  }
}
