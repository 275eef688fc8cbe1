/**
 * Columns whose values have the shape of dates with a year of two digits, such as `1.2.20`, and nothing that says they are
 * dates: part numbers, versions, clauses and odds have that shape too.
 */
import { classify, type ColumnEvidence } from '../model/evidence.ts'
import { headerWords } from '../model/header.ts'
import { isCalendarDay } from '../normalise/date.ts'

const SHORT = /^\s*(\d{1,2})([/.\- ])(\d{1,2})[/.\- ](\d{2})\s*$/
/** Words of headers over dates, in the languages whose other headers are known too. */
const DATED = new Set(
  `date dates day days dob birth birthday born death died when time timestamp datetime on at from to until till start started starts begin began end ended ends
  due deadline expiry expires expired expiration expire renewal renewed valid validity created updated modified changed added entered posted booked paid invoiced billed
  issued received sent shipped delivered delivery ordered signed joined left hired founded established opened closed completed finished month
  week year dt arrival departure checkin checkout visit visited seen inspected inspection appointment
  datum geburtsdatum geboren geburt vom ab bis seit beginn ende anfang faellig fallig gultig gueltig erstellt geandert termin eingang ausgang
  geboortedatum geboorte vanaf tot begindatum einddatum vervaldatum vervalt aangemaakt fecha data jour naissance debut fin echeance nacimiento inicio nascimento`
    .split(/\s+/)
)

/** Whether a header names a date. Words that end in `date` or `datum` count, such as `Rechnungsdatum`. */
function namesDate(header: string): boolean {
  return headerWords(header).some(word => DATED.has(word) || word.endsWith('date') || word.endsWith('datum'))
}

/**
 * The first value of a column of dates that nothing bears out; null when something does: the header, a date that is
 * certain, zeros before days and months, or dates with slashes whose days go beyond twelve.
 */
export function vagueDate(header: string, { sample, kinds, share }: ColumnEvidence): string | null {
  if (share.date < 0.3 || namesDate(header)) return null
  let short = 0
  let beyond = 0
  let slashes = 0
  let padded = 0
  let zeros = 0
  for (const [index, text] of sample.entries()) {
    const parts = SHORT.exec(text)
    if (parts === null) {
      // Any other shape of dates has a year of four digits, a month by name, or a time of day.
      if (classify(text, kinds[index]!) === 'date') return null
      continue
    }
    const [, first, mark, second, year] = parts as unknown as [string, string, string, string, string]
    const isDate = [[2000 + Number(year), second, first], [2000 + Number(year), first, second], [2000 + Number(first), second, year]].some(([y, m, d]) => isCalendarDay(Number(y), Number(m), Number(d)))
    if (!isDate) return text.trim()
    short++
    if (mark === '/') slashes++
    if (Number(first) > 12 || Number(second) > 12) beyond++
    if (first.length === 2 && second.length === 2) padded++
    if (first.startsWith('0') || second.startsWith('0')) zeros++
  }
  if (short === 0) return null
  if (padded === short && zeros > 0) return null
  if (slashes === sample.length && short >= 5 && beyond > 0) return null
  return sample.find(text => SHORT.test(text))!.trim()
}
