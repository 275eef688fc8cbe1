/** A contract as a page for people. */
import type { Expectation } from '../../../schemas/generated/profile.ts'
import { formOf, formWords } from '../../expect/form.ts'
import type { Contract, ContractField, ContractTable } from '../../model/contract.ts'

const cell = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replace(/[\r\n]+/g, ' ').replace(/[<>]/g, sign => (sign === '<' ? '&lt;' : '&gt;'))
const code = (text: string): string => (/[`|\r\n]/.test(text) ? cell(text) : `\`${text}\``)
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => [`| ${head.join(' | ')} |`, `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(row => `| ${row.join(' | ')} |`)].join('\n')
/** Values that are named before the rest is counted. */
const SHOWN = 12

export function writeMarkdown(contract: Contract): string {
  const { title, description, version, status, owner, domain, purpose, limitations, tables } = contract
  const facts = [['version', version], ['status', status], ['owner', owner], ['domain', domain]].filter(([, value]) => value !== '')
  const blocks = [
    `# ${cell(title)}`,
    ...(description === '' ? [] : [cell(description)]),
    table(['', ''], facts.map(([name, value]) => [name!, cell(value!)])),
    ...(purpose === '' ? [] : [`__What it is for.__ ${cell(purpose)}`]),
    ...(limitations === '' ? [] : [`__What it is not for.__ ${cell(limitations)}`]),
    ...tables.flatMap(each => section(each, contract.list_separator))
  ]
  return `${blocks.join('\n\n')}\n`
}

function section(each: ContractTable, separator: string): readonly string[] {
  const { name, description, fields, expectations } = each
  const personal = fields.filter(field => field.personal).map(field => code(field.name))
  return [
    `## ${cell(name)}`,
    ...(description === '' ? [] : [cell(description)]),
    table(['column', 'holds', 'promise', 'about'], fields.map(field => [code(field.name), holds(field, separator), promises(field).join('; '), cell([field.title === field.name ? '' : field.title, field.description].filter(text => text !== '').join('. '))])),
    ...(personal.length === 0 ? [] : [`Personal data: ${personal.join(', ')}. ${personal.length === 1 ? 'It is' : 'They are'} masked in reports and logs.`]),
    ...(expectations.length === 0 ? [] : ['Promised besides:', expectations.map(expectation => `- ${tell(expectation)}${expectation.severity === 'warning' ? ' *(a warning, no failure)*' : ''}${expectation.description === undefined ? '' : ` – ${cell(expectation.description)}`}`).join('\n')])
  ]
}

function holds({ type, multiple }: ContractField, separator: string): string {
  const form = formOf(type)
  const what = type.replaceAll('-', ' ')
  return multiple ? `list of ${what}, joined by ${code(separator)}` : form === undefined || type === 'number' || type === 'boolean' ? what : `${what}: ${cell(formWords(form))}`
}

function promises({ required, unique, pattern, enum: values, min, max }: ContractField): readonly string[] {
  return [
    ...(required ? ['never empty'] : []),
    ...(unique ? ['no value twice'] : []),
    ...(values === undefined ? [] : [`one of ${list(values)}`]),
    ...(pattern === undefined ? [] : [`matches ${code(pattern)}`]),
    ...(min === undefined ? [] : [`at least ${cell(String(min))}`]),
    ...(max === undefined ? [] : [`at most ${cell(String(max))}`])
  ]
}

const list = (values: readonly string[]): string => `${values.slice(0, SHOWN).map(code).join(', ')}${values.length > SHOWN ? `, and ${values.length - SHOWN} more` : ''}`
const share = (mostly: number | undefined): string => (mostly === undefined || mostly === 1 ? '' : `, in at least ${Math.round(mostly * 1e6) / 1e4} %`)

function tell(expectation: Expectation): string {
  switch (expectation.expect) {
    case 'not-null': return `${code(expectation.field)} is filled${share(expectation.mostly)}`
    case 'unique': return `no two rows share ${expectation.fields.map(code).join(' and ')}`
    case 'in-set': return `${code(expectation.field)} is one of ${list(expectation.values)}${share(expectation.mostly)}`
    case 'matches': return `${code(expectation.field)} matches ${code(expectation.pattern)}${share(expectation.mostly)}`
    case 'range': return `${code(expectation.field)} is ${[['at least', expectation.min], ['at most', expectation.max], ['above', expectation.above], ['below', expectation.below]].flatMap(([word, bound]) => (bound === undefined ? [] : [`${word} ${bound}`])).join(' and ')}${share(expectation.mostly)}`
    case 'length': return `${code(expectation.field)} has ${expectation.min === undefined ? `at most ${expectation.max}` : expectation.max === undefined ? `at least ${expectation.min}` : `${expectation.min} to ${expectation.max}`} characters${share(expectation.mostly)}`
    case 'type': return `${code(expectation.field)} is ${cell(formWords(expectation.type))}${share(expectation.mostly)}`
    case 'compare': return `${code(expectation.field)} ${cell(expectation.is)} ${code(expectation.to)}${share(expectation.mostly)}`
    case 'row-count': return `there are ${expectation.min === undefined ? `at most ${expectation.max}` : expectation.max === undefined ? `at least ${expectation.min}` : `${expectation.min} to ${expectation.max}`} rows`
    case 'columns': return `the columns ${list(expectation.fields)} are there${expectation.exact === true ? ', and no other' : ''}${expectation.ordered === true ? ', in this order' : ''}`
    case 'fresh': return `the latest ${code(expectation.field)} is no older than ${expectation.days} days`
    case 'row-count-change': return `from run to run the rows grow by no more than ${expectation.increase ?? 'any'} and shrink by no more than ${expectation.decrease ?? 'any'}, as shares`
    case 'categories': return `from run to run ${code(expectation.field)} gets no more than ${expectation.new ?? 'any'} new values and loses no more than ${expectation.vanished ?? 'any'}`
    case 'distribution': return `from run to run the spread of ${code(expectation.field)} shifts by no more than ${expectation.max} (${expectation.measure ?? 'psi'})`
    case 'changed-values': return `from run to run no more than a share of ${expectation.max} of the rows changes ${code(expectation.field)} (rows known by ${expectation.key.map(code).join(', ')})`
  }
}
