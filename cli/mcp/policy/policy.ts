/** The operator's policy, read once when the server starts: no call can change it. */
import { HotpassError } from '../../../kernel/error.ts'
import type { AgentPolicy } from '../../../kernel/config/types.ts'
import type { CommandHost } from '../../../kernel/registry/command.ts'
import type { JsonObject } from '../../../kernel/types.ts'
import { resolveRequest } from '../../config/request.ts'
import { profileFolders } from '../../config/workspace.ts'
import { annotationsOf, type CommandTool } from '../tools.ts'
import { join, resolve } from 'node:path'
import { realPath, type Folders } from './paths.ts'

export interface Policy extends Omit<AgentPolicy, 'read' | 'write'> {
  readonly folders: Folders
  /** Absolute. */
  readonly storeDir: string
  readonly root: string
}

/** Reads the policy that holds in a folder. `input` may name further configuration files. Throws what reading the configuration throws. */
export async function readPolicy(input: JsonObject, host: CommandHost): Promise<Policy> {
  const { config, workspace, storeDir, profile } = await resolveRequest(input, host)
  const { policy } = config.mcp
  const { root } = workspace
  const searched = config.pipeline.profile_search_path.map(folder => resolve(root, folder))
  const folders = profileFolders(workspace, searched)
  const real = (paths: readonly string[]): string[] => paths.map(path => realPath(resolve(root, path)))
  const configs = [...(workspace.file === undefined ? [] : [workspace.file]), ...((input['config'] as readonly string[] | undefined) ?? []).map(path => resolve(host.cwd, path))]
  const own = real([storeDir, ...folders.map(({ folder }) => folder), ...configs, profile.path])
  const names = ['hotpass.yaml', 'hotpass.yml', 'hotpass.json', 'hotpass.toml', '.git'].map(name => join(realPath(root), name))
  return { ...policy, storeDir, root, folders: { read: real(policy.read), write: real(policy.write), guarded: [...own, ...names], always: own } }
}

/** Whether the policy lets a tool be called. */
export function allowsTool({ tools }: Pick<Policy, 'tools'>, { name, aliasOf, command }: CommandTool): boolean {
  const names = aliasOf === undefined ? [name] : [name, aliasOf]
  return tools.some(pattern => {
    if (pattern === '*') return true
    if (pattern === '@read') return annotationsOf(command).readOnlyHint
    if (pattern.endsWith('.*')) return names.some(one => one.startsWith(pattern.slice(0, -1)))
    return names.includes(pattern)
  })
}

/** Throws E_PERMISSION for a tool that the policy does not name. */
export function assertTool(policy: Pick<Policy, 'tools'>, tool: CommandTool): void {
  if (allowsTool(policy, tool)) return
  throw new HotpassError('E_PERMISSION', `${tool.name} is not among the tools that this workspace allows`, { hint: 'mcp.policy.tools in its configuration lists them; only the operator of this workspace can change it' })
}
