/** Invented people for tests of linkage: a file of records, some of the same person with typing errors and gaps. */

const GIVEN = ['Thandi', 'Sipho', 'Lerato', 'Pieter', 'Anele', 'Zanele', 'Johan', 'Fatima', 'Kagiso', 'Mpho', 'Nomsa', 'Riaan', 'Busi', 'Tumelo', 'Ayesha', 'Willem']
const FAMILY = ['Mokoena', 'Dube', 'Nkosi', 'Botha', 'Khumalo', 'Naidoo', 'Jacobs', 'Sithole', 'Mahlangu', 'Pretorius', 'Zulu', 'Adams', 'Molefe', 'Visser', 'Ngcobo', 'Swart']
const TOWNS = ['Knysna', 'Paarl', 'Worcester', 'Mthatha', 'Polokwane', 'Upington', 'Kimberley', 'George']

/** Multiplicative generator of Park and Miller; the same numbers everywhere. */
function createDraw(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

/** CSV with `record_id,given_name,family_name,birth_date,town,email`. */
export function peopleCsv(persons: number, seed = 17): string {
  const draw = createDraw(seed)
  const lines = ['record_id,given_name,family_name,birth_date,town,email']
  const typo = (text: string): string => {
    const at = 1 + draw(text.length - 2)
    return text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2)
  }
  for (let person = 0; person < persons; person++) {
    const [given, family, town] = [GIVEN[draw(GIVEN.length)]!, FAMILY[draw(FAMILY.length)]!, TOWNS[draw(TOWNS.length)]!]
    const born = `${1950 + draw(50)}-${String(1 + draw(12)).padStart(2, '0')}-${String(1 + draw(28)).padStart(2, '0')}`
    const email = `${given.toLowerCase()}.${family.toLowerCase()}${draw(90) + 10}@${['heron', 'stilt', 'lapwing'][draw(3)]}.example`
    const copies = 1 + draw(3)
    for (let copy = 0; copy < copies; copy++) {
      const part = (text: string, spoil: boolean): string => (copy === 0 ? text : draw(5) === 0 ? '' : spoil && draw(3) === 0 ? typo(text) : text)
      lines.push([`p${person}-${copy}`, part(given, true), part(family, true), part(born, false), part(town, true), part(email, true)].join(','))
    }
  }
  return `${lines.join('\n')}\n`
}
