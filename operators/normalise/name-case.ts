/** The usual capitals for names that have none, or nothing else. */
import { GENERATIONS, PARTICLES } from './tables/honorifics.ts'

/** Capitals for a name in capitals or small letters alone; any other comes back as it is. */
export function repairCase(name: string): string {
  // eslint-disable-next-line no-control-regex
  if (!/[A-Za-zÀ-ɏ]/.test(name) || /[^\u0000-\u024f‘’]/.test(name)) return name
  const lower = name.toLowerCase()
  const upper = name.toUpperCase()
  if (name === lower) return lower === upper ? name : titleCase(name, false)
  return name === upper && name.replace(/[^A-ZÀ-Þ]/g, '').length > 2 ? titleCase(name, true) : name
}

function titleCase(name: string, capitals: boolean): string {
  const words = name.split(' ')
  return words
    .map((word, index) => {
      const lower = word.toLowerCase()
      const generation = GENERATIONS.get(lower.replace(/\./g, ''))
      if (generation !== undefined && index > 0) return generation
      if (index > 0 && index < words.length - 1 && PARTICLES.has(lower)) return lower
      // Initials: "JP", "P.J.".
      if (capitals && (/^(?:[A-Z]\.)+[A-Z]?$/.test(word) || (/^[A-Z]{2,3}$/.test(word) && words.length > 1 && index < words.length - 1 && !/[AEIOUY]/.test(word)))) return word
      return lower
        .replace(/(^|[-'’.(])([a-zà-öø-ɏ])/g, (_, before: string, letter: string) => before + letter.toUpperCase())
        .replace(/^Mc([a-z])/, (_, letter: string) => `Mc${letter.toUpperCase()}`)
        .replace(/(['’])S$/, '$1s')
    })
    .join(' ')
    .normalize('NFC')
}
