import t from 'tap'
import { decisionLine, type Decision } from './decision.ts'
import { parseDecisions, standing } from './parse.ts'
import { readDecisions } from './read.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const decide = (decision: Decision['decision'], a: string, b: string): string => decisionLine({ decision, a, b, by: 'Thandi', at: '2026-01-31T09:00:00Z' })

t.test('every line is read, and later lines can withdraw earlier ones', t => {
  const text = `\ufeff${decide('must-link', 'a', 'b')}\n\n${decide('cannot-link', 'b', 'c')}${decide('withdraw', 'b', 'a')}${decide('unsure', 'c', 'd').trimEnd()}`
  const { decisions, faults } = parseDecisions(encode(text))
  t.same(faults, [])
  t.same(decisions.map(({ line, decision }) => [line, decision]), [[1, 'must-link'], [4, 'cannot-link'], [5, 'withdraw'], [6, 'unsure']])
  t.same(standing(decisions).map(({ line }) => line), [4, 6])
  t.same(standing(parseDecisions(encode(decide('withdraw', 'a', 'b') + decide('must-link', 'a', 'b'))).decisions).length, 1, 'what comes after a withdrawal counts')
  t.end()
})

t.test('faults name their line', t => {
  const good = decide('must-link', 'a', 'b')
  const cases: [string, RegExp][] = [
    ['nonsense\n', /^d\.jsonl line 1 is not JSON$/],
    [`${good}{"decision":"must-link","a":"x`, /line 2 is cut short/],
    [`${good}{"decision":"must-lnk","a":"x","b":"y","by":"T","at":"2026-01-31T09:00:00Z"}\n`, /line 2 decision: must be one of/],
    [`${good}${good.replace('"by":"Thandi",', '')}`, /line 2 by is missing/],
    [`${good}${good.replace('Thandi"', 'Thandi","reason":"x"')}`, /line 2 reason: unknown key/],
    [good.replace('2026-01-31T', '31 January '), /line 1 at: is not of the right form/],
    [decide('must-link', 'a', 'a'), /line 1 names one record twice/],
    [`${good}x\ny\nz\n`, /line 2 is not JSON, and 2 more lines are wrong/],
    [`["${'x'.repeat(70_000)}"]\n`, /line 1 is longer than/]
  ]
  for (const [text, message] of cases) t.throws(() => readDecisions(encode(text), 'd.jsonl'), { code: 'E_DECISIONS', exitCode: 2, message })
  t.throws(() => readDecisions(Uint8Array.of(0xff, 0xfe), 'd.jsonl'), { message: /not UTF-8/ })
  t.same(readDecisions(encode(''), 'd.jsonl').all, [], 'an empty file holds no decision')
  t.end()
})

t.test('contradictions are named by line, with the shortest chain', t => {
  const text = decide('must-link', 'a', 'b') + decide('must-link', 'x', 'y') + decide('must-link', 'b', 'c') + decide('cannot-link', 'c', 'a')
  t.throws(() => readDecisions(encode(text), 'd.jsonl'), { code: 'E_DECISIONS', message: 'd.jsonl contradicts itself: line 4 keeps two records apart that lines 1 and 3 put together', place: { file: 'd.jsonl', line: 4 } })
  t.throws(() => readDecisions(encode(decide('cannot-link', 'a', 'b') + decide('must-link', 'b', 'a')), 'd.jsonl'), { message: /line 1 keeps two records apart that line 2 puts together/ })
  t.same(readDecisions(encode(text + decide('withdraw', 'a', 'c')), 'd.jsonl').standing.length, 3, 'a withdrawal settles it')
  const chain = Array.from({ length: 20_000 }, (_, at) => decide('must-link', `r${at}`, `r${at + 1}`)).join('')
  t.throws(() => readDecisions(encode(chain + decide('cannot-link', 'r3', 'r1')), 'd.jsonl'), { message: /line 20001 .* lines 2 and 3 put together/ }, 'in a long chain as well')
  t.end()
})
