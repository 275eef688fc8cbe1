/** Counts what held and prints what did not, each with what makes it happen again. */
export interface Tally {
  passed: number
  failed: number
}

const tally: Tally = { passed: 0, failed: 0 }

/** `again` is one line that repeats the case. */
export function tell(again: string, wrong: readonly string[]): void {
  if (wrong.length === 0) tally.passed++
  else {
    tally.failed++
    process.stdout.write(`FAILED ${again}\n${wrong.slice(0, 5).map(what => `       ${what}\n`).join('')}`)
  }
}

export function section(name: string): () => void {
  const [started, before] = [performance.now(), { ...tally }]
  process.stdout.write(`${name}\n`)
  return () => process.stdout.write(`  ${tally.passed - before.passed} passed, ${tally.failed - before.failed} failed, ${((performance.now() - started) / 1000).toFixed(0)} s\n`)
}

export const skipped = (why: string): void => void process.stdout.write(`  skipped: ${why}\n`)

/** Prints the sum; true when nothing failed. */
export function total(): boolean {
  process.stdout.write(`${tally.passed} passed, ${tally.failed} failed\n`)
  return tally.failed === 0 && tally.passed > 0
}
