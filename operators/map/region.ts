/** How many of a column's values are regions of the profile's country. */
import type { ColumnEvidence } from '../model/evidence.ts'
import { countryOfRegion } from '../normalise/region.ts'

/** Share of the sampled values that name a province, state or the like of the country, 0 to 1; 0 for fewer than three cells. */
export function regionShare({ sample, share, filled }: ColumnEvidence, country: string): number {
  if (filled < 3 || share.text < 0.5) return 0
  let found = 0
  for (const text of sample) if (text.length <= 40 && countryOfRegion(text.trim(), country) === country) found++
  return found / sample.length
}
