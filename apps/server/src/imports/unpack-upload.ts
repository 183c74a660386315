import { mkdir } from 'node:fs/promises'
import type { UploadRefused } from './imports.ts'
import { reportOf } from './reading-report.ts'
import type { Spool } from './spool.ts'
import type { Unpacked } from './unpack.ts'

/** Sixty gigabytes are unpacked in so long. */
const UNPACK_MS = 1_800_000

/** Unpacks an upload beside itself, in a thread: what is made to exhaust a reader exhausts that alone. */
export async function unpackUpload(
  spool: Spool,
  importId: string,
  name: string,
): Promise<(Unpacked & { readonly kind: 'unpacked' }) | UploadRefused> {
  const folder = spool.parts(importId)
  await mkdir(folder, { mode: 0o700 })
  const path = spool.upload(importId)
  const roomBytes = await spool.roomBytes()
  try {
    const report = await reportOf({ kind: 'unpack', path, name, folder, roomBytes }, UNPACK_MS)
    if (report.kind === 'unpacked') return { kind: 'unpacked', ...report.unpacked }
    if (report.kind === 'refused') return { kind: 'archive-refused', detail: report.detail }
    throw new Error('the thread did something else')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error
    const detail = 'it takes more memory than there is: save its sheets as CSV'
    return { kind: 'archive-refused', detail }
  }
}
