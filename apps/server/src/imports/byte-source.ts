import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { TextDecoder } from 'node:util'
import type { Encoding } from '@parcurs/domain'
import { createGunzip } from 'node:zlib'

/** A gzipped file that ends in the middle, or whose bytes were damaged. What came before it was given. */
export class BrokenArchive extends Error {
  override readonly name = 'BrokenArchive'
}

const PIECE_BYTES = 262_144

/**
 * The bytes of a file, unpacked, piece by piece.
 *
 * @param onRead hears how many bytes of the file itself were read, for progress
 * @throws BrokenArchive after the last piece that could be unpacked
 */
export async function* unpacked(
  path: string,
  gzip: boolean,
  onRead: (bytes: number) => void = () => {},
): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: PIECE_BYTES })
  file.on('data', (piece) => onRead(piece.length))
  file.pause()
  if (!gzip) {
    for await (const piece of file) yield owned(piece)
    return
  }
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES })
  file.on('error', (error) => gunzip.destroy(error))
  file.pipe(gunzip)
  try {
    for await (const piece of gunzip) yield owned(piece)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!code.startsWith('Z_')) throw error
    throw new BrokenArchive(code === 'Z_BUF_ERROR' ? 'the file ends in the middle' : 'damaged', {
      cause: error,
    })
  } finally {
    file.destroy()
  }
}

/** Text of any encoding as UTF-8 without a byte order mark; bytes that are no character there are none here either. */
export async function* asUtf8(
  pieces: AsyncIterable<Buffer>,
  encoding: Encoding,
): AsyncGenerator<Buffer> {
  if (encoding !== 'utf-8') {
    const decoder = new TextDecoder(encoding)
    for await (const piece of pieces) {
      yield withFaults(Buffer.from(decoder.decode(piece, { stream: true })))
    }
    yield withFaults(Buffer.from(decoder.decode()))
    return
  }
  let first: Buffer | null = Buffer.alloc(0)
  for await (const piece of pieces) {
    if (first === null) {
      yield piece
      continue
    }
    first = Buffer.concat([first, piece])
    if (first.length < 3) continue
    const marked = first[0] === 0xef && first[1] === 0xbb && first[2] === 0xbf
    yield marked ? first.subarray(3) : first
    first = null
  }
  if (first !== null && first.length > 0) yield first
}

const REPLACED = Buffer.from('\ufffd')

/** A decoder puts U+FFFD for what it cannot read: a byte that is no UTF-8 instead, so that the reader refuses the row. */
function withFaults(bytes: Buffer): Buffer {
  for (let at = bytes.indexOf(REPLACED); at !== -1; at = bytes.indexOf(REPLACED, at)) {
    bytes.fill(0xff, at, at + REPLACED.length)
  }
  return bytes
}

/** The first bytes of a file as they are, and unpacked. */
export async function headOf(
  path: string,
  sizeBytes: number,
): Promise<{ readonly gzip: boolean; readonly head: Buffer; readonly whole: boolean }> {
  const file = await open(path)
  const magic = Buffer.alloc(2)
  try {
    await file.read(magic, 0, 2, 0)
  } finally {
    await file.close()
  }
  const gzip = magic[0] === 0x1f && magic[1] === 0x8b
  const pieces: Buffer[] = []
  let size = 0
  let whole = true
  try {
    for await (const piece of unpacked(path, gzip)) {
      pieces.push(piece)
      size += piece.length
      if (size < sizeBytes) continue
      whole = false
      break
    }
  } catch (error) {
    // What there is suffices to look; running says that the rest is missing.
    if (!(error instanceof BrokenArchive)) throw error
    whole = false
  }
  return { gzip, head: Buffer.concat(pieces), whole }
}

function owned(piece: unknown): Buffer {
  return Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece))
}
