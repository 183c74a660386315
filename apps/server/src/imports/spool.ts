import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Where uploaded files wait: a folder an import, inside the data folder. */
export interface Spool {
  readonly upload: (importId: string) => string
  readonly rejects: (importId: string) => string
  /** Writes an upload to disk. `disk-full`: what was written is removed again. */
  readonly receive: (importId: string, bytes: Readable) => Promise<Received | 'disk-full'>
  /** Where an archive is unpacked; gone with it. */
  readonly parts: (importId: string) => string
  /** So many bytes may still be written. */
  readonly roomBytes: () => Promise<number>
  /** Takes a file that lies on the same disk as an upload of its own. */
  readonly adopt: (importId: string, path: string) => Promise<void>
  readonly has: (importId: string) => Promise<boolean>
  readonly readRejects: (importId: string) => Readable
  /** The file itself is no longer needed; what was refused stays. */
  readonly dropUpload: (importId: string) => Promise<void>
  /** Neither the file nor what was refused is kept. */
  readonly empty: (importId: string) => Promise<void>
  readonly drop: (importId: string) => Promise<void>
}

export interface Received {
  readonly sizeBytes: number
  /** SHA-256 of the file as sent, hex. */
  readonly sha256: string
}

/** The stores need room to write too: an upload that would leave less is refused. */
const SPARE_BYTES = 268_435_456
const CHECK_BYTES = 67_108_864

/** @param folder made when needed */
export function openSpool(folder: string): Spool {
  const at = (importId: string, name: string) => join(folder, importId, name)
  const drop = (importId: string) => rm(join(folder, importId), { recursive: true, force: true })
  const upload = (importId: string) => at(importId, 'upload')
  const roomBytes = async () => {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize - SPARE_BYTES
  }
  const rejects = (importId: string) => at(importId, 'rejects.csv')
  return {
    upload,
    parts: (importId) => at(importId, 'parts'),
    roomBytes,
    async adopt(importId, path) {
      await mkdir(join(folder, importId), { recursive: true, mode: 0o700 })
      await rename(path, upload(importId))
      await writeFile(rejects(importId), '')
    },
    rejects,
    async receive(importId, bytes) {
      await mkdir(join(folder, importId), { recursive: true, mode: 0o700 })
      const hash = createHash('sha256')
      let sizeBytes = 0
      let checkedAt = -CHECK_BYTES
      const measure = new Transform({
        transform(piece: Buffer, _encoding, done) {
          hash.update(piece)
          sizeBytes += piece.length
          if (sizeBytes - checkedAt < CHECK_BYTES) return done(null, piece)
          checkedAt = sizeBytes
          roomBytes().then((room) => {
            done(room > 0 ? null : Object.assign(new Error('no room'), { code: 'ENOSPC' }), piece)
          }, done)
        },
      })
      try {
        await pipeline(bytes, measure, createWriteStream(upload(importId), { flush: true }))
      } catch (error) {
        await drop(importId)
        if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return 'disk-full'
        throw error
      }
      await writeFile(rejects(importId), '')
      return { sizeBytes, sha256: hash.digest('hex') }
    },
    async has(importId) {
      return await stat(upload(importId)).then(
        () => true,
        () => false,
      )
    },
    readRejects: (importId) => createReadStream(rejects(importId)),
    dropUpload: (importId) => rm(upload(importId), { force: true }),
    async empty(importId) {
      await mkdir(join(folder, importId), { recursive: true, mode: 0o700 })
      await rm(upload(importId), { force: true })
      await writeFile(rejects(importId), '')
    },
    drop,
  }
}
