/** The same session with the largest fixture. */
import t from 'tap'
import { driveSession } from './session.case.ts'

t.test('initialise, list, run, explain, validate, replay, verify', { timeout: 300_000 }, t => driveSession(t, 'aviation'))
