/** Numbers of a sheet as texts: each under its style. */
import { KIND } from '../../../kernel/artifact/table.ts'
import type { GridSources } from '../column/sheet-grid.ts'
import type { Rendered } from '../column/value-drain.ts'
import type { Engine } from '../engine/engine.ts'
import { PLAIN, paddedText, type NumberStyle } from './number-format.ts'
import { plainDecimal } from './number-text.ts'
import { serialText, type DateSystem } from './serial-date.ts'

/** Text and kind of a number under a style. A number that is no date is kept as the number. */
export function renderNumber(value: number, style: NumberStyle, system: DateSystem): Rendered {
  if (style.what === 'number') return { text: plainDecimal(value), kind: KIND.number }
  if (style.what === 'padded') {
    const text = paddedText(value, style.pattern)
    return text === null ? { text: plainDecimal(value), kind: KIND.number } : { text, kind: KIND.text }
  }
  return serialText(value, style, system) ?? { text: plainDecimal(value), kind: KIND.number, fault: true }
}

/** What a grid needs: numbered styles, and an engine, which holds the texts that sheets share. */
export function gridSources(engine: Engine, styles: readonly NumberStyle[], system: DateSystem): GridSources {
  return { engine, render: (value, style) => renderNumber(value, styles[style] ?? PLAIN, system) }
}
