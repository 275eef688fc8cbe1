/** Every path that one call would touch, said in its arguments or implied by the configuration, held against the policy. */
import { resolve } from 'node:path'
import { HotpassError } from '../../../kernel/error.ts'
import type { Command, CommandHost } from '../../../kernel/registry/command.ts'
import type { JsonObject } from '../../../kernel/types.ts'
import { resolveRequest } from '../../config/request.ts'
import { assertAllowed, leadsSomewhere, realPath } from './paths.ts'
import type { Policy } from './policy.ts'

type Use = 'read' | 'write'

/** Throws E_PERMISSION or E_PATH_ESCAPE with the first path that the policy does not allow. */
export async function assertScope(command: Command, input: JsonObject, policy: Policy, host: CommandHost): Promise<void> {
  const writesStore = command.effects.writes.includes('store')
  for (const [property, value] of Object.entries(input)) {
    const declared = command.input.properties[property]?.path
    for (const text of Array.isArray(value) ? value : [value]) {
      if (typeof text !== 'string') continue
      if (declared === undefined || declared === 'name-or-read') {
        if (leadsSomewhere(text, host.cwd)) assertPath(text, command.effects.writes.some(kind => kind !== 'store') && declared === undefined ? undeclaredUse(property) : 'read')
      } else if (declared === 'store') assertStore(text)
      else assertPath(text, declared)
    }
  }
  await assertImplied()

  function assertPath(text: string, use: Use): void {
    if (text.startsWith('~')) throw new HotpassError('E_PERMISSION', 'a path that begins with ~ means nothing here', { hint: 'give a path relative to the workspace' })
    assertAllowed(resolve(host.cwd, text), use, policy.folders, text)
  }

  /** The store of the workspace is always the one that is meant; another one is a folder like any other. */
  function assertStore(text: string): void {
    if (realPath(resolve(host.cwd, text)) !== realPath(policy.storeDir)) assertPath(text, writesStore ? 'write' : 'read')
  }

  /** What the configuration says where the arguments say nothing. A configuration that is wrong is the command's to tell. */
  async function assertImplied(): Promise<void> {
    const { properties } = command.input
    const { reads, writes } = command.effects
    if (properties['config'] === undefined) return
    let request
    try {
      request = await resolveRequest(input, host)
    } catch (error) {
      if (error instanceof HotpassError && error.exitCode === 2) return
      throw error
    }
    const shown = (path: string): string => path
    if (reads.includes('inputs') && properties['input_dir'] !== undefined) assertAllowed(request.inputDir, 'read', policy.folders, shown(request.inputDir))
    if (request.profile.origin !== 'bundled') assertAllowed(request.profile.path, 'read', policy.folders, shown(request.profile.path))
    for (const folder of request.config.pipeline.profile_search_path) assertAllowed(resolve(request.workspace.root, folder), 'read', policy.folders, folder)
    if (realPath(request.storeDir) !== realPath(policy.storeDir)) assertAllowed(request.storeDir, writesStore ? 'write' : 'read', policy.folders, shown(request.storeDir))
    if (!writes.includes('outputs') || properties['output_path'] === undefined || properties['dist_dir'] === undefined) return
    assertAllowed(request.outputBase, 'write', policy.folders, shown(request.outputBase))
    if (request.config.pipeline.archive === true) assertAllowed(request.distDir, 'write', policy.folders, shown(request.distDir))
    if (request.reportPath !== undefined) assertAllowed(request.reportPath, 'write', policy.folders, shown(request.reportPath))
  }
}

/** A path that no declaration tells of, in a command that writes files: by its name, and by the stricter reading where that says nothing. */
function undeclaredUse(property: string): Use {
  return /^(input|from|to|source|dataset|file|files|config|profile|contract|decisions)(_|$)/.test(property) ? 'read' : 'write'
}
