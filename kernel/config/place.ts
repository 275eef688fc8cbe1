/** How people are told where a setting stands. */
import type { Layer, Path } from './types.ts'

/** `refine.fields[2].type`. */
export function dotted(path: Path): string {
  let text = ''
  for (const part of path) text += typeof part === 'number' ? `[${part}]` : text === '' ? part : `.${part}`
  return text
}

/** What stands for the key of the file as a whole. */
export const WHOLE = 'the file'

/** The key as the user wrote it: a flag, a variable's name, or the dotted path. */
export function spell(layer: Layer, path: Path): string {
  return layer.spelling?.(path) ?? (path.length === 0 ? WHOLE : dotted(path))
}

/** The layer's name, with the line when it is known: `hotpass.toml:12`. */
export function placeOf(layer: Layer, path: Path): string {
  for (let length = path.length; length >= 0; length--) {
    const line = layer.lineOf?.(path.slice(0, length))
    if (line !== undefined) return `${layer.name}:${line}`
  }
  return layer.name
}

/** Line of the value, or of the closest block around it; undefined when not known. */
export function lineOf(layer: Layer, path: Path): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const line = layer.lineOf?.(path.slice(0, length))
    if (line !== undefined) return line
  }
  return undefined
}
