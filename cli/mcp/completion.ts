/** Completion of arguments of prompts and of the parts of addresses: runs and profiles by name. */
import type { CompleteResult } from '@modelcontextprotocol/server'
import type { Caller, Service } from './service.ts'

const MOST = 100

async function candidates(service: Service, caller: Caller, name: string, signal: AbortSignal): Promise<readonly string[]> {
  if (name === 'run' || name === 'id') {
    const { result } = await service.read(caller, 'hotpass://runs', 'hotpass.runs.list', { work: { type: 'command', name: 'runs list' }, input: { limit: MOST } }, signal)
    return ['latest', ...new Set(((result?.['runs'] ?? []) as readonly { readonly run_id: string }[]).map(({ run_id }) => run_id))]
  }
  if (name === 'profile' || name === 'name') {
    const { result } = await service.read(caller, 'hotpass://profiles', 'hotpass.overview', { work: { type: 'command', name: 'overview' }, input: {} }, signal)
    return ((result?.['profiles'] ?? []) as readonly { readonly name: string }[]).map(profile => profile.name)
  }
  return name === 'dataset' ? ['data'] : []
}

/** Values that begin with what was typed; none where the policy does not allow the tool that knows them. */
export async function completeArgument(service: Service, caller: Caller, { name, value }: { readonly name: string; readonly value: string }, signal: AbortSignal): Promise<CompleteResult> {
  const values = (await candidates(service, caller, name, signal)).filter(one => one.startsWith(value))
  return { completion: { values: values.slice(0, MOST), total: values.length, hasMore: values.length > MOST } }
}
