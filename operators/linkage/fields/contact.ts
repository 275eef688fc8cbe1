/** Which fields agree together among different things, by what they mean. */
import type { LinkType } from '../stages.ts'

const PLACE = / (place|city|town|suburb|village|locality|municipality|county|state|province|region|district|country|neighbou?rhood|area|post ?code|zip|zip ?code|postal( code)?|lat|lon|latitude|longitude|street( number)?|address( \d)?) /
const NAMES: ReadonlySet<LinkType> = new Set(['given-name', 'family-name', 'person-name', 'organisation-name'])

export interface Meaning { readonly type: LinkType; readonly fields: readonly string[] }

/** Where a thing is or how it is reached: different things of one house, site or town have it in common. `fields` are names of columns. */
function isContact({ type, fields }: Meaning): boolean {
  if (type === 'address' || type === 'phone' || type === 'url') return true
  return fields.some(field => PLACE.test(` ${field.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim()} `))
}

/** Whether two fields may agree together among different things: both are contacts, or namesakes have alike e-mail addresses. */
export function mayAgreeTogether(x: Meaning, y: Meaning): boolean {
  return (isContact(x) && isContact(y)) || (x.type === 'email' && NAMES.has(y.type)) || (y.type === 'email' && NAMES.has(x.type))
}
