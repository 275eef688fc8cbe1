import { unzipSync } from 'fflate'

const RUN_ID = /run-[0-9a-f]{32}/

/** The run id inside an exported file: a workbook's document properties, or anywhere in the text of other formats. */
export function runIdIn(bytes: Uint8Array): string | undefined {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  if (!isZip) return RUN_ID.exec(Buffer.from(bytes).toString('latin1'))?.[0]
  try {
    const parts = unzipSync(bytes, { filter: ({ name, originalSize }) => name.startsWith('docProps/') && originalSize < 1_048_576 })
    return Object.values(parts).map(part => RUN_ID.exec(Buffer.from(part).toString('utf8'))?.[0]).find(found => found !== undefined)
  } catch {
    return undefined
  }
}
