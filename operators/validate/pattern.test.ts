import fc from 'fast-check'
import t from 'tap'
import { compilePattern } from './pattern.ts'

const native = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'u')

t.test('agrees with the engine of the language on patterns that both take', t => {
  const atom = fc.oneof(
    fc.constantFrom('a', 'b', 'c', '.', '\\d', '\\w', '\\s', '[ab]', '[^a]', '[a-c0-9]', '\\.', 'é', '😀', '[😀-😂]', '\\u0061', '\\x62', '\\u{1F600}', '^', '$', '[\\d-]', '\\D', '\\W', '\\S'),
    fc.constantFrom('(?:a|b)', '(a|)', '(?<x>ab)')
  )
  const quantified = fc.tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '{2,}', '*?', '{0}')).map(([a, q]) => (a === '^' || a === '$' ? a : a + q))
  const sequence = fc.array(quantified, { maxLength: 4 }).map(parts => parts.join(''))
  const choice = fc.array(sequence, { minLength: 1, maxLength: 3 }).map(parts => parts.join('|'))
  const nested = fc.tuple(choice, fc.constantFrom('', '*', '+', '{1,2}'), sequence).map(([inner, q, after]) => `(?:${inner})${q}${after}`)
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '0', '-', ' ', 'é', '😀', '😁', '.', '\n', '_'), { maxLength: 7 }).map(parts => parts.join(''))
  fc.assert(fc.property(nested, fc.array(text, { minLength: 1, maxLength: 8 }), (pattern, texts) => {
    const ours = compilePattern(pattern, 'f')
    const theirs = native(pattern.replace(/\(\?<x>/g, '(?:'))
    for (const each of texts) if (ours(each) !== theirs.test(each)) throw new Error(`${pattern} on ${JSON.stringify(each)}`)
  }), { seed: 11, numRuns: 3000 })
  t.end()
})

t.test('matches what profiles use', t => {
  const cases: [string, string[], string[]][] = [
    ['[A-Z]{2}\\d{4}', ['ZA1234'], ['ZA123', 'za1234', 'ZA12345', '']],
    ['[^@\\s]+@[^@\\s]+\\.[a-z]{2,}', ['a@b.example'], ['a@b', '@b.co', 'a b@c.co']],
    ['\\+27\\d{9}', ['+27821234567'], ['27821234567']],
    ['^\\d{4}/\\d{6}/\\d{2}$', ['2001/123456/07'], ['2001/123456/0']],
    ['', [''], ['x']]
  ]
  for (const [pattern, good, bad] of cases) {
    const test = compilePattern(pattern, 'f')
    for (const text of good) t.ok(test(text), `${pattern} takes ${text}`)
    for (const text of bad) t.notOk(test(text), `${pattern} refuses ${text}`)
  }
  t.end()
})

t.test('time grows with the text alone, whatever the pattern', t => {
  const evil = ['(a+)+$', '(a*)*b', '(a|aa)+b', '(.*)*x', '(a|a?)+b', '([a-z]+)*0', 'a*a*a*a*a*a*b', '(?:.*a){20}']
  const text = 'a'.repeat(50_000) + '!'
  const from = performance.now()
  for (const pattern of evil) {
    const test = compilePattern(pattern, 'f')
    t.equal(test(text), false, pattern)
    t.equal(test(text.slice(0, -1)), pattern === '(a+)+$' || pattern === '(?:.*a){20}')
  }
  t.ok(performance.now() - from < 5_000, 'no pattern hangs')
  // Each state of this one differs: the cache is bounded and starts afresh.
  const many = compilePattern('[ab]*a[ab]{14}', 'f')
  let bits = 1
  let long = ''
  for (let at = 0; at < 20_000; at++) long += ((bits = (bits * 1103515245 + 12345) % 2147483648) & 65536) === 0 ? 'a' : 'b'
  t.equal(many(long), native('[ab]*a[ab]{14}').test(long))
  t.equal(many(long.slice(3)), long.at(-15) === 'a')
  t.end()
})

t.test('says why a pattern is refused, and names the field', t => {
  const refused = ['(a', 'a)', '[a', 'a**', 'a{2}{3}', '*a', 'a{,3}', 'a{3,1}', '(?=a)', '(?!a)', '(?<=a)', '\\1', '\\bword\\b', '\\p{L}', '\\k<x>', '\\', '[b-a]', '{', '}', ']', '^*', '(a{500}){10}', '\\u{110000}', '(?i)a', '('.repeat(60) + ')'.repeat(60)]
  for (const pattern of refused) t.throws(() => compilePattern(pattern, 'code'), { name: 'HotpassError', code: 'E_PROFILE', message: /pattern of field code cannot be used: / }, pattern)
  t.end()
})
