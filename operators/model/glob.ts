/** Globs of the profile, on file paths and sheet names. */

const cache = new Map<string, RegExp>()
const CACHE_LIMIT = 1000

function translate(glob: string): string {
  let out = ''
  let depth = 0
  for (let at = 0; at < glob.length; at++) {
    const sign = glob[at]!
    if (sign === '*') {
      if (glob[at + 1] !== '*') out += '[^/]*'
      else if (glob[at + 2] === '/') {
        out += '(?:.*/)?'
        at += 2
      } else {
        out += '.*'
        at++
      }
    } else if (sign === '?') out += '[^/]'
    else if (sign === '{' && glob.indexOf('}', at) > at) {
      out += '(?:'
      depth++
    } else if (sign === '}' && depth > 0) {
      out += ')'
      depth--
    } else if (sign === ',' && depth > 0) out += '|'
    else out += sign.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  }
  return out + ')'.repeat(depth)
}

/** Whether a name matches a glob (`*`, `**`, `?`, `{a,b}`) in full, or equals it. Case does not matter. */
export function matchesGlob(glob: string, name: string): boolean {
  if (glob === name) return true
  let pattern = cache.get(glob)
  if (pattern === undefined) {
    pattern = new RegExp(`^${translate(glob)}$`, 'isu')
    if (cache.size >= CACHE_LIMIT) cache.clear()
    cache.set(glob, pattern)
  }
  return pattern.test(name)
}
