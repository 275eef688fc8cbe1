/** Holds one table to its part of a contract. */
import { dictionaryOf } from '../../kernel/artifact/dictionary.ts'
import type { Column } from '../../kernel/artifact/table.ts'
import { codeOfKind, type Check } from '../model/checks.ts'
import type { ContractTable } from '../model/contract.ts'
import { checkCategories, checkChangedValues, checkDistribution, checkRowCountChange } from './change.ts'
import { skipped, type Finding, type Limits } from './finding.ts'
import { checkCompare, checkUnique } from './rows.ts'
import { hasForm, type ValueForm } from './form.ts'
import { needsOf, rulesOf, typeOf, type Needs, type Rule } from './rules.ts'
import type { Subject } from './subject.ts'
import { checkNotNull, checkValues, testOf } from './values.ts'
import { checkColumns, checkFresh, checkRowCount } from './whole.ts'

export interface CheckOptions extends Limits {
  /** A day or an RFC 3339 instant; null when nobody says what day it is. */
  readonly asOf: string | null
  /** The same table of the run before; null when there is none. */
  readonly previous: Subject | null
  /** Rules that need something else are left out. Undefined: all are checked. */
  readonly needs?: Needs
}

/** The outcome of every rule, in the order of the contract. Throws E_PROFILE for a pattern that cannot be used. */
export function checkTable(table: ContractTable, subject: Subject, options: CheckOptions): readonly Check[] {
  const prefix = table.group === '' ? '' : `${table.group}.`
  const rules = withRepeated(rulesOf(table), table, subject)
  return rules
    .filter(({ kind }) => options.needs === undefined || needsOf(kind) === options.needs)
    .map(rule => {
      const finding = find(rule, table, subject, options, field => formsOf(rules, field))
      const named = rule.kind === 'columns' ? [] : rule.fields
      return {
        id: rule.id,
        kind: rule.kind,
        code: codeOfKind(rule.kind),
        field: named.map(field => prefix + field).join(', '),
        severity: rule.severity,
        outcome: finding.outcome,
        message: finding.message,
        description: rule.description,
        checked: finding.checked,
        failed: finding.failed,
        observed: finding.observed,
        examples: finding.outcome === 'failed' ? finding.rows.map(row => ({ ...subject.place(row, finding.field), value: valueAt(subject, finding.field, row) })) : []
      }
    })
}

/** Columns that may be missing are in no rule about columns, yet none may stand twice. */
function withRepeated(rules: readonly Rule[], table: ContractTable, subject: Subject): readonly Rule[] {
  const listed = new Set(rules.flatMap(({ says }) => (says.expect === 'columns' ? says.fields : [])))
  const fields = table.fields.map(({ name }) => name).filter(name => !listed.has(name) && subject.repeats(name).length > 0)
  if (fields.length === 0) return rules
  const id = `${table.group === '' ? '' : `${table.group}.`}columns-repeated`
  return [{ id, kind: 'columns', fields, severity: 'error', description: '', says: { expect: 'columns', fields: fields as [string, ...string[]] } }, ...rules]
}

function valueAt(subject: Subject, field: string, row: number): string | null {
  const column = subject.column(field)
  const code = column?.codes[row] ?? 0
  return code === 0 ? null : subject.shown(dictionaryOf(column!).at(code - 1), field)
}

/** The forms that other rules hold the values of a field to. */
function formsOf(rules: readonly Rule[], field: string): readonly ValueForm[] {
  return rules.flatMap(({ says }) => (says.expect === 'form' && says.field === field ? [says.form] : says.expect === 'type' && says.field === field ? [says.type] : []))
}

function find({ says, kind, fields }: Rule, table: ContractTable, subject: Subject, options: CheckOptions, formsOf: (field: string) => readonly ValueForm[]): Finding {
  if (says.expect === 'columns') {
    const optional = new Set(table.fields.filter(field => field.optional).map(({ name }) => name))
    return checkColumns({ ...says, fields: says.fields.filter(field => !optional.has(field) || subject.column(field) !== undefined) }, subject.names, field => subject.column(field)?.name, subject.repeats)
  }
  const missing = fields.filter(field => subject.column(field) === undefined)
  if (missing.length > 0) return skipped(`there is no column ${missing.join(', ')}`)
  const twice = fields.filter(field => subject.repeats(field).length > 0)
  if (twice.length > 0) return skipped(`the column ${twice.join(', ')} stands more than once`)
  const { previous } = options
  if (needsOf(kind) === 'previous') {
    if (previous === null) return skipped('there is nothing from before to compare with')
    const gone = fields.filter(field => previous.column(field) === undefined)
    if (gone.length > 0) return skipped(`what was before has no column ${gone.join(', ')}`)
  }
  const column = (field: string): Column => subject.column(field)!
  const before = (field: string): Column => previous!.column(field)!
  switch (says.expect) {
    case 'not-null':
      return checkNotNull(column(says.field), says.field, says.mostly, options, subject.isWithheld === undefined ? undefined : row => subject.isWithheld!(row, says.field))
    case 'form':
      return checkValues(column(says.field), says.field, testOf(says, typeOf(table, says.field)), undefined, options)
    case 'in-set':
    case 'matches':
    case 'length':
    case 'type':
      return checkValues(column(says.field), says.field, testOf(says, typeOf(table, says.field)), says.mostly, options)
    case 'range': {
      const { passes, fault } = testOf(says, typeOf(table, says.field))
      const forms = formsOf(says.field)
      // A value of another form is told as that, and lies nowhere.
      return checkValues(column(says.field), says.field, { fault, passes: item => passes(item) || forms.some(form => !hasForm(form, item)) }, says.mostly, options)
    }
    case 'unique':
      return checkUnique(says.fields.map(column), says.fields, subject.rows, options)
    case 'compare': {
      const side = (field: string) => ({ field, column: column(field), type: typeOf(table, field) })
      return checkCompare(says.is, side(says.field), side(says.to), subject.rows, says.mostly, options)
    }
    case 'row-count':
      return checkRowCount(says, subject.rows)
    case 'fresh':
      return checkFresh(says, column(says.field), options.asOf, options)
    case 'row-count-change':
      return checkRowCountChange(says, subject.rows, previous!.rows)
    case 'categories':
      return checkCategories(says, column(says.field), before(says.field), options)
    case 'distribution':
      return checkDistribution(says, column(says.field), before(says.field), typeOf(table, says.field))
    case 'changed-values':
      return checkChangedValues(says, { rows: subject.rows, column }, { rows: previous!.rows, column: before }, options)
  }
}
