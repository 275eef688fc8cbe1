/** Usage: alone DATA CONTRACT. Reads, then checks, and prints seconds, processor seconds and MB of each as JSON. */
import { readContractData } from '../../cli/contracts/data.ts'
import { loadContract } from '../../cli/contracts/load.ts'
import { checkTable } from '../../operators/expect/check.ts'

const host = { cwd: process.cwd(), env: process.env, signal: new AbortController().signal, tell() {} }
const cpu = (): number => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6
const megabytes = (): number => Math.round(process.memoryUsage.rss() / 1e6)
const [start, startCpu] = [performance.now(), cpu()]
const { contract } = await loadContract(process.argv[3]!, host)
const data = await readContractData(process.argv[2]!, contract, {}, host)
const [read, readCpu, readMemory] = [performance.now(), cpu(), megabytes()]
const checks = checkTable(data.table, data.subject, { examples: 0, asOf: null, previous: null })
const [done, doneCpu, doneMemory] = [performance.now(), cpu(), megabytes()]
process.stdout.write(JSON.stringify({ rows: data.subject.rows, rules: checks.length, read: (read - start) / 1000, read_cpu: readCpu - startCpu, read_mb: readMemory, check: (done - read) / 1000, check_cpu: doneCpu - readCpu, check_mb: doneMemory }))
