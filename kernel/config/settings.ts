/** Every setting that a configuration file may hold, found in its schema. */
import { schema } from '../../schemas/generated/config.ts'

/** How the text of a variable or flag becomes a value. */
export type SettingType = 'string' | 'integer' | 'number' | 'boolean' | 'list' | 'block'

interface Node {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly properties?: { readonly [key: string]: Node }
  readonly enum?: readonly unknown[]
}

let cache: ReadonlyMap<string, SettingType> | undefined

/** Dotted path to type, in the order of the schema: blocks with fixed keys are opened, lists and free blocks are settings. */
export function settingPaths(): ReadonlyMap<string, SettingType> {
  if (cache !== undefined) return cache
  const found = new Map<string, SettingType>()
  const definitions = schema.$defs as unknown as { readonly [name: string]: Node }
  const resolve = (node: Node): Node => (node.$ref === undefined ? node : resolve(definitions[node.$ref.replace('#/$defs/', '')]!))
  function walk(node: Node, path: readonly string[]): void {
    const inner = resolve(node)
    if (inner.properties !== undefined) {
      for (const key of Object.keys(inner.properties)) if (key !== '$schema') walk(inner.properties[key]!, [...path, key])
      return
    }
    found.set(path.join('.'), typeOf(inner))
  }
  walk(schema as unknown as Node, [])
  cache = found
  return found
}

function typeOf(node: Node): SettingType {
  const type = node.type ?? (node.enum === undefined ? 'object' : 'string')
  if (type === 'integer' || type === 'number' || type === 'boolean') return type
  return type === 'array' ? 'list' : type === 'object' ? 'block' : 'string'
}
