/** Names under which an ODCS document says what only Hotpass knows. */
export const ENGINE = 'hotpass'
export const CUSTOM = {
  profile: 'hotpassProfile',
  separator: 'hotpassListSeparator',
  group: 'hotpassGroup',
  type: 'hotpassType',
  multiple: 'hotpassMultiple',
  optional: 'hotpassOptional',
  /** Marks a quality rule that stands for a rule of the field itself. */
  rule: 'hotpassFieldRule'
} as const
