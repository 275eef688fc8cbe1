/** Forms of address and degrees around a name. */
import { foldWord } from './clean.ts'
import type { Draft } from './normaliser.ts'
import { HONORIFICS, NEEDS_DOT, POSTNOMINALS } from './tables/honorifics.ts'

/** The name without them; one word is always left. */
export function stripHonorifics(text: string, draft: Draft): string {
  const words = text.replace(/\b(Mr|Mrs|Ms|Dr|Prof|Capt|Adv|Rev|Mnr|Mev)\.(?=\S)/gi, '$1. ').split(' ')
  let from = 0
  while (from < words.length - 1 && isHonorific(words[from]!)) from++
  let to = words.length
  while (to > from + 1 && isTrailer(words[to - 1]!, to - from)) to--
  if (from === 0 && to === words.length) return text
  draft.rule('HONORIFIC_REMOVED')
  return words.slice(from, to).join(' ')
}

function isHonorific(word: string): boolean {
  const folded = foldWord(word)
  if (!HONORIFICS.has(folded)) return false
  return !NEEDS_DOT.has(folded) || word.endsWith('.')
}

function isTrailer(word: string, words: number): boolean {
  if (words < 3) return /^(?:mr|mrs|ms|dr|prof|mnr|mev)\.?$/i.test(word) && words > 1
  const folded = foldWord(word).replace(/ /g, '')
  return /^(?:mr|mrs|ms|dr|prof|mnr|mev)\.?$/i.test(word) || (POSTNOMINALS.has(folded) && folded !== 'ma' && folded !== 'ba' && folded !== 'ca' && folded !== 'nd' && folded !== 'med' && folded !== 'dip' && folded !== 'bed')
}
