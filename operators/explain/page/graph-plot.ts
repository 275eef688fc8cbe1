/** A cluster as a small graph: its records on a circle, the links that hold it, and those that nobody followed. */
import { label, px, svg } from '../../report/plot/svg.ts'
import type { ClusterShown } from '../content.ts'

const [SIZE, RADIUS, NODE] = [280, 104, 15]
const TURN = 6.283185307179586

/** Sine and cosine by their series: the functions of engines differ in the last digit. */
function onCircle(share: number): readonly [x: number, y: number] {
  const angle = share * TURN - TURN / 4
  let [sine, cosine, term] = [0, 0, 1]
  for (let power = 0; power < 40; power++) {
    if (power % 2 === 0) cosine += power % 4 === 0 ? term : -term
    else sine += power % 4 === 1 ? term : -term
    term = (term * angle) / (power + 1)
  }
  return [cosine, sine]
}

/** `id` is unique on the page. Members are numbered as in the table beside it. */
export function clusterPlot(id: string, { members, drawn, entity }: ClusterShown): string {
  const places = members.map((_, at) => {
    const [x, y] = onCircle(at / members.length)
    return [SIZE / 2 + x * RADIUS, SIZE / 2 + y * RADIUS] as const
  })
  const classOf = ({ role, bridge }: ClusterShown['drawn'][number]): string => (role === 'must-link' || role === 'cannot-link' ? role : role !== 'match' ? 'doubt' : bridge ? 'bridge' : '')
  const lines = drawn.map(link => {
    const [[x1, y1], [x2, y2]] = [places[link.a]!, places[link.b]!]
    return `<line class="link ${classOf(link)}" x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}"/>`
  })
  const nodes = places.map(([x, y], at) => `<circle class="node" cx="${px(x)}" cy="${px(y)}" r="${NODE}"/>${label(x, y + 4.5, String(at + 1), 'class="figures" text-anchor="middle"')}`)
  return svg(id, SIZE, SIZE, `Links within ${entity}`, `${members.length} records, ${drawn.length} links`, lines.join('') + nodes.join(''))
}
