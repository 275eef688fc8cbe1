/** Names of organisations: the display form is kept; matching goes by `organisationKey`. */
import { oneLine } from './clean.ts'
import { createNormaliser } from './normaliser.ts'

const LETTER_OR_DIGIT = /[A-Za-z0-9\u00aa-\uffff]/
const QUOTED = /^(["“”„«»'])(.*)(["“”«»'])$/

/**
 * The name on one line, without quotation marks around it. Capitals, legal form, brackets and "t/a" stay as they
 * are: how an organisation writes itself is its own affair, and the match key does not see them.
 */
export const normaliseOrganisationName = createNormaliser('organisation-name', (text, draft) => {
  let name = oneLine(text)
  if (name !== text) draft.rule('SPACING')
  if (!LETTER_OR_DIGIT.test(name)) return draft.fail('ORGANISATION_NAME_INVALID')
  let inner = trimSigns(name)
  for (let quoted = QUOTED.exec(inner); quoted !== null && !/["“”«»]/.test(quoted[2]!); quoted = QUOTED.exec(inner)) inner = trimSigns(quoted[2]!)
  if (inner !== name && LETTER_OR_DIGIT.test(inner)) {
    draft.rule('TRAILING_SIGNS')
    name = inner
  }
  // Spaces on the wrong side of a bracket or comma.
  const spaced = name.replace(/([([]) +/g, '$1').replace(/ +([)\],;])/g, '$1')
  if (spaced !== name) {
    draft.rule('SPACING')
    name = spaced
  }
  draft.add(name)
})

function trimSigns(text: string): string {
  return text.replace(/^[\s,;:|]+|[\s,;:|]+$/g, '')
}
