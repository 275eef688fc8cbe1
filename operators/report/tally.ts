/** Counts by name. */

/** Counts by name, largest first, then by name in code unit order; equal names are added up. */
export function tallyOf(pairs: readonly (readonly [name: string, count: number])[]): { name: string; count: number }[] {
  const sums = new Map<string, number>()
  for (const [name, count] of pairs) sums.set(name, (sums.get(name) ?? 0) + count)
  return [...sums].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}
