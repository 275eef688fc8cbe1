/** The layer of environment variables: `HOTPASS_REPORT_TITLE`, `HOTPASS_INPUT_DIR`, `SOURCE_DATE_EPOCH`. */
import { HotpassError } from '../error.ts'
import { nearest } from '../suggest.ts'
import type { Json, JsonObject } from '../types.ts'
import { mergeValues } from './merge.ts'
import { settingPaths, type SettingType } from './settings.ts'
import type { Layer } from './types.ts'

/** The variable for a dotted path: `report.title` → `HOTPASS_REPORT_TITLE`; the block `pipeline` is left out. */
export function variableFor(path: string): string {
  return `HOTPASS_${path.replace(/^pipeline\./, '').replaceAll('.', '_').toUpperCase()}`
}

/**
 * The layer that the variables make. `environment` holds those that begin with `HOTPASS_`, and SOURCE_DATE_EPOCH;
 * others are passed over, and so are the names in `others` (read elsewhere). Empty ones count as not set.
 * Throws E_CONFIG for a variable that sets nothing, or a value of the wrong form.
 */
export function environmentLayer(environment: ReadonlyMap<string, string>, others: readonly string[] = []): Layer {
  const settings = new Map([...settingPaths()].map(([path, type]) => [variableFor(path), { path, type }]))
  const names = new Map<string, string>()
  let values: JsonObject = {}
  for (const name of [...environment.keys()].sort()) {
    const text = environment.get(name)!
    if (text === '' || others.includes(name)) continue
    if (name === 'SOURCE_DATE_EPOCH') {
      values = mergeValues(values, { pipeline: { as_of: instantOf(text) } }) as JsonObject
      names.set('pipeline.as_of', name)
      continue
    }
    if (!name.startsWith('HOTPASS_')) continue
    const setting = settings.get(name)
    if (setting === undefined) {
      const suggestion = nearest(name, [...settings.keys()])
      throw new HotpassError('E_CONFIG', `environment: ${name} sets nothing${suggestion === undefined ? '' : `; did you mean ${suggestion}?`}`, { hint: 'unset it, or correct its name' })
    }
    const value = valueOf(name, text, setting.type)
    values = mergeValues(values, setting.path.split('.').reduceRight<Json>((inner, part) => ({ [part]: inner }), value)) as JsonObject
    names.set(setting.path, name)
  }
  const spelling = (path: readonly (string | number)[]): string | undefined => {
    for (let length = path.length; length > 0; length--) {
      const name = names.get(path.slice(0, length).join('.'))
      if (name !== undefined) return name
    }
    return undefined
  }
  return { kind: 'environment', name: 'environment', values, spelling }
}

function valueOf(name: string, text: string, type: SettingType): Json {
  switch (type) {
    case 'string':
      return text
    case 'integer':
    case 'number':
      if (!/^-?[0-9]+(\.[0-9]+)?$/.test(text)) throw new HotpassError('E_CONFIG', `environment: ${name} must be a number`, { hint: `for example ${name}=10` })
      return Number(text)
    case 'boolean':
      if (!/^(true|false|1|0)$/.test(text)) throw new HotpassError('E_CONFIG', `environment: ${name} must be true or false`)
      return text === 'true' || text === '1'
    case 'list':
      return text.startsWith('[') ? parse(name, text) : text.split(',').map(item => item.trim())
    case 'block':
      return parse(name, text)
  }
}

function parse(name: string, text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (cause) {
    throw new HotpassError('E_CONFIG', `environment: ${name} must be JSON`, { cause, hint: `for example ${name}='{"website": 2}'` })
  }
}

/**
 * The RFC 3339 instant of seconds since 1970, as SOURCE_DATE_EPOCH gives them (reproducible-builds.org/specs/source-date-epoch).
 * Days to civil date after Hinnant, "chrono-compatible low-level date algorithms". Throws E_CONFIG when it is not a
 * whole number of seconds between the years 1970 and 9999.
 */
export function instantOf(text: string): string {
  const seconds = /^[0-9]{1,12}$/.test(text) ? Number(text) : Number.NaN
  if (!(seconds <= 253_402_300_799)) throw new HotpassError('E_CONFIG', 'environment: SOURCE_DATE_EPOCH must be a whole number of seconds since 1970', { hint: 'for example SOURCE_DATE_EPOCH=1767225600' })
  const shifted = Math.floor(seconds / 86_400) + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  const rest = seconds % 86_400
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}Z`
}
