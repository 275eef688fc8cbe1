/** What every normaliser is: the one interface, and the frame that they share. */
import { KIND, type Kind } from '../../kernel/artifact/table.ts'
import type { SemanticType } from '../../schemas/generated/profile.ts'
import { cleanText, isClean } from './clean.ts'
import { isNullToken } from './null-tokens.ts'
import { REASONS, type ReasonCode, type RuleCode } from './rules.ts'

/** What a normaliser knows besides the value. Made by `optionsFor` from a field and the config. */
export interface NormaliseOptions {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** null: an ambiguous date is refused. */
  readonly date_order: 'day-first' | 'month-first' | 'year-first' | null
  /** Whether the order is what other dates of the column show, rather than what the profile says. */
  readonly date_order_shown: boolean
  readonly date_system: 1900 | 1904
  readonly decimal: 'auto' | 'point' | 'comma'
  /** Whether the field keeps several values. */
  readonly multiple: boolean
  /** More words for "no value", lower-case. */
  readonly null_tokens: ReadonlySet<string>
  /** Words that are values after all, lower-case. */
  readonly keep_tokens: ReadonlySet<string>
  /** Categories: folded spelling to value; null when the profile lists none. */
  readonly values: ReadonlyMap<string, string> | null
  /** Booleans: folded words that mean true besides the usual ones: the field's own name, as in a column `Invalid`. */
  readonly affirmative: ReadonlySet<string>
}

export interface ValueIssue {
  readonly reason: ReasonCode
  /** `error`: the value was refused; `info`: it was set aside. Either way it is not among the items. */
  readonly severity: 'error' | 'info'
  /** The text that left the cell, as it stood there. */
  readonly value: string
  /** For people; holds nothing of the value. */
  readonly detail: string
}

/** A value that belongs in a field of another type. */
export interface Misplaced {
  readonly type: SemanticType
  readonly value: string
  readonly reason: ReasonCode
}

/** By-products of a value. */
export interface Extra {
  /** Role of the first person. */
  readonly role?: string
  readonly misplaced?: readonly Misplaced[]
  /** Items that no lookup knows. */
  readonly unknown?: readonly string[]
}

export interface Outcome {
  /** The values, distinct, in order; usually none or one. */
  readonly items: readonly string[]
  /** What changed it; empty when the one item equals the raw text. */
  readonly rules: readonly RuleCode[]
  readonly issues: readonly ValueIssue[]
  readonly extra: Extra | null
}

/** Normalises one value. Pure; `f(f(x)) = f(x)` for every item. */
export type Normaliser = (raw: string, kind: Kind, options: NormaliseOptions) => Outcome

type Core = (text: string, draft: Draft) => void

const MAX_ROUNDS = 6
/** Characters. Patterns look at such a value more than once; prose and codes pass through one pattern and have no limit. */
const LONGEST = 4000
const UNLIMITED: ReadonlySet<SemanticType> = new Set(['text', 'category', 'identifier'])
const NONE: readonly never[] = []
const NULL_OUTCOME: Outcome = { items: NONE, rules: ['NULL_TOKEN'], issues: NONE, extra: null }
const BLANK_OUTCOME: Outcome = { items: NONE, rules: ['SPACING'], issues: NONE, extra: null }
const EMPTY_OUTCOME: Outcome = { items: NONE, rules: NONE, issues: NONE, extra: null }

/** Collects the outcome of one value, and is it in the end. Lists are shared and empty until something is added. */
export class Draft implements Outcome {
  readonly raw: string
  readonly kind: Kind
  readonly options: NormaliseOptions
  items: string[] = NONE as readonly string[] as string[]
  rules: RuleCode[] = NONE as readonly RuleCode[] as RuleCode[]
  issues: ValueIssue[] = NONE as readonly ValueIssue[] as ValueIssue[]
  role: string | null = null
  misplaced: Misplaced[] | null = null
  unknown: string[] | null = null
  /** Whether the items are known to stay as they are when they are looked at again. */
  isFinal = false

  constructor(raw: string, kind: Kind, options: NormaliseOptions) {
    this.raw = raw
    this.kind = kind
    this.options = options
  }

  /** Adds a value, once. */
  add(item: string): void {
    if (this.items.length === 0) this.items = [item]
    else if (this.items.includes(item)) this.rule('DUPLICATE_ITEM')
    else this.items.push(item)
  }

  /** Notes what was done, once. */
  rule(code: RuleCode): void {
    if (this.rules.length === 0) this.rules = [code]
    else if (!this.rules.includes(code)) this.rules.push(code)
  }

  /** Refuses a part of the cell, by default all of it. */
  fail(reason: ReasonCode, value = this.raw, detail: string = REASONS[reason]): void {
    this.issues = [...this.issues, { reason, severity: 'error', value, detail }]
  }

  /** Sets a part of the cell aside that is no error. */
  aside(reason: ReasonCode, value: string, detail: string = REASONS[reason]): void {
    this.issues = [...this.issues, { reason, severity: 'info', value, detail }]
  }

  /** Hands a part of the cell to a field of another type. */
  move(type: SemanticType, value: string, reason: ReasonCode): void {
    this.rule('MOVED_OUT')
    ;(this.misplaced ??= []).push({ type, value, reason })
  }

  /** Takes over what another look at an item found, its items excepted. */
  absorb(again: Draft): void {
    for (const rule of again.rules) this.rule(rule)
    this.issues = [...this.issues, ...again.issues]
    if (again.role !== null) {
      if (this.role === null) this.role = again.role
      else if (this.role !== again.role) this.aside('ROLE_SET_ASIDE', again.role)
    }
    if (again.misplaced !== null) this.misplaced = [...(this.misplaced ?? []), ...again.misplaced]
  }

  get extra(): Extra | null {
    if (this.role === null && this.misplaced === null && this.unknown === null) return null
    return {
      ...(this.role === null ? {} : { role: this.role }),
      ...(this.misplaced === null ? {} : { misplaced: this.misplaced }),
      ...(this.unknown === null ? {} : { unknown: this.unknown })
    }
  }
}

/**
 * A normaliser of this type from its core. The core is given cleaned text that is neither empty nor a null token
 * (line breaks as `\n`) and fills the draft.
 */
export function createNormaliser(type: SemanticType, core: Core): Normaliser {
  return (raw, kind, options) => {
    if (kind === KIND.error) {
      const issues: readonly ValueIssue[] = raw === '#N/A' ? NONE : [{ reason: 'CELL_ERROR', severity: 'info', value: raw, detail: REASONS.CELL_ERROR }]
      return { items: NONE, rules: ['CELL_ERROR'], issues, extra: null }
    }
    const draft = new Draft(raw, kind, options)
    let text = raw
    if (!isClean(raw)) {
      draft.rules = []
      text = cleanText(raw, draft.rules)
    }
    if (text === '') return raw === '' ? EMPTY_OUTCOME : BLANK_OUTCOME
    if (isNullToken(type, text, options.null_tokens, options.keep_tokens)) return NULL_OUTCOME
    if (text.length > LONGEST && !UNLIMITED.has(type)) {
      draft.fail('VALUE_TOO_LONG')
      return draft
    }
    core(text, draft)
    if (draft.items.length === 1 && draft.items[0] === text) {
      if (text === raw && draft.rules.length > 0 && draft.issues.length === 0 && draft.extra === null) draft.rules = draft.rules.filter(isMark)
    } else if (draft.items.length > 0) settle(type, core, draft)
    return draft
  }
}

/** Rules that say what a value is rather than what was done to it. */
function isMark(rule: RuleCode): boolean {
  return rule === 'SOCIAL_PAGE' || rule === 'AGGREGATOR_PAGE'
}

/**
 * Runs the core on its own results until they stay: signs taken off a value may lay bare other signs, and an item on its own
 * may turn out to be no value. Nearly always the first look finds nothing to do.
 */
function settle(type: SemanticType, core: Core, draft: Draft): void {
  const { null_tokens, keep_tokens } = draft.options
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const items = draft.items
    let stable = true
    draft.items = NONE as readonly string[] as string[]
    for (const item of items) {
      if (isNullToken(type, item, null_tokens, keep_tokens)) {
        draft.rule('NULL_TOKEN')
        continue
      }
      if (draft.isFinal) {
        draft.add(item)
        continue
      }
      const again = new Draft(item, KIND.text, draft.options)
      const text = isClean(item) ? item : cleanText(item, (again.rules = []))
      if (text !== '') core(text, again)
      for (const each of again.items) draft.add(each)
      if (again.items.length === 1 && again.items[0] === item && again.issues.length === 0 && again.role === null && again.misplaced === null) continue
      stable = false
      draft.absorb(again)
    }
    if (stable) return
  }
}
