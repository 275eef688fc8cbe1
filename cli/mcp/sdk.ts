/**
 * What is used of the protocol's own packages. The build puts all that this imports into it (`bundle-sdk.mjs`), because
 * to find and read some hundred small files takes longer than all else until the first answer.
 */
export { inputRequired, inputResponse, ProtocolError, ResourceNotFoundError, Server } from '@modelcontextprotocol/server'
export { serveStdio } from '@modelcontextprotocol/server/stdio'
