import type { Command } from '../../kernel/registry/command.ts'
import { CONFIG_PROPERTIES, COUNT, inputOf, listOf, outputOf, recordOf, RUN_ID, TEXT } from './properties.ts'

const output = outputOf('compliance-report-result', 1, { run_id: TEXT, policy: listOf(TEXT), columns: COUNT, gaps: listOf(recordOf({ code: TEXT, what: TEXT })), paths: listOf(TEXT) })

const report: Command = {
  path: ['compliance', 'report'],
  aliases: [],
  summary: 'Write the evidence for POPIA and GDPR: what personal data, why, from where, how long, who decided',
  description: 'A JSON file (schemas/compliance-evidence.v1.json) and a page beside it. Both hold names of columns and counts, and no value of a person. What is missing is listed; exit 0 all the same, because evidence of a gap is evidence.',
  input: inputOf({ run: RUN_ID, output_path: { type: 'string', path: 'write', minLength: 1, description: 'Where the JSON goes; the page stands beside it with the ending .html.', default: '<dist-dir>/compliance.json' }, ...CONFIG_PROPERTIES }),
  output,
  effects: { reads: ['store', 'config'], writes: ['outputs'], network: false, destructive: true },
  positionals: ['run'],
  letters: { output_path: 'o', profile: 'p' },
  examples: [{ line: 'compliance report latest -o evidence.json', says: 'and evidence.html' }],
  async run(input, host) {
    const { reportCompliance } = await import('../compliance/report.ts')
    return reportCompliance(input, host, output.$id)
  }
}

export const complianceCommands: readonly Command[] = [report]
