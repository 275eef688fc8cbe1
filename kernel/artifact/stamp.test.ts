import t from 'tap'
import { crc32 } from 'node:zlib'
import { NO_STAMP, RUN_ID_TOKEN, type OutputFile, type Stamp } from './files.ts'
import { crc32Of, stampRunId, tokenPositions } from './stamp.ts'

const RUN = 'run-0123456789abcdef0123456789abcdef'
const encoder = new TextEncoder()
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

function fileOf(content: string, stamp: Stamp = { at: tokenPositions(encoder.encode(content)), entries: [] }): OutputFile {
  return { suffix: '.txt', media_type: 'text/plain', bytes: encoder.encode(content), stamp }
}

t.test('the id takes the place of every token and of nothing else', async t => {
  const file = fileOf(`é ${RUN_ID_TOKEN}, run-, ${RUN_ID_TOKEN}.`)
  const before = file.bytes.slice()
  const stamped = stampRunId(file, RUN)
  t.equal(text(stamped), `é ${RUN}, run-, ${RUN}.`)
  t.equal(stamped.length, file.bytes.length)
  t.same(file.bytes, before, 'the file itself is left alone')
  t.same(stampRunId(fileOf('none'), RUN), encoder.encode('none'))
  t.same(text(stampRunId(fileOf(`in data ${RUN_ID_TOKEN}`, NO_STAMP), RUN)), `in data ${RUN_ID_TOKEN}`, 'a token that no stamp names is data')
})

t.test('checksums of stored entries follow', async t => {
  const content = `CRC1CRC2 <id>${RUN_ID_TOKEN}</id> tail`
  const start = 9
  const length = content.length - start - 5
  const file = fileOf(content, { at: [content.indexOf(RUN_ID_TOKEN)], entries: [{ start, length, crc_at: [0, 4] }] })
  const stamped = stampRunId(file, RUN)
  const expected = crc32(stamped.subarray(start, start + length))
  const view = new DataView(stamped.buffer)
  t.equal(view.getUint32(0, true), expected)
  t.equal(view.getUint32(4, true), expected)
})

t.test('CRC-32 agrees with zlib', async t => {
  t.equal(crc32Of(encoder.encode('123456789')), 0xcbf43926, 'the published check value')
  const bytes = Uint8Array.from({ length: 1000 }, (_, at) => Math.imul(at, 2654435761) >>> 24)
  t.equal(crc32Of(bytes), crc32(bytes))
  t.equal(crc32Of(bytes, 10, 20), crc32(bytes.subarray(10, 20)))
})

t.test('a stamp that does not fit is a bug, not a damaged file', async t => {
  const file = fileOf('no token here, but long enough to hold one in it')
  t.throws(() => stampRunId({ ...file, stamp: { at: [3], entries: [] } }, RUN), { code: 'E_INTERNAL' })
  t.throws(() => stampRunId({ ...file, stamp: { at: [40], entries: [] } }, RUN), { code: 'E_INTERNAL' })
  t.throws(() => stampRunId({ ...file, stamp: { at: [], entries: [{ start: 40, length: 40, crc_at: [] }] } }, RUN), { code: 'E_INTERNAL' })
  t.throws(() => stampRunId({ ...file, stamp: { at: [], entries: [{ start: 0, length: 4, crc_at: [46] }] } }, RUN), { code: 'E_INTERNAL' })
  t.throws(() => stampRunId(file, 'run-short'), { code: 'E_INTERNAL' })
})
