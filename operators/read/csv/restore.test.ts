import t from 'tap'
import { neutraliseFormula } from '../../model/formula.ts'
import { DEFAULTS } from '../../model/defaults.ts'
import { readCsv } from './operator.ts'

t.test('what was neutralised on export reads back as it was, and is counted', t => {
  const texts = ['=1+1', '@cmd', '-x', "'=kept", '+27821234567', "'quoted", '{"a":1}']
  const csv = `a,b\r\n${texts.map(text => `"${neutraliseFormula(text).replaceAll('"', '""')}",1`).join('\r\n')}\r\n`
  const { meta, tables } = readCsv('x.csv', new TextEncoder().encode(csv), DEFAULTS.ingest.csv as never, DEFAULTS.ingest.limits)
  const column = tables[0]!.columns[0]!
  t.same([...column.codes].slice(1).map(code => column.values[code - 1]), texts)
  t.match(meta.loss.filter(({ code }) => code === 'APOSTROPHE_REMOVED'), [{ column: 'A', count: 4, cells: ['A2', 'A3', 'A4', 'A5'] }])
  t.end()
})
