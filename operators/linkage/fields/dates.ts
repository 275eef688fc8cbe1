/** Dates as linkage compares them: `YYYYMMDD`, `YYYYMM` or `YYYY`, whatever the way of writing. Invalid days are kept: they are typing errors. */

const MONTHS = new Map(['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].map((name, at) => [name, String(at + 1).padStart(2, '0')]))
const two = (text: string): string => text.padStart(2, '0')

/** The key of a date, or null when the text holds none. Two-digit years are taken for 1930 to 2029. */
export function dateKey(text: string): string | null {
  const trimmed = text.trim()
  let found = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(trimmed)
  if (found !== null) return found[1]! + two(found[2]!) + two(found[3]!)
  found = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$/.exec(trimmed)
  if (found !== null) {
    const [a, b] = [two(found[1]!), two(found[2]!)]
    const year = found[3]!.length === 4 ? found[3]! : (Number(found[3]) < 30 ? '20' : '19') + found[3]!
    return Number(b) > 12 ? year + a + b : year + b + a
  }
  found = /^(\d{4})(\d{2})(\d{2})(?:\.0)?$/.exec(trimmed)
  if (found !== null) return found[1]! + found[2]! + found[3]!
  found = /^(?:(\d{1,2})[\s-]+)?([A-Za-z]{3})[a-z]*\.?,?[\s-]+(?:(\d{1,2}),?\s+)?(\d{4})$/.exec(trimmed)
  if (found !== null && MONTHS.has(found[2]!.toLowerCase())) {
    const day = found[1] ?? found[3]
    return found[4]! + MONTHS.get(found[2]!.toLowerCase())! + (day === undefined ? '' : two(day))
  }
  found = /^[^0-9]{0,3}(1[0-9]{3}|20[0-9]{2})[a-z]?[^0-9]{0,3}$/.exec(trimmed)
  return found === null ? null : found[1]!
}
