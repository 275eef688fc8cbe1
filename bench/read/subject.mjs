/**
 * One reader reads one file in a process of its own, and says what it cost. CPU and memory are those of the whole
 * process, its start included. Usage: node subject.mjs NAME FILE
 */
import { readFileSync, createReadStream } from 'node:fs'
import { inflateRawSync } from 'node:zlib'
import { basename } from 'node:path'

const [name, file] = process.argv.slice(2)
const LIMITS = { file_bytes: 4e9, inflated_bytes: 8e9, ratio: 1000, cells: 2e8, columns: 16_384, sheets: 1000, cell_characters: 1e6, characters: 1e10, seconds: 600, memory_mb: 8192 }
const CSV = { encoding: 'auto', delimiter: 'auto', quote: 'auto' }
const built = path => import(new URL(`../../build/operators/read/${path}`, import.meta.url).href)
/** Rows and cells of the first sheet. */
function sizeOf({ tables: [{ rows, columns }] }) {
  let cells = 0
  for (const { codes } of columns) for (let row = 0; row < codes.length; row++) if (codes[row] !== 0) cells++
  return { rows, cells }
}

/** The same, when the text of every cell is asked for. */
function textsOf({ tables: [{ rows, columns }] }) {
  let cells = 0
  for (const { codes, values } of columns) for (let row = 0; row < codes.length; row++) if (codes[row] !== 0 && values[codes[row] - 1].length > 0) cells++
  return { rows, cells }
}

/** Every part of a zip file whose directory is where it should be. */
function inflateParts(bytes) {
  let end = bytes.length - 22
  while (bytes.readUInt32LE(end) !== 0x06054b50) end--
  let at = bytes.readUInt32LE(end + 16)
  let total = 0
  for (let part = bytes.readUInt16LE(end + 10); part > 0; part--) {
    const local = bytes.readUInt32LE(at + 42)
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    total += inflateRawSync(bytes.subarray(start, start + bytes.readUInt32LE(at + 20)), { chunkSize: 1 << 20 }).length
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return total
}

/**
 * Each gives the number of rows, header included, and of cells that are not empty, as far as it can tell; as a function
 * when counting them is no part of reading.
 */
const SUBJECTS = {
  async nothing() {
    return {}
  },
  async 'inflate'() {
    return { bytes: inflateParts(readFileSync(file)) }
  },
  async 'hotpass.xlsx'() {
    const { readXlsx } = await built('xlsx/operator.js')
    const read = readXlsx(basename(file), readFileSync(file), LIMITS)
    return () => sizeOf(read)
  },
  async 'hotpass.xlsx +text'() {
    const { readXlsx } = await built('xlsx/operator.js')
    return textsOf(readXlsx(basename(file), readFileSync(file), LIMITS))
  },
  async sheetjs() {
    const { default: XLSX } = await import('xlsx')
    const book = XLSX.read(readFileSync(file), { dense: true, cellFormula: false, cellText: false, cellHTML: false })
    return () => {
      const rows = book.Sheets[book.SheetNames[0]]['!data']
      return { rows: rows.length, cells: rows.reduce((cells, row) => cells + row.filter(cell => cell !== undefined).length, 0) }
    }
  },
  async exceljs() {
    const { default: ExcelJS } = await import('exceljs')
    const reader = new ExcelJS.stream.xlsx.WorkbookReader(file, { worksheets: 'emit', sharedStrings: 'cache', styles: 'cache' })
    let rows = 0
    let cells = 0
    for await (const sheet of reader) {
      for await (const row of sheet) {
        rows++
        row.eachCell(() => cells++)
      }
    }
    return { rows, cells }
  },
  async 'read utf8'() {
    return { bytes: readFileSync(file, 'utf8').length }
  },
  async 'hotpass.csv'() {
    const { readCsv } = await built('csv/operator.js')
    const read = readCsv(basename(file), readFileSync(file), CSV, LIMITS)
    return () => sizeOf(read)
  },
  async 'hotpass.csv +text'() {
    const { readCsv } = await built('csv/operator.js')
    return textsOf(readCsv(basename(file), readFileSync(file), CSV, LIMITS))
  },
  async papaparse() {
    const { default: Papa } = await import('papaparse')
    let rows = 0
    let cells = 0
    await new Promise((resolve, reject) => {
      Papa.parse(createReadStream(file, 'utf8'), {
        step({ data }) {
          if (data.length === 1 && data[0] === '') return
          rows++
          for (const cell of data) if (cell !== '') cells++
        },
        complete: resolve,
        error: reject
      })
    })
    return { rows, cells }
  },
  async 'csv-parse'() {
    const { parse } = await import('csv-parse')
    let rows = 0
    let cells = 0
    for await (const record of createReadStream(file).pipe(parse())) {
      rows++
      for (const cell of record) if (cell !== '') cells++
    }
    return { rows, cells }
  }
}

const started = process.hrtime.bigint()
const found = await SUBJECTS[name]()
const wall = Number(process.hrtime.bigint() - started) / 1e9
const { user, system } = process.cpuUsage()
const peak = process.resourceUsage().maxRSS / 1e3
process.stdout.write(JSON.stringify({ ...(typeof found === 'function' ? found() : found), wall, cpu: (user + system) / 1e6, peak }))
