/**
 * A contract in the Open Data Contract Standard v3.1.0 (Bitol, Linux Foundation AI & Data). Rules that the standard
 * has a metric for are written with it; the others as `custom` quality of the engine `hotpass`, so that none is lost.
 */
import type { JsonObject } from '../../../kernel/types.ts'
import type { Expectation, SemanticType } from '../../../schemas/generated/profile.ts'
import type { Contract, ContractField, ContractTable } from '../../model/contract.ts'
import { compact, type Document } from '../document.ts'
import { searching } from '../whole-pattern.ts'
import { CUSTOM, ENGINE } from './names.ts'

const LOGICAL: ReadonlyMap<SemanticType, string> = new Map<SemanticType, string>([['number', 'number'], ['date', 'date'], ['boolean', 'boolean']])
const FORMATS: ReadonlyMap<SemanticType, string> = new Map<SemanticType, string>([['email', 'email'], ['url', 'uri'], ['date', 'yyyy-MM-dd']])

export function writeOdcs(contract: Contract): Document {
  const { name, title, description, version, status, owner, domain, purpose, limitations, list_separator, tables } = contract
  const value = compact({
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: `urn:hotpass:contract:${name}`,
    name: title,
    version,
    status,
    domain,
    description: compact({ usage: description, purpose, limitations }),
    team: owner === '' ? undefined : { name: owner },
    schema: tables.map(tableOf),
    customProperties: [{ property: CUSTOM.profile, value: name }, { property: CUSTOM.separator, value: list_separator }]
  })
  return { value: Object.keys(value['description'] as JsonObject).length === 0 ? compact({ ...value, description: undefined }) : value, unmapped: [] }
}

function tableOf(table: ContractTable): JsonObject {
  const own = (field: string): readonly Expectation[] => table.expectations.filter(expectation => fieldOf(expectation) === field)
  return compact({
    name: table.name,
    logicalType: 'object',
    physicalType: 'table',
    description: table.description,
    properties: table.fields.map(field => propertyOf(field, own(field.name))),
    quality: table.expectations.filter(expectation => fieldOf(expectation) === '').map(qualityOf),
    customProperties: table.group === '' ? [] : [{ property: CUSTOM.group, value: table.group }]
  })
}

/** The field that an expectation is written under; '' for what belongs to the table. */
function fieldOf(expectation: Expectation): string {
  if (expectation.expect === 'unique') return expectation.fields.length === 1 ? expectation.fields[0] : ''
  return 'field' in expectation && expectation.expect !== 'compare' && expectation.expect !== 'changed-values' ? expectation.field : ''
}

function propertyOf(field: ContractField, expectations: readonly Expectation[]): JsonObject {
  const { name, title, description, type, required, unique, multiple, personal, optional, pattern, min, max } = field
  const logicalType = multiple ? 'string' : (LOGICAL.get(type) ?? 'string')
  const bounds = logicalType === 'number' && (typeof min !== 'string' && typeof max !== 'string') ? { minimum: min, maximum: max } : logicalType === 'date' ? { minimum: textOf(min), maximum: textOf(max) } : undefined
  // A list stands in one cell: what each of its items is, the options of the whole cannot say.
  const options = compact(multiple ? {} : { format: FORMATS.get(type), pattern: logicalType === 'string' && pattern !== undefined ? searching(pattern) : undefined, ...bounds })
  const rest: Expectation[] = [
    ...(field.enum === undefined ? [] : [{ expect: 'in-set' as const, field: name, values: [...field.enum] as [string, ...string[]] }]),
    ...(pattern !== undefined && (multiple || logicalType !== 'string') ? [{ expect: 'matches' as const, field: name, pattern }] : []),
    ...((min !== undefined || max !== undefined) && (multiple || bounds === undefined) ? [{ expect: 'range' as const, field: name, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }] : [])
  ]
  return compact({
    name,
    businessName: title,
    description,
    logicalType,
    physicalType: logicalType === 'number' ? 'double' : logicalType === 'string' ? 'string' : logicalType,
    logicalTypeOptions: Object.keys(options).length === 0 ? undefined : options,
    required: required ? true : undefined,
    unique: unique ? true : undefined,
    classification: personal ? 'confidential' : undefined,
    tags: personal ? ['personal-data'] : [],
    quality: [...rest.map(says => ({ ...qualityOf(says), customProperties: [{ property: CUSTOM.rule, value: true }] })), ...expectations.map(qualityOf)],
    customProperties: [
      { property: CUSTOM.type, value: type },
      ...(multiple ? [{ property: CUSTOM.multiple, value: true }] : []),
      ...(optional ? [{ property: CUSTOM.optional, value: true }] : [])
    ]
  })
}

const textOf = (bound: number | string | undefined): string | undefined => (bound === undefined ? undefined : String(bound))

type Dimension = 'completeness' | 'uniqueness' | 'conformity' | 'consistency' | 'timeliness' | 'coverage'
const DIMENSIONS: { readonly [K in Expectation['expect']]: Dimension } = {
  'not-null': 'completeness', unique: 'uniqueness', 'in-set': 'conformity', matches: 'conformity', range: 'conformity', length: 'conformity', type: 'conformity',
  compare: 'consistency', 'row-count': 'coverage', columns: 'completeness', fresh: 'timeliness', 'row-count-change': 'consistency', categories: 'consistency',
  distribution: 'consistency', 'changed-values': 'consistency'
}

/** One expectation as a quality rule. */
export function qualityOf(expectation: Expectation): JsonObject {
  const { id, severity, description, ...says } = expectation
  const about = { name: id, description, dimension: DIMENSIONS[expectation.expect], severity }
  const metric = metricOf(expectation)
  return compact(metric === null ? { ...about, type: 'custom', engine: ENGINE, implementation: says } : { ...about, type: 'library', ...metric })
}

/** Share of failures that is allowed, in percent, or none. */
const allowed = (mostly: number | undefined): JsonObject => (mostly === undefined || mostly === 1 ? { mustBe: 0 } : { mustBeLessOrEqualTo: Math.round((1 - mostly) * 1e8) / 1e6, unit: 'percent' })

function metricOf(expectation: Expectation): JsonObject | null {
  switch (expectation.expect) {
    case 'not-null':
      return { metric: 'nullValues', ...allowed(expectation.mostly) }
    case 'unique':
      return { metric: 'duplicateValues', mustBe: 0, ...(expectation.fields.length === 1 ? {} : { arguments: { properties: [...expectation.fields] } }) }
    case 'in-set':
      return { metric: 'invalidValues', arguments: { validValues: [...expectation.values] }, ...allowed(expectation.mostly) }
    case 'matches':
      return { metric: 'invalidValues', arguments: { pattern: searching(expectation.pattern) }, ...allowed(expectation.mostly) }
    case 'row-count': {
      const { min, max, group } = expectation
      if (group !== undefined && min === undefined && max === undefined) return null
      const bound = min !== undefined && max !== undefined ? (min === max ? { mustBe: min } : min < max ? { mustBeBetween: [min, max] } : null) : min !== undefined ? { mustBeGreaterOrEqualTo: min } : max !== undefined ? { mustBeLessOrEqualTo: max } : null
      return bound === null ? null : { metric: 'rowCount', ...bound }
    }
    default:
      return null
  }
}
