import type { Report } from '../../schemas/generated/report.ts'

/** Why a column is believed to hold personal data, for people. */
export const BASIS: Readonly<Record<Report['personal'][number]['basis'], string>> = {
  type: 'its type',
  declared: 'the profile says so',
  derived: 'made from a personal field',
  name: 'its name',
  values: 'its values',
  mentions: 'some cells mention a person'
}
