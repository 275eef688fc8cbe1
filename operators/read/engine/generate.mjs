// Compiles assembly/ to WebAssembly and writes it as engine.wasm.ts. With --check it only says whether that is stale.
import { readFileSync, writeFileSync } from 'node:fs'
import asc from 'assemblyscript/asc'

const here = new URL('.', import.meta.url)
const target = new URL('engine.wasm.ts', here)
const LINE = 120

let binary
const { error, stderr } = await asc.main(
  ['assembly/index.ts', '--baseDir', '.', '--outFile', 'engine.wasm', '-O3', '--runtime', 'stub', '--enable', 'simd', '--noAssert', '--initialMemory', '4'],
  {
    readFile: name => {
      try {
        return readFileSync(new URL(name, here), 'utf8')
      } catch {
        return null
      }
    },
    writeFile: (_, contents) => {
      binary = contents
    },
    listFiles: () => []
  }
)
if (error !== null) throw new Error(stderr.toString())
const lines = Buffer.from(binary).toString('base64').match(new RegExp(`.{1,${LINE}}`, 'g'))
const text = `// Generated from operators/read/engine/assembly by npm run generate. Do not edit.

/** The engine's WebAssembly module, in base64. */
export const ENGINE =
${lines.map(line => `  '${line}'`).join(' +\n')}
`
let before = ''
try {
  before = readFileSync(target, 'utf8')
} catch {
  before = ''
}
if (before !== text) {
  if (process.argv.includes('--check')) {
    process.stderr.write('stale: operators/read/engine/engine.wasm.ts; run npm run generate\n')
    process.exitCode = 1
  } else writeFileSync(target, text)
}
