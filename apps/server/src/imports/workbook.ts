import { posix } from 'node:path'
import { builtInStyle, type NumberStyle, styleOf } from './cell-text.ts'
import { type XmlHearer, XmlEvents } from './xml-events.ts'
import { ArchiveRefused, type ZipFile, type ZippedFile } from './zip-file.ts'

export interface Sheet {
  readonly name: string
  readonly file: ZippedFile
}

/** What the sheets of a workbook have in common. */
export interface Workbook {
  readonly sheets: readonly Sheet[]
  /** Where days are counted from. */
  readonly system: 1900 | 1904
  /** By the number that a cell says. */
  readonly styles: readonly NumberStyle[]
  /** By the number that a cell says. */
  readonly strings: readonly string[]
}

/** They are held while the sheets are read. */
const STRINGS_LIMIT_BYTES = 314_572_800

/** Null: the archive is no workbook. @throws ArchiveRefused */
export async function workbookOf({ files }: ZipFile): Promise<Workbook | null> {
  const named = new Map(files.map((file) => [file.name, file]))
  if (!named.has('[Content_Types].xml') || !named.has('_rels/.rels')) return null
  const root = (await relationsOf(named.get('_rels/.rels'), '')).find(
    ({ type }) => type === 'officeDocument',
  )
  const main = root === undefined ? undefined : named.get(root.target)
  if (root === undefined || main === undefined || !/\.xml$/i.test(main.name)) return null
  const folder = posix.dirname(main.name)
  const relations = await relationsOf(
    named.get(posix.join(folder, '_rels', `${posix.basename(main.name)}.rels`)),
    folder,
  )
  const part = (wanted: string) => {
    const target = relations.find(({ type }) => type === wanted)?.target
    return target === undefined ? undefined : named.get(target)
  }
  const { sheets, system, spreadsheet } = await outline(main)
  if (!spreadsheet) return null
  const strings = part('sharedStrings')
  if (strings !== undefined && strings.sizeBytes > STRINGS_LIMIT_BYTES) {
    throw new ArchiveRefused(
      `its texts take ${strings.sizeBytes} bytes: expected at most ${STRINGS_LIMIT_BYTES}; save its sheets as CSV`,
    )
  }
  return {
    system,
    styles: await stylesOf(part('styles')),
    strings: await stringsOf(strings),
    sheets: sheets.flatMap(({ name, relation }) => {
      const found = relations.find(({ id, type }) => id === relation && type === 'worksheet')
      const file = found === undefined ? undefined : named.get(found.target)
      return file === undefined ? [] : [{ name, file }]
    }),
  }
}

/** @throws ArchiveRefused when it is no XML, or an unreadable part */
export async function readXml(file: ZippedFile, hearer: XmlHearer): Promise<void> {
  const xml = new XmlEvents(hearer)
  try {
    for await (const piece of file.read()) xml.push(piece)
    xml.end()
  } catch (error) {
    if (error instanceof ArchiveRefused || !(error instanceof Error)) throw error
    throw new ArchiveRefused(`'${file.name}' cannot be read: ${error.message}`, { cause: error })
  }
}

interface Relation {
  readonly id: string
  /** The last word of its type: `worksheet`. */
  readonly type: string
  /** The name of the part. */
  readonly target: string
}

async function relationsOf(
  file: ZippedFile | undefined,
  folder: string,
): Promise<readonly Relation[]> {
  const relations: Relation[] = []
  if (file === undefined) return relations
  await readXml(file, {
    open: (name, { Id: id = '', Type: type = '', Target: target = '' }) => {
      if (name !== 'Relationship') return
      relations.push({
        id,
        type: posix.basename(type),
        target: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
      })
    },
  })
  return relations
}

async function outline(file: ZippedFile) {
  const sheets: { readonly name: string; readonly relation: string }[] = []
  let system: 1900 | 1904 = 1900
  let spreadsheet = false
  await readXml(file, {
    open: (name, attributes) => {
      if (name === 'workbook') spreadsheet = true
      if (name === 'workbookPr' && isTrue(attributes['date1904'])) system = 1904
      if (name !== 'sheet') return
      const relation = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1]
      sheets.push({ name: attributes['name'] ?? '', relation: relation ?? '' })
    },
  })
  return { sheets, system, spreadsheet }
}

function isTrue(text: string | undefined): boolean {
  return text === '1' || text === 'true'
}

async function stylesOf(file: ZippedFile | undefined): Promise<readonly NumberStyle[]> {
  const own = new Map<string, NumberStyle>()
  const styles: NumberStyle[] = []
  let inCells = false
  if (file === undefined) return styles
  await readXml(file, {
    open: (name, { numFmtId: id = '0', formatCode: code = '' }) => {
      if (name === 'numFmt') own.set(id, styleOf(code))
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) styles.push(own.get(id) ?? builtInStyle(Number(id)))
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
    },
  })
  return styles
}

async function stringsOf(file: ZippedFile | undefined): Promise<readonly string[]> {
  const strings: string[] = []
  if (file === undefined) return strings
  const text = new RichText()
  await readXml(file, {
    open: (name) => text.open(name),
    text: (said) => text.take(said),
    close: (name) => {
      text.close(name)
      if (name === 'si') strings.push(text.whole())
    },
  })
  return strings
}

/** The text of `<t>` elements, one after the other; those that say how it is pronounced are none of it. */
export class RichText {
  #text = ''
  #inText = false
  #spoken = false

  open(name: string): void {
    if (name === 't') this.#inText = !this.#spoken
    else if (name === 'rPh') this.#spoken = true
  }

  take(text: string): void {
    if (this.#inText) this.#text += text
  }

  close(name: string): void {
    if (name === 't') this.#inText = false
    else if (name === 'rPh') this.#spoken = false
  }

  whole(): string {
    const text = unescaped(this.#text)
    this.#text = ''
    return text
  }
}

/** `_x000D_` stands for a character that XML has no place for. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
