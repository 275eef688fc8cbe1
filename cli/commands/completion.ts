import { EXIT, HotpassError } from '../../kernel/error.ts'
import type { Command } from '../../kernel/registry/command.ts'
import { inputOf, outputOf, TEXT } from './properties.ts'

const output = outputOf('completion-result', 1, { shell: TEXT, script: TEXT })

export const completion: Command = {
  path: ['completion'],
  aliases: [],
  summary: 'Print a script that completes commands, flags, profiles and run ids in your shell',
  description: '',
  input: inputOf({ shell: { type: 'string', enum: ['bash', 'zsh', 'fish'], description: 'The shell.', default: 'that of the variable SHELL' } }),
  output,
  effects: { reads: [], writes: [], network: false, destructive: false, only_for: 'person' },
  positionals: ['shell'],
  letters: {},
  examples: [
    { line: 'completion bash >> ~/.bashrc', says: 'for bash' },
    { line: 'completion zsh > ~/.zsh/completions/_hotpass', says: 'for zsh' },
    { line: 'completion fish > ~/.config/fish/completions/hotpass.fish', says: 'for fish' }
  ],
  async run(input, host) {
    const { SCRIPTS } = await import('../complete.ts')
    const shell = (input['shell'] as string | undefined) ?? /[^\\/]*$/.exec(host.env['SHELL'] ?? '')![0].replace(/\.exe$/i, '')
    if (!SCRIPTS.has(shell)) throw new HotpassError('E_USAGE', shell === '' ? 'which shell? the variable SHELL names none' : `there is no completion for ${shell}`, { hint: `name one of ${[...SCRIPTS.keys()].join(', ')}` })
    return { exit: EXIT.ok, result: { schema: output.$id, shell, script: SCRIPTS.get(shell)! } }
  }
}
