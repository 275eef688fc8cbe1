/** Which columns of a dataset hold personal data, why that is believed, and how sure it is. */
import { dictionaryOf } from '../../kernel/artifact/dictionary.ts'
import { ITEM_SEPARATOR, type Column, type Table } from '../../kernel/artifact/table.ts'
import type { Field, SemanticType } from '../../schemas/generated/profile.ts'
import type { DatasetSchema } from '../model/stages.ts'
import { detect, looksLikeName, type PersonalKind } from './detect.ts'

/** Distinct values of a column that are looked at, the first ones. */
const MOST_VALUES = 5_000
/** Characters of a value that are looked at. */
const MOST_CHARACTERS = 600
/** Below this, a detection says nothing. */
const LEAST_CONFIDENCE = 0.5
/** Share of a column's cells that makes the column itself personal. */
const LEAST_SHARE = 0.5

export interface FoundKind {
  readonly kind: PersonalKind
  /** Cells, of those looked at, that hold it. */
  readonly cells: number
  /** Of the cells that hold anything, to four decimals. */
  readonly share: number
  /** Mean over the cells, to two decimals. */
  readonly confidence: number
}

export interface ColumnClass {
  /** `field`, `group.field`, or the name of an extra. */
  readonly target: string
  readonly type: SemanticType | null
  /**
   * `type`: its type is about persons. `declared`: the profile says so. `derived`: it is made from such a field.
   * `name`: its name says so. `values`: its values do. `mentions`: some cells mention a person; the column is not about them, or only the form of its values says so.
   */
  readonly basis: 'type' | 'declared' | 'derived' | 'name' | 'values' | 'mentions'
  /** Whether reports mask the values as a whole. */
  readonly masked: boolean
  readonly kinds: readonly FoundKind[]
}

const TYPES: ReadonlyMap<SemanticType, PersonalKind> = new Map([['person-name', 'person-name'], ['email', 'email'], ['phone', 'phone'], ['address', 'address']])

const FIGURES: ReadonlySet<SemanticType> = new Set(['identifier', 'number', 'currency', 'date', 'boolean'])

/** Words in the name of a column that tell what its values are. */
const NAMED: readonly (readonly [words: RegExp, kind: PersonalKind])[] = [
  [/(^|[^a-z])(dob|birth(day|date)?|date of birth|born|geburtsdatum|geburtstag|naissance|nascimento|geboorte(datum)?)([^a-z]|$)/, 'birth-date'],
  [/(^|[^a-z])(id (no|number|nr)|identity (no|number)|national id|passport( no| number)?|ssn|nino|bsn|pesel|cpf|aadhaar|personnummer|rsa id|sa id)([^a-z]|$)/, 'national-id'],
  [/(^|[^a-z])(iban|bank account|account number)([^a-z]|$)/, 'iban'],
  [/(^|[^a-z])(card number|credit card|card no)([^a-z]|$)/, 'payment-card']
]
/** Names of columns whose values are people, if they look like it. */
const PEOPLE = /(^|[^a-z])(contact|person|people|owner|manager|instructor|director|attendee|guest|speaker|member|employee|staff|student|pilot|ceo|principal|representative|first name|last name|surname|full name|given name|family name|assigned to|responsible|who)([^a-z]|$)/

const plainName = (target: string): string => target.slice(target.indexOf('.') + 1).replace(/[_\-.]+/g, ' ').toLowerCase()

/** What the name of a column says of it; undefined when nothing. */
export function kindByName(target: string): PersonalKind | undefined {
  const name = plainName(target)
  return NAMED.find(([words]) => words.test(name))?.[1]
}

/** Personal, although its own type does not say so: made from a field that is. */
export function inheritedType(field: Field, fields: ReadonlyMap<string, Field>, seen = 0): SemanticType | undefined {
  if ((field.type !== undefined && TYPES.has(field.type)) || field.derive === undefined || seen > fields.size) return field.type
  const { derive } = field
  const origin = 'slug' in derive ? derive.slug : 'alias_of' in derive ? derive.alias_of : 'group' in derive ? `${derive.group}.${derive.field}` : null
  const source = origin === null ? undefined : fields.get(origin)
  const inherited = source === undefined ? undefined : inheritedType(source, fields, seen + 1)
  return inherited !== undefined && TYPES.has(inherited) ? inherited : field.type
}

/** Every field of a schema by target. */
export function fieldsOf(schema: DatasetSchema): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>(schema.fields.map(field => [field.name, field]))
  for (const group of Object.keys(schema.groups)) for (const field of schema.groups[group]!.fields) fields.set(`${group}.${field.name}`, field)
  return fields
}

interface Tally { cells: number; confidence: number; whole: number }

/** How sure it is that a column holds people when nothing but the form of its values says so. */
const GUESS = 0.5
const [LEAST_NAMES, NAMES_OF_VALUES, OWN_SURNAMES] = [3, 0.75, 0.6]
/** Words that stand in names of organisations, places, states and things, and hardly in those of people. */
const NO_PERSON = /(^|[ -])(ltd|pty|inc|llc|gmbh|group|holdings|company|co|club|clubs|school|academy|college|university|institute|association|society|centre|center|services?|systems?|solutions?|aviation|aero|air|airport|airfield|flying|flyers?|flight|aerodrome|trading|trust|bank|store|shop|supplies|supply|works|media|foundation|church|hotel|clinic|hospital|street|road|avenue|park|town|city|bay|beach|port|north|south|east|west|upper|lower|new|old|in|on|of|the|and|for|not|no|to|per|with|pack|set|kit|box|paper|table|chair|desk|lamp|pen|tape|cable|steel|wood|red|blue|green|black|white|hangar|runway)($|[ -])/i

/** Whether most distinct values have the shape of a person's full name: two or three words with capitals, surnames of their own. */
function looksLikePeople(column: Column): boolean {
  const dictionary = dictionaryOf(column)
  const most = Math.min(dictionary.size, MOST_VALUES)
  const surnames = new Set<string>()
  let named = 0
  for (let at = 0; at < most; at++) {
    const text = dictionary.at(at)
    const words = text.split(/[ \u00a0]/)
    if (words.length < 2 || words.length > 3 || text.length > 60 || NO_PERSON.test(text) || !looksLikeName(text)) continue
    named++
    surnames.add(words.at(-1)!)
  }
  return named >= LEAST_NAMES && named >= NAMES_OF_VALUES * most && surnames.size >= OWN_SURNAMES * named
}

/** Whether a column is masked for the form of its values alone, which is no evidence for anything else. */
export function isGuess({ basis, masked, kinds }: ColumnClass): boolean {
  return basis === 'mentions' && masked && kinds[0]?.kind === 'person-name' && kinds[0].confidence === GUESS
}

/** What was found in a column, and whether one kind is most of what its cells say, so that the column is about it. */
function kindsIn(column: Column, isPeople: boolean, only: PersonalKind | undefined, isFigures: boolean): { readonly kinds: readonly FoundKind[]; readonly isMostly: boolean } {
  const dictionary = dictionaryOf(column)
  const { codes } = column
  const counts = new Uint32Array(dictionary.size + 1)
  for (let row = 0; row < codes.length; row++) counts[codes[row]!]!++
  const tallies = new Map<PersonalKind, Tally>()
  let filled = 0
  const most = Math.min(dictionary.size, MOST_VALUES)
  for (let at = 0; at < most; at++) {
    const cells = counts[at + 1]!
    filled += cells
    const seen = new Map<PersonalKind, number>()
    const whole = new Set<PersonalKind>()
    if (only !== undefined) seen.set(only, 1)
    else {
      for (const item of dictionary.at(at).split(ITEM_SEPARATOR)) {
        const text = item.length > MOST_CHARACTERS ? item.slice(0, MOST_CHARACTERS) : item
        for (const { kind, start, end, confidence } of detect(text)) {
          if (confidence < LEAST_CONFIDENCE || (isFigures && kind === 'phone')) continue
          seen.set(kind, Math.max(confidence, seen.get(kind) ?? 0))
          if ((end - start) * 2 > text.length) whole.add(kind)
        }
        if (isPeople && looksLikeName(text)) {
          seen.set('person-name', Math.max(0.8, seen.get('person-name') ?? 0))
          whole.add('person-name')
        }
      }
    }
    for (const [kind, confidence] of seen) {
      const tally = tallies.get(kind) ?? { cells: 0, confidence: 0, whole: 0 }
      tally.cells += cells
      // In hundredths, so that the order of summing does not show.
      tally.confidence += cells * Math.round(confidence * 100)
      if (whole.has(kind)) tally.whole += cells
      tallies.set(kind, tally)
    }
  }
  const kinds = [...tallies].filter(([, { cells }]) => cells > 0).map(([kind, { cells, confidence }]) => ({ kind, cells, share: Math.round((cells * 10_000) / filled) / 10_000, confidence: Math.round(confidence / cells) / 100 })).sort((a, b) => b.cells - a.cells || (a.kind < b.kind ? -1 : 1))
  return { kinds, isMostly: [...tallies.values()].some(({ whole }) => whole >= LEAST_SHARE * filled && whole > 0) }
}

/** The columns of the data and of the groups that hold personal data, in the order of the tables. */
export function classifyColumns(schema: DatasetSchema, piiFields: readonly string[], tables: readonly Table[]): readonly ColumnClass[] {
  const fields = fieldsOf(schema)
  const declared = new Set(piiFields)
  const found: ColumnClass[] = []
  for (const table of tables) {
    const isData = table.name === 'data'
    if (!isData && schema.groups[table.name] === undefined) continue
    for (const column of table.columns) {
      const target = isData ? column.name : `${table.name}.${column.name}`
      const field = fields.get(target)
      if (field?.derive !== undefined && ('lineage' in field.derive || 'score' in field.derive)) continue
      const type = field?.type ?? null
      const own = type === null ? undefined : TYPES.get(type)
      const isDeclared = declared.has(target) || declared.has(target.slice(target.indexOf('.') + 1))
      const byName = kindByName(target)
      const isPeople = (field === undefined || (schema.inferred && type === 'text')) && PEOPLE.test(plainName(target))
      // What is declared a number or an identifier looks like a telephone number often enough, and is none.
      const { kinds, isMostly } = kindsIn(column, isPeople, own ?? byName, type !== null && FIGURES.has(type))
      const inherited = field === undefined ? undefined : inheritedType(field, fields)
      const isInherited = own === undefined && inherited !== undefined && TYPES.has(inherited)
      // What organisations are called and where they are on the web may name somebody, and is no less public for it.
      const isOfValues = isMostly && type !== 'organisation-name' && type !== 'url'
      const basis = own !== undefined ? 'type' : isDeclared ? 'declared' : isInherited ? 'derived' : byName !== undefined ? 'name' : isOfValues ? 'values' : kinds.length > 0 ? 'mentions' : undefined
      if ((basis === undefined || (basis === 'mentions' && field !== undefined)) && field !== undefined && field.derive === undefined && (field.type ?? 'text') === 'text' && looksLikePeople(column)) {
        const { codes } = column
        const filled = codes.reduce((sum, code) => sum + (code === 0 ? 0 : 1), 0)
        found.push({ target, type, basis: 'mentions', masked: true, kinds: [{ kind: 'person-name', cells: filled, share: 1, confidence: GUESS }] })
      } else if (basis !== undefined) found.push({ target, type, basis, masked: basis !== 'mentions' || field === undefined || schema.inferred, kinds: kinds.length > 0 || !isInherited ? kinds : [] })
    }
  }
  return found
}
