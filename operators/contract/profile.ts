/** The contract that a profile makes: its fields, rules and expectations are the one source. */
import type { ContractFacts, Expectation, Field, Group } from '../../schemas/generated/profile.ts'
import { keyFieldOf, primaryNameOf } from '../export/dataset.ts'
import { fieldsOf } from '../expect/rules.ts'
import { createMasker } from '../masking/masker.ts'
import type { Contract, ContractField, ContractTable } from '../model/contract.ts'

/** What of a resolved configuration, or of a run's dataset, a contract is made from. */
export interface ContractSource {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly entity: string
  readonly fields: readonly Field[]
  readonly groups: { readonly [name: string]: Group }
  readonly expectations: readonly Expectation[]
  readonly facts: ContractFacts
  readonly pii_fields: readonly string[]
  readonly list_separator: string
}

/** The contract of the dataset as it is exported: the data, then each group with the key of its entity in front. */
export function contractOf(source: ContractSource): Contract {
  const { fields, groups, facts, pii_fields } = source
  const masker = createMasker({ entity: source.entity, inferred: false, fields, groups, extras: [], merge_keys: [] }, pii_fields, [])
  const key = keyFieldOf(fields)
  const main = fields.map(field => contractField(field, masker.isPersonal(field.name)))
  const tables: ContractTable[] = [{ group: '', name: nameOf(source.entity), description: `One row is one ${source.entity}.`, fields: main, expectations: expectationsOf(source.expectations, '') }]
  for (const [name, group] of Object.entries(groups)) {
    const own = group.fields.map(field => contractField(field, masker.isPersonal(`${name}.${field.name}`)))
    const primary = primaryNameOf(group.fields)
    tables.push({
      group: name,
      name,
      description: `One row is one ${name} of one ${source.entity}.`,
      fields: [
        ...(key === undefined ? [] : [{ ...contractField(key, masker.isPersonal(key.name)), required: false, unique: false, description: `The ${source.entity} that it belongs to.` }]),
        ...own,
        { ...contractField({ name: primary, type: 'category', enum: ['yes', 'no'] }, false), required: true, description: `Whether it is the preferred ${name}.` }
      ],
      expectations: expectationsOf(source.expectations, name)
    })
  }
  return {
    name: source.name,
    title: source.title === '' ? source.name : source.title,
    description: source.description,
    version: facts.version ?? '1.0.0',
    status: facts.status ?? 'active',
    owner: facts.owner ?? '',
    domain: facts.domain ?? '',
    purpose: facts.purpose ?? '',
    limitations: facts.limitations ?? '',
    list_separator: source.list_separator,
    tables
  }
}

/** A name that every dialect takes, from an entity in words. */
function nameOf(entity: string): string {
  const name = entity.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '')
  return /^[a-z]/.test(name) ? name : `t_${name}`
}

function contractField(field: Field, personal: boolean): ContractField {
  const { name, title = '', description = '', type = 'text', derive, constant, pattern, min, max } = field
  const made = derive !== undefined || constant !== undefined
  return {
    name,
    title,
    description,
    type,
    // A value that is computed is not asked of the rows, so nothing promises it.
    required: field.required === true && !made,
    unique: field.unique === true || (derive !== undefined && 'slug' in derive),
    multiple: field.multiple === true,
    optional: false,
    personal,
    ...(pattern === undefined ? {} : { pattern }),
    ...(field.enum === undefined ? {} : { enum: field.enum }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max })
  }
}

/** The expectations about one table, with fields as that table names them. */
export function expectationsOf(all: readonly Expectation[], group: string): readonly Expectation[] {
  return all.filter(expectation => groupOf(expectation) === group).map(expectation => (group === '' ? expectation : withoutGroup(expectation, group.length + 1)))
}

/** The group whose table an expectation is about; '' for the main table. */
export function groupOf(expectation: Expectation): string {
  if ('group' in expectation) return expectation.group ?? ''
  const [first = ''] = fieldsOf(expectation)
  return first.includes('.') ? first.slice(0, first.indexOf('.')) : ''
}

function withoutGroup(expectation: Expectation, length: number): Expectation {
  const cut = (field: string): string => field.slice(length)
  const cutAll = (fields: readonly string[]): [string, ...string[]] => fields.map(cut) as [string, ...string[]]
  switch (expectation.expect) {
    case 'unique':
    case 'columns':
      return { ...expectation, fields: cutAll(expectation.fields) }
    case 'compare':
      return { ...expectation, field: cut(expectation.field), to: cut(expectation.to) }
    case 'changed-values':
      return { ...expectation, field: cut(expectation.field), key: cutAll(expectation.key) }
    case 'row-count':
    case 'row-count-change':
      return expectation
    default:
      return { ...expectation, field: cut(expectation.field) }
  }
}
