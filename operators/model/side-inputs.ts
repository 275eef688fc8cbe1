/** Ids of the inputs of a run that are no files of its input folder; no file there is called so. */

/** The file of decisions. */
export const DECISIONS_INPUT = 'hotpass:decisions'
/** The registry of the run before; empty for the first. */
export const REGISTRY_INPUT = 'hotpass:registry'
