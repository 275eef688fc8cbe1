/** The one JSON Schema validator: draft 2020-12, all errors, nothing coerced, no defaults filled in. */
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import { precompiled } from './precompiled.ts'
import { nearest } from './suggest.ts'

/** One way in which a value breaks its schema. Never holds the value itself. */
export interface SchemaProblem {
  /** Keys and positions from the top to the value; for an unknown key, to that key. */
  readonly path: readonly (string | number)[]
  /** `unknown key`, `must be one of a, b, c`, … without the path. */
  readonly message: string
  /** The allowed key or word that looks most like what was written. */
  readonly suggestion: string | undefined
}

/** Returns the problems of a value, in the order of the schema; none means valid. */
export type Validator = (value: unknown) => readonly SchemaProblem[]

let instance: Ajv2020 | undefined
const compiled = new Map<object, Validator>()

/** How every schema is compiled, here and when the package is built. */
export const AJV_OPTIONS = { allErrors: true, verbose: true, strict: true, strictRequired: false, allowUnionTypes: true, discriminator: true, messages: false } as const

/** A validator for a schema; compiled once. Throws TypeError when the schema itself is wrong: that is a bug. */
export function validatorFor(schema: object): Validator {
  const known = compiled.get(schema)
  if (known !== undefined) return known
  let validate = precompiled().get((schema as { readonly $id?: string }).$id ?? '')
  if (validate === undefined) {
    instance ??= new Ajv2020(AJV_OPTIONS)
    try {
      validate = instance.compile(schema)
    } catch (cause) {
      throw new TypeError('a schema of this package is wrong', { cause })
    }
  }
  const check = validate
  const validator: Validator = value => (check(value) ? [] : problemsOf(check.errors ?? []))
  compiled.set(schema, validator)
  return validator
}

function problemsOf(errors: readonly ErrorObject[]): readonly SchemaProblem[] {
  // A failed choice reports every branch; the choice itself is what a reader can act on.
  const choices = errors.filter(error => error.keyword === 'oneOf' || error.keyword === 'anyOf')
  const inside = (error: ErrorObject): boolean =>
    choices.some(choice => error !== choice && under(error.instancePath, choice.instancePath) && !(choices.includes(error) && error.instancePath === choice.instancePath))
  return errors.filter(error => !inside(error)).map(problemOf)
}

function under(path: string, top: string): boolean {
  return path === top || path.startsWith(`${top}/`)
}

function pathOf(pointer: string, data: readonly (string | number)[] = []): (string | number)[] {
  const parts = pointer === '' ? [] : pointer.slice(1).split('/').map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  return [...parts.map(part => (/^(0|[1-9][0-9]*)$/.test(part) ? Number(part) : part)), ...data]
}

function problemOf(error: ErrorObject): SchemaProblem {
  const path = pathOf(error.instancePath)
  const params = error.params as Record<string, any>
  const plain = (message: string, suggestion?: string): SchemaProblem => ({ path, message, suggestion })
  switch (error.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key = String(params['additionalProperty'] ?? params['unevaluatedProperty'])
      const allowed = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {})
      return { path: [...path, key], message: 'unknown key', suggestion: nearest(key, allowed) }
    }
    case 'required':
      return plain(`${params['missingProperty']} is missing`)
    case 'enum': {
      const allowed = params['allowedValues'] as readonly unknown[]
      return plain(`must be one of ${allowed.join(', ')}`, typeof error.data === 'string' ? nearest(error.data, allowed.map(String)) : undefined)
    }
    case 'const':
      return plain(`must be ${String(params['allowedValue'])}`)
    case 'type': {
      const types = ([] as string[]).concat(params['type'])
      return plain(`must be ${types.map(type => TYPE_WORDS.get(type) ?? type).join(' or ')}`)
    }
    case 'pattern': {
      const says = error.parentSchema?.['description'] as string | undefined
      return plain(says === undefined ? `must match ${params['pattern']}` : `is not of the right form: ${says.replace(/\.$/, '')}`)
    }
    case 'propertyNames':
      return { path: [...path, String(params['propertyName'])], message: 'is not a valid name', suggestion: undefined }
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return plain(`must be ${COMPARISON_WORDS.get(params['comparison']) ?? ''} ${params['limit']}`)
    case 'minLength':
      return plain(`must have at least ${count(params['limit'], 'character')}`)
    case 'maxLength':
      return plain(`must have at most ${count(params['limit'], 'character')}`)
    case 'minItems':
      return plain(`must have at least ${count(params['limit'], 'item')}`)
    case 'maxItems':
      return plain(`must have at most ${count(params['limit'], 'item')}`)
    case 'maxProperties':
      return plain(`must have at most ${count(params['limit'], 'key')}`)
    case 'uniqueItems':
      return plain('must not hold the same item twice')
    case 'discriminator': {
      const allowed = branchNames(error)
      const said = params['tagValue'] as unknown
      return { path: [...path, String(params['tag'])], message: `must be one of ${allowed.join(', ')}`, suggestion: typeof said === 'string' ? nearest(said, allowed) : undefined }
    }
    case 'oneOf':
    case 'anyOf':
      return plain(`must have exactly one of these forms: ${formsOf(error)}`)
    default:
      return plain(`breaks the rule ${error.keyword}`)
  }
}

const TYPE_WORDS: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['integer', 'a whole number'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'a block of keys'],
  ['null', 'null']
])
const COMPARISON_WORDS: ReadonlyMap<string, string> = new Map([
  ['>=', 'at least'],
  ['<=', 'at most'],
  ['>', 'more than'],
  ['<', 'less than']
])

function count(limit: unknown, noun: string): string {
  return `${String(limit)} ${noun}${limit === 1 ? '' : 's'}`
}

/** The values of the key that tells the forms apart, from the names of their definitions: `#/$defs/expect-in-set` is that of `expect: in-set`. */
function branchNames(error: ErrorObject): readonly string[] {
  const tag = `${String((error.params as Record<string, unknown>)['tag'])}-`
  const branches = (error.parentSchema?.['oneOf'] ?? []) as readonly { readonly $ref?: string }[]
  return branches.flatMap(({ $ref }) => $ref?.replace(/^.*\//, '').replace(tag, '') ?? [])
}

function formsOf(error: ErrorObject): string {
  const branches = (error.schema ?? []) as readonly { readonly required?: readonly string[]; readonly type?: string; readonly $ref?: string }[]
  return branches.map(branch => branch.required?.join(' + ') ?? branch.type ?? branch.$ref?.replace(/^.*\//, '') ?? 'other').join(', ')
}
