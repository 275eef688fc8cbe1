/** The codec of every artifact kind that the pipeline passes on. */
import { canonicalJson } from '../kernel/json.ts'
import { filesCodec } from '../kernel/artifact/files.ts'
import { frameCodec } from '../kernel/artifact/frame.ts'
import { registryCodec } from './identity/registry.ts'
import { HotpassError } from '../kernel/error.ts'
import type { Codec, Json } from '../kernel/types.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

const bytesCodec: Codec<Uint8Array> = { kind: 'bytes', schema: 'urn:hotpass:bytes:1', encode: bytes => bytes, decode: bytes => bytes }

function jsonCodec(kind: string): Codec<Json> {
  return {
    kind,
    schema: `urn:hotpass:${kind}:1`,
    encode: value => encoder.encode(canonicalJson(value)),
    decode(bytes) {
      try {
        return JSON.parse(decoder.decode(bytes)) as Json
      } catch (cause) {
        throw new HotpassError('E_STORE_DAMAGED', 'an artifact is not readable JSON', { cause, hint: 'run hotpass doctor --full' })
      }
    }
  }
}

const FRAMES = ['workbook', 'tables', 'records', 'normalised', 'valid', 'clusters', 'entities', 'dataset', 'link-records', 'link-pairs', 'link-scores', 'link-clusters'] as const

/** Codecs by artifact kind. */
export const CODECS: ReadonlyMap<string, Codec> = new Map<string, Codec>([
  [bytesCodec.kind, bytesCodec],
  ...['checks', 'identities', 'link-decisions', 'link-model', 'link-part', 'link-plan', 'mapping'].map((kind): [string, Codec] => [kind, jsonCodec(kind)]),
  [filesCodec.kind, filesCodec],
  [registryCodec.kind, registryCodec],
  ...FRAMES.map(kind => [kind, frameCodec(kind, `urn:hotpass:${kind}:1`)] as [string, Codec])
])
