/** Reads an expectation suite of Great Expectations: its JSON, of version 0.18 or 1. */
import type { JsonObject } from '../../../kernel/types.ts'
import { fieldsOf } from '../../expect/rules.ts'
import type { Expectation } from '../../../schemas/generated/profile.ts'
import type { ReadContract } from '../../model/contract.ts'
import { blocksIn, createUnread, plainField, readContract, refuse, slugOf, textIn } from '../reading.ts'
import { readExpectation } from './expectation.ts'

/** The fields are the columns that the expectations name; a suite types none. Throws E_CONTRACT. */
export function readSuite(document: JsonObject): ReadContract {
  const unread = createUnread()
  const title = textIn(document, 'expectation_suite_name', '') || textIn(document, 'name', '')
  const given = blocksIn(document, 'expectations', '')
  if (given.length === 0) refuse('the suite holds no expectation')
  const origins = new Map<Expectation, string>()
  const expectations = given.flatMap((each, at) => {
    const read = readExpectation(each, `expectations[${at}]`, unread)
    if (read === null) return []
    origins.set(read, `expectations[${at}]`)
    return [read]
  })
  const names = [...new Set(expectations.flatMap(fieldsOf))]
  unread.rest('', document, ['expectation_suite_name', 'name', 'expectations', 'ge_cloud_id', 'id', 'meta', 'notes', 'suite_parameters', 'evaluation_parameters', 'data_asset_type'])
  for (const key of ['suite_parameters', 'evaluation_parameters']) if (document[key] !== undefined && document[key] !== null && Object.keys(document[key] as object).length > 0) unread.add(key, 'parameters have no counterpart')
  const read = readContract({
    name: slugOf(title),
    title: title === '' ? 'Expectation suite' : title,
    tables: [{ group: '', name: 'row', description: '', fields: names.map(name => plainField(name, 'text')), expectations }]
  }, unread)
  return { ...read, origins }
}
