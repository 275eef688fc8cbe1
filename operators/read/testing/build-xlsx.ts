/** Writes small workbooks for tests, part by part, so that each part can be odd. */
import { buildZip, type Part } from './build-zip.ts'

export interface SheetSource {
  readonly name: string
  /** Content of `sheetData`, or with `whole` the part itself. */
  readonly rows?: string
  readonly whole?: string | Uint8Array
  readonly state?: string
  /** Elements before and behind `sheetData`. */
  readonly before?: string
  readonly after?: string
  readonly target?: string
  readonly rels?: string
}

export interface WorkbookSource {
  readonly sheets: readonly SheetSource[]
  /** Content of `sst`, or the whole part when it begins with a declaration. */
  readonly shared?: string
  /** Format codes; cell style n + 1 has the n-th. */
  readonly formats?: readonly (string | number)[]
  readonly date1904?: boolean
  readonly properties?: Readonly<Record<string, string>>
  readonly extra?: readonly Part[]
  readonly strict?: boolean
  /** Other content for parts, by name. */
  readonly replace?: Readonly<Record<string, string>>
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** Text as XML content. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\r', '&#13;')
}

const MAIN = 'application/vnd.openxmlformats-officedocument.spreadsheetml.'

/** What kind of part each is, without which other readers open nothing. */
function contentTypes(source: WorkbookSource): string {
  const override = (part: string, type: string): string => `<Override PartName="/xl/${part}.xml" ContentType="${MAIN}${type}+xml"/>`
  const sheets = source.sheets.map((_, index) => override(`worksheets/sheet${index + 1}`, 'worksheet')).join('')
  return `${DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('workbook', 'sheet.main')}${sheets}${source.shared === undefined ? '' : override('sharedStrings', 'sharedStrings')}${source.formats === undefined ? '' : override('styles', 'styles')}</Types>`
}

/** The parts of a workbook. */
export function xlsxParts(source: WorkbookSource): Part[] {
  const main = source.strict ? 'http://purl.oclc.org/ooxml/spreadsheetml/main' : 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const office = source.strict ? 'http://purl.oclc.org/ooxml/officeDocument/relationships' : 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const rels = (content: string): string => `${DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`
  const relation = (id: string, type: string, target: string): string => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`
  const parts: Part[] = [
    { name: '[Content_Types].xml', data: contentTypes(source) },
    { name: '_rels/.rels', data: rels(relation('r1', 'officeDocument', 'xl/workbook.xml') + (source.properties ? relation('r2', 'custom-properties', 'docProps/custom.xml') : '')) },
    {
      name: 'xl/workbook.xml',
      data: `${DECLARATION}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${source.date1904 ? ' date1904="1"' : ''}/><sheets>${source.sheets
        .map((sheet, index) => `<sheet name="${escapeXml(sheet.name)}" sheetId="${index + 1}"${sheet.state ? ` state="${sheet.state}"` : ''} r:id="s${index + 1}"/>`)
        .join('')}</sheets></workbook>`
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: rels(
        source.sheets.map((sheet, index) => relation(`s${index + 1}`, 'worksheet', sheet.target ?? `worksheets/sheet${index + 1}.xml`)).join('') +
          (source.shared === undefined ? '' : relation('x1', 'sharedStrings', 'sharedStrings.xml')) +
          (source.formats === undefined ? '' : relation('x2', 'styles', '/xl/styles.xml'))
      )
    }
  ]
  source.sheets.forEach((sheet, index) => {
    parts.push({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      data: sheet.whole ?? `${DECLARATION}<worksheet xmlns="${main}">${sheet.before ?? ''}<sheetData>${sheet.rows ?? ''}</sheetData>${sheet.after ?? ''}</worksheet>`
    })
    if (sheet.rels) parts.push({ name: `xl/worksheets/_rels/sheet${index + 1}.xml.rels`, data: rels(sheet.rels.replaceAll('TYPE/', `${office}/`)) })
  })
  if (source.shared !== undefined) parts.push({ name: 'xl/sharedStrings.xml', data: source.shared.startsWith('<?') ? source.shared : `${DECLARATION}<sst xmlns="${main}">${source.shared}</sst>` })
  if (source.formats !== undefined) {
    const codes = source.formats.map((format, index) => (typeof format === 'number' ? '' : `<numFmt numFmtId="${200 + index}" formatCode="${escapeXml(format)}"/>`)).join('')
    const xfs = source.formats.map((format, index) => `<xf numFmtId="${typeof format === 'number' ? format : 200 + index}"/>`).join('')
    parts.push({ name: 'xl/styles.xml', data: `${DECLARATION}<styleSheet xmlns="${main}"><numFmts>${codes}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${xfs}</cellXfs></styleSheet>` })
  }
  if (source.properties) {
    const entries = Object.entries(source.properties).map(([name, value]) => `<property name="${escapeXml(name)}" pid="2"><vt:lpwstr>${escapeXml(value)}</vt:lpwstr></property>`)
    parts.push({ name: 'docProps/custom.xml', data: `${DECLARATION}<Properties xmlns:vt="urn:vt">${entries.join('')}</Properties>` })
  }
  return [...parts, ...(source.extra ?? [])].map(part => ({ ...part, data: source.replace?.[part.name] ?? part.data }))
}

/** A workbook. */
export function buildXlsx(source: WorkbookSource): Uint8Array {
  return buildZip(xlsxParts(source))
}
