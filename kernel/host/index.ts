/** The host: the only part of the kernel that touches files, clocks, threads, processes and signals. */
export { createHost, runtimeFacts } from './clock.ts'
export { alteredCode, createImplementations, type Implementations } from './implementation.ts'
export { listInputs, readInput, takeInputs, type InputFile, type InputList, type InputQuery } from './inputs.ts'
export { createLanes, type LaneOptions } from './lanes.ts'
export type { LaneModules } from './message.ts'
export { createPublisher, type Target } from './publish.ts'
export { abortOnSignals, Interrupted } from './signals.ts'
export * from './store/index.ts'
