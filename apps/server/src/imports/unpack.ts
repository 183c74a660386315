import { createHash } from 'node:crypto'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { sheetCsv } from './sheet-csv.ts'
import { workbookOf, type Workbook } from './workbook.ts'
import { ArchiveRefused, openZip, RATIO_LIMIT, type ZipFile, type ZippedFile } from './zip-file.ts'

/** A file of an archive, or a sheet of a workbook, as a file of its own. */
export interface UnpackedPart {
  readonly name: string
  readonly path: string
  readonly sizeBytes: number
  readonly sha256: string
  /** It is a sheet: CSV in UTF-8 by commas, whatever it looks like. */
  readonly sheet: boolean
}

/** What of an archive is not read, and why. */
export interface PassedOver {
  readonly name: string
  readonly why:
    | 'archive-inside'
    | 'encrypted'
    | 'unknown-method'
    | 'damaged'
    /** No row below a header. */
    | 'no-rows'
    /** Formulas stand in it whose values were not saved. */
    | 'unsaved-formulas'
}

export interface Unpacked {
  readonly parts: readonly UnpackedPart[]
  readonly passedOver: readonly PassedOver[]
}

/** Archives begin so, empty ones too. */
export async function isZip(path: string): Promise<boolean> {
  const magic = Buffer.alloc(4)
  const file = await open(path)
  try {
    await file.read(magic, 0, 4, 0)
  } finally {
    await file.close()
  }
  const hex = magic.toString('hex')
  return hex === '504b0304' || hex === '504b0506'
}

/**
 * Writes each file of a zip archive, and each sheet of a workbook, into a folder as a file of its own.
 *
 * @param name what the file is called where it comes from
 * @param roomBytes as many may be written
 * @throws ArchiveRefused
 */
export async function unpack(
  path: string,
  { name, folder, roomBytes }: { name: string; folder: string; roomBytes: number },
): Promise<Unpacked> {
  const zip = await openZip(path)
  try {
    const whole = zip.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    if (whole > roomBytes) {
      throw new ArchiveRefused(`it would unpack to ${whole} bytes, and there is no room for them`)
    }
    const into = new Parts(
      folder,
      Math.min(roomBytes, Math.max(LEAST_BYTES, zip.sizeBytes * RATIO_LIMIT)),
    )
    const workbook = await workbookOf(zip)
    if (workbook !== null) await into.sheets(workbook, name)
    else await into.files(zip, name)
    return { parts: into.parts, passedOver: into.passedOver }
  } finally {
    zip.close()
  }
}

/** A workbook may say one long text in many cells: however small it is, so much may come of it. */
const LEAST_BYTES = 1_073_741_824

/** What systems put beside the files of people. */
const LITTER = /(^|\/)(__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i
const DOCUMENTS: readonly (readonly [sign: string, name: string])[] = [
  ['content.xml', 'an OpenDocument file: save its sheets as .xlsx or CSV'],
  ['xl/workbook.bin', 'a binary workbook (.xlsb): save it as .xlsx'],
  ['word/document.xml', 'a Word document'],
  ['ppt/presentation.xml', 'a presentation'],
  ['Index/Document.iwa', 'a Numbers or Pages document: export it as .xlsx or CSV'],
]

class Parts {
  readonly parts: UnpackedPart[] = []
  readonly passedOver: PassedOver[] = []
  readonly #folder: string
  #leftBytes: number
  #files = 0

  constructor(folder: string, limitBytes: number) {
    this.#folder = folder
    this.#leftBytes = limitBytes
  }

  async files({ files }: ZipFile, name: string): Promise<void> {
    const document = DOCUMENTS.find(([sign]) => files.some((file) => file.name === sign))
    if (document !== undefined) throw new ArchiveRefused(`it is ${document[1]}`)
    const own = files
      .filter((file) => !LITTER.test(file.name))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    if (own.length === 0) throw new ArchiveRefused('it holds no files')
    for (const file of own) {
      const called = `${name} › ${file.name}`.slice(0, 300)
      const why = file.sealed === 'method' ? 'unknown-method' : file.sealed
      if (why !== null) this.passedOver.push({ name: called, why })
      else await this.#file(file, called)
    }
  }

  async #file(file: ZippedFile, name: string): Promise<void> {
    const out = this.#begin(name)
    try {
      for await (const piece of file.read()) out.write(piece)
    } catch (error) {
      out.drop()
      // The other files are not to suffer for one.
      if (!(error instanceof ArchiveRefused)) throw error
      this.passedOver.push({ name, why: 'damaged' })
      return
    }
    const path = out.end(false)
    if (!(await isZip(path))) return
    this.parts.pop()
    await this.#inside(path, name)
  }

  /** A workbook in an archive is read; an archive in an archive is not. */
  async #inside(path: string, name: string): Promise<void> {
    const zip = await openZip(path).catch((error: unknown) => {
      if (!(error instanceof ArchiveRefused)) throw error
      return null
    })
    try {
      const workbook = zip === null ? null : await workbookOf(zip)
      if (workbook !== null) return await this.sheets(workbook, name)
    } catch (error) {
      if (!(error instanceof ArchiveRefused)) throw error
    } finally {
      zip?.close()
    }
    this.passedOver.push({ name, why: zip === null ? 'damaged' : 'archive-inside' })
  }

  async sheets(workbook: Workbook, name: string): Promise<void> {
    const first = this.parts.length
    for (const sheet of workbook.sheets) {
      const called = `${name} › ${sheet.name}`.slice(0, 300)
      const out = this.#begin(called)
      const { rows, unsaved } = await sheetCsv(sheet, workbook, (text) =>
        out.write(Buffer.from(text)),
      )
      if (rows > 1 && unsaved === 0) out.end(true)
      else {
        out.drop()
        this.passedOver.push({ name: called, why: unsaved > 0 ? 'unsaved-formulas' : 'no-rows' })
      }
    }
    const only = this.parts[first]
    // The one sheet of a workbook is the workbook to whoever sent it.
    if (only !== undefined && this.parts.length === first + 1 && workbook.sheets.length === 1) {
      this.parts[first] = { ...only, name }
    }
  }

  #begin(name: string) {
    const path = join(this.#folder, `part-${this.#files++}`)
    const file = openSync(path, 'w', 0o600)
    const hash = createHash('sha256')
    let sizeBytes = 0
    return {
      write: (bytes: Buffer): void => {
        hash.update(bytes)
        sizeBytes += bytes.length
        this.#leftBytes -= bytes.length
        if (this.#leftBytes < 0) {
          throw new ArchiveRefused(`more comes of it than ${RATIO_LIMIT} times its bytes`)
        }
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
      },
      end: (sheet: boolean): string => {
        closeSync(file)
        this.parts.push({ name, path, sizeBytes, sha256: hash.digest('hex'), sheet })
        return path
      },
      drop: (): void => {
        closeSync(file)
        rmSync(path)
      },
    }
  }
}
