/** Who the people of a dataset's rows are, and which of them did not consent. */
import { columnOf, integersOf, textAt, type Frame } from '../../kernel/artifact/table.ts'
import type { DatasetMeta } from '../model/stages.ts'
import type { ColumnClass } from '../personal/classify.ts'
import { keysOfPerson } from './mentions.ts'

export interface People {
  /** Keys of the values of those who did not consent. */
  readonly refused: ReadonlySet<string>
  /** By row of the dataset: keys of its people, and of each word of their names. */
  readonly own: ReadonlyMap<number, ReadonlySet<string>>
}

/** `about`: the columns that hold persons by themselves. `out`: rows, from 0, without consent. */
export function peopleOf(dataset: Frame<DatasetMeta>, about: readonly ColumnClass[], out: ReadonlySet<number>): People {
  const { schema } = dataset.meta
  const refused = new Set<string>()
  const own = new Map<number, Set<string>>()
  const add = (row: number, text: string, isName: boolean): void => {
    const keys = own.get(row) ?? new Set<string>()
    for (const key of keysOfPerson(text, isName)) keys.add(key)
    own.set(row, keys)
    if (out.has(row)) for (const key of keysOfPerson(text, false)) refused.add(key)
  }
  // What the profile calls personal, and days, say nothing of who is meant elsewhere.
  const named = new Map(about.filter(({ basis, kinds }) => basis !== 'declared' && kinds[0]?.kind !== 'birth-date').map(one => [one.target, one.type === 'person-name' || one.basis === 'derived' || one.kinds[0]?.kind === 'person-name']))
  for (const table of dataset.tables) {
    const isData = table.name === 'data'
    const isConflicts = table.name === 'conflicts'
    if (!isData && !isConflicts && schema.groups[table.name] === undefined) continue
    const entity = isData ? null : integersOf(table, 'entity')
    const field = isConflicts ? columnOf(table, 'field') : undefined
    for (const column of table.columns) {
      if (isConflicts && column.name !== 'kept' && column.name !== 'lost') continue
      const ofColumn = named.get(isData ? column.name : `${table.name}.${column.name}`)
      if (!isConflicts && ofColumn === undefined) continue
      for (let at = 0; at < table.rows; at++) {
        const isName = field === undefined ? ofColumn : named.get(textAt(field, at) ?? '')
        const text = isName === undefined ? null : textAt(column, at)
        if (text !== null) add(entity === null ? at : entity[at]! - 1, text, isName!)
      }
    }
  }
  return { refused, own }
}
