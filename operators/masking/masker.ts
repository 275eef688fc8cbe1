/** Decides what in a report is personal: by the field it comes from, by its form, and by what the dataset holds elsewhere. */
import { dictionaryOf } from '../../kernel/artifact/dictionary.ts'
import { ITEM_SEPARATOR, columnOf, type Table } from '../../kernel/artifact/table.ts'
import { classifyColumns, fieldsOf, inheritedType, isGuess, kindByName, type ColumnClass } from '../personal/classify.ts'
import { looksLikeName } from '../personal/detect.ts'
import type { SemanticType } from '../../schemas/generated/profile.ts'
import type { DatasetSchema } from '../model/stages.ts'
import { keyOf, maskKnown, SHORTEST } from './known.ts'
import { isPersonal, maskPatterns, maskValue, maskWords } from './mask.ts'

/** A text is judged by this many characters, more than is ever shown. */
const JUDGED = 600
const LIST = ', '
/** The target of the column by which the sheets of one workbook are tied. */
const KEY = 'key'

export interface Masker {
  /** A value of a field: `field`, `group.field` or the name of an extra. */
  value(text: string, target: string): string
  /** A value of which no field is known. Nothing but its shape remains. */
  unknown(text: string): string
  /** Text that people wrote: reasons, details, names of organisations. */
  text(text: string): string
  /**
   * A value shown beside another one of the same field, where a difference is all that matters: as `value`, but columns
   * that no field takes may hold anything, and the path of an address often ends in a name.
   */
  compared(text: string, target: string): string
  /** Whether the values of a field are masked as a whole. */
  isPersonal(target: string): boolean
  /** The columns that hold personal data. */
  readonly classes: readonly ColumnClass[]
  /** Keys of the values of persons that are masked wherever they stand. */
  readonly known: ReadonlySet<string>
}

/**
 * A masker for one dataset. `piiFields` are the targets that the profile calls personal; `tables` hold the values of
 * persons and addresses that are masked wherever else they turn up, and so do those `before`, of rows that were merged or set aside,
 * and values `also` known, by key. Where consent withholds values, `tables` have to be those from before that: nobody who
 * refused would be known after.
 */
export function createMasker(schema: DatasetSchema, piiFields: readonly string[], tables: readonly Table[], before: readonly Table[] = [], also: ReadonlySet<string> = new Set()): Masker {
  const fields = fieldsOf(schema)
  const types = new Map<string, SemanticType | undefined>()
  for (const [target, field] of fields) types.set(target, inheritedType(field, fields))
  const named = new Set(piiFields)
  const classes = classifyColumns(schema, piiFields, tables)
  const found = new Set(classes.flatMap(({ target, masked }) => (masked ? [target] : [])))
  const guessed = new Set(classes.flatMap(one => (isGuess(one) ? [one.target] : [])))
  const personal = (target: string): boolean => named.has(target) || named.has(target.slice(target.indexOf('.') + 1)) || isPersonal(types.get(target)) || found.has(target) || kindByName(target) !== undefined

  const known = new Set(also)
  for (const table of [...tables, ...before]) {
    if (table.name === 'quarantine') rememberRefused(table)
    const prefix = table.name === 'data' || table.name === 'records' ? '' : `${table.name}.`
    if (prefix !== '' && schema.groups[table.name] === undefined) continue
    for (const column of table.columns) {
      const target = prefix + column.name
      if (guessed.has(target)) continue
      const type = types.get(target)
      // Addresses of mail and telephone numbers are found by their form.
      if (type === 'email' || type === 'phone') continue
      // A column that no field takes may hold people among other things.
      const isForeign = !fields.has(target) && !named.has(target)
      if (!isForeign && !personal(target)) continue
      dictionaryOf(columnOf(table, column.name)!).each(value => {
        for (const item of value.includes(ITEM_SEPARATOR) ? value.split(ITEM_SEPARATOR) : [value]) if (item.length >= SHORTEST && (!isForeign || looksLikeName(item))) known.add(keyOf(item))
      })
    }
  }

  known.delete('')

  /** A value that a personal field refused names somebody all the same. */
  function rememberRefused(quarantine: Table): void {
    const [field, refused] = [columnOf(quarantine, 'field'), columnOf(quarantine, 'value')]
    if (field === undefined || refused === undefined) return
    const names = dictionaryOf(field)
    const isNamed = Array.from({ length: names.size }, (_, at) => types.get(names.at(at)) === 'person-name')
    if (!isNamed.includes(true)) return
    const values = dictionaryOf(refused)
    for (let row = 0; row < quarantine.rows; row++) {
      if (field.codes[row] === 0 || refused.codes[row] === 0 || !isNamed[field.codes[row]! - 1]) continue
      const value = values.at(refused.codes[row]! - 1)
      if (looksLikeName(value)) known.add(keyOf(value))
    }
  }

  const ofKnown = (words: string): string => (known.size === 0 ? words : maskKnown(words, key => known.has(key)))

  const text = (value: string): string => maskPatterns(ofKnown(value.length > JUDGED ? value.slice(0, JUDGED) : value))
  const unknown = (words: string): string => maskWords(words.length > JUDGED ? words.slice(0, JUDGED) : words)
  const value = (all: string, target: string): string => {
    const items = all.split(ITEM_SEPARATOR)
    // Of a column that no field takes nothing is known, and it may hold anything.
    if (!types.has(target) && target !== KEY) return items.map(unknown).join(LIST)
    if (!personal(target)) return items.map(text).join(LIST)
    const type = types.get(target)
    return items.map(item => (isPersonal(type) ? maskValue(item, type) : maskWords(item))).join(LIST)
  }
  /** An address without the words behind its host. */
  const maskPath = (address: string): string => {
    const host = /^(?:[a-z]+:)?\/*[^/?#]*/i.exec(address)![0]
    return text(host) + maskWords(address.slice(host.length))
  }
  return {
    text,
    value,
    unknown,
    compared(all, target) {
      return types.get(target) === 'url' && !personal(target) ? all.split(ITEM_SEPARATOR).map(maskPath).join(LIST) : value(all, target)
    },
    known,
    isPersonal: personal,
    classes
  }
}
