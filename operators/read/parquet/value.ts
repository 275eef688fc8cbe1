/** Stored values of Parquet to cells (parquet.thrift, LogicalTypes.md). Integers and decimals keep every digit; no time zone is applied. */
import { KIND, type Kind } from '../../../kernel/artifact/table.ts'
import type { Json } from '../../../kernel/types.ts'
import { plainDecimal } from '../cells/number-text.ts'
import { civilDate } from '../cells/serial-date.ts'
import type { SheetGrid } from '../column/sheet-grid.ts'
import type { Element } from './file.ts'

/** Text and kind of a cell; `number` when the double is the value. `fault` says that the value does not fit its type. */
export interface Cell {
  readonly text: string
  readonly kind: Kind
  readonly number?: number
  readonly fault?: boolean
}

/** What hyparquet hands over for one value before it is converted. */
export type Raw = number | bigint | boolean | Uint8Array

/** Days from 1970-01-01 of 0001-01-01 and 9999-12-31. */
const FIRST_DAY = -719_162n
const LAST_DAY = 2_932_896n
const DAY_SECONDS = 86_400n
const MOST_SCALE = 76
const LONGEST_DECIMAL = 64
const PER_SECOND = { MILLIS: 1000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n } as const

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

const numberCell = (value: number): Cell => ({ text: '', kind: KIND.number, number: value + 0 })
const textCell = (text: string): Cell => ({ text, kind: KIND.text })

function integer(value: bigint): Cell {
  const near = Number(value)
  return Number.isSafeInteger(near) ? numberCell(near) : { text: String(value), kind: KIND.number }
}

/** A decimal with its own digits, as the double where that is the same. */
function decimal(unscaled: bigint, scale: number): Cell {
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0')
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '')
  const text = `${unscaled < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}${scale === 0 || fraction === '' ? '' : `.${fraction}`}`
  const near = Number(text)
  return plainDecimal(near) === text ? numberCell(near) : { text, kind: KIND.number }
}

/** A number of floating point; what is none becomes an error, as in a spreadsheet. */
function float(value: number): Cell {
  if (Number.isFinite(value)) return numberCell(value)
  return { text: Number.isNaN(value) ? '#N/A' : '#NUM!', kind: KIND.error }
}

/** The double with the fewest digits that is this single-precision number: 0.1 and not 0.10000000149011612. */
function single(value: number): Cell {
  for (let digits = 6; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits))
    if (Math.fround(shorter) === value) return float(shorter)
  }
  return float(value)
}

const two = (value: bigint): string => String(value).padStart(2, '0')

function clock(units: bigint, perSecond: bigint): string {
  const seconds = units / perSecond
  const text = `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`
  const rest = units % perSecond
  // Thousandths, millionths or billionths: as many as there are.
  return rest === 0n ? text : `${text}.${String(rest).padStart(String(perSecond).length - 1, '0').replace(/(?:000)+$/, '')}`
}

/** A moment counted from 1970-01-01, on the clock that the file counts by. */
function moment(units: bigint, perSecond: bigint): Cell {
  const perDay = DAY_SECONDS * perSecond
  const rest = ((units % perDay) + perDay) % perDay
  const day = (units - rest) / perDay
  if (day < FIRST_DAY || day > LAST_DAY) return { ...integer(units), fault: true }
  const date = civilDate(Number(day))
  return { text: rest === 0n ? date : `${date}T${clock(rest, perSecond)}`, kind: KIND.date }
}

function timeOfDay(units: bigint, perSecond: bigint): Cell {
  return units < 0n || units >= DAY_SECONDS * perSecond ? { ...integer(units), fault: true } : { text: clock(units, perSecond), kind: KIND.time }
}

function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

function bigEndian(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n
  if (bytes.length > LONGEST_DECIMAL) throw new RangeError('decimal too long')
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex(bytes)}`))
}

/** Months, days and milliseconds as an ISO 8601 duration. */
function interval(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return `P${view.getUint32(0, true)}M${view.getUint32(4, true)}DT${plainDecimal(view.getUint32(8, true) / 1000)}S`
}

function half(bytes: Uint8Array): number {
  const bits = bytes[0]! | (bytes[1]! << 8)
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 31) return fraction === 0 ? Infinity : NaN
  // The smallest step of the numbers of this exponent: 2⁻²⁴ and its doubles.
  let step = 1 / 16_777_216
  for (let left = exponent; left > 1; left--) step *= 2
  return (bits & 0x8000 ? -1 : 1) * (exponent === 0 ? fraction : fraction + 1024) * step
}

/** How the values of a column become cells. Throws RangeError for a type that contradicts itself. */
export function rendererOf({ type, converted_type: converted, logical_type: logical, scale }: Element): (raw: Raw) => Cell {
  const unit = logical?.type === 'TIMESTAMP' || logical?.type === 'TIME' ? PER_SECOND[logical.unit] : converted?.endsWith('_MICROS') ? PER_SECOND.MICROS : PER_SECOND.MILLIS
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') {
    const places = scale ?? (logical?.type === 'DECIMAL' ? logical.scale : 0) ?? 0
    if (places < 0 || places > MOST_SCALE) throw new RangeError('scale out of range')
    return raw => decimal(raw instanceof Uint8Array ? bigEndian(raw) : BigInt(raw), places)
  }
  if (converted === 'DATE' || logical?.type === 'DATE') return raw => moment(BigInt(raw as number) * DAY_SECONDS, 1n)
  if (converted?.startsWith('TIMESTAMP_') || logical?.type === 'TIMESTAMP') return raw => moment(BigInt(raw as number | bigint), unit)
  if (converted?.startsWith('TIME_') || logical?.type === 'TIME') return raw => timeOfDay(BigInt(raw as number | bigint), unit)
  const unsigned = converted?.startsWith('UINT_') || (logical?.type === 'INTEGER' && !logical.isSigned)
  switch (type) {
    case 'BOOLEAN':
      return raw => ({ text: String(raw), kind: KIND.boolean })
    case 'INT32':
      return raw => numberCell(unsigned ? (raw as number) >>> 0 : (raw as number))
    case 'INT64':
      return raw => integer(unsigned ? BigInt.asUintN(64, raw as bigint) : (raw as bigint))
    case 'INT96':
      return raw => moment(raw as bigint, PER_SECOND.NANOS)
    case 'FLOAT':
      return raw => single(raw as number)
    case 'DOUBLE':
      return raw => float(raw as number)
    case 'FIXED_LEN_BYTE_ARRAY':
      if (logical?.type === 'FLOAT16') return raw => float(half(raw as Uint8Array))
      if (logical?.type === 'UUID') return raw => textCell(hex(raw as Uint8Array).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'))
      if (converted === 'INTERVAL') return raw => textCell(interval(raw as Uint8Array))
      return raw => textCell(hex(raw as Uint8Array))
    case 'BYTE_ARRAY':
      if (converted === 'BSON' || logical?.type === 'BSON' || logical?.type === 'GEOMETRY' || logical?.type === 'GEOGRAPHY') return raw => textCell(hex(raw as Uint8Array))
      // Older writers do not say that their texts are texts.
      return raw => textCell(decoder.decode(raw as Uint8Array))
    default:
      throw new RangeError('unknown type')
  }
}

/** Whether the numbers of a column are exact however long they are. */
export function isExact({ type, converted_type: converted, logical_type: logical }: Element): boolean {
  return type === 'INT32' || type === 'INT64' || converted === 'DECIMAL' || logical?.type === 'DECIMAL'
}

/** Puts a cell into the row that was started. */
export function putCell(grid: SheetGrid, index: number, { text, kind, number }: Cell): void {
  if (number !== undefined) grid.putNumber(index, number, 0)
  else if (kind === KIND.text) grid.putText(index, text)
  else grid.putLiteral(index, text, kind)
}

/** A cell within a list or a map; numbers that a double does not hold are texts there. */
export function jsonOf({ text, kind, number }: Cell): Json {
  return number ?? (kind === KIND.boolean ? text === 'true' : text)
}
