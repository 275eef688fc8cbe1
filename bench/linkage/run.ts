/**
 * Accuracy and speed of linkage. Accuracy: pairwise F1 on public data with known truth, where it is found; HOTPASS_ER_DATA
 * names the folder. Speed: seeded records of invented people, from 10,000 to 1,000,000 (or as many as --most says).
 */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measure } from '../measure.ts'
import { people } from './people.ts'
import { pairwise } from './pairwise.ts'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const BIN = join(ROOT, 'build/cli/bin.js')
const DATA = process.env['HOTPASS_ER_DATA'] ?? resolve(ROOT, '../shared/data/er')
const MOST = Number(process.argv.find(word => word.startsWith('--most='))?.slice(7) ?? 1_000_000)

/** What others reach without labels, at their own settings or best; the sources are in docs/linkage.md. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['abt_buy', 'JedAI .867'], ['cora', 'equal keys .814'], ['csv_example', 'Splink .880'], ['dblp_acm', 'AutoER .984'], ['fake_1000', 'Splink .864, best threshold .917'],
  ['febrl3', 'Splink .996'], ['fodors_zagats', 'ZeroER 1.00, run again .939'], ['historical_50k', 'Splink .827'], ['restaurants_864', 'equal keys .924']
])

/** The variable is this benchmark's own: the product refuses variables that it does not know. */
const SURROUNDINGS = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'HOTPASS_ER_DATA'))

const folder = mkdtempSync(join(tmpdir(), 'hotpass-er-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
let made = 0

async function linked(records: string, flags: readonly string[]): Promise<{ readonly clusters: string; readonly wall: number; readonly cpu: number; readonly peak: number; readonly pairs: number }> {
  const base = join(folder, String(++made))
  const { code, wall, cpu, peak, stdout, stderr } = await measure(process.execPath, [BIN, 'resolve', '--input-file', records, '--output-file', `${base}.csv`, '--clusters-path', `${base}.clusters.csv`, '--store-dir', `${base}.store`, '--id-field', 'record_id', '--json', '--quiet', ...flags], { cwd: folder, env: SURROUNDINGS })
  if (code !== 0) throw new Error(stderr)
  rmSync(`${base}.store`, { recursive: true, force: true })
  const result = JSON.parse(stdout) as { readonly pairs: { readonly compared: number } }
  return { clusters: readFileSync(`${base}.clusters.csv`, 'utf8'), wall, cpu, peak, pairs: result.pairs.compared }
}

console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}\n`)
if (!existsSync(DATA)) console.log(`No accuracy table: there is no folder ${DATA}. Give one with HOTPASS_ER_DATA: a folder per dataset, with records.csv and truth.csv.\n`)
else {
  console.log(`${'dataset'.padEnd(18)}${'precision'.padStart(10)}${'recall'.padStart(9)}${'F1'.padStart(9)}${'seconds'.padStart(9)}   others, without labels`)
  for (const name of readdirSync(DATA).sort()) {
    const records = join(DATA, name, 'records.csv')
    const truth = join(DATA, name, 'truth.csv')
    if (!existsSync(records) || !existsSync(truth)) continue
    const text = readFileSync(records, 'utf8')
    const isLink = text.slice(0, text.indexOf('\n')).trim().split(',').includes('source')
    const found = await linked(records, isLink ? ['--source-field', 'source', '--link-only'] : [])
    const { precision, recall, f1 } = pairwise(found.clusters, readFileSync(truth, 'utf8'), isLink ? text : undefined)
    console.log(`${name.padEnd(18)}${precision.toFixed(4).padStart(10)}${recall.toFixed(4).padStart(9)}${f1.toFixed(4).padStart(9)}${found.wall.toFixed(1).padStart(9)}   ${OTHERS.get(name) ?? ''}`)
  }
  console.log()
}

console.log(`${'people'.padStart(10)}${'entities'.padStart(10)}${'pairs'.padStart(11)}${'precision'.padStart(11)}${'recall'.padStart(9)}${'F1'.padStart(9)}${'seconds'.padStart(9)}${'growth'.padStart(8)}${'CPU s'.padStart(8)}${'MB'.padStart(7)}`)
let before: number | undefined
for (const count of [10_000, 100_000, 1_000_000].filter(each => each <= MOST)) {
  const { records, truth, entities } = people(count)
  const file = join(folder, `${count}.csv`)
  writeFileSync(file, records)
  const found = await linked(file, [])
  const { precision, recall, f1 } = pairwise(found.clusters, truth)
  console.log(`${count.toLocaleString('en').padStart(10)}${entities.toLocaleString('en').padStart(10)}${found.pairs.toLocaleString('en').padStart(11)}${precision.toFixed(4).padStart(11)}${recall.toFixed(4).padStart(9)}${f1.toFixed(4).padStart(9)}${found.wall.toFixed(1).padStart(9)}${(before === undefined ? '' : `×${(found.wall / before).toFixed(1)}`).padStart(8)}${found.cpu.toFixed(1).padStart(8)}${found.peak.toFixed(0).padStart(7)}`)
  before = found.wall
}
