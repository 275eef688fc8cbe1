/** A process that runs again and again on one store and says what was acknowledged. Arguments: folder, name, runs. */
import { sampleRun } from './sample.case.ts'
import { openStore } from './store.ts'

const [folder, name, runs] = process.argv.slice(2) as [string, string, string]
for (let run = 0; run < Number(runs); run++) {
  const store = openStore(folder)
  const entry = await sampleRun(store, run % 2 === 0 ? 'shared' : `${name}-${run}`, 5_000)
  process.stdout.write(`${entry.run_id} ${entry.attempt} ${entry.sequence}\n`)
  store.close()
}
