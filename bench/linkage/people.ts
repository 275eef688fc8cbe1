/**
 * Records of invented people with a truth file, for measuring linkage: names with frequencies as real ones have them,
 * dates, places, e-mail, typing errors, swapped names, missing values, and clusters of skewed size.
 */
import { createRandom } from '../../fixtures/generate/random.ts'

const ONSETS = ['b', 'br', 'c', 'ch', 'd', 'f', 'g', 'gr', 'h', 'j', 'k', 'l', 'm', 'n', 'p', 'r', 's', 'sh', 'st', 't', 'th', 'v', 'w', 'y', 'z']
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ai', 'ee', 'ou', 'ia', 'ey']
const CODAS = ['', 'n', 'r', 's', 'l', 'm', 't', 'ck', 'nd', 'th', 'rd', 'ns']
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

export interface People {
  readonly records: string
  readonly truth: string
  readonly count: number
  readonly entities: number
}

interface Person { given: string; family: string; born: string; city: string; postcode: string; email: string; phone: string }

/** `count` records of people, about 55 entities to 100 records, as CSV. */
export function people(count: number, seed = 4): People {
  const { below, pick } = createRandom(seed)
  const random = (): number => below(1_000_000_000) / 1e9
  const names = (size: number, parts: number): string[] => {
    const made = new Set<string>()
    while (made.size < size) made.add(Array.from({ length: parts + below(2) }, () => pick(ONSETS) + pick(VOWELS) + (random() < 0.5 ? pick(CODAS) : '')).join(''))
    return [...made]
  }
  // Frequencies fall with rank (Zipf, softened), as those of given and family names do.
  const zipf = (list: readonly string[]): (() => string) => {
    const sums: number[] = []
    let sum = 0
    list.forEach((_, rank) => void sums.push((sum += 1 / (rank + 8))))
    return () => {
      const at = random() * sum
      let low = 0
      let high = sums.length - 1
      while (low < high) {
        const middle = (low + high) >> 1
        if (sums[middle]! < at) low = middle + 1
        else high = middle
      }
      return list[low]!
    }
  }
  const given = zipf(names(2000, 2))
  const family = zipf(names(20_000, 2))
  const cities = zipf(names(600, 2))
  const domains = zipf(names(400, 2).map(name => `${name}.example`))
  const two = (value: number): string => String(value).padStart(2, '0')
  const person = (): Person => {
    const [first, last] = [given(), family()]
    const year = 1930 + below(78)
    return {
      given: first,
      family: last,
      born: `${year}-${two(1 + below(12))}-${two(1 + below(28))}`,
      city: cities(),
      postcode: `${1000 + below(9000)}`,
      email: `${random() < 0.5 ? first : first[0]!}.${last}${random() < 0.5 ? below(100) : ''}@${domains()}`,
      phone: `0${10 + below(80)} ${100 + below(900)} ${1000 + below(9000)}`
    }
  }
  const typo = (text: string): string => {
    if (text.length < 3) return text
    const at = 1 + below(text.length - 1)
    const kind = below(4)
    if (kind === 0) return text.slice(0, at) + text.slice(at + 1)
    if (kind === 1) return text.slice(0, at) + pick([...LETTERS]) + text.slice(at)
    if (kind === 2) return text.slice(0, at) + pick([...LETTERS]) + text.slice(at + 1)
    return text.slice(0, at - 1) + text[at]! + text[at - 1]! + text.slice(at + 1)
  }
  const worsened = (one: Person): Person => {
    const copy = { ...one }
    if (random() < 0.12) copy.given = typo(copy.given)
    if (random() < 0.12) copy.family = typo(copy.family)
    if (random() < 0.04) [copy.given, copy.family] = [copy.family, copy.given]
    if (random() < 0.06) copy.family = family()
    if (random() < 0.08) {
      const digit = 5 + below(5)
      copy.born = copy.born[digit] === '-' ? copy.born : copy.born.slice(0, digit) + String(below(3)) + copy.born.slice(digit + 1)
    }
    if (random() < 0.03) copy.born = `${copy.born.slice(0, 5)}${copy.born.slice(8)}-${copy.born.slice(5, 7)}`
    if (random() < 0.15) [copy.city, copy.postcode] = [cities(), `${1000 + below(9000)}`]
    if (random() < 0.1) copy.email = typo(copy.email)
    if (random() < 0.15) copy.phone = `0${10 + below(80)} ${100 + below(900)} ${1000 + below(9000)}`
    return copy
  }
  const gone: { readonly [field in keyof Person]: number } = { given: 0.03, family: 0.03, born: 0.08, city: 0.08, postcode: 0.12, email: 0.35, phone: 0.3 }
  const lines: { line: string; entity: number }[] = []
  let entities = 0
  while (lines.length < count) {
    const one = person()
    let size = 1
    while (random() < 0.44 && size < 12) size++
    for (let copy = 0; copy < size && lines.length < count; copy++) {
      const shown = copy === 0 ? one : worsened(one)
      const cells = (Object.keys(gone) as (keyof Person)[]).map(field => (random() < gone[field] ? '' : shown[field]))
      lines.push({ line: cells.join(','), entity: entities })
    }
    entities++
  }
  for (let at = lines.length - 1; at > 0; at--) {
    const other = below(at + 1)
    ;[lines[at], lines[other]] = [lines[other]!, lines[at]!]
  }
  return {
    records: `record_id,given_name,family_name,date_of_birth,city,postcode,email,phone\n${lines.map(({ line }, at) => `p${at},${line}`).join('\n')}\n`,
    truth: `record_id,cluster_id\n${lines.map(({ entity }, at) => `p${at},${entity}`).join('\n')}\n`,
    count,
    entities
  }
}
