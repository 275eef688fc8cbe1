/**
 * Regular expressions that cannot hang: matched by simulating a finite automaton, one step per character whatever the
 * expression (Thompson 1968; the state sets are cached as a deterministic automaton, as in RE2).
 *
 * Syntax: that of JavaScript with the `u` flag, without back-references, look-around, `\b` and `\p{…}` (the last
 * changes with the runtime's Unicode version). Matching is of the whole text, by code point, case-sensitive.
 */
import { HotpassError } from '../../kernel/error.ts'
import { parsePattern, UNBOUNDED, type Node, type Ranges } from './pattern-syntax.ts'

/** Largest automaton, in instructions: what `(a{500}){10}` comes to. */
const MOST_INSTRUCTIONS = 2_000
/** Cached states; the cache starts afresh beyond it. */
const MOST_STATES = 1_000
const OP = { set: 0, split: 1, jump: 2, start: 3, end: 4, match: 5 } as const
interface Instruction { op: number; x: number; y: number; ranges: Ranges }

function assemble(node: Node, refuse: (why: string) => never): readonly Instruction[] {
  const program: Instruction[] = []
  const emit = (op: number, x = 0, y = 0, ranges: Ranges = []): number => {
    if (program.length >= MOST_INSTRUCTIONS) refuse('its counts make it too large')
    program.push({ op, x, y, ranges })
    return program.length - 1
  }
  function walk(node: Node): void {
    switch (node.kind) {
      case 'set': emit(OP.set, 0, 0, node.ranges); return
      case 'start': emit(OP.start); return
      case 'end': emit(OP.end); return
      case 'sequence': for (const each of node.nodes) walk(each); return
      case 'choice': {
        const jumps: number[] = []
        node.nodes.forEach((each, index) => {
          if (index === node.nodes.length - 1) return walk(each)
          const split = emit(OP.split, program.length + 1)
          walk(each)
          jumps.push(emit(OP.jump))
          program[split]!.y = program.length
        })
        for (const jump of jumps) program[jump]!.x = program.length
        return
      }
      case 'repeat': {
        for (let count = 0; count < node.least; count++) walk(node.node)
        if (node.most === UNBOUNDED) {
          const split = emit(OP.split, program.length + 1)
          walk(node.node)
          emit(OP.jump, split)
          program[split]!.y = program.length
          return
        }
        const splits: number[] = []
        for (let count = node.least; count < node.most; count++) {
          splits.push(emit(OP.split, program.length + 1))
          walk(node.node)
        }
        for (const split of splits) program[split]!.y = program.length
      }
    }
  }
  walk(node)
  emit(OP.match)
  return program
}

interface State { readonly after: readonly number[]; readonly accepts: boolean; readonly ascii: (State | null)[]; readonly other: Map<number, State> }

/**
 * A test for the whole text. Throws E_PROFILE, naming the field, when the expression is malformed or uses what is
 * not supported.
 */
export function compilePattern(pattern: string, field: string): (text: string) => boolean {
  const refuse = (why: string): never => {
    throw new HotpassError('E_PROFILE', `the pattern of field ${field} cannot be used: ${why}`, {
      hint: 'patterns are regular expressions without look-around, back-references, \\b and \\p{…}',
      details: { field }
    })
  }
  const program = assemble(parsePattern(pattern, refuse), refuse)
  const cache = new Map<string, State>()
  const mark = new Uint32Array(program.length)
  let round = 0
  const start: { state: State | null } = { state: null }

  /** Instructions that wait for a character, reached from these without one. */
  function close(from: readonly number[], atStart: boolean, atEnd: boolean): { waiting: number[]; matched: boolean } {
    round++
    const waiting: number[] = []
    let matched = false
    const stack = [...from]
    while (stack.length > 0) {
      const index = stack.pop()!
      if (mark[index] === round) continue
      mark[index] = round
      const { op, x, y } = program[index]!
      if (op === OP.set) waiting.push(index)
      else if (op === OP.split) stack.push(x, y)
      else if (op === OP.jump) stack.push(x)
      else if (op === OP.match) matched = true
      else if ((op === OP.start && atStart) || (op === OP.end && atEnd)) stack.push(index + 1)
    }
    return { waiting: waiting.sort((a, b) => a - b), matched }
  }
  function stateOf(from: readonly number[], atStart: boolean): State {
    const { waiting } = close(from, atStart, false)
    // What stands before an end anchor is told apart by the kernel, not by what waits for a character.
    const accepts = close(from, atStart, true).matched
    const key = `${accepts ? 1 : 0}:${waiting.join(',')}`
    let state = cache.get(key)
    if (state === undefined) {
      if (cache.size >= MOST_STATES) {
        cache.clear()
        start.state?.ascii.fill(null)
        start.state?.other.clear()
      }
      state = { after: waiting, accepts, ascii: new Array<State | null>(128).fill(null), other: new Map() }
      cache.set(key, state)
    }
    return state
  }
  function step(state: State, code: number): State {
    const known = code < 128 ? state.ascii[code] : state.other.get(code)
    if (known !== null && known !== undefined) return known
    const next: number[] = []
    for (const index of state.after) {
      for (const [low, high] of program[index]!.ranges) {
        if (code < low || code > high) continue
        next.push(index + 1)
        break
      }
    }
    const reached = stateOf(next, false)
    if (code < 128) state.ascii[code] = reached
    else if (state.other.size < MOST_STATES) state.other.set(code, reached)
    return reached
  }
  const begin = stateOf([0], true)
  start.state = begin
  return text => {
    let state: State = begin
    for (let at = 0; at < text.length; at++) {
      const code = text.codePointAt(at)!
      if (code > 0xffff) at++
      state = step(state, code)
      if (state.after.length === 0 && !state.accepts) return false
    }
    return state.accepts
  }
}
