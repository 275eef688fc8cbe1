/** Build step: puts the protocol's packages into the built files that use them, with their licences beside. Usage: node bundle-sdk BUILD */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'

const folder = join(resolve(process.argv[2] ?? 'build'), 'cli/mcp')
const { metafile } = await build({ entryPoints: ['sdk.js', 'sdk-http.js'].map(name => join(folder, name)), outdir: folder, allowOverwrite: true, chunkNames: 'sdk-shared', alias: { '@modelcontextprotocol/server/_shims': join(folder, 'sdk-shims.js') }, bundle: true, splitting: true, platform: 'node', format: 'esm', target: 'node20', minify: true, metafile: true, logLevel: 'warning' })

const packages = new Set(Object.keys(metafile.inputs).flatMap(path => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []))
const notices = [...packages].sort().map(place => {
  const { name, version, license } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'))
  const texts = readdirSync(place).filter(entry => /^(licen[cs]e|notice)/i.test(entry)).sort().map(entry => readFileSync(join(place, entry), 'utf8').trim())
  return [`${name} ${version} (${license})`, ...texts].join('\n\n')
})
writeFileSync(join(folder, 'sdk.licences.txt'), `The files named sdk hold code of these packages.\n\n${notices.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`)
