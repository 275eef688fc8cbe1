/** What every refusal looks like, whatever the command and the fault. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'

/** Personal values of the inputs that tests make. None may stand in a message. */
export const PERSONAL = ['Petronella', 'Kanarie', 'petronella.kanarie@', '082 555 0143']
export const GOOD = 'Company,Contact,E-mail,Phone\nLapwing Gliding,Petronella Kanarie,petronella.kanarie@lapwing.example,082 555 0143\nHeron Flyers,Gert Reier,gert@heron.example,021 555 0102\n'

/** Milliseconds that any refusal may take. */
const PATIENCE = 60_000
/** What a run says while it goes on. */
const PROGRESS = /^(\[\d+\/\d+\] .*|\d+ files? in .*|warning: .*)$/

/** What was said on standard error but for progress. */
export function complaint(err: string): string {
  return err.split('\n').filter(line => line !== '' && !PROGRESS.test(line)).join('\n')
}

/** One line with the code and, perhaps, one with a hint; no stack, no control characters, nothing personal; in time. */
export function assertRefusal(t: Test, name: string, said: { readonly exit: number | null; readonly err: string; readonly out?: string }, expected: { readonly exit: number; readonly says: RegExp; readonly ms?: number }): void {
  const text = complaint(said.err)
  t.equal(said.exit, expected.exit, `${name}: exits ${expected.exit}`, { err: said.err.slice(0, 2000) })
  t.match(text, expected.says, `${name}: says ${String(expected.says)}`)
  t.match(text, /^E_[A-Z_]+ [^\n]+(\n {2}hint: [^\n]+)?$/, `${name}: one line, and perhaps a hint`)
  // oxlint-disable-next-line no-control-regex
  t.notMatch(said.err, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/, `${name}: no control characters`)
  t.notMatch(said.err, /\n\s+at |node:internal|E_INTERNAL|E_OPERATOR/, `${name}: no stack`)
  t.same(PERSONAL.filter(value => `${said.err}${said.out ?? ''}`.includes(value)), [], `${name}: nothing personal`)
  t.ok((expected.ms ?? 0) < PATIENCE, `${name}: ${Math.round(expected.ms ?? 0)} ms`)
}

/** Every file and folder below a folder, relative to it, `.hotpass` stores aside. */
export function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    if (entry.name === 'store' || entry.name === '.hotpass') return []
    return entry.isDirectory() ? filesBelow(join(folder, entry.name)).map(name => `${entry.name}/${name}`) : [entry.name]
  })
}
