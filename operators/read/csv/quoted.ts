/**
 * Where a quoted field ends. A mark closes the field when a delimiter or the end of the line follows; any other mark
 * inside is text. When the marks make no sense that way (the "closing" one opens the next field, or stands on another
 * line, or there is none and records follow), the opening mark was a stray one: text, like the rest of its field.
 */
export interface QuoteEnd {
  /** Bytes of the content. */
  start: number
  end: number
  /** Where the delimiter or the end of the line stands. */
  next: number
  /** A mark was kept as text. */
  stray: boolean
  /** The content holds doubled or escaped marks. */
  doubled: boolean
  /** The opening mark is text: read the field as an unquoted one. */
  literal: boolean
  /** How far was looked to find out. */
  seen: number
  /** No mark closes it, although the text goes on for lines that are no records: all of them are its content. */
  unclosed: boolean
}

const [LF, CR, SPACE] = [0x0a, 0x0d, 0x20]

/** Finds the end of the field that opens at `open`; the answer is written into `out`. */
export function findQuoteEnd(b: Uint8Array, open: number, end: number, quote: number, escape: number, endsField: (at: number) => boolean, delimiter: number, fields: number, out: QuoteEnd): void {
  const start = open + 1
  out.start = start
  out.seen = start
  out.stray = out.doubled = out.literal = out.unclosed = false
  // A doubled mark in front of a delimiter: the end, if it turns out that there is no other.
  let fallback = -1
  let doubledBefore = false
  let looked = start
  let lines = false
  for (let from = start; ; ) {
    const mark = b.indexOf(quote, from)
    if (mark === -1) {
      out.seen = end
      if (fallback === -1 && lineGoesOn(b, start, end) && !recordsFollow(b, start, end, delimiter, fields)) {
        out.unclosed = true
        out.end = out.next = end
      }
      break
    }
    if (escape !== -1 && b[mark - 1] === escape && mark > start && isEscaped(b, mark, start, escape)) {
      out.doubled = true
      from = mark + 1
      continue
    }
    if (b[mark + 1] === quote && escape !== quote) {
      if (fallback === -1 && endsField(mark + 2)) {
        fallback = mark
        doubledBefore = out.doubled
      }
      out.doubled = true
      out.seen = mark + 2
      from = mark + 2
      continue
    }
    let after = mark + 1
    if (delimiter !== SPACE) while (b[after] === SPACE) after++
    out.seen = after
    if (endsField(after)) {
      if (swallows(b, start, mark, delimiter, fields)) break
      out.end = mark
      out.next = after
      return
    }
    const before = b[mark - 1]
    // Each byte is looked at once, however many marks there are.
    for (; looked < mark && !lines; looked++) if (b[looked] === LF || b[looked] === CR) lines = true
    if (mark > start && (before === delimiter || lines)) break
    out.stray = true
    from = mark + 1
  }
  if (out.unclosed) return
  out.stray = true
  if (fallback === -1) out.literal = true
  else {
    out.doubled = doubledBefore
    out.end = fallback + 1
    out.next = fallback + 2
  }
}

/** Whole lines inside of a field, at least, before they may be records. */
const FEWEST_RECORDS = 2

/**
 * Whether what lies between two marks is several records rather than one field: its inner lines have as many delimiters
 * as most records of the file. Then the opening mark was a stray one, and the rows are not lost in a field.
 */
function swallows(b: Uint8Array, start: number, end: number, delimiter: number, fields: number): boolean {
  if (fields < 3) return false
  let line = -1
  let delimiters = 0
  let records = 0
  for (let at = start; at < end; at++) {
    const byte = b[at]!
    if (byte === delimiter) delimiters++
    else if (byte === LF || byte === CR) {
      if (byte === CR && b[at + 1] === LF) at++
      if (line >= 0) {
        if (delimiters === fields - 1) records++
        else if (delimiters > 0) return false
      }
      line++
      delimiters = 0
    }
  }
  return records >= FEWEST_RECORDS && records * 2 > line
}

/** Lines behind an opening mark that are looked at when nothing closes it. */
const LOOKED_AT = 1000

/**
 * Whether the lines that follow are records of the file rather than the rest of a field: most of them, or all where records
 * have two fields, have as many delimiters as most records have. Where records have one field, every line is one.
 */
function recordsFollow(b: Uint8Array, from: number, end: number, delimiter: number, fields: number): boolean {
  let lines = -1
  let records = 0
  let delimiters = 0
  let blank = true
  for (let at = from; at <= end && lines < LOOKED_AT; at++) {
    const byte = at === end ? LF : b[at]!
    if (byte === delimiter) delimiters++
    if (byte !== LF && byte !== CR) {
      blank = false
      continue
    }
    // The rest of the line of the mark itself says nothing.
    if (lines < 0) lines = 0
    else if (!blank) {
      lines++
      if (delimiters === fields - 1) records++
    }
    delimiters = 0
    blank = true
  }
  if (fields > 2) return records * 2 > lines
  return records === lines && (fields === 2 || b[from - 2] !== delimiter)
}

/** Whether anything follows after the end of the line. */
function lineGoesOn(b: Uint8Array, from: number, end: number): boolean {
  let at = from
  while (at < end && b[at] !== LF && b[at] !== CR) at++
  while (at < end && (b[at] === LF || b[at] === CR)) at++
  return at < end
}

function isEscaped(b: Uint8Array, mark: number, start: number, escape: number): boolean {
  let at = mark
  while (at > start && b[at - 1] === escape) at--
  return (mark - at) % 2 === 1
}
