import t from 'tap'
import { ERRORS, EXIT, HotpassError } from './error.ts'

t.test('exit codes are public and pinned', t => {
  t.same(EXIT, { ok: 0, failed: 1, request: 2, data: 3, integrity: 4, policy: 5, interrupted: 130, terminated: 143 })
  t.same(Object.fromEntries([0, 1, 2, 3, 4, 5].map(code => [code, Object.entries(ERRORS).filter(([, exit]) => exit === code).map(([name]) => name).sort()])), {
    0: [],
    1: ['E_DISK_FULL', 'E_INPUT_EMPTY', 'E_INPUT_ENCODING', 'E_INPUT_ENCRYPTED', 'E_INPUT_LIMIT', 'E_INPUT_MISSING', 'E_INPUT_TRUNCATED', 'E_INPUT_TYPE', 'E_INPUT_UNREADABLE', 'E_INTERNAL', 'E_IO', 'E_OPERATOR', 'E_OUTPUT_UNWRITABLE', 'E_REMOTE'],
    2: ['E_CONFIG', 'E_CONTRACT', 'E_DECISIONS', 'E_NOT_BUILT', 'E_PROFILE', 'E_UNKNOWN_NAME', 'E_USAGE'],
    3: ['E_BUDGET'],
    4: ['E_ATTEMPT_DIFFERS', 'E_GOLDEN_DIFFERS', 'E_RECORD_INVALID', 'E_REPLAY_DIFFERS', 'E_STORE_DAMAGED', 'E_STORE_FORMAT', 'E_STORE_MISSING'],
    5: ['E_APPROVAL', 'E_ENTROPY', 'E_NETWORK', 'E_PATH_ESCAPE', 'E_PERMISSION']
  })
  t.equal(ERRORS.E_CANCELLED, EXIT.interrupted)
  t.end()
})

t.test('an error carries its place and what to do next', t => {
  const bare = new HotpassError('E_USAGE', 'no such command')
  t.match({ ...bare, message: bare.message, exitCode: bare.exitCode }, { code: 'E_USAGE', message: 'no such command', place: {}, hint: '', details: {}, exitCode: 2 })
  const cause = new Error('inner')
  const full = new HotpassError('E_INPUT_TRUNCATED', 'cut short', { place: { file: 'a.xlsx', sheet: 'S', cell: 'B8' }, hint: 'save it again', details: { bytes: 3 }, cause })
  t.match(full, { place: { cell: 'B8' }, hint: 'save it again', details: { bytes: 3 }, cause })
  t.equal(full.exitCode, 1)
  t.end()
})
