/**
 * Finds values that try to give an agent instructions. Values from files are data whatever they say; this only tells
 * whoever reads the answer, or the audit log, where somebody has tried.
 */
import type { Json, JsonObject } from '../../../kernel/types.ts'

export type Attempt = 'instruction' | 'role' | 'validation' | 'secrets' | 'policy' | 'tool'

/** A value that tries, and where it stands in the result. */
export interface Flag {
  /** RFC 6901. */
  readonly pointer: string
  readonly attempt: Attempt
  /** File, sheet and cell, as far as the result or the store tell. */
  readonly place: JsonObject
}

const MOST_FLAGS = 100
/** Signs that show nothing and only split words, and letters of other scripts that look like Latin ones. */
const INVISIBLE = /\u034f|[\ufe00-\ufe0f]|[\u00ad\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu
const TAGS = /[\u{e0020}-\u{e007e}]/gu
const LOOKALIKES: ReadonlyMap<string, string> = new Map([...'аеорсухіјѕԁһոɡｌ'].map((letter, at) => [letter, 'aeopcyxijsdhngl'[at]!]))
const LOOKALIKE = new RegExp(`[${[...LOOKALIKES.keys()].join('')}]`, 'gu')

const ATTEMPTS: readonly (readonly [attempt: Attempt, pattern: RegExp])[] = [
  ['instruction', /\b(ignore|disregard|forget|override|overrule|do not follow|don't follow)\b.{0,60}\b(instruction|rule|prompt|guideline|direction|context|message|previous|prior|above|earlier|safeguard)/],
  ['instruction', /\b(new|updated|real|actual|important|hidden|secret) (system )?(instruction|order|task|directive)s?\b.{0,20}(:|\bare\b|\bfollow)/],
  ['instruction', /\b(do not|don't|never) (tell|inform|alert|mention|show)\b.{0,30}\b(user|human|operator|person|anyone)/],
  ['instruction', /\b(ignorier\w*|vergiss|missachte\w*)\b.{0,60}\b(anweisung|regel|vorherig|vorig)|\b(ignora|olvida|ignorez|oubliez|ignore)\b.{0,60}\b(instrucc|instruc|anterior|precedent|précédent)|\bignor(a|e|eer)\b.{0,60}\b(istruzion|instructies|vorige)/],
  ['role', /<\s*\/?\s*(system|assistant|developer|user|instructions?|tool_call|function_calls?)\b[^>]{0,40}>|<\|[a-z_ ]{2,20}\|>|\[\/?inst\]|###\s*(system|instruction|assistant)/],
  ['role', /(^|[\n.;:"'([] ?)(system|assistant|developer)( prompt| message)?\s*:\s*\S|\byou are (now|no longer)\b|\b(act|behave|respond) as (if you|an? (admin|root|unrestricted|different))|\b(system|developer) prompt\b|\b(jailbreak|developer mode|dan mode)\b/],
  ['validation', /\b(disable|deactivate|turn off|switch off|skip|bypass|suppress|remove|stop)\b.{0,40}\b(validation|validat\w+|check|checks|gate|gates|quarantine|masking|mask|audit|log|logging|verification|safety|guard\w*|filter|approval)s?\b/],
  ['secrets', /\b(reveal|print|show|send|e?mail|upload|post|leak|exfiltrate|return|output|give|list|dump|read|share)\b.{0,60}\b(passwords?|secrets?|api[ _-]?keys?|access[ _-]?tokens?|tokens?|credentials?|private keys?|ssh keys?|environment variables?|env vars?|\.env|\/etc\/(passwd|shadow)|id_rsa)\b/],
  ['policy', /\b(allow|grant|give|widen|extend|change|edit|update|set|add|relax|loosen|approve)\b.{0,50}\b(mcp\.policy|policy|policies|permissions?|access|all tools|write access|allow_network|network access|approvals?)\b|\bmcp approve\b|\bmcp\.policy\b|\bunmask\b|--reveal\b|\breveal\s*[=:]\s*true/],
  ['tool', /\b(call|invoke|use|run|execute)\b.{0,30}\b(the |this )?(tool|function|command|shell|bash|script|hotpass\.[a-z])|\b(curl|wget)\s+(-\w+\s+)*https?:|\brm\s+-rf\b|\bpowershell\b.{0,20}-/]
]

/** A value as it would be read: composed, in small letters, without what cannot be seen. */
function readable(text: string): string {
  return text
    .replace(TAGS, tag => String.fromCodePoint(tag.codePointAt(0)! - 0xe0000))
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .toLowerCase()
    .replace(LOOKALIKE, letter => LOOKALIKES.get(letter)!)
    .replace(/[\s_]+/g, ' ')
    .slice(0, 40_000)
}

/** What a value tries, if anything. */
export function attemptIn(text: string): Attempt | undefined {
  if (text.length < 8) return undefined
  const read = readable(text)
  return ATTEMPTS.find(([, pattern]) => pattern.test(read))?.[0]
}

/** The nearest file, sheet and cell that the objects around a value name. */
function placeIn(around: readonly JsonObject[]): JsonObject {
  const place: Record<string, Json> = {}
  for (const block of [...around].reverse()) {
    for (const key of ['file', 'sheet', 'cell', 'row', 'column']) {
      const value = block[key]
      if (place[key] === undefined && (typeof value === 'string' || typeof value === 'number')) place[key] = value
    }
    // A header is told by the letter of its column and the row of the table's header.
    if (place['cell'] === undefined && typeof block['letter'] === 'string') place['column'] = block['letter']
    const header = block['header_rows']
    if (place['cell'] === undefined && Array.isArray(header) && typeof header[0] === 'number' && typeof place['column'] === 'string') place['cell'] = `${place['column']}${header[0]}`
    if (place['sheet'] !== undefined && place['file'] !== undefined) break
  }
  return place
}

const escape = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

/** Every value of a result that tries to give instructions, at most a hundred. What the product itself says is passed over by key. */
export function flagsIn(result: Json, ownKeys: ReadonlySet<string>): readonly Flag[] {
  const flags: Flag[] = []
  const seen = new Map<string, Attempt | undefined>()
  function walk(value: Json, pointer: string, around: readonly JsonObject[]): void {
    if (flags.length >= MOST_FLAGS) return
    if (typeof value === 'string') {
      if (!seen.has(value)) seen.set(value, attemptIn(value))
      const attempt = seen.get(value)
      if (attempt !== undefined) flags.push({ pointer, attempt, place: placeIn(around) })
    } else if (Array.isArray(value)) value.forEach((item, at) => walk(item, `${pointer}/${at}`, around))
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) if (!ownKeys.has(key)) walk(inner as Json, `${pointer}/${escape(key)}`, [...around, value as JsonObject])
    }
  }
  walk(result, '', [])
  return flags
}
