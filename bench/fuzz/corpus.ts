/** Files to start from: the fixtures, workbooks made on the spot that hold every feature, and folders that are named. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { buildXlsx } from '../../operators/read/testing/build-xlsx.ts'
import type { Part } from '../../operators/read/testing/build-zip.ts'
import { partsOf } from './mutate-zip.ts'

export interface Seed {
  /** With the ending that says how it is read. */
  readonly name: string
  readonly bytes: Uint8Array
  /** Of an archive. */
  readonly parts: readonly Part[] | null
}

const MAX_BYTES = 200_000
const ENDINGS = /\.(xlsx|xlsm|ods|csv|tsv|xls|xlsb)$/i
const ROOT = join(import.meta.dirname, '../..')

function everyFeature(): Uint8Array {
  const rows = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>Since</t></is></c><c r="D1" t="s"><v>2</v></c></row>
    <row r="2"><c r="A2" t="inlineStr"><is><r><t>Rich</t></r><r><rPr><b/></rPr><t xml:space="preserve"> run</t></r><rPh sb="0" eb="1"><t>p</t></rPh></is></c><c r="B2"><v>12.5</v></c><c r="C2" s="1"><v>45292</v></c><c r="D2" t="b"><v>1</v></c></row>
    <row r="3" hidden="1"><c r="A3" t="str"><f>A2&amp;B2</f><v>both_x000D_</v></c><c r="B3" t="e"><v>#DIV/0!</v></c><c r="C3" s="2"><v>1.75</v></c><c r="D3"><f t="shared" si="0" ref="D3:D9">1+1</f></c></row>
    <row r="4"><c r="A4" t="d"><v>2024-02-29</v></c><c r="B4" s="3"><v>42</v></c><c r="D4" t="s"><v>3</v></c></row>`
  const sheet = {
    name: 'Members & <friends>', rows, before: '<sheetPr filterMode="1"/><dimension ref="A1:D4"/><cols><col min="2" max="2" hidden="1"/></cols>',
    after: '<autoFilter ref="A1:D4"><filterColumn colId="0"><filters><filter val="x"/></filters></filterColumn></autoFilter><mergeCells><mergeCell ref="A1:B1"/></mergeCells><dataValidations><dataValidation type="list" sqref="D2:D4"><formula1>"a,b"</formula1></dataValidation></dataValidations><legacyDrawing r:id="c"/>',
    rels: '<Relationship Id="t" Type="TYPE/table" Target="../tables/table1.xml"/><Relationship Id="c" Type="TYPE/comments" Target="../comments1.xml"/><Relationship Id="h" Type="TYPE/hyperlink" Target="http://example.com/" TargetMode="External"/>'
  }
  return buildXlsx({
    sheets: [sheet, { name: 'Hidden', state: 'hidden', rows: '<row><c><v>1</v></c></row>' }, { name: 'Deep', state: 'veryHidden' }],
    shared: '<si><t>Name</t></si><si><t xml:space="preserve"> Fee </t></si><si><r><t>Active</t></r></si><si><t>yes&#233;</t></si>',
    formats: [14, '[h]:mm:ss', '00000'],
    date1904: true,
    properties: { 'hotpass.run_id': 'run-1' },
    extra: [
      { name: 'xl/tables/table1.xml', data: '<table xmlns="x" id="1" name="T" displayName="T" ref="A1:D4" totalsRowCount="1"><autoFilter ref="A1:D3"/><tableColumns count="1"><tableColumn id="1" name="Name"/></tableColumns></table>' },
      { name: 'xl/comments1.xml', data: '<comments><authors><author>x</author></authors><commentList><comment ref="B2" authorId="0"><text><r><t>Ask</t></r></text></comment></commentList></comments>' },
      { name: 'xl/externalLinks/externalLink1.xml', data: '<externalLink/>' }
    ]
  })
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => ENDINGS.test(name))
    .sort()
    .map(name => join(folder, name))
    .filter(path => statSync(path).isFile() && statSync(path).size <= MAX_BYTES)
}

/** The seeds, always in the same order. `thirdParty`: also the formats that somebody else's parser reads. */
export function corpusOf(folders: readonly string[], thirdParty: boolean): Seed[] {
  const files = [join(ROOT, 'fixtures'), ...folders].flatMap(filesIn).filter(path => thirdParty || !/\.(xls|xlsb)$/i.test(path))
  const seeds: { name: string; bytes: Uint8Array }[] = files.map(path => ({ name: path.slice(path.lastIndexOf('/') + 1), bytes: new Uint8Array(readFileSync(path)) }))
  seeds.push({ name: 'every-feature.xlsx', bytes: everyFeature() })
  return seeds.map(seed => ({ ...seed, parts: partsOf(seed.bytes) }))
}
