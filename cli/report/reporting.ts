/** Gives a command `--report`: one mechanism for every command that checks something. */
import { resolve } from 'node:path'
import type { Command } from '../../kernel/registry/command.ts'
import { nameOf } from '../../kernel/registry/registry.ts'
import type { JsonObject } from '../../kernel/types.ts'
import type { Assessment } from '../../schemas/generated/assessment.ts'
import { listOf, orNull, recordOf, TEXT } from '../commands/properties.ts'
import { REPORT, requestedReports } from './requested.ts'

/** What a command's result says was checked and found. It gets the result alone, so that reports say what programs get. */
export type Assess = (result: JsonObject) => Assessment | Promise<Assessment>

/** The command with `--report`. Reports are written of a failure as well, also of one before there is a result. */
export function reporting(command: Command, assess: Assess): Command {
  const { input, output, effects, run } = command
  return {
    ...command,
    input: { ...input, properties: { ...input.properties, report: REPORT } },
    output: { ...output, properties: { ...output.properties, reports: listOf(recordOf({ format: TEXT, path: orNull(TEXT) })) } },
    effects: { ...effects, writes: effects.writes.includes('outputs') ? effects.writes : [...effects.writes, 'outputs'] },
    async run(given, host) {
      const { report: wanted, ...rest } = given
      if (wanted === undefined) return run(rest, host)
      const { assertNotLost, writeReports } = await import('./write.ts')
      const reports = requestedReports(given, nameOf(command), await distFolder(rest, host), host)
      for (const report of reports) assertNotLost(report, host)
      let reply
      try {
        reply = await run(rest, host)
      } catch (error) {
        if (host.signal.aborted) throw error
        const { assessmentOfError } = await import('./assessment.ts')
        const { asHotpassError } = await import('../render/error.ts')
        await writeReports(assessmentOfError(nameOf(command), asHotpassError(error)), reports, host)
        throw error
      }
      const written = await writeReports(await assess(reply.result), reports, host)
      return { ...reply, result: { ...reply.result, reports: written } }
    }
  }
}

/** The dist folder of the request; of one whose configuration is broken, the default. */
async function distFolder(input: JsonObject, host: Parameters<Command['run']>[1]): Promise<string> {
  const { resolveRequest } = await import('../config/request.ts')
  return resolveRequest(input, host).then(({ distDir }) => distDir, () => resolve(host.cwd, 'dist'))
}
