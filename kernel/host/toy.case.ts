/** Operators that behave badly on purpose, as modules that a lane can load. */
import { writeSync } from 'node:fs'
import { HotpassError } from '../error.ts'
import type { OperatorSource } from '../run/types.ts'
import { TOY_CODECS } from '../run/toy.case.ts'
import type { Context, Inputs, Operator } from '../types.ts'

const DEEDS: Readonly<Record<string, (inputs: Inputs, context: Context) => number>> = {
  count(inputs, context) {
    context.diagnose({ code: 'COUNTED', severity: 'info', message: 'counted', details: { bytes: inputs['file']![0]!.value.length } })
    context.progress(0.5)
    return inputs['file']![0]!.value.length
  },
  // A test runner that watches child processes puts variables of its own into their environment.
  environment: () => Object.keys(process.env).filter(name => !/^_?TAP|^NODE_OPTIONS$/.test(name)).length + (process.cwd().endsWith('host') ? 0 : 1000),
  loop() {
    for (;;) {
      // Until somebody stops it.
    }
  },
  hog() {
    const held: Buffer[] = []
    for (;;) held.push(Buffer.alloc(8_388_608, held.length + 1))
  },
  heap() {
    const held: string[][] = []
    for (;;) held.push(Array.from({ length: 10_000 }, (_, index) => `${held.length}-${index}`))
  },
  crash: () => process.abort(),
  quit: () => process.exit(0),
  nonsense() {
    process.send!({ type: 'done', outputs: { count: 'x' }, diagnostics: [] })
    return 1
  },
  refuse(inputs) {
    throw new HotpassError('E_INPUT_ENCRYPTED', `${inputs['file']![0]!.id} is protected by a password`, { place: { file: inputs['file']![0]!.id, sheet: 'S' }, hint: 'save it without' })
  },
  bug() {
    throw new TypeError('oops')
  },
  noisy() {
    writeSync(1, 'noise that must not reach the output')
    return 1
  }
}

const operatorOf = (name: string, isolation: 'process' | 'inline'): Operator => ({
  id: `${isolation}.${name}`, version: '1.0.0', summary: name, inputs: { file: { kind: 'bytes' } }, outputs: { count: { kind: 'count' } }, config: ['ingest.limits'], entropy: ['none'], isolation,
  run: (inputs, _config, context) => ({ count: DEEDS[name]!(inputs, context) })
})

export const OPERATORS: OperatorSource = new Map(
  Object.keys(DEEDS).flatMap(name => (['process', 'inline'] as const).map(isolation => [`${isolation}.${name}`, async () => ({ operator: operatorOf(name, isolation) })] as const))
)
export const CODECS = TOY_CODECS
