import type { Command } from '../../kernel/registry/command.ts'
import { DECISIONS } from './decisions.ts'
import { CONFIG_PROPERTIES, COUNT, DIGEST, inputOf, listOf, outputOf, recordOf, RUN_ID, TEXT } from './properties.ts'

export const NETWORK = {
  allow_network: { type: 'boolean', description: 'Open the network for this command. Without it nothing leaves the machine, and the command is refused.' }
} as const satisfies Command['input']['properties']

export const LABEL_STUDIO = {
  label_studio_url: { type: 'string', path: 'none', minLength: 1, description: 'Base address of Label Studio, such as https://labels.example.' },
  label_studio_token: { type: 'string', path: 'none', secret: true, minLength: 1, description: 'Access token of Label Studio, personal or legacy.', default: 'the variable HOTPASS_LABEL_STUDIO_TOKEN' },
  label_studio_project: { type: 'integer', minimum: 1, description: 'Number of the Label Studio project.' }
} as const satisfies Command['input']['properties']

const FROM = { run: { ...RUN_ID, description: 'The run whose pairs are asked about: an id, its beginning, or `latest`, the last one that compared records.' }, ...DECISIONS, ...CONFIG_PROPERTIES } as const satisfies Command['input']['properties']
const BY = { by: { type: 'string', path: 'none', minLength: 1, description: 'Who decides, where the answers do not say.', default: 'your name on this machine' } } as const satisfies Command['input']['properties']
const PARTIAL = { partial: { type: 'boolean', description: 'Take over the answers that are right although others are wrong.' } } as const satisfies Command['input']['properties']
const limitOf = (says: string, standard?: number): Command['input']['properties'][string] => ({ type: 'integer', minimum: 1, maximum: 100_000, description: says, ...(standard === undefined ? {} : { default: standard }) })

const TAKEN = { from: TEXT, pairs: COUNT, answers: COUNT, same: COUNT, different: COUNT, unsure: COUNT, known: COUNT, faults: listOf(recordOf({ place: TEXT, message: TEXT })), faults_total: COUNT, decisions: TEXT, next: listOf(TEXT) }

const askOutput = outputOf('resolve-review-result', 1, { run_id: TEXT, decisions: TEXT, by: TEXT, same: COUNT, different: COUNT, unsure: COUNT, withdrawn: COUNT, left: COUNT, settled: COUNT, next: listOf(TEXT) })

const review: Command = {
  path: ['resolve', 'review'],
  aliases: [],
  summary: 'Decide, pair by pair in the terminal, which records are the same',
  description: 'The most telling pair comes first, and the model\'s opinion after the answer. Every answer is a line of the decisions before the next question is asked, so it can be left and taken up at any time. It shows values of the records as they are.',
  input: inputOf({ limit: limitOf('Ask at most so many pairs.'), ...BY, ...FROM }),
  output: askOutput,
  effects: { reads: ['store', 'config', 'decisions'], writes: ['decisions'], network: false, destructive: false, decides: 'match', only_for: 'person' },
  positionals: [],
  letters: { limit: 'n', profile: 'p', config: 'c' },
  examples: [{ line: 'resolve review', says: 'the pairs of the last hotpass resolve', needs: 'person' }, { line: 'resolve review -n 20 --by Thandi', says: 'twenty of them, decided by Thandi', needs: 'person' }],
  async run(input, host) {
    const { reviewInTerminal } = await import('../review/ask.ts')
    return reviewInTerminal(input, host, askOutput.$id)
  }
}

const exportOutput = outputOf('resolve-review-export-result', 1, { run_id: TEXT, path: TEXT, form: { enum: ['workbook', 'jsonl', 'label-studio'] }, pairs: COUNT, settled: COUNT, decisions: TEXT, bytes: COUNT, hash: DIGEST, next: listOf(TEXT) })

const exported: Command = {
  path: ['resolve', 'review', 'export'],
  aliases: [],
  summary: 'Write the pairs to review as a workbook, as JSON Lines, or as tasks for Label Studio',
  description: 'The file holds values of the records as they are, personal data included, and can be read by you alone (mode 0600).',
  input: inputOf({ to: { type: 'string', path: 'write', minLength: 1, description: 'The file: .xlsx is a workbook to fill in, .jsonl one pair a line, .json tasks for Label Studio.', default: 'review.xlsx' }, limit: limitOf('At most so many pairs, the most telling first.', 500), ...FROM }),
  output: exportOutput,
  effects: { reads: ['store', 'config', 'decisions'], writes: ['outputs'], network: false, destructive: true },
  positionals: [],
  letters: { limit: 'n', profile: 'p', config: 'c' },
  examples: [{ line: 'resolve review export --to review.xlsx', says: 'for a steward who works in spreadsheets' }],
  async run(input, host) {
    const { exportReview } = await import('../review/transfer.ts')
    return exportReview(input, host, exportOutput.$id)
  }
}

const importOutput = outputOf('resolve-review-import-result', 1, TAKEN)

const imported: Command = {
  path: ['resolve', 'review', 'import'],
  aliases: [],
  summary: 'Take the answers of a filled-in review over into the decisions',
  description: 'With one wrong answer nothing is taken over, unless --partial; every wrong answer is told by its cell or line. Importing a file twice changes nothing.',
  input: inputOf({ file: { type: 'string', path: 'read', minLength: 1, description: 'A workbook or JSON Lines that `resolve review export` wrote, or the JSON export of a Label Studio project.' }, ...BY, ...PARTIAL, ...DECISIONS, ...CONFIG_PROPERTIES }, ['file']),
  output: importOutput,
  effects: { reads: ['inputs', 'config', 'decisions'], writes: ['decisions'], network: false, destructive: false, decides: 'match' },
  positionals: ['file'],
  letters: { profile: 'p', config: 'c' },
  examples: [{ line: 'resolve review import review.xlsx', says: 'what came back from the steward' }],
  async run(input, host) {
    const { importReview } = await import('../review/transfer.ts')
    return importReview(input, host, importOutput.$id)
  }
}

const pushOutput = outputOf('resolve-review-push-result', 1, { run_id: TEXT, to: TEXT, project: COUNT, pairs: COUNT, sent: COUNT, known: COUNT, decisions: TEXT, next: listOf(TEXT) })

const push: Command = {
  path: ['resolve', 'review', 'push'],
  aliases: [],
  summary: 'Send the pairs to review to a Label Studio project',
  description: 'Pairs that the project holds already are not sent again. An empty project is given the labelling interface that the pairs need. It sends values of the records as they are.',
  input: inputOf({ ...LABEL_STUDIO, ...NETWORK, limit: limitOf('At most so many pairs, the most telling first.', 500), ...FROM }),
  output: pushOutput,
  effects: { reads: ['store', 'config', 'decisions'], writes: [], network: true, destructive: false },
  positionals: [],
  letters: { limit: 'n', profile: 'p', config: 'c' },
  examples: [{ line: 'resolve review push --label-studio-url https://labels.example --label-studio-project 7 --allow-network', says: 'with the token in HOTPASS_LABEL_STUDIO_TOKEN', needs: 'network' }],
  async run(input, host) {
    const { pushReview } = await import('../review/label-studio.ts')
    return pushReview(input, host, pushOutput.$id)
  }
}

const pullOutput = outputOf('resolve-review-pull-result', 1, TAKEN)

const pull: Command = {
  path: ['resolve', 'review', 'pull'],
  aliases: [],
  summary: 'Fetch the answers of a Label Studio project into the decisions',
  description: 'What comes back becomes lines of the decisions, so that every later run needs no network. Where people disagree, nothing is taken over, unless --partial.',
  input: inputOf({ ...LABEL_STUDIO, ...NETWORK, ...BY, ...PARTIAL, ...DECISIONS, ...CONFIG_PROPERTIES }),
  output: pullOutput,
  effects: { reads: ['config', 'decisions'], writes: ['decisions'], network: true, destructive: false, decides: 'match' },
  positionals: [],
  letters: { profile: 'p', config: 'c' },
  examples: [{ line: 'resolve review pull --label-studio-url https://labels.example --label-studio-project 7 --allow-network', says: 'with the token in HOTPASS_LABEL_STUDIO_TOKEN', needs: 'network' }],
  async run(input, host) {
    const { pullReview } = await import('../review/label-studio.ts')
    return pullReview(input, host, pullOutput.$id)
  }
}

export const reviewCommands: readonly Command[] = [review, exported, imported, push, pull]
