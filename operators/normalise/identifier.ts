/** Codes and numbers that name something: what is not space is kept, leading zeros first of all. */
import { KIND } from '../../kernel/artifact/table.ts'
import { oneLine } from './clean.ts'
import { createNormaliser } from './normaliser.ts'

/** Five digits and more: shorter ones may be a version, such as 1.0. */
const FLOAT = /^(\d{5,})\.0+$/
const ROUNDED = /^\d\.\d+E\+\d\d$/

/** An identifier with its spaces repaired. A tail `.0` of a number that went through floating point is dropped. */
export const normaliseIdentifier = createNormaliser('identifier', (text, draft) => {
  let value = oneLine(text)
  if (value !== text) draft.rule('SPACING')
  const free = value.replace(/^'+(?=.)/, '').trim()
  if (free !== value && free !== '') {
    draft.rule('APOSTROPHE_REMOVED')
    value = free
  }
  const whole = draft.kind === KIND.number ? /^(-?\d+)\.0+$/.exec(value) : FLOAT.exec(value)
  if (whole !== null) {
    draft.rule('FLOAT_TAIL')
    value = whole[1]!
  } else if (ROUNDED.test(value)) {
    draft.aside('IDENTIFIER_DIGITS_LOST', draft.raw)
  }
  draft.add(value)
})
