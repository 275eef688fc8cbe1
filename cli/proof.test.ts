/** The promises, tried on the smallest fixture; and what damage does. */
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { copyOfPackage, hotpass, provePromises, scratch, type Said } from './proof.case.ts'

provePromises({ name: 'quickstart', file: 'event guests.csv', other: Buffer.from('Company,E-mail\nStilt Air,ops@stilt.example\n'), change: { module: 'operators/normalise/email.js', from: 'toLowerCase()', to: "toLowerCase().replace('.example', '.changed')", column: 'email', after: /\.changed\b/ } })

t.test('one flipped bit ends with 4 and names the object and the runs it touches', t => {
  const ws = join(scratch, 'flipped')
  t.equal(hotpass(['init', '--path', ws]).code, 0)
  const { run_id, inputs } = hotpass(['run'], ws).result
  const objects = join(ws, '.hotpass/objects')
  const paths = readdirSync(objects, { recursive: true, encoding: 'utf8' })
  const hashes = paths.map(name => name.replace(/\W/g, '')).filter(name => name.length === 64).sort()
  const isInput = (hash: string): boolean => inputs.some((input: any) => input.hash === hash)
  for (const [what, hash] of [['an input', hashes.find(isInput)!], ['another object', hashes.find(hash => !isInput(hash))!]] as const) {
    const path = join(objects, paths.find(name => name.replace(/\W/g, '') === hash)!)
    const bytes = readFileSync(path)
    const damaged = Buffer.from(bytes)
    damaged[Math.floor(bytes.length / 2)]! ^= 1
    rmSync(path)
    writeFileSync(path, damaged)
    const replayed = hotpass(['replay', run_id], ws)
    t.equal(replayed.code, 4, what)
    t.match(JSON.stringify(replayed.result), hash.slice(0, 12), `replay names ${what}`)
    const examined = hotpass(['doctor', '--full'], ws)
    t.equal(examined.code, 4)
    t.match(JSON.stringify(examined.result), hash, `doctor names ${what}`)
    t.match(JSON.stringify(examined.result), run_id, 'and the run')
    writeFileSync(path, bytes)
  }
  t.end()
})

t.test('a modified package spoils no run of the restored one', t => {
  const build = copyOfPackage('modified')
  const file = join(build, 'operators/normalise/email.js')
  const before = readFileSync(file)
  const ws = join(scratch, 'modified-workspace')
  const said = (...args: string[]): Said => hotpass(args, ws, build)
  const modify = (): void => writeFileSync(file, before.toString().replaceAll('toLowerCase()', 'toUpperCase()'))
  const warned = ({ result }: Said): boolean => result.warnings.some(({ code, message }: any) => code === 'PACKAGE_MODIFIED' && message.includes('operators/normalise/email.js'))
  t.equal(hotpass(['init', '--path', ws], scratch, build).code, 0)
  const first = said('run')
  t.equal(first.code, 0, first.stderr)
  t.notOk(warned(first))

  modify()
  const again = said('run')
  t.equal(again.code, 4, 'the same run gives something else')
  t.match(again.result.error, { code: 'E_ATTEMPT_DIFFERS', hint: /package was modified \(operators\/normalise\/email\.js\)/ })
  t.equal(said('run', '--no-cache').code, 4)
  cpSync(join(ws, 'data/event guests.csv'), join(ws, 'data/more guests.csv'))
  const other = said('run')
  t.equal(other.code, 0)
  t.ok(warned(other), 'a run that nothing can be compared with says that the package is modified')
  const doctor = said('doctor')
  t.equal(doctor.code, 4)
  t.match(doctor.result.checks.find(({ id }: any) => id === 'runtime.package'), { status: 'error', details: { files: ['operators/normalise/email.js'] } })

  writeFileSync(file, before)
  const restored = said('run')
  t.equal(restored.code, 0, restored.stderr)
  t.notOk(warned(restored))
  const untouched = hotpass(['run', '--store-dir', join(scratch, 'untouched'), '--output-path', join(scratch, 'untouched-out/refined.xlsx')], ws)
  t.equal(untouched.result.run_id, restored.result.run_id)
  t.equal(untouched.result.record_hash, restored.result.record_hash, 'what it gives is what an untouched package gives')
  rmSync(join(ws, 'data/more guests.csv'))
  t.match(said('run'), { code: 0, result: { record_hash: first.result.record_hash, cache: { misses: 0 } } }, 'and so is what the cache holds')
  t.equal(said('doctor', '--full').code, 0)
  t.end()
})
