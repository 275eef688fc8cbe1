/** A quality rule of ODCS as an expectation. */
import { validatorFor } from '../../../kernel/schema.ts'
import type { Json, JsonObject } from '../../../kernel/types.ts'
import { schema as profileSchema, type Expectation } from '../../../schemas/generated/profile.ts'
import { readExpectation } from '../great-expectations/expectation.ts'
import { isBlock, refuse, textIn, textsIn, type Unread } from '../reading.ts'
import { matchingWhole } from '../whole-pattern.ts'
import { ENGINE } from './names.ts'

/** Names of metrics in v3.0, where they were called rules. */
const RENAMED: ReadonlyMap<string, string> = new Map([['nullCheck', 'nullValues'], ['validValues', 'invalidValues'], ['duplicateCount', 'duplicateValues'], ['uniqueCheck', 'duplicateValues']])
const OPERATORS = ['mustBe', 'mustNotBe', 'mustBeGreaterThan', 'mustBeGreaterOrEqualTo', 'mustBeLessThan', 'mustBeLessOrEqualTo', 'mustBeBetween', 'mustNotBeBetween'] as const

/** Null when it has no counterpart, which is then listed. Throws E_CONTRACT for an expectation of Hotpass that there is not. */
export function readQuality(quality: JsonObject, field: string | null, where: string, unread: Unread): Expectation | null {
  const type = textIn(quality, 'type', `${where}.`)
  const about = {
    ...text('id', textIn(quality, 'name', `${where}.`)),
    ...text('description', textIn(quality, 'description', `${where}.`)),
    ...(['warning', 'info'].includes(textIn(quality, 'severity', `${where}.`)) ? { severity: 'warning' as const } : {})
  }
  const says = type === 'custom' ? customRule(quality, field, where, unread) : type === 'sql' || type === 'text' ? null : libraryRule(quality, field, where)
  if (says === null) {
    unread.add(where, type === 'text' ? 'a rule in words cannot be checked' : type === 'sql' ? 'a rule in SQL cannot be checked on files' : `the rule ${textIn(quality, 'metric', '') || textIn(quality, 'rule', '') || textIn(quality, 'engine', '') || 'without a metric'} has no counterpart`)
    return null
  }
  return { ...says, ...about } as Expectation
}

const text = (key: 'id' | 'description', value: string): { readonly [key: string]: string } => (value === '' || (key === 'id' && !/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value)) ? {} : { [key]: value })

function customRule(quality: JsonObject, field: string | null, where: string, unread: Unread): Expectation | null {
  const engine = textIn(quality, 'engine', `${where}.`)
  const implementation = quality['implementation']
  if (engine === ENGINE) {
    const [problem] = validatorFor(profileSchema)({ name: 'x', expectations: [implementation] })
    if (problem !== undefined) refuse(`${where}.implementation${problem.path.slice(2).map(part => `.${part}`).join('')}: ${problem.message}${problem.suggestion === undefined ? '' : `; did you mean ${problem.suggestion}?`}`)
    return implementation as unknown as Expectation
  }
  if (/^great[-_ ]?expectations$/i.test(engine) && isBlock(implementation)) {
    const kwargs = isBlock(implementation['kwargs']) ? implementation['kwargs'] : {}
    return readExpectation({ ...implementation, kwargs: field === null || kwargs['column'] !== undefined ? kwargs : { ...kwargs, column: field } }, where, unread)
  }
  return null
}

function libraryRule(quality: JsonObject, field: string | null, where: string): Expectation | null {
  const said = textIn(quality, 'metric', `${where}.`) || textIn(quality, 'rule', `${where}.`)
  const metric = RENAMED.get(said) ?? said
  const operators = OPERATORS.filter(key => quality[key] !== undefined)
  const given = isBlock(quality['arguments']) ? quality['arguments'] : {}
  if (metric === 'rowCount') return rowCount(quality, operators)
  const mostly = shareThatPasses(quality, operators)
  if (mostly === null) return null
  const share = mostly === 1 ? {} : { mostly }
  if (metric === 'duplicateValues') {
    const fields = given['properties'] === undefined ? (field === null ? [] : [field]) : textsIn(given['properties'], `${where}.arguments.properties`)
    return mostly === 1 && fields.length > 0 ? { expect: 'unique', fields: [...fields] as [string, ...string[]] } : null
  }
  if (field === null) return null
  if (metric === 'nullValues' || (metric === 'missingValues' && coversEmptyAlone(given['missingValues']))) return { expect: 'not-null', field, ...share }
  if (metric !== 'invalidValues') return null
  const values = given['validValues'] ?? quality['validValues']
  if (values !== undefined) return { expect: 'in-set', field, values: [...textsIn(values, `${where}.arguments.validValues`)] as [string, ...string[]], ...share }
  const pattern = textIn(given, 'pattern', `${where}.arguments.`)
  return pattern === '' ? null : { expect: 'matches', field, pattern: matchingWhole(pattern), ...share }
}

function coversEmptyAlone(values: Json | undefined): boolean {
  return values === undefined || (Array.isArray(values) && values.every((value: Json) => value === null || value === ''))
}

/** 1 when none may fail; null when the rule counts otherwise than in shares of all rows. */
function shareThatPasses(quality: JsonObject, operators: readonly string[]): number | null {
  const [operator] = operators
  if (operator === undefined) return 1
  const bound = quality[operator]
  if (typeof bound !== 'number' || operators.length > 1) return null
  if ((operator === 'mustBe' || operator === 'mustBeLessOrEqualTo') && bound === 0) return 1
  const percent = textIn(quality, 'unit', '') === 'percent' || textIn(quality, 'unit', '') === '%'
  if (operator === 'mustBeLessThan' && bound === 1 && !percent) return 1
  return operator === 'mustBeLessOrEqualTo' && percent && bound < 100 ? Math.round((100 - bound) * 1e6) / 1e8 : null
}

function rowCount(quality: JsonObject, operators: readonly string[]): Expectation | null {
  const [operator] = operators
  const bound = operator === undefined ? undefined : quality[operator]
  if (operators.length !== 1) return null
  if (operator === 'mustBeBetween' && Array.isArray(bound) && bound.every((each: Json) => typeof each === 'number')) return { expect: 'row-count', min: bound[0] as number, max: bound[1] as number }
  if (typeof bound !== 'number') return null
  switch (operator) {
    case 'mustBe': return { expect: 'row-count', min: bound, max: bound }
    case 'mustBeGreaterThan': return { expect: 'row-count', min: Math.floor(bound) + 1 }
    case 'mustBeGreaterOrEqualTo': return { expect: 'row-count', min: Math.ceil(bound) }
    case 'mustBeLessThan': return { expect: 'row-count', max: Math.ceil(bound) - 1 }
    case 'mustBeLessOrEqualTo': return { expect: 'row-count', max: Math.floor(bound) }
    default: return null
  }
}
