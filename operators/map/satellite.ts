/** In a satellite sheet a bare `Status` or `Type` is about the contact or the address, not about the entity. */
import { headerWords } from '../model/header.ts'
import type { Assignment } from './assign.ts'
import type { Role } from './role.ts'
import type { Study } from './table.ts'

const BARE = new Set('status type category kind class stage state priority grade level rating strat checked title name remark active valid'.split(' '))

/** Withdraws such columns from single fields of the entity; they stay as extras. */
export function withdrawBareColumns(study: Study, role: Role, identity: string): void {
  if (role.role !== 'satellite' || study.written !== null) return
  study.columns = study.columns.map((column, index): Assignment => {
    const { target } = column
    const { header } = study.subjects[index]!
    if (target === null || target.group !== '' || target.several || target.field.name === identity) return column
    const words = headerWords(header)
    if (words.length !== 1 || !BARE.has(words[0]!)) return column
    return { target: null, confidence: column.confidence * 0.5, reason: `in a sheet of ${role.group === '' ? 'details' : `${role.group} rows`} this is not the ${target.id} of the entity; kept as an extra` }
  })
}
