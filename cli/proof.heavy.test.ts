/** The promises, tried on everything that the largest fixture holds. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from './package-root.ts'
import { provePromises } from './proof.case.ts'

provePromises({ name: 'aviation', file: 'Regulator Register.xlsx', other: readFileSync(join(packageRoot(), 'fixtures/quickstart/data/Members.xlsx')), address: 'address_primary' })
