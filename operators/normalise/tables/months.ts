/** Month names and their abbreviations, folded, in English, German, French, Dutch and Afrikaans, to 1–12. */
const NAMES: readonly (readonly string[])[] = [
  ['january', 'jan', 'januar', 'janner', 'jaenner', 'janvier', 'janv', 'januari', 'januarie'],
  ['february', 'feb', 'febr', 'februar', 'feber', 'fevrier', 'fevr', 'fev', 'februari', 'februarie'],
  ['march', 'mar', 'marz', 'maerz', 'mrz', 'mars', 'maart', 'mrt'],
  ['april', 'apr', 'avril', 'avr'],
  ['may', 'mai', 'mei'],
  ['june', 'jun', 'juni', 'juin', 'junie'],
  ['july', 'jul', 'juli', 'juillet', 'juil', 'julie'],
  ['august', 'aug', 'aout', 'augustus'],
  ['september', 'sep', 'sept', 'septembre'],
  ['october', 'oct', 'oktober', 'okt', 'octobre'],
  ['november', 'nov', 'novembre'],
  ['december', 'dec', 'dezember', 'dez', 'decembre', 'desember', 'des']
]

export const MONTHS: ReadonlyMap<string, number> = new Map(NAMES.flatMap((names, index) => names.map(name => [name, index + 1] as const)))

/** Names of weekdays in the same languages, folded: they say nothing that the date does not. */
export const WEEKDAYS: ReadonlySet<string> = new Set(
  ('monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so ' +
    'lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo ' +
    'saterdag sondag').split(' ')
)
