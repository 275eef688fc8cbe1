/** The styles of the review workbook: each kind of cell twice, without and with the line above that parts two pairs. */

export const CELL_KINDS = ['plain', 'header', 'input', 'closed', 'quiet', 'agree', 'similar', 'differ', 'bits', 'percent', 'title'] as const
export type CellKind = (typeof CELL_KINDS)[number]

/** The number of a style. */
export function styleOf(kind: CellKind, first: boolean): number {
  return CELL_KINDS.indexOf(kind) * 2 + (first ? 1 : 0)
}

const FILLS: { readonly [kind in CellKind]?: string } = { header: 'FF366092', input: 'FFFFF8DC', closed: 'FFEDEFF2', agree: 'FFDDF0E3', similar: 'FFFFF1CC', differ: 'FFFADFD6' }
const FILLED = Object.keys(FILLS) as CellKind[]
/** Text, so that an edited value is never taken for a number or a formula. */
const TEXT = 49
const FORMATS: { readonly [kind in CellKind]?: number } = { bits: 164, percent: 165 }
const FONTS: { readonly [kind in CellKind]?: number } = { header: 1, quiet: 2, title: 3 }

function format(kind: CellKind, first: boolean): string {
  const fill = FILLED.indexOf(kind)
  const border = kind === 'input' ? (first ? 2 : 1) : first ? 3 : 0
  return `<xf numFmtId="${FORMATS[kind] ?? TEXT}" fontId="${FONTS[kind] ?? 0}" fillId="${fill === -1 ? 0 : fill + 2}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top"${kind === 'header' || kind === 'title' ? '' : ' wrapText="1"'}/></xf>`
}

const font = (extra: string, size: number, colour: string): string => `<font>${extra}<sz val="${size}"/><color rgb="${colour}"/><name val="Calibri"/><family val="2"/></font>`
const edge = (name: string, colour: string | null): string => (colour === null ? `<${name}/>` : `<${name} style="thin"><color rgb="${colour}"/></${name}>`)
const border = (top: string | null, rest: string | null): string => `<border>${edge('left', rest)}${edge('right', rest)}${edge('top', top)}${edge('bottom', rest)}<diagonal/></border>`

const [LINE, SOFT] = ['FF6B7A8F', 'FFC9A227']
const XFS = CELL_KINDS.flatMap(kind => [format(kind, false), format(kind, true)])

export const REVIEW_STYLES_XML =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<numFmts count="2"><numFmt numFmtId="164" formatCode="0.0"/><numFmt numFmtId="165" formatCode="0.0%"/></numFmts>' +
  `<fonts count="4">${font('', 11, 'FF000000')}${font('<b/>', 11, 'FFFFFFFF')}${font('', 9, 'FF6B7A8F')}${font('<b/>', 14, 'FF366092')}</fonts>` +
  `<fills count="${FILLED.length + 2}"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${FILLED.map(kind => `<fill><patternFill patternType="solid"><fgColor rgb="${FILLS[kind]}"/><bgColor indexed="64"/></patternFill></fill>`).join('')}</fills>` +
  `<borders count="4">${border(null, null)}${border(SOFT, SOFT)}${border(LINE, SOFT)}${border(LINE, null)}</borders>` +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  `<cellXfs count="${XFS.length}">${XFS.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
