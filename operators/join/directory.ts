/** Finds the record that a satellite's row belongs to: by key, else by name, in its own workbook, else in all. */
import { KIND, textAt, type Column, type Kind } from '../../kernel/artifact/table.ts'
import { looseOrganisationKey, organisationKey, tradingNames } from '../model/name-key.ts'
import type { Parts } from './parts.ts'

/** Where a record was found, from 0, and by what; null when it was not. */
export type Found = { readonly record: number; readonly by: 'key' | 'name' } | null

export interface Directory {
  /** Resolver for the rows of one satellite. */
  resolver(satellite: Parts): (row: number) => Found
}

/** The columns that records are found by. */
export interface DirectoryColumns {
  readonly identity: string
  readonly slug: string
  /** Records of several files with one name are one entity, so any of them will do. */
  readonly namesMerge: boolean
}

interface Book {
  readonly keys: Map<string, number>
  readonly slugs: Map<string, number>
  readonly names: Map<string, number>
  /** Names without brackets; -1 where several records share one. */
  readonly loose: Map<string, number>
}

/** Two letters side by side: a name rather than a number. */
const WORDY = /[A-Za-z\u00c0-\uffff]{2}/
const NO_KEY = /^(?:0+(?:\.0*)?|-+|–|—|\?+|n\/?a|none|null|nil|unknown|tbc|#.*)$/i

/** A key's text for comparison; '' when the cell holds none: blank, zero, an error, or a word for nothing. */
export function keyText(text: string, kind: Kind): string {
  if (kind === KIND.error) return ''
  const trimmed = text.trim()
  if (NO_KEY.test(trimmed)) return ''
  // A number that went through a float column is still the same key.
  return trimmed.replace(/^(\d+)\.0+$/, '$1').toLowerCase()
}

function kindOf(column: Column, code: number): Kind {
  return column.kinds === null ? KIND.text : (column.kinds[code - 1]! as Kind)
}

function setFirst(map: Map<string, number>, key: string, record: number): void {
  if (key !== '' && !map.has(key)) map.set(key, record)
}

function fill(book: Book, entity: Parts, start: number, { identity, slug }: DirectoryColumns): void {
  const name = entity.fields.get(identity)
  if (name === undefined) return
  const key = entity.fields.get('key')
  const slugs = entity.fields.get(slug)
  const perName = name.values.map((text, index) => {
    if (kindOf(name, index + 1) === KIND.error) return null
    const { aliases } = tradingNames(text)
    return { key: organisationKey(text), loose: looseOrganisationKey(text), aliases: aliases.map(organisationKey) }
  })
  const later: (readonly [string, number])[] = []
  for (let row = 0; row < entity.table.rows; row++) {
    const found = name.codes[row] === 0 ? null : perName[name.codes[row]! - 1]!
    // An id that was handed out in advance belongs to nobody yet.
    if (found === null || found === undefined) continue
    const record = start + row
    setFirst(book.names, found.key, record)
    for (const alias of found.aliases) later.push([alias, record])
    const before = book.loose.get(found.loose)
    book.loose.set(found.loose, before === undefined ? record : -1)
    if (key !== undefined && key.codes[row] !== 0) setFirst(book.keys, keyText(key.values[key.codes[row]! - 1]!, kindOf(key, key.codes[row]!)), record)
    if (slugs !== undefined && slugs.codes[row] !== 0) setFirst(book.slugs, slugs.values[slugs.codes[row]! - 1]!.trim(), record)
  }
  // A trading name finds its record unless another record has it for its own.
  for (const [alias, record] of later) setFirst(book.names, alias, record)
}

/** Builds the directory of all entity records. `starts[i]` is the index of the first record of `entities[i]`. */
export function createDirectory(entities: readonly Parts[], starts: readonly number[], columns: DirectoryColumns): Directory {
  const books = new Map<string, Book>()
  entities.forEach((entity, index) => {
    const book = books.get(entity.source.file) ?? { keys: new Map(), slugs: new Map(), names: new Map(), loose: new Map() }
    books.set(entity.source.file, book)
    fill(book, entity, starts[index]!, columns)
  })
  const everywhere = new Map<string, { record: number; books: number }>()
  const slugsEverywhere = new Map<string, number>()
  for (const book of books.values()) {
    for (const [key, record] of book.names) {
      const found = everywhere.get(key)
      if (found === undefined) everywhere.set(key, { record, books: 1 })
      else found.books++
    }
    for (const [slug, record] of book.slugs) setFirst(slugsEverywhere, slug, record)
  }

  function byName(book: Book | undefined, text: string): number {
    const key = organisationKey(text)
    if (key === '') return -1
    const aliases = tradingNames(text).aliases.map(organisationKey)
    const near = book?.names.get(key) ?? aliases.map(alias => book?.names.get(alias)).find(each => each !== undefined)
    if (near !== undefined) return near
    for (const each of [key, ...aliases]) {
      const far = everywhere.get(each)
      if (far !== undefined && (far.books === 1 || columns.namesMerge)) return far.record
    }
    return book?.loose.get(looseOrganisationKey(text)) ?? -1
  }

  return {
    resolver(satellite) {
      const book = books.get(satellite.source.file)
      const name = satellite.fields.get(columns.identity)
      const key = satellite.fields.get('key')
      const slug = satellite.fields.get(columns.slug)
      const nameOf = new Map<number, number>()
      const keyedOf = new Map<number, Found>()

      function named(row: number): number {
        const code = name?.codes[row] ?? 0
        if (code === 0 || kindOf(name!, code) === KIND.error) return -1
        let found = nameOf.get(code)
        if (found === undefined) nameOf.set(code, (found = byName(book, name!.values[code - 1]!)))
        return found
      }
      function keyed(row: number): Found {
        const code = key?.codes[row] ?? 0
        if (code === 0) return null
        let found = keyedOf.get(code)
        if (found !== undefined) return found
        found = null
        const text = keyText(key!.values[code - 1]!, kindOf(key!, code))
        const record = text === '' ? undefined : book?.keys.get(text)
        if (record !== undefined) found = { record, by: 'key' }
        // A broken lookup leaves the name where the key should be.
        else if (WORDY.test(text)) {
          const byText = byName(book, key!.values[code - 1]!)
          if (byText >= 0) found = { record: byText, by: 'name' }
        }
        keyedOf.set(code, found)
        return found
      }

      return row => {
        const slugCode = slug?.codes[row] ?? 0
        if (slugCode !== 0) {
          const text = slug!.values[slugCode - 1]!.trim()
          const record = book?.slugs.get(text) ?? slugsEverywhere.get(text)
          if (record !== undefined) return { record, by: 'key' }
        }
        const byKey = keyed(row)
        const byOwnName = named(row)
        if (byKey === null) return byOwnName < 0 ? null : { record: byOwnName, by: 'name' }
        // A lookup may point at the wrong row; the name that stands beside it is what a person wrote.
        if (byKey.by === 'key' && byOwnName >= 0 && byOwnName !== byKey.record && !sameName(byKey.record, byOwnName)) return { record: byOwnName, by: 'name' }
        return byKey
      }
    }
  }

  function sameName(a: number, b: number): boolean {
    return keyOfRecord(a) === keyOfRecord(b)
  }

  function keyOfRecord(record: number): string {
    let at = 0
    while (at + 1 < starts.length && starts[at + 1]! <= record) at++
    const column = entities[at]!.fields.get(columns.identity)
    const text = column === undefined ? null : textAt(column, record - starts[at]!)
    return text === null ? '' : organisationKey(text)
  }
}
