/**
 * Reads a configuration file or profile: YAML 1.2, TOML or strict JSON. Nothing that can run code, grow
 * without limit or mean two things is accepted: no aliases, tags, duplicate keys, dates, NaN or nesting
 * deeper than 64; at most 1 MiB.
 */
import { readFileSync, statSync } from 'node:fs'
import { extname } from 'node:path'
import type { Pair } from 'yaml'
import { HotpassError, type ErrorCode } from '../../kernel/error.ts'
import type { Path } from '../../kernel/config/types.ts'
import type { Json, JsonObject } from '../../kernel/types.ts'

/** Endings that are read, with their format. */
export const FORMATS: ReadonlyMap<string, 'yaml' | 'json' | 'toml'> = new Map([
  ['.yaml', 'yaml'],
  ['.yml', 'yaml'],
  ['.json', 'json'],
  ['.toml', 'toml']
])

/** Endings of data, which no contract has. */
const DATA = /\.(?:csv|tsv|jsonl|ndjson|parquet|xls[xmb]?|ods)$/i

const MAX_BYTES = 1_048_576
const MAX_DEPTH = 64
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

export interface ConfigFile {
  /** As shown to people. */
  readonly file: string
  readonly value: JsonObject
  /** Line of a value, from 1, when the format tells. */
  lineOf(path: Path): number | undefined
}

/** What kind of file it is, which decides the error code: a fault in a profile is E_PROFILE. */
export type Role = 'config' | 'profile' | 'contract'

function codeOf(role: Role): ErrorCode {
  return role === 'profile' ? 'E_PROFILE' : role === 'contract' ? 'E_CONTRACT' : 'E_CONFIG'
}

/** Reads and parses a file. Throws E_CONFIG or E_PROFILE with the file and, where known, the line. */
export async function readConfigFile(path: string, shown: string, role: Role): Promise<ConfigFile> {
  const code = codeOf(role)
  const named = FORMATS.get(extname(path).toLowerCase())
  if (named === undefined && (role !== 'contract' || DATA.test(path))) throw new HotpassError(code, `${shown} is not a ${role} file`, { place: { file: shown }, hint: 'use a .yaml, .toml or .json file' })
  let text: string
  try {
    const facts = statSync(path)
    if (!facts.isFile()) throw new HotpassError(code, `${shown} is not a file`, { place: { file: shown } })
    if (facts.size > MAX_BYTES) throw new HotpassError(code, `${shown} is larger than 1 MiB`, { place: { file: shown }, hint: `a ${role} file is a few kilobytes; is this the right one?` })
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch (cause) {
    if (cause instanceof HotpassError) throw cause
    const reason = (cause as NodeJS.ErrnoException).code
    const refused = reason === 'EACCES' || reason === 'EPERM'
    const says = reason === 'ENOENT' ? 'does not exist' : refused ? 'may not be read' : reason === 'ELOOP' ? 'is a symlink loop' : reason === undefined || reason.startsWith('ERR_') ? 'is not UTF-8 text' : `cannot be read (${reason})`
    throw new HotpassError(code, `${shown} ${says}`, { place: { file: shown }, cause, hint: refused ? 'give yourself the right to read it' : says === 'is not UTF-8 text' ? 'save it as UTF-8' : '' })
  }
  return parseConfig(text, shown, named ?? formatOf(text), role)
}

/** The format of a text that no ending tells: contracts of others have endings such as `.odcs`. */
function formatOf(text: string): 'yaml' | 'json' | 'toml' {
  const first = text.replace(/^\ufeff/, '').split('\n').find(line => /^\s*[^#\s]/.test(line)) ?? ''
  if (/^\s*\{/.test(first)) return 'json'
  return /^\s*(?:[\w."-]+\s*=|\[.*\]\s*$)/.test(first) ? 'toml' : 'yaml'
}

/** Parses the text of a file. Throws E_CONFIG or E_PROFILE. */
export async function parseConfig(text: string, shown: string, format: 'yaml' | 'json' | 'toml', role: Role): Promise<ConfigFile> {
  const code = codeOf(role)
  const fail = (message: string, line?: number, hint = ''): never => {
    throw new HotpassError(code, `${shown}: ${message}`, { place: line === undefined ? { file: shown } : { file: shown, line }, hint })
  }
  if (text.includes('\0')) fail('holds a NUL character', text.slice(0, text.indexOf('\0')).split('\n').length)
  const deep = tooDeep(text)
  if (deep !== undefined) fail(`is nested deeper than ${MAX_DEPTH}`, deep)
  const read = format === 'toml' ? await parseToml(text, fail) : await parseYaml(text, format, fail)
  assertConfigValue(read.value, [], path => fail(`${path.message}`, read.lineOf(path.at)))
  if (read.value === null || typeof read.value !== 'object' || Array.isArray(read.value)) fail('is not a mapping of keys to values', 1)
  return { file: shown, value: read.value as JsonObject, lineOf: read.lineOf }
}

interface Read {
  readonly value: Json
  lineOf(path: Path): number | undefined
}
type Fail = (message: string, line?: number, hint?: string) => never

/**
 * The line at which brackets, or `- - -` on one line, nest deeper than allowed. Checked before parsing,
 * because the YAML parser needs seconds to refuse a hundred thousand brackets.
 */
function tooDeep(text: string): number | undefined {
  let depth = 0
  let line = 1
  let dashes = 0
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!
    if (sign === '\n') {
      line++
      dashes = 0
      continue
    }
    if (quote !== '') {
      if (sign === '\\' && quote === '"') at++
      else if (sign === quote) quote = ''
      continue
    }
    const before = at === 0 ? '\n' : text[at - 1]!
    if ((sign === '"' || sign === "'") && /[\s[{,:=]/.test(before)) quote = sign
    else if (sign === '#' && /\s/.test(before)) {
      const end = text.indexOf('\n', at)
      if (end === -1) return undefined
      at = end - 1
    } else if (sign === '[' || sign === '{') depth++
    else if (sign === ']' || sign === '}') depth = Math.max(0, depth - 1)
    else if ((sign === '-' || sign === '?') && text[at + 1] === ' ') dashes++
    if (depth > MAX_DEPTH || dashes > MAX_DEPTH) return line
  }
  return undefined
}

async function parseYaml(text: string, format: 'yaml' | 'json', fail: Fail): Promise<Read> {
  const { LineCounter, parseDocument, visit, isCollection, isMap } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, schema: 'core', version: '1.2', strict: true, uniqueKeys: false, stringKeys: true, prettyErrors: false, logLevel: 'error' })
  const lineAt = (offset: number | undefined): number | undefined => (offset === undefined ? undefined : lines.linePos(offset).line)
  const fault = document.errors[0] ?? document.warnings[0]
  if (fault !== undefined) fail(unclosed(fault.code, fault.message) ?? FAULTS.get(fault.code) ?? `is not valid ${format.toUpperCase()}`, lineAt(fault.pos[0]))
  const assertPlain = (node: unknown): void => {
    const { anchor, tag, range } = node as { anchor?: string; tag?: string; range?: readonly number[] }
    if (anchor !== undefined) fail('anchors (&name) are not accepted', lineAt(range?.[0]), 'write the value out where it is used')
    if (tag !== undefined) fail('tags (!name) are not accepted', lineAt(range?.[0]))
  }
  visit(document, {
    // The package's own check compares every key with every other. A mapping is shown to this alone, not to Node.
    Map: (_key, map) => {
      assertPlain(map)
      const { items } = map
      const keys = new Set<unknown>()
      for (const { key } of items) {
        const { value, range } = key as { value?: unknown; range?: readonly number[] }
        if (keys.has(value)) fail('a key is given twice', lineAt(range?.[0]), 'keep one of the two')
        keys.add(value)
      }
    },
    Alias: (_key, node) => fail('aliases (*name) are not accepted', lineAt(node.range?.[0]), 'write the value out'),
    Node: (_key, node) => assertPlain(node)
  })
  let value: Json
  if (format === 'json') {
    try {
      value = JSON.parse(text) as Json
    } catch {
      fail('is not valid JSON')
    }
  } else value = (document.toJS({ maxAliasCount: 0 }) ?? {}) as Json
  /** Pairs of a mapping by their key: a file with thousands of faults asks for the line of each. */
  const known = new WeakMap<object, ReadonlyMap<string, Pair>>()
  const pairsOf = (node: { readonly items: readonly Pair[] }): ReadonlyMap<string, Pair> => {
    const found = known.get(node) ?? new Map(node.items.map(item => [String((item.key as { value?: unknown } | null)?.value), item]))
    known.set(node, found)
    return found
  }
  return {
    value: value!,
    lineOf(path) {
      let node: unknown = document.contents
      let found: number | undefined
      for (const key of path) {
        if (!isCollection(node)) break
        const pair = isMap(node) ? pairsOf(node).get(String(key)) : undefined
        const range = (pair?.key as { range?: readonly number[] } | undefined)?.range ?? (node.get(Number(key), true) as { range?: readonly number[] } | undefined)?.range
        if (range === undefined) break
        found = lineAt(range[0])
        node = pair === undefined ? node.get(Number(key), true) : pair.value
      }
      return found
    }
  }
}

/** What is open at a fault: the parser tells it in words only, and calls a bracket without its end a wrong indentation. */
function unclosed(code: string, message: string): string | undefined {
  const bracket = code === 'BAD_INDENT' ? /end with a ([\]}])$/.exec(message)?.[1] : undefined
  if (bracket !== undefined) return `a ${bracket === ']' ? '[' : '{'} is not closed with ${bracket} before this line, or its lines are not indented`
  return code === 'MISSING_CHAR' && message.includes('closing') ? 'a quote is not closed' : undefined
}

const FAULTS: ReadonlyMap<string, string> = new Map([
  ['BAD_INDENT', 'the indentation is wrong'],
  ['TAB_AS_INDENT', 'tabs are not allowed as indentation'],
  ['MULTIPLE_DOCS', 'holds several documents'],
  ['BAD_ALIAS', 'aliases (*name) are not accepted'],
  ['TAG_RESOLVE_FAILED', 'tags (!name) are not accepted'],
  ['NON_STRING_KEY', 'a key is not text']
])

async function parseToml(text: string, fail: Fail): Promise<Read> {
  const { parse, TomlError } = await import('smol-toml')
  try {
    return { value: parse(text, { maxDepth: MAX_DEPTH }) as unknown as Json, lineOf: () => undefined }
  } catch (cause) {
    return fail('is not valid TOML', cause instanceof TomlError ? cause.line : undefined)
  }
}

/** Refuses what is not plain configuration: forbidden keys, dates, numbers that are not exact, deep nesting. */
function assertConfigValue(value: unknown, path: readonly string[], refuse: (fault: { message: string; at: readonly string[] }) => void): void {
  const name = path.join('.')
  if (path.length > MAX_DEPTH) return refuse({ message: `is nested deeper than ${MAX_DEPTH}`, at: path })
  switch (typeof value) {
    case 'number':
      if (!Number.isFinite(value)) refuse({ message: `${name} is not a number`, at: path })
      else if (Number.isInteger(value) && !Number.isSafeInteger(value)) refuse({ message: `${name} has more digits than a number keeps; quote it`, at: path })
      return
    case 'string':
      if (!value.isWellFormed()) refuse({ message: `${name} holds a broken character`, at: path })
      return
    case 'boolean':
      return
    case 'object':
      if (value === null) return
      if (Array.isArray(value)) return value.forEach((item, at) => assertConfigValue(item, [...path, String(at)], refuse))
      if (value instanceof Date) return refuse({ message: `${name} is a date; quote it`, at: path })
      for (const key of Object.keys(value)) {
        if (FORBIDDEN.has(key)) refuse({ message: `the key ${[...path, key].join('.')} is not accepted`, at: [...path, key] })
        assertConfigValue((value as Record<string, unknown>)[key], [...path, key], refuse)
      }
      return
    default:
      refuse({ message: `${name} is not a plain value`, at: path })
  }
}
