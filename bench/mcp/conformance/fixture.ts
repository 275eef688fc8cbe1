/**
 * What the conformance suite wants to find on a server besides what the product offers: tools, resources and prompts
 * with fixed names. They are laid over the product's own server here, and exist nowhere else.
 */
import { createHmac } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { CallToolResult, InputRequiredResult, Server, ServerContext } from '@modelcontextprotocol/server'
import { inputRequired, inputResponse, ProtocolError } from '../../../cli/mcp/sdk.ts'

type Params = Record<string, any>
type Handler = (params: Params, ctx: ServerContext) => unknown
const AS_IT_CAME = { '~standard': { version: 1, vendor: 'fixture', validate: (value: unknown) => ({ value }) } } as const

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const SILENCE = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA='
const text = (words: string): CallToolResult => ({ content: [{ type: 'text', text: words }] })
const elicit = (message: string, name: string, type: 'string' | 'boolean' = 'string') => inputRequired.elicit({ message, requestedSchema: { type: 'object', properties: { [name]: type === 'boolean' ? { type } : { type } }, required: [name] } })
const sample = (words: string) => inputRequired.createMessage({ messages: [{ role: 'user', content: { type: 'text', text: words } }], maxTokens: 100 })
const has = (ctx: ServerContext, key: string): boolean => inputResponse(ctx.mcpReq.inputResponses, key).kind !== 'missing'
const sealed = (state: string): string => `${state}.${createHmac('sha256', 'fixture').update(state).digest('hex')}`
function opened(state: string | undefined): string | undefined {
  const plain = state?.slice(0, state.lastIndexOf('.'))
  if (state !== undefined && sealed(plain!) !== state) throw new ProtocolError(-32602, 'Invalid or expired requestState')
  return plain
}

/** As JSON text, because `then` as a key of an object is no good in JavaScript. */
const CONDITION = JSON.parse('{"if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},"then":{"required":["phone"]},"else":{"required":["email"]}}') as object

const RICH_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: { address: { $anchor: 'addressDef', type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } } },
  properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' }, contactMethod: { type: 'string', enum: ['phone', 'email'] }, phone: { type: 'string' }, email: { type: 'string' } },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  ...CONDITION,
  additionalProperties: false
}

/** A schema that the client's user is asked by, with defaults, and one with every kind of choice. */
const DEFAULTS = { type: 'object', properties: { name: { type: 'string', default: 'John Doe' }, age: { type: 'integer', default: 30 }, score: { type: 'number', default: 95.5 }, status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' }, verified: { type: 'boolean', default: true } } }
const titled = (names: Readonly<Record<string, string>>): object[] => Object.entries(names).map(([value, title]) => ({ const: value, title }))
const CHOICES = {
  type: 'object',
  properties: {
    untitledSingle: { type: 'string', enum: ['option1', 'option2', 'option3'] },
    titledSingle: { type: 'string', oneOf: titled({ value1: 'First Option', value2: 'Second Option', value3: 'Third Option' }) },
    legacyEnum: { type: 'string', enum: ['opt1', 'opt2', 'opt3'], enumNames: ['Option One', 'Option Two', 'Option Three'] },
    untitledMulti: { type: 'array', items: { type: 'string', enum: ['option1', 'option2', 'option3'] } },
    titledMulti: { type: 'array', items: { anyOf: titled({ value1: 'First Choice', value2: 'Second Choice', value3: 'Third Choice' }) } }
  }
}
const asks = (requestedSchema: object, message = 'Please fill this in') => (ctx: ServerContext): CallToolResult | InputRequiredResult => (has(ctx, 'form') ? text('Elicitation completed') : inputRequired({ inputRequests: { form: inputRequired.elicit({ message, requestedSchema: requestedSchema as never }) } }))

const TOOLS: Readonly<Record<string, (ctx: ServerContext) => CallToolResult | InputRequiredResult | Promise<CallToolResult | InputRequiredResult>>> = {
  test_simple_text: () => text('This is a simple text response for testing.'),
  test_image_content: () => ({ content: [{ type: 'image', data: PIXEL, mimeType: 'image/png' }] }),
  test_audio_content: () => ({ content: [{ type: 'audio', data: SILENCE, mimeType: 'audio/wav' }] }),
  test_embedded_resource: () => ({ content: [{ type: 'resource', resource: { uri: 'test://embedded-resource', mimeType: 'text/plain', text: 'This is an embedded resource content.' } }] }),
  test_multiple_content_types: () => ({ content: [{ type: 'text', text: 'Multiple content types test:' }, { type: 'image', data: PIXEL, mimeType: 'image/png' }, { type: 'resource', resource: { uri: 'test://mixed-content-resource', mimeType: 'application/json', text: '{"test":"data","value":123}' } }] }),
  test_error_handling: () => ({ ...text('This tool intentionally returns an error for testing'), isError: true }),
  test_logging_tool: async ctx => {
    await ctx.mcpReq.log('info', 'a message that was not asked for')
    return text('done')
  },
  test_tool_with_logging: async ctx => {
    for (const step of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
      await ctx.mcpReq.log('info', step)
      await wait(50)
    }
    return text('Tool with logging executed successfully')
  },
  test_tool_with_progress: async ctx => {
    const progressToken = ctx.mcpReq._meta?.progressToken
    for (const progress of [0, 50, 100]) {
      if (progressToken !== undefined) await ctx.mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } })
      await wait(50)
    }
    return text('Tool with progress executed successfully')
  },
  json_schema_2020_12_tool: () => text('ok'),
  test_sampling: ctx => (has(ctx, 'said') ? text('LLM response') : inputRequired({ inputRequests: { said: sample('Test prompt for sampling') } })),
  test_elicitation: asks({ type: 'object', properties: { username: { type: 'string' }, email: { type: 'string' } }, required: ['username', 'email'] }),
  test_elicitation_sep1034_defaults: asks(DEFAULTS),
  test_elicitation_sep1330_enums: asks(CHOICES),
  test_missing_capability: () => inputRequired({ inputRequests: { greeting: sample('Hello') } }),
  test_streaming_elicitation: () => inputRequired({ inputRequests: { answer: elicit('Go on?', 'ok', 'boolean') } }),
  test_input_required_result_elicitation: ctx => (has(ctx, 'user_name') ? text('Hello!') : inputRequired({ inputRequests: { user_name: elicit('What is your name?', 'name') } })),
  test_input_required_result_sampling: ctx => (has(ctx, 'capital_question') ? text('Paris') : inputRequired({ inputRequests: { capital_question: sample('What is the capital of France?') } })),
  test_input_required_result_list_roots: ctx => (has(ctx, 'client_roots') ? text('Roots seen') : inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } })),
  test_input_required_result_request_state: ctx => (opened(ctx.mcpReq.requestState<string>()) === 'confirm' && has(ctx, 'confirm') ? text('state-ok') : inputRequired({ inputRequests: { confirm: elicit('Please confirm', 'ok', 'boolean') }, requestState: sealed('confirm') })),
  test_input_required_result_multiple_inputs: ctx =>
    has(ctx, 'user_name') && has(ctx, 'greeting') && has(ctx, 'client_roots')
      ? text('All there')
      : inputRequired({ inputRequests: { user_name: elicit('What is your name?', 'name'), greeting: sample('Generate a greeting'), client_roots: inputRequired.listRoots() }, requestState: sealed('inputs') }),
  test_input_required_result_multi_round: ctx => {
    const state = opened(ctx.mcpReq.requestState<string>())
    if (state === 'two' && has(ctx, 'step2')) return text('Both steps done')
    return state === 'one' && has(ctx, 'step1')
      ? inputRequired({ inputRequests: { step2: elicit('Step 2: What is your favorite color?', 'color') }, requestState: sealed('two') })
      : inputRequired({ inputRequests: { step1: elicit('Step 1: What is your name?', 'name') }, requestState: sealed('one') })
  },
  test_input_required_result_tampered_state: ctx => (opened(ctx.mcpReq.requestState<string>()) === 'tamper' ? text('state-ok') : inputRequired({ inputRequests: { confirm: elicit('Please confirm', 'ok', 'boolean') }, requestState: sealed('tamper') })),
  test_input_required_result_capabilities: ctx => {
    const can = ((ctx.mcpReq.envelope as Params | undefined)?.['io.modelcontextprotocol/clientCapabilities'] ?? {}) as Params
    return inputRequired({ inputRequests: { ...(can['elicitation'] === undefined ? {} : { name: elicit('Name?', 'name') }), ...(can['sampling'] === undefined ? {} : { greeting: sample('Hello') }) }, requestState: sealed('capabilities') })
  }
}

const RESOURCES: Readonly<Record<string, object>> = {
  'test://static-text': { mimeType: 'text/plain', text: 'This is the content of the static text resource.' },
  'test://static-binary': { mimeType: 'image/png', blob: PIXEL }
}

const user = (content: object): object => ({ role: 'user', content })
const PROMPTS: Readonly<Record<string, (given: Params, ctx: ServerContext) => object>> = {
  test_simple_prompt: () => ({ messages: [user({ type: 'text', text: 'This is a simple prompt for testing.' })] }),
  test_prompt_with_arguments: ({ arg1, arg2 }) => ({ messages: [user({ type: 'text', text: `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'` })] }),
  test_prompt_with_embedded_resource: ({ resourceUri }) => ({ messages: [user({ type: 'resource', resource: { uri: resourceUri, mimeType: 'text/plain', text: 'Embedded resource content for testing.' } }), user({ type: 'text', text: 'Please process the embedded resource above.' })] }),
  test_prompt_with_image: () => ({ messages: [user({ type: 'image', data: PIXEL, mimeType: 'image/png' }), user({ type: 'text', text: 'Please analyze the image above.' })] }),
  test_input_required_result_prompt: (_given, ctx) => (has(ctx, 'user_context') ? { messages: [user({ type: 'text', text: 'In context' })] } : inputRequired({ inputRequests: { user_context: elicit('What context should the prompt use?', 'context') } }))
}
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = { test_prompt_with_arguments: ['arg1', 'arg2'], test_prompt_with_embedded_resource: ['resourceUri'] }

/** Lays the fixtures over a server of the product; whatever has another name goes to the product as before. */
export function withFixtures(server: Server): Server {
  // The handlers of the product, which the package keeps to itself.
  const own = Reflect.get(server, '_requestHandlers') as Map<string, (request: Params, ctx: ServerContext) => Promise<any>>
  const lay = (method: string, handler: (params: Params, ctx: ServerContext, product: Handler) => unknown): void => {
    const product = own.get(method)!
    server.setRequestHandler(method, { params: AS_IT_CAME }, async (params, ctx) => handler(params as Params, ctx, (given, context) => product({ jsonrpc: '2.0', id: ctx.mcpReq.id, method, params: given }, context)) as Promise<any>)
  }
  lay('tools/list', async (params, ctx, product) => {
    const { tools } = (await product(params, ctx)) as Params
    return { tools: [...tools, ...Object.keys(TOOLS).map(name => ({ name, description: 'A fixture of the conformance suite.', inputSchema: name === 'json_schema_2020_12_tool' ? RICH_SCHEMA : { type: 'object' } }))] }
  })
  lay('tools/call', (params, ctx, product) => (TOOLS[params['name']] === undefined ? product(params, ctx) : TOOLS[params['name']]!(ctx)))
  lay('resources/list', async (params, ctx, product) => ({ resources: [...((await product(params, ctx)) as Params)['resources'], ...Object.keys(RESOURCES).map(uri => ({ uri, name: uri }))] }))
  lay('resources/templates/list', async (params, ctx, product) => ({ resourceTemplates: [...((await product(params, ctx)) as Params)['resourceTemplates'], { uriTemplate: 'test://template/{id}/data', name: 'template' }] }))
  lay('resources/read', (params, ctx, product) => {
    const { uri } = params
    const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1]
    if (id !== undefined) return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }) }] }
    return RESOURCES[uri] === undefined ? product(params, ctx) : { contents: [{ uri, ...RESOURCES[uri] }] }
  })
  lay('prompts/list', async (params, ctx, product) => ({ prompts: [...((await product(params, ctx)) as Params)['prompts'], ...Object.keys(PROMPTS).map(name => ({ name, description: 'A fixture of the conformance suite.', arguments: (ARGUMENTS[name] ?? []).map(argument => ({ name: argument, required: true })) }))] }))
  lay('prompts/get', (params, ctx, product) => (PROMPTS[params['name']] === undefined ? product(params, ctx) : PROMPTS[params['name']]!(params['arguments'] ?? {}, ctx)))
  return server
}
