import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, statfsSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** A file system of a few megabytes that a test can fill. */
export interface SmallDisk {
  readonly path: string
  /** Takes all that is left. */
  fill(): void
  /** Gives it back. */
  free(): void
}

/** Null where this machine does not let us mount one. */
export function smallDisk(megabytes: number): SmallDisk | null {
  const path = mkdtempSync(join(tmpdir(), 'parcurs-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path])
  if (mounted.status !== 0) {
    rmSync(path, { recursive: true })
    return null
  }
  chmodSync(path, 0o711)
  const filler = join(path, 'filler')
  afterAll(() => {
    spawnSync('umount', ['-l', path])
    rmSync(path, { recursive: true, force: true })
  })
  return {
    path,
    fill() {
      const { bavail, bsize } = statfsSync(path)
      for (let left = bavail * bsize; left > 0; left = Math.floor(left / 2)) {
        try {
          writeFileSync(filler, Buffer.alloc(left), { flag: 'a' })
        } catch {
          // Whatever else writes here was faster: take half of it.
        }
      }
    },
    free: () => unlinkSync(filler),
  }
}
