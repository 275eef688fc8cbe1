/** What every reader knows of a sheet that says nothing about itself. */
import type { SheetFacts } from '../model/stages.ts'

/** Facts of a sheet without anything besides its cells. */
export const BARE: Omit<SheetFacts, 'name'> = { state: 'visible', merges: [], hidden_rows: [], hidden_columns: [], formulas: 0, filters: [], validations: [], comments: [], list_objects: [] }
