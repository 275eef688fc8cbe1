/**
 * Globs of the profile, on file paths and sheet names: `*` (not over a slash), `**`, `?`, `{a,b}`; every other sign
 * stands for itself. Matched by walking all readings at once (K. Thompson, "Regular expression search algorithm",
 * 1968), so that the time is bounded by the lengths of glob and name, whatever the glob.
 */

/** One instruction: a sign, any sign, any sign but a slash, or a fork to other instructions. */
type Instruction = { readonly sign: string } | 'any' | 'within' | { to: readonly number[] }

const cache = new Map<string, readonly Instruction[]>()
const CACHE_LIMIT = 1000

function compile(glob: string): readonly Instruction[] {
  const signs = [...glob.toLowerCase()]
  const program: Instruction[] = []
  let at = 0
  const repeat = (sign: 'any' | 'within'): void => {
    const start = program.length
    program.push({ to: [start + 1, start + 3] }, sign, { to: [start] })
  }
  /** Compiles up to the end of the glob or, in braces, to the sign that ends the alternative. */
  function sequence(inBraces: boolean): void {
    for (; at < signs.length; at++) {
      const sign = signs[at]!
      if (inBraces && (sign === ',' || sign === '}')) return
      if (sign === '*' && signs[at + 1] === '*') {
        at++
        if (signs[at + 1] !== '/') repeat('any')
        else {
          at++
          const fork: { to: readonly number[] } = { to: [] }
          program.push(fork)
          repeat('any')
          program.push({ sign: '/' })
          fork.to = [program.indexOf(fork) + 1, program.length]
        }
      } else if (sign === '*') repeat('within')
      else if (sign === '?') program.push('within')
      else if (sign === '{' && signs.includes('}', at)) braces()
      else program.push({ sign })
    }
  }
  function braces(): void {
    const fork: { to: readonly number[] } = { to: [] }
    const ends: { to: readonly number[] }[] = []
    const starts: number[] = []
    program.push(fork)
    do {
      at++
      starts.push(program.length)
      sequence(true)
      const end: { to: readonly number[] } = { to: [] }
      ends.push(end)
      program.push(end)
    } while (signs[at] === ',')
    fork.to = starts
    for (const end of ends) end.to = [program.length]
  }
  sequence(false)
  return program
}

/** Adds an instruction to the set, or what it forks to. */
function add(program: readonly Instruction[], set: Set<number>, from: number): void {
  const waiting = [from]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (set.has(next)) continue
    set.add(next)
    const instruction = program[next]
    if (typeof instruction === 'object' && 'to' in instruction) waiting.push(...instruction.to)
  }
}

/** Whether a name matches a glob in full, or equals it. Case does not matter. */
export function matchesGlob(glob: string, name: string): boolean {
  if (glob === name) return true
  let program = cache.get(glob)
  if (program === undefined) {
    program = compile(glob)
    if (cache.size >= CACHE_LIMIT) cache.clear()
    cache.set(glob, program)
  }
  let states = new Set<number>()
  add(program, states, 0)
  for (const sign of name.toLowerCase()) {
    const next = new Set<number>()
    for (const state of states) {
      const instruction = program[state]
      if (instruction === undefined) continue
      if (instruction === 'any' || (instruction === 'within' && sign !== '/') || (typeof instruction === 'object' && 'sign' in instruction && instruction.sign === sign)) add(program, next, state + 1)
    }
    states = next
    if (states.size === 0) return false
  }
  return states.has(program.length)
}
