/** `hotpass compliance report`: the evidence of a run as JSON and as a page. */
import { resolve } from 'node:path'
import { EXIT } from '../../kernel/error.ts'
import { writeOutput } from '../../kernel/host/publish.ts'
import type { CommandHost, Reply } from '../../kernel/registry/command.ts'
import type { JsonObject } from '../../kernel/types.ts'
import { resolveRequest } from '../config/request.ts'
import { shownPath } from '../config/workspace.ts'
import { findAttempt, openStoreToRead, readRun } from '../pipeline/store.ts'
import { gatherEvidence } from './evidence.ts'
import { evidencePage } from './page.ts'

/** Throws what the store and writing throw. */
export async function reportCompliance(input: JsonObject, host: CommandHost, schema: string): Promise<Reply> {
  const { run, output_path, ...rest } = input
  const request = await resolveRequest(rest, host).catch(() => undefined)
  const store = await openStoreToRead(input, host)
  try {
    const recorded = readRun(store, findAttempt(store, (run as string | undefined) ?? 'latest', { finished: true }))
    const evidence = gatherEvidence(store, recorded, request?.config)
    const base = (output_path === undefined ? resolve(request?.distDir ?? resolve(host.cwd, 'dist'), 'compliance') : resolve(host.cwd, output_path as string)).replace(/\.(json|html?)$/i, '')
    const paths: string[] = []
    for (const [ending, text] of [['.json', `${JSON.stringify(evidence, null, 2)}\n`], ['.html', evidencePage(evidence)]] as const) {
      const shown = shownPath(base + ending, host.cwd)
      await writeOutput({ path: base + ending, shown }, Buffer.from(text, 'utf8'))
      paths.push(shown)
    }
    return { exit: EXIT.ok, result: { schema, run_id: evidence.run_id, policy: evidence.policy, columns: evidence.columns.length, gaps: evidence.gaps as never, paths } }
  } finally {
    store.close()
  }
}
