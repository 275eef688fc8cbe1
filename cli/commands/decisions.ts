import type { PropertySchema } from '../../kernel/registry/command.ts'

/** The property of commands that read or write what people decided. */
export const DECISIONS = {
  decisions_path: { type: 'string', path: 'decisions', minLength: 1, description: 'File of decisions (JSON Lines): which records people said are one entity, and which are not.', default: 'decisions.jsonl in the workspace' }
} as const satisfies Record<string, PropertySchema>
