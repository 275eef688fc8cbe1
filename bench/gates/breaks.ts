/** What is broken on purpose, one thing at a time, and which gate has to see it. */
export interface Break {
  readonly name: string
  readonly path: string
  /** The text that is there, and what is put in its place. */
  readonly from: string
  readonly to: string
  /** The target of `hotpass qa` that is run. */
  readonly target: string
  readonly gate: string
  readonly code: string
  readonly exit: number
}

export const BREAKS: readonly Break[] = [
  {
    name: 'undocumented-flag',
    path: 'cli/commands/inspect.ts',
    from: 'input: inputOf({',
    to: "input: inputOf({ squint: { type: 'boolean', description: 'Look twice.' },",
    target: 'docs',
    gate: 'qg5-docs',
    code: 'QA_REFERENCE_INCOMPLETE',
    exit: 1
  },
  {
    name: 'broken-code-block',
    path: 'docs/how-to/gates-in-ci.md',
    from: 'hotpass qa data-quality',
    to: 'hotpass qa data-qualities',
    target: 'docs',
    gate: 'qg5-docs',
    code: 'QA_CODE_BLOCK_FAILED',
    exit: 1
  },
  {
    name: 'broken-promise',
    path: 'profiles/quickstart.yaml',
    from: 'refine:\n',
    to: 'expectations:\n  - { expect: row-count, min: 1000 }\nrefine:\n',
    target: 'data-quality',
    gate: 'qg2-data-quality',
    code: 'ROW_COUNT_BREACHED',
    exit: 3
  },
  {
    name: 'broken-law',
    path: 'operators/merge/slug.ts',
    from: 'export ',
    to: 'export const luck = (): number => Math.random()\nexport ',
    target: 'fitness',
    gate: 'fitness',
    code: 'LAW_BROKEN',
    exit: 1
  },
  {
    name: 'broken-example',
    path: 'cli/commands/doctor.ts',
    from: "line: 'doctor",
    to: "line: 'doctor --ful",
    target: 'cli',
    gate: 'qg1-cli-integrity',
    code: 'QA_EXAMPLE_FAILED',
    exit: 1
  },
  {
    name: 'extra-tool',
    path: 'cli/mcp/server.ts',
    from: '({ tools: [...(await open()).tools.values()].map(listingOf) })',
    to: "({ tools: [...[...(await open()).tools.values()].map(listingOf), { name: 'hotpass.whisper', inputSchema: { type: 'object' as const } }] })",
    target: 'ta',
    gate: 'qg4-discoverability',
    code: 'QA_AGENT_SURFACE',
    exit: 1
  }
]
