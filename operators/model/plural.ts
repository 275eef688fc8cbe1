/** `1 row`, `2 rows`: a count with its noun, for messages. */
export function plural(count: number, singular: string, many = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : many}`
}
