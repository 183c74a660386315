import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** How commands find the server of a data folder: whoever may read this file may do everything. */
export interface ServerFile {
  readonly url: string
  readonly token: string
  readonly pid: number
  /** The address people type; null: this machine only. */
  readonly publicUrl: string | null
}

export function newMachineToken(): string {
  return randomBytes(32).toString('base64url')
}

export function writeServerFile(home: string, held: ServerFile): void {
  const path = serverFilePath(home)
  // A file that exists would keep its mode.
  rmSync(path, { force: true })
  writeFileSync(path, `${JSON.stringify(held)}\n`, { mode: 0o600, flag: 'wx' })
}

/** Null when no server was started on this folder, or the last one stopped in order. */
export function readServerFile(home: string): ServerFile | null {
  try {
    const held: ServerFile = JSON.parse(readFileSync(serverFilePath(home), 'utf8'))
    return held
  } catch {
    return null
  }
}

export function removeServerFile(home: string): void {
  rmSync(serverFilePath(home), { force: true })
}

function serverFilePath(home: string): string {
  return join(home, 'server.json')
}
