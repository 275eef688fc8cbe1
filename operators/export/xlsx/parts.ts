/** The parts around the sheets: content types, relationships, workbook, properties (ECMA-376 part 1 and part 2). */
import { RUN_ID_TOKEN } from '../../../kernel/artifact/files.ts'
import { xmlText } from './text.ts'

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
/** The property set of user-defined properties ([MS-OLEPS] 2.18.1). */
const USER_DEFINED = '{D5CDD505-2E9C-101B-9397-08002B2CF9AE}'

/** Value of the custom property `hotpass.schema`: says that the workbook was written by this exporter, and in which form. */
export const WORKBOOK_SCHEMA = 'urn:hotpass:dataset-workbook:1'

/** `[Content_Types].xml` for this many sheets. */
export function contentTypesXml(sheets: number): string {
  const overrides: [part: string, type: string][] = [['/xl/workbook.xml', `${MAIN}.sheet.main+xml`]]
  for (let sheet = 1; sheet <= sheets; sheet++) overrides.push([`/xl/worksheets/sheet${sheet}.xml`, `${MAIN}.worksheet+xml`])
  overrides.push(
    ['/xl/styles.xml', `${MAIN}.styles+xml`],
    ['/xl/sharedStrings.xml', `${MAIN}.sharedStrings+xml`],
    ['/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'],
    ['/docProps/custom.xml', 'application/vnd.openxmlformats-officedocument.custom-properties+xml']
  )
  return (
    `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
    `${overrides.map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`).join('')}</Types>`
  )
}

function relationships(targets: readonly (readonly [type: string, target: string])[]): string {
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${targets.map(([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${type}" Target="${target}"/>`).join('')}</Relationships>`
}

export const PACKAGE_RELATIONSHIPS_XML = relationships([
  [`${OFFICE}/relationships/officeDocument`, 'xl/workbook.xml'],
  [`${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
  [`${OFFICE}/relationships/custom-properties`, 'docProps/custom.xml']
])

/** `xl/_rels/workbook.xml.rels` for this many sheets, which have the ids rId1, rId2, … */
export function workbookRelationshipsXml(sheets: number): string {
  const targets: [string, string][] = []
  for (let sheet = 1; sheet <= sheets; sheet++) targets.push([`${OFFICE}/relationships/worksheet`, `worksheets/sheet${sheet}.xml`])
  targets.push([`${OFFICE}/relationships/styles`, 'styles.xml'], [`${OFFICE}/relationships/sharedStrings`, 'sharedStrings.xml'])
  return relationships(targets)
}

function absolute(range: string): string {
  return range.replace(/[A-Z]+|\d+/g, part => `$${part}`)
}

/** `xl/workbook.xml`. `range` is what a sheet's filter covers, null when it has none. */
export function workbookXml(sheets: readonly { readonly name: string; readonly range: string | null }[]): string {
  const filters = sheets
    .map(({ name, range }, index) =>
      range === null ? '' : `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">'${xmlText(name.replaceAll("'", "''"))}'!${absolute(range)}</definedName>`
    )
    .join('')
  return (
    `${XML}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}/relationships"><workbookPr defaultThemeVersion="124226"/><bookViews><workbookView xWindow="0" yWindow="0" windowWidth="24000" windowHeight="12000"/></bookViews>` +
    `<sheets>${sheets.map(({ name }, index) => `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets>` +
    `<definedNames>${filters}</definedNames><calcPr calcId="0"/></workbook>`
  )
}

/** No dates: the document depends on the data alone. `title` is plain text. */
export function coreXml(title: string): string {
  return `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xmlText(title)}</dc:title><dc:creator>Hotpass</dc:creator></cp:coreProperties>`
}

/** Custom properties, by name. */
export function customXml(properties: readonly (readonly [name: string, value: string])[]): string {
  return (
    `${XML}<Properties xmlns="${OFFICE}/custom-properties" xmlns:vt="${OFFICE}/docPropsVTypes">` +
    `${properties.map(([name, value], index) => `<property fmtid="${USER_DEFINED}" pid="${index + 2}" name="${name}"><vt:lpwstr>${xmlText(value)}</vt:lpwstr></property>`).join('')}</Properties>`
  )
}

export const CORE_XML = coreXml('Dataset')

/** The custom properties `hotpass.run_id`, which publication fills in, and `hotpass.schema`. */
export const CUSTOM_XML = customXml([['hotpass.run_id', RUN_ID_TOKEN], ['hotpass.schema', WORKBOOK_SCHEMA]])
