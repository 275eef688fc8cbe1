/** Yes and no, in the ways that spreadsheets write them. */
import { foldWord } from './clean.ts'
import { createNormaliser } from './normaliser.ts'

const TRUE = new Set(['true', 't', 'yes', 'y', '1', 'x', 'on', 'ja', 'j', 'oui', 'o', 'si', 'sim', 'wahr', 'waar', 'vrai', 'richtig', 'checked', 'correct', 'ok', 'okay', '✓', '✔', '☑', '✅', '🗹', 'yebo', 'ewe'])
const FALSE = new Set(['false', 'f', 'no', 'n', '0', 'off', 'nee', 'nein', 'non', 'nao', 'falsch', 'onwaar', 'faux', 'unchecked', 'not', '✗', '✘', '☐', '❌', '☒', 'cha'])

/** `true` or `false`. */
export const normaliseBoolean = createNormaliser('boolean', (text, draft) => {
  if (text === 'true' || text === 'false') return draft.add(text)
  const word = foldWord(text.replace(/^(-?\d+)\.0+$/, '$1'))
  const value = TRUE.has(word) || TRUE.has(text) || draft.options.affirmative.has(word) ? 'true' : FALSE.has(word) || FALSE.has(text) || negates(word, draft.options.affirmative) ? 'false' : null
  if (value === null) return draft.fail('BOOLEAN_INVALID')
  draft.rule('BOOLEAN_WORD')
  draft.add(value)
})

/** Whether the word is the opposite of one of these: `valid` in a column `Invalid`, `not checked` in a column `Checked`. */
function negates(word: string, affirmative: ReadonlySet<string>): boolean {
  if (word === '') return false
  for (const prefix of ['in', 'un', 'non ', 'not ', 'non', 'dis']) {
    if (affirmative.has(prefix + word)) return true
    if (word.startsWith(prefix) && affirmative.has(word.slice(prefix.length))) return true
  }
  return false
}
