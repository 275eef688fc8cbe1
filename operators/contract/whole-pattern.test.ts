import t from 'tap'
import { compilePattern } from '../validate/pattern.ts'
import { matchingWhole, searching } from './whole-pattern.ts'

t.test('a pattern comes back from a dialect that searches as it went', t => {
  for (const pattern of ['a', 'a|b', '[A-Z]{2}\\d|X', '(a)|(b)', '\\)', '[)]', '']) t.equal(matchingWhole(searching(pattern)), pattern, pattern)
  t.end()
})

t.test('a pattern of others matches where it did', t => {
  for (const [pattern, text] of [['b', 'abc'], ['^a', 'abc'], ['c$', 'abc'], ['^abc$', 'abc'], ['^a$|b', 'xbx'], ['^(?:a)|(?:b)$', 'ab'], ['a.c', 'x\nabc\n'], ['', 'abc']] as const) {
    t.equal(compilePattern(matchingWhole(pattern), 'x')(text), new RegExp(pattern, 'u').test(text), `${pattern} in ${JSON.stringify(text)}`)
  }
  for (const [pattern, text] of [['^b', 'abc'], ['b$', 'abc'], ['^ab$', 'abc'], ['^(?:a)|(?:b)$', 'cbc']] as const) t.equal(compilePattern(matchingWhole(pattern), 'x')(text), false, `${pattern} not in ${text}`)
  t.end()
})
