import { nearest } from '../kernel/suggest.ts'

/** `did you mean "x"?`, or the fallback when no known name is near. */
export function didYouMean(name: string, known: Iterable<string>, fallback = ''): string {
  const found = nearest(name, [...known])
  return found === undefined ? fallback : `did you mean "${found}"?`
}
