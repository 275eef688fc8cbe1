/** What a configuration says of its own fields: references that lead nowhere, and rules that no value can be held to. */
import type { Layer, LeafOrigin, Path, ResolvedConfig } from '../../kernel/config/types.ts'
import type { ConfigProblem } from '../../kernel/config/check.ts'
import { tellProblem } from '../../kernel/config/check.ts'
import { lineOf, spell } from '../../kernel/config/place.ts'
import { HotpassError } from '../../kernel/error.ts'
import { nearest } from '../../kernel/suggest.ts'
import type { JsonObject } from '../../kernel/types.ts'
import type { Field, Profile } from '../../schemas/generated/profile.ts'
import { compilePattern } from '../../operators/validate/pattern.ts'
import { checkExpectations, faultOfBound } from './expectations.ts'

/** One fault, without the file that it stands in. */
export interface ReferenceFault {
  readonly path: Path
  readonly message: string
  readonly suggestion: string | undefined
}

const NUMERIC = new Set(['number', 'currency'])

/** Every fault of a resolved configuration that no schema can see. References are left alone when the fields are inferred. */
export function referenceFaults(identity: JsonObject): readonly ReferenceFault[] {
  const { refine, compliance, ingest, expectations, export: exported } = identity as Pick<Profile, 'refine' | 'compliance' | 'ingest' | 'expectations' | 'export'>
  const fields = refine?.fields ?? []
  const groups = Object.entries(refine?.groups ?? {})
  const faults: ReferenceFault[] = []
  const say = (path: Path, message: string, suggestion?: string): void => void faults.push({ path, message, suggestion })
  checkFields(['refine', 'fields'], fields, say)
  for (const [group, { fields: inner, identity: same, prefer }] of groups) {
    const path = ['refine', 'groups', group]
    const own = new Set(inner.map(({ name }) => name))
    const need = needIn(say, own)
    checkFields([...path, 'fields'], inner, say)
    same?.forEach((name, at) => need([...path, 'identity', at], name))
    need([...path, 'prefer', 'invalid'], prefer?.invalid)
    need([...path, 'prefer', 'role'], prefer?.role)
  }
  checkExpectations(expectations ?? [], fields, refine?.groups ?? {}, say)
  if (fields.length === 0) return faults

  const names = new Set(fields.map(({ name }) => name))
  const members = new Set(groups.flatMap(([group, { fields: inner }]) => inner.map(({ name }) => `${group}.${name}`)))
  const need = needIn(say, names)
  const needMember = needIn(say, members)
  refine?.merge?.keys?.forEach((key, at) => need(['refine', 'merge', 'keys', at], key === '*' ? undefined : key))
  need(['refine', 'merge', 'recency'], refine?.merge?.recency)
  for (const name of Object.keys(refine?.score?.weights ?? {})) need(['refine', 'score', 'weights', name], name)
  compliance?.pii_fields?.forEach((name, at) => (name.includes('.') ? needMember : need)(['compliance', 'pii_fields', at], name))
  for (const name of Object.keys(compliance?.lawful_basis ?? {})) if (name !== '*') (name.includes('.') ? needMember : need)(['compliance', 'lawful_basis', name], name)
  const typed = (key: 'consent_field' | 'retention_field', type: string): void => {
    const name = compliance?.[key]
    need(['compliance', key], name)
    const found = fields.find(field => field.name === name)
    if (found !== undefined && (found.type ?? 'text') !== type) say(['compliance', key], `${name} is of type ${found.type ?? 'text'}; it must be of type ${type}`)
  }
  typed('consent_field', 'boolean')
  typed('retention_field', 'date')
  if (compliance?.consent_field !== undefined && exported?.formats?.includes('party') === true) say(['compliance', 'consent_field'], 'cannot gate the party store, which is made of all that was read: take party out of export.formats')
  if (compliance?.retention_days !== undefined && compliance.retention_field === undefined && refine?.merge?.recency === undefined) say(['compliance', 'retention_days'], 'counts from a date: name the field in retention_field')
  fields.forEach(({ rest, derive }, at) => {
    need(['refine', 'fields', at, 'rest'], rest)
    const from = (derive ?? {}) as Readonly<Record<string, string>>
    for (const key of ['slug', 'country_of', 'alias_of', 'status_of']) need(['refine', 'fields', at, 'derive', key], from[key])
    if (from['group'] !== undefined) needMember(['refine', 'fields', at, 'derive', 'group'], `${from['group']}.${from['field']}`)
  })
  ingest?.sources?.forEach(({ sheets }, source) =>
    sheets?.forEach(({ group, columns }, sheet) => {
      const path = ['ingest', 'sources', source, 'sheets', sheet]
      if (group !== undefined && !groups.some(([name]) => name === group)) say([...path, 'group'], `${group} is not a group`, nearest(group, groups.map(([name]) => name)))
      for (const [header, target] of Object.entries(columns ?? {})) {
        if (target === null || target === 'key') continue
        const plain = target.replace(/\/(given|family)$/, '')
        ;(plain.includes('.') ? needMember : need)([...path, 'columns', header], plain)
      }
    })
  )
  return faults
}

export type Say = (path: Path, message: string, suggestion?: string) => void

function needIn(say: Say, known: ReadonlySet<string>): (path: Path, name: string | undefined) => void {
  return (path, name) => {
    if (name !== undefined && !known.has(name)) say(path, `${name} is not a field`, nearest(name, [...known]))
  }
}

function checkFields(path: Path, fields: readonly Field[], say: Say): void {
  const seen = new Set<string>()
  fields.forEach(({ name, type = 'text', pattern, min, max }, at) => {
    if (seen.has(name)) say([...path, at, 'name'], `there is another field ${name}`)
    seen.add(name)
    if (pattern !== undefined) {
      try {
        compilePattern(pattern, name)
      } catch (error) {
        if (!(error instanceof HotpassError)) throw error
        say([...path, at, 'pattern'], error.message)
      }
    }
    for (const [key, bound] of Object.entries({ min, max })) {
      if (typeof bound !== 'string') continue
      if (NUMERIC.has(type) && !Number.isFinite(Number(bound || NaN))) say([...path, at, key], 'must be a number, because the values of the field are')
      const fault = type === 'date' ? faultOfBound(bound, type) : undefined
      if (fault !== undefined) say([...path, at, key], fault)
    }
    if (typeof min === typeof max && min !== undefined && max !== undefined && min > max) say([...path, at, 'min'], 'is larger than max, so that no value is allowed')
  })
}

/** The faults with the file and line that each stands in. `layers` are given lowest first. */
export function referenceProblems({ identity, origins }: ResolvedConfig, layers: readonly Layer[]): readonly (ConfigProblem & { readonly layer: Layer })[] {
  return referenceFaults(identity).map(({ path, message, suggestion }) => {
    let origin: LeafOrigin | undefined
    for (let length = path.length; length > 0 && origin === undefined; length--) origin = origins.get(path.slice(0, length).join('.'))
    const layer = layers.findLast(({ kind, name }) => origin === undefined || (kind === origin.kind && name === origin.name)) ?? layers.at(-1)!
    return { file: layer.name, line: lineOf(layer, path), key: spell(layer, path), message, suggestion, layer }
  })
}

/** Throws E_PROFILE or E_CONFIG with the first fault. */
export function assertReferences(config: ResolvedConfig, layers: readonly Layer[]): void {
  const problems = referenceProblems(config, layers)
  const [first] = problems
  if (first === undefined) return
  const { layer, ...problem } = first
  throw new HotpassError(layer.kind === 'profile' ? 'E_PROFILE' : 'E_CONFIG', `${tellProblem(problem)}${problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`}`, {
    place: problem.line === undefined ? { file: problem.file } : { file: problem.file, line: problem.line },
    hint: layer.kind === 'file' || layer.kind === 'profile' ? 'hotpass config validate lists every fault' : 'the fields are in the profile; hotpass config show lists them',
    details: { problems: problems.map(({ layer: _layer, ...rest }) => rest) }
  })
}
