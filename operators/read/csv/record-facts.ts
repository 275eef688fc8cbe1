/** What the records of a text have in common: how wide they are, and how their lines end. */
import type { LossLedger } from '../loss/ledger.ts'

/** The name of the line ending, `mixed`, or `none`. Lines that end in another way than most are told to the ledger. */
export function lineEnding(endings: Record<'CRLF' | 'LF' | 'CR', number>, ledger: LossLedger): string {
  const used = (['CRLF', 'LF', 'CR'] as const).filter(kind => endings[kind] > 0)
  if (used.length === 0) return 'none'
  if (used.length === 1) return used[0]!
  const most = Math.max(endings.CRLF, endings.LF, endings.CR)
  ledger.add('LINE_ENDINGS_MIXED', -1, 0, endings.CRLF + endings.LF + endings.CR - most)
  return 'mixed'
}

/** Records that are cited by number. */
const CITED = 20

/** Numbers of fields per record, to tell which records differ from most. */
export class WidthTally {
  private readonly counts = new Map<number, number>()
  /** The first records of each width, enough to cite. */
  private readonly rows = new Map<number, number[]>()

  /** Adds records of one width, one after the other, from a row on. */
  add(row: number, count: number, width: number): void {
    this.counts.set(width, (this.counts.get(width) ?? 0) + count)
    let cited = this.rows.get(width)
    if (cited === undefined) this.rows.set(width, (cited = []))
    for (let at = row; at < row + count && cited.length < CITED; at++) cited.push(at)
  }

  report(ledger: LossLedger): void {
    let usual = 0
    let most = 0
    let all = 0
    for (const [width, count] of this.counts) {
      all += count
      if (count > most || (count === most && width > usual)) [usual, most] = [width, count]
    }
    if (all === most) return
    const cited: number[] = []
    for (const [width, rows] of this.rows) if (width !== usual) cited.push(...rows)
    cited.sort((a, b) => a - b)
    for (const row of cited.slice(0, CITED)) ledger.add('ROWS_RAGGED', -1, row, 1)
    ledger.add('ROWS_RAGGED', -1, 0, all - most - Math.min(CITED, cited.length))
  }
}
