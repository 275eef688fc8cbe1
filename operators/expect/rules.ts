/** Every rule of a contract's table, those of its fields and those beside them, each with the id that results name it by. */
import type { Expectation, SemanticType } from '../../schemas/generated/profile.ts'
import type { ContractField, ContractTable } from '../model/contract.ts'
import { formOf, type ValueForm } from './form.ts'
import { meaningOf, tellsForm } from './meaning.ts'

/** What a field's semantic type says of its values. */
export interface FormRule {
  readonly expect: 'form'
  readonly field: string
  readonly form: ValueForm
}

export interface Rule {
  readonly id: string
  /** As results name it: a form is a type. */
  readonly kind: Expectation['expect']
  /** Fields that it looks at, as the table names them. */
  readonly fields: readonly string[]
  readonly severity: 'error' | 'warning'
  readonly description: string
  readonly says: Expectation | FormRule
}

/** What a rule needs besides the table: nothing, the day that it is, or the run before. */
export type Needs = 'table' | 'clock' | 'previous'

const NEEDS: ReadonlyMap<string, Needs> = new Map<string, Needs>([
  ['fresh', 'clock'],
  ['row-count-change', 'previous'],
  ['categories', 'previous'],
  ['distribution', 'previous'],
  ['changed-values', 'previous']
])

export function needsOf(kind: Expectation['expect']): Needs {
  return NEEDS.get(kind) ?? 'table'
}

/** The fields that an expectation names, as it names them. */
export function fieldsOf(expectation: Expectation): readonly string[] {
  switch (expectation.expect) {
    case 'unique':
    case 'columns':
      return expectation.fields
    case 'compare':
      return [expectation.field, expectation.to]
    case 'changed-values':
      return [expectation.field, ...expectation.key]
    case 'row-count':
    case 'row-count-change':
      return []
    default:
      return [expectation.field]
  }
}

/** The rules of a table in order: its columns, then field by field, then the expectations beside them. What is said twice is one rule. */
export function rulesOf(table: ContractTable): readonly Rule[] {
  const prefix = table.group === '' ? '' : `${table.group}.`
  const taken = new Map<string, number>()
  const rules: Rule[] = []
  const places = new Map<string, number>()
  const add = (says: Rule['says'], wanted: string | undefined, severity: Rule['severity'] = 'error', description = ''): void => {
    const kind = says.expect === 'form' ? 'type' : says.expect
    const fields = says.expect === 'form' ? [says.field] : fieldsOf(says)
    const meaning = meaningOf(says)
    const place = places.get(meaning)
    if (place !== undefined) {
      const same = rules[place]!
      // The name and the words that somebody gave it stay, and the harder of two severities.
      const id = wanted !== undefined && !taken.has(wanted) ? wanted : same.id
      taken.set(id, 1)
      rules[place] = { ...same, id, severity: severity === 'error' ? 'error' : same.severity, description: same.description === '' ? description : same.description }
      return
    }
    places.set(meaning, rules.length)
    const subject = says.expect === 'columns' ? '' : says.expect === 'changed-values' ? says.field : fields.join('+')
    const base = wanted ?? `${prefix}${subject}${subject === '' ? '' : '.'}${kind}`
    const times = (taken.get(base) ?? 0) + 1
    taken.set(base, times)
    rules.push({ id: times === 1 ? base : `${base}-${times}`, kind, fields, severity, description, says })
  }
  const present = table.fields.filter(({ optional }) => !optional).map(({ name }) => name)
  if (present.length > 0) add({ expect: 'columns', fields: present as [string, ...string[]] }, undefined)
  for (const field of table.fields) for (const says of impliedBy(field)) if (says.expect !== 'form' || !table.expectations.some(each => tellsForm(each, says))) add(says, undefined)
  for (const says of table.expectations) add(says, says.id, says.severity, says.description)
  return rules
}

/** The rules that a field stands for by itself. */
export function impliedBy(field: ContractField): readonly (Expectation | FormRule)[] {
  const { name, min, max } = field
  const form = formOf(field.type)
  return [
    ...(field.required ? [{ expect: 'not-null' as const, field: name }] : []),
    ...(form === undefined ? [] : [{ expect: 'form' as const, field: name, form }]),
    ...(field.unique ? [{ expect: 'unique' as const, fields: [name] as [string] }] : []),
    ...(field.pattern === undefined ? [] : [{ expect: 'matches' as const, field: name, pattern: field.pattern }]),
    ...(field.enum === undefined ? [] : [{ expect: 'in-set' as const, field: name, values: [...field.enum] as [string, ...string[]] }]),
    ...(min === undefined && max === undefined ? [] : [{ expect: 'range' as const, field: name, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }])
  ]
}

/** The semantic type of a field; `text` for a column that the contract does not type. */
export function typeOf(table: ContractTable, field: string): SemanticType {
  return table.fields.find(({ name }) => name === field)?.type ?? 'text'
}
