import t from 'tap'
import type { Command } from './command.ts'
import { createRegistry, nameOf } from './registry.ts'

const command = (change: Partial<Command> = {}): Command => ({
  path: ['look'],
  aliases: [],
  summary: 'Look',
  description: '',
  input: { type: 'object', additionalProperties: false, properties: { what: { type: 'string', description: 'What.' } } },
  output: { $id: 'urn:hotpass:schema:look-result:1', type: 'object', required: ['schema'], properties: {} },
  effects: { reads: [], writes: [], network: false, destructive: false },
  positionals: ['what'],
  letters: { what: 'w' },
  examples: [],
  run: async () => ({ exit: 0, result: {} }),
  ...change
})
const output = (name: string): Command['output'] => ({ ...command().output, $id: `urn:hotpass:schema:${name}:1` })

t.test('a command is found by its words and its aliases', t => {
  const registry = createRegistry([command({ aliases: ['see'] }), command({ path: ['look', 'again'], output: output('again') })])
  t.equal(nameOf(registry.find(['look', 'again'])!), 'look again')
  t.equal(registry.find(['see']), registry.find(['look']))
  t.equal(registry.find(['look', 'away']), undefined)
  t.same(registry.commands.map(nameOf), ['look', 'look again'], 'sorted')
  t.end()
})

t.test('a declaration that breaks a rule is refused', t => {
  const faults: readonly (readonly [change: Partial<Command>, says: RegExp])[] = [
    [{ path: ['Look'] }, /not a command word/],
    [{ aliases: ['s ee'] }, /not a command word/],
    [{ path: ['a', 'b'], aliases: ['c'] }, /only a command of one word/],
    [{ aliases: ['look'] }, /two commands are named look/],
    [{ input: { ...command().input, properties: { 'wh-at': { type: 'string', description: '' } } } }, /not a property name/],
    [{ positionals: ['where'] }, /no property where/],
    [{ letters: { where: 'w' } }, /no property where/],
    [{ output: output('look result') }, /not a schema id/],
    [{ output: { ...command().output, required: [] } }, /must name its schema/]
  ]
  for (const [change, says] of faults) t.throws(() => createRegistry([command(change)]), { message: says })
  t.throws(() => createRegistry([command(), command({ path: ['other'] })]), /schema of another command/)
  t.end()
})
