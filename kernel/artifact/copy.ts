/** Copies bytes `from` to `end` to `out` and returns the position behind them. Most pieces are too short for a native copy to pay. */
export function copyBytes(out: DataView, at: number, words: DataView, from: number, end: number): number {
  for (const last = end - 3; from < last; from += 4, at += 4) out.setInt32(at, words.getInt32(from))
  for (; from < end; from++, at++) out.setUint8(at, words.getUint8(from))
  return at
}
