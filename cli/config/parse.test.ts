import t from 'tap'
import { HotpassError } from '../../kernel/error.ts'
import { parseConfig } from './parse.ts'

const refused = async (text: string, format: 'yaml' | 'json' | 'toml'): Promise<HotpassError> => {
  try {
    await parseConfig(text, `x.${format}`, format, 'config')
  } catch (error) {
    if (error instanceof HotpassError) return error
    throw error
  }
  throw new Error(`accepted: ${text.slice(0, 60)}`)
}

t.test('the three formats give the same', async t => {
  const expected = { report: { title: 'x: y # z', examples: 3 }, export: { formats: ['csv'] } }
  const texts = [
    ['yaml', 'report:\n  title: "x: y # z"\n  examples: 3\nexport: {formats: [csv]}\n'],
    ['json', '{"report": {"title": "x: y # z", "examples": 3},\n"export": {"formats": ["csv"]}}'],
    ['toml', '[report]\ntitle = "x: y # z"\nexamples = 3\n[export]\nformats = ["csv"]\n']
  ] as const
  for (const [format, text] of texts) t.same((await parseConfig(text, 'x', format, 'config')).value, expected, format)
  t.same((await parseConfig('', 'x', 'yaml', 'config')).value, {}, 'an empty file says nothing')
  t.same((await parseConfig('a: no\nb: 010\nc: 2025-01-01\n', 'x', 'yaml', 'config')).value, { a: 'no', b: 10, c: '2025-01-01' }, 'YAML 1.2: no Norway, no octals, no dates')
  t.end()
})

t.test('lines', async t => {
  const { lineOf } = await parseConfig('report:\n  title: x\nexport:\n  formats:\n    - csv\n    - nope\n', 'x', 'yaml', 'config')
  t.equal(lineOf(['report', 'title']), 2)
  t.equal(lineOf(['export', 'formats', 1]), 6)
  t.equal((await parseConfig('{\n "a": {\n  "b": 1 }\n}', 'x', 'json', 'config')).lineOf(['a', 'b']), 3)
  t.equal((await refused('a: 1\nb: [1\n', 'yaml')).place.line, 3)
  t.equal((await refused('a = 1\na = 2\n', 'toml')).code, 'E_CONFIG')
  t.match((await refused('a: 1\nb: [1\nc: 2\n', 'yaml')).message, /a \[ is not closed with \] before this line/)
  t.match((await refused('a: {b: 1\n', 'yaml')).message, /a \{ is not closed with \}/)
  t.match((await refused('a: "x\n', 'yaml')).message, /a quote is not closed/)
  t.match((await refused('a:\n  - b\n c: 1\n', 'yaml')).message, /the indentation is wrong/)
  t.end()
})

t.test('what could run, grow or mean two things is refused, and fast', async t => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.split('').map((name, at) => `${name}: &${name} [${`*${'abcdefg'[at]},`.repeat(9).slice(0, -1)}]`).join('\n')}\n`
  const cases: readonly (readonly [format: 'yaml' | 'json' | 'toml', text: string, says: RegExp])[] = [
    ['yaml', bomb, /anchors|aliases/],
    ['yaml', 'a: &x [*x]\n', /anchors|aliases/],
    ['yaml', 'a: *x\n', /aliases/],
    ['yaml', 'a: !!js/function "x"\n', /tags/],
    ['yaml', 'a: !thing x\n', /tags/],
    ['yaml', 'a: 1\na: 2\n', /twice/],
    ['yaml', 'a: 1\n---\nb: 2\n', /several documents/],
    ['yaml', '__proto__: {a: 1}\n', /__proto__/],
    ['yaml', 'a:\n  constructor: 1\n', /a\.constructor/],
    ['json', '{"__proto__": {"a": 1}}', /__proto__/],
    ['json', '{"a": 1, "a": 2}', /twice/],
    ['json', '{"a": 9007199254740993}', /digits/],
    ['json', '{"a": 1e999}', /not a number/],
    ['json', "{'a': 1}", /not valid JSON/],
    ['json', '[1]', /not a mapping/],
    ['json', '{"a": "\\ud800"}', /broken character/],
    ['toml', 'a = 2025-01-01\n', /date/],
    ['toml', 'a = inf\n', /not a number/],
    ['toml', '__proto__ = 1\n', /__proto__/],
    ['toml', 'a = [\n', /not valid TOML/],
    ['yaml', `a: ${'['.repeat(100_000)}`, /nested deeper/],
    ['yaml', `a: ${'{b: '.repeat(100)}1${'}'.repeat(100)}`, /nested deeper/],
    ['yaml', `${'- '.repeat(100_000)}x`, /nested deeper/],
    ['json', `{"a": ${'['.repeat(100_000)}`, /nested deeper/],
    ['toml', `a = ${'['.repeat(100_000)}`, /nested deeper/],
    ['yaml', 'a: "x\0y"\n', /NUL/],
    ['yaml', 'x\n', /not a mapping/]
  ]
  for (const [format, text, says] of cases) {
    const before = performance.now()
    const error = await refused(text, format)
    t.match(error.message, says, `${format}: ${text.slice(0, 30)}`)
    t.equal(error.code, 'E_CONFIG')
    t.ok(performance.now() - before < 1000, 'in less than a second')
  }
  t.equal(({} as { a?: number }).a, undefined, 'no prototype was touched')
  t.end()
})
