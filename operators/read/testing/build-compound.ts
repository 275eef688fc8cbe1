/** Writes small compound files (the container of old and of protected Office files) for tests: a directory and no content. */
export function buildCompound(streams: readonly string[]): Uint8Array {
  const bytes = new Uint8Array(512 * 3)
  const view = new DataView(bytes.buffer)
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  view.setUint16(30, 9, true)
  view.setUint32(48, 1, true)
  view.setUint32(76, 0, true)
  bytes.fill(0xff, 512, 1024)
  streams.forEach((name, index) => {
    const at = 1024 + index * 128
    for (let char = 0; char < name.length; char++) view.setUint16(at + char * 2, name.charCodeAt(char), true)
    view.setUint16(at + 64, name.length * 2 + 2, true)
  })
  return bytes
}
