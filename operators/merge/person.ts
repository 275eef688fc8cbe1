/** Members of one entity that are the same: joined when they share an identity value and their names allow it. */
import { ITEM_SEPARATOR } from '../../kernel/artifact/table.ts'
import type { Field, Group } from '../../schemas/generated/profile.ts'
import { foldWords } from '../model/name-key.ts'
import { compareVectors, type Member, type Preference } from './member.ts'

/** One or several members that are the same. */
export interface Person {
  readonly values: (string | null)[]
  /** Spellings of the name, as the members have them. */
  readonly names: Set<string>
  /** Best first. */
  readonly members: Member[]
  vector: readonly number[]
}

/** A scalar value that another member of the person lost. */
export type LostInPerson = (field: string, kept: string, lost: string, member: Member) => void

/** A value that more members than this share, under different names, is a switchboard and identifies nobody. */
const MOST_SHARING = 64

/** Whether a person has several of these whatever the profile says: an e-mail and a phone are ways to reach them. */
const isList = (field: Field): boolean => field.multiple === true || field.type === 'email' || field.type === 'phone'

const itemsIn = (text: string): readonly string[] => (text.includes(ITEM_SEPARATOR) ? text.split(ITEM_SEPARATOR) : [text])

/**
 * Whether two names may be one person's: every word of the shorter is a word of the longer or an initial of one, and
 * one word at least is the same. `J. Smith` and `John Smith` may, `Jane Smith` and `John Smith` may not.
 */
export function namesAgree(a: string, b: string): boolean {
  if (a === b) return true
  const [few, many] = [foldWords(a).split(' '), foldWords(b).split(' ')].sort((x, y) => x.length - y.length) as [string[], string[]]
  const left = [...many]
  let same = 0
  for (const word of few) {
    let at = left.indexOf(word)
    if (at >= 0) same++
    else if (word[0]! > '9') at = left.findIndex(other => (word.length === 1 || other.length === 1) && other[0] === word[0])
    if (at < 0) return false
    left.splice(at, 1)
  }
  return same > 0
}

/** Joins the members of one entity. The outcome does not depend on the order in which they are given. */
export interface Joiner {
  join(members: readonly Member[]): readonly Person[]
}

export function joinerOf(group: Group, preference: Preference, lost: LostInPerson): Joiner {
  const { fields } = group
  const identity = (group.identity ?? []).map(name => fields.findIndex(field => field.name === name)).filter(at => at >= 0)
  const name = fields.findIndex(field => field.type === 'person-name')
  const content = fields.map((field, at) => at).filter(at => fields[at]!.type !== 'boolean')

  function single(member: Member): Person {
    const values = [...member.values]
    const person: Person = { values, names: new Set(name < 0 || values[name] === null ? [] : [values[name]!]), members: [member], vector: [] }
    fields.forEach((field, at) => {
      const text = values[at]
      if (text === null || text === undefined || isList(field) || !text.includes(ITEM_SEPARATOR)) return
      const [kept, ...others] = itemsIn(text)
      values[at] = kept!
      for (const other of others) if (other !== kept) lost(field.name, kept!, other, member)
    })
    return person
  }
  function absorb(person: Person, other: Person): void {
    fields.forEach((field, at) => {
      const mine = person.values[at]!
      const theirs = other.values[at]!
      if (theirs === null || theirs === mine) return
      if (mine === null) person.values[at] = theirs
      else if (isList(field)) person.values[at] = [...new Set([...itemsIn(mine), ...itemsIn(theirs)])].join(ITEM_SEPARATOR)
      else if (at === name && theirs.length > mine.length) {
        // The fuller spelling of one name: what the next run compares by.
        person.values[at] = theirs
        lost(field.name, theirs, mine, person.members[0]!)
      } else lost(field.name, mine, theirs, other.members[0]!)
    })
    for (const each of other.names) person.names.add(each)
    for (const member of other.members) person.members.push(member)
  }

  function byIdentity(ordered: readonly Member[]): Person[] {
    const people: (Person | null)[] = []
    const holders = new Map<string, number[]>()
    const forward: number[] = []
    const find = (at: number): number => {
      let top = at
      while (forward[top] !== top) top = forward[top] = forward[forward[top]!]!
      return top
    }
    const same = new Map<string, number>()
    /** Nameless people that share values with several named ones: they join none of them, through whatever third. */
    const torn = new Set<number>()
    const hold = (member: Member, at: number): void => {
      for (const field of identity) {
        for (const item of member.values[field] === null ? [] : itemsIn(member.values[field]!)) {
          const key = `${field}\u0000${item}`
          const list = holders.get(key)
          if (list === undefined) holders.set(key, [at])
          else if (list.length <= MOST_SHARING && find(list.at(-1)!) !== at) list.push(at)
        }
      }
    }
    const sharing = (member: Member): number[] => {
      const found = new Set<number>()
      for (const field of identity) {
        for (const item of member.values[field] === null ? [] : itemsIn(member.values[field]!)) {
          const list = holders.get(`${field}\u0000${item}`)
          if (list !== undefined && list.length <= MOST_SHARING) for (const at of list) found.add(find(at))
        }
      }
      return [...found].sort((a, b) => a - b)
    }
    const agree = (at: number, names: Iterable<string>): boolean => {
      for (const other of names) for (const one of people[at]!.names) if (!namesAgree(one, other)) return false
      return true
    }
    function place(member: Member, candidates: readonly number[]): number {
      if (candidates.length === 0) {
        people.push(single(member))
        forward.push(people.length - 1)
        return people.length - 1
      }
      const at = candidates[0]!
      absorb(people[at]!, single(member))
      for (const other of candidates.slice(1)) {
        if (!agree(at, people[other]!.names) || torn.has(other) !== torn.has(at)) continue
        absorb(people[at]!, people[other]!)
        people[other] = null
        forward[other] = at
      }
      return at
    }
    function take(member: Member, candidatesOf: () => readonly number[], isTorn: () => boolean): void {
      const signature = member.values.map(value => value ?? '\u0000').join('\u0001')
      const twin = same.get(signature)
      if (twin !== undefined) {
        people[find(twin)]!.members.push(member)
        return
      }
      // A shared mailbox or switchboard of several named people belongs to none of them.
      const alone = isTorn()
      const at = place(member, candidatesOf())
      if (alone) torn.add(at)
      same.set(signature, at)
      hold(member, at)
    }
    const isNamed = (member: Member): boolean => name >= 0 && member.values[name] !== null
    for (const member of ordered) {
      if (isNamed(member)) take(member, () => sharing(member).filter(at => agree(at, itemsIn(member.values[name]!).slice(0, 1))), () => false)
    }
    for (const member of ordered) {
      if (isNamed(member)) continue
      take(member, () => {
        const candidates = sharing(member)
        const named = candidates.filter(at => people[at]!.names.size > 0)
        if (named.length === 1) return [named[0]!, ...candidates.filter(at => at !== named[0])]
        return named.length === 0 ? candidates : candidates.filter(at => torn.has(at))
      }, () => sharing(member).filter(at => people[at]!.names.size > 0).length > 1)
    }
    return people.filter(person => person !== null)
  }

  /** Drops people whose every value another one has: they say nothing of their own. */
  function withoutShadows(people: Person[]): Person[] {
    if (people.length < 2) return people
    const holders = new Map<string, number[]>()
    const keysOf = (person: Person): string[] => content.flatMap(at => (person.values[at] === null ? [] : itemsIn(person.values[at]!).map(item => `${at}\u0000${item}`)))
    const keys = people.map(keysOf)
    keys.forEach((list, at) => {
      for (const key of list) {
        const known = holders.get(key)
        if (known === undefined) holders.set(key, [at])
        else known.push(at)
      }
    })
    const sets = keys.map(list => new Set(list))
    const gone = new Set<number>()
    people.forEach((person, at) => {
      const rarest = keys[at]!.reduce<number[] | null>((best, key) => (best === null || holders.get(key)!.length < best.length ? holders.get(key)! : best), null) ?? []
      const host = rarest.find(other => other !== at && !gone.has(other) && (sets[other]!.size > sets[at]!.size || (sets[other]!.size === sets[at]!.size && other < at)) && keys[at]!.every(key => sets[other]!.has(key)))
      if (host === undefined) return
      absorb(people[host]!, person)
      gone.add(at)
    })
    return people.filter((_, at) => !gone.has(at))
  }

  return {
    join(members) {
      if (members.length < 2) return members.map(single)
      const ordered = members.map(member => ({ member, vector: preference(member.values, member) })).sort((a, b) => compareVectors(a.vector, b.vector))
      const people = withoutShadows(byIdentity(ordered.map(({ member }) => member)))
      for (const person of people) person.vector = bestVector(person)
      return people.sort((a, b) => compareVectors(a.vector, b.vector))
    }
  }
  function bestVector(person: Person): readonly number[] {
    let best: readonly number[] | null = null
    for (const member of person.members) {
      const vector = preference(person.values, member)
      if (best === null || compareVectors(vector, best) < 0) best = vector
    }
    return best!
  }
}
