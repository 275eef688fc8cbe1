/**
 * `npm run test:faults`: the real command killed, failed and cut off in every way that this machine can do. Options:
 * --only simulate,power,damage,together,full,random,sweep · --every N (each so-manieth call of the sweep) · --random N ·
 * --simulate N · --power N · --flips N · --healthy N · --rounds N · --step N (KiB, of the full disk) · --seed N.
 */
import { parseArgs } from 'node:util'
import { damage } from './damage.ts'
import { fullDisk } from './full.ts'
import { randomKills, together } from './moments.ts'
import { realCuts, simulated } from './power.ts'
import { total } from './report.ts'
import { undisturbed } from './scene.ts'
import { sweep } from './sweep.ts'

const PARTS = ['simulate', 'power', 'damage', 'together', 'full', 'random', 'sweep']
const number = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new TypeError(`not a number: ${text}`)
  return value
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: PARTS.join(',') },
    every: { type: 'string', default: '1' },
    random: { type: 'string', default: '200' },
    simulate: { type: 'string', default: '10000' },
    power: { type: 'string', default: '40' },
    flips: { type: 'string', default: '2000' },
    healthy: { type: 'string', default: '1000' },
    step: { type: 'string', default: '256' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' }
  }
})
const parts = new Set(values.only.split(','))
const seed = number(values.seed)
for (const part of parts) if (!PARTS.includes(part)) throw new TypeError(`unknown part ${part}; there are ${PARTS.join(', ')}`)

if (parts.has('simulate')) await simulated(number(values.simulate), seed)
if (parts.has('power')) await realCuts(number(values.power), seed)
if (parts.has('damage')) await damage(number(values.flips), number(values.healthy), seed)
if (['together', 'full', 'random', 'sweep'].some(part => parts.has(part))) {
  const expected = await undisturbed()
  if (parts.has('together')) await together(expected, number(values.rounds))
  if (parts.has('full')) await fullDisk(expected, Math.max(16, number(values.step)))
  if (parts.has('random')) await randomKills(expected, number(values.random), seed)
  if (parts.has('sweep')) await sweep(expected, Math.max(1, number(values.every)))
}
process.exitCode = total() ? 0 : 1
