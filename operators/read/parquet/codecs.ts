/** The compressions of Parquet pages (apache/parquet-format, Compression.md), beside Snappy and none, which hyparquet reads itself. */
import { decompress as unzstd } from 'fzstd'
import type { Compressors } from 'hyparquet/src/types.js'
import { gunzip, unbrotli } from '../../../kernel/inflate.ts'
import { unlz4 } from './lz4.ts'

/** Each throws Error when the page is damaged or holds more than it says. That it holds as much is for the caller to check. */
export const COMPRESSORS: Compressors = {
  GZIP: gunzip,
  BROTLI: unbrotli,
  ZSTD: page => unzstd(page),
  LZ4_RAW: unlz4
}

/** By the names of the format. LZ4 without RAW is the framing that the format has deprecated, because its writers disagreed about it. */
export const CODECS: ReadonlySet<string> = new Set(['UNCOMPRESSED', 'SNAPPY', ...Object.keys(COMPRESSORS)])
