import t from 'tap'
import { columnFrom } from '../../kernel/artifact/builder.ts'
import { textAt } from '../../kernel/artifact/table.ts'
import type { Json } from '../../kernel/types.ts'
import { validatorFor } from '../../kernel/schema.ts'
import { schema } from '../../schemas/generated/review-pair.ts'
import { DEFAULTS } from '../model/defaults.ts'
import { readXlsx } from '../read/xlsx/operator.ts'
import { buildXlsx } from '../read/testing/build-xlsx.ts'
import { acceptAnswers } from './answer.ts'
import { answersInExport, labelStudioTasks } from './label-studio.ts'
import { answersInLines, queueLines } from './lines.ts'
import { pairIdOf, reviewQueue } from './queue.ts'
import { linkClusters, linkRecords, linkScores } from './review.case.ts'
import { answersInWorkbook } from './workbook/read.ts'
import { reviewWorkbook } from './workbook/write.ts'

const queue = reviewQueue({ records: linkRecords(), scores: linkScores(), clusters: linkClusters(), decisions: [] }, 100)
const NOW = '2026-01-31T09:00:00Z'

t.test('the most informative pair is first, and one stands for all between two clusters', t => {
  t.same(queue.pairs.map(({ a, b, gain, follows }) => [a.id, b.id, gain, follows]), [
    ['r2', 'r3', 1.6432, false],
    ['r3', 'r5', 0.6134, false],
    ['r4', 'r5', 0.4169, false],
    ['r1', 'r3', 1.5438, true]
  ])
  t.same(queue.pairs[0]!.evidence.map(({ comparison, level, weight }) => [comparison, level, weight]), [['name', 'similar', 3.907], ['email', 'different', -3.319], ['town', 'unknown', 0]])
  const decided = reviewQueue({ records: linkRecords(), scores: linkScores(), clusters: linkClusters([1, 1, 1, 2, 3, 4]), decisions: [{ decision: 'unsure', a: 'r5', b: 'r3' }] }, 100)
  t.same([decided.pairs.map(({ a, b }) => `${a.id} ${b.id}`), decided.settled], [['r4 r5'], 3], 'what is together or answered is not asked again')
  t.equal(reviewQueue({ records: linkRecords(), scores: linkScores(), clusters: linkClusters(), decisions: [] }, 2).pairs.length, 2)
  t.end()
})

t.test('as JSON Lines there and back', t => {
  const text = queueLines(queue)
  const lines = text.trimEnd().split('\n').map(line => JSON.parse(line) as Record<string, Json>)
  for (const line of lines) t.same(validatorFor(schema)(line), [])
  lines[0]!['decision'] = 'same'
  lines[0]!['why'] = 'same handwriting'
  lines[1]!['decision'] = 'different'
  const { answers, faults, pairs } = answersInLines(lines.map(line => JSON.stringify(line)).join('\n'), 'queue.jsonl')
  t.same([faults, pairs], [[], 4])
  const accepted = acceptAnswers(answers, [], 'Thandi', NOW)
  t.same(accepted.decisions.map(({ decision, a, b, by, why }) => [decision, a, b, by, why]), [['must-link', 'r2', 'r3', 'Thandi', 'same handwriting'], ['cannot-link', 'r3', 'r5', 'Thandi', undefined]])
  t.match(answersInLines(`${text}{"pair_id":1}\nx\n`, 'queue.jsonl').faults.map(({ place, message }) => `${place} ${message}`), [/line 5 schema is missing/, /line 6 is not JSON/])
  t.end()
})

t.test('answers against what stands, and answers that are none, are told by place', t => {
  const base = { pair_id: pairIdOf('x', 'y'), a: 'x', b: 'y', why: '', by: '', at: '' }
  const standing = [{ decision: 'must-link' as const, a: 'y', b: 'x', by: 'T', at: NOW, line: 7 }]
  const said = (answer: string, place: string, more = {}) => ({ ...base, ...more, answer, place })
  t.same(acceptAnswers([said('yes', 'B2')], standing, 'S', NOW), { decisions: [], known: 1, faults: [] })
  t.same(acceptAnswers([said('different', 'B2')], standing, 'S', NOW).faults, [{ place: 'B2', message: 'says different, but line 7 of the decisions says same' }])
  t.match(acceptAnswers([said('same', 'B2'), said('different', 'B4')], [], 'S', NOW), { decisions: [{ decision: 'must-link' }], faults: [{ place: 'B4', message: 'says different, but B2 says same' }] })
  t.match(acceptAnswers([said('perhaps', 'B2')], [], 'S', NOW).faults, [{ message: /must be same, different, unsure or empty/ }])
  t.match(acceptAnswers([said('same', 'B2', { a: 'z' })], [], 'S', NOW).faults, [{ message: /does not belong/ }])
  t.match(acceptAnswers([said('same', 'B2')], [], '', NOW).faults, [{ message: /who decided/ }])
  t.end()
})

t.test('the workbook goes out and comes back', t => {
  const bytes = reviewWorkbook(queue)
  t.same(reviewWorkbook(queue), bytes, 'the same bytes each time')
  const frame = readXlsx('review.xlsx', bytes, DEFAULTS.ingest.limits)
  t.same(frame.meta.sheets.map(({ name }) => name), ['Review', 'Evidence', 'Read me'])
  t.same(answersInWorkbook(frame, 'review.xlsx'), { answers: [], faults: [], pairs: 4, edited: [] }, 'nothing is filled in yet')
  const review = frame.tables[0]!
  const [letter] = [review.columns.find(column => textAt(column, 0) === queue.fields[0])!.name]
  const touched = { ...frame, tables: [{ ...review, columns: review.columns.map(column => (column.name === letter ? columnFrom(letter, Array.from({ length: review.rows }, (_, at) => (at === 2 ? 'another' : textAt(column, at)))) : column)) }, ...frame.tables.slice(1)] }
  t.same(answersInWorkbook(touched, 'review.xlsx').edited, [`review.xlsx, Review!${letter}3`], 'a cell that was edited is named')
  // As a steward leaves it: sorted another way, headings moved, one bad answer, one row removed, one pair answered twice.
  const [p, q, r, s] = queue.pairs
  const row = (pair: typeof p, side: 'a' | 'b', decision: string, by = ''): string[] => [pair!.pair_id, decision, 'because', by, pair![side].id, pair![side].seen]
  const grid = [['pair', 'Decision ', 'why', 'by', 'record', 'seen'], row(p, 'b', '', 'Sipho'), row(q, 'a', 'Same'), row(p, 'a', 'different'), row(q, 'b', 'diferent'), row(r, 'a', 'maybe so'), row(r, 'b', ''), row(s, 'a', 'same')]
  const cells = grid.map((values, at) => `<row r="${at + 1}">${values.map((value, column) => `<c r="${'ABCDEF'[column]}${at + 1}" t="inlineStr"><is><t>${value}</t></is></c>`).join('')}</row>`).join('')
  const { answers, faults } = answersInWorkbook(readXlsx('back.xlsx', buildXlsx({ sheets: [{ name: 'review', rows: cells }] }), DEFAULTS.ingest.limits), 'back.xlsx')
  const accepted = acceptAnswers(answers, [], '', NOW)
  t.same(accepted.decisions.map(({ decision, a, b, by, seen }) => [decision, a, b, by, seen?.blind]), [['cannot-link', 'r3', 'r2', 'Sipho', true]])
  t.same([...faults, ...accepted.faults].map(({ place, message }) => `${place} ${message}`), [
    'back.xlsx, Review!B5 and B3 give two answers about one pair',
    'back.xlsx, Review!A8 lacks the row of the other record: it was removed',
    'back.xlsx, Review!B6 holds no answer: it must be same, different, unsure or empty'
  ])
  t.end()
})

t.test('Label Studio tasks go out, and annotations come back', t => {
  const tasks = labelStudioTasks(queue)
  const [first] = tasks as readonly { readonly data: Record<string, string> }[]
  t.notMatch(JSON.stringify(tasks), /probability|0\.7/, 'blind')
  const risky = labelStudioTasks({ ...queue, pairs: queue.pairs.filter(({ a }) => a.id === 'r4') })
  t.notMatch(JSON.stringify(risky), /<b>/, 'values are escaped')
  const annotate = (choice: string, by: unknown, at: string, more = {}) => ({ completed_by: by, created_at: at, was_cancelled: false, result: [{ from_name: 'decision', to_name: 'pair', type: 'choices', value: { choices: [choice] } }, { from_name: 'why', type: 'textarea', value: { text: ['same mailbox'] } }], ...more })
  const exported = [
    { ...first, id: 11, annotations: [annotate('same', 3, '2026-01-30T10:00:00.123456Z'), annotate('different', 3, '2026-01-30T11:00:00Z'), annotate('same', 4, '2026-01-30T12:00:00Z', { was_cancelled: true })] },
    { ...tasks[1], id: 12, annotations: [annotate('same', { id: 3, email: 'a@x.example' }, '2026-01-30T10:00:00Z'), annotate('different', 4, '2026-01-30T10:00:00Z')] },
    { ...tasks[2], id: 13, annotations: [] },
    { id: 14, data: { image: 'x' }, annotations: [annotate('same', 1, '')] }
  ] as unknown as Json
  const { answers, faults, pairs } = answersInExport(exported, 'export.json')
  t.equal(pairs, 3)
  t.match(faults, [{ place: 'export.json, task 12', message: /disagree/ }])
  t.match(acceptAnswers(answers, [], '', NOW).decisions, [{ decision: 'cannot-link', by: 'label-studio user 3', at: '2026-01-30T11:00:00Z', why: 'same mailbox', seen: { from: 'label-studio', blind: true } }])
  t.match(answersInExport({}, 'export.json').faults, [{ message: /not a list/ }])
  t.end()
})
