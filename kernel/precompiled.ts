/** Validators that the build has compiled. Apart from the schema checker, whose compiler takes long to load and is then not needed. */
import type { ValidateFunction } from 'ajv/dist/2020.js'

let load: () => ReadonlyMap<string, ValidateFunction> = () => new Map()
let loaded: ReadonlyMap<string, ValidateFunction> | undefined

/** Says how to load the validators, by schema `$id`: compiling takes a fifth of a second at every start. */
export function providePrecompiled(loader: () => ReadonlyMap<string, ValidateFunction>): void {
  load = loader
  loaded = undefined
}

/** Loaded when the first is needed. */
export function precompiled(): ReadonlyMap<string, ValidateFunction> {
  return (loaded ??= load())
}
