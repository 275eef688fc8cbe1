/** Build step: compiles the schemas to code beside the built tree. Usage: node write-validators BUILD */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import { schema as config } from '../../schemas/generated/config.ts'
import { schema as profile } from '../../schemas/generated/profile.ts'
import { schema as step } from '../../schemas/generated/run-record.ts'
import { schema as run } from '../../schemas/generated/run.ts'
import { AJV_OPTIONS } from '../schema.ts'
import { VALIDATORS_FILE } from './validators.ts'

const SCHEMAS: Readonly<Record<string, object & { readonly $id: string }>> = { config, profile, step, run }

/** Writes the validators, exported by the `$id` of their schema, to the top of the built tree. */
export function writeValidators(build: string): void {
  const ajv = new Ajv2020({ ...AJV_OPTIONS, code: { source: true } })
  for (const schema of Object.values(SCHEMAS)) ajv.addSchema(schema)
  const code = standalone.default(ajv, Object.fromEntries(Object.entries(SCHEMAS).map(([name, { $id }]) => [name, $id])))
  const names = Object.entries(SCHEMAS).map(([name, { $id }]) => `exports[${JSON.stringify($id)}] = exports.${name};`)
  writeFileSync(join(build, VALIDATORS_FILE), `${code}\n${names.join('\n')}\n`)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) writeValidators(resolve(process.argv[2] ?? 'build'))
