/** Every profile, bundled or of the workspace, resolves and refers to nothing that is not there. */
import { existsSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import { FORMATS } from '../config/parse.ts'
import { resolveRequest } from '../config/request.ts'
import { findWorkspace, profileFolders } from '../config/workspace.ts'
import { lintProfile } from '../doctor/lint.ts'
import { check, failed, passed, type Gate } from './gate.ts'

export const profiles: Gate = {
  id: 'profiles',
  title: 'Profiles',
  ofData: false,
  async run({ input, host }, tell) {
    // Of two profiles with one name both are checked, whichever would be found.
    for (const { folder, origin } of profileFolders(findWorkspace(host.cwd), (input['profile_search_path'] as string[] | undefined) ?? [])) {
      for (const file of existsSync(folder) ? readdirSync(folder).sort() : []) {
        if (!FORMATS.has(extname(file).toLowerCase())) continue
        tell(await check(`${origin} profile ${file}`, async () => {
          const request = await resolveRequest({ ...input, profile: join(folder, file) }, host)
          const notes = lintProfile(request.config.identity)
          return notes.length === 0 ? passed(`resolves; fingerprint ${request.config.fingerprint.slice(0, 12)}`) : failed(notes.join('; '), 'QA_PROFILE_LINT', { notes })
        }))
      }
    }
  }
}
