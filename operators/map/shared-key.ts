/** Finds the key of a workbook when the profile names none: a column that several sheets share, and that numbers the rows of one. */
import { headerKey, headerWords } from '../model/header.ts'
import type { Study } from './table.ts'

const KEY_WORDS = new Set('id code key no nr number ref reference sku nummer numero'.split(' '))

/** Sets the key column of tables that share one. Columns that a field has taken with certainty stay there. */
export function inferKeys(studies: readonly Study[]): void {
  const byHeader = new Map<string, { study: Study; index: number }[]>()
  for (const study of studies) {
    if (study.key >= 0 || study.written !== null) continue
    study.subjects.forEach(({ header, evidence }, index) => {
      const last = headerWords(header).at(-1)
      const { target, confidence } = study.columns[index]!
      if (evidence.filled === 0 || last === undefined || !KEY_WORDS.has(last) || (target !== null && confidence >= 0.9)) return
      const key = `${study.file}\u0000${headerKey(header)}`
      byHeader.set(key, [...(byHeader.get(key) ?? []), { study, index }])
    })
  }
  for (const places of byHeader.values()) {
    if (places.length < 2) continue
    const numbered = places.some(({ study, index }) => study.subjects[index]!.evidence.distinct >= study.subjects[index]!.evidence.filled * 0.95)
    if (!numbered) continue
    for (const { study, index } of places) {
      if (study.key >= 0) continue
      study.key = index
      study.columns[index] = { target: null, confidence: 0.7, reason: 'several sheets of the file share this column, and it numbers the rows of one' }
    }
  }
}
