/** Values of a closed or half-closed list: the profile's table decides; what it does not know is kept and listed. */
import { foldWord, oneLine } from './clean.ts'
import { createNormaliser } from './normaliser.ts'

/** The canonical value for a spelling, whatever its case, accents and spaces. */
export const normaliseCategory = createNormaliser('category', (text, draft) => {
  const line = oneLine(text)
  if (line !== text) draft.rule('SPACING')
  const { values } = draft.options
  if (values === null) return draft.add(line)
  const known = values.get(foldWord(line))
  if (known === undefined) {
    draft.add(line)
    draft.unknown = [line]
    return
  }
  if (known !== line) draft.rule('CATEGORY_LOOKUP')
  draft.add(known)
})
