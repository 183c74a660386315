import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** A folder for one test file, removed when the file is done. Others may pass, as root's PostgreSQL must. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parcurs-test-'))
  chmodSync(folder, 0o711)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
