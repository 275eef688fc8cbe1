/** A column of numbers whose sources do not all write the same decimal sign: each is read as its source writes it. */
import type { Column } from '../../kernel/artifact/table.ts'
import type { SemanticType } from '../../schemas/generated/profile.ts'
import type { RecordsMeta } from '../model/stages.ts'
import { DraftColumn } from './draft-column.ts'
import type { DecimalSign } from './decimal.ts'
import type { NormaliseOptions } from './normaliser.ts'
import type { NormaliseConfig } from './options.ts'

/** By target, what mapping says of the columns that feed it, made once: tables may have thousands of columns. */
export interface MappedTargets {
  /** By target, the decimal signs found, by source from 0. */
  readonly signs: ReadonlyMap<string, ReadonlyMap<number, ReadonlySet<DecimalSign>>>
  /** By target, or extra column, words that mapping found to be values. */
  readonly kept: ReadonlyMap<string, readonly string[]>
}

/** Gathers what mapping says of each target. */
export function mappedTargets(sources: RecordsMeta['sources']): MappedTargets {
  const signs = new Map<string, Map<number, Set<DecimalSign>>>()
  const kept = new Map<string, string[]>()
  for (const [source, { columns }] of sources.entries()) {
    for (const { target, extra, decimal, keep } of columns) {
      if (typeof target === 'string' && decimal !== undefined) {
        let found = signs.get(target)
        if (found === undefined) signs.set(target, (found = new Map<number, Set<DecimalSign>>()))
        found.set(source, (found.get(source) ?? new Set<DecimalSign>()).add(decimal))
      }
      const name = target ?? extra
      if (keep === undefined || typeof name !== 'string') continue
      const words = kept.get(name)
      if (words === undefined) kept.set(name, [...keep])
      else words.push(...keep)
    }
  }
  return { signs, kept }
}

/** By source, from 0, the decimal sign that mapping found for the columns of a target; null where the profile decides, or none is known. */
export function signsOf(target: string, type: SemanticType, mapped: MappedTargets, sources: number, config: NormaliseConfig): readonly (DecimalSign | null)[] | null {
  if ((type !== 'number' && type !== 'currency') || config.refine.normalise.decimal !== 'auto') return null
  const found = mapped.signs.get(target)
  if (found === undefined) return null
  const signs = Array.from({ length: sources }, (_, source) => {
    const own = found.get(source)
    return own?.size === 1 ? [...own][0]! : null
  })
  return signs.some(sign => sign !== null) ? signs : null
}

/** A column, or the rows of it that are read in one way; the others are empty. */
interface Part {
  readonly column: Column
  readonly options: NormaliseOptions
}

/** Normalises a column in as many parts as there are signs among its sources, and puts them together. `source` counts from 1. */
export function normaliseParts(column: Column, source: Uint32Array | null, signs: readonly (DecimalSign | null)[] | null, options: NormaliseOptions, normalise: (part: Part) => DraftColumn): DraftColumn {
  if (source === null || signs === null) return normalise({ column, options })
  const signAt = (row: number): DecimalSign => signs[source[row]! - 1] ?? options.decimal
  const present = new Set<DecimalSign>()
  for (let row = 0; row < column.codes.length; row++) if (column.codes[row] !== 0) present.add(signAt(row))
  if (present.size < 2) return normalise({ column, options: { ...options, decimal: [...present][0] ?? options.decimal } })
  const whole = new DraftColumn(column.name, column.codes.length)
  for (const decimal of [...present].sort()) {
    const codes = column.codes.map((code, row) => (signAt(row) === decimal ? code : 0))
    const part = normalise({ column: { ...column, codes }, options: { ...options, decimal } })
    for (let row = 0; row < codes.length; row++) {
      const text = codes[row] === 0 ? null : part.textAt(row)
      if (text !== null) whole.set(row, text)
    }
  }
  return whole
}
