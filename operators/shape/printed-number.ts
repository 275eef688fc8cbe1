/** Numbers as a sheet prints them, as whole numbers of a common scale, so that sums are exact. */
import { KIND } from '../../kernel/artifact/table.ts'
import { parseDecimal, type DecimalSign } from '../normalise/decimal.ts'
import type { GridColumn } from './grid.ts'

/** Decimals that are kept: more are the noise of binary fractions. */
const PLACES = 9
export const UNIT = 1_000_000_000n
const DRESSING = /^(?:[A-Z]{3}|[R$€£¥])\s?|\s?(?:[A-Z]{3}|[€%])$|(?<=[\d)%])\s?(?:\\\d+|[*†‡]+)$/g

function plain(text: string, sign: DecimalSign): string | null {
  const bare = text.trim().replace(/[\u00a0\u202f]/g, ' ').replace(DRESSING, '').trim()
  const negative = /^\((.*)\)$/.exec(bare)
  const parsed = parseDecimal(negative === null ? bare.replace(DRESSING, '').trim() : `-${negative[1]!.replace(DRESSING, '').trim()}`, sign)
  return typeof parsed === 'string' ? null : parsed.value
}

function scaled(decimal: string): bigint {
  const negative = decimal.startsWith('-')
  const [whole, fraction = ''] = decimal.replace('-', '').split('.') as [string, string?]
  const cut = BigInt(fraction.slice(0, PLACES).padEnd(PLACES, '0'))
  const value = BigInt(whole) * UNIT + cut + (fraction.charCodeAt(PLACES) >= 53 ? 1n : 0n)
  return negative ? -value : value
}

const readers = new WeakMap<GridColumn, (code: number) => bigint | null>()

/** Reads the numbers of a column: by code, the number times UNIT, or null where the cell holds none. Each value is read once. */
export function numbersOf(column: GridColumn): (code: number) => bigint | null {
  let reader = readers.get(column)
  if (reader === undefined) readers.set(column, (reader = readerOf(column)))
  return reader
}

function readerOf({ column, visible }: GridColumn): (code: number) => bigint | null {
  const known = new Map<number, bigint | null>()
  let sign: DecimalSign | undefined
  const read = (code: number): bigint | null => {
    if (code === 0 || visible[code] !== 1) return null
    const text = column.values[code - 1]!
    const kind = column.kinds === null ? KIND.text : column.kinds[code - 1]!
    if (text.length > 40 || (kind !== KIND.text && kind !== KIND.number)) return null
    if (/^-?\d{1,15}$/.test(text)) return BigInt(text) * UNIT
    if (kind === KIND.number && /^-?\d+(?:\.\d+)?$/.test(text)) return scaled(text)
    sign ??= signOf(column.values)
    const decimal = plain(text, sign)
    return decimal === null ? null : scaled(decimal)
  }
  return code => {
    let value = known.get(code)
    if (value === undefined) known.set(code, (value = read(code)))
    return value
  }
}

/** The decimal sign that the first values of a column give away; a point where none does. */
function signOf(values: readonly string[]): DecimalSign {
  for (const text of values.slice(0, 300)) {
    if (text.length > 40) continue
    const parsed = parseDecimal(text.trim().replace(DRESSING, '').trim(), 'auto')
    if (typeof parsed !== 'string' && parsed.sign !== null) return parsed.sign
  }
  return 'point'
}

/** A scaled number as text, with no more decimals than it has. */
export function printed(value: bigint): string {
  const negative = value < 0n
  const digits = (negative ? -value : value).toString().padStart(PLACES + 1, '0')
  const fraction = digits.slice(-PLACES).replace(/0+$/, '')
  return `${negative ? '-' : ''}${digits.slice(0, -PLACES)}${fraction === '' ? '' : `.${fraction}`}`
}
