/** Blocking rules: possible ones, what each would cost, and the choice within a budget. */
import type { Comparer } from '../compare/comparer.ts'
import type { BlockingRule } from '../stages.ts'
import { groupsOf, groupsWithin, indexOfGroups, indexOfLists, sizesOf, sizesOfLists, sizesWithin, type BlockIndex, type Groups, type KeyLists, type Sizes } from './index.ts'

const TEXTS: ReadonlySet<string> = new Set(['person-name', 'organisation-name', 'title', 'text', 'address', 'identifier'])

/** Keys of every distinct value. */
function listsOfKeys(comparer: Comparer, keysOf: (text: string) => readonly string[]): KeyLists {
  const { texts, codes } = comparer.values
  const names = new Map<string, number>()
  const lists = texts.map(text => {
    const ids: number[] = []
    for (const key of keysOf(text)) {
      let id = names.get(key)
      if (id === undefined) names.set(key, (id = names.size))
      if (!ids.includes(id)) ids.push(id)
    }
    return ids
  })
  return { codes, lists, count: names.size }
}

const wordsOf = (text: string): readonly string[] => text.split(' ').filter(word => word.length > 1)
const grams = (text: string): readonly string[] => {
  const plain = text.replaceAll(' ', '')
  const found: string[] = []
  for (let at = 0; at + 4 <= Math.min(plain.length, 40); at++) found.push(plain.slice(at, at + 4))
  return found
}

const pairsOf = (count: number): number => (count * (count - 1)) / 2

/** The largest block size, up to `most`, with which the pairs stay within a share of the budget. */
export function capped(name: string, kind: BlockingRule['kind'], fields: readonly string[], bySize: Sizes, share: number, most = Infinity): BlockingRule {
  let pairs = 0
  let limit = 1
  let outBlocks = 0
  let outPairs = 0
  let full = false
  for (const [size, blocks] of [...bySize].sort((a, b) => a[0] - b[0])) {
    const more = blocks * pairsOf(size)
    if (full || size > most || pairs + more > share) {
      full = true
      outBlocks += blocks
      outPairs += more
    } else {
      pairs += more
      limit = size
    }
  }
  return { name, kind, fields, limit, estimated_pairs: pairs, used: pairs > 0, reason: '', blocks_left_out: outBlocks, pairs_left_out: outPairs }
}

export interface Choice {
  readonly rules: readonly BlockingRule[]
  readonly refused: readonly BlockingRule[]
  readonly budget: number
}

/** Pairs that may be compared: all of a small file, six per record of a large one. */
export function budgetOf(records: number): number {
  return 3_000_000 + 6 * records
}

/** From here on, keys that put together half of a town cost more than they find. */
const MANY = 50_000

const MOST_RULES = 14

/** A rule as the plan names it. */
export function nameOfRule(kind: BlockingRule['kind'], fields: readonly string[]): string {
  return `${kind === 'token' ? 'rare word of ' : kind === 'qgram' ? '4-grams of ' : ''}${fields.join(' + ')}`
}

/** Chooses rules for these comparisons. `stands` says which records stand for themselves or others. */
export function chooseRules(comparers: readonly Comparer[], records: number, stands: Uint8Array, budget = budgetOf(records)): Choice {
  const rules: BlockingRule[] = []
  const refused: BlockingRule[] = []
  const open: Comparer[] = []
  const share = budget / 2 / Math.max(4, comparers.length)
  const take = (rule: BlockingRule): void => {
    if (rule.estimated_pairs === 0) refused.push({ ...rule, used: false, reason: 'its blocks are too large for the budget, or make no pair' })
    else rules.push({ ...rule, used: true, reason: rule.pairs_left_out === 0 ? 'all of its blocks fit the budget' : `blocks of up to ${rule.limit} records fit the budget` })
  }
  const groups = new Map(comparers.map(comparer => [comparer, groupsOf(comparer.values.codes, comparer.values.texts.length, stands)]))
  for (const comparer of comparers) {
    if (comparer.type === 'number' || comparer.type === 'category') {
      if (comparer.type === 'category') open.push(comparer)
      continue
    }
    const value = capped(comparer.name, 'value', [comparer.name], sizesOf(groups.get(comparer)!), share)
    if (value.pairs_left_out > 0) open.push(comparer)
    const spaced = comparer.values.texts.some(text => text.includes(' '))
    if (records < MANY || value.pairs_left_out <= value.estimated_pairs) take(value)
    else refused.push({ ...value, used: false, reason: 'most of its pairs stand in blocks that are too large' })
    if (spaced && TEXTS.has(comparer.type)) take(capped(nameOfRule('token', [comparer.name]), 'token', [comparer.name], sizesOfLists(keyListsOf('token', comparer), stands), share))
    if (records < MANY && comparer.type !== 'text' && comparer.type !== 'date') take(capped(nameOfRule('qgram', [comparer.name]), 'qgram', [comparer.name], sizesOfLists(keyListsOf('qgram', comparer), stands), share))
  }
  const pairs: BlockingRule[] = []
  for (let x = 0; x < open.length; x++) {
    for (let y = x + 1; y < open.length; y++) {
      // Within the smaller blocks there is less to be counted.
      const [one, two] = open[x]!.values.texts.length < open[y]!.values.texts.length ? [open[y]!, open[x]!] : [open[x]!, open[y]!]
      const sizes = sizesWithin(groups.get(one)!, two.values.codes, two.values.texts.length)
      pairs.push(capped(nameOfRule('value', [open[x]!.name, open[y]!.name]), 'value', [open[x]!.name, open[y]!.name], sizes, budget / 8))
    }
  }
  pairs.sort((a, b) => a.estimated_pairs + a.pairs_left_out - b.estimated_pairs - b.pairs_left_out || (a.name < b.name ? -1 : 1))
  let left = budget - rules.reduce((sum, rule) => sum + rule.estimated_pairs, 0)
  for (const pair of pairs) {
    if (rules.length >= (records < MANY ? 30 : MOST_RULES) || pair.estimated_pairs > left) refused.push({ ...pair, used: false, reason: 'the budget is spent' })
    else {
      left -= pair.estimated_pairs
      take(pair)
    }
  }
  return { rules, refused, budget }
}

/** Keys of a rule that asks for a part of one field. */
export function keyListsOf(kind: 'token' | 'qgram', comparer: Comparer): KeyLists {
  return listsOfKeys(comparer, kind === 'token' ? wordsOf : grams)
}

/** The records that share a value in every field: groups of two to `limit` where there are several fields. */
export function groupsOfAll(fields: readonly Comparer[], stands: Uint8Array, limit: number): Groups {
  const [first, ...more] = [...fields].sort((a, b) => b.values.texts.length - a.values.texts.length)
  let groups = groupsOf(first!.values.codes, first!.values.texts.length, stands)
  more.forEach(({ values }, at) => void (groups = groupsWithin(groups, values.codes, values.texts.length, at + 1 === more.length ? limit : stands.length)))
  return groups
}

/** The index of a rule that was chosen or stated. */
export function indexOfRule({ kind, fields, limit }: BlockingRule, comparers: readonly Comparer[], stands: Uint8Array): BlockIndex {
  const named = fields.map(field => comparers.find(({ name }) => name === field)!)
  return kind === 'value' ? indexOfGroups(groupsOfAll(named, stands, limit), stands.length, limit) : indexOfLists(keyListsOf(kind, named[0]!), stands, limit)
}
