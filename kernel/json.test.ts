import t from 'tap'
import { digestBytes, digestJson } from './hash.ts'
import { assertPlainJson, canonicalJson } from './json.ts'

t.test('canonical JSON follows RFC 8785', t => {
  // Sample of RFC 8785, section 3.2.2 and 3.2.3.
  const sample = JSON.parse('{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}')
  t.equal(canonicalJson(sample), '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}')
  t.equal(canonicalJson(JSON.parse('{"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5,"\\u0080":6,"\\u00f6":7}')), '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}')
  t.equal(canonicalJson({ '10': 1, '9': 2, a: -0 }), '{"10":1,"9":2,"a":0}')
  const shared = { b: 1, a: [2] }
  t.equal(canonicalJson({ ab: shared, a: shared, c: [shared, shared] }), '{"a":{"a":[2],"b":1},"ab":{"a":[2],"b":1},"c":[{"a":[2],"b":1},{"a":[2],"b":1}]}', 'one object in several places is no circle')
  t.end()
})

t.test('what is not plain, well-formed JSON is refused before it is hashed', t => {
  const hole = [1, 2, 3]
  delete hole[1]
  let deep: unknown = 1
  for (let at = 0; at < 300; at++) deep = [deep]
  class Thing { a = 1 }
  const cases: [string, unknown, RegExp][] = [
    ['a Map', { a: new Map() }, /at \/a: an object that is not plain/],
    ['undefined in an array', [undefined], /at \/0: a value of type undefined/],
    ['undefined under a key', { k: undefined }, /at \/k/],
    ['a lone surrogate', { k: 'x\ud800' }, /lone surrogate/],
    ['a key with a lone surrogate', { '\udc00': 1 }, /a key with a lone surrogate/],
    ['NaN', [NaN], /not finite/],
    ['Infinity', Infinity, /at the top: a number that is not finite/],
    ['a Date', new Date(0), /not plain/],
    ['bytes', new Uint8Array(1), /not plain/],
    ['a class instance', new Thing(), /not plain/],
    ['a bigint', 1n, /type bigint/],
    ['a function', () => 1, /type function/],
    ['a hole', hole, /a hole in an array/],
    ['deep nesting', deep, /deeper than/]
  ]
  for (const [name, value, pattern] of cases) t.throws(() => canonicalJson(value as never), { name: 'TypeError', message: pattern }, name)
  t.doesNotThrow(() => assertPlainJson(Object.assign(Object.create(null) as object, { a: [true, 'é', null] })))
  t.end()
})

t.test('digests', t => {
  t.equal(digestBytes('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'FIPS 180-2 example')
  t.equal(digestBytes(new Uint8Array(0)), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  t.equal(digestJson({ b: 1, a: 2 }), digestJson({ a: 2, b: 1 }))
  t.end()
})
