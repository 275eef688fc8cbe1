/** Postal addresses: one line, parts joined by `, `, and the postcode's spacing. */
import { createNormaliser } from './normaliser.ts'

/** United Kingdom: outward and inward code. Source: BS 7666, simplified to the shape. */
const GB_POSTCODE = /\b(GIR|[A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][ABD-HJLNP-UW-Z]{2})(?=$|,)/gi
const NL_POSTCODE = /\b([1-9][0-9]{3}) ?([A-Z]{2})(?=$|[ ,])/g
const CA_POSTCODE = /\b([ABCEGHJ-NPRSTVXY][0-9][A-Z])[ -]?([0-9][A-Z][0-9])(?=$|[ ,])/gi

/** One line whose parts are joined as they should be. */
const TIDY = /^[^,\n|; ](?:[^,\n|;]*[^,\n|; ])?(?:, [^,\n|; ](?:[^,\n|;]*[^,\n|; ])?)*$/

function postcodes(text: string, country: string): string {
  if (country === 'GB') return text.replace(GB_POSTCODE, (_, outward: string, inward: string) => `${outward.toUpperCase()} ${inward.toUpperCase()}`)
  if (country === 'NL') return text.replace(NL_POSTCODE, '$1 $2')
  if (country === 'CA') return text.replace(CA_POSTCODE, (_, first: string, second: string) => `${first.toUpperCase()} ${second.toUpperCase()}`)
  return text
}

/** The address on one line. Words, abbreviations and case stay as they are. */
export const normaliseAddress = createNormaliser('address', (text, draft) => {
  let line = text
  if (!TIDY.test(line)) {
    const parts: string[] = []
    for (const part of line.split(/[\n|;]| *,(?=$|[^0-9])|(?<=^|[^0-9]) *,/)) {
      const trimmed = part.replace(/^[ ,]+|[ ,]+$/g, '')
      if (trimmed !== '') parts.push(trimmed)
    }
    line = parts.join(', ')
    if (line === '') return draft.rule('NULL_TOKEN')
    if (line !== text) draft.rule('ADDRESS_LINES')
  }
  const tail = line.replace(/(?<=[ ,]\d{4,5})\.0$/, '')
  if (tail !== line) draft.rule('FLOAT_TAIL')
  const spaced = postcodes(tail, draft.options.country)
  if (spaced !== tail) draft.rule('POSTCODE_SPACING')
  draft.add(spaced)
})
