/**
 * What passes between the linkage operators. Record linkage after I. Fellegi and A. Sunter, "A Theory for Record
 * Linkage", 1969; terms as in the documentation of Splink.
 *
 *   tables → link-records ─► block ─► link-plan ─► compare (by part) ─► link-pairs ─► estimate ─► link-model
 *                 └───────────────────────┴───────────────────────────────┴─► score ─► link-scores ─► cluster ─► link-clusters
 *                                                             link-decisions, link-registry ────────────┘
 *
 * Record references are 1 + index into table `records`, 0 for none. Weights are logarithms to base 2 of likelihood
 * ratios, as whole thousandths of a bit ("millibits"); probabilities are whole millionths. Both are rounded once, before
 * anything is compared, so that no order of summation shows.
 */
import type { Digest, JsonObject } from '../../kernel/types.ts'

/** How a field is compared; chosen by its semantic type. */
export type LinkType = 'given-name' | 'family-name' | 'person-name' | 'organisation-name' | 'email' | 'phone' | 'url' | 'date' | 'address' | 'identifier' | 'number' | 'category' | 'title' | 'text' | 'word'

export interface LinkField {
  readonly name: string
  /** `ignored`: no evidence: an id, a source, a column that the profile leaves out, or one without two different values. */
  readonly type: LinkType | 'ignored'
  /** What its one value would be taken for, where it has one. */
  readonly likely?: LinkType
  readonly origin: 'declared' | 'inferred'
  /** For people: why this type. */
  readonly reason: string
  /** Non-empty cells and distinct values. */
  readonly filled: number
  readonly distinct: number
  /** The profile says how it is compared: it is evidence even where it repeats another. */
  readonly named?: true
}

/**
 * Kind `link-records`. Table `records`: one row per record, in the order of a hash of what it says. Column `#id` (unique text) and
 * column `#source` ('' where there is one source only); then every column of the file under its own name, as it was
 * written. Integer `row`: the row that the spreadsheet shows. Integer `copy_of`: 1 + the first record that says the very same and
 * enough to be one thing, or 0 (left out: none).
 */
export interface LinkRecordsMeta {
  readonly id_field: string
  readonly source_field: string
  /** Never compare records of one source. */
  readonly link_only: boolean
  readonly fields: readonly LinkField[]
}

/** A way to find candidate pairs: records that share one value of its key. */
export interface BlockingRule {
  /** `surname + dob`, `rare token of title`, `4-grams of name`: unique in the plan. */
  readonly name: string
  readonly kind: 'value' | 'token' | 'qgram'
  readonly fields: readonly string[]
  /** Records in the largest block that is looked at. */
  readonly limit: number
  /** Pairs that it makes by itself, before those of other rules are taken out. */
  readonly estimated_pairs: number
  readonly used: boolean
  /** For people: why it is used or not. */
  readonly reason: string
  /** Blocks that are left out because they are larger than the limit, and the pairs in them. */
  readonly blocks_left_out: number
  readonly pairs_left_out: number
}

export interface ComparisonLevel {
  readonly label: string
  /** Share of pairs with this level among matches and among others, nine decimals; among pairs where both values are known. */
  readonly m: number
  readonly u: number
  /** Millibits. */
  readonly weight: number
}

export interface Comparison {
  readonly name: string
  readonly fields: readonly string[]
  readonly type: LinkType
  /** Level 0 is "unknown" (one side is empty) and weighs nothing; `levels[level - 1]` is the level's entry, best first. */
  readonly levels: readonly ComparisonLevel[]
  /** Agreement on a rare value weighs more than on a frequent one. */
  readonly term_frequency: boolean
}

/** What the profile says of the levels of a comparison, instead of what would be estimated: shares best level first. */
export interface FixedLevels {
  readonly m?: readonly number[]
  readonly u?: readonly number[]
  readonly term_frequency?: boolean
}

export interface PlannedComparison extends Pick<Comparison, 'name' | 'fields' | 'type' | 'term_frequency'> {
  readonly fixed?: FixedLevels
}

/** Kind `link-plan` (JSON): what will be compared, and how candidates are found. Written out by `--explain-plan`. */
export interface LinkPlan {
  readonly comparisons: readonly PlannedComparison[]
  readonly rules: readonly BlockingRule[]
  /** Pairs that may be made altogether. */
  readonly budget: number
  readonly records: number
  /** Records that equal another one in every compared field are looked at once. */
  readonly distinct_records: number
  readonly possible_pairs: number
}

/**
 * Kind `link-pairs`: one part of the candidate pairs. Table `pairs`: integers `a` < `b`, `rule` (1 + index in the plan:
 * the first that found it; 0 = the records are equal in every compared field, or copies), `pattern` (1 + index in table
 * `patterns`). Sorted by `a`, then `b`, but for rule 0, which comes last. Table `patterns`: one integer column per
 * comparison, its level. Table `sample` (part 1): patterns of pairs that came together by chance: `#pairs` of them, of which
 * `#apart` are found by no rule.
 */
export interface LinkPairsMeta {
  readonly part: number
  readonly parts: number
}

/** Kind `link-model` (JSON). */
export interface LinkModel {
  readonly comparisons: readonly Comparison[]
  /** Comparisons `x` < `y` that agree together among different things, by their levels - 1: millibits, never more than 0. */
  readonly together: readonly { readonly x: number; readonly y: number; readonly weights: readonly (readonly number[])[] }[]
  /** Share of the candidate pairs that match, nine decimals, and the weight of that in millibits: where every pair begins. */
  readonly lambda: number
  readonly prior: number
  readonly iterations: number
  readonly converged: boolean
  /** By weight, in steps of 1000 millibits: pairs compared, and how many of them are expected to match. Before rare values are weighed. */
  readonly histogram: readonly { readonly from: number; readonly pairs: number; readonly expected: number }[]
  /** Different comparison patterns, and pairs compared. */
  readonly patterns: number
  readonly pairs: number
  readonly plan: LinkPlan
}

/**
 * Kind `link-scores`. Table `pairs`: every candidate pair at or above the floor, without copies; integers `a` < `b`, `rule`, one column
 * per comparison by its name with the level, `weight` (WEIGHT_ZERO + millibits, prior included), `probability` (millionths).
 * Sorted by `a`, then `b`.
 */
export interface LinkScoresMeta {
  readonly model: LinkModel
  readonly floor: number
}

/** Integers of a table have no sign: a weight is stored as WEIGHT_ZERO + millibits. */
export const WEIGHT_ZERO = 1_000_000

/** One decision of a person. Record ids as in column `#id`. */
export interface LinkDecision {
  readonly decision: 'must-link' | 'cannot-link'
  readonly a: string
  readonly b: string
  readonly by: string
  /** RFC 3339. */
  readonly at: string
  readonly reason: string
  /** What was seen when it was decided. */
  readonly evidence?: JsonObject
  /** Line of the file, from 1. */
  readonly line: number
}

/** Kind `link-decisions` (JSON): the decisions of one file, in its order. */
export interface LinkDecisions {
  readonly file: string
  readonly decisions: readonly LinkDecision[]
}

/** What a pair was to the clusters. */
export type EdgeRole = 'match' | 'review' | 'must-link' | 'cannot-link' | 'split' | 'not-first'

/**
 * Kind `link-clusters`.
 * - table `clusters`: one row per record, integer `cluster` (1-based, by first record).
 * - table `edges`: every pair at or above the review threshold, and those that a decision names; integers `a` < `b`,
 *   `weight`, `probability`; column `role`: `match` (holds a cluster together), `review` (in the band: merged by nobody),
 *   `must-link`, `cannot-link`, `split` (strong, but the cluster was taken apart there), `not-first` (one-to-one
 *   linkage: a better partner was there). Sorted by `a`, then `b`.
 */
export interface LinkClustersMeta {
  readonly clusters: number
  readonly thresholds: { readonly match: number; readonly review: number }
  readonly counts: { readonly [role in EdgeRole]: number }
  /** Clusters that were taken apart at weak bridges: records before, clusters after. */
  readonly splits: readonly { readonly records: number; readonly into: number }[]
  /** Decisions that contradict each other, by file and line. */
  readonly conflicts: readonly { readonly file: string; readonly line: number; readonly against: readonly { readonly file: string; readonly line: number }[] }[]
}

/** Kind `link-registry` (JSON): which entity each record belonged to in an earlier run. */
export interface LinkRegistry {
  readonly entities: readonly { readonly id: string; readonly records: readonly string[] }[]
  readonly run: Digest | null
}
