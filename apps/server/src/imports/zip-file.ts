import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { type Entry, openPromise } from 'yauzl'

/** An archive that is not unpacked: `detail` says why, in words. */
export class ArchiveRefused extends Error {
  override readonly name = 'ArchiveRefused'
}

/** One file of an archive, as its directory says. */
export interface ZippedFile {
  readonly name: string
  readonly packedBytes: number
  readonly sizeBytes: number
  /** Why it cannot be read; null: it can. */
  readonly sealed: 'encrypted' | 'method' | null
  /** @throws ArchiveRefused when more or other bytes come than the directory says */
  readonly read: () => AsyncGenerator<Buffer>
}

export interface ZipFile {
  readonly files: readonly ZippedFile[]
  readonly sizeBytes: number
  readonly close: () => void
}

const FILES_LIMIT = 2000
/** Text and tables pack to a fifth or a fiftieth; what unpacks to more than this is made to fill disks. */
export const RATIO_LIMIT = 200
const RATIO_FROM_BYTES = 67_108_864

/**
 * Reads the directory of a zip archive; nothing is unpacked by that. Bombs are told by what the directory says, and a
 * directory that lies by the first byte too many.
 *
 * @throws ArchiveRefused
 */
export async function openZip(path: string): Promise<ZipFile> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(broken)
  try {
    const entries: Entry[] = []
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue
      if (entries.length === FILES_LIMIT) {
        throw new ArchiveRefused(`it holds more than ${FILES_LIMIT} files`)
      }
      entries.push(entry)
    }
    checkSizes(entries, zip.fileSize)
    return {
      files: entries.map((entry) => ({
        name: entry.fileName,
        packedBytes: entry.compressedSize,
        sizeBytes: entry.uncompressedSize,
        sealed: entry.isEncrypted() ? 'encrypted' : entry.canDecodeFileData() ? null : 'method',
        read: () => checked(entry, zip.openReadStreamPromise(entry)),
      })),
      sizeBytes: zip.fileSize,
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    return broken(error)
  }
}

function checkSizes(entries: readonly Entry[], sizeBytes: number): void {
  const packed = entries.reduce((sum, { compressedSize }) => sum + compressedSize, 0)
  if (packed > sizeBytes) throw new ArchiveRefused('its files lie over each other')
  for (const { fileName, compressedSize, uncompressedSize } of entries) {
    if (
      uncompressedSize > RATIO_FROM_BYTES &&
      uncompressedSize > Math.max(1, compressedSize) * RATIO_LIMIT
    ) {
      throw new ArchiveRefused(
        `'${fileName}' would unpack from ${compressedSize} to ${uncompressedSize} bytes: expected at most ${RATIO_LIMIT} times as many`,
      )
    }
  }
}

async function* checked(entry: Entry, opening: Promise<Readable>): AsyncGenerator<Buffer> {
  let sum = 0
  try {
    for await (const piece of await opening) {
      if (!Buffer.isBuffer(piece)) continue
      sum = crc32(piece, sum)
      yield piece
    }
  } catch (error) {
    return broken(error)
  }
  if (sum !== entry.crc32) throw new ArchiveRefused(`'${entry.fileName}' is damaged`)
}

function broken(error: unknown): never {
  if (error instanceof ArchiveRefused) throw error
  // A disk that fails is no fault of the archive.
  if (error instanceof Error && 'syscall' in error) throw error
  const said = error instanceof Error ? error.message : String(error)
  throw new ArchiveRefused(`it is damaged (${said})`, { cause: error })
}
