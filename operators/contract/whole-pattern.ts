/** Patterns match a whole value here; in JSON Schema, ODCS and Great Expectations they match anywhere in it. */

const WRAPPED = /^\^\(\?:([\s\S]*)\)\$$/

/** For a dialect that searches. */
export function searching(pattern: string): string {
  return `^(?:${pattern})$`
}

/** From a dialect that searches. What `searching` wrote comes back as it was. */
export function matchingWhole(pattern: string): string {
  const wrapped = WRAPPED.exec(pattern)
  if (wrapped !== null && isBalanced(wrapped[1]!)) return wrapped[1]!
  if (/^\^[^|()[\]\\]*\$$/.test(pattern)) return pattern.slice(1, -1)
  return `[\\s\\S]*(?:${pattern})[\\s\\S]*`
}

/** Whether no group that was opened before is closed in it: `a)|(?:b` is two groups. */
function isBalanced(pattern: string): boolean {
  let depth = 0
  let inBrackets = false
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern[at]
    if (sign === '\\') at++
    else if (inBrackets) inBrackets = sign !== ']'
    else if (sign === '[') inBrackets = true
    else if (sign === '(') depth++
    else if (sign === ')' && --depth < 0) return false
  }
  return depth === 0
}
