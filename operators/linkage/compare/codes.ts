/** Model codes and the like within running text: what tells one product from its neighbours in the catalogue. */
import type { Column } from '../../../kernel/artifact/table.ts'
import { valuesOf, type Values } from '../fields/values.ts'
import type { LinkType } from '../stages.ts'
import { remembered, type Comparer } from './comparer.ts'

/** Chunks of at least four letters and digits that hold a digit; signs inside do not count: `PS-LX350H` is `pslx350h`. */
export function codesIn(text: string): readonly string[] {
  const found = new Set<string>()
  for (const chunk of text.split(/[\s,;()[\]"]+|\/(?=\s|$)|(?<=\s)\/|- /)) {
    const code = chunk.toLowerCase().replace(/[^a-z0-9]+/g, '')
    if (code.length < 4 || code.length > 24 || !/[0-9]/.test(code)) continue
    if (!/[a-z]/.test(code) && code.length < 5) continue
    if (/^\d+(gb|mb|tb|mm|cm|in|inch|ft|hz|khz|mhz|ghz|w|watts?|v|volt|mp|x\d+|p|i|oz|lbs?|btu|rpm|dpi|pack|pk|st|nd|rd|th|port|hour|hr|channel|megapixels?|series)$/.test(code)) continue
    found.add(code)
  }
  return [...found].sort()
}

/** The codes of each record as one text, or null when too few records have any. */
export function codesOf(column: Column): Values | null {
  const values = valuesOf(column, text => codesIn(text).join(' '))
  let filled = 0
  for (const code of values.codes) if (code !== 0) filled++
  return filled * 5 < values.codes.length ? null : values
}

const LABELS = ['same codes', 'a rare code in common', 'a code in common', 'one code begins the other', 'a similar code', 'no code in common'] as const

export function codeComparer(given: { readonly name: string; readonly fields: readonly string[]; readonly type: LinkType }, values: Values, total: number): Comparer {
  const lists = values.texts.map(text => text.split(' '))
  const holders = new Map<string, number>()
  lists.forEach((codes, at) => codes.forEach(code => void holders.set(code, (holders.get(code) ?? 0) + values.counts[at + 1]!)))
  const rare = Math.max(3, total / 400)
  return {
    ...given, values, labels: LABELS, term_frequency: false, exact: 1,
    between: remembered((a, b) => {
      let best = 6
      for (const x of lists[a - 1]!) {
        for (const y of lists[b - 1]!) {
          if (x === y) best = Math.min(best, holders.get(x)! <= rare ? 2 : 3)
          else if (best > 4 && Math.min(x.length, y.length) >= 4 && (x.startsWith(y) || y.startsWith(x))) best = 4
          else if (best > 5 && Math.min(x.length, y.length) >= 5 && (x.includes(y) || y.includes(x))) best = 5
        }
      }
      return best
    })
  }
}
