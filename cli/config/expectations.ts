/** What no schema can tell of an expectation: whether its fields are there, in one table, and whether anything can meet it. */
import { HotpassError } from '../../kernel/error.ts'
import { nearest } from '../../kernel/suggest.ts'
import { hasForm, numberOf } from '../../operators/expect/form.ts'
import { fieldsOf } from '../../operators/expect/rules.ts'
import { compilePattern } from '../../operators/validate/pattern.ts'
import type { Expectation, Field, Group } from '../../schemas/generated/profile.ts'
import type { Say } from './references.ts'

/** Which of these keys have to be there, at least one of each list. */
const ONE_OF: { readonly [K in Expectation['expect']]?: readonly string[] } = {
  range: ['min', 'max', 'above', 'below'],
  length: ['min', 'max'],
  'row-count': ['min', 'max'],
  'row-count-change': ['increase', 'decrease'],
  categories: ['new', 'vanished']
}

/** Says every fault. Fields are looked up only where the profile declares some: else they are known when the files are read. */
export function checkExpectations(expectations: readonly Expectation[], fields: readonly Field[], groups: { readonly [name: string]: Group }, say: Say): void {
  const names = [...fields.map(({ name }) => name), ...Object.entries(groups).flatMap(([group, { fields: inner }]) => inner.map(({ name }) => `${group}.${name}`))]
  const known = new Set(names)
  const types = new Map<string, string>([...fields.map(({ name, type }) => [name, type ?? 'text'] as const), ...Object.entries(groups).flatMap(([group, { fields: inner }]) => inner.map(({ name, type }) => [`${group}.${name}`, type ?? 'text'] as const))])
  const ids = new Set<string>()
  expectations.forEach((expectation, at) => {
    const path = ['expectations', at]
    const { expect, id } = expectation
    if (id !== undefined && ids.has(id)) say([...path, 'id'], `there is another expectation ${id}`)
    if (id !== undefined) ids.add(id)
    const mentioned = fieldsOf(expectation)
    for (const name of mentioned) if (fields.length > 0 && !known.has(name)) say(path, `${name} is not a field`, nearest(name, names))
    const tables = new Set(mentioned.map(name => (name.includes('.') ? name.slice(0, name.indexOf('.')) : '')))
    if (tables.size > 1) say(path, `${expect} needs fields of one table, and these are of ${tables.size}`)
    const group = 'group' in expectation ? expectation.group : undefined
    if (group !== undefined && !Object.hasOwn(groups, group)) say([...path, 'group'], `${group} is not a group`, nearest(group, Object.keys(groups)))
    const choices = ONE_OF[expect]
    if (choices !== undefined && choices.every(key => !Object.hasOwn(expectation, key))) say(path, `${expect} needs ${choices.join(' or ')}`)
    const { min, max } = expectation as { readonly min?: number | string; readonly max?: number | string }
    if (expect !== 'distribution' && typeof min === typeof max && min !== undefined && max !== undefined && min > max) say([...path, 'min'], 'is larger than max, so that nothing is allowed')
    if (expect === 'fresh' && fields.length > 0 && types.has(expectation.field) && types.get(expectation.field) !== 'date') say([...path, 'field'], `${expectation.field} is no date`)
    if (expect === 'range') {
      for (const key of ['min', 'max', 'above', 'below'] as const) {
        const fault = faultOfBound(expectation[key], types.get(expectation.field))
        if (fault !== undefined) say([...path, key], fault)
      }
    }
    if (expect === 'compare') {
      const [one, other] = [types.get(expectation.field), types.get(expectation.to)]
      const isOrder = expectation.is !== '=' && expectation.is !== '!='
      if (one !== undefined && other !== undefined && isOrder && sortOf(one) !== sortOf(other)) say(path, `${expectation.field} is of type ${one} and ${expectation.to} of type ${other}: none is above or below the other`)
    }
    if (expect === 'matches') {
      try {
        compilePattern(expectation.pattern, expectation.field)
      } catch (error) {
        if (!(error instanceof HotpassError)) throw error
        say([...path, 'pattern'], error.message)
      }
    }
  })
}

const NUMERIC: ReadonlySet<string> = new Set(['number', 'currency'])
/** Types whose values have one order with each other. */
const sortOf = (type: string): string => (NUMERIC.has(type) ? 'number' : type === 'date' ? 'date' : 'text')

/** Why no value of the type can be held to a bound; undefined when it can. */
export function faultOfBound(bound: number | string | undefined, type: string | undefined): string | undefined {
  if (bound === undefined || type === undefined) return undefined
  if (NUMERIC.has(type)) return typeof bound === 'number' || numberOf(bound) !== null ? undefined : 'must be a number, because the values of the field are'
  if (type !== 'date') return undefined
  return typeof bound === 'string' && isBound(bound) ? undefined : 'must be a date that there is, such as 2026-01-31'
}

const isBound = (text: string): boolean => INSTANT.test(text) && hasForm('date', text.slice(0, DAY_LENGTH))
const INSTANT = /^\d{4}-\d{2}-\d{2}(?:[T ]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/
const DAY_LENGTH = 10
