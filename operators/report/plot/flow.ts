/** Where the rows went: bands from every table of the input to what became of its rows. */
import type { Report } from '../../../schemas/generated/report.ts'
import { formatCount, formatNumber, formatShare } from '../format.ts'
import { bar, CHARACTER, clip, label, px, svg } from './svg.ts'

const WIDTH = 1080
const RIGHT = 800
const NODE = 12
const GAP = 14
const ROWS_HEIGHT = 260
const MOST_TABLES = 10
const THINNEST = 1.5
/** Characters of a label. */
const LABEL = 42
const LEFT = LABEL * CHARACTER + 16
const OUTCOMES = ['used', 'merged', 'quarantined'] as const
const NAMES = { used: 'Used', merged: 'Merged into another', quarantined: 'Quarantined' } as const

interface Node {
  readonly name: string
  readonly rows: number
  readonly to: { readonly [outcome in (typeof OUTCOMES)[number]]: number }
}

/** File and sheet in the room that there is; the file gives way first. */
function nameOf(file: string, sheet: string, range: string): string {
  if (range !== '') return nameOf(file, `${sheet} ${range}`, '')
  if (sheet === '' || file.startsWith(`${sheet}.`)) return clip(file, LABEL)
  const room = LABEL - 3 - [...sheet].length
  return clip(`${clip(file, Math.max(room, 12))} › ${sheet}`, LABEL)
}

function nodesOf({ tables }: Report['reconciliation']): Node[] {
  const nodes = tables
    .map(({ file, sheet, range, counts }) => ({ name: nameOf(file, sheet, range), rows: counts.rows_in, to: counts }))
    .filter(({ rows }) => rows > 0)
  if (nodes.length <= MOST_TABLES) return nodes
  // The largest keep a band of their own, in the order of the input.
  const largest = new Set([...nodes].sort((a, b) => b.rows - a.rows).slice(0, MOST_TABLES - 1))
  const rest = nodes.filter(node => !largest.has(node))
  const sum = (pick: (node: Node) => number): number => rest.reduce((total, node) => total + pick(node), 0)
  return [
    ...nodes.filter(node => largest.has(node)),
    { name: `${rest.length} more tables`, rows: sum(node => node.rows), to: { used: sum(node => node.to.used), merged: sum(node => node.to.merged), quarantined: sum(node => node.to.quarantined) } }
  ]
}

function band(kind: string, y0: number, h0: number, y1: number, h1: number): string {
  const [x0, x1, mid] = [LEFT + NODE, RIGHT, (LEFT + NODE + RIGHT) / 2]
  return (
    `<path class="band ${kind}" d="M${px(x0)} ${px(y0)}C${px(mid)} ${px(y0)} ${px(mid)} ${px(y1)} ${px(x1)} ${px(y1)}L${px(x1)} ${px(y1 + h1)}` +
    `C${px(mid)} ${px(y1 + h1)} ${px(mid)} ${px(y0 + h0)} ${px(x0)} ${px(y0 + h0)}Z"/>`
  )
}

/** The plot; '' when no row was read. */
export function flowPlot(reconciliation: Report['reconciliation']): string {
  const nodes = nodesOf(reconciliation)
  const { total } = reconciliation
  if (total.rows_in === 0 || nodes.length === 0) return ''
  const scale = ROWS_HEIGHT / total.rows_in
  const thick = (rows: number): number => (rows === 0 ? 0 : Math.max(THINNEST, rows * scale))
  const lefts = nodes.map(node => Math.max(OUTCOMES.reduce((sum, outcome) => sum + thick(node.to[outcome]), 0), 14))
  const leftHeight = lefts.reduce((sum, height) => sum + height + GAP, -GAP)
  const present = OUTCOMES.filter(outcome => total[outcome] > 0)
  const rights = present.map(outcome => Math.max(nodes.reduce((sum, node) => sum + thick(node.to[outcome]), 0), 6))
  const rightGap = 34
  const rightHeight = rights.reduce((sum, height) => sum + height + rightGap, -rightGap)
  const height = Math.max(leftHeight, rightHeight, 90) + 28
  let body = ''
  let y = (height - rightHeight) / 2
  const next = new Map<string, number>()
  present.forEach((outcome, index) => {
    next.set(outcome, y)
    body += bar(RIGHT, y, NODE, rights[index]!, outcome)
    const middle = y + rights[index]! / 2
    body += label(RIGHT + NODE + 14, middle - 2, `${formatCount(total[outcome])} · ${formatShare(total[outcome] / total.rows_in)}`, 'class="strong"')
    body += label(RIGHT + NODE + 14, middle + 15, NAMES[outcome], 'class="quiet"')
    y += rights[index]! + rightGap
  })
  y = (height - leftHeight) / 2
  let bands = ''
  nodes.forEach((node, index) => {
    let from = y
    for (const outcome of OUTCOMES) {
      const size = thick(node.to[outcome])
      if (size === 0) continue
      bands += band(outcome, from, size, next.get(outcome)!, size)
      next.set(outcome, next.get(outcome)! + size)
      from += size
    }
    body += bar(LEFT, y, NODE, lefts[index]!, 'source')
    const middle = y + lefts[index]! / 2 + 4
    body += label(LEFT - 12, middle, node.name, 'text-anchor="end"')
    body += label(LEFT + NODE + 8, middle, formatCount(node.rows), 'class="quiet halo"')
    y += lefts[index]! + GAP
  })
  const text = `Of ${formatNumber(total.rows_in, 'row')} in, ${formatCount(total.used)} were used, ${formatCount(total.merged)} merged into another row and ${formatCount(total.quarantined)} quarantined.`
  return svg('flow', WIDTH, height, 'Where the rows went', text, bands + body)
}
