/** Every registered command as a tool, by construction: nothing about a command is said here. */
import type { Command, PropertySchema } from '../../kernel/registry/command.ts'
import { nameOf, type Registry } from '../../kernel/registry/registry.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'

/** A command under a name that agents call. */
export interface CommandTool {
  /** `hotpass.runs.list`. */
  readonly name: string
  readonly command: Command
  /** The name that this one is another word for; undefined for the command's own. */
  readonly aliasOf: string | undefined
}

/** What follows from the declared effects (ToolAnnotations of the specification). */
export interface Annotations {
  readonly title: string
  readonly readOnlyHint: boolean
  readonly destructiveHint: boolean
  readonly idempotentHint: boolean
  readonly openWorldHint: boolean
  readonly [key: string]: unknown
}

export const TOOL_PREFIX = 'hotpass.'

const toolName = (words: readonly string[]): string => TOOL_PREFIX + words.map(word => word.replaceAll('-', '_')).join('.')

/** Tools by name, each command's own name before its other ones. Commands that are only for a person or a terminal are none. */
export function toolsOf(registry: Registry): ReadonlyMap<string, CommandTool> {
  const tools = new Map<string, CommandTool>()
  for (const command of registry.commands) {
    if (command.effects.only_for !== undefined) continue
    const name = toolName(command.path)
    tools.set(name, { name, command, aliasOf: undefined })
    for (const alias of command.aliases) tools.set(toolName([alias]), { name: toolName([alias]), command, aliasOf: name })
  }
  return tools
}

/** What a tool gives, from its declared effects. Writing the same again gives the same, so nothing but the network is not idempotent. */
export function annotationsOf({ summary, effects }: Command): Annotations {
  const readOnly = effects.writes.length === 0 && !effects.network
  return { title: summary, readOnlyHint: readOnly, destructiveHint: !readOnly && effects.destructive, idempotentHint: readOnly || !effects.network, openWorldHint: effects.network }
}

/** A property's schema in the words of JSON Schema alone: a default here is said to people, and need not be of the type. */
function propertyOf({ default: standard, path: _path, secret: _secret, description, ...rest }: PropertySchema): JsonObject {
  const said = standard === undefined ? '' : ` Default: ${Array.isArray(standard) ? standard.join(', ') : String(standard)}.`
  return { ...(rest as unknown as JsonObject), description: `${description}${said}` }
}

export type ObjectSchema = JsonObject & { readonly type: 'object' }

/** The argument that asks for the run's id at once. */
export const BACKGROUND = 'background'
/** The argument that ends a run that is at work in the background. */
export const CANCEL = 'cancel'
/** What tells how a run that was asked for in the background is getting on. */
export const POLL = 'runs show'

/** Whether a command makes a run: it then names the run before the work begins, and can go on in the background. */
export function makesRun({ effects, output }: Command): boolean {
  return effects.writes.includes('store') && 'run_id' in output.properties && 'record_hash' in output.properties
}

/** The command's own input schema; for one that makes a run, and the arguments that ask for its id at once and that end it. */
export function inputSchemaOf(command: Command): ObjectSchema {
  const { properties, required } = command.input
  const own = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, propertyOf(schema)]))
  const background = { type: 'boolean', description: `Answer at once with the id of the run, and go on with the work; ${TOOL_PREFIX}${POLL.replace(' ', '.')} tells how it is getting on.` }
  const cancel = { type: 'string', pattern: '^run-[0-9a-f]{32}$', description: 'Id of a run that this server has at work in the background: it is ended between two steps, and no other run begins.' }
  return { type: 'object', additionalProperties: false, properties: makesRun(command) ? { ...own, [BACKGROUND]: background, [CANCEL]: cancel } : own, ...(required === undefined ? {} : { required }) }
}

/** What stands in for a result while a run is at work in the background. */
export const BACKGROUND_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['schema', 'run_id', 'state', 'share', 'step', 'error', 'next'],
  properties: {
    schema: { const: 'urn:hotpass:schema:background-run:1' },
    run_id: { type: 'string' },
    state: { enum: ['running', 'failed', 'cancelled'] },
    share: { type: 'number', minimum: 0, maximum: 1 },
    step: { type: 'string' },
    error: { anyOf: [{ type: 'object' }, { type: 'null' }] },
    next: { type: 'string' }
  }
} as const

/** The command's own output schema. Its `$id` stands in the result as `schema`; here it would make two names of one tool two schemas of one id. */
export function outputSchemaOf(command: Command): ObjectSchema {
  const { $id: _id, ...own } = command.output
  const schema = own as unknown as ObjectSchema
  return makesRun(command) || nameOf(command) === POLL ? { type: 'object', anyOf: [schema, BACKGROUND_SCHEMA as unknown as JsonObject] } : schema
}

function effectsText({ effects }: Command): string {
  const parts = [
    effects.reads.length === 0 ? 'reads nothing' : `reads ${effects.reads.join(', ')}`,
    effects.writes.length === 0 ? 'writes nothing' : `writes ${effects.writes.join(', ')}`,
    ...(effects.network ? ['may use the network, which a person has to approve'] : []),
    ...(effects.destructive ? ['may replace files'] : [])
  ]
  return `Effects: ${parts.join('; ')}.`
}

/** One entry of `tools/list`. */
export function listingOf({ name, command, aliasOf }: CommandTool): Record<string, Json | Annotations> & { readonly name: string; readonly inputSchema: ObjectSchema } {
  const same = aliasOf === undefined ? '' : `The same as ${aliasOf}. `
  return {
    name,
    title: command.summary,
    description: `${same}${command.summary}. ${command.description === '' ? '' : `${command.description} `}${effectsText(command)} The same as \`hotpass ${nameOf(command)}\`.`,
    inputSchema: inputSchemaOf(command),
    outputSchema: outputSchemaOf(command),
    annotations: annotationsOf(command)
  }
}
