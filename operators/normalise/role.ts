/** Tells the name of a post from the name of a person. */
import { foldWord } from './clean.ts'
import { ROLE_MODIFIERS, ROLE_NOUNS, WEAK_NOUNS } from './tables/roles.ts'

/** Whether the words are the name of a post and nothing else. */
export function isRole(text: string): boolean {
  const words = foldWord(text.replace(/-/g, ' ')).split(' ')
  let strong = 0
  for (const word of words) {
    if (ROLE_NOUNS.has(word)) strong += WEAK_NOUNS.has(word) ? 0.5 : 1
    else if (!ROLE_MODIFIERS.has(word)) return false
  }
  return strong >= 1 || (strong > 0 && words.length > 1)
}

/** Whether every word is one of posts and departments: `Office`, `Front desk`, `Bookings`. Where a name may stand alone this is too strict a test for a person. */
export function isPost(text: string): boolean {
  const words = foldWord(text.replace(/-/g, ' ')).split(' ')
  return words.some(word => word !== '') && words.every(word => ROLE_NOUNS.has(word) || ROLE_MODIFIERS.has(word))
}

/** Whether the words in a bracket are a role rather than a nickname. */
export function isBracketRole(text: string): boolean {
  const words = foldWord(text.replace(/-/g, ' ')).split(' ')
  if (words.some(word => ROLE_NOUNS.has(word))) return true
  if (/^[A-Z]{2,5}$/.test(text)) return true
  return words.length > 1 || /^[a-zà-ÿ]/.test(text)
}

/** Whether the word alone makes a phrase a role, as hardly any surname does. */
export function isRoleNoun(word: string): boolean {
  return ROLE_NOUNS.has(word) && !WEAK_NOUNS.has(word)
}
