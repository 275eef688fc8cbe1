/** Synthetic tables of twenty columns for the benchmarks: names, mailboxes, numbers, addresses, dates. Seeded; nobody is real. */
import { createRandom } from '../fixtures/generate/random.ts'
import * as words from '../fixtures/generate/words.ts'

export const COLUMNS = ['customer_id', 'company', 'contact_person', 'email', 'phone', 'website', 'address', 'town', 'province', 'postcode', 'category', 'status', 'priority', 'created', 'last_order', 'orders', 'turnover', 'currency', 'notes', 'active']

/** `count` rows of text cells, one at a time. About one cell in twenty is empty; about one company in nine appears twice. */
export function* eachRow(count: number, seed = 4): Generator<string[]> {
  const random = createRandom(seed)
  const date = (): string => `${2018 + random.below(8)}-${String(1 + random.below(12)).padStart(2, '0')}-${String(1 + random.below(28)).padStart(2, '0')}`
  for (let at = 0; at < count; at++) {
    const id = random.chance(11) && at > 0 ? random.below(at) : at
    const company = `${words.STEMS[id % words.STEMS.length]!} ${words.KINDS[id % words.KINDS.length]!} ${id}`
    const slug = company.normalize('NFD').replace(/[^\x20-\x7e]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '-')
    const given = random.pick(words.GIVEN)
    const family = random.pick(words.FAMILY)
    const row = [
      String(100_000 + at), company, `${given} ${family}`, `${slug}.${random.below(9)}@${slug}.example`, `+27${random.pick(words.MOBILE_PREFIXES)}${String(1_000_000 + random.below(8_999_999))}`,
      `https://www.${slug}.example/`, `${1 + random.below(900)} ${random.pick(words.STREETS)}, ${random.pick(words.TOWNS)}`, random.pick(words.TOWNS), random.pick(random.pick(words.PROVINCES)), String(1000 + random.below(8999)),
      random.pick(words.TYPES), random.pick(['Active', 'Invalid', 'Dormant']), random.pick(['High', 'Medium', 'Low']), date(), date(), String(random.below(400)), `${random.below(90_000)}.${10 + random.below(89)}`, 'ZAR',
      random.chance(30) ? `Called on day ${random.below(4000)}; asked for "terms"` : '', random.pick(['yes', 'no'])
    ]
    if (random.chance(60)) row[2 + random.below(17)] = ''
    yield row
  }
}

/** All rows at once. */
export function rowsOf(count: number, seed = 4): string[][] {
  return [...eachRow(count, seed)]
}

/** One record as RFC 4180 text, with its line end. */
export function csvLine(row: readonly string[]): string {
  return `${row.map(cell => (/[",\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)).join(',')}\n`
}
