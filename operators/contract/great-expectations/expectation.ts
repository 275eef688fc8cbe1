/** One expectation of Great Expectations as one of a profile. Source: the gallery of core expectations, version 1. */
import type { Json, JsonObject } from '../../../kernel/types.ts'
import type { Expectation } from '../../../schemas/generated/profile.ts'
import { boundIn, isBlock, numberIn, refuse, textIn, textsIn, type Unread } from '../reading.ts'
import { matchingWhole } from '../whole-pattern.ts'

type Form = Extract<Expectation, { expect: 'type' }>['type']
const TYPES: ReadonlyMap<string, Form> = new Map<string, Form>([
  ['int', 'integer'], ['int64', 'integer'], ['int32', 'integer'], ['INTEGER', 'integer'], ['BIGINT', 'integer'], ['IntegerType', 'integer'], ['LongType', 'integer'],
  ['float', 'number'], ['float64', 'number'], ['FLOAT', 'number'], ['DOUBLE', 'number'], ['NUMERIC', 'number'], ['DoubleType', 'number'], ['FloatType', 'number'],
  ['bool', 'boolean'], ['BOOLEAN', 'boolean'], ['BooleanType', 'boolean'],
  ['DATE', 'date'], ['date', 'date'], ['DateType', 'date'], ['datetime64[ns]', 'datetime'], ['TIMESTAMP', 'datetime'], ['TimestampType', 'datetime']
])
const TEXT_TYPES = new Set(['str', 'object', 'VARCHAR', 'TEXT', 'STRING', 'StringType', 'string'])

/** Null when it has no counterpart, which is then listed. Throws E_CONTRACT when it is malformed. */
export function readExpectation(given: JsonObject, where: string, unread: Unread): Expectation | null {
  const type = textIn(given, 'expectation_type', `${where}.`) || textIn(given, 'type', `${where}.`)
  if (type === '') return refuse(`${where} has no type`)
  const kwargs = isBlock(given['kwargs']) ? given['kwargs'] : {}
  const lose = (what: string): null => {
    unread.add(where, `${type} ${what}`)
    return null
  }
  for (const key of ['row_condition', 'condition_parser']) if (kwargs[key] !== undefined && kwargs[key] !== null) return lose('has a condition on rows, which has no counterpart')
  const parameter = Object.keys(kwargs).find(key => isBlock(kwargs[key]) && '$PARAMETER' in (kwargs[key] as JsonObject))
  if (parameter !== undefined) return lose(`takes ${parameter} from a parameter, which has no counterpart`)
  const used = new Set<string>(['batch_id', 'result_format', 'catch_exceptions', 'ignore_row_if', 'column_list'])
  const said = (key: string): Json | undefined => {
    used.add(key)
    return kwargs[key] === null ? undefined : kwargs[key]
  }
  const column = (key = 'column'): string => (said(key), textIn(kwargs, key, `${where}.kwargs.`) || refuse(`${where}: ${type} names no ${key}`))
  const bound = (key: string): number | string | undefined => (said(key), boundIn(kwargs, key, `${where}.kwargs.`))
  const count = (key: string): number | undefined => (said(key), numberIn(kwargs, key, `${where}.kwargs.`))
  const list = (key: string): [string, ...string[]] => (said(key), [...textsIn(kwargs[key] ?? undefined, `${where}.kwargs.${key}`)] as [string, ...string[]])
  const share = count('mostly')
  const mostly = share === undefined || share === 1 ? {} : { mostly: share }

  function read(): Expectation | null {
    switch (type) {
      case 'expect_column_to_exist':
        return { expect: 'columns', fields: [column()] }
      case 'expect_table_columns_to_match_set': {
        const fields = list('column_set')
        return said('exact_match') === false ? { expect: 'columns', fields } : { expect: 'columns', fields, exact: true }
      }
      case 'expect_table_columns_to_match_ordered_list':
        return { expect: 'columns', fields: (used.delete('column_list'), list('column_list')), exact: true, ordered: true }
      case 'expect_table_row_count_to_equal': {
        const value = count('value')
        return value === undefined ? refuse(`${where}: ${type} names no value`) : { expect: 'row-count', min: value, max: value }
      }
      case 'expect_table_row_count_to_be_between': {
        const [min, max] = [count('min_value'), count('max_value')]
        const [low, high] = [said('strict_min') === true ? 1 : 0, said('strict_max') === true ? 1 : 0]
        return { expect: 'row-count', ...(min === undefined ? {} : { min: min + low }), ...(max === undefined ? {} : { max: max - high }) }
      }
      case 'expect_column_values_to_not_be_null':
        return { expect: 'not-null', field: column(), ...mostly }
      case 'expect_column_values_to_be_unique':
        return share === undefined || share === 1 ? { expect: 'unique', fields: [column()] } : lose('allows a share of repeats, which has no counterpart')
      case 'expect_compound_columns_to_be_unique':
        used.delete('column_list')
        return share === undefined || share === 1 ? { expect: 'unique', fields: list('column_list') } : lose('allows a share of repeats, which has no counterpart')
      case 'expect_column_values_to_be_in_set':
      case 'expect_column_distinct_values_to_be_in_set':
        return { expect: 'in-set', field: column(), values: list('value_set'), ...mostly }
      case 'expect_column_values_to_match_regex':
        return { expect: 'matches', field: column(), pattern: matchingWhole(said('regex') === undefined ? refuse(`${where}: ${type} names no regex`) : textIn(kwargs, 'regex', `${where}.kwargs.`)), ...mostly }
      case 'expect_column_values_to_be_between':
      case 'expect_column_min_to_be_between':
      case 'expect_column_max_to_be_between': {
        const [low, high] = [bound('min_value'), bound('max_value')]
        const [strictLow, strictHigh] = [said('strict_min') === true, said('strict_max') === true]
        const lower = low === undefined ? {} : strictLow ? { above: low } : { min: low }
        const upper = high === undefined ? {} : strictHigh ? { below: high } : { max: high }
        if (type === 'expect_column_values_to_be_between') return { expect: 'range', field: column(), ...lower, ...upper, ...mostly }
        // That the smallest value is at least so much, all values say; that it is at most so much, none does.
        if (type === 'expect_column_min_to_be_between' && high === undefined) return { expect: 'range', field: column(), ...lower }
        if (type === 'expect_column_max_to_be_between' && low === undefined) return { expect: 'range', field: column(), ...upper }
        return lose('bounds an extreme from both sides, which has no counterpart')
      }
      case 'expect_column_value_lengths_to_equal': {
        const value = count('value')
        return value === undefined ? refuse(`${where}: ${type} names no value`) : { expect: 'length', field: column(), min: value, max: value, ...mostly }
      }
      case 'expect_column_value_lengths_to_be_between': {
        const [min, max] = [count('min_value'), count('max_value')]
        const [low, high] = [said('strict_min') === true ? 1 : 0, said('strict_max') === true ? 1 : 0]
        return { expect: 'length', field: column(), ...(min === undefined ? {} : { min: min + low }), ...(max === undefined ? {} : { max: max - high }), ...mostly }
      }
      case 'expect_column_values_to_be_of_type': {
        const name = String(said('type_') ?? '')
        const form = TYPES.get(name)
        if (form !== undefined) return { expect: 'type', field: column(), type: form, ...mostly }
        return lose(TEXT_TYPES.has(name) ? 'asks for text, which every cell is' : `asks for ${name}, which has no counterpart`)
      }
      case 'expect_column_values_to_be_dateutil_parseable':
        return lose('takes dates in any form; here dates have one, so that a type has to be chosen')
      case 'expect_column_values_to_match_strftime_format': {
        const format = String(said('strftime_format') ?? '')
        const form: Form | undefined = format === '%Y-%m-%d' ? 'date' : format === '%Y-%m-%dT%H:%M:%S' || format === '%Y-%m-%d %H:%M:%S' ? 'datetime' : format === '%H:%M:%S' || format === '%H:%M' ? 'time' : undefined
        return form === undefined ? lose(`has the format ${format}, which has no counterpart`) : { expect: 'type', field: column(), type: form, ...mostly }
      }
      case 'expect_column_pair_values_to_be_equal':
        return { expect: 'compare', field: column('column_A'), is: '=', to: column('column_B'), ...mostly }
      case 'expect_column_pair_values_a_to_be_greater_than_b':
        return { expect: 'compare', field: column('column_A'), is: said('or_equal') === true ? '>=' : '>', to: column('column_B'), ...mostly }
      default:
        return lose('has no counterpart')
    }
  }
  const found = read()
  if (found === null) return null
  for (const key of Object.keys(kwargs)) if (!used.has(key) && kwargs[key] !== null) unread.add(`${where}.kwargs.${key}`, `has no counterpart in ${found.expect}`)
  const meta = isBlock(given['meta']) ? given['meta'] : {}
  const notes = isBlock(meta['notes']) ? textIn(meta['notes'], 'content', '') : typeof meta['notes'] === 'string' ? meta['notes'] : ''
  const severity = textIn(given, 'severity', `${where}.`)
  return { ...found, ...(notes === '' ? {} : { description: notes }), ...(severity === 'warning' || severity === 'info' ? { severity: 'warning' as const } : {}) }
}
