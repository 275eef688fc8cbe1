/** Tells the people in one cell apart. */
import { foldWord } from './clean.ts'
import { isRole } from './role.ts'
import { HONORIFICS } from './tables/honorifics.ts'

const MAX_PEOPLE = 20

/** The parts of a cell that are one person each, with brackets left whole. */
export function splitPeople(text: string): readonly string[] {
  const closed = text.replace(/\n(?=[^(]*\))/g, ' ')
  const lines = closed.split('\n').map(line => line.trim()).filter(line => line !== '')
  const whole = lines.length > 1 && lines.every(line => line.includes(' ') || isRole(line) || /[;,(]/.test(line)) ? lines : [lines.join(' ')]
  const out: string[] = []
  for (const line of whole) {
    let depth = 0
    let from = 0
    for (let at = 0; at < line.length; at++) {
      const sign = line[at]!
      if (sign === '(' || sign === '[') depth++
      else if (sign === ')' || sign === ']') depth = Math.max(0, depth - 1)
      if (depth > 0) continue
      let width = 0
      if (sign === ';' || sign === '|') width = 1
      else if (sign === '&' || (sign === '/' && /[^\d]/.test(line[at + 1] ?? ' ') && !/\b[a-z]$/i.test(line.slice(Math.max(0, at - 2), at)))) width = 1
      else if (sign === ' ') width = /^ (?:and|en|und|et) /i.exec(line.slice(at, at + 5))?.[0].length ?? 0
      if (width === 0) continue
      out.push(line.slice(from, at))
      from = at + width
      at = from - 1
    }
    out.push(line.slice(from))
  }
  const parts = out.map(part => part.trim()).filter(part => part !== '')
  return parts.length > MAX_PEOPLE ? [parts.join(' & ')] : shareSurname(parts)
}

/** "Jan & Marie Smit": one surname for both. "Mr & Mrs Smit": one person's worth of name. */
function shareSurname(parts: readonly string[]): readonly string[] {
  if (parts.length < 2) return parts
  const last = parts[parts.length - 1]!
  const words = last.replace(/ *[([].*$/, '').split(' ').filter(word => !HONORIFICS.has(foldWord(word)))
  return parts.flatMap((part, index) => {
    if (HONORIFICS.has(foldWord(part)) && part.replace(/\./g, '').length > 1) return []
    if (index === parts.length - 1 || part.includes(' ') || words.length < 2 || isRole(part) || isRole(last) || !/^[A-ZÀ-Þ][A-Za-zÀ-ɏ'’-]+$/.test(part) || /[,(]/.test(last)) return [part]
    return [`${part} ${words.slice(1).join(' ')}`]
  })
}
