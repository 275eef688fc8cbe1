/** Slugs: lower-case, hyphenated names that are unique in a dataset. */
import { foldWords } from '../model/name-key.ts'

/** `Ødegård & Søn (Pty) Ltd` → `odegard-and-son-pty-ltd`; '' when the text has no letter or digit. */
export function slugOf(text: string): string {
  return foldWords(text).replaceAll(' ', '-')
}

/**
 * One slug per entity, in the order given. Slugs that the input brought are kept, then the others are made from the
 * names; a slug that is taken gets `-2`, `-3`, …. An entity without a name gets `stem`.
 */
export function uniqueSlugs(given: readonly (string | null)[], names: readonly (string | null)[], stem: string): readonly string[] {
  const taken = new Set<string>()
  const next = new Map<string, number>()
  const slugs: string[] = new Array(given.length)
  const claim = (base: string): string => {
    let slug = base
    if (taken.has(base)) {
      let number = next.get(base) ?? 2
      while (taken.has(`${base}-${number}`)) number++
      next.set(base, number + 1)
      slug = `${base}-${number}`
    }
    taken.add(slug)
    return slug
  }
  given.forEach((slug, at) => {
    if (slug !== null && !taken.has(slug)) slugs[at] = claim(slug)
  })
  names.forEach((name, at) => {
    if (slugs[at] !== undefined) return
    const base = given[at] ?? (name === null ? '' : slugOf(name))
    slugs[at] = claim(base === '' ? stem : base)
  })
  return slugs
}
