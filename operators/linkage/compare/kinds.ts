/** The comparers, by semantic type. */
import { edits } from '../similarity/edits.ts'
import { jaroWinkler } from '../similarity/jaro-winkler.ts'
import type { Values } from '../fields/values.ts'
import type { LinkType } from '../stages.ts'
import { remembered, type Comparer } from './comparer.ts'
import { byWord, softCosine, tokenTexts, type Tokenise, type TokenTexts } from './tokens.ts'
import { isNickname } from './nicknames.ts'

interface Given { readonly name: string; readonly fields: readonly string[]; readonly type: LinkType; readonly values: Values }

function comparer(given: Given, labels: readonly string[], termFrequency: boolean, work: (a: string, b: string) => number): Comparer {
  const { texts } = given.values
  return { ...given, labels, term_frequency: termFrequency, exact: 1, between: remembered((x, y) => work(texts[x - 1]!, texts[y - 1]!)) }
}

export function wordComparer(given: Given): Comparer {
  const nicknames = given.type === 'given-name'
  return comparer(given, ['equal', nicknames ? 'one typing error, or a nickname' : 'one typing error', 'similar', 'somewhat similar', 'begins alike', 'different'], true, (a, b) => {
    if (nicknames && isNickname(a, b)) return 2
    const like = jaroWinkler(a, b)
    if (like >= 0.94 || (a.length > 3 && b.length > 3 && edits(a, b, 1) === 1)) return 2
    if (like >= 0.88) return 3
    if (like >= 0.8 || (a.length > 5 && edits(a, b, 2) === 2)) return 4
    if ((a.length < 3 || b.length < 3) && a.charCodeAt(0) === b.charCodeAt(0)) return 5
    return 6
  })
}

/** Swapped first and last names: a level of the first of both. */
export function swapped(given: Comparer, family: Comparer): Comparer {
  const other = new Map(family.values.texts.map((text, at) => [text, at + 1]))
  /** By code of the given name: the code of the family name that reads the same, or 0. */
  const same = Uint32Array.from([0, ...given.values.texts.map(text => other.get(text) ?? 0)])
  const [x, y] = [given.values, family.values]
  const labels = [...given.labels, `swapped with ${family.name}`]
  return {
    ...given,
    labels,
    swap: {
      other: family.name,
      level: labels.length,
      crossed(ga, gb, fa, fb) {
        const [one, two] = [same[ga] === fb, same[gb] === fa]
        if (one && two) return true
        if (one) return alike(x.texts[gb - 1]!, y.texts[fa - 1]!)
        return two && alike(x.texts[ga - 1]!, y.texts[fb - 1]!)
      }
    }
  }
}
const alike = (a: string, b: string): boolean => a === b || jaroWinkler(a, b) >= 0.85

export function identifierComparer(given: Given): Comparer {
  return comparer(given, ['equal', 'one error', 'two errors', 'begins alike', 'different'], true, (a, b) => {
    const distance = a.length < 4 || b.length < 4 ? 3 : edits(a, b, 2)
    if (distance === 1) return 2
    if (distance === 2) return 3
    if (a.length > 3 && b.length > 3 && a.slice(0, 3) === b.slice(0, 3)) return 4
    return 5
  })
}

export function phoneComparer(given: Given): Comparer {
  return comparer(given, ['equal', 'same last digits', 'one error', 'different'], true, (a, b) => {
    const shorter = Math.min(a.length, b.length)
    if (shorter >= 7 && a.slice(-7) === b.slice(-7) && (a.length !== b.length || a.slice(-9) === b.slice(-9))) return 2
    if (shorter >= 6 && edits(a.slice(-shorter), b.slice(-shorter), 1) <= 1) return 3
    return 4
  })
}

export function emailComparer(given: Given): Comparer {
  return comparer(given, ['equal', 'one or two errors', 'same mailbox name', 'similar mailbox name', 'same domain', 'different'], true, (a, b) => {
    if (edits(a, b, 2) <= 2) return 2
    const [x, y] = [a.lastIndexOf('@'), b.lastIndexOf('@')]
    const [nameA, nameB] = [x < 0 ? a : a.slice(0, x), y < 0 ? b : b.slice(0, y)]
    const [domainA, domainB] = [x < 0 ? '' : a.slice(x + 1), y < 0 ? '' : b.slice(y + 1)]
    if (nameA === nameB && nameA.length > 3) return 3
    if (jaroWinkler(nameA, nameB) >= 0.9 && Math.min(nameA.length, nameB.length) > 3) return 4
    return domainA !== '' && domainA === domainB ? 5 : 6
  })
}

export function dateComparer(given: Given): Comparer {
  return comparer(given, ['equal', 'one digit off, or day and month swapped', 'part of the date', 'same month or day of the month, and year', 'same year, or same day', 'within two years', 'different'], true, (a, b) => {
    if (a.length !== b.length) {
      const shorter = Math.min(a.length, b.length)
      return a.slice(0, shorter) === b.slice(0, shorter) ? 3 : 7
    }
    if (a.length === 4) return Math.abs(Number(a) - Number(b)) <= 1 ? 5 : Math.abs(Number(a) - Number(b)) <= 2 ? 6 : 7
    if (edits(a, b, 1) === 1) return 2
    if (a.length === 8 && a.slice(0, 4) === b.slice(0, 4) && a.slice(4, 6) === b.slice(6) && a.slice(6) === b.slice(4, 6)) return 2
    if (a.endsWith('0101') && a.slice(0, 4) === b.slice(0, 4) || b.endsWith('0101') && a.slice(0, 4) === b.slice(0, 4)) return 3
    const [year, month, day] = [a.slice(0, 4) === b.slice(0, 4), a.slice(4, 6) === b.slice(4, 6), a.slice(6) === b.slice(6)]
    if (year && (month || day)) return 4
    if (year || (month && day)) return 5
    return Math.abs(Number(a.slice(0, 4)) - Number(b.slice(0, 4))) <= 2 ? 6 : 7
  })
}

export function numberComparer(given: Given): Comparer {
  return comparer(given, ['equal', 'within 2 %', 'within 10 %', 'within 25 %', 'within 50 %', 'different'], false, (a, b) => {
    const [x, y] = [Number(a), Number(b)]
    const apart = Math.abs(x - y) / Math.max(Math.abs(x), Math.abs(y))
    return apart <= 0.02 ? 2 : apart <= 0.1 ? 3 : apart <= 0.25 ? 4 : apart <= 0.5 ? 5 : 6
  })
}

export function categoryComparer(given: Given): Comparer {
  return comparer(given, ['equal', 'similar', 'different'], true, (a, b) => (jaroWinkler(a, b) >= 0.9 ? 2 : 3))
}

const STEPS = [0.98, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.15]

export function textComparer(given: Given, tokenise: Tokenise = byWord): Comparer {
  const { values } = given
  let texts: TokenTexts | undefined
  let compact: readonly string[] = []
  const options = { initials: given.type === 'person-name' || given.type === 'title', like: given.type === 'text' || given.type === 'title' ? 0.92 : 0.88 }
  return {
    ...given,
    labels: ['equal', ...STEPS.map(step => `${Math.round(step * 100)} % alike`), 'different'],
    term_frequency: true,
    exact: 1,
    between: remembered((a, b) => {
      if (texts === undefined) {
        texts = tokenTexts(values, values.codes.length, tokenise)
        compact = values.texts.map(text => (text.length <= 40 ? text.replaceAll(' ', '') : ''))
      }
      let like = softCosine(texts, a, b, options)
      const [x, y] = [compact[a - 1]!, compact[b - 1]!]
      if (like < 0.9 && x.length > 3 && y.length > 3) {
        const whole = jaroWinkler(x, y)
        if (whole >= 0.93) like = Math.max(like, whole - 0.03)
      }
      let level = 2
      for (const step of STEPS) {
        if (like >= step) return level
        level++
      }
      return level
    })
  }
}
