import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

/** A zip archive of files by their names. */
export async function zipped(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile()
  const mtime = new Date(Date.UTC(2026, 0, 1))
  for (const [name, held] of Object.entries(files)) {
    zip.addBuffer(Buffer.from(held), name, { mtime })
  }
  zip.end()
  // Its types say a stream of older times.
  return await buffer(zip.outputStream as unknown as NodeJS.ReadableStream)
}

export interface TestSheet {
  readonly name: string
  /** Rows of cells, as XML: `<c t="s"><v>0</v></c>`. */
  readonly rows: readonly string[]
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'

/** A workbook as spreadsheet programs write it. @param formats format codes; a cell's `s` is the place of its own, from 1 */
export async function workbook(
  sheets: readonly TestSheet[],
  {
    strings = [],
    formats = [],
    date1904 = false,
  }: {
    readonly strings?: readonly string[]
    readonly formats?: readonly (string | number)[]
    readonly date1904?: boolean
  } = {},
): Promise<Buffer> {
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`
  const codes = formats.map((format, i) =>
    typeof format === 'number'
      ? ''
      : `<numFmt numFmtId="${164 + i}" formatCode="${escaped(format)}"/>`,
  )
  const styles = formats.map(
    (format, i) => `<xf numFmtId="${typeof format === 'number' ? format : 164 + i}"/>`,
  )
  return await zipped({
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns:r="${OFFICE}"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets>${sheets.map(({ name }, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 10}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}">${relation(1, 'styles', 'styles.xml')}${relation(2, 'sharedStrings', '/xl/sharedStrings.xml')}${sheets.map((_, i) => relation(i + 10, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('')}</Relationships>`,
    'xl/styles.xml': `<styleSheet><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${styles.join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst>${strings.map((text) => `<si>${text}</si>`).join('')}</sst>`,
    ...Object.fromEntries(
      sheets.map(({ rows }, i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        `<worksheet><sheetData>${rows.map((row) => `<row>${row}</row>`).join('')}</sheetData></worksheet>`,
      ]),
    ),
  })
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
