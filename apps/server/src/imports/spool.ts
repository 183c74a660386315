import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Where uploaded files wait: a folder an import, inside the data folder. */
export interface Spool {
  readonly upload: (importId: string) => string
  readonly rejects: (importId: string) => string
  /** Writes an upload to disk. `disk-full`: what was written is removed again. */
  readonly receive: (importId: string, bytes: Readable) => Promise<Received | 'disk-full'>
  readonly has: (importId: string) => Promise<boolean>
  readonly readRejects: (importId: string) => Readable
  /** The file itself is no longer needed; what was refused stays. */
  readonly dropUpload: (importId: string) => Promise<void>
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
  return {
    upload,
    rejects: (importId) => at(importId, 'rejects.csv'),
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
          statfs(folder).then(({ bavail, bsize }) => {
            const room = bavail * bsize > SPARE_BYTES
            done(room ? null : Object.assign(new Error('no room'), { code: 'ENOSPC' }), piece)
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
      await writeFile(at(importId, 'rejects.csv'), '')
      return { sizeBytes, sha256: hash.digest('hex') }
    },
    async has(importId) {
      return await stat(upload(importId)).then(
        () => true,
        () => false,
      )
    },
    readRejects: (importId) => createReadStream(at(importId, 'rejects.csv')),
    dropUpload: (importId) => rm(upload(importId), { force: true }),
    drop,
  }
}
