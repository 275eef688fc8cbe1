/** Scenarios of the suite that do not apply to Hotpass, each with the reason. All others have to pass. */
const WATCHES = 'Hotpass declares no subscriptions: runs and profiles are read when they are needed.'
const TASKS = 'An extension that Hotpass does not declare: long work is asked for in the background and polled with hotpass.runs.show.'
const SKILLS = 'An extension that Hotpass does not declare.'
const HEADERS = 'No tool declares x-mcp-header parameters.'

export const NOT_APPLICABLE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '2025-11-25': { 'resources-subscribe': WATCHES, 'resources-unsubscribe': WATCHES },
  '2026-07-28': Object.fromEntries([
    ...['lifecycle', 'capability-negotiation', 'wire-fields', 'request-state-removal', 'mrtr-input', 'request-headers', 'dispatch-and-envelope', 'status-notifications', 'required-task-error', 'mrtr-composition'].map(name => [`tasks-${name}`, TASKS]),
    ...['directory', 'enumeration', 'manifest'].map(name => [`sep-2640-skills-${name}`, SKILLS]),
    ['http-custom-header-server-validation', HEADERS]
  ]) as Record<string, string>
}

/** Which release of the suite tests which revision, and how it is asked for all of it. */
export const SUITES = [
  { revision: '2025-11-25', version: '0.1.16', flags: ['--suite', 'active'] },
  { revision: '2025-11-25', version: '0.2.0-alpha.12', flags: ['--requirements', '2025-11-25'] },
  { revision: '2026-07-28', version: '0.2.0-alpha.12', flags: ['--requirements', '2026-07-28'] }
] as const
