/** Addresses in one way of writing: kinds of street and points of the compass in short, ordinals as numbers, remarks left out. */
import { foldName, type Fold } from './values.ts'

const SHORT = new Map(
  [
    'street st str', 'avenue ave av aven', 'road rd', 'boulevard blvd boul', 'drive dr drv', 'lane ln', 'court ct crt', 'place pl plc', 'square sq', 'highway hwy', 'parkway pkwy pky', 'terrace ter tce terr', 'crescent cres cr crs', 'circle cir circ', 'close cl', 'way wy', 'suite ste', 'floor fl flr', 'apartment apt', 'building bldg', 'mount mt', 'fort ft',
    'north n', 'south s', 'east e', 'west w', 'northeast ne', 'northwest nw', 'southeast se', 'southwest sw',
    'first 1st', 'second 2nd', 'third 3rd', 'fourth 4th', 'fifth 5th', 'sixth 6th', 'seventh 7th', 'eighth 8th', 'ninth 9th', 'tenth 10th', 'eleventh 11th', 'twelfth 12th', 'one 1', 'two 2', 'three 3'
  ].flatMap(line => line.split(' ').map((word, _, all): [string, string] => [word, all[1]!]))
)

export const foldAddress: Fold = text => {
  const folded = foldName(text.replace(/\s+(between|btwn|near|opposite|opp|off|at the corner of|corner of)\s.*$/i, ''))
  return folded === null ? null : folded.split(' ').map(word => SHORT.get(word) ?? word).join(' ')
}
