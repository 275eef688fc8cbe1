import t from 'tap'
import { assertContractsHold } from './holds.case.ts'

t.test('every contract holds on the largest dataset, and where the fields are inferred', async t => {
  await assertContractsHold(t, { name: 'aviation', profile: 'aviation', data: 'aviation/data' })
  await assertContractsHold(t, { name: 'supplies without a profile', profile: 'generic', data: 'supplies/data' })
})
