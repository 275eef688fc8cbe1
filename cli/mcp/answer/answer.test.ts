/** Answers within bounds: nothing of a large result is lost, and no answer is larger than it may be. */
import t from 'tap'
import type { JsonObject } from '../../../kernel/types.ts'
import { answerOf } from './answer.ts'
import { fit } from './fit.ts'
import { castNet } from './net.ts'
import { createPages } from './pages.ts'

const rows = (count: number): JsonObject => ({ schema: 'x', rows: Array.from({ length: count }, (_, at) => [at, `Club ${at}`]), inner: { list: [1, 2, 3] } })
const bounds = { rows: 50, bytes: 8_192 }
const audit = { sequence: 1, head: '' }

t.test('lists are cut and go on page by page', t => {
  const pages = createPages()
  const answer = answerOf({ exit: 0, result: rows(5_000), fault: undefined, flags: [] }, { bounds, pages, audit })
  t.ok(Buffer.byteLength(JSON.stringify(answer)) <= bounds.bytes, `${Buffer.byteLength(JSON.stringify(answer))} bytes`)
  const shown = (answer.structuredContent as any).rows as unknown[]
  t.same((answer.structuredContent as any).inner, { list: [1, 2, 3] }, 'small lists stay whole')
  const seen = [...shown]
  for (let next: string | null = (answer.content.find(({ type }) => type === 'resource_link') as { uri: string }).uri; next !== null; ) {
    const page: any = pages.read(next, bounds)
    t.ok(page.items.length <= bounds.rows && Buffer.byteLength(JSON.stringify(page)) <= bounds.bytes)
    seen.push(...page.items)
    next = page.next
  }
  t.same(seen, (rows(5_000) as any).rows, 'every row, once, in order')
  t.end()
})

t.test('what no cutting of lists makes small is read as text', t => {
  const pages = createPages()
  const result: JsonObject = { schema: 'x', text: 'é'.repeat(40_000) }
  t.equal(fit(result, { rows: 5, bytes: 1000 }).result, undefined)
  const answer = answerOf({ exit: 0, result, fault: undefined, flags: [] }, { bounds, pages, audit })
  t.equal(answer.isError, true)
  let whole = ''
  for (let next: string | null = (answer.content.at(-1) as { uri: string }).uri; next !== null; ) {
    const page: any = pages.read(next, bounds)
    whole += page.text
    next = page.next
  }
  t.same(JSON.parse(whole), result)
  t.end()
})

t.test('addresses that lead nowhere, and results that have gone', t => {
  const pages = createPages()
  const id = pages.keep(rows(3))
  for (const address of [pages.address(id, '/nothing', 0), pages.address(id, '/__proto__', 0), pages.address(id, '/schema/x', 0), pages.address('0'.repeat(16), '/rows', 0), `hotpass://results/${id}/rows`, `hotpass://results/${id}/%zz?offset=0`]) t.equal(pages.read(address, bounds), undefined, address)
  t.match(pages.read(pages.address(id, '/rows', 99), bounds), { count: 0, next: null })
  for (let at = 0; at < 40; at++) pages.keep(rows(1))
  t.equal(pages.read(pages.address(id, '/rows', 0), bounds), undefined, 'the oldest give way')
  t.end()
})

t.test('the net takes addresses and numbers of people, and leaves identifiers', t => {
  const kept = ['read.xlsx@1.0.0', 'run-0123456789abcdef0123456789abcdef', 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90', '2026-01-31T09:12:44.031Z', '2026-01-31', 'dist/refined.xlsx', '12,345,678']
  t.same(castNet(kept), kept)
  t.notMatch(JSON.stringify(castNet({ a: ['mail info@lapwing.example today', '+27 21 555 0101', '(021) 555-0101', 'tel. 021 555 0101.'] })), /lapwing|555/)
  t.end()
})
