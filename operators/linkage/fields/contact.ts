/** What things share with their neighbours: where they are and how they are reached. Names tell them apart; these do not. */
import type { LinkType } from '../stages.ts'

const PLACE = / (place|city|town|suburb|village|locality|municipality|county|state|province|region|district|country|neighbou?rhood|area|post ?code|zip|zip ?code|postal( code)?|lat|lon|latitude|longitude|street( number)?|address( \d)?) /

/** Whether different things of one house, site or town often agree in this field. `fields` are names of columns. */
export function isContact(type: LinkType, fields: readonly string[]): boolean {
  if (type === 'address' || type === 'phone' || type === 'url') return true
  return fields.some(field => PLACE.test(` ${field.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim()} `))
}
