/**
 * The decimal sign of columns that do not show it themselves: `1.000` beside a column with `12,50` is a thousand. Columns
 * of one table are written by one hand, so what some of them show holds for the others, and for the file's other tables.
 */
import { dictionaryOf } from '../../kernel/artifact/dictionary.ts'
import { KIND } from '../../kernel/artifact/table.ts'
import { cleanHeader } from '../model/header.ts'
import type { ColumnMapping } from '../model/stages.ts'
import { agreedSign, decimalVotes, type DecimalVotes } from '../normalise/number.ts'
import { inferType } from './infer.ts'
import type { Study } from './table.ts'

/** What is known of the numbers of one column. */
export interface DecimalMark {
  /** Whether a number of the column can be read two ways. */
  readonly undecided: boolean
  readonly sign: 'point' | 'comma' | null
  /** For people, with the column that shows it; '' when the column shows it itself, or nothing does. */
  readonly because: string
}

interface Voter extends DecimalVotes {
  readonly letter: string
  readonly sheet: string
}

const NOTHING: DecimalMark = { undecided: false, sign: null, because: '' }
const isNumeric = (type: string | undefined): boolean => type === 'number' || type === 'currency'

/** The columns of a table that hold numbers, with what they show; null for the others. */
function votersOf(study: Study): readonly (Voter | null)[] {
  return study.subjects.map(({ letter, header, column, evidence }, index) => {
    if (evidence.share.number < 0.5) return null
    if (!isNumeric(study.columns[index]?.target?.field.type) && !isNumeric(inferType(cleanHeader(header), evidence).type)) return null
    if (column.kinds !== null && column.kinds.every(kind => kind === KIND.number)) return null
    return { letter, sheet: study.shape.sheet, ...decimalVotes(dictionaryOf(column), column.kinds) }
  })
}

function shownBy(voters: readonly Voter[], place: (voter: Voter) => string): Pick<DecimalMark, 'sign' | 'because'> | null {
  const showing = voters.filter(({ points, commas }) => points > 0 || commas > 0)
  const sign = agreedSign({ points: showing.reduce((sum, { points }) => sum + points, 0), commas: showing.reduce((sum, { commas }) => sum + commas, 0) })
  if (showing.length === 0) return null
  return sign === 'auto' ? { sign: null, because: '' } : { sign, because: `${place(showing[0]!)} shows that the ${sign} is the decimal sign` }
}

/** Per study and column, the decimal sign: of the column, else of its table, else of its file. */
export function decimalMarks(studies: readonly Study[]): readonly (readonly DecimalMark[])[] {
  const voters = studies.map(votersOf)
  const voting = (at: number): readonly Voter[] => voters[at]!.filter(voter => voter !== null)
  return studies.map((study, at) => {
    let shared: Pick<DecimalMark, 'sign' | 'because'> | null | undefined
    return voters[at]!.map((voter): DecimalMark => {
      if (voter?.undecided !== true) return NOTHING
      if (voter.points > 0 || voter.commas > 0) {
        const own = agreedSign(voter)
        return { undecided: true, sign: own === 'auto' ? null : own, because: '' }
      }
      shared ??= shownBy(voting(at), ({ letter }) => `column ${letter}`) ?? shownBy(studies.flatMap(({ file }, other) => (file === study.file ? voting(other) : [])), ({ sheet, letter }) => `column ${letter} of sheet ${sheet}`) ?? { sign: null, because: '' }
      return { undecided: true, ...shared }
    })
  })
}

/** What a mapping says of the sign. */
export function withMark(mapping: ColumnMapping, mark: DecimalMark): ColumnMapping {
  if (mark.sign === null) return mapping
  return { ...mapping, decimal: mark.sign, reason: mark.because === '' ? mapping.reason : `${mapping.reason}; ${mark.because}` }
}
