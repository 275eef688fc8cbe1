/** The syntax of patterns: regular expressions of JavaScript (flag `u`) without what needs backtracking. */
/** Deepest nesting of groups. */
const DEEPEST = 50
/** The upper count of `*`, `+` and `{n,}`. */
export const UNBOUNDED = -1
const LAST_CODE_POINT = 0x10ffff

/** Code points from and to, inclusive. */
export type Ranges = readonly (readonly [low: number, high: number])[]
/** What an expression says. */
export type Node =
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

/** Reads an expression. `refuse` is called with the reason when it is malformed or uses what is not supported; it must throw. */
export function parsePattern(pattern: string, refuse: (why: string) => never): Node {
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
