/** A workspace in a temporary folder and a terminal that remembers, for tests of the command line. */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ExitCode } from '../kernel/error.ts'
import { main, type Terminal } from './main.ts'

export interface Said {
  readonly exit: ExitCode
  readonly out: string
  readonly err: string
  readonly json: any
}

const made: string[] = []
process.on('exit', () => made.forEach(folder => rmSync(folder, { recursive: true, force: true })))

/** Files by path relative to the new folder. Returns the folder. */
export function makeFolder(files: { readonly [path: string]: string | Uint8Array }): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'hotpass-cli-')))
  made.push(root)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

export const PROFILE = `name: clubs
title: Clubs
country: ZA
refine:
  entity: club
  fields:
    - { name: club, type: organisation-name, synonyms: [Club, Company], required: true }
    - { name: email, type: email, synonyms: [E-mail] }
    - { name: phone, type: phone, synonyms: [Tel] }
    - { name: town, type: text }
  merge: { keys: [club] }
  budgets: { quarantined_rows: 0.25, quarantined_cells: 0.5 }
`

export const CLUBS = 'Club,E-mail,Tel,Town\nLapwing Gliding,info@lapwing.example,021 555 0101,Worcester\nLAPWING GLIDING CC,INFO@LAPWING.EXAMPLE,,Worcester\nHeron Flyers,hello@heron.example,not a number,Knysna\n,nobody@nowhere.example,,\nStilt Air,ops@stilt.example,27215550103,Paarl\n'

/** A workspace that `hotpass run` works in. */
export function makeWorkspace(more: { readonly [path: string]: string | Uint8Array } = {}): string {
  return makeFolder({ 'hotpass.yaml': 'profile: clubs\nreport:\n  title: Clubs\n', 'config/profiles/clubs.yaml': PROFILE, 'data/clubs.csv': CLUBS, ...more })
}

export function copyOf(folder: string): string {
  const copy = makeFolder({})
  cpSync(folder, copy, { recursive: true })
  return copy
}

/** Runs the command line in this process. */
export async function say(cwd: string, argv: readonly string[], options: { readonly env?: Record<string, string>; readonly terminal?: Partial<Terminal> } = {}): Promise<Said> {
  let out = ''
  let err = ''
  const exit = await main(argv, {
    out: text => void (out += text),
    err: text => void (err += text),
    outIsTerminal: false,
    errIsTerminal: false,
    inIsTerminal: false,
    columns: 100,
    cwd,
    env: options.env ?? {},
    signal: new AbortController().signal,
    elapsed: () => performance.now(),
    ...options.terminal
  })
  let json: any
  try {
    json = JSON.parse(out)
  } catch {
    json = undefined
  }
  return { exit, out, err, json }
}
