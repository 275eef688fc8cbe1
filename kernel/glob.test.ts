import t from 'tap'
import { matchesGlob } from './glob.ts'

t.test('globs', t => {
  const cases: readonly (readonly [glob: string, fits: readonly string[], not: readonly string[]])[] = [
    ['*.csv', ['a.csv', 'A.CSV', '.csv'], ['a/b.csv', 'a.csv2']],
    ['**/*.{xlsx,csv}', ['a.csv', 'x/y/z.xlsx'], ['a.ods', 'x/y']],
    ['a/**', ['a/', 'a/b', 'a/b/c'], ['a', 'ab']],
    ['**/~$*', ['~$a', 'x/~$a.xlsx'], ['a~$', '~$a/b']],
    ['?.csv', ['a.csv', 'é.csv', '😀.csv'], ['.csv', '/.csv', 'ab.csv']],
    ['{a,b{c,d}}*', ['a', 'ax', 'bc', 'bdx'], ['b', 'c']],
    ['{', ['{'], ['', 'a']],
    ['a{b', ['a{b'], ['ab']],
    ['{a,', ['{a,'], ['a']],
    ['[ab](c|d)+.$^\\', ['[ab](c|d)+.$^\\', '[AB](C|D)+.$^\\'], ['a', 'b']],
    ['Übersicht*', ['ÜBERSICHT 1'], ['Ubersicht']],
    ['', [''], ['a']]
  ]
  for (const [glob, fits, not] of cases) {
    for (const name of fits) t.ok(matchesGlob(glob, name), `${glob} fits ${name}`)
    for (const name of not) t.notOk(matchesGlob(glob, name), `${glob} does not fit ${name}`)
  }
  t.end()
})

t.test('no glob costs more than its length', t => {
  const before = performance.now()
  t.notOk(matchesGlob('*a'.repeat(60) + 'b', 'a'.repeat(255)))
  t.ok(matchesGlob('{a,b}'.repeat(40) + '.csv', 'ab'.repeat(20) + '.csv'))
  t.notOk(matchesGlob('{a,b,}'.repeat(40) + 'c', 'a'.repeat(40)))
  t.notOk(matchesGlob('**/'.repeat(100) + 'b', 'a/'.repeat(120)))
  t.ok(matchesGlob(`${'{'.repeat(300)}a${'}'.repeat(300)}`, 'a'))
  t.ok(performance.now() - before < 20_000, `${Math.round(performance.now() - before)} ms`)
  t.end()
})
