/** Pairwise precision, recall and F1 of clusters against the truth, by counts: no pair is written out. */

/** Rows of delimited text, RFC 4180. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (text[at + 1] === '"') cell += text[++at]
      else quoted = false
    } else if (sign === '"') quoted = true
    else if (sign === ',' || sign === '\n') {
      row.push(cell.replace(/\r$/, ''))
      cell = ''
      if (sign === '\n') {
        rows.push(row)
        row = []
      }
    } else cell += sign
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell])
  return rows
}

function columns(text: string, ...names: readonly string[]): string[][] {
  const [head, ...rows] = rowsOf(text)
  const at = names.map(name => head!.indexOf(name))
  return rows.map(row => at.map(index => row[index] ?? ''))
}

/** Two CSV texts with `record_id` and `cluster_id`. With records that have a `source`, only pairs across sources count. */
export function pairwise(clusters: string, truth: string, records?: string): { readonly precision: number; readonly recall: number; readonly f1: number } {
  const found = new Map(columns(clusters, 'record_id', 'cluster_id') as [string, string][])
  const source = records === undefined ? undefined : new Map(columns(records, 'record_id', 'source') as [string, string][])
  const groups = [new Map<string, Map<string, number>>(), new Map<string, Map<string, number>>(), new Map<string, Map<string, number>>()] as const
  let alone = 0
  for (const [id, wanted] of columns(truth, 'record_id', 'cluster_id') as [string, string][]) {
    const own = found.get(id) ?? `alone ${alone++}`
    const from = source?.get(id) ?? ''
    ;[own, wanted, `${own}\u0000${wanted}`].forEach((key, at) => {
      const sizes = groups[at]!.get(key) ?? new Map<string, number>()
      groups[at]!.set(key, sizes.set(from, (sizes.get(from) ?? 0) + 1))
    })
  }
  const two = (count: number): number => (count * (count - 1)) / 2
  const [pairs, wanted, both] = groups.map(group => {
    let sum = 0
    for (const sizes of group.values()) {
      const all = [...sizes.values()].reduce((total, size) => total + size, 0)
      sum += two(all) - (source === undefined ? 0 : [...sizes.values()].reduce((total, size) => total + two(size), 0))
    }
    return sum
  }) as [number, number, number]
  const precision = pairs === 0 ? 1 : both / pairs
  const recall = wanted === 0 ? 1 : both / wanted
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}
