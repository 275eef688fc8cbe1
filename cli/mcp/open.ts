/** Opens what a server works with: the policy, the audit log, the lanes. Apart from the protocol, so that the first answer need not wait for it. */
import { delimiter, resolve } from 'node:path'
import type { CommandHost } from '../../kernel/registry/command.ts'
import type { Registry } from '../../kernel/registry/registry.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { openAuditLog } from './audit/log.ts'
import { createLanes } from './lane/lanes.ts'
import { openApprovals } from './policy/approval.ts'
import { readPolicy } from './policy/policy.ts'
import { createService, type Service } from './service.ts'

/** Throws what reading the configuration and opening the store throws. */
export async function openService(input: JsonObject, host: CommandHost, registry: Registry): Promise<Service> {
  const env = withConfigs(input, host)
  const policy = await readPolicy({}, { ...host, env })
  return createService({ registry, host: { cwd: host.cwd, env }, policy, log: openAuditLog(policy.storeDir), approvals: openApprovals(policy.storeDir), lanes: createLanes({ size: policy.limits.parallel }) })
}

/** Configuration files that are given to the server hold for every call. */
function withConfigs(input: JsonObject, host: CommandHost): CommandHost['env'] {
  const files = (input['config'] as readonly string[] | undefined) ?? []
  if (files.length === 0) return host.env
  return { ...host.env, HOTPASS_CONFIG: [...(host.env['HOTPASS_CONFIG'] ?? '').split(delimiter).filter(path => path !== ''), ...files.map(path => resolve(host.cwd, path))].join(delimiter) }
}
