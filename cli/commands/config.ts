import { EXIT } from '../../kernel/error.ts'
import type { Command } from '../../kernel/registry/command.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'
import { ANY, CONFIG_PROPERTIES, COUNT, DIGEST, FLAG, inputOf, listOf, orNull, outputOf, recordOf, TEXT } from './properties.ts'

const LAYER = recordOf({ kind: { enum: ['default', 'profile', 'file', 'environment', 'flag'] }, name: TEXT, line: COUNT }, ['line'])
const SHARED = { aliases: [], effects: { reads: ['config'], writes: [], network: false, destructive: false }, letters: {} } as const

const showOutput = outputOf('config-show-result', 1, {
  profile: TEXT,
  fingerprint: DIGEST,
  layers: listOf(recordOf({ kind: TEXT, name: TEXT })),
  config: { type: 'object' },
  pipeline: { type: 'object' },
  mcp: { type: 'object' },
  origins: { type: 'object', additionalProperties: LAYER }
})

const show: Command = {
  ...SHARED,
  path: ['config', 'show'],
  summary: 'Show the configuration that a run here would have, and which layer set each value',
  description: 'Layers, later ones win: built-in, profile, the workspace\'s file, --config files, environment, flags. The blocks `pipeline` and `mcp` are about this machine and do not count towards the fingerprint.',
  input: inputOf(CONFIG_PROPERTIES),
  output: showOutput,
  positionals: [],
  examples: [{ line: 'config show --profile aviation', says: 'with another profile' }],
  async run(input, host) {
    const { resolveRequest } = await import('../config/request.ts')
    const { config, layers, profile } = await resolveRequest(input, host)
    return {
      exit: EXIT.ok,
      result: {
        schema: showOutput.$id,
        profile: profile.name,
        fingerprint: config.fingerprint,
        layers: layers.map(({ kind, name }) => ({ kind, name })),
        config: config.identity,
        pipeline: config.pipeline as unknown as JsonObject,
        mcp: config.mcp as unknown as JsonObject,
        origins: Object.fromEntries([...config.origins].map(([path, { kind, name, line }]) => [path, { kind, name, ...(line === undefined ? {} : { line }) }]))
      }
    }
  }
}

const explainOutput = outputOf('config-explain-result', 1, {
  key: TEXT,
  value: ANY,
  set: FLAG,
  fingerprinted: FLAG,
  layers: listOf(recordOf({ kind: TEXT, name: TEXT, line: COUNT, value: ANY, wins: FLAG }, ['line']))
})

const explain: Command = {
  ...SHARED,
  path: ['config', 'explain'],
  summary: 'Say why a setting has its value: every layer that sets it, and which one wins',
  description: '',
  input: inputOf({ key: { type: 'string', path: 'none', minLength: 1, description: 'Dotted path, such as refine.budgets.orphans.' }, ...CONFIG_PROPERTIES }, ['key']),
  output: explainOutput,
  positionals: ['key'],
  examples: [{ line: 'config explain report.title', says: 'who set the report\'s title' }],
  async run(input, host) {
    const { resolveRequest } = await import('../config/request.ts')
    const { explainKey } = await import('../../kernel/config/explain.ts')
    const { config, layers } = await resolveRequest(input, host)
    const found = explainKey(layers, config, input['key'] as string)
    return {
      exit: EXIT.ok,
      result: { schema: explainOutput.$id, key: found.path, value: found.value ?? null, set: found.value !== undefined, fingerprinted: found.fingerprinted, layers: found.layers as unknown as Json }
    }
  }
}

const validateOutput = outputOf('config-validate-result', 1, {
  valid: FLAG,
  files: listOf(TEXT),
  problems: listOf(recordOf({ file: TEXT, line: orNull(COUNT), key: TEXT, message: TEXT, suggestion: orNull(TEXT) }))
})

const validate: Command = {
  ...SHARED,
  path: ['config', 'validate'],
  summary: 'Check the configuration and the profile, and list every fault',
  description: 'Exit 0 when there is none, else 2.',
  input: inputOf(CONFIG_PROPERTIES),
  output: validateOutput,
  positionals: [],
  examples: [{ line: 'config validate --profile ./my-profile.yaml', says: 'check a profile while you write it' }],
  async run(input, host) {
    const { validateRequest } = await import('../config/validate.ts')
    const { files, problems } = await validateRequest(input, host)
    return {
      exit: problems.length === 0 ? EXIT.ok : EXIT.request,
      result: {
        schema: validateOutput.$id,
        valid: problems.length === 0,
        files,
        problems: problems.map(({ file, line, key, message, suggestion }) => ({ file, line: line ?? null, key, message, suggestion: suggestion ?? null }))
      }
    }
  }
}

export const configCommands: readonly Command[] = [show, explain, validate]
