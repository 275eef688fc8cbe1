/** Every path that one call would touch, said in its arguments or implied by the configuration, held against the policy. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { EXIT, HotpassError } from '../../../kernel/error.ts'
import type { Command, CommandHost } from '../../../kernel/registry/command.ts'
import type { JsonObject } from '../../../kernel/types.ts'
import { OVERRIDES, resolveRequest } from '../../config/request.ts'
import { shownPath } from '../../config/workspace.ts'
import { splitReports } from '../../report/requested.ts'
import { assertAllowed, isWithin, leadsSomewhere, realPath } from './paths.ts'
import type { Policy } from './policy.ts'

type Use = 'read' | 'write'

/** Properties whose value comes from the configuration where none is given. */
const CONFIGURED: ReadonlySet<string> = new Set(OVERRIDES.map(({ property }) => property))

/** Stands in a default for the folder for outputs. */
const DIST_DIR = '<dist-dir>/'

/** Throws E_PERMISSION or E_PATH_ESCAPE with the first path that the policy does not allow. */
export async function assertScope(command: Command, input: JsonObject, policy: Policy, host: CommandHost): Promise<void> {
  const writesStore = command.effects.writes.includes('store')
  const writesFiles = command.effects.writes.some(kind => kind !== 'store')
  for (const [property, value] of Object.entries(input)) {
    const declared = command.input.properties[property]?.path
    if (declared === 'none') continue
    for (const text of Array.isArray(value) ? value : [value]) {
      if (typeof text !== 'string') continue
      if (declared === undefined || declared === 'name-or-read') {
        // What nothing declares is taken for a path sooner where files are written.
        const strict = writesFiles && declared === undefined && command.input.properties[property]?.enum === undefined
        if (leadsSomewhere(text, host.cwd) || (strict && /[\\/]|\.[A-Za-z0-9]{1,8}$/.test(text))) assertPath(text, strict ? undeclaredUse(property) : 'read')
      } else if (declared === 'store') assertStore(text)
      else if (declared === 'report') await assertReport(text)
      else if (declared === 'decisions') assertPath(text, command.effects.writes.includes('decisions') ? 'write' : 'read')
      else assertPath(text, declared)
    }
  }
  for (const [property, { path, default: standard }] of Object.entries(command.input.properties)) {
    // A default that is a path holds where nothing is given; `<run id>.hotpass` is a name in the current folder.
    if (input[property] !== undefined || (command.input.properties['config'] !== undefined && CONFIGURED.has(property))) continue
    if ((path !== 'read' && path !== 'write') || typeof standard !== 'string' || (standard.includes(' ') && !standard.startsWith('<'))) continue
    await assertDefault(property, standard, path)
  }
  await assertImplied()

  /** What holds where nothing is given, so that a refusal names what to give. */
  async function assertDefault(property: string, standard: string, use: Use): Promise<void> {
    try {
      if (standard.startsWith(DIST_DIR)) assertAllowed(join((await resolveRequest(input, host)).distDir, standard.slice(DIST_DIR.length)), use, policy.folders, `the folder for outputs, where ${property} leads without a value,`)
      else assertAllowed(resolve(host.cwd, standard.startsWith('<') ? 'output' : standard), use, policy.folders, `${standard}, the default of ${property},`)
    } catch (error) {
      if (!(error instanceof HotpassError) || error.exitCode === EXIT.request) return
      throw error.code === 'E_PERMISSION' ? new HotpassError(error.code, error.message, { hint: `give ${property} a path in a folder that the policy opens for ${use === 'write' ? 'writing' : 'reading'}: ${foldersShown(use)}` }) : error
    }
  }

  function foldersShown(use: Use): string {
    const open = use === 'write' ? policy.folders.write : [...policy.folders.read, ...policy.folders.write]
    return open.length === 0 ? 'there is none; only the operator of this workspace can change that' : open.slice(0, 10).map(folder => shownPath(folder, realPath(host.cwd))).join(', ')
  }

  function assertPath(text: string, use: Use): void {
    if (text.startsWith('~')) throw new HotpassError('E_PERMISSION', 'a path that begins with ~ means nothing here', { hint: 'give a path relative to the workspace' })
    assertAllowed(resolve(host.cwd, text), use, policy.folders, text)
  }

  /** The store of the workspace is always the one that is meant; another one is a folder like any other. */
  function assertStore(text: string): void {
    if (realPath(resolve(host.cwd, text)) !== realPath(policy.storeDir)) assertPath(text, writesStore ? 'write' : 'read')
  }

  /** `sarif=PATH`, or `sarif,junit`, whose files go to the folder for outputs. */
  async function assertReport(text: string): Promise<void> {
    for (const report of splitReports(text)) {
      const at = report.indexOf('=')
      if (at !== -1) assertPath(report.slice(at + 1), 'write')
      else {
        const { distDir } = await resolveRequest(input, host)
        assertAllowed(distDir, 'write', policy.folders, distDir)
      }
    }
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
    if (reads.includes('inputs') && properties['input_dir'] !== undefined) assertAllowed(request.inputDir, 'read', policy.folders, request.inputDir)
    if (request.profile.origin !== 'bundled') assertAllowed(request.profile.path, 'read', policy.folders, request.profile.path)
    for (const folder of request.config.pipeline.profile_search_path) assertAllowed(resolve(request.workspace.root, folder), 'read', policy.folders, folder)
    if (realPath(request.storeDir) !== realPath(policy.storeDir)) assertAllowed(request.storeDir, writesStore ? 'write' : 'read', policy.folders, request.storeDir)
    if (!writes.includes('outputs') || properties['output_path'] === undefined) return
    if (properties['dist_dir'] === undefined) {
      if (input['output_path'] === undefined) assertAllowed(request.distDir, 'write', policy.folders, request.distDir)
      return
    }
    assertAllowed(request.outputBase, 'write', policy.folders, request.outputBase)
    if (request.config.pipeline.archive === true) assertAllowed(request.distDir, 'write', policy.folders, request.distDir)
    if (request.reportPath !== undefined) assertAllowed(request.reportPath, 'write', policy.folders, request.reportPath)
  }
}

/**
 * Whether a call that shows data would be steered by a profile or a configuration that stands where agents write: such
 * a one could say of personal fields that they are none. Throws E_CONFIG for a configuration that is not there: it might be by the
 * time that the command reads it.
 */
export function isSteered(command: Command, input: JsonObject, { folders }: Policy, host: CommandHost): boolean {
  if (!command.effects.reads.some(kind => kind === 'inputs' || kind === 'store')) return false
  return ['profile', 'config', 'profile_search_path'].some(property => {
    const value = command.input.properties[property] === undefined ? undefined : input[property]
    return (Array.isArray(value) ? value : [value]).some(text => {
      if (typeof text !== 'string' || !leadsSomewhere(text, host.cwd) || !folders.write.some(folder => isWithin(realPath(resolve(host.cwd, text)), folder))) return false
      if (property === 'config' && !existsSync(resolve(host.cwd, text))) throw new HotpassError('E_CONFIG', `${text} does not exist`, { hint: 'paths are relative to the workspace' })
      return true
    })
  })
}

/** A path that no declaration tells of, in a command that writes files: by its name, and by the stricter reading where that says nothing. */
function undeclaredUse(property: string): Use {
  return /^(input|from|to|source|dataset|file|files|config|profile|contract|decisions)(_|$)/.test(property) ? 'read' : 'write'
}
