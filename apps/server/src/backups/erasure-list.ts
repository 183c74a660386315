import { createHash, createHmac, randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, renameSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { makeFolder } from '../config/make-folder.ts'
import type { Database } from '../postgres/tables.ts'

/** What the list of erasures is called in the data folder and in every back-up. */
export const ERASURES_FILE = 'erasures.jsonl'

/** An erased key, as a hash that only who holds the installation's secret can make. */
export interface Erasure {
  readonly key: string
  /** What was received before this instant is erased. */
  readonly atMs: number
}

const header = z.strictObject({ installation: z.string() })
const erasure = z.strictObject({ key: z.string(), atMs: z.int() })

/**
 * Who was erased, in a file outside both stores: a back-up made earlier still holds them, and a restore erases
 * them again by it. The file alone names nobody.
 */
export interface ErasureList {
  /** Appends, on the disk when it resolves, and brings the list to every back-up that is known. */
  readonly add: (
    workspace: number,
    keys: readonly bigint[],
    atMs: number,
  ) => Promise<{ readonly untoldBackups: readonly string[] }>
  /** Copies the list into a back-up, which is told of later erasures from then on. */
  readonly accompany: (folder: string, nowMs: number) => Promise<void>
  /** The back-up did not come to be. */
  readonly forsake: (folder: string) => Promise<void>
}

/** @param file in the data folder; made with the first erasure or back-up */
export function openErasureList(database: Kysely<Database>, file: string): ErasureList {
  async function made(): Promise<Buffer> {
    const secret = await installationSecret(database)
    if (!existsSync(file)) {
      makeFolder(dirname(file))
      await append(file, [{ installation: installationName(secret) }])
    }
    return secret
  }
  return {
    async add(workspace, keys, atMs) {
      const secret = await made()
      await append(
        file,
        keys.map((key) => ({ key: erasedKey(secret, workspace, key), atMs })),
      )
      const known = await database.selectFrom('backups').select('folder').execute()
      const untold = known
        .map(({ folder }) => folder)
        .filter((folder) => existsSync(folder) && !copied(file, folder))
      return { untoldBackups: untold }
    },
    async accompany(folder, nowMs) {
      await made()
      copy(file, folder)
      await database
        .insertInto('backups')
        .values({ folder, made_at: new Date(nowMs) })
        .onConflict((conflict) =>
          conflict.column('folder').doUpdateSet({ made_at: new Date(nowMs) }),
        )
        .execute()
    },
    async forsake(folder) {
      await database.deleteFrom('backups').where('folder', '=', folder).execute()
    },
  }
}

/** The secret of the installation whose rows the stores hold; made when there is none. */
export async function installationSecret(database: Kysely<Database>): Promise<Buffer> {
  await database
    .insertInto('installation')
    .values({ secret: randomBytes(32) })
    .onConflict((conflict) => conflict.column('one').doNothing())
    .execute()
  const { secret } = await database
    .selectFrom('installation')
    .select('secret')
    .executeTakeFirstOrThrow()
  return secret
}

/** @param secret see `installationSecret` */
export function erasedKey(secret: Buffer, workspace: number, key: bigint): string {
  return createHmac('sha256', secret).update(`${workspace}\0${key}`).digest('base64url')
}

export type ErasuresRead =
  | { readonly ok: true; readonly erasures: readonly Erasure[] }
  /** There is no such file, it is broken, or it is another installation's. */
  | { readonly ok: false; readonly why: 'absent' | 'broken' | 'foreign' }

/** A list as it was written, by the installation that has this secret (null: it had none). A line that was cut short is not counted. */
export function readErasures(file: string, secret: Buffer | null): ErasuresRead {
  if (!existsSync(file)) return { ok: false, why: 'absent' }
  const [first, ...lines] = readFileSync(file, 'utf8').split('\n')
  lines.pop()
  try {
    const { installation } = header.parse(JSON.parse(first ?? ''))
    if (secret === null || installation !== installationName(secret))
      return { ok: false, why: 'foreign' }
    return { ok: true, erasures: lines.map((line) => erasure.parse(JSON.parse(line))) }
  } catch {
    return { ok: false, why: 'broken' }
  }
}

/** Writes a list anew, of everything that several say. */
export async function writeErasures(
  file: string,
  secret: Buffer,
  erasures: readonly Erasure[],
): Promise<void> {
  const draft = `${file}.new`
  const once = new Map(erasures.map((one) => [`${one.key} ${one.atMs}`, one]))
  const written = await open(draft, 'w', 0o600)
  await written.close()
  await append(draft, [{ installation: installationName(secret) }, ...once.values()])
  renameSync(draft, file)
}

function installationName(secret: Buffer): string {
  return createHash('sha256').update('parcurs installation').update(secret).digest('base64url')
}

async function append(file: string, lines: readonly object[]): Promise<void> {
  const opened = await open(file, 'a', 0o600)
  try {
    await opened.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    await opened.sync()
  } finally {
    await opened.close()
  }
}

/** @returns false: it could not be written there */
function copied(file: string, folder: string): boolean {
  try {
    copy(file, folder)
    return true
  } catch {
    return false
  }
}

function copy(file: string, folder: string): void {
  const draft = join(folder, `${ERASURES_FILE}.new`)
  copyFileSync(file, draft)
  renameSync(draft, join(folder, ERASURES_FILE))
}
