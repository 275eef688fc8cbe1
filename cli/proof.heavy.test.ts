/** The promises, tried on everything that the largest fixture holds. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from './package-root.ts'
import { provePromises } from './proof.case.ts'

provePromises({ name: 'aviation', file: 'Regulator Register.xlsx', other: readFileSync(join(packageRoot(), 'fixtures/quickstart/data/Members.xlsx')), change: { module: 'operators/normalise/address.js', from: 'let line = text;', to: "let line = `${text.replace(' changed', '')} changed`;", column: 'address_primary', after: / changed$/ } })
