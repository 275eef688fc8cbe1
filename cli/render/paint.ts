/** Colours and columns for a terminal. */

export interface Paint {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
  cyan(text: string): string
}

const style = (on: boolean, open: number, close: number) => (text: string): string => (on && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text)

export function createPaint(on: boolean): Paint {
  return { bold: style(on, 1, 22), dim: style(on, 2, 22), red: style(on, 31, 39), green: style(on, 32, 39), yellow: style(on, 33, 39), cyan: style(on, 36, 39) }
}

/** Whether to colour: the flag, then NO_COLOR, FORCE_COLOR, TERM=dumb, then whether it is a terminal. */
export function wantsColour(flag: boolean | undefined, env: { readonly [name: string]: string | undefined }, isTerminal: boolean): boolean {
  if (flag !== undefined) return flag
  if ((env['NO_COLOR'] ?? '') !== '') return false
  const force = env['FORCE_COLOR']
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false'
  return isTerminal && env['TERM'] !== 'dumb'
}

/** Replaces control characters, so that text from a file cannot steer the terminal or break a line. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, sign => (sign === '\n' ? '⏎' : sign === '\t' ? ' ' : '\ufffd'))
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/
// oxlint-disable-next-line no-control-regex
const ESCAPES = /\u001b\[\d+m/g

/** Columns that a text takes on a terminal; wide East Asian characters and emoji take two. */
export function widthOf(text: string): number {
  let width = 0
  for (const sign of text.replace(ESCAPES, '')) {
    const code = sign.codePointAt(0)!
    if (code >= 0x300 && code <= 0x36f) continue
    width += WIDE.test(sign) || (code >= 0x1f300 && code <= 0x1faff) || (code >= 0x20000 && code <= 0x3fffd) ? 2 : 1
  }
  return width
}

/** Cuts a text to a width, with an ellipsis. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let out = ''
  let used = 0
  for (const sign of text) {
    const next = widthOf(sign)
    if (used + next > width - 1) break
    out += sign
    used += next
  }
  return `${out}…`
}

/** Rows as aligned columns, two spaces apart. Columns whose name begins with `>` are flush right. */
export function tableText(head: readonly string[], rows: readonly (readonly string[])[], paint: Paint): string {
  const names = head.map(name => name.replace(/^>/, ''))
  const right = head.map(name => name.startsWith('>'))
  const widths = names.map((name, at) => Math.max(widthOf(name), ...rows.map(row => widthOf(row[at] ?? ''))))
  const line = (cells: readonly string[]): string =>
    cells.map((cell, at) => (right[at] ? ' '.repeat(widths[at]! - widthOf(cell)) + cell : at === cells.length - 1 ? cell : cell + ' '.repeat(widths[at]! - widthOf(cell)))).join('  ').trimEnd()
  return [paint.dim(line(names)), ...rows.map(line)].join('\n')
}

/** Label and value, one pair a line, values aligned. */
export function pairsText(pairs: readonly (readonly [label: string, value: string])[], paint: Paint): string {
  const width = Math.max(...pairs.map(([label]) => widthOf(label)))
  return pairs.map(([label, value]) => `${paint.dim(label + ' '.repeat(width - widthOf(label)))}  ${value}`.trimEnd()).join('\n')
}

/** `1,234`. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `1 row`, `2,000 rows`. */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** `12 ms`, `1.2 s`, `2 min 3 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
}

/** `1.2 MB`. */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}

/** The beginning of a digest, long enough to tell apart. */
export function short(digest: string): string {
  return digest.slice(0, 12)
}
