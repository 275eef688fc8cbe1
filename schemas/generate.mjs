// Writes schemas/generated/*.ts: every schema as a constant and as a type, so that code cannot drift from it.
import { readFileSync, readdirSync, writeFileSync, mkdirSync } from 'node:fs'
import { compile } from 'json-schema-to-typescript'

const here = new URL('.', import.meta.url)
const check = process.argv.includes('--check')
mkdirSync(new URL('generated/', here), { recursive: true })
let stale = 0
shareBlocks()
for (const file of readdirSync(here).filter(name => name.endsWith('.json')).sort()) {
  const name = file.replace(/\.v\d+\.json$|\.json$/, '')
  const schema = JSON.parse(readFileSync(new URL(file, here), 'utf8'))
  const types = await compile(structuredClone(schema), name, {
    bannerComment: '', unreachableDefinitions: true, additionalProperties: false, format: false, strictIndexSignatures: false, cwd: here.pathname
  })
  const text = `// Generated from schemas/${file} by npm run generate. Do not edit.\n\n${types.trim()}\n\n/** The JSON Schema itself. */\nexport const schema = ${JSON.stringify(schema, null, 2)} as const\n`
  const target = new URL(`generated/${name}.ts`, here)
  let before = ''
  try { before = readFileSync(target, 'utf8') } catch { before = '' }
  if (before === text) continue
  stale++
  if (check) process.stderr.write(`stale: schemas/generated/${name}.ts; run npm run generate\n`)
  else writeFileSync(target, text)
}
if (check && stale > 0) process.exitCode = 1

// A configuration file has the blocks of a profile; json-schema-to-typescript cannot follow references by URN, so they are copied.
function shareBlocks() {
  const profile = JSON.parse(readFileSync(new URL('profile.v1.json', here), 'utf8'))
  const target = new URL('config.v1.json', here)
  const before = readFileSync(target, 'utf8')
  const config = JSON.parse(before)
  const { pipeline, mcp } = config.$defs
  const blocks = Object.keys(config.properties).filter(name => name in profile.properties && name !== '$schema')
  for (const name of blocks) config.properties[name] = profile.properties[name]
  config.$defs = { ...profile.$defs, pipeline, mcp }
  const text = `${JSON.stringify(config, null, 2)}\n`
  if (text === before) return
  stale++
  if (check) process.stderr.write('stale: schemas/config.v1.json; run npm run generate\n')
  else writeFileSync(target, text)
}
