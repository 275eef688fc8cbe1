/** Free text: spaces, line breaks and invisible characters; nothing else is touched. */
import { oneLine } from './clean.ts'
import { createNormaliser } from './normaliser.ts'

/** Text on one line. A line break becomes a space: cleaned text holds no control character. */
export const normaliseText = createNormaliser('text', (text, draft) => {
  const line = oneLine(text)
  if (line !== text) draft.rule('SPACING')
  draft.add(line)
})
