import t from 'tap'
import { ln, log2 } from './logarithm.ts'

t.test('the logarithm is within one unit in the last place of the engine\'s', t => {
  let worst = 0
  for (let at = 1; at < 20_000; at++) {
    const x = (at * 0.618_033_988_749) % 1 * 10 ** ((at % 41) - 20)
    worst = Math.max(worst, Math.abs(ln(x) - Math.log(x)) / Math.max(Math.abs(Math.log(x)), 1e-300))
  }
  t.ok(worst <= 2.3e-16, String(worst))
  t.same([ln(1), ln(0), ln(Infinity), ln(5e-324), ln(Math.E)], [0, -Infinity, Infinity, Math.log(5e-324), 1])
  t.ok(Number.isNaN(ln(-1)) && Number.isNaN(ln(Number.NaN)))
  t.equal(log2(8), 3)
  t.end()
})
