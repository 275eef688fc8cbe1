/**
 * Regular expressions that cannot hang: matched by simulating a finite automaton, one step per character whatever the
 * expression (Thompson 1968; the state sets are cached as a deterministic automaton, as in RE2).
 *
 * Syntax: that of JavaScript with the `u` flag, without back-references, look-around, `\b` and `\p{…}` (the last
 * changes with the runtime's Unicode version). Matching is of the whole text, by code point, case-sensitive.
 */
import { HotpassError } from '../../kernel/error.ts'

/** Largest automaton, in instructions: what `(a{500}){10}` comes to. */
const MOST_INSTRUCTIONS = 2_000
/** Deepest nesting of groups. */
const DEEPEST = 50
/** Cached states; the cache starts afresh beyond it. */
const MOST_STATES = 1_000
const UNBOUNDED = -1
const LAST_CODE_POINT = 0x10ffff

type Ranges = readonly (readonly [low: number, high: number])[]
type Node =
  | { readonly kind: 'set'; readonly ranges: Ranges }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'sequence' | 'choice'; readonly nodes: readonly Node[] }
  | { readonly kind: 'repeat'; readonly node: Node; readonly least: number; readonly most: number }

const DIGIT: Ranges = [[0x30, 0x39]]
const WORD: Ranges = [[0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]]
const SPACE: Ranges = [[9, 13], [0x20, 0x20], [0xa0, 0xa0], [0x1680, 0x1680], [0x2000, 0x200a], [0x2028, 0x2029], [0x202f, 0x202f], [0x205f, 0x205f], [0x3000, 0x3000], [0xfeff, 0xfeff]]
const LINE_END: Ranges = [[10, 10], [13, 13], [0x2028, 0x2029]]
const CONTROL = new Map([['t', 9], ['n', 10], ['v', 11], ['f', 12], ['r', 13], ['0', 0]])

function complement(ranges: Ranges): Ranges {
  const out: [number, number][] = []
  let from = 0
  for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (low > from) out.push([from, low - 1])
    if (high + 1 > from) from = high + 1
  }
  if (from <= LAST_CODE_POINT) out.push([from, LAST_CODE_POINT])
  return out
}

function classOf(letter: string): Ranges | undefined {
  const ranges = letter.toLowerCase() === 'd' ? DIGIT : letter.toLowerCase() === 'w' ? WORD : letter.toLowerCase() === 's' ? SPACE : undefined
  return ranges === undefined || letter === letter.toLowerCase() ? ranges : complement(ranges)
}

function parse(pattern: string, refuse: (why: string) => never): Node {
  const signs = [...pattern]
  let at = 0
  const peek = (): string | undefined => signs[at]

  function choice(depth: number): Node {
    if (depth > DEEPEST) refuse(`groups are nested deeper than ${DEEPEST}`)
    const nodes = [sequence(depth)]
    while (peek() === '|') {
      at++
      nodes.push(sequence(depth))
    }
    return nodes.length === 1 ? nodes[0]! : { kind: 'choice', nodes }
  }
  function sequence(depth: number): Node {
    const nodes: Node[] = []
    while (at < signs.length && peek() !== '|' && peek() !== ')') nodes.push(repeated(atom(depth)))
    return { kind: 'sequence', nodes }
  }
  function repeated(node: Node): Node {
    const bounds = quantifier()
    if (bounds === null) return node
    if (node.kind === 'start' || node.kind === 'end') refuse('an anchor cannot be repeated')
    if (peek() === '?') at++
    if (quantifier() !== null) refuse('two quantifiers follow each other')
    return { kind: 'repeat', node, least: bounds[0], most: bounds[1] }
  }
  function quantifier(): readonly [number, number] | null {
    const sign = peek()
    if (sign === '*' || sign === '+' || sign === '?') {
      at++
      return sign === '*' ? [0, UNBOUNDED] : sign === '+' ? [1, UNBOUNDED] : [0, 1]
    }
    if (sign !== '{') return null
    const close = signs.indexOf('}', at)
    const found = close < 0 ? null : /^(\d{1,4})(,(\d{1,4})?)?$/.exec(signs.slice(at + 1, close).join(''))
    if (found === null) refuse('"{" does not begin a count; write "\\{" for the sign itself')
    at = close + 1
    const least = Number(found![1])
    const most = found![2] === undefined ? least : found![3] === undefined ? UNBOUNDED : Number(found![3])
    if (most !== UNBOUNDED && most < least) refuse('a count ends below its start')
    return [least, most]
  }
  function atom(depth: number): Node {
    const sign = signs[at++]!
    switch (sign) {
      case '^': return { kind: 'start' }
      case '$': return { kind: 'end' }
      case '.': return { kind: 'set', ranges: complement(LINE_END) }
      case '[': return { kind: 'set', ranges: bracket() }
      case '\\': return { kind: 'set', ranges: escape(false) }
      case '(': {
        if (peek() === '?') {
          const rest = signs.slice(at, at + 60).join('')
          const opening = /^\?(:|<[A-Za-z_]\w*>)/.exec(rest)
          if (opening === null) refuse('look-around and flags in groups are not supported')
          at += opening![0].length
        }
        const inner = choice(depth + 1)
        if (peek() !== ')') refuse('a group is not closed')
        at++
        return inner
      }
      case '*': case '+': case '?': case '{': return refuse('there is nothing to repeat')
      case '}': case ']': return refuse(`"${sign}" stands alone; write "\\${sign}" for the sign itself`)
      default: return one(sign.codePointAt(0)!)
    }
  }
  const one = (code: number): Node => ({ kind: 'set', ranges: [[code, code]] })

  function escape(inBracket: boolean): Ranges {
    const letter = signs[at++]
    if (letter === undefined) refuse('it ends in a backslash')
    const known = classOf(letter!)
    if (known !== undefined) return known
    const control = CONTROL.get(letter!)
    if (control !== undefined) return [[control, control]]
    if (letter === 'x' || letter === 'u') {
      const found = /^(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2}))/.exec(signs.slice(at - 1, at + 9).join(''))
      const code = found === null ? -1 : Number.parseInt(found[1] ?? found[2] ?? found[3]!, 16)
      if (code < 0 || code > LAST_CODE_POINT) refuse('a character code is malformed')
      at += found![0].length - 1
      return [[code, code]]
    }
    if (inBracket && letter === '-') return [[0x2d, 0x2d]]
    if (!/^[\^$\\.*+?()[\]{}|/-]$/.test(letter!)) refuse(`"\\${letter}" is not supported`)
    return [[letter!.codePointAt(0)!, letter!.codePointAt(0)!]]
  }
  function bracket(): Ranges {
    const negated = peek() === '^'
    if (negated) at++
    const ranges: (readonly [number, number])[] = []
    const member = (): Ranges => {
      const sign = signs[at++]
      if (sign === undefined) refuse('a "[" is not closed')
      return sign === '\\' ? escape(true) : [[sign!.codePointAt(0)!, sign!.codePointAt(0)!]]
    }
    while (peek() !== ']') {
      const low = member()
      if (peek() !== '-' || signs[at + 1] === ']' || signs[at + 1] === undefined) {
        ranges.push(...low)
        continue
      }
      at++
      const high = member()
      const single = low.length === 1 && high.length === 1 && low[0]![0] === low[0]![1] && high[0]![0] === high[0]![1]
      if (!single || high[0]![0] < low[0]![0]) refuse('a range in brackets is out of order')
      ranges.push([low[0]![0], high[0]![0]])
    }
    at++
    return negated ? complement(ranges) : ranges
  }

  const whole = choice(0)
  if (at < signs.length) refuse('a ")" has no "("')
  return whole
}

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
  const program = assemble(parse(pattern, refuse), refuse)
  const cache = new Map<string, State>()
  const mark = new Uint32Array(program.length)
  let round = 0
  let first: State | undefined

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
        first?.ascii.fill(null)
        first?.other.clear()
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
  const begin = (first = stateOf([0], true))
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
