/** What is used of the protocol's own packages over HTTP alone; apart, since it loads the runtime's own HTTP client. */
export { toNodeHandler } from '@modelcontextprotocol/node'
export { createMcpHandler, isLegacyRequest, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server'
