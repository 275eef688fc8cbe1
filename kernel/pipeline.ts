/** A pipeline: which operators run on what. It is planned from the inputs and the config, purely. */
import type { ArtifactRef, JsonObject } from './types.ts'

/** Where a step's input comes from: a file of the run, or an output slot of an earlier step. */
export type StepInput = { readonly input: string } | { readonly step: string; readonly slot: string }

export interface Step {
  /** Unique in the plan, stable from run to run: `read:Contacts.xlsx`, `merge`. */
  readonly id: string
  /** Operator id, without the version. */
  readonly operator: string
  readonly inputs: { readonly [slot: string]: readonly StepInput[] }
}

export interface Plan {
  /** In an order in which every step follows those that it reads from. */
  readonly steps: readonly Step[]
  /** `files` artifacts to publish, in order. */
  readonly publish: readonly { readonly step: string; readonly slot: string }[]
  /** The output slot that `explain`, `diff` and `query` read as the finished dataset. */
  readonly dataset: { readonly step: string; readonly slot: string }
}

export interface Pipeline {
  readonly id: string
  readonly version: string
  /** Inputs are sorted by id; their ids are paths relative to the input folder, with `/`. */
  plan(inputs: readonly ArtifactRef[], config: JsonObject): Plan
  /** Counts for the run's record and the footer, from the finished dataset. Pure. */
  summarise?(dataset: any): JsonObject
}
