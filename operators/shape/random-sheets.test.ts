/** Sheets as people make them, put together at random from parts whose rows are known: what they are made of is found, and no record is lost. */
import t from 'tap'
import type { Cell } from '../model/sheet-fixture.ts'
import { reconciles, rowsOf, shape } from './shape.case.ts'

const SHEETS = 250
/** Sheets that are found to the row. */
const MOST = 0.98

/** Numbers below a bound, the same for a seed (Mulberry32). */
function chanceOf(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

type Chance = ReturnType<typeof chanceOf>
const one = <T>(chance: Chance, of: readonly T[]): T => of[chance(of.length)]!

const NAMES = ['Blue Crane', 'Kestrel', 'Heron', 'Lapwing', 'Sunbird', 'Plover', 'Weaver', 'Kingfisher', 'Hornbill', 'Gannet', 'Oriole', 'Swift']
const KINDS = ['Charters', 'Traders', 'Schools', 'Foods (Pty) Ltd', 'Logistics', 'Academy', 'Clinic', 'Works']
const TOWNS = ['Paarl', 'George', 'Knysna', 'Upington', 'Cape Town', 'Durban', 'Mossel Bay', 'Ceres']
const COLUMNS: readonly { readonly names: readonly string[]; readonly value: (chance: Chance, row: number) => Cell; readonly sums?: true }[] = [
  { names: ['ID', 'Code', 'Account No', 'Ref'], value: (_, row) => `M${1000 + row * 7}` },
  { names: ['Organisation', 'Company', 'School', 'Customer'], value: chance => `${one(chance, NAMES)} ${one(chance, KINDS)}` },
  { names: ['No.', 'Nr', '#', 'Line'], value: (_, row) => row + 1 },
  { names: ['Town', 'City', 'Region'], value: chance => one(chance, TOWNS) },
  { names: ['Email', 'E-mail'], value: chance => `info${chance(99)}@example.org` },
  { names: ['Phone', 'Tel'], value: chance => `082 555 0${100 + chance(899)}` },
  { names: ['Date', 'Joined', 'Due Date'], value: chance => ({ date: `20${10 + chance(14)}-0${1 + chance(9)}-1${chance(9)}` }) },
  { names: ['Amount', 'Balance', 'Price'], value: chance => chance(100_000) / 100, sums: true },
  { names: ['Qty', 'Learners', 'Count'], value: chance => chance(500), sums: true },
  { names: ['Status', 'Type'], value: chance => one(chance, ['Active', 'Closed', 'Pending']) },
  { names: ['Notes', 'Comment'], value: chance => one(chance, [null, null, 'call back', 'moved to a new office', 'ok']) }
]
const SAID: readonly (readonly Cell[])[] = [['Generated: 2024-03-01'], ['Period:', 'May 2024'], ['Branch', 'North'], ['Prepared by', 'Finance'], ['Version', 3], ['Currency', 'ZAR'], ['As at', { date: '2024-02-29' }]]

interface Part { readonly header: readonly number[]; readonly records: readonly number[] }

function sheetOf(seed: number): { readonly rows: Cell[][]; readonly merges: string[]; readonly parts: readonly Part[] } {
  const chance = chanceOf(seed)
  const rows: Cell[][] = []
  const merges: string[] = []
  const parts: Part[] = []
  const push = (cells: readonly Cell[]): number => rows.push([...cells])
  for (let tables = chance(8) === 0 ? 2 : 1; tables > 0; tables--) {
    const chosen = [COLUMNS[chance(3)]!]
    for (let more = 2 + chance(6); more > 0; more--) {
      const column = one(chance, COLUMNS)
      if (!chosen.includes(column)) chosen.push(column)
    }
    const width = chosen.length
    if (width < 3) chosen.push(...COLUMNS.filter(column => !chosen.includes(column)).slice(0, 3 - width))
    const names = chosen.map(({ names: of }) => one(chance, of))
    if (chance(3) === 0) {
      const at = push([one(chance, ['Member list 2024', 'Price List', 'ANNUAL RETURN'])])
      if (chance(2) === 0) merges.push(`A${at}:${'ABCDEFGHIJKL'[chosen.length - 1]}${at}`)
    }
    if (chance(6) === 0) {
      for (let lines = 1 + chance(3); lines > 0; lines--) push(one(chance, SAID))
      if (chance(3) > 0) rows.push([])
    }
    const header: number[] = []
    if (chosen.length > 4 && chance(8) === 0) {
      const at = push([null, 'Details', null, 'Finance', ...chosen.slice(4).map(() => null)])
      merges.push(`B${at}:C${at}`, `D${at}:E${at}`)
      header.push(at)
    }
    header.push(push(names))
    const records: number[] = []
    const sums = chosen.map(() => 0)
    for (let count = 2 + chance(30), row = 0; row < count; row++) {
      const cells = chosen.map(({ value }) => value(chance, row))
      cells.forEach((cell, index) => (sums[index]! += chosen[index]!.sums ? Math.round((cell as number) * 100) : 0))
      records.push(push(cells))
      if (row === 9 && chance(12) === 0) push(names)
    }
    if (chosen.some(column => column.sums) && !chosen[0]!.sums && chance(4) === 0) push(chosen.map((column, index) => (index === 0 ? 'Total' : column.sums ? sums[index]! / 100 : null)))
    if (chance(8) === 0) push(['Source: internal records'])
    if (tables > 1) rows.push([], [])
    parts.push({ header, records })
  }
  return { rows, merges, parts }
}

t.test('random sheets', async t => {
  let exact = 0
  for (let seed = 0; seed < SHEETS; seed++) {
    const { rows, merges, parts } = sheetOf(seed)
    const frame = shape(rows, { merges })
    const found = frame.meta.tables.map(({ header_rows: header }, index): Part => ({ header, records: rowsOf(frame, index) }))
    const kept = new Set(found.flatMap(({ records }) => records))
    const lost = parts.flatMap(({ records }) => records).filter(row => !kept.has(row))
    if (lost.length > 0) t.fail(`sheet ${seed}: records ${lost.join()} are lost`)
    if (!reconciles(frame)) t.fail(`sheet ${seed}: rows are not accounted for`)
    if (JSON.stringify(found) === JSON.stringify(parts)) exact++
  }
  t.ok(exact >= SHEETS * MOST, `${exact} of ${SHEETS} are found to the row`)
})
