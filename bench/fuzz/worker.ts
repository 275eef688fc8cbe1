/** The process that executes: it says which number it is at before it begins, so that one it dies of is known. */
import { writeSync } from 'node:fs'
import { attempt, inputOf } from './attempt.ts'
import { corpusOf } from './corpus.ts'

/** The pipe to the parent. */
const TO_PARENT = 3
const TALLY_EVERY = 500

interface Order {
  readonly seed: number
  readonly first: number
  readonly folders: readonly string[]
  readonly thirdParty: boolean
}

const order = JSON.parse(process.argv[2]!) as Order
const say = (what: object): void => void writeSync(TO_PARENT, `${JSON.stringify(what)}\n`)
const corpus = corpusOf(order.folders, order.thirdParty)
say({ ready: corpus.length })
let outcomes: Record<string, number> = {}
for (let number = order.first; ; number++) {
  say({ at: number })
  try {
    const { name, bytes } = inputOf(corpus, order.seed, number)
    const outcome = attempt(name, bytes).refused ?? 'read'
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  } catch (error) {
    say({ threw: number, stack: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
  if ((number - order.first + 1) % TALLY_EVERY === 0) {
    say({ outcomes })
    outcomes = {}
  }
}
