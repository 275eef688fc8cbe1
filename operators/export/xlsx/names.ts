/** Sheet names that every spreadsheet accepts. */

const LONGEST = 31
const FORBIDDEN = /[[\]:*?/\\\u0000-\u001f]/g

/** Gives each sheet a name: first letter upper case, legal, at most 31 characters, unlike all before it whatever the case. */
export function createSheetNames(): (wanted: string) => string {
  const taken = new Set<string>(['history'])
  return wanted => {
    const clean = wanted.replace(FORBIDDEN, '_').replace(/^'+|'+$/g, '')
    const base = clean === '' ? 'Sheet' : clean.charAt(0).toUpperCase() + clean.slice(1)
    for (let number = 1; ; number++) {
      const suffix = number === 1 ? '' : ` ${number}`
      const name = base.slice(0, LONGEST - suffix.length) + suffix
      const key = name.toLowerCase()
      if (taken.has(key)) continue
      taken.add(key)
      return name
    }
  }
}
