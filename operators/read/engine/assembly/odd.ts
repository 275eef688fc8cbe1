/** Characters whose presence is a finding: U+0000, and U+FFFD, which stands for what could not be decoded. */

const EACH: u64 = 0x0101_0101_0101_0101
const HIGH: u64 = 0x8080_8080_8080_8080
const LEAD: u64 = 0xefef_efef_efef_efef

export const NUL: u32 = 1, REPLACEMENT: u32 = 2

/** Not nought when one of them may begin in a word of eight bytes. */
export function oddBits(word: u64): u64 {
  const lead = word ^ LEAD
  return (((word - EACH) & ~word) | ((lead - EACH) & ~lead)) & HIGH
}

/** Which of them may be in a text, as bits. Up to seven bytes behind it are read, which may count. */
export function oddIn(start: usize, length: u32): u32 {
  let found: u32 = 0
  for (let at: u32 = 0; at < length; at += 8) {
    const word = load<u64>(start + at)
    if (((word - EACH) & ~word & HIGH) !== 0) found |= nulIn(start + at, min(8, length - at))
    const lead = word ^ LEAD
    if (((lead - EACH) & ~lead & HIGH) !== 0) found |= replacementIn(start + at, min(8, length - at))
  }
  return found
}

function nulIn(start: usize, length: u32): u32 {
  for (let at: u32 = 0; at < length; at++) if (load<u8>(start + at) === 0) return NUL
  return 0
}

function replacementIn(start: usize, length: u32): u32 {
  for (let at: u32 = 0; at < length; at++) if (load<u8>(start + at) === 0xef && load<u8>(start + at, 1) === 0xbf && load<u8>(start + at, 2) === 0xbd) return REPLACEMENT
  return 0
}
